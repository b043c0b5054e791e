"""Whole runs redone by hand: what it costs, with and without a jail, and answers that stop a run."""

from __future__ import annotations

from typing import Any

import pytest

from calculator.editions import Edition
from calculator.errors import ScenarioError
from calculator.estimate import estimate
from calculator.result import Estimate, Spread
from calculator.scenario import Scenario

from .worked_example import (
    ASSUMED,
    COSTS,
    DIVERTED,
    GROSS,
    claimed,
    line,
    run,
    scenario,
    total,
)

# --- cost -----------------------------------------------------------------------------------------


def test_every_cost_line_of_the_worked_example(edition: Edition) -> None:
    result = run(edition)
    assert {each.id: each.total.central for each in result.lines if each.spec.nature == "cash"} == COSTS
    assert sum(COSTS.values()) == pytest.approx(GROSS)
    assert result.gross.total.central == GROSS
    # Equipment, vehicles, cover of the course
    assert result.one_time.total.central == 33_880
    assert result.recurring.total.central == 14_299.25


def test_full_cost_adds_the_value_of_diverted_time(edition: Edition) -> None:
    result = run(edition)
    assert total(result, "training.time") == DIVERTED["class"]
    assert total(result, "operations.time") == DIVERTED["tfm"]
    assert total(result, "operations.time", "shared") == DIVERTED["shared"]
    assert total(result, "operations.timekeeping_time") == DIVERTED["claims"]
    # 48,179.25 + 19,734 + 3,640 + 12,480 + 2,860
    assert result.gross_full_cost.total.central == 86_893.25


def test_hours_in_class_and_at_work(edition: Edition) -> None:
    hours = run(edition).hours
    # 12 x 40 h, half of them covered
    assert (hours.training, hours.training_covered) == ((480,), (240,))
    # 330 h of officers and 11 x 12 = 132 h of supervisors; a quarter overtime
    assert (hours.work, hours.work_overtime, hours.work_hired, hours.work_diverted) == (
        (462,), (115.5,), (0,), (346.5,),
    )  # fmt: skip
    # 40 + 60 h, and 11 x 10 h for claims
    assert hours.office == (210,)
    # 240 uncovered hours in class and 346.5 at work; / 1,800 of 100 sworn officers
    assert hours.first_12_months_diverted == 586.5
    assert hours.diverted_positions == pytest.approx(586.5 / 1_800)
    assert hours.share_of_sworn == pytest.approx(586.5 / 1_800 / 100)


def test_attrition_sends_more_people_to_class_than_are_kept(edition: Edition) -> None:
    result = run(edition, assume={"training.attrition": 0.2})
    # 12 / 80% = 15 enter: 15 x 40 h x 50% x $49.50
    assert total(result, "training.backfill") == 14_850
    assert result.hours.training == (600,)
    assert total(result, "administration.equipment") == 12_000


def test_replacements_and_refreshers_in_two_years(edition: Edition) -> None:
    result = run(edition, agreement={"years": 2}, assume={"staffing.officer.turnover": 0.12})
    refresher = line(result, "training.refresher")
    # 1% of 12 leave in each of 11 months: 1.32 replacements x 40 h x 50% x $49.50 = 1,306.80
    assert refresher.by_fiscal_year[0] == 1_306.80
    # Second year: 12 x 12% = 1.44 replacements x 40 h = 57.6 h. Refreshers for 88% of those certified a year
    # before, 12 and 1.32 replacements: 11.7216 x 8 h = 93.7728 h. 151.3728 h x 50% x $49.50 = 3,746.4768
    assert refresher.by_fiscal_year[1] == 3_746.48


def test_dated_officers(edition: Edition) -> None:
    dated = [
        {"from": "2027-01", "value": 6},
        {"from": "2028-04", "value": 12},
        {"from": "2028-10", "value": 9},
    ]
    result = run(edition, dated)
    # 6 are trained already; 6 enter in April: 6 x 40 h x 50% x $49.50
    assert total(result, "training.backfill") == 5_940
    # 6 sets at $1,000, and those of the 6 trained before at a sixtieth a month: 6/60 in 9 months; from October
    # 9 of 12 are kept, 4.5/60 in 3 months: 6,000 + 900 + 225
    assert total(result, "administration.equipment") == 7_125
    # On duty: 6 in January to April, 12 in May to September, 9 in October to December.
    # 24 + 60 + 27 = 111 months = 9.25 officer-years x $100
    assert total(result, "administration.it") == 925
    assert claimed(result, "receipts.salary_and_benefits") == 865_800  # 9.25 x $93,600
    # Program time: full all year, for the 6 did all the work: 360 h x 25% x $49.50
    assert total(result, "operations.overtime") == 4_455


LATE = [{"from": "2028-07", "value": 12}]


def test_officers_nominated_after_the_start_cost_and_bring_from_then_on(edition: Edition) -> None:
    result = run(edition, LATE)
    # As the worked example, half a year later: 10,000 of vehicles in July, not in January
    vehicles = line(result, "administration.vehicles").by_month
    assert vehicles == (*[0.0] * 6, 10_000.0, *[0.0] * 5)
    assert claimed(result, "receipts.vehicles") == 10_000
    # Outreach of $1,200 a year, coordination 40 h x 25% x $66 and records 60 h x 25% x $33, for half a year
    assert total(result, "administration.outreach", "shared") == 600
    assert total(result, "operations.coordination", "shared") == 330
    assert total(result, "administration.records_and_complaints", "shared") == 247.50
    assert result.cases["announced"].cash.costs_by_month[:6] == (0.0,) * 6


def test_people_are_hired_in_the_first_month_with_officers(edition: Edition) -> None:
    hiring = {"staffing.hired_share": 0.5, "staffing.officer.hiring_cost": 10_000}
    # 360 h x 50% / 1,800 h = 0.1 positions at $10,000
    assert line(run(edition, LATE, assume=hiring), "operations.hiring").by_month == (
        *[0.0] * 6, 1_000.0, *[0.0] * 5,
    )  # fmt: skip


def test_officers_given_up_cost_no_refresher_and_no_equipment(edition: Edition) -> None:
    four = [{"from": "2027-01", "value": 4}, {"from": "2029-01", "value": 0}]
    result = run(edition, four, agreement={"years": 2})
    # 4 refreshers x 8 h x 50% x $49.50 = 792 in the first year; nobody is left in the second
    assert line(result, "training.refresher").by_fiscal_year == (792, 0)
    # 4 sets of $1,000, a fifth of them in the year
    assert line(result, "administration.equipment").by_fiscal_year == (800, 0)
    # Start-up money was due before the start
    assert claimed(result, "receipts.vehicles") == 0
    assert claimed(result, "receipts.equipment") == 0


def test_courses_stop_when_officers_are_given_up_during_the_ramp_up(edition: Edition) -> None:
    dropped = [{"from": "2028-01", "value": 12}, {"from": "2028-02", "value": 0}]
    result = run(edition, dropped, assume={"staffing.ramp_up_months": 6})
    # 2 of 12 are trained in January: 2 x 40 h x 50% x $49.50, 2 x $1,000
    assert total(result, "training.backfill") == 1_980
    assert total(result, "administration.equipment") == 2_000


def test_encounters_of_a_state_agency_follow_the_officers_of_the_time(edition: Edition) -> None:
    stepped = [{"from": "2027-01", "value": 6}, {"from": "2028-07", "value": 12}]
    plain = {key: value for key, value in ASSUMED.items() if key != "operations.encounters"}
    values = plain | {"operations.encounters_per_trained_officer": 10, "staffing.ramp_up_months": 1}
    state = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "state", "sworn_officers": 100},
            "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": "tfm"},
            "officers": {"tfm": stepped},
            "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
        }
    )
    result = estimate(state, edition, draws=0, only_proposed=True).proposed
    # 60 encounters a year of 6 officers in January to July (the new 6 are in class in July), then 120:
    # 35 + 50 = 85. An encounter is 2 h, and a quarter bring a run of 4 h: 3 h each, a quarter overtime at $49.50
    assert total(result, "operations.overtime") == pytest.approx(85 * 3 * 0.25 * 49.50, abs=0.0051)


def test_travel_of_replacements_comes_back_after_it_is_paid(edition: Edition) -> None:
    result = run(
        edition,
        assume={
            "staffing.officer.turnover": 0.12, "training.travel_nights": 1, "training.lodging_rate": 100,
            "training.meals_rate": 0, "training.meals_first_last_rate": 50, "training.fare": 300,
            "receipts.announced_lag_months": 0,
        },
        readings={"tfm_travel": "agency_refunded"},
    )  # fmt: skip
    # A trip: 100 + 2 x 50 + 300 = $500. 12 trips in January; 1% of 12 from February on: $60 a month
    assert line(result, "receipts.travel").by_month == (6_000.0, *[0.0] * 11)
    assert line(result, "receipts.replacement_travel").by_month == (0.0, *[60.0] * 11)
    # Hours of replacements fall when they are in class: 0.12 x 40 h x 50% x $52 a month
    assert line(result, "training.refresher_time").by_month == pytest.approx((0.0, *[124.80] * 11))


def test_pay_and_prices_grow_once_a_fiscal_year(edition: Edition) -> None:
    dated = {"economics.pay_growth": 0.1, "economics.price_growth": 0.05}
    result = run(edition, agreement={"starts": "2028-07", "years": 1}, assume=dated)
    # Typed values are those of the start. FY28 has on-duty months August to December, 12 x 5/12 = 5 officer-years
    # at $93,600; FY29 January to June, 6 officer-years at 93,600 x 1.1 = $102,960.
    claims = line(result, "receipts.salary_and_benefits").claimed
    assert claims == (468_000, 617_760)
    # Outreach: $600 in each half; the second at 5% more
    assert line(result, "administration.outreach", "shared").by_fiscal_year == (600, 630)


# --- a jail -------------------------------------------------------------------------------------------


def jail_run(edition: Edition, kind: str = "sheriff", proposed: str = "jem", **agency: Any) -> Estimate:
    return estimate(
        Scenario.from_mapping(
            {
                "agency": {"state": "US", "type": kind, "sworn_officers": 100} | agency,
                "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": proposed},
                "officers": {"jem": 6, "wso": 6} if "jem" in proposed else {"tfm": 6},
            }
        ),
        edition,
        draws=0,
    )


def test_a_jail_that_is_not_known_is_not_taken_for_none(edition: Edition) -> None:
    police = jail_run(edition, "police", "tfm")
    assert (
        police.option("jem").option.unavailable
        == "not computed: enter the jail population, or 0 without a jail"
    )
    # A police agency that proposes a jail model has a jail; its size is a default until entered
    assert jail_run(edition, "police").proposed.gross.total.central > 0
    assert jail_run(edition, "police", "tfm", jail_bookings=900).option("jem").option.available
    none = jail_run(edition, "police", "tfm", jail_average_daily_population=0)
    assert none.option("jem").option.unavailable == "not available: runs no jail"


def days_held(edition: Edition, model: str, *, draws: int = 0, **officers: Any) -> Spread:
    """Cost at $1 a day of the days a model adds, of 1,200 in a year, 100 a month; jail enforcement works 80%."""
    both = scenario(
        agency={"type": "sheriff", "jail_average_daily_population": 90},
        agreement={"proposed": "jem+wso"},
        officers=officers,
        assume={
            "detention.bed_days": 1_200, "detention.cost_per_day": 1, "detention.marginal_share": 1,
            "operations.jem_share_of_cases": 0.8, "staffing.ramp_up_months": 2,
        },
    )  # fmt: skip
    result = estimate(both, edition, draws=draws, only_proposed=True).proposed
    return line(result, "detention.bed_days", model).total


TRAINED, HALF_A_YEAR_LATE = [{"from": "2027-12", "value": 6}], [{"from": "2028-07", "value": 6}]


@pytest.mark.parametrize(
    ("jem", "wso", "by_jem", "by_wso"),
    [
        # Both all year: 80% and 20%
        (TRAINED, TRAINED, 960, 240),
        # Jail enforcement on duty 0, 1/2, 1, 1, 1, 1 of July to December: 4.5 months at 80 days. Warrant service has
        # all else: 600 in January to June, 100, 60, and 20 in four months
        (HALF_A_YEAR_LATE, TRAINED, 360, 840),
        # No warrant service until June: jail enforcement works all 600, then 80 a month. Warrant service on duty 0,
        # 1/2, 1, 1, 1, 1 with 20 a month: 90
        (TRAINED, HALF_A_YEAR_LATE, 1_080, 90),
        # Jail enforcement given up in July: warrant service has all from then on
        ([*TRAINED, {"from": "2028-07", "value": 0}], TRAINED, 480, 720),
        # Both train: on duty 0, 1/2, 1 ...; 4.5 months at 80; (1 - 0.8 x 1/2) x 1/2 x 100 = 30, then 4 x 20
        (HALF_A_YEAR_LATE, HALF_A_YEAR_LATE, 360, 110),
    ],
)  # fmt: skip
def test_warrant_service_has_the_cases_that_jail_enforcement_does_not_work_at_the_time(
    edition: Edition, jem: Any, wso: Any, by_jem: float, by_wso: float
) -> None:
    assert days_held(edition, "jem", jem=jem, wso=wso).central == pytest.approx(by_jem, abs=0.0051)
    found = days_held(edition, "wso", jem=jem, wso=wso, draws=20)
    # Every value is entered, so each draw comes to the same
    assert (found.low, found.central, found.high) == pytest.approx((by_wso,) * 3, abs=0.0051)


@pytest.mark.parametrize("field", ["jail_average_daily_population", "jail_bookings"])
def test_a_jail_model_without_a_jail_is_refused(edition: Edition, field: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        jail_run(edition, **{field: 0})
    assert caught.value.problems[0].where == f"agency.{field}"


def test_a_day_paid_by_the_day_is_not_claimed_as_jail_aid_too(edition: Edition) -> None:
    def claims(per_diem: float) -> dict[str, float]:
        values = {
            "operations.jail_cases": 184, "detention.days_per_case": 2, "detention.cost_per_day": 100,
            "detention.marginal_share": 0.3, "detention.ice_per_diem": per_diem, "receipts.scaap_recovery": 0.1,
            "operations.ice_collects_share": 0.5, "staffing.ramp_up_months": 1, "staffing.jailer.turnover": 0,
            "economics.pay_growth": 0, "economics.price_growth": 0, "operations.transport_hours": 1,
            "operations.round_trip_miles": 100, "operations.cost_per_mile": 0.5,
        }  # fmt: skip
        result = estimate(
            Scenario.from_mapping(
                {
                    "agency": {
                        "state": "US",
                        "type": "sheriff",
                        "sworn_officers": 100,
                        "holds_on_detainers": 84,
                    },
                    "agreement": {
                        "starts": "2028-01",
                        "years": 1,
                        "fiscal_year_starts": 1,
                        "proposed": "wso",
                    },
                    "officers": {"wso": 6},
                    "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
                }
            ),
            edition,
            draws=0,
            only_proposed=True,
        ).proposed
        # 184 - 84 = 100 people more, half driven by the agency: 50 x 11/12 x 100 miles x $0.50
        assert total(result, "operations.transport", "wso") == pytest.approx(2_291.67, abs=0.0051)
        return {
            each.id: sum(each.claimed or ())
            for each in result.lines
            if each.id.startswith("receipts.") and each.claimed
        }

    # 100 people x 2 days x 11/12 at $30 added cost, a tenth of it
    aid = claims(0)
    assert aid["receipts.scaap"] == 550
    assert aid["receipts.detention_per_diem"] == 0
    # The same days at $45
    paid = claims(45)
    assert paid["receipts.scaap"] == 0
    assert paid["receipts.detention_per_diem"] == 8_250


# --- answers that stop a run ---------------------------------------------------------------------------


def test_more_officers_than_the_agency_has_stop_the_run(edition: Edition) -> None:
    with pytest.raises(ScenarioError, match="101 task force officers are more than the 100 sworn officers"):
        run(edition, 101)


def test_no_officers_cost_nothing_and_are_said(edition: Edition) -> None:
    result = estimate(scenario(0), edition, draws=0)
    assert result.proposed.gross_full_cost.total.central == 0
    assert all(case.receipts.total.central == 0 for case in result.proposed.cases.values())
    assert (
        result.warnings[0]
        == "No officers are entered for Task Force, so it costs nothing and brings nothing."
    )

"""Whole runs redone by hand: the worked example below is a pocket-calculator page, its lines follow in comments.

Every value that matters is set in the scenario, so the figures hold for any
edition. State law cannot be set; those tests name the edition they read.

The agency: 12 task force officers, all nominated in January 2028 and trained
within the month, so 12 officers are on duty in the 11 months from February:
11 officer-years, and 11/12 of a year of program work.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from calculator.calendar import Calendar, Month
from calculator.editions import Edition, open_edition
from calculator.errors import ScenarioError
from calculator.estimate import estimate
from calculator.grants import grant_of
from calculator.law import applying_rules
from calculator.render.record import to_json
from calculator.render.statement.headline import banner
from calculator.render.statement.numbering import Numbering
from calculator.result import CaseResult, Estimate, Line, OptionResult, Series, Spread
from calculator.scenario import Scenario

LAW = "2026.1"  # the edition whose state rules are quoted below

ASSUMED: dict[str, Any] = {
    "economics.pay_growth": 0, "economics.price_growth": 0, "economics.discount_rate": 0,
    # $62,400 / 2,080 = $30 an hour; overtime 30 x 1.5 x 1.1 = $49.50; pay with benefits $93,600, an hour $52.
    "pay.officer.salary": 62_400, "pay.officer.benefit_load": 0.5,
    # $40 an hour; overtime $66; 124,800 / 1,800 = $69.3333.
    "pay.supervisor.salary": 83_200, "pay.supervisor.benefit_load": 0.5,
    # $20 an hour; overtime $33; 62,400 / 1,800 = $34.6667.
    "pay.clerk.salary": 41_600, "pay.clerk.benefit_load": 0.5,
    "pay.standard_hours": 2_080, "pay.overtime_multiplier": 1.5, "pay.overtime_load": 0.1,
    "pay.straight_time_slack": 0,
    "staffing.net_work_hours": 1_800, "staffing.overtime_share": 0.25, "staffing.hired_share": 0,
    "staffing.ramp_up_months": 1, "staffing.officer.turnover": 0, "staffing.officer.hiring_cost": 0,
    "training.attrition": 0, "training.initial_hours": 40, "training.backfill_share": 0.5,
    "training.refresher_hours": 8, "training.refresher_interval": 1, "training.travel_nights": 0,
    # 120 encounters of 2 h; 120 x 50% x 50% = 30 runs of 4 h: 240 + 120 = 360 h a year.
    "operations.encounters": 120, "operations.encounter_hours": 2, "operations.arrest_share": 0.5,
    "operations.ice_collects_share": 0.5, "operations.transport_hours": 4,
    "operations.round_trip_miles": 100, "operations.cost_per_mile": 0.7,
    "operations.supervision_hours": 12, "operations.coordination_hours": 40,
    "operations.timekeeping_hours": 10,
    "administration.records_hours": 60, "administration.outreach_cost": 1_200,
    "administration.equipment_cost": 1_000, "administration.equipment_life": 5,
    "administration.vehicle_purchase": 10_000, "administration.vehicle_life": 5,
    "administration.vehicle_upkeep": 0.12, "administration.it_seat_cost": 100,
    "liability.premium_change": 50,
    "receipts.salary_share": 1, "receipts.overtime_salary_cap": 0.25, "receipts.award_amount": 0,
    "receipts.equipment_ceiling": 7_500, "receipts.vehicle_ceiling": 100_000,
    "receipts.announced_lag_months": 2,
}  # fmt: skip

# Cost of the 12 months. 330 h of program work, a quarter of them overtime.
COSTS = {
    "training.backfill": 11_880.00,  # 12 x 40 h x 50% x $49.50
    "training.travel": 0.00,
    "training.refresher": 0.00,  # the first falls in the thirteenth month
    "operations.overtime": 4_083.75,  # 360 x 11/12 = 330 h x 25% = 82.5 h x $49.50
    "operations.supervision": 2_178.00,  # 11 x 12 h x 25% x $66
    "operations.transport": 1_925.00,  # 30 runs x 11/12 x 100 miles x $0.70
    "operations.positions": 0.00,
    "operations.hiring": 0.00,
    "operations.timekeeping": 907.50,  # 11 x 10 h x 25% x $33
    "operations.coordination": 660.00,  # 40 h x 25% x $66
    "administration.equipment": 12_000.00,  # 12 x $1,000
    "administration.vehicles": 10_000.00,
    "administration.vehicle_upkeep": 1_200.00,  # 10,000 x 12%
    "administration.it": 1_100.00,  # 11 x $100
    "administration.records_and_complaints": 495.00,  # 60 h x 25% x $33
    "administration.outreach": 1_200.00,
    "liability.premium": 550.00,  # 11 x $50
}
GROSS = 48_179.25
DIVERTED = {
    "tfm": 19_734.00,  # (330 h x $52 + 11 x 12 h x $69.3333) x 75% = (17,160 + 9,152) x 75%
    "shared": 3_640.00,  # (40 h x $69.3333 + 60 h x $34.6667) x 75% = 4,853.33 x 75%
    "class": 12_480.00,  # 12 x 40 h x 50% x $52
    "claims": 2_860.00,  # 11 x 10 h x $34.6667 x 75%
}
CLAIMS = {
    "receipts.salary_and_benefits": 1_029_600.00,  # 11 x $93,600
    "receipts.overtime": 3_712.50,  # 82.5 h x $45 of wages; 25% of pay would be 171,600
    "receipts.performance_awards": 0.00,
    "receipts.equipment": 12_000.00,  # 12 x the lesser of $7,500 and $1,000
    "receipts.vehicles": 10_000.00,  # the lesser of $100,000 and $10,000
    "receipts.travel": 0.00,
    "receipts.replacement_travel": 0.00,
}
START_UP = 22_000.00  # equipment and vehicles, claimed in January
MONTHLY = 93_937.50  # February on: 12 x 93,600 / 12 + 3,712.50 / 11 = 93,600 + 337.50


def scenario(
    officers: Any = 12,
    /,
    *,
    agency: dict[str, Any] | None = None,
    agreement: dict[str, Any] | None = None,
    assume: dict[str, Any] | None = None,
    **sections: Any,
) -> Scenario:
    """The worked example with something changed."""
    values = ASSUMED | (assume or {})
    return Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "police", "sworn_officers": 100} | (agency or {}),
            "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": "tfm"}
            | (agreement or {}),
            "officers": {"tfm": officers},
            "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
        }
        | sections
    )


def run(edition: Edition, *args: Any, **changes: Any) -> OptionResult:
    return estimate(scenario(*args, **changes), edition, draws=0, only_proposed=True).proposed


def line(result: OptionResult, line_id: str, model: str = "tfm") -> Line:
    (found,) = (each for each in result.lines if each.id == line_id and each.model == model)
    return found


def total(result: OptionResult, line_id: str, model: str = "tfm") -> float:
    return line(result, line_id, model).total.central


def claimed(result: OptionResult, line_id: str) -> float:
    return sum(line(result, line_id).claimed or ())


def assert_net_is_gross_less_receipts(result: OptionResult) -> None:
    gross, full = result.gross.total.central, result.gross_full_cost.total.central
    for case in result.cases.values():
        assert case.net.total.central == pytest.approx(gross - case.receipts.total.central, abs=0.001)
        assert case.net_full_cost.total.central == pytest.approx(
            full - case.receipts.total.central, abs=0.001
        )
        assert case.receipts.total.central == pytest.approx(
            case.federal_receipts.total.central + case.state_receipts.total.central, abs=0.001
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


# --- federal receipts --------------------------------------------------------------------------------


def test_claims_of_the_worked_example(edition: Edition) -> None:
    result = run(edition)
    found = {each.id: sum(each.claimed or ()) for each in result.lines if each.spec.nature == "receipt"}
    assert found == CLAIMS
    announced = result.cases["announced"]
    # 1,029,600 + 3,712.50 + 22,000
    assert announced.cash.claimed == 1_055_312.50
    assert announced.cash.disallowed == 0


def test_overtime_refund_stops_at_a_quarter_of_salary(edition: Edition) -> None:
    result = run(edition, assume={"operations.encounters": 12_000})
    # 36,000 h x 11/12 x 25% = 8,250 h: cost at $49.50, wages of 371,250 at $45
    assert total(result, "operations.overtime") == 408_375
    # 25% x $62,400 x 11
    assert claimed(result, "receipts.overtime") == 171_600
    higher = run(edition, assume={"operations.encounters": 12_000, "receipts.overtime_salary_cap": 0.6})
    # 60% would be 411,840, so the wages are paid
    assert claimed(higher, "receipts.overtime") == 371_250


def test_awards_are_paid_by_officer_and_quarter(edition: Edition) -> None:
    result = run(edition, assume={"receipts.award_amount": 1_000})
    # 11 officer-years x 4 x $1,000
    assert claimed(result, "receipts.performance_awards") == 44_000
    # 44,000 / 11 = 4,000 a month; nine months arrive
    assert total(result, "receipts.performance_awards") == 36_000


def test_start_up_money_up_to_cost_and_up_to_the_ceiling(edition: Edition) -> None:
    dear = {"administration.equipment_cost": 9_000, "administration.vehicle_purchase": 160_000}
    result = run(edition, assume=dear)
    # 12 x $7,500 of 12 x $9,000; $100,000 of $160,000
    assert claimed(result, "receipts.equipment") == 90_000
    assert claimed(result, "receipts.vehicles") == 100_000
    assert total(result, "administration.equipment") == 108_000
    # On offer for purchases not planned: 12 x (7,500 - 1,000) and 100,000 - 10,000
    plain = run(edition)
    assert plain.memo("memo.equipment_on_offer") == 78_000
    assert plain.memo("memo.vehicles_on_offer") == 90_000


def test_start_up_money_comes_once_and_equipment_is_bought_twice(edition: Edition) -> None:
    result = run(edition, agreement={"years": 2}, assume={"administration.equipment_life": 1})
    assert line(result, "administration.equipment").by_fiscal_year == (12_000, 12_000)
    assert line(result, "receipts.equipment").claimed == (12_000, 0)


def test_a_number_in_place_of_a_term_ends_with_the_term(edition: Edition) -> None:
    # Announced money runs to September 2029: nine months of the year
    late = {"agreement": {"starts": "2029-01"}}
    half = run(edition, **late, assume={"receipts.salary_share": 0.5, "receipts.award_amount": 1_000})
    # 12 officers from February to September: 8 officer-years of 12ths x 12 x $93,600 x 50%
    assert claimed(half, "receipts.salary_and_benefits") == 374_400
    # 8 officer-years x 4 x $1,000
    assert claimed(half, "receipts.performance_awards") == 32_000
    renewed = run(
        edition, **late, assume={"receipts.salary_share": 0.5},
        reimbursement={"case": "expected", "renewed": True, "lag_months": 0, "paid_share": 1, "disallowed_share": 0},
    )  # fmt: skip
    # 11 officer-years x $93,600 x 50%
    assert claimed(renewed, "receipts.salary_and_benefits") == 514_800


def test_a_tribal_agency_borrows_terms_that_are_marked_not_known() -> None:
    tribal = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "tribal", "sworn_officers": 30},
            "agreement": {"starts": "2027-07", "years": 1, "proposed": "tribal-tfm"},
            "officers": {"tfm": 4},
        }
    )
    result = estimate(tribal, draws=0, only_proposed=True).proposed
    salary = line(result, "receipts.salary_and_benefits", "tribal-tfm")
    assert {each.id: each.mark for each in salary.inputs}["receipts.salary_share"] == "?"
    course = line(result, "training.backfill", "tribal-tfm")
    marks = {each.id: each.mark for each in course.inputs}
    assert marks["training.initial_hours"] == "?"
    # The agency's own pay is no term of an agreement
    assert marks["pay.officer.salary"] == "D"


def test_a_tribal_agency_with_a_jail_keeps_those_marks_beside_other_models() -> None:
    tribal = Scenario.from_mapping(
        {
            "agency": {
                "state": "AZ",
                "type": "tribal",
                "sworn_officers": 60,
                "jail_average_daily_population": 50,
            },
            "agreement": {"starts": "2027-07", "years": 1, "proposed": "tribal-tfm"},
            "officers": {"tfm": 6},
        }
    )
    result = estimate(tribal, draws=0).proposed
    salary = line(result, "receipts.salary_and_benefits", "tribal-tfm")
    assert {each.id: each.mark for each in salary.inputs}["receipts.salary_share"] == "?"


def test_a_list_by_date_is_refused_where_one_number_holds_for_the_run(edition: Edition) -> None:
    dated = [{"from": "2028-01", "value": 0.1}, {"from": "2028-07", "value": 0.2}]
    for each in ("staffing.officer.turnover", "training.attrition", "economics.discount_rate"):
        with pytest.raises(ScenarioError) as caught:
            run(edition, assume={each: dated})
        assert caught.value.problems[0].where == f"assume.{each}"


def test_a_line_that_is_0_at_the_medians_still_counts_in_the_simulated_totals(edition: Edition) -> None:
    def high(holds: int) -> float:
        jail = {
            "agency": {
                "state": "VA", "type": "sheriff", "sworn_officers": 150, "jail_average_daily_population": 300,
                "holds_on_detainers": holds,
            },
            "agreement": {"starts": "2027-07", "years": 5, "fiscal_year_starts": 7, "proposed": "jem"},
            "officers": {"jem": 6},
        }  # fmt: skip
        return estimate(
            Scenario.from_mapping(jail), edition, draws=2_000, only_proposed=True
        ).proposed.gross.total.high

    # 300 x 11.4 x 0.15 x 0.3 = 153.9 cases: one hold more takes the added days from the medians, not from the draws
    assert high(154) == pytest.approx(high(153), rel=0.01)


def test_an_option_that_counts_people_once_leaves_the_model_alone_as_it_is(edition: Edition) -> None:
    def supervision(proposed: str, model: str, *, draws: int) -> Spread:
        both = {
            "agency": {"state": "US", "type": "sheriff", "sworn_officers": 100, "jail_average_daily_population": 90},
            "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": proposed},
            "officers": {"tfm": 4, "jem": 4, "both": 3},
        }  # fmt: skip
        result = estimate(Scenario.from_mapping(both), edition, draws=draws)
        return line(result.option(proposed), "operations.supervision", model).total

    for draws in (0, 500):
        alone, pair = (supervision(each, "jem", draws=draws) for each in ("jem", "jem+tfm"))
        # 3 of 4 jail officers are counted in the task force: a quarter is left
        assert pair.central == pytest.approx(alone.central / 4, abs=0.01)
        assert pair.high == pytest.approx(alone.high / 4, abs=0.02)


def test_people_with_two_roles_are_counted_once_only_while_both_roles_have_officers(edition: Edition) -> None:
    def seats(draws: int) -> Spread:
        pair = scenario(
            agency={"type": "sheriff", "jail_average_daily_population": 90},
            agreement={"proposed": "jem+tfm"},
            officers={
                "tfm": [{"from": "2028-07", "value": 4}],
                "jem": [{"from": "2027-12", "value": 4}],
                "both": 3,
            },
        )
        return line(estimate(pair, edition, draws=draws).proposed, "administration.it", "jem").total

    # 4 jail officers in January to June, then the 1 who is not in the task force: 24 + 6 months, 2.5 x $100
    assert seats(0).central == 250
    assert (seats(50).low, seats(50).high) == pytest.approx((250, 250))


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


# --- when it is paid ---------------------------------------------------------------------------------


def test_announced_money_comes_two_months_late(edition: Edition) -> None:
    case = run(edition).cases["announced"]
    # January's 22,000 in March; February to October in April to December: 9 x 93,937.50 = 845,437.50
    assert case.cash.received_by_month == (0, 0, START_UP, *[MONTHLY] * 9)
    assert case.receipts.total.central == 867_437.50
    # November and December are still unpaid: 2 x 93,937.50
    assert case.cash.unpaid_at_end.central == 187_875
    assert case.cash.unpaid_by_fiscal_year == (187_875,)
    # 48,179.25 - 867,437.50
    assert case.net.total.central == -819_258.25
    # 86,893.25 - 867,437.50
    assert case.net_full_cost.total.central == -780_544.25
    # Nothing is discounted at a rate of 0
    assert case.net_present_value.central == -819_258.25


def test_most_the_county_pays_first_and_its_month(edition: Edition) -> None:
    cash = run(edition).cases["announced"].cash
    # January: 33,880 bought, upkeep 100, coordination 55, records 41.25, outreach 100 = 34,176.25.
    # Later months: overtime 371.25, supervision 198, time-keeping 82.50, miles 175, seats 100, premium 50,
    # and the 296.25 of every month = 1,273.
    assert cash.costs_by_month == (34_176.25, *[1_273.0] * 11)
    # 34,176.25; 35,449.25; then March brings 22,000
    assert (cash.deepest.central, cash.deepest_month) == (35_449.25, Month.of(2028, 2))
    assert cash.paid_and_not_back[:4] == (34_176.25, 35_449.25, 14_722.25, -77_942.25)
    # 22,000; + 93,937.50 = 115,937.50; + 93,937.50 - 22,000 = 187,875, and so on
    assert cash.peak_unpaid_claims.central == 187_875


def test_without_federal_money_everything_stays_unpaid_back(edition: Edition) -> None:
    case = run(edition).cases["none"]
    assert case.receipts.total.central == 0
    assert case.cash.claimed == 0
    assert case.net.total.central == GROSS
    assert (case.cash.deepest.central, case.cash.deepest_month) == (GROSS, Month.of(2028, 12))


def test_three_cases_and_when_there_are_two(edition: Edition) -> None:
    assert set(run(edition).cases) == {"none", "announced"}
    paid = {"paid_share": 0.5, "disallowed_share": 0.2, "lag_months": 3}
    result = run(edition, reimbursement=paid)
    assert set(result.cases) == {"none", "announced", "expected"}
    costs = {case.cash.costs_by_month for case in result.cases.values()}
    assert len(costs) == 1
    assert result.cases["announced"].receipts.total.central == 867_437.50
    assert_net_is_gross_less_receipts(result)


def test_part_paid_and_part_refused(edition: Edition) -> None:
    paid = {"case": "expected", "paid_share": 0.5, "disallowed_share": 0.2, "lag_months": 3}
    case = run(edition, reimbursement=paid).cases["expected"]
    # 50% of 80% = 40%: January's 22,000 -> 8,800 in April; 93,937.50 -> 37,575 in May to December (8 months)
    assert case.cash.received_by_month == (0, 0, 0, 8_800, *[37_575.0] * 8)
    assert case.receipts.total.central == 309_400
    # Three months of 37,575 are still to come; 60% of 1,055,312.50 never comes
    assert case.cash.unpaid_at_end.central == 112_725
    assert case.cash.disallowed == 633_187.50
    assert case.cash.claimed == 309_400 + 112_725 + 633_187.50
    # January to March: 34,176.25 + 2 x 1,273 = 36,722.25; April brings 8,800
    assert (case.cash.deepest.central, case.cash.deepest_month) == (36_722.25, Month.of(2028, 3))
    assert case.net.total.central == -261_220.75


def test_federal_money_for_work_until_a_month(edition: Edition) -> None:
    paid = {"case": "expected", "paid_share": 1, "disallowed_share": 0, "lag_months": 2, "ends": "2028-06"}
    case = run(edition, reimbursement=paid).cases["expected"]
    # Work of January to June is paid, March to August: 22,000 + 5 x 93,937.50
    assert case.cash.received_by_month == (0, 0, START_UP, *[MONTHLY] * 5, 0, 0, 0, 0)
    assert case.receipts.total.central == 491_687.50
    assert case.cash.unpaid_at_end.central == 0
    assert case.cash.claimed == 491_687.50


def test_payments_that_stop_leave_claims_unpaid(edition: Edition) -> None:
    paid = {
        "case": "expected", "paid_share": 1, "disallowed_share": 0, "lag_months": 2, "stops_after_months": 6,
    }  # fmt: skip
    case = run(edition, reimbursement=paid).cases["expected"]
    # Paid in March to June only: 22,000 + 3 x 93,937.50 = 303,812.50 of 1,055,312.50
    assert case.receipts.total.central == 303_812.50
    assert case.cash.unpaid_at_end.central == 751_500


def test_a_term_that_changes_inside_a_year(edition: Edition) -> None:
    share = [{"from": "2028-01", "value": 1}, {"from": "2028-07", "value": 0}]
    result = run(edition, assume={"receipts.salary_share": share})
    salary = line(result, "receipts.salary_and_benefits")
    # February to June: 5 x 93,600; nothing from July
    assert salary.by_period == pytest.approx((468_000, 0))
    assert salary.by_month == (0, 0, 0, *[93_600.0] * 5, 0, 0, 0, 0)
    # Overtime goes on
    assert claimed(result, "receipts.overtime") == 3_712.50


def test_announced_salary_ends_with_its_term_unless_renewed() -> None:
    """The last month is a term of the edition: 2026.1 has 30 September 2029."""
    edition = open_edition(LAW)
    data = scenario(agreement={"starts": "2029-04"}).canonical()
    del data["assume"]["receipts.salary_share"]
    lapsed = estimate(Scenario.from_mapping(data), edition, draws=0, only_proposed=True)
    assert lapsed.federal_end == Month.of(2029, 9)
    # On duty from May; paid for May to September, in July to November: 5 x 93,600
    salary = line(lapsed.proposed, "receipts.salary_and_benefits")
    assert salary.by_month == (0, 0, 0, *[93_600.0] * 5, 0, 0, 0, 0)
    data["reimbursement"] = {"renewed": True}
    renewed = estimate(Scenario.from_mapping(data), edition, draws=0, only_proposed=True)
    assert renewed.federal_end is None
    assert claimed(renewed.proposed, "receipts.salary_and_benefits") == 1_029_600


def test_present_value_takes_each_month_at_its_middle(edition: Edition) -> None:
    case = run(edition, assume={"economics.discount_rate": 0.05}).cases["none"]
    # Month k (0 to 11) counts 1.05 to the power -(k + 0.5) / 12
    redone = 34_176.25 * 1.05 ** (-0.5 / 12) + sum(1_273 * 1.05 ** (-(k + 0.5) / 12) for k in range(1, 12))
    assert case.net_present_value.central == pytest.approx(redone, abs=0.0051)


# --- state grants and state law -----------------------------------------------------------------------

BUSY = {"operations.encounters": 12_000}
# 48,179.25 - 4,083.75 - 1,925 + overtime 408,375 + miles 3,000 x 11/12 x $70 = 192,500
BUSY_GROSS = 643_045.50


def texas(*, residents: int | None, kind: str = "sheriff", **changes: Any) -> OptionResult:
    agency = {"state": "TX", "type": kind, "jail_average_daily_population": 0}
    if residents is not None:
        agency["residents"] = residents
    return run(open_edition(LAW), agency=agency, **changes)


@pytest.mark.parametrize(
    ("residents", "cap"),
    [
        (99_999, 80_000), (100_000, 100_000), (499_999, 100_000), (500_000, 120_000), (999_999, 120_000),
        (1_000_000, 140_000), (4_000_000, 140_000),
        (None, 80_000),  # the smallest, until the residents are known
    ],
)  # fmt: skip
def test_the_texas_grant_has_four_tiers(residents: int | None, cap: float) -> None:
    result = texas(residents=residents, assume=BUSY)
    assert result.gross.total.central == BUSY_GROSS
    # Without federal money all 643,045.50 is left, so the cap is claimed
    assert result.cases["none"].cash.claimed == cap
    assert_net_is_gross_less_receipts(result)


def test_the_texas_grant_comes_at_the_lag() -> None:
    case = texas(residents=500_000, assume=BUSY).cases["none"]
    # 120,000 / 12 = 10,000 a month; ten months arrive
    assert case.cash.received_by_month == (0, 0, *[10_000.0] * 10)
    assert case.state_receipts.total.central == 100_000
    assert case.federal_receipts.total.central == 0
    assert case.net.total.central == 543_045.50


def test_the_texas_grant_is_no_more_than_the_cost_left() -> None:
    result = texas(residents=150_000)
    assert result.cases["none"].cash.claimed == GROSS
    # Federal claims of 1,055,312.50 leave nothing
    assert result.cases["announced"].state_receipts.total.central == 0
    # With overtime and start-up money only, 48,179.25 - 3,712.50 - 22,000 = 22,466.75 is left - of what is
    # claimed, whatever share of it is paid
    paid = {"case": "expected", "paid_share": 0.1, "disallowed_share": 0, "lag_months": 0}
    expected = texas(residents=150_000, readings={"salary": "nothing"}, reimbursement=paid).cases["expected"]
    assert expected.state_receipts.total.central == 22_466.75
    # 10% of 25,712.50
    assert expected.federal_receipts.total.central == 2_571.25


def test_the_texas_grant_is_prorated_by_months() -> None:
    result = texas(residents=500_000, assume=BUSY, agreement={"starts": "2028-07"})
    paid = {"case": "none"}
    shown = texas(residents=500_000, assume=BUSY, agreement={"starts": "2028-07"}, reimbursement=paid)
    # Six months in each fiscal year: 60,000 and 60,000
    assert line(shown, "receipts.state_grants", "option").claimed == (60_000, 60_000)
    assert result.cases["none"].cash.claimed == 120_000


def test_a_grant_that_ends_in_the_year_pays_cost_of_the_months_before() -> None:
    whole = open_edition(LAW)
    texas_rules = whole.states["TX"]
    rule = next(each for each in texas_rules.rules if each.grant is not None)
    ends = rule.model_copy(update={"until": date(2028, 6, 30)})
    states = {**whole.states, "TX": texas_rules.model_copy(update={"rules": (ends,)})}
    sheriff = scenario(agency={"state": "TX", "type": "sheriff", "residents": 150_000})
    grant = grant_of(sheriff, replace(whole, states=states), Calendar(Month.of(2028, 1), 12, 1))
    assert grant is not None
    # Half a year of the $100,000 tier
    assert grant.cap.tolist() == [50_000]
    costs = np.array([1_000.0] * 6 + [100_000.0] * 6)
    # 6 x 1,000 in its months, whatever the months after cost
    assert grant.claim(costs @ grant.membership, np.zeros(1)).tolist() == [6_000]


def test_grant_money_comes_for_the_months_in_which_the_grant_runs() -> None:
    whole = open_edition(LAW)
    texas_rules = whole.states["TX"]
    rule = next(each for each in texas_rules.rules if each.grant is not None)
    ends = rule.model_copy(update={"until": date(2028, 6, 30)})
    edition = replace(whole, states={**whole.states, "TX": texas_rules.model_copy(update={"rules": (ends,)})})
    sheriff = scenario(
        agency={
            "state": "TX", "type": "sheriff", "residents": 150_000, "jail_average_daily_population": 0,
        },
        assume=BUSY,
    )  # fmt: skip
    result = estimate(sheriff, edition, draws=20, only_proposed=True).proposed.cases["none"]
    # $50,000 of six months, two months later: 8,333.33 in March to August
    assert result.cash.received_by_month == pytest.approx((0, 0, *[50_000 / 6] * 6, 0, 0, 0, 0), abs=0.0101)
    # All of it within the year, in the draws too
    spread = result.state_receipts.total
    assert (spread.low, spread.central, spread.high) == pytest.approx((50_000,) * 3, abs=0.0051)


def test_the_texas_grant_is_for_sheriffs() -> None:
    assert texas(residents=500_000, kind="police", assume=BUSY).cases["none"].cash.claimed == 0


def test_the_strongest_rule_of_a_state_comes_first(task_force: Estimate) -> None:
    strongest = ("barred", "required", "conditions", "pending", "open", "penalty", "grant")
    whole = open_edition(LAW)
    rule = (
        whole.states["TX"]
        .rules[0]
        .model_copy(update={"models": None, "agency_types": None, "since": None, "until": None})
    )
    for kinds in (strongest[::-1], strongest[3:] + strongest[:3]):
        rules = tuple(rule.model_copy(update={"kind": kind}) for kind in kinds)
        states = {**whole.states, "VA": whole.states["TX"].model_copy(update={"rules": rules})}
        found = applying_rules(replace(task_force, edition=replace(whole, states=states)))
        assert tuple(each.kind for each in found) == strongest


def test_a_state_that_bars_is_said_and_changes_no_figure() -> None:
    edition = open_edition(LAW)
    barred = estimate(scenario(agency={"state": "CA"}), edition, draws=0)
    shown = banner(barred, Numbering(edition))
    assert shown.word == "barred"
    assert [each.text for each in shown.lines][-1] == (
        "This run shows what an agreement would cost if the law allowed one."
    )
    unknown = estimate(scenario(), edition, draws=0)
    assert banner(unknown, Numbering(edition)).word == "not researched"
    assert barred.proposed.gross == unknown.proposed.gross
    assert barred.proposed.cases == unknown.proposed.cases


def test_a_sheriff_in_texas_is_required_and_a_town_is_not() -> None:
    edition = open_edition(LAW)
    words = {
        kind: banner(
            estimate(scenario(agency={"state": "TX", "type": kind}), edition, draws=0), Numbering(edition)
        ).word
        for kind in ("sheriff", "police")
    }
    assert words["sheriff"] == "required"
    assert words["police"] != "required"


# --- draws --------------------------------------------------------------------------------------------

RANGES = {
    "agency": {"state": "TX", "type": "sheriff", "sworn_officers": 150, "residents": 180_000},
    "agreement": {"starts": "2028-01", "years": 2, "proposed": "tfm"},
    "officers": {"tfm": 12},
    "reimbursement": {"case": "expected", "paid_share": 0.5, "lag_months": 3},
}


def drawn(edition: Edition, seed: int = 287, draws: int = 400) -> Estimate:
    data = RANGES | {"simulation": {"seed": seed}}
    return estimate(Scenario.from_mapping(data), edition, draws=draws)


def spreads(result: OptionResult) -> list[Spread]:
    def of(series: Series) -> list[Spread]:
        return [*series.by_fiscal_year, series.first_12_months, series.total]

    def of_case(case: CaseResult) -> list[Spread]:
        cash = case.cash
        money = (case.receipts, case.federal_receipts, case.state_receipts, case.net, case.net_full_cost)
        return [
            *(spread for series in money for spread in of(series)),
            case.net_present_value, cash.deepest, cash.peak_unpaid_claims, cash.unpaid_at_end,
        ]  # fmt: skip

    found = [spread for case in result.cases.values() for spread in of_case(case)]
    for series in (result.gross, result.gross_full_cost, result.one_time, result.recurring):
        found += of(series)
    return found + [each.total for each in result.lines]


def test_no_draws_no_spread(edition: Edition) -> None:
    result = drawn(edition, draws=0)
    assert result.draws == 0
    for option in result.options:
        assert all(each.low == each.central == each.high for each in spreads(option))
        assert option.gross.median_total == option.gross.total.central


def test_draws_leave_the_central_figures_and_add_a_range(edition: Edition) -> None:
    plain, ranged = drawn(edition, draws=0), drawn(edition)
    for one, many in zip(plain.options, ranged.options, strict=True):
        assert [each.central for each in spreads(one)] == [each.central for each in spreads(many)]
        assert all(each.low <= each.central <= each.high for each in spreads(many))
    gross = ranged.proposed.gross.total
    assert gross.low < gross.central < gross.high
    # Full cost is budget cost and something that is never negative, draw by draw, so each percentile too.
    full = ranged.proposed.gross_full_cost.total
    assert full.low >= gross.low
    assert full.high >= gross.high


def test_one_seed_one_record_and_another_seed_another(edition: Edition) -> None:
    first, again, other = (to_json(drawn(edition, seed)) for seed in (287, 287, 288))
    assert first == again
    gross, others = drawn(edition, 287).proposed.gross.total, drawn(edition, 288).proposed.gross.total
    assert first != other
    assert gross.central == others.central
    assert (gross.low, gross.high) != (others.low, others.high)


def test_where_every_value_is_entered_draws_change_nothing(edition: Edition) -> None:
    certain = estimate(scenario(), edition, draws=200, only_proposed=True).proposed
    assert (certain.gross.total.low, certain.gross.total.high) == pytest.approx((GROSS, GROSS), abs=0.011)
    announced = certain.cases["announced"].receipts.total
    assert (announced.low, announced.high) == pytest.approx((867_437.50, 867_437.50), abs=0.011)


def test_overtime_and_hired_hours_never_add_up_to_more_than_all_in_a_draw(edition: Edition) -> None:
    kept = {key: value for key, value in ASSUMED.items() if key != "staffing.overtime_share"}
    halves = scenario(assume={"staffing.hired_share": 0.6})
    data = halves.canonical()
    data["assume"] = {key: value for key, value in data["assume"].items() if key in kept}
    result = estimate(Scenario.from_mapping(data), edition, draws=2_000, only_proposed=True).proposed
    # The default range of the overtime share reaches beyond the 40% left: there the diverted part is 0, not less
    diverted = line(result, "operations.time").total
    assert diverted.low == 0
    assert diverted.central > 0


# --- answers that stop a run ---------------------------------------------------------------------------


def test_more_officers_than_the_agency_has_stop_the_run(edition: Edition) -> None:
    with pytest.raises(ScenarioError, match="101 task force officers are more than the 100 sworn officers"):
        run(edition, 101)


def test_no_officers_cost_nothing_and_are_said(edition: Edition) -> None:
    result = estimate(scenario(0), edition, draws=0)
    assert result.proposed.gross_full_cost.total.central == 0
    assert all(case.receipts.total.central == 0 for case in result.proposed.cases.values())
    assert result.warnings[0] == "No officers are entered for tfm, so it costs nothing and brings nothing."

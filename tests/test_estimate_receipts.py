"""Whole runs redone by hand: federal receipts, state grants and state law."""

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
from calculator.render.statement.headline import banner
from calculator.render.statement.numbering import Numbering
from calculator.result import Estimate, OptionResult, Spread
from calculator.scenario import Scenario

from .worked_example import (
    CLAIMS,
    GROSS,
    LAW,
    assert_net_is_gross_less_receipts,
    claimed,
    line,
    run,
    scenario,
    total,
)

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
    # No law is cited for California, so which models it bars is not known.
    assert shown.word == "barred or limited; not settled"
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

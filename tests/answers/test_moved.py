"""Tornado, break-even and frontier, against the worked example of `test_estimate`, whose figures are found by hand.

12 officers for one year: gross $48,179.25; claims of $22,000 in January and $93,937.50 in each month from February.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from calculator.answers.break_even import BreakEven, claim_frequency
from calculator.answers.together import Answers, answers
from calculator.answers.uncertain import deviate_of
from calculator.editions.schema import Range
from calculator.estimate import estimate
from calculator.inputs import quantile
from calculator.scenario import Scenario
from calculator.units import NATURAL_STEPS, UNITS

from ..conftest import TASK_FORCE
from ..worked_example import ASSUMED, GROSS, MONTHLY, START_UP

SHARE, LAG, OVERTIME = "reimbursement.paid_share", "reimbursement.lag_months", "staffing.overtime_share"
ENCOUNTERS, CASES, CLAIMS = "operations.encounters", "operations.jail_cases", "liability.frequency"


def worked_example(*, leave: tuple[str, ...] = (), **assume: Any) -> Scenario:
    """The worked example, some of its values left to the edition, others changed ("." written "__")."""
    values = {
        **{each: value for each, value in ASSUMED.items() if each not in leave},
        **{name.replace("__", "."): value for name, value in assume.items()},
    }
    return Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "police", "sworn_officers": 100},
            "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": "tfm"},
            "officers": {"tfm": 12},
            "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
        }
    )


def of(scenario: Scenario, edition, draws: int = 0) -> Answers:
    return answers(estimate(scenario, edition, draws=draws, only_proposed=True))


def lever(found: Answers, lever_id: str) -> BreakEven:
    (each,) = (each for each in found.break_even if each.id == lever_id)
    return each


# --- tornado ----------------------------------------------------------------------------------


def test_each_input_at_its_ends_and_one_step_more(edition):
    left = ("administration.outreach_cost", "operations.supervision_hours")
    found = {each.input_id: each for each in of(worked_example(leave=left), edition).drivers}
    assert set(left) <= set(found)
    # Supervision: 11 officer-years x hours x 25% x $66 = $181.50 for each hour a year
    hours = edition.parameters["operations.supervision_hours"].values[0].amount
    supervision = found["operations.supervision_hours"]
    assert (supervision.low_value, supervision.high_value) == pytest.approx((hours.low, hours.high))
    # Both inputs left to the edition stand at its central value: the rest of the cost is GROSS less the two lines
    outreach = edition.parameters["administration.outreach_cost"].values[0].amount
    rest = GROSS - 2_178.00 - 1_200.00 + outreach.central
    assert supervision.at_low == pytest.approx(rest + 181.50 * hours.low, abs=0.01)
    assert supervision.at_high == pytest.approx(rest + 181.50 * hours.high, abs=0.01)
    assert (supervision.step, supervision.a_year) == (10, pytest.approx(1_815.00, abs=0.01))
    # $1,000 more a year for outreach is $1,000 more a year
    assert found["administration.outreach_cost"].step == 1_000
    assert found["administration.outreach_cost"].a_year == pytest.approx(1_000, abs=0.01)


def test_a_step_is_a_year_whatever_the_horizon(edition):
    # Two years of 12 months; supervision in the second: 12 officer-years x 10 h x 25% x $66 = $1,980
    base = worked_example(leave=("operations.supervision_hours",))
    longer = dataclasses.replace(base, agreement=dataclasses.replace(base.agreement, years=2))
    found = {each.input_id: each for each in of(longer, edition).drivers}
    assert found["operations.supervision_hours"].a_year == pytest.approx((1_815 + 1_980) / 2, abs=0.01)


def test_the_strongest_come_first_and_there_are_eight(task_force):
    swings = [each.swing for each in answers(task_force).drivers]
    assert swings == sorted(swings, reverse=True)
    assert len(swings) == 8


def test_one_input_at_an_end_is_a_run_with_that_value(task_force, edition):
    strongest = answers(task_force).drivers[0]
    entered = {
        f"assume.{strongest.input_id}": str(strongest.high_value),
        f"because.{strongest.input_id}": "t",
    }
    again = estimate(Scenario.from_query({**dict(TASK_FORCE), **entered}.items()), edition, draws=0)
    assert again.proposed.gross.total.central == pytest.approx(strongest.at_high, abs=1)


def test_every_unit_of_an_uncertain_input_has_a_natural_step():
    assert set(NATURAL_STEPS) == set(UNITS)
    assert all(step > 0 for step in NATURAL_STEPS.values())


@pytest.mark.parametrize("kind", ["money", "share", "logarithm"])
def test_a_deviate_is_the_inverse_of_its_value(kind):
    amount = Range(kind="range", low=0.1, central=0.35, high=0.7)
    for deviate in (-2.0, -0.3, 0.0, 0.7, 2.2):
        value = quantile(amount, kind, deviate)
        assert deviate_of(amount, kind, value) == pytest.approx(deviate, abs=1e-12)


# --- break-even -------------------------------------------------------------------------------


def test_the_share_paid_by_hand(edition):
    # Paid two months later, so January to October within the year: 22,000 + 9 x 93,937.50
    received = START_UP + 9 * MONTHLY
    share = lever(of(worked_example(), edition), SHARE)
    assert share.value == pytest.approx(GROSS / received, rel=1e-12)
    assert (share.at_low, share.at_high) == pytest.approx((GROSS, GROSS - received))
    assert share.falls


def test_a_run_at_the_share_found_has_no_net(examples, edition):
    for name, each in examples.items():
        share = lever(answers(each), SHARE)
        paid = dataclasses.replace(
            each.scenario.reimbursement, case="expected", paid_share=share.value, disallowed_share=0.0,
            lag_months=answers(each).announced_lag, stops_after_months=None, ends=None,
        )  # fmt: skip
        again = estimate(
            dataclasses.replace(each.scenario, reimbursement=paid, readings={}), edition, draws=0,
            only_proposed=True,
        )  # fmt: skip
        assert abs(again.proposed.cases["expected"].net.total.central) < 1, name


def test_the_months_of_lag_by_hand(edition):
    # Ten months later the claims of January and February come in time: 115,937.50. Eleven: January's 22,000 only.
    lag = lever(of(worked_example(), edition), LAG)
    assert (lag.value, lag.present, lag.low, lag.high) == (10, 2, 0, 36)
    assert lag.at_low == pytest.approx(GROSS - START_UP - 11 * MONTHLY)
    assert lag.at_high == pytest.approx(GROSS)


# What is left of cost: purchases of 22,000, paid back, and lines of overtime; receipts: 0.6% of pay.
LEAN = {
    "training__backfill_share": 0, "administration__outreach_cost": 0, "administration__vehicle_upkeep": 0,
    "administration__it_seat_cost": 0, "liability__premium_change": 0, "operations__cost_per_mile": 0,
    "receipts__salary_share": 0.006,
}  # fmt: skip
# 9 of 11 months of 0.6% of 1,029,600 come in time
SALARY = 0.006 * 1_029_600 * 9 / 11


def test_the_overtime_share_by_hand(edition):
    # Overtime, supervision, timekeeping, coordination and records cost 8,324.25 at 25%; 3,712.50 x 9/11 comes back
    slope = (8_324.25 - 3_712.50 * 9 / 11) / 0.25
    overtime = lever(of(worked_example(**LEAN), edition), OVERTIME)
    assert overtime.value == pytest.approx(SALARY / slope, abs=1e-6)
    assert overtime.present == 0.25
    assert not overtime.falls


def test_the_encounters_by_hand(edition):
    # Each: 3 h x 11/12 x 25% at $49.50, of which $45 comes back for 9 of 11 months; 4,240.50 does not depend on it
    each = 3 * 11 / 12 * 0.25 * (49.50 - 45 * 9 / 11)
    encounters = lever(of(worked_example(**LEAN), edition), ENCOUNTERS)
    assert encounters.value == pytest.approx((SALARY - 4_240.50) / each, abs=1e-3)
    # The curve of the edition around 120: low 0.2 and high 0.7 of 0.5 for each sworn officer, from p10 and p90
    # to p1 and p99
    wider = 2.3263478740408408 / 1.2815515655446004
    assert encounters.low == pytest.approx(120 * (0.2 / 0.5) ** wider)
    assert encounters.high == pytest.approx(120 * (0.7 / 0.5) ** wider)


@pytest.mark.parametrize(
    ("proposed", "kind", "salary_share"),
    [("tfm", "sheriff", "0.06"), ("jem+tfm", "sheriff", "0.12"), ("tfm", "state", "0.06")],
)
def test_a_run_at_a_value_found_has_no_net(proposed, kind, salary_share, edition):
    """The reimbursed share of pay is such that cost and receipts are near each other."""
    answered = dict(TASK_FORCE) | {
        "proposed": proposed, "type": kind, "assume.receipts.salary_share": salary_share,
        "because.receipts.salary_share": "test",
    }  # fmt: skip
    if proposed != "tfm":
        answered["officers_jem"] = "6"
    found = of(Scenario.from_query(answered.items()), edition)
    for lever_id in (ENCOUNTERS, OVERTIME):
        entered = {f"assume.{lever_id}": str(lever(found, lever_id).value), f"because.{lever_id}": "test"}
        again = estimate(
            Scenario.from_query({**answered, **entered}.items()), edition, draws=0, only_proposed=True
        )
        assert abs(again.proposed.cases["announced"].net.total.central) < 1, lever_id


def test_the_months_found_are_the_last_in_which_a_run_is_paid_back(edition):
    answered = dict(TASK_FORCE) | {
        "assume.receipts.salary_share": "0.06", "because.receipts.salary_share": "test",
        "reimbursement_case": "expected", "reimbursement_paid_share": "1", "reimbursement_disallowed_share": "0",
    }  # fmt: skip
    lag = lever(of(Scenario.from_query(answered.items()), edition), LAG).value
    nets = [
        estimate(
            Scenario.from_query({**answered, "reimbursement_lag_months": str(int(lag) + more)}.items()),
            edition, draws=0, only_proposed=True,
        ).proposed.cases["expected"].net.total.central
        for more in (0, 1)
    ]  # fmt: skip
    assert nets[0] <= 0 < nets[1]


def test_without_federal_money_no_share_is_enough(edition):
    answered = dict(TASK_FORCE) | {"proposed": "wso", "officers_wso": "5"}
    base = estimate(Scenario.from_query(answered.items()), edition, draws=0, only_proposed=True)
    found = answers(base)
    share = lever(found, SHARE)
    assert share.value is None
    assert share.least == share.most == base.proposed.gross.total.central
    assert {point.share for point in found.frontier} == {None}
    assert [each.id for each in found.break_even] == [SHARE, LAG, CASES, OVERTIME, CLAIMS]


def test_without_officers_there_is_nothing_to_answer(edition):
    found = of(Scenario.from_query({**dict(TASK_FORCE), "officers_tfm": "0"}.items()), edition)
    assert (found.drivers, found.break_even, found.frontier, found.unknowns, found.stresses) == ((),) * 5


def test_the_jail_lever_spans_what_its_inputs_span(edition):
    """Bookings from residents x share screened x yield: three independent factors, their logarithms squared."""
    answered = dict(TASK_FORCE) | {"proposed": "jem", "officers_jem": "6"}
    cases = lever(of(Scenario.from_query(answered.items()), edition), CASES)
    squares = np.zeros(2)
    for each, kind in (
        ("operations.bookings_per_resident", "number"),
        ("operations.screened_share", "share"),
        ("operations.yield", "share"),
    ):
        amount = edition.parameters[each].values[0].amount
        ends = [quantile(amount, kind, deviate) for deviate in (-2.3263478740408408, 2.3263478740408408)]
        squares += np.log(np.array(ends) / amount.central) ** 2
    down, up = np.exp(np.sqrt(squares))
    assert cases.low == pytest.approx(cases.present / down)
    assert cases.high == pytest.approx(cases.present * up)


def test_the_multiple_of_claims():
    # $30,000 more than it costs is kept; $20,000 of expected loss: at 1.5 times the claims nothing is left
    assert claim_frequency(-30_000, 20_000, 0, 4).value == pytest.approx(1.5)
    never = claim_frequency(-30_000, 5_000, 0, 4)
    assert (never.value, never.least, never.most) == (None, -30_000, -10_000)


# --- frontier ---------------------------------------------------------------------------------


def test_the_frontier_by_hand(edition):
    points = {each.lag_months: each.share for each in of(worked_example(), edition).frontier}
    assert len(points) == 37
    assert points[0] == pytest.approx(GROSS / (START_UP + 11 * MONTHLY))
    assert points[10] == pytest.approx(GROSS / (START_UP + MONTHLY))
    assert {points[lag] for lag in range(11, 37)} == {None}


def test_claims_needed_to_bring_net_and_loss_to_zero(edition):
    base = estimate(Scenario.from_query(TASK_FORCE), edition, draws=0, only_proposed=True)
    claims = lever(answers(base), CLAIMS)
    losses = base.liability.by_option["tfm"]
    # 2 claims on record; the rate drawn has the mean 2.5 / 196; exact interval 0.355 to 6.296 of 2
    assert (claims.low, claims.high) == pytest.approx((0.3554 / 2.5, 6.2958 / 2.5), abs=1e-3)
    net = base.proposed.cases["announced"].net.total.central
    assert claims.at_high == pytest.approx(net + 6.2958 / 2.5 * losses.kept.losses.expected.value, abs=5)


@pytest.mark.parametrize(
    "answered",
    [
        {"assume.operations.encounters_per_sworn": "0.5"},
        {
            "proposed": "jem", "officers_jem": "6", "jail_bookings": "4000",
            "assume.operations.screened_share": "0.5", "assume.operations.yield": "0.05",
        },
        {
            "type": "state", "assume.operations.encounters_per_trained_officer": "7",
            "assume.staffing.ramp_up_months": "3",
        },
    ],
)  # fmt: skip
def test_a_volume_that_no_input_moves_stays_where_it_is(edition, answered):
    reasons = {name.replace("assume.", "because."): "test" for name in answered if name.startswith("assume.")}
    query = dict(TASK_FORCE) | answered | reasons
    base = estimate(Scenario.from_query(query.items()), edition, draws=0, only_proposed=True)
    found = next(each for each in answers(base).break_even if each.id in (ENCOUNTERS, CASES))
    assert found.low == pytest.approx(found.high) == pytest.approx(found.present)


def test_the_range_of_the_overtime_share_holds_the_share_entered(edition):
    answered = dict(TASK_FORCE) | {
        "assume.staffing.overtime_share": "0", "because.staffing.overtime_share": "test",
    }  # fmt: skip
    overtime = lever(of(Scenario.from_query(answered.items()), edition), OVERTIME)
    assert overtime.low == overtime.present == 0

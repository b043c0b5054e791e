"""The identities of the model, on random scenarios (draws off unless they matter)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from calculator.blocks import Run
from calculator.calendar import Month
from calculator.costs.evaluate import Evaluator
from calculator.drawn import Drawn
from calculator.editions import open_edition
from calculator.estimate import estimate
from calculator.inputs import Normals
from calculator.options import build, choices_of
from calculator.scenario import Scenario

EDITION = open_edition()
CHOICES = {
    kind: {c.key: [o.id for o in c.options] for c in EDITION.choices.values() if c.kind == kind}
    for kind in ("reading", "perspective")
}


def few(options: dict[str, list[str]]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(sorted(options)), st.integers(0, 5), max_size=3).map(
        lambda found: {key: options[key][index % len(options[key])] for key, index in found.items()}
    )


def dated(start: Month, values: st.SearchStrategy[float]) -> st.SearchStrategy[list[dict[str, object]]]:
    """A value by month, from a year before the start to five years on."""
    offsets = st.lists(st.integers(-12, 60), min_size=1, max_size=4, unique=True).map(sorted)
    return offsets.flatmap(
        lambda found: st.lists(values, min_size=len(found), max_size=len(found)).map(
            lambda amounts: [
                {"from": str(start + offset), "value": amount}
                for offset, amount in zip(found, amounts, strict=True)
            ]
        )
    )


# Values to enter in place of a default, and whether they may change by month.
ENTERED: dict[str, tuple[list[float], bool]] = {
    "staffing.ramp_up_months": ([0.5, 1, 3, 12], False),
    "staffing.officer.turnover": ([0, 0.3], False),
    "staffing.jailer.turnover": ([0, 0.3], False),
    "staffing.net_work_hours": ([1_500, 1_900], True),
    "staffing.overtime_share": ([0, 0.1, 0.4], True),
    "staffing.hired_share": ([0, 0.2, 0.6], True),
    "staffing.jem_unit_positions": ([0, 3], True),
    "training.attrition": ([0, 0.4], False),
    "training.refresher_interval": ([0.5, 2], False),
    "training.initial_hours": ([0, 40, 160], True),
    "administration.equipment_life": ([0.5, 3], False),
    "administration.vehicle_life": ([1.5, 4], False),
    "operations.encounters": ([0, 500], True),
    "operations.encounters_per_trained_officer": ([0, 40], True),
    "operations.jail_cases": ([0, 300], True),
    "operations.jem_share_of_cases": ([0, 0.5, 1], True),
    "detention.baseline_holds": ([0, 50], True),
    "detention.ice_per_diem": ([0, 60], True),
    "receipts.salary_share": ([0, 0.5, 1], True),
    "receipts.scaap_recovery": ([0, 0.3], True),
    "pay.straight_time_slack": ([0, 80], True),
    "economics.pay_growth": ([-0.02, 0, 0.06], True),
    "economics.discount_rate": ([0, 0.08], False),
}


@st.composite
def entered(draw: st.DrawFn, start: Month) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for each in draw(st.lists(st.sampled_from(sorted(ENTERED)), max_size=5, unique=True)):
        values, by_month = ENTERED[each]
        amount = st.sampled_from(values)
        found[each] = {"value": draw(amount | dated(start, amount) if by_month else amount), "reason": "test"}
    return found


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    sworn = draw(st.integers(1, 2_000))
    kind = draw(st.sampled_from(["sheriff", "police", "state", "campus", "district", "tribal"]))
    task_force = "tribal-tfm" if kind == "tribal" else "tfm"
    options = (
        [task_force] if kind != "sheriff" else [task_force, "jem", "wso", "jem+tfm", "jem+wso", "jem+tfm+wso"]
    )
    start = Month.of(draw(st.integers(2025, 2032)), draw(st.integers(1, 12)))
    limits = {"tfm": sworn} | ({"jem": 40, "wso": 40} if kind == "sheriff" else {})
    officers: dict[str, object] = {}
    for model, most in limits.items():
        heads = st.integers(0, most)
        officers[model] = draw(heads | dated(start, heads))
    largest = sorted(
        value if isinstance(value, int) else max(step["value"] for step in value)
        for value in officers.values()
    )
    if len(largest) > 1 and draw(st.booleans()):
        officers["both"] = draw(st.integers(0, largest[-2]))
    agency: dict[str, object] = {
        "state": draw(st.sampled_from(["VA", "TX", "FL", "CA", "DC", "US"])), "type": kind, "sworn_officers": sworn,
    }  # fmt: skip
    for name, values in (
        ("residents", st.integers(1_000, 2_000_000)),
        ("jail_average_daily_population", st.integers(1, 3_000)),
        ("holds_on_detainers", st.integers(0, 500)),
    ):
        if kind == "sheriff" and draw(st.booleans()):
            agency[name] = draw(values)
    agreement: dict[str, object] = {
        "proposed": draw(st.sampled_from(options)),
        "starts": str(start),
        "years": draw(st.integers(1, 10)),
        "fiscal_year_starts": draw(st.integers(1, 12)),
    }
    if draw(st.booleans()):
        agreement["ends"] = str(start + draw(st.integers(0, 90)))
    if draw(st.booleans()):
        agreement["in_force"] = draw(st.sampled_from(options))
    data = {
        "agency": agency,
        "agreement": agreement,
        "officers": officers,
        "readings": draw(few(CHOICES["reading"])),
        "perspectives": draw(few(CHOICES["perspective"])),
        "assume": draw(entered(start)),
    }
    if "staffing.jem_unit_positions" in data["assume"]:
        # A unit in positions and minutes exclude each other.
        data["perspectives"].pop("jem_work", None)
    if draw(st.booleans()):
        data["reimbursement"] = {
            "case": "expected",
            "paid_share": draw(st.integers(0, 100)) / 100,
            "lag_months": draw(st.integers(0, 36)),
            "disallowed_share": draw(st.integers(0, 100)) / 100,
        }
    return Scenario.from_mapping(data)


relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cents(dollars: float) -> int:
    return round(dollars * 100)


def changed(scenario: Scenario, section: str, **values: object) -> Scenario:
    return dataclasses.replace(
        scenario, **{section: dataclasses.replace(getattr(scenario, section), **values)}
    )


@relaxed
@given(scenarios())
def test_lines_add_to_totals_and_months_to_years_exactly(scenario: Scenario) -> None:
    result = estimate(scenario, EDITION, draws=0)
    for option in result.options:
        cash = [line for line in option.lines if line.spec.nature == "cash"]
        diverted = [line for line in option.lines if line.spec.nature == "diverted"]
        total = sum(cents(value) for line in cash for value in line.by_fiscal_year)
        assert total == cents(option.gross.total.central)
        assert total == sum(cents(value) for line in cash for value in line.by_month)
        assert total + sum(cents(v) for line in diverted for v in line.by_fiscal_year) == cents(
            option.gross_full_cost.total.central
        )
        assert cents(option.one_time.total.central) + cents(option.recurring.total.central) == total
        for case in option.cases.values():
            received = sum(cents(value) for value in case.cash.received_by_month)
            assert received == cents(case.receipts.total.central)
            assert total - received == cents(case.net.total.central)
            settled = received + cents(case.cash.unpaid_at_end.central) + cents(case.cash.disallowed)
            assert settled == cents(case.cash.claimed)


@relaxed
@given(scenarios())
def test_no_agreement_is_zero_and_so_are_no_officers(scenario: Scenario) -> None:
    none = estimate(scenario, EDITION, draws=0).option("none")
    assert (none.gross.total.central, none.lines) == (0, ())
    empty = changed(scenario, "officers", tfm=0, jem=0, wso=0, both=0)
    for option in estimate(empty, EDITION, draws=0).options:
        if option.option.available:
            assert option.gross_full_cost.total.central == 0
            assert all(case.receipts.total.central == 0 for case in option.cases.values())


@relaxed
@given(scenarios())
def test_hours_needed_are_overtime_hired_or_diverted(scenario: Scenario) -> None:
    hours = estimate(scenario, EDITION, draws=0, only_proposed=True).proposed.hours
    for overtime, hired, diverted, needed in zip(
        hours.work_overtime, hours.work_hired, hours.work_diverted, hours.work, strict=True
    ):
        assert overtime + hired + diverted == pytest.approx(needed, abs=0.05)


PAY_LINES = (
    "training.time", "training.backfill", "operations.time", "operations.overtime", "operations.supervision",
    "operations.coordination", "operations.positions", "operations.timekeeping",
    "training.refresher_time", "operations.timekeeping_time", "administration.records_and_complaints",
)  # fmt: skip
SALARIES = {"pay.officer.salary": 60_000, "pay.jailer.salary": 50_000, "pay.supervisor.salary": 90_000}


@relaxed
@given(scenarios())
def test_doubling_every_salary_doubles_every_pay_line(scenario: Scenario) -> None:
    def with_pay(factor: int) -> Scenario:
        data = scenario.canonical()
        salaries = {**SALARIES, "pay.clerk.salary": 40_000}
        data["assume"] = {
            each: {"value": value * factor, "reason": "test"} for each, value in salaries.items()
        }
        return Scenario.from_mapping(data)

    single = estimate(with_pay(1), EDITION, draws=0, only_proposed=True).proposed
    double = estimate(with_pay(2), EDITION, draws=0, only_proposed=True).proposed
    for one, two in zip(single.lines, double.lines, strict=True):
        if one.id in PAY_LINES:
            for a, b in zip(one.by_fiscal_year, two.by_fiscal_year, strict=True):
                assert abs(cents(b) - 2 * cents(a)) <= 1, one.id


@relaxed
@given(scenarios(), st.integers(0, 99))
def test_a_higher_paid_share_never_raises_net(scenario: Scenario, percent: int) -> None:
    low = changed(scenario, "reimbursement", case="expected", paid_share=percent / 100)
    high = changed(scenario, "reimbursement", case="expected", paid_share=(percent + 1) / 100)
    nets = [
        estimate(each, EDITION, draws=0, only_proposed=True).proposed.cases["expected"].net.total.central
        for each in (low, high)
    ]
    lines_and_months = 40 * 120
    assert cents(nets[1]) <= cents(nets[0]) + lines_and_months


@relaxed
@given(scenarios(), st.integers(0, 35))
def test_a_longer_lag_never_lowers_what_the_county_pays_first(scenario: Scenario, lag: int) -> None:
    depths = [
        estimate(changed(scenario, "reimbursement", case="expected", lag_months=each), EDITION, draws=0)
        .proposed.cases["expected"]
        .cash.deepest.central
        for each in (lag, lag + 1)
    ]
    assert cents(depths[1]) >= cents(depths[0])


@relaxed
@given(scenarios())
def test_no_receipt_is_above_its_claim_base(scenario: Scenario) -> None:
    for option in estimate(scenario, EDITION, draws=0).options:
        for line in option.lines:
            if line.claimed is not None and line.base is not None:
                for claimed, base in zip(line.claimed, line.base, strict=True):
                    assert cents(claimed) <= cents(base) + 1, line.id


@settings(relaxed, max_examples=15)
@given(scenarios())
def test_costs_are_the_same_in_every_case_and_ranges_are_in_order(scenario: Scenario) -> None:
    result = estimate(scenario, EDITION, draws=2_000)
    for option in result.options:
        costs = {case.cash.costs_by_month for case in option.cases.values()}
        assert len(costs) <= 1
        assert option.gross.total.low <= option.gross.total.high
        for spread in option.gross.by_fiscal_year:
            assert spread.low <= spread.high


@settings(relaxed, max_examples=8)
@given(scenarios())
def test_the_same_run_twice_is_the_same(scenario: Scenario) -> None:
    assert estimate(scenario, EDITION).options == estimate(scenario, EDITION).options


class OneDraw(Normals):
    """Every input fixed at its deviate in one draw of others."""

    def __init__(self, drawn: Normals, row: int) -> None:
        super().__init__()
        self.drawn, self.row = drawn, row

    def of(self, input_id: str) -> float:
        return float(self.drawn.of(input_id)[self.row, 0])


# Officers trained before the start, of models whose refreshers come round at other intervals.
RURAL = Path(__file__).parents[2] / "examples" / "rural_sheriff.yaml"


@settings(relaxed, max_examples=25)
@given(scenarios())
@example(Scenario.from_file(RURAL, RURAL.name))
def test_each_draw_is_what_a_run_at_its_deviates_gives(scenario: Scenario) -> None:
    # More draws than are worked out together in ten years.
    normals = Normals(draws=300, seed=scenario.simulation.seed)
    run = Run(scenario, EDITION)
    options = build(scenario, EDITION, run.calendar, choices_of(scenario, EDITION))
    for option in options:
        for context in option.contexts:
            run.block(context)
    drawn = Drawn(run, normals)
    for row in (0, 157, 299):
        alone = OneDraw(normals, row)
        for option in options:
            total = 0.0
            for context in option.contexts:
                one = Evaluator(run.assumptions, context, alone)
                for line in run.block(context).lines:
                    if line.spec.nature == "memo":
                        continue
                    found = one.line(line.spec)
                    whole = np.broadcast_to(drawn.line(line), (300, len(run.periods)))
                    assert whole[row] == pytest.approx(found, rel=1e-9, abs=1e-6), line.spec.id
                    total += found.sum() if line.spec.nature == "cash" else 0
            summed = drawn.costs(option.contexts).cash
            assert (0 if summed is None else summed[-1, row]) == pytest.approx(total, rel=1e-9, abs=1e-6)

"""The identities of the model, checked on every estimate.

An error stops the run and names itself; a warning becomes a printed caveat.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from calculator.costs.context import SHARED_MODEL
from calculator.errors import CheckFailed
from calculator.result import Estimate, Finding, Load, OptionResult, Spread

CENTS = 100
# Where the middle of the simulated totals lies this far from the central estimate, it is said once.
FAR_FROM_CENTRAL = 0.1


def reconcile(estimate: Estimate) -> Estimate:
    """Return the estimate with its findings. Raises CheckFailed when an identity does not hold."""
    findings = tuple(_findings(estimate))
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        listed = "; ".join(f"{finding.id}: {finding.message}" for finding in errors)
        raise CheckFailed(
            f"A check failed, so no estimate is given. {listed}. Please report this with the link."
        )
    return replace(estimate, checks=findings)


def _findings(estimate: Estimate) -> Iterator[Finding]:
    for check_id, words, test in _CHECKS:
        broken = [result.id for result in estimate.options if not test(estimate, result)]
        if broken:
            yield Finding(check_id, "error", f"{words} does not hold for {', '.join(broken)}")
        else:
            yield Finding(check_id, "passed", words)
    yield from _warnings(estimate)


def _cents(value: float) -> int:
    return round(value * CENTS)


def _total(values: tuple[float, ...]) -> int:
    return round(math.fsum(values) * CENTS)


def _lines_add_up(estimate: Estimate, result: OptionResult) -> bool:
    cash = [line for line in result.lines if line.spec.nature == "cash"]
    back = [line for line in result.lines if line.spec.nature == "receipt"]
    years = range(len(estimate.calendar.fiscal_years))
    case = result.cases[estimate.case]
    return all(
        sum(_cents(line.by_fiscal_year[year]) for line in cash)
        == _cents(result.gross.by_fiscal_year[year].central)
        and sum(_cents(line.by_fiscal_year[year]) for line in back)
        == _cents(case.receipts.by_fiscal_year[year].central)
        for year in years
    )


def _months_add_up(estimate: Estimate, result: OptionResult) -> bool:
    lines_hold = all(_total(line.by_month) == _total(line.by_fiscal_year) for line in result.lines)
    gross = _cents(result.gross.total.central)
    cases_hold = all(
        _total(case.cash.costs_by_month) == gross
        and _total(case.cash.received_by_month) == _cents(case.receipts.total.central)
        for case in result.cases.values()
    )
    years_hold = sum(_cents(each.central) for each in result.gross.by_fiscal_year) == gross
    return lines_hold and cases_hold and years_hold


def _net_is_gross_less_receipts(estimate: Estimate, result: OptionResult) -> bool:
    return all(
        _cents(case.net.total.central)
        == _cents(result.gross.total.central) - _cents(case.receipts.total.central)
        for case in result.cases.values()
    )


def _full_cost_is_budget_plus_diverted(estimate: Estimate, result: OptionResult) -> bool:
    diverted = sum(_total(line.by_fiscal_year) for line in result.lines if line.spec.nature == "diverted")
    return _cents(result.gross_full_cost.total.central) - _cents(result.gross.total.central) == diverted


def _hours_add_up(estimate: Estimate, result: OptionResult) -> bool:
    hours = result.hours
    parts = zip(hours.work_overtime, hours.work_hired, hours.work_diverted, hours.work, strict=True)
    # Each part is rounded by itself for each model.
    return all(abs(a + b + c - needed) < 0.05 for a, b, c, needed in parts)


def _none_is_zero(estimate: Estimate, result: OptionResult) -> bool:
    return result.id != "none" or (not result.lines and result.gross.total.central == 0)


def _no_officers_no_money(estimate: Estimate, result: OptionResult) -> bool:
    if any(number > 0 for _, number, _ in result.option.officers):
        return True
    return result.gross.total.central == 0 and all(
        c.receipts.total.central == 0 for c in result.cases.values()
    )


def _claims_within_base(estimate: Estimate, result: OptionResult) -> bool:
    return all(
        _cents(claimed) <= _cents(base) + 1
        for line in result.lines
        if line.claimed is not None and line.base is not None
        for claimed, base in zip(line.claimed, line.base, strict=True)
    )


def _each_base_once(estimate: Estimate, result: OptionResult) -> bool:
    claimed = [
        (line.spec.claims, line.model, period)
        for line in result.lines
        if line.spec.nature == "receipt"
        for period, amount in enumerate(line.by_period)
        if amount > 0
    ]
    return len(claimed) == len(set(claimed))


def _claims_are_settled(estimate: Estimate, result: OptionResult) -> bool:
    return all(
        _cents(case.receipts.total.central)
        + _cents(case.cash.unpaid_at_end.central)
        + _cents(case.cash.disallowed)
        == _cents(case.cash.claimed)
        for case in result.cases.values()
    )


def _no_officer_twice(estimate: Estimate, result: OptionResult) -> bool:
    agency = estimate.scenario.agency
    if agency.jail_staff is None or not result.option.proposed:
        return True
    months = estimate.calendar.months
    heads = sum(
        context.path.levels(months) * context.own_share(months)
        for context in result.option.contexts
        if context.model != SHARED_MODEL
    )
    return bool(np.all(heads <= agency.sworn_officers + agency.jail_staff + 1e-9))


_CHECKS = (
    ("R01", "lines add up to gross cost and to receipts in each fiscal year", _lines_add_up),
    ("R02", "months add up to fiscal years and to the whole horizon", _months_add_up),
    ("R03", "net is gross less receipts", _net_is_gross_less_receipts),
    ("R04", "full cost less budget is the value of diverted time", _full_cost_is_budget_plus_diverted),
    ("R05", "overtime, hired and diverted hours add up to hours needed", _hours_add_up),
    ("R06", "no agreement costs nothing", _none_is_zero),
    ("R07", "no officers, no cost and no receipts", _no_officers_no_money),
    ("R08", "no claim is above its base", _claims_within_base),
    ("R09", "no base is claimed twice", _each_base_once),
    ("R10", "paid, outstanding and disallowed add up to claimed", _claims_are_settled),
    ("R11", "no officer is counted twice", _no_officer_twice),
)


def _warnings(estimate: Estimate) -> Iterator[Finding]:
    for warning in estimate.warnings:
        yield Finding("W01", "warning", warning)
    gross = estimate.proposed.gross
    if abs(gross.median_total - gross.total.central) > FAR_FROM_CENTRAL * gross.total.central:
        yield Finding(
            "W03",
            "warning",
            "Half of the simulated gross costs lie above {}; the central {} takes each input at its middle.",
            (gross.median_total, gross.total.central),
        )
    outside = sum(_reached_out(spread) for spread in _headline(estimate))
    if outside:
        yield Finding(
            "W04",
            "warning",
            f"In {outside} figures of the options the central estimate lies outside the 10th to 90th percentile of "
            "the simulated totals; there the printed range reaches out to it.",
        )
    for load in estimate.proposed.hours.loads:
        if load.hours > load.net_work_hours:
            yield Finding("W05", "warning", _overloaded(estimate, load))
    overdue = estimate.edition.overdue(estimate.scenario.made_on(estimate.edition))
    if overdue:
        yield Finding(
            "W02", "warning", f"{len(overdue)} values are past their review date: {', '.join(overdue[:5])}"
        )


def _overloaded(estimate: Estimate, load: Load) -> str:
    about = estimate.edition.models[load.model]
    words = (
        f"{about.short_label}: the work comes to {load.hours:,.0f} program hours a year for each trained officer, "
        f"more than the {load.net_work_hours:,.0f} hours one officer works. "
    )
    if "officer" in load.volume:
        return words + f"Enter the {load.volume} that they can handle."
    return words + (
        f"The volume of work does not follow the number of officers: enter the {load.volume} that they can handle, "
        "or the number of officers that the work takes."
    )


def _headline(estimate: Estimate) -> Iterator[Spread]:
    for result in estimate.options:
        yield from (result.gross.total, result.gross.first_12_months)
        for case in result.cases.values():
            yield from (case.net.total, case.net.first_12_months)


def _reached_out(spread: Spread) -> bool:
    """Whether one end of a range is the central estimate itself; a figure without a range has both."""
    return (spread.low == spread.central) != (spread.high == spread.central)

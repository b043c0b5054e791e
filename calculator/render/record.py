"""The estimate as JSON: the public, stable record that the other faces can be checked against.

Money is in dollars with cents. Keys and their order are fixed, so the same run
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from typing import Any

from calculator.answers.together import answers
from calculator.inputs import Input
from calculator.law import applying_rules, standing
from calculator.render.formats import prose
from calculator.render.record_losses import holding_record, losses_record
from calculator.result import CaseResult, Estimate, Line, OptionResult, Series, Spread
from calculator.version import versions

SCHEMA = 1


def report_id(estimate: Estimate) -> str:
    """First 10 base-32 characters of the SHA-256 of scenario, edition digest and program version."""
    scenario = canonical_json(estimate.scenario.canonical())
    text = f"{scenario}\n{estimate.edition.digest}\n{estimate.program_version}"
    return b32encode(hashlib.sha256(text.encode()).digest()).decode()[:10]


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spare space: the form that is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def to_json(estimate: Estimate) -> str:
    """The record as indented text, ending in a newline."""
    return json.dumps(record(estimate), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def record(estimate: Estimate) -> dict[str, Any]:
    """The record as plain data."""
    return {
        "schema": SCHEMA,
        "report_id": report_id(estimate),
        "program_version": estimate.program_version,
        "versions": versions(),
        "edition": {"name": estimate.edition.id, "digest": estimate.edition.digest},
        "scenario": estimate.scenario.canonical(),
        "simulation": {"draws": estimate.draws, "seed": estimate.seed},
        "calendar": {
            "starts": str(estimate.calendar.start),
            "ends": str(estimate.calendar.end),
            "months": estimate.calendar.months,
            "fiscal_years": [estimate.calendar.label(year) for year in estimate.calendar.fiscal_years],
            "periods": [
                {"label": estimate.periods.label(index), "starts": str(start)}
                for index, start in enumerate(estimate.periods.starts)
            ],
            "federal_money_ends": str(estimate.federal_end) if estimate.federal_end else None,
        },
        "case": estimate.case,
        "state_law": _state_law(estimate),
        "options": {result.id: option_record(estimate, result) for result in estimate.options},
        "holding_without_an_agreement": holding_record(estimate),
        "answers": answers_record(estimate),
        "checks": [{"id": f.id, "severity": f.severity, "message": f.words(prose)} for f in estimate.checks],
    }


def option_record(estimate: Estimate, result: OptionResult) -> dict[str, Any]:
    """One option."""
    option = result.option
    head = {
        "label": option.label,
        "proposed": option.proposed,
        "available": option.available,
        "reason": option.unavailable,
        "officers": {model: {"number": number, "entered": typed} for model, number, typed in option.officers},
    }
    if not option.available:
        return head
    years = [estimate.calendar.label(year) for year in estimate.calendar.fiscal_years]
    cash_lines = [line for line in result.lines if line.spec.nature != "diverted"]
    return head | {
        "views": {
            "budget": _view(estimate, result, years, cash_lines, result.gross, full=False),
            "full_cost": _view(
                estimate, result, years, list(result.lines), result.gross_full_cost, full=True
            ),
        },
        "one_time": series(result.one_time),
        "recurring": series(result.recurring),
        "hours": {
            "training": list(result.hours.training),
            "training_covered_by_overtime": list(result.hours.training_covered),
            "work": list(result.hours.work),
            "work_overtime": list(result.hours.work_overtime),
            "work_hired": list(result.hours.work_hired),
            "work_diverted": list(result.hours.work_diverted),
            "office": list(result.hours.office),
            "first_12_months_diverted": round(result.hours.first_12_months_diverted, 2),
            "diverted_positions": round(result.hours.diverted_positions, 4),
            "share_of_sworn": round(result.hours.share_of_sworn, 6),
        },
        "liability": losses_record(estimate, result.id),
        "beside_the_totals": [_memo(line) for line in result.memos if line.spec.unit == "USD"],
        "change_from_today": None
        if result.change_from_today is None
        else {case: spread(value) for case, value in result.change_from_today.items()},
    }


def _view(
    estimate: Estimate,
    result: OptionResult,
    years: list[str],
    lines: list[Line],
    gross: Series,
    *,
    full: bool,
) -> dict[str, Any]:
    case = result.cases[estimate.case]
    return {
        "case": estimate.case,
        "fiscal_years": years,
        "lines": [line_record(line, ranged=result.option.proposed) for line in lines],
        "gross": series(gross),
        "receipts": series(case.receipts),
        "net": series(case.net_full_cost if full else case.net),
        "cases": {name: _case(each, full=full) for name, each in result.cases.items()},
    }


def _case(case: CaseResult, *, full: bool) -> dict[str, Any]:
    return {
        "receipts": series(case.receipts),
        "federal_receipts": series(case.federal_receipts),
        "state_receipts": series(case.state_receipts),
        "net": series(case.net_full_cost if full else case.net),
        "net_present_value": spread(case.net_present_value),
        "terms": {
            "paid_share": case.terms.paid_share,
            "disallowed_share": case.terms.disallowed_share,
            "lag_months": case.terms.lag_months,
            "stops_after_months": case.terms.stops,
        },
        "cash": {
            "by_month": {
                "paid": list(case.cash.costs_by_month),
                "received": list(case.cash.received_by_month),
            },
            "deepest": spread(case.cash.deepest),
            "deepest_month": str(case.cash.deepest_month),
            "peak_unpaid_claims": spread(case.cash.peak_unpaid_claims),
            "claimed": case.cash.claimed,
            "disallowed": case.cash.disallowed,
            "unpaid_by_fiscal_year": list(case.cash.unpaid_by_fiscal_year),
            "unpaid_at_end": spread(case.cash.unpaid_at_end),
        },
    }


def line_record(line: Line, *, ranged: bool) -> dict[str, Any]:
    """One line with its formula and inputs; low and high are null where they are not drawn."""
    found: dict[str, Any] = {
        "id": line.id,
        "model": line.model,
        "label": line.label,
        "category": line.spec.category,
        "timing": line.spec.timing,
        "nature": line.spec.nature,
        "refundable": line.spec.refundable,
        "formula": line.formula,
        "inputs": [input_record(each) for each in line.inputs],
        "by_period": list(line.by_period),
        "by_fiscal_year": list(line.by_fiscal_year),
        "total": spread(line.total) if ranged else {"low": None, "central": line.total.central, "high": None},
    }
    if line.claimed is not None:
        found["claimed"] = list(line.claimed)
        found["claim_base"] = list(line.base or ())
        found["claim_base_formula"] = str(line.spec.base.expression) if line.spec.base else None
    return found


def _memo(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "model": line.model,
        "label": line.label,
        "formula": line.formula,
        "inputs": [input_record(each) for each in line.inputs],
        "by_period": list(line.by_period),
        "by_fiscal_year": list(line.by_fiscal_year),
    }


def _state_law(estimate: Estimate) -> dict[str, Any]:
    """How the state stands to the proposed option, and the rules that say so."""
    return {
        "state": estimate.scenario.agency.state,
        "standing": standing(estimate),
        "rules": [
            {
                "id": rule.id,
                "kind": rule.kind,
                "models": list(rule.models) if rule.models else None,
                "from": str(rule.since) if rule.since else None,
                "to": str(rule.until) if rule.until else None,
                "statement": rule.statement,
                "law": rule.law,
                "grade": rule.grade,
                "sources": [source.id for source in rule.sources],
            }
            for rule in applying_rules(estimate)
        ],
    }


def answers_record(estimate: Estimate) -> dict[str, Any]:
    """What would change the answer for the proposed option; dollars over the horizon, budget view."""
    found = answers(estimate)
    return {
        "as_announced": {"net": found.net, "lag_months": found.announced_lag},
        "tornado": [
            {
                "id": each.input_id,
                "label": each.label,
                "unit": each.unit,
                "low": each.low_value,
                "high": each.high_value,
                "gross_at_low": round(each.at_low, 2),
                "gross_at_high": round(each.at_high, 2),
                "step": each.step,
                "gross_a_year_for_one_step": round(each.a_year, 2),
            }
            for each in found.drivers
        ],
        "break_even": [
            {
                "id": each.id,
                "label": each.label,
                "unit": each.unit,
                "low": each.low,
                "high": each.high,
                "present": each.present,
                "value": each.value,
                "net_at_low": round(each.at_low, 2),
                "net_at_high": round(each.at_high, 2),
                "least_net": round(each.least, 2),
                "most_net": round(each.most, 2),
            }
            for each in found.break_even
        ],
        "frontier": [
            {"lag_months": each.lag_months, "least_paid_share": each.share} for each in found.frontier
        ],
        "unknowns": [
            {
                "id": each.id,
                "label": each.label,
                "replaces": list(each.replaces),
                "width": round(each.width, 2),
                "width_once_known": round(each.left, 2),
                "question": None
                if each.question is None
                else {"ask": each.question.ask, "text": each.question.text},
            }
            for each in found.unknowns
        ],
        "stresses": [
            {
                "id": each.id,
                "label": each.label,
                "answers": {path: value for path, value in each.answers if value is not None},
                "net": spread(each.net),
                "pays_first": spread(each.pays_first),
                "difference": each.difference,
            }
            for each in found.stresses
        ],
    }


def input_record(each: Input) -> dict[str, Any]:
    """One input."""
    return {
        "name": each.name,
        "id": each.id,
        "label": each.label,
        "unit": each.unit,
        "mark": each.mark,
        "by_period": list(each.central),
        "low": None if each.low is None else list(each.low),
        "high": None if each.high is None else list(each.high),
        "grade": each.grade,
        "sources": list(each.sources),
        "formula": each.formula,
        "note": each.note,
    }


def series(value: Series) -> dict[str, Any]:
    """A figure over time."""
    return {
        "by_fiscal_year": [spread(each) for each in value.by_fiscal_year],
        "first_12_months": spread(value.first_12_months),
        "total": spread(value.total),
        "median_total": value.median_total,
    }


def spread(value: Spread) -> dict[str, float]:
    """Low, central and high."""
    return {"low": value.low, "central": value.central, "high": value.high}

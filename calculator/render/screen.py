"""The estimate and the editions as plain text for the terminal."""

from __future__ import annotations

import textwrap

from calculator.costs import lines_that_read
from calculator.editions import Edition
from calculator.editions.schema import DatedValue, Parameter
from calculator.errors import InputError
from calculator.render.formats import harmless, in_unit, inline, prose
from calculator.render.record import report_id
from calculator.render.statement.headline import late_start
from calculator.render.statement.losses import about, chance_words
from calculator.render.statement.outlook import MEDIAN_APART, notes
from calculator.render.statement.wording import CASE_LABELS, STANDING
from calculator.result import Estimate, Line, OptionResult

GAP = "  "
WIDTH = 100
ENDS = ("Low", "Central", "High")
Row = tuple[str, ...]


def to_text(estimate: Estimate) -> str:
    """Every option, the proposed option's lines, and the checks."""
    scenario = estimate.scenario
    calendar = estimate.calendar
    proposed = estimate.proposed
    years = f"{calendar.start.words} to {calendar.end.words}"
    out = [
        harmless(scenario.title or scenario.agency.name or "287(g) estimate"),
        f"{scenario.agency.state} {scenario.agency.type}, {scenario.agency.sworn_officers} sworn officers. {years}.",
        STANDING,
        "",
        "Dollars over the whole term, budget view. Net: cost less receipts. * is the proposed option.",
        "Diverted lines are paid time moved from other work. They are not in gross cost or in net.",
        "",
    ]
    out += _table([("Option", *ENDS), *(row for result in estimate.options for row in _option_rows(result))])
    out += ["", f"Lines of {proposed.option.label}. Receipts: {CASE_LABELS[estimate.case].lower()}.", ""]
    out += _table([("Line", *ENDS, "Nature"), *(_line_row(proposed, line) for line in proposed.lines)])
    out += [
        "",
        "Claims, before insurance and in no total: chance of any, mean loss, and 1 course in 100.",
        "",
    ]
    out += _table([("Option", "Chance", "Mean", "1 in 100"), *_claim_rows(estimate)])
    out.append("")
    late = late_start(estimate)
    apart = [each.words(prose) for each in estimate.checks if each.id == MEDIAN_APART]
    for note in (*([late] if late else []), *notes(estimate), *apart):
        out += textwrap.wrap(f"Note: {harmless(note)}", WIDTH, subsequent_indent="      ")
    passed = sum(finding.severity == "passed" for finding in estimate.checks)
    out += [
        f"{passed} checks passed. Report {report_id(estimate)}, edition {estimate.edition.id} "
        f"({estimate.edition.short_digest or 'not sealed'}),",
        f"program {estimate.program_version}, seed {estimate.seed}, {estimate.draws:,} draws.",
    ]
    return "\n".join(out) + "\n"


def _claim_rows(estimate: Estimate) -> list[Row]:
    found = [
        (result.option.label, estimate.liability.by_option.get(result.id)) for result in estimate.options
    ]
    rows = [(label, losses) for label, losses in found if losses is not None]
    if estimate.liability.holding is not None:
        rows.append(("Holding on detainers, no agreement", estimate.liability.holding))
    return [
        (
            label,
            chance_words(losses.chance_of_any_payout),
            about(losses.before.expected),
            about(losses.before.p99),
        )
        for label, losses in rows
    ]


def _option_rows(result: OptionResult) -> list[Row]:
    name = result.option.label + (" *" if result.option.proposed else "")
    if not result.option.available:
        return [(f"{name}: {result.option.unavailable}",)]
    rows: list[Row] = [(name,), ("  Gross cost", *inline(result.gross.total))]
    for case_id, case in result.cases.items():
        rows += [
            (f"  {CASE_LABELS[case_id]}: receipts", *inline(case.receipts.total)),
            (f"  {CASE_LABELS[case_id]}: net", *inline(case.net.total)),
            (f"  {CASE_LABELS[case_id]}: most the county pays first", *inline(case.cash.deepest)),
        ]
    return rows


def _line_row(result: OptionResult, line: Line) -> Row:
    alone = len(result.option.models) == 1 and line.model in result.option.models
    return (
        f"  {line.id}" + ("" if alone else f" [{line.model}]"),
        *inline(line.total),
        line.spec.nature,
    )


def _table(rows: list[Row]) -> list[str]:
    """Columns as wide as what stands in them: first and last words to the left, amounts to the right."""
    full = [row for row in rows if len(row) > 1]
    widths = [max(map(len, column)) for column in zip(*full, strict=True)]
    return [_text_row(row, widths) for row in rows]


def _text_row(row: Row, widths: list[int]) -> str:
    amounts = [f"{cell:>{width}}" for cell, width in zip(row[1:4], widths[1:4], strict=False)]
    return GAP.join([f"{row[0]:<{widths[0]}}", *amounts, *row[4:]]).rstrip()


def edition_text(edition: Edition) -> str:
    """One edition: summary, limitations, and every assumption in one line."""
    out = [
        f"Edition {edition.id}, released {edition.header.released}",
        edition.header.summary,
        "",
        "Limitations:",
    ]
    out += [f"  - {text}" for text in edition.header.limitations]
    out += ["", "Assumptions:"]
    out += [f"  {p.id:<44} {p.unit:<24} {p.label}" for p in edition.parameters.values()]
    out += ["", "Readings and perspectives:"]
    out += [f"  {c.id:<44} {', '.join(option.id for option in c.options)}" for c in edition.choices.values()]
    return "\n".join(out)


def assumption_text(edition: Edition, assumption_id: str) -> str:
    """One assumption with its values, sources, grade, disputes and the lines that read it. Raises InputError."""
    choice = edition.choices.get(assumption_id)
    if choice is not None:
        rows = [f"  {o.id:<20} grade {o.grade}  {o.words}" for o in choice.options]
        return "\n".join(
            [f"{choice.id}: {choice.label}", choice.definition, f"Default: {choice.default}", *rows]
        )
    parameter = edition.parameters.get(assumption_id)
    if parameter is None:
        raise InputError(
            f"editions show: there is no edition or assumption '{assumption_id[:60]}'. "
            f"List them with 'moa287 editions show {edition.id}'."
        )
    out = [f"{parameter.id}: {parameter.label}", parameter.definition, f"Unit: {parameter.unit}", ""]
    for value in parameter.values:
        out += _value_rows(edition, parameter, value)
    for dispute in parameter.disputes:
        out.append(f"  Disputed by {dispute.made_by}: {dispute.claim} Our reading: {dispute.our_reading}")
    lines = ", ".join(spec.id for spec in lines_that_read(parameter.id)) or "none"
    out += ["", f"Lines that read it: {lines}", f"Review by {parameter.review_by}"]
    return "\n".join(out)


def _value_rows(edition: Edition, parameter: Parameter, value: DatedValue) -> list[str]:
    who = ", ".join(value.models or ()) or "all models"
    when = "".join(f", when {key} is {option}" for key, option in (value.when or {}).items())
    until = f" to {value.until}" if value.until else ""
    rows = [f"  {who}{when}, from {value.since}{until}: {amount_text(parameter, value)}  grade {value.grade}"]
    rows += [
        f"      {edition.sources[source.id].title} ({edition.sources[source.id].publisher})"
        for source in value.sources
    ]
    if value.basis:
        rows.append(f"      Basis: {value.basis}")
    return rows


def amount_text(parameter: Parameter, value: DatedValue) -> str:
    """An amount in words: "35% (10% to 70%)", "40, fixed", "looked up in wages_by_state"."""
    amount = value.amount
    if amount.kind == "fixed":
        return f"{in_unit(amount.value, parameter.unit)}, fixed"
    if amount.kind == "range":
        low, central, high = (in_unit(x, parameter.unit) for x in (amount.low, amount.central, amount.high))
        return f"{central} ({low} to {high})"
    if amount.kind == "lookup":
        return f"looked up in the table {amount.table}"
    if amount.kind == "counts":
        return f"{amount.events} events in {in_unit(amount.exposure, 'agency-year')} agency-years"
    if amount.kind == "lognormal":
        return f"lognormal, mu {amount.mu:g}, sigma {amount.sigma:g}"
    return "worked out by its formula, unless you enter it"

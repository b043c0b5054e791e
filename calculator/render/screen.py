"""The estimate and the editions as plain text for the terminal."""

from __future__ import annotations

from calculator.costs import lines_that_read
from calculator.editions import Edition
from calculator.editions.schema import DatedValue, Parameter
from calculator.errors import InputError
from calculator.render.formats import in_unit, money
from calculator.render.record import report_id
from calculator.result import Estimate, OptionResult, Spread

WIDTH = 33
NAME_WIDTH = 42


def to_text(estimate: Estimate) -> str:
    """Every option, the proposed option's lines, and the checks."""
    scenario = estimate.scenario
    calendar = estimate.calendar
    proposed = estimate.proposed
    years = f"{calendar.start.words} to {calendar.end.words}"
    out = [
        scenario.title or scenario.agency.name or "287(g) estimate",
        f"{scenario.agency.state} {scenario.agency.type}, {scenario.agency.sworn_officers} sworn officers. {years}.",
        "This is an estimate. It is not an audit, a legal opinion or a recommendation.",
        "",
        "Dollars over the whole term, low / central / high. Net: cost less receipts.",
        "",
        _row("Option", "Gross cost", "Receipts, announced", "Net, announced", "County pays first"),
    ]
    for result in estimate.options:
        out += _option_rows(result)
    out += [
        "",
        f"Without federal money, {proposed.option.label}: net {_spread(proposed.cases['none'].net.total)}",
        "",
    ]
    out.append(f"Lines of {proposed.option.label} (receipts: case '{estimate.case}')")
    for line in proposed.lines:
        where = (
            ""
            if line.model in proposed.option.models and len(proposed.option.models) == 1
            else f" [{line.model}]"
        )
        out.append(f"  {line.id + where:<44}{line.spec.nature:<9} {_spread(line.total)}")
    out += ["", *(f"Note: {warning}" for warning in estimate.warnings)]
    passed = sum(finding.severity == "passed" for finding in estimate.checks)
    out.append(
        f"{passed} checks passed. Report {report_id(estimate)}, edition {estimate.edition.id} "
        f"({estimate.edition.short_digest or 'draft'}), program {estimate.program_version}, "
        f"seed {estimate.seed}, {estimate.draws:,} draws."
    )
    return "\n".join(out) + "\n"


def _option_rows(result: OptionResult) -> list[str]:
    if not result.option.available:
        return [_row(result.option.label, str(result.option.unavailable))]
    announced = result.cases["announced"]
    return [
        _row(
            result.option.label + (" *" if result.option.proposed else ""),
            _spread(result.gross.total),
            _spread(announced.receipts.total),
            _spread(announced.net.total),
            _spread(announced.cash.deepest),
        )
    ]


def _row(*cells: str) -> str:
    return f"{cells[0]:<{NAME_WIDTH}}" + "".join(f"{cell:<{WIDTH}}" for cell in cells[1:]).rstrip()


def _spread(value: Spread) -> str:
    return f"{money(value.low, 'low')} / {money(value.central)} / {money(value.high, 'high')}"


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

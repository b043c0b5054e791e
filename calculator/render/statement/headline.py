"""Item block, state law, the sentence and the four numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calculator.calendar import MONTHS, month_of
from calculator.editions.schema import Rule
from calculator.law import NO_RULE, applying_rules, duties_elsewhere, standing
from calculator.render.formats import day, ends_text, prose
from calculator.render.record import report_id
from calculator.render.statement.numbering import Numbering
from calculator.render.statement.parts import Banner, CaseFigure, Headline, Identity, Marked, Piece
from calculator.render.statement.wording import (
    CASE_LABELS,
    KINDS,
    agency_name,
    capital,
    horizon_words,
    listed,
    model_names,
    no_payment,
    officers_words,
    payer,
)
from calculator.result import Estimate, OptionResult, Spread
from calculator.scenario.states import NO_STATE, STATES

NOT_GUARANTEED = " These payments are not guaranteed."
# The agency's name beside a title; left to the footer where a brief is set close.
NAMED = "Department"
MEDIAN_APART = "W03"
ALREADY_BUDGETED = "because they pay officers already in the budget, for as long as they are paid"


def identity(estimate: Estimate) -> Identity:
    """What makes the run."""
    scenario = estimate.scenario
    return Identity(
        report_id=report_id(estimate),
        title=scenario.title or f"Cost of a 287(g) agreement: {agency_name(estimate)}",
        agency=agency_name(estimate),
        state_name=STATES[scenario.agency.state],
        made_on=day(scenario.made_on(estimate.edition)),
        edition=estimate.edition.id,
        digest=estimate.edition.short_digest or "not sealed",
        program_version=estimate.program_version,
        seed=estimate.seed,
        draws=estimate.draws,
    )


def facts(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """The item facts: agency, meeting, who prepared it."""
    scenario = estimate.scenario
    agency, report = scenario.agency, scenario.report
    if agency.name and scenario.title:
        yield NAMED, agency.name
    yield "Agency", f"{KINDS[agency.type]}, {STATES[agency.state]}; {agency.sworn_officers:,} sworn officers"
    if report.meeting_date:
        yield "Meeting", day(report.meeting_date)
    if report.item:
        yield "Item", report.item
    if report.prepared_by:
        yield "Prepared by", report.prepared_by


def before_board(estimate: Estimate) -> str:
    """The action before the board, in neutral words."""
    result, calendar = estimate.proposed, estimate.calendar
    # With several models their names stand beside the officers.
    model = f" {model_names(result)}" if len(result.option.models) == 1 else ""
    return (
        f"whether to approve a 287(g){model} agreement with U.S. Immigration and Customs Enforcement (ICE) "
        f"for {officers_words(estimate)}, {calendar.start.words} to {calendar.end.words}"
    )


def banner(estimate: Estimate, numbering: Numbering) -> Banner:
    """State law for this agency, model and time; a state without a file is not researched, never open."""
    code = estimate.scenario.agency.state
    rules = estimate.edition.states.get(code)
    if rules is None:
        what = "No state is chosen." if code == NO_STATE else f"The law of {STATES[code]} was not researched."
        return Banner(
            standing(estimate), (Marked(f"{what} Ask the county attorney before relying on this page.", "?"),)
        )
    applying = applying_rules(estimate)
    lines = [_rule_line(rule, numbering) for rule in applying]
    word = standing(estimate)
    if applying and law_unread(applying[0]):
        word = "barred or limited; not settled"
    if standing(estimate) == NO_RULE:
        lines = [Marked("No rule found says whether this agency may sign for this model.", "?"), *lines]
    # A brief prints the first line alone.
    lines[:0] = [_elsewhere(_rule_line(rule, numbering)) for rule in duties_elsewhere(estimate)]
    lines += _consequences(applying, estimate)
    return Banner(word, tuple(lines))


def _elsewhere(line: Marked) -> Marked:
    return replace(line, text=f"Required here for another model: {line.text}")


def _rule_line(rule: Rule, numbering: Numbering) -> Marked:
    law = f" ({rule.law})" if rule.law else ""
    dated = rule.since is not None and rule.date_note is None and str(rule.since.year) not in rule.statement
    since = f" From {day(rule.since)}." if rule.since is not None and dated else ""
    unsure = bool(rule.conflicts) or rule.date_note is not None or rule.grade in ("C", "D")
    return Marked(
        f"{rule.statement.rstrip('.')}{law}.{since}", "T?" if unsure else "T", numbering.refs(rule.sources)
    )


def law_unread(rule: Rule) -> bool:
    """Whether a state is only reported to bar: no law is cited, so which models it bars is not known."""
    return rule.kind == "barred" and rule.law is None


def _consequences(rules: list[Rule], estimate: Estimate) -> Iterator[Marked]:
    kinds = {rule.kind for rule in rules}
    if "barred" in kinds:
        yield Marked("This run shows what an agreement would cost if the law allowed one.")
    elif "required" in kinds:
        yield Marked("So the question is which agreement, and how, not whether.")
    for rule in rules:
        if rule.until is not None and month_of(rule.until) < estimate.calendar.end:
            yield Marked(f"That rule ends {day(rule.until)}, before the last month of this run.")


def sentence(estimate: Estimate) -> tuple[Piece, ...]:
    """The bottom line: cost without federal money, and what is announced, with central figures."""
    result = estimate.proposed
    without, announced = result.cases["none"], result.cases["announced"]
    models = model_names(result)
    over = f"Over {horizon_words(estimate.calendar)}"
    if result.gross.total.central == 0:
        return (
            Piece(
                f"{over} the {models} agreement costs nothing and brings nothing, because no officers are entered."
            ),
        )
    net = without.net.total
    pieces = [
        Piece(f"{over} the {models} agreement would cost {payer(estimate)} "),
        Piece(ends_text(net), strong=True),
        Piece(f" (central {prose(net.central)}{_half(estimate)}), if no federal money came"),
    ]
    state = without.state_receipts.total
    pieces.append(
        Piece(f" and a state grant of about {prose(state.central)} did. " if state.central else ". ")
    )
    federal = announced.federal_receipts.total
    if federal.central == 0:
        pieces.append(Piece(no_payment(estimate)))
        expected = tuple(_as_expected(result, "federal payments"))
        return (*pieces, *expected, Piece(NOT_GUARANTEED)) if expected else tuple(pieces)
    pieces += [
        Piece("As announced, federal payments would be "),
        Piece(ends_text(federal), strong=True),
        Piece(f" in the same time (central {prose(federal.central)})"),
    ]
    pieces.append(Piece("."))
    if federal.central > result.gross.total.central:
        pieces.append(Piece(f" That is more than the cost, {ALREADY_BUDGETED}."))
    pieces += _as_expected(result, "they")
    pieces.append(Piece(NOT_GUARANTEED))
    return tuple(pieces)


def late_start(estimate: Estimate) -> str:
    """Which officers are nominated after the start, and how much of the first 12 months that leaves; or nothing."""
    calendar, models = estimate.calendar, estimate.edition.models
    offsets = {
        context.model: int(nominated.argmax())
        for context in estimate.proposed.option.contexts
        if context.model in models and (nominated := context.path.levels(calendar.months) > 0).any()
    }
    late = {model: offset for model, offset in offsets.items() if offset}
    if not late:
        return ""
    held = [max(min(MONTHS, calendar.months) - offset, 0) for offset in late.values()]
    months = [(calendar.start + offset).words for offset in late.values()]
    if late == offsets and len(set(months)) == 1:
        who, whose, held = f"Officers are nominated from {months[0]}", "officer", held[:1]
    else:
        names = [f"{models[model].short_label.lower()} officers" for model in late]
        first, *others = zip(names, months, strict=True)
        who = listed([f"{capital(first[0])} are nominated from {first[1]}", *map(" from ".join, others)])
        whose = "their"
    hold = f"{listed(list(map(str, held)))} month{'s' if held != [1] else ''} of {whose} cost"
    if not any(held):
        hold = f"none of {whose} cost" if whose == "their" else f"no {whose} cost"
    return (
        f"{who}; the first 12 months count from the start of the agreement, {calendar.start.words}, "
        f"and so hold {hold}."
    )


def _half(estimate: Estimate) -> str:
    """The median of the simulations, where it lies far from the central estimate and no grant is in between."""
    result = estimate.proposed
    apart = any(finding.id == MEDIAN_APART for finding in estimate.checks)
    if not apart or result.cases["none"].state_receipts.total.central:
        return ""
    return f"; half of the simulations lie above {prose(result.gross.median_total)}"


def _as_expected(result: OptionResult, they: str) -> Iterator[Piece]:
    """What the user's own case brings, where there is one that brings anything or takes something away."""
    announced, expected = result.cases["announced"], result.cases.get("expected")
    if expected is None:
        return
    federal = expected.federal_receipts.total
    if federal.central == 0:
        if announced.federal_receipts.total.central:
            yield Piece(" As you expect, none would come.")
        return
    yield Piece(f" As you expect, {they} would be ")
    yield Piece(ends_text(federal), strong=True)
    also_more = federal.central > result.gross.total.central >= announced.federal_receipts.total.central
    why = f", more than the cost, {ALREADY_BUDGETED}" if also_more else ""
    yield Piece(f" (central {prose(federal.central)}){why}.")


def cases(estimate: Estimate) -> tuple[str, ...]:
    """The pair of the headline, and the user's own case where there is one."""
    return tuple(case for case in ("none", "announced", "expected") if case in estimate.proposed.cases)


def pair(estimate: Estimate) -> tuple[CaseFigure, ...]:
    """Net over the horizon, without federal money and as announced."""
    results = estimate.proposed.cases
    return tuple(CaseFigure(CASE_LABELS[case], results[case].net.total) for case in cases(estimate))


def headlines(estimate: Estimate, chance: Headline) -> tuple[Headline, ...]:
    """The four numbers; `chance` is the fourth."""
    result = estimate.proposed
    over = capital(horizon_words(estimate.calendar))
    first = Headline(
        "Net cost, first 12 months", tuple(_net(result, case, "first_12_months") for case in cases(estimate))
    )
    term = Headline(
        f"Net cost, {over.lower()}", tuple(_net(result, case, "total") for case in cases(estimate))
    )
    return first, term, _pays_first(estimate), chance


SAME = "the same: no payment in this time"


def _net(result: OptionResult, case: str, span: str) -> CaseFigure:
    money = result.cases[case]
    if case != "none" and not money.receipts.total.central:
        return CaseFigure(CASE_LABELS[case], None, SAME)
    spread: Spread = getattr(money.net, span)
    return CaseFigure(CASE_LABELS[case], spread)


def _pays_first(estimate: Estimate) -> Headline:
    result = estimate.proposed
    figures = []
    for case in cases(estimate):
        money = result.cases[case]
        if case != "none" and not money.receipts.total.central:
            figures.append(CaseFigure(CASE_LABELS[case], None, SAME))
        elif not money.receipts.total.central:
            words = f"not paid back by {estimate.calendar.end.short}"
            figures.append(CaseFigure(CASE_LABELS[case], money.cash.deepest, words))
        else:
            figures.append(
                CaseFigure(CASE_LABELS[case], money.cash.deepest, f"in {money.cash.deepest_month.words}")
            )
    return Headline(f"Most {payer(estimate)} pays first", tuple(figures), _unpaid(result))


def _unpaid(result: OptionResult) -> str:
    """The most that is claimed and not yet paid, in each case in which federal money comes."""
    reached = [
        f"{ends_text(unpaid)} (central {prose(unpaid.central)}) {CASE_LABELS[case].lower()}"
        for case, money in result.cases.items()
        if (unpaid := money.cash.peak_unpaid_claims).central and money.federal_receipts.total.central
    ]
    if not reached:
        return ""
    return f"Unpaid claims, mostly for pay already in the budget, reach {', and '.join(reached)}."

"""Readings with their gap, benefits and effects, questions, and what is not counted."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.answers.drivers import Driver
from calculator.answers.readings import ChoiceGap
from calculator.editions.schema import Choice
from calculator.editions.schema import Question as Asked
from calculator.law import applying_rules, duties_elsewhere
from calculator.render.formats import in_unit, percent, plain, prose
from calculator.render.statement.numbering import Numbering
from calculator.render.statement.parts import FactRow, Question, ReadingGroup, ReadingRow
from calculator.render.statement.wording import growth_rule, listed
from calculator.result import Estimate

RANGED = ("salary",)
MEDIAN_APART, TOO_MUCH_WORK = "W03", "W05"
CHECK = "Check this. "
MOST_QUESTIONS = 12
SIGNS = {
    "sheriff": "The agreement has no signature line for a county board; a sheriff may be elected separately.",
    "police": "The agreement has no signature line for a city council; the chief signs.",
}
SIGNS_OTHER = "The agreement has no signature line for a governing body; the head of the agency signs."
INSURANCE = Question("risk manager", "Is this work covered, excluded, or under a new retention?")


def readings(
    estimate: Estimate, gaps: tuple[ChoiceGap, ...], numbering: Numbering
) -> tuple[ReadingGroup, ...]:
    """Terms that can be read in more than one way, widest gap first; terms before perspectives."""
    ordered = sorted(gaps, key=lambda gap: (gap.choice.kind != "reading", -gap.widest, gap.choice.id))
    return tuple(_group(estimate, gap, numbering) for gap in ordered)


def _group(estimate: Estimate, gap: ChoiceGap, numbering: Numbering) -> ReadingGroup:
    choice = gap.choice
    rows = tuple(
        ReadingRow(
            id=option.reading.id,
            label=option.reading.label,
            words=option.reading.words,
            made_by=option.reading.made_by,
            grade=option.reading.grade,
            sources=numbering.refs(option.reading.sources),
            receipts=option.receipts,
            net=option.net,
            gap=option.gap,
            default=option.is_default,
            chosen=option.chosen,
            link=_link(estimate, choice, option.reading.id),
        )
        for option in gap.options
    )
    return ReadingGroup(
        choice.id,
        choice.key,
        choice.kind,
        choice.label,
        choice.definition,
        gap.widest,
        choice.key in RANGED,
        rows,
        choice.question.ask if choice.question else None,
    )


def _link(estimate: Estimate, choice: Choice, option: str) -> tuple[tuple[str, str], ...]:
    changed = estimate.scenario.with_choice(choice, option)
    return tuple(
        pair for pair in changed.to_query() if pair != (f"{choice.kind}.{choice.key}", choice.default)
    )


def fact_rows(estimate: Estimate, side: str, numbering: Numbering) -> tuple[FactRow, ...]:
    """Effects outside the totals on one side, strongest grade first."""
    facts = estimate.edition.facts.get("effects")
    rows = [fact for fact in facts.facts if fact.side == side] if facts else []
    return tuple(
        FactRow(fact.side, fact.topic, fact.statement, fact.grade, numbering.refs(fact.sources), fact.note)
        for fact in sorted(rows, key=lambda fact: fact.grade)
    )


def questions(
    estimate: Estimate, gaps: tuple[ChoiceGap, ...], drivers: tuple[Driver, ...]
) -> tuple[Question, ...]:
    """Questions before a vote: insurance first if not asked, then the widest gaps and ranges of this run."""
    found: dict[str, Question] = {}

    def add(asked: Asked | None) -> None:
        if asked is not None and len(found) < MOST_QUESTIONS:
            found.setdefault(asked.text, Question(asked.ask, asked.text))

    scenario, edition = estimate.scenario, estimate.edition
    if scenario.insurance.coverage == "not_asked":
        found[INSURANCE.text] = INSURANCE
    state = edition.states.get(scenario.agency.state)
    # What a state asks of its own agencies is asked where one of its rules is for this agency.
    add(state.question if state and (applying_rules(estimate) or duties_elsewhere(estimate)) else None)
    widest = sorted(gaps, key=lambda gap: -gap.widest)
    pending = [gap.choice.question for gap in widest]
    ranked = [
        edition.parameters[driver.input_id].question
        for driver in drivers
        if driver.input_id not in scenario.assume
    ]
    for pair in zip(pending, ranked, strict=False):
        for asked in pair:
            add(asked)
    for asked in [*pending[len(ranked) :], *ranked[len(pending) :]]:
        add(asked)
    return tuple(found.values())


def notes(estimate: Estimate) -> Iterator[str]:
    """Terms of the user's own case, officers by month, warnings and caveats of this run."""
    yield from _expected_terms(estimate)
    yield from _officers_by_month(estimate)
    for finding in estimate.checks:
        # What the bottom line says itself is not said again.
        if finding.severity == "warning" and finding.id != MEDIAN_APART:
            yield f"{CHECK if finding.id == TOO_MUCH_WORK else ''}{finding.words(prose)}"


def _expected_terms(estimate: Estimate) -> Iterator[str]:
    case = estimate.proposed.cases.get("expected")
    if case is None:
        return
    typed, terms = estimate.scenario.reimbursement, case.terms

    def marked(words: str, value: object) -> str:
        return f"{words} {'[D]' if value is None else '[E]'}"

    paid = marked(f"{percent(terms.paid_share, 1)} of claims paid", typed.paid_share)
    refused = marked(f"{percent(terms.disallowed_share, 1)} of those refused", typed.disallowed_share)
    lag = marked(f"{terms.lag_months} months after the work", typed.lag_months)
    yield f"As you expect: {paid}, {refused}, so {percent(terms.due_share, 1)} in all, {lag}."


def _officers_by_month(estimate: Estimate) -> Iterator[str]:
    option, models = estimate.proposed.option, estimate.edition.models
    for context in option.contexts:
        path, level = context.path, context.path.already
        if context.model not in models or (not path.already and all(start == 0 for start, _ in path.changes)):
            continue
        steps = [f"{plain(level, 6)} at the start"] if level else []
        for start, change in path.changes:
            level += change
            steps.append(f"{plain(level, 6)} from {(estimate.calendar.start + start).words}")
        yield f"Officers by month, {models[context.model].short_label.lower()}: {listed(steps)}."
    if len(option.models) > 1 and estimate.scenario.officers.both:
        yield f"People in both roles, counted once: {estimate.scenario.officers.both}."


def decides(estimate: Estimate) -> str:
    """Who signs, and how an agreement ends."""
    ends = [
        f"{f'{about.notice_days} days' if about.notice_days else 'none'} for {about.short_label.lower()}"
        for about in (estimate.edition.models[model] for model in estimate.proposed.option.models)
    ]
    return (
        f"{SIGNS.get(estimate.scenario.agency.type, SIGNS_OTHER)} "
        f"It has no end date; notice the agency must give to end it: {listed(ends)}."
    )


def overrides(estimate: Estimate) -> Iterator[tuple[str, str, str, str]]:
    """What the user entered in place of a default, the reason, and what becomes of it over the years."""
    for assumption_id, override in estimate.scenario.assume.items():
        parameter = estimate.edition.parameters[assumption_id]
        dated = isinstance(override.value, tuple)
        if isinstance(override.value, tuple):
            value = "; ".join(
                f"{step.start}: {in_unit(step.value, parameter.unit)}" for step in override.value
            )
        else:
            value = in_unit(override.value, parameter.unit)
        yield parameter.label, value, override.reason, growth_rule(parameter.grows_with, dated=dated)

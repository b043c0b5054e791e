"""Pages of the editions: every assumption with values, sources, grade, disputes, and the lines that read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, render_template

from calculator.costs import lines_that_read
from calculator.editions import Edition, edition_ids, open_edition
from calculator.editions.schema import Choice, DatedValue, Lookup, Parameter
from calculator.render.formats import in_unit
from calculator.render.screen import amount_text
from calculator.render.statement.numbering import Numbering
from calculator.scenario.states import STATES
from calculator.web.fields import default_words
from calculator.web.forms import PERSPECTIVE_GROUP, READING_GROUP, TOPICS

blueprint = Blueprint("editions", __name__)
CHOICE_TOPICS = {"reading": READING_GROUP, "perspective": PERSPECTIVE_GROUP}
EVERY = "All models"


@dataclass(frozen=True)
class ValueRow:
    """One dated value as its page shows it: three ends, or words where there are none."""

    value: DatedValue
    who: str
    variants: tuple[str, ...]
    ends: tuple[str, str, str] | None
    words: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """An assumption in the list of its edition."""

    id: str
    label: str
    default: str
    grades: str
    reserved_for: str | None


@blueprint.get("/editions/")
def index() -> str:
    """All editions."""
    return render_template("editions.html", editions=[open_edition(each) for each in reversed(edition_ids())])


@blueprint.get("/editions/<edition_id>/")
def edition_page(edition_id: str) -> str:
    """One edition: limitations, files, digest, and its assumptions by topic."""
    edition = _edition(edition_id)
    topics: dict[str, list[Entry]] = {title: [] for title in (*CHOICE_TOPICS.values(), *TOPICS.values())}
    for choice in edition.choices.values():
        topics[CHOICE_TOPICS[choice.kind]].append(_choice_entry(choice))
    for parameter in edition.parameters.values():
        topic = parameter.id.partition(".")[0]
        title = "Liability" if topic == "liability" else TOPICS.get(topic, topic)
        topics.setdefault(title, []).append(_entry(parameter))
    listed = {title: sorted(found, key=lambda each: each.id) for title, found in topics.items() if found}
    return render_template("edition.html", edition=edition, topics=listed)


def _entry(parameter: Parameter) -> Entry:
    grades = "".join(sorted({value.grade for value in parameter.values}))
    return Entry(parameter.id, parameter.label, default_words(parameter), grades, parameter.reserved_for)


def _choice_entry(choice: Choice) -> Entry:
    usual = next(option for option in choice.options if option.id == choice.default)
    grades = "".join(sorted({option.grade for option in choice.options}))
    return Entry(choice.id, choice.label, usual.label, grades, None)


@blueprint.get("/editions/<edition_id>/<assumption_id>")
def assumption_page(edition_id: str, assumption_id: str) -> str:
    """One assumption, reading or perspective."""
    edition = _edition(edition_id)
    numbering = Numbering(edition)
    choice = edition.choices.get(assumption_id)
    if choice is not None:
        numbered = [(option, numbering.refs(option.sources)) for option in choice.options]
        return render_template(
            "choice.html", edition=edition, choice=choice, options=numbered, sources=numbering.listed()
        )
    parameter = edition.parameters.get(assumption_id)
    if parameter is None:
        abort(404)
    values = [_value_row(edition, parameter, value, numbering) for value in parameter.values]
    disputes = [(dispute, numbering.refs(dispute.sources)) for dispute in parameter.disputes]
    return render_template(
        "assumption.html",
        edition=edition,
        parameter=parameter,
        values=values,
        looked_up=[row for value in parameter.values for row in _looked_up(edition, parameter, value)],
        disputes=disputes,
        lines=lines_that_read(assumption_id),
        sources=numbering.listed(),
    )


def _value_row(edition: Edition, parameter: Parameter, value: DatedValue, numbering: Numbering) -> ValueRow:
    amount, unit = value.amount, parameter.unit
    ends = None
    if amount.kind == "fixed":
        ends = ("fixed", in_unit(amount.value, unit), "fixed")
    elif amount.kind == "range":
        ends = (in_unit(amount.low, unit), in_unit(amount.central, unit), in_unit(amount.high, unit))
    who = ", ".join(edition.models[each].label for each in value.models) if value.models else EVERY
    words = "see the table by state" if amount.kind == "lookup" else amount_text(parameter, value)
    return ValueRow(value, who, tuple(_variants(edition, value)), ends, words, numbering.refs(value.sources))


def _variants(edition: Edition, value: DatedValue) -> Iterator[str]:
    if value.agency_types:
        yield f"agencies of the kind {', '.join(value.agency_types)}"
    for key, option in (value.when or {}).items():
        choice = next((each for each in edition.choices.values() if each.key == key), None)
        label = (
            next((each.label for each in choice.options if each.id == option), option) if choice else option
        )
        yield f"when read as: {label}" if choice else f"{key} {option}".replace("_", " ")


def _looked_up(
    edition: Edition, parameter: Parameter, value: DatedValue
) -> Iterator[tuple[str, str, str, str]]:
    """Name, low, central and high of each row of the table that a value looks up."""
    amount = value.amount
    if not isinstance(amount, Lookup):
        return
    fixed = {column: text for column, text in amount.where.items() if not text.startswith("{")}
    for row in edition.tables[amount.table].rows:
        if all(row[column] == text for column, text in fixed.items()):
            low, central, high = (
                in_unit(float(row[column]), parameter.unit) if row[column] else "not published"
                for column in (amount.low, amount.central, amount.high)
            )
            yield row["state_name"], low, central, high


@blueprint.get("/editions/<edition_id>/states/<code>")
def state_page(edition_id: str, code: str) -> str:
    """The rules of one state."""
    edition = _edition(edition_id)
    if code not in STATES:
        abort(404)
    numbering = Numbering(edition)
    state = edition.states.get(code)
    rules = [
        (
            rule,
            numbering.refs(rule.sources),
            [(each, numbering.refs(each.sources)) for each in rule.conflicts],
        )
        for rule in (state.rules if state else ())
    ]
    return render_template(
        "state.html", edition=edition, name=STATES[code], state=state, rules=rules, sources=numbering.listed()
    )


@blueprint.get("/editions/<edition_id>/facts/<topic>")
def facts_page(edition_id: str, topic: str) -> str:
    """Facts that are quoted and never computed with."""
    edition = _edition(edition_id)
    if topic not in edition.facts:
        abort(404)
    numbering = Numbering(edition)
    facts = [(fact, numbering.refs(fact.sources)) for fact in edition.facts[topic].facts]
    return render_template(
        "facts.html",
        edition=edition,
        title=edition.facts[topic].title,
        facts=facts,
        sources=numbering.listed(),
    )


def _edition(edition_id: str) -> Edition:
    if edition_id not in (*edition_ids(), "draft"):
        abort(404)
    return open_edition(edition_id)

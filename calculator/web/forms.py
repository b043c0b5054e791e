"""The form, generated from the scenario's one table of fields and the edition, and the link a sent form becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from calculator.editions import Edition
from calculator.editions.schema import AgreementModel, Parameter
from calculator.errors import Problem
from calculator.scenario.fields import (
    ASSUME,
    BECAUSE,
    BY_LINK,
    BY_PATH,
    FIELDS,
    PERSPECTIVES,
    READINGS,
    Field,
)
from calculator.web.fields import About, Answer, assumption_answers, choice_answer, scenario_answer

UNKNOWN = "unknown"
LEVEL = "level"
DETAIL = "detail"
MODELS = ("tfm", "jem", "wso")
PAY = "pay.officer.salary"
BENEFITS = "pay.officer.benefit_load"
QUICK = (
    "agency.state", "agency.type", "agency.sworn_officers",
    "agreement.proposed", "officers.tfm", "officers.jem", "officers.wso",
    "agreement.starts", "agreement.fiscal_year_starts", "insurance.coverage", "reimbursement.case",
)  # fmt: skip
# Titles of the groups of the detailed level: sections or single fields of the scenario, in reading order.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Agency and jail", ("agency", "agreement.in_force", "officers.both")),
    ("Time", ("agreement",)),
    ("Federal money you expect", ("reimbursement",)),
    ("Insurance", ("insurance",)),
    ("What the report prints", ("title", "report")),
    ("Assumption set and random draws", ("edition", "simulation")),
)
TOPICS = {
    "pay": "Pay and benefits",
    "staffing": "Cover, overtime and turnover",
    "training": "Training and travel",
    "operations": "Work on the program",
    "detention": "Jail days",
    "administration": "Equipment, vehicles and administration",
    "receipts": "Federal payments",
    "liability": "Claims and insurance",
    "economics": "Growth and discount",
}
READING_GROUP, PERSPECTIVE_GROUP = "How the terms are read", "Which costs are counted"
OTHER_GROUP = "Other answers in this link"


@dataclass(frozen=True)
class Group:
    """Fields that stand together in the detailed level."""

    title: str
    names: tuple[str, ...]
    answered: int
    open: bool


def build_form(values: Mapping[str, str], edition: Edition) -> BaseForm:
    """A WTForms form of every field of the scenario and the edition, holding what was typed."""
    models = models_of(edition)
    fields = {field.link: scenario_answer(field, models) for field in FIELDS}
    for choice in edition.choices.values():
        family = READINGS if choice.kind == "reading" else PERSPECTIVES
        fields[family.prefix + choice.key] = choice_answer(choice)
    for parameter in edition.parameters.values():
        fields.update(assumption_answers(parameter))
    sent = [name for name in values if name not in fields]
    for number, name in enumerate(sent, 1):
        # A name that nobody knows could be any word: its id is ours.
        fields[name] = Answer(name, About(size=34), id=f"sent-{number}")
    form = BaseForm(cast("dict[str, UnboundField[Answer]]", fields))
    form.process(data=dict(values))
    return form


def is_open(field: Field) -> bool:
    """Whether there is anything to choose: a field with one option is kept for links and files."""
    return len(field.options) != 1


def models_of(edition: Edition) -> list[AgreementModel]:
    """The models of the tick boxes; a tribal agency ticks the task force and gets the tribal form."""
    return [edition.models[each] for each in MODELS]


def groups(values: Mapping[str, str], edition: Edition, wrong: Iterable[str]) -> list[Group]:
    """The groups of the detailed level. One with an answer or a problem in it stands open."""
    wrong = set(wrong)
    found = []
    for title, names in _group_names(values, edition):
        answered = sum(1 for name in names if values.get(name) and not name.startswith(BECAUSE.prefix))
        troubled = any(name in wrong for name in names)
        found.append(Group(title, names, answered, bool(answered) or troubled))
    return [group for group in found if group.names]


def _group_names(values: Mapping[str, str], edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    placed = {BY_PATH[path].link for path in QUICK} | {ASSUME.prefix + each for each in (PAY, BENEFITS)}
    plan: list[tuple[str, list[str]]] = []
    for title, places in GROUPS:
        links = [
            field.link
            for place in places
            for field in FIELDS
            if place in (field.path, field.section) and field.link not in placed and is_open(field)
        ]
        placed.update(links)
        plan.append((title, list(dict.fromkeys(links))))
    for title, family, kind in (
        (READING_GROUP, READINGS, "reading"),
        (PERSPECTIVE_GROUP, PERSPECTIVES, "perspective"),
    ):
        named = [family.prefix + each.key for each in edition.choices.values() if each.kind == kind]
        plan.append((title, named))
    for topic, title in TOPICS.items():
        plan.append((title, [ASSUME.prefix + each.id for each in offered(edition, topic)]))
    for title, names in plan:
        wanted = tuple(name for name in names if not name.startswith(ASSUME.prefix) or name not in placed)
        placed.update(wanted)
        yield title, wanted
    reasons = {BECAUSE.prefix + each for each in edition.parameters}
    yield OTHER_GROUP, tuple(name for name in values if name not in placed | reasons)


def offered(edition: Edition, topic: str) -> Iterator[Parameter]:
    """Assumptions of a topic that somebody at the agency can answer."""
    for parameter in edition.parameters.values():
        mine = parameter.id.partition(".")[0] == topic
        if mine and not parameter.reserved_for and (parameter.question or topic == "pay"):
            yield parameter


def pairs_of(arguments: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The answers of a link or a sent form.

    Tick boxes of models come as one name several times; a blank, and a field
    marked "I don't know" with its reason, are not answers.
    """
    given = [(name, text) for name, text in arguments if name != LEVEL]
    unknown = {text for name, text in given if name == UNKNOWN}
    unknown |= {BECAUSE.prefix + name.removeprefix(ASSUME.prefix) for name in unknown}
    models = [text for name, text in given if name == "proposed" and text.strip()]
    pairs = [
        (name, text)
        for name, text in given
        if text.strip() and name not in (UNKNOWN, "proposed") and name not in unknown
    ]
    if models:
        proposed = "+".join(models)
        if ("type", "tribal") in pairs:
            proposed = proposed.replace("tribal-tfm", "tfm").replace("tfm", "tribal-tfm")
        pairs.append(("proposed", proposed))
    return tuple(pairs)


def field_of(problem: Problem) -> str:
    """The name of the input a problem is about."""
    known = BY_PATH.get(problem.where)
    if known is not None:
        return known.link
    for family in (READINGS, PERSPECTIVES, ASSUME):
        prefix = f"{family.section}."
        if problem.where.startswith(prefix):
            name = problem.where.removeprefix(prefix)
            if family is ASSUME and name.endswith(".reason"):
                return BECAUSE.prefix + name.removesuffix(".reason")
            return family.prefix + name
    return problem.where


def is_quick(name: str) -> bool:
    """Whether a field stands on the first level of the form."""
    id_ = name.removeprefix(ASSUME.prefix).removeprefix(BECAUSE.prefix)
    return id_ in (PAY, BENEFITS) or (name in BY_LINK and BY_LINK[name].path in QUICK)

"""The form, generated from the scenario's one table of fields. The link it makes holds only what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field as WtfField
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from calculator.editions import Edition
from calculator.editions.schema import Parameter
from calculator.errors import Problem
from calculator.render.formats import in_unit
from calculator.scenario.fields import ASSUME, BECAUSE, BY_PATH, FIELDS, PERSPECTIVES, READINGS, Field
from calculator.scenario.states import STATES
from calculator.units import UNITS

UNKNOWN = "unknown"
MODELS = ("tfm", "jem", "wso")
QUICK_OVERRIDES = ("pay.officer.salary", "pay.officer.benefit_load")
QUICK = (
    "agency.state",
    "agency.type",
    "agency.sworn_officers",
    "agreement.proposed",
    "officers.tfm",
    "officers.jem",
    "officers.wso",
)
CLOSER = ("agreement.starts", "agreement.fiscal_year_starts", "insurance.coverage", "reimbursement.case")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Agency and jail",
        (
            "agency.name",
            "agency.residents",
            "agency.jail_staff",
            "agency.jail_average_daily_population",
            "agency.jail_bookings",
            "agency.holds_on_detainers",
            "officers.both",
            "agreement.in_force",
        ),
    ),
    ("Time", ("agreement.years", "agreement.ends")),
    (
        "Federal money you expect",
        (
            "reimbursement.paid_share",
            "reimbursement.lag_months",
            "reimbursement.disallowed_share",
            "reimbursement.ends",
            "reimbursement.renewed",
            "reimbursement.stops_after_months",
        ),
    ),
    ("Insurance", ("insurance.retention", "insurance.limit")),
    (
        "What the report prints",
        (
            "title",
            "report.meeting_date",
            "report.item",
            "report.prepared_by",
            "report.budgeted_now",
            "report.fund",
            "report.made_on",
        ),
    ),
    ("Simulation", ("simulation.draws", "simulation.seed", "edition")),
)
CHOICE_WORDS = {
    "sheriff": "Sheriff",
    "police": "City or town police",
    "state": "State police or agency",
    "campus": "Campus police",
    "district": "District police",
    "tribal": "Tribal police",
    "covered": "Covered",
    "excluded": "Excluded",
    "not_asked": "Not asked yet",
    "announced": "As announced",
    "none": "Do not count on it",
    "expected": "As I expect (see more detail)",
    "yes": "Yes",
    "no": "No",
    "part": "In part",
    "en": "English",
    "es": "Spanish",
}
TOPICS = {
    "pay": "Pay and benefits",
    "staffing": "Cover, overtime and turnover",
    "training": "Training",
    "operations": "Work",
    "detention": "Jail",
    "administration": "Equipment and administration",
    "receipts": "Federal money",
    "liability": "Insurance premium",
    "economics": "Growth and discount",
}


@dataclass(frozen=True)
class Override:
    """An assumption the user may enter, with its default."""

    parameter: Parameter
    name: str
    because: str
    default: str


class ScenarioForm(Form):
    """Fields are added by `build_form`."""


def build_form(values: Mapping[str, str]) -> Form:
    """A WTForms form of every field, holding what was typed."""
    namespace: dict[str, Any] = {}
    for field in FIELDS:
        namespace[field.link] = _wtf(field)
    kind = type("FilledForm", (ScenarioForm,), namespace)
    form: Form = kind(data={name: text for name, text in values.items() if name in namespace})
    return form


def _wtf(field: Field) -> WtfField:
    label = field.label
    if field.kind == "state":
        return SelectField(
            label,
            choices=[SelectChoice("", "Choose a state"), *(SelectChoice(*each) for each in STATES.items())],
            validate_choice=False,
        )
    if field.kind in ("choice", "yes_no"):
        options = field.options or ("yes", "no")
        blank = (
            []
            if field.default in options
            else [SelectChoice("", "Choose one" if field.required else "Not known")]
        )
        return SelectField(
            label,
            choices=[*blank, *(SelectChoice(option, CHOICE_WORDS.get(option, option)) for option in options)],
            default=field.default,
            validate_choice=False,
        )
    return StringField(label)


def overrides(edition: Edition) -> dict[str, list[Override]]:
    """Assumptions with a question or that payroll knows, by topic."""
    found: dict[str, list[Override]] = {}
    for parameter in edition.parameters.values():
        topic = parameter.id.partition(".")[0]
        if parameter.reserved_for or topic not in TOPICS or parameter.id in QUICK_OVERRIDES:
            continue
        found.setdefault(TOPICS[topic], []).append(override(parameter))
    return found


def override(parameter: Parameter) -> Override:
    """One assumption as a pair of inputs."""
    return Override(
        parameter, ASSUME.prefix + parameter.id, BECAUSE.prefix + parameter.id, _default(parameter)
    )


def _default(parameter: Parameter) -> str:
    amounts = []
    for value in parameter.values[:2]:
        amount = value.amount
        who = f" ({', '.join(value.models)})" if value.models and len(parameter.values) > 1 else ""
        if amount.kind == "fixed":
            amounts.append(in_unit(amount.value, parameter.unit) + who)
        elif amount.kind == "range":
            ends = f"{in_unit(amount.low, parameter.unit)} to {in_unit(amount.high, parameter.unit)}"
            amounts.append(f"{in_unit(amount.central, parameter.unit)}, {ends}{who}")
        elif amount.kind == "lookup":
            amounts.append("state figures")
        else:
            amounts.append("worked out")
    unit = UNITS[parameter.unit]
    words = (
        ""
        if unit.kind == "share" or not any(text[0].isdigit() or "$" in text for text in amounts)
        else f" {unit.words}"
    )
    return "; ".join(dict.fromkeys(amounts)) + ("; …" if len(parameter.values) > 2 else "") + words


def pairs_of(arguments: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The answers of a link or a sent form.

    Tick boxes of models come as one name several times; a reason without a
    value, a blank, and a field marked "I don't know" are not answers.
    """
    given = [(name, text) for name, text in arguments if name != "level"]
    unknown = {text for name, text in given if name == UNKNOWN}
    models = [text for name, text in given if name == "proposed" and text.strip()]
    pairs = [
        (name, text)
        for name, text in given
        if text.strip() and name not in (UNKNOWN, "proposed") and name not in unknown
    ]
    names = {name for name, _ in pairs}
    pairs = [
        (name, text)
        for name, text in pairs
        if not name.startswith(BECAUSE.prefix) or ASSUME.prefix + name.removeprefix(BECAUSE.prefix) in names
    ]
    if models:
        proposed = "+".join(models)
        if ("type", "tribal") in pairs and len(models) > 0:
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
            return family.prefix + problem.where.removeprefix(prefix).removesuffix(".reason")
    return problem.where

"""What an assumption file may hold.

Strict on purpose: a key nobody reads, a value without a source, or a low above
its central is an error and not a silent choice. `schema.json` beside the
editions is generated from these classes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic.fields import FieldInfo

from calculator.units import UNITS

Grade = Literal["A", "B", "C", "D"]
ModelId = Literal["tfm", "jem", "wso", "tribal-tfm"]
AgencyType = Literal["sheriff", "police", "state", "campus", "district", "tribal"]
Caveat = Literal[
    "self_reported",
    "press_account",
    "advocacy_source",
    "party_source",
    "single_case",
    "few_cases",
    "old_value",
    "announced_not_observed",
    "no_measurement_found",
    "mixed_population",
    "terms_may_change",
    "selected_cases",
]
Text = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
SourceId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
JUDGMENT = "judgment"
EDITION_NAME = r"[0-9]{4}\.[1-9][0-9]*(\.[1-9][0-9]*)?"


@dataclass(frozen=True)
class Breach:
    """One broken rule: what is wrong, what to do, and where below the record it stands."""

    what: str
    do: str
    place: tuple[str | int, ...] = ()


class Refused(ValueError):
    """The breaches of one record, each with its own place."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__("; ".join(f"{breach.what} ({breach.do})" for breach in breaches))


def _refuse(*breaches: Breach | None) -> None:
    found = [breach for breach in breaches if breach]
    if found:
        raise Refused(found)


def _breach(broken: bool, what: str, do: str, *place: str | int) -> Breach | None:
    return Breach(what, do, place) if broken else None


def _repeats(names: Sequence[str], place: str, what: str) -> list[Breach]:
    """Find each name that already stood earlier in the list at `place`."""
    return [
        Breach(f"the {what} '{name}' stands twice", "Keep one, or rename one.", (place, index, "id"))
        for index, name in enumerate(names)
        if name in names[:index]
    ]


class Record(BaseModel):
    """Base of every record: unknown keys refused, types strict, frozen."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=True, allow_inf_nan=False
    )


class SourceRef(Record):
    """A source and the place in it."""

    id: SourceId
    at: Text | None = None


class Cited(Record):
    """Anything that carries a grade and its sources.

    Grade D cites the standing source `judgment` and says the `basis` of its range.
    """

    grade: Grade
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1, strict=False)]
    basis: Text | None = None

    @model_validator(mode="after")
    def _basis_of_judgment(self) -> Cited:
        cited = [source.id for source in self.sources]
        judged = self.grade == "D"
        _refuse(
            _breach(
                judged and self.basis is None,
                "grade D is our judgment",
                "Say why this value in 'basis:'.",
                "grade",
            ),
            _breach(
                judged and JUDGMENT not in cited,
                "grade D cites the standing source",
                "Add '- {id: judgment}'.",
                "sources",
            ),
            _breach(
                not judged and JUDGMENT in cited,
                "only grade D may cite 'judgment'",
                "Give the source that was read, or grade D.",
                "sources",
            ),
        )
        return self


class Fixed(Record):
    """One value without a range, because its source gives exactly one."""

    kind: Literal["fixed"]
    value: float


class Range(Record):
    """The 10th, 50th and 90th percentile, with optional hard limits."""

    kind: Literal["range"]
    low: float
    central: float
    high: float
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        low, central, high = self.low, self.central, self.high
        rise = "They are the 10th, 50th and 90th percentile and rise in that order."
        lower, upper = self.min, self.max
        _refuse(
            _breach(low > central, f"low ({low:g}) is above central ({central:g})", rise, "low"),
            _breach(high < central, f"high ({high:g}) is below central ({central:g})", rise, "high"),
            _breach(
                lower is not None and lower > low, "min is above low", "Lower it, or leave it out.", "min"
            ),
            _breach(
                upper is not None and upper < high, "max is below high", "Raise it, or leave it out.", "max"
            ),
        )
        return self


class Lognormal(Record):
    """A lognormal by the mean and deviation of its natural logarithm."""

    kind: Literal["lognormal"]
    mu: float
    sigma: Annotated[float, Field(gt=0)]


class Counts(Record):
    """Events seen in an exposure: the record behind a frequency, with the published 90 percent interval of the rate."""

    kind: Literal["counts"]
    events: Annotated[int, Field(ge=0)]
    exposure: Annotated[float, Field(gt=0)]
    low: Annotated[float | None, Field(gt=0)] = None
    high: Annotated[float | None, Field(gt=0)] = None


class Lookup(Record):
    """A row of a table, chosen by the agency's state; `fallback` names the state code used when it has none.

    `low`, `central` and `high` name the columns read.
    """

    kind: Literal["lookup"]
    table: Text
    where: dict[str, str]
    low: Text
    central: Text
    high: Text
    fallback: Text


class Computed(Record):
    """Worked out from other inputs by the formula of the same name, unless the user enters it."""

    kind: Literal["computed"]


Amount = Annotated[Fixed | Range | Lognormal | Counts | Lookup | Computed, Field(discriminator="kind")]


class DatedValue(Cited):
    """A value from a date on, for the models, agency kinds and readings it names (all, if it names none)."""

    since: Annotated[datetime.date, Field(alias="from")]
    until: Annotated[datetime.date | None, Field(alias="to")] = None
    models: Annotated[tuple[ModelId, ...] | None, Field(strict=False)] = None
    agency_types: Annotated[tuple[AgencyType, ...] | None, Field(strict=False)] = None
    when: dict[str, str] | None = None
    amount: Amount
    price_date: datetime.date | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _dates_rise(self) -> DatedValue:
        if self.until is not None and self.until < self.since:
            _refuse(Breach("'to' lies before 'from'", "Correct one of the dates.", ("to",)))
        return self


class Dispute(Record):
    """A rival claim about a value, kept beside it."""

    claim: Text
    made_by: Text
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1, strict=False)]
    grade: Grade | None = None
    effect: Literal["lowers", "raises", "either"]
    amount: Annotated[Fixed | Range, Field(discriminator="kind")] | None = None
    models: Annotated[tuple[ModelId, ...] | None, Field(strict=False)] = None
    our_reading: Text


class Question(Record):
    """The question that would settle an unknown, and who can answer it."""

    ask: Literal["sheriff or chief", "federal agency", "county attorney", "risk manager", "finance officer"]
    text: Annotated[str, Field(min_length=1, max_length=95)]


class Parameter(Record):
    """One assumption: `assumptions/<edition>/<path>.yaml`, where the path is the id."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    id: Identifier
    label: Text
    definition: Text
    unit: Text
    grows_with: Literal["economics.pay_growth", "economics.price_growth"] | None = None
    values: Annotated[tuple[DatedValue, ...], Field(min_length=1, strict=False)]
    disputes: Annotated[tuple[Dispute, ...], Field(strict=False)] = ()
    caveats: Annotated[tuple[Caveat, ...], Field(strict=False)] = ()
    question: Question | None = None
    reserved_for: Text | None = None
    review_by: datetime.date

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in UNITS:
            near = get_close_matches(unit, UNITS, 3, 0.5)
            advice = (
                f"Did you mean {' or '.join(near)}?" if near else f"Use one of: {', '.join(sorted(UNITS))}."
            )
            _refuse(Breach(f"unknown unit '{unit}'", f"{advice} The list is calculator/units.py."))
        return unit

    @model_validator(mode="after")
    def _consistent(self) -> Parameter:
        _refuse(
            *(_undated_prices(self, index) for index in range(len(self.values))),
            *(
                _off_scale(UNITS[self.unit].kind, value.amount, index)
                for index, value in enumerate(self.values)
            ),
            *(_clash(self.values, index) for index in range(len(self.values))),
        )
        return self


def _undated_prices(parameter: Parameter, index: int) -> Breach | None:
    value = parameter.values[index]
    if not parameter.grows_with or value.price_date is not None or isinstance(value.amount, Computed):
        return None
    return Breach("a value that grows needs the date of its prices", "Add 'price_date:'.", ("values", index))


def _off_scale(kind: str, amount: Amount, index: int) -> Breach | None:
    place = ("values", index, "amount")
    if kind == "share" and isinstance(amount, Fixed) and not 0 <= amount.value <= 1:
        return Breach("a share lies between 0 and 1", "Write 0.35 for 35 percent.", (*place, "value"))
    if not isinstance(amount, Range):
        return None
    if kind == "share" and not (amount.low > 0 and amount.high < 1):
        return Breach("a range of shares lies strictly between 0 and 1", "Write 0.35 for 35 percent.", place)
    if kind != "share" and amount.low <= 0:
        return Breach(
            "a range starts above 0", "Raise 'low', or use kind: fixed for a value that is 0.", place
        )
    return None


def _clash(values: Sequence[DatedValue], index: int) -> Breach | None:
    for other in range(index):
        if _overlap(values[other], values[index]):
            day = max(values[other].since, values[index].since)
            advice = "End the earlier with 'to:', or name different models, agency_types or 'when:'."
            return Breach(f"two values apply at once from {day}", advice, ("values", index))
    return None


def _overlap(first: DatedValue, second: DatedValue) -> bool:
    def apart(left: tuple[str, ...] | None, right: tuple[str, ...] | None) -> bool:
        return left is not None and right is not None and not set(left) & set(right)

    if apart(first.models, second.models) or apart(first.agency_types, second.agency_types):
        return False
    shared = set(first.when or ()) & set(second.when or ())
    if any((first.when or {})[key] != (second.when or {})[key] for key in shared):
        return False
    if (first.models is None) != (second.models is None) or (first.when is None) != (second.when is None):
        return False  # the narrower one wins
    if (first.agency_types is None) != (second.agency_types is None):
        return False
    early, late = sorted((first, second), key=lambda value: value.since)
    return early.since == late.since or early.until is None or early.until >= late.since


class Reading(Cited):
    """One way to read a term, or one perspective on a cost: who says so, and in which words."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    words: Text
    made_by: Text
    note: Text | None = None


class Choice(Record):
    """A term that can be read in more than one way, or a perspective: never drawn, varied one at a time."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    id: Identifier
    kind: Literal["reading", "perspective"]
    label: Text
    definition: Text
    default: Text
    options: Annotated[tuple[Reading, ...], Field(min_length=2, strict=False)]
    models: Annotated[tuple[ModelId, ...] | None, Field(strict=False)] = None
    question: Question | None = None
    review_by: datetime.date

    @model_validator(mode="after")
    def _default_exists(self) -> Choice:
        ids = [option.id for option in self.options]
        _refuse(
            *_repeats(ids, "options", "option"),
            _breach(
                self.default not in ids,
                f"the default '{self.default}' is not an option",
                f"Use one of: {', '.join(ids)}.",
                "default",
            ),
        )
        return self

    @property
    def key(self) -> str:
        """The short name used in scenario files: the last part of the id."""
        return self.id.rpartition(".")[2]


class AgreementModel(Cited):
    """A 287(g) model: what it needs, who works it, how it ends."""

    id: ModelId
    label: Text
    short_label: Text
    words: Text
    needs_jail: bool
    staff: Literal["officer", "jailer"]
    terms_of: ModelId
    read_form: bool
    notice_days: Annotated[int, Field(ge=0)]
    note: Text | None = None


class Models(Record):
    """`models.yaml`: the models in reading order."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    models: Annotated[tuple[AgreementModel, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _once(self) -> Models:
        _refuse(*_repeats([model.id for model in self.models], "models", "model"))
        return self


class GrantTier(Record):
    """Most a grant pays in a year to a county with fewer residents than `residents_below` (null: any)."""

    residents_below: int | None
    amount: Annotated[float, Field(gt=0)]


class Grant(Record):
    """A state grant for cost that federal money does not pay back, capped per fiscal year."""

    tiers: Annotated[tuple[GrantTier, ...], Field(min_length=1, strict=False)]
    per: Literal["fiscal_year", "once"]


class Rule(Cited):
    """One rule of one state."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]+$")]
    kind: Literal["required", "barred", "open", "conditions", "grant", "penalty", "pending"]
    models: Annotated[tuple[ModelId, ...] | None, Field(strict=False)] = None
    agency_types: Annotated[tuple[AgencyType, ...] | None, Field(strict=False)] = None
    since: Annotated[datetime.date | None, Field(alias="from")] = None
    until: Annotated[datetime.date | None, Field(alias="to")] = None
    date_note: Text | None = None
    statement: Text
    law: Text | None = None
    grant: Grant | None = None
    conflicts: Annotated[tuple[Dispute, ...], Field(strict=False)] = ()
    note: Text | None = None


def _same_agencies(one: Rule, other: Rule) -> bool:
    if one.agency_types is None or other.agency_types is None:
        return True
    return bool(set(one.agency_types) & set(other.agency_types))


class StateRules(Record):
    """`states/XX.yaml`: what one state requires, bars, allows or pays."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Text
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]
    question: Question | None = None
    review_by: datetime.date

    @model_validator(mode="after")
    def _named(self) -> StateRules:
        ids = [rule.id for rule in self.rules]
        foreign = [
            Breach(
                f"the rule '{name}' does not begin with the state",
                f"Write {self.state}-1, or correct 'state:'.",
                ("rules", index, "id"),
            )
            for index, name in enumerate(ids)
            if not name.startswith(f"{self.state}-")
        ]
        _refuse(*_repeats(ids, "rules", "rule"), *foreign, *self._second_grants())
        return self

    def _second_grants(self) -> Iterator[Breach]:
        """One agency gets one grant: the program works out no second one beside or after it."""
        found: list[Rule] = []
        for index, rule in enumerate(self.rules):
            if rule.grant is None:
                continue
            first = next((other for other in found if _same_agencies(rule, other)), None)
            if first is not None:
                yield Breach(
                    f"the grant of rule '{first.id}' goes to the same kind of agency",
                    "Write both as one grant, or name other agency_types; one grant is worked out for an agency.",
                    ("rules", index, "grant"),
                )
            found.append(rule)


class Fact(Cited):
    """A fact that is quoted and never computed with."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    side: Literal["cost", "benefit", "context"]
    topic: Text
    statement: Text
    value: float | str | None = None
    unit: Text | None = None
    models: Annotated[tuple[ModelId, ...] | None, Field(strict=False)] = None
    year: int | None = None
    note: Text | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _number_or_text(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, float | int | str | None):
            _refuse(Breach("a number or text is needed here", "Write a plain decimal, or text in quotes."))
        return value


class Facts(Record):
    """`facts/<topic>.yaml`."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    title: Text
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _once(self) -> Facts:
        _refuse(*_repeats([fact.id for fact in self.facts], "facts", "fact"))
        return self


class Column(Record):
    """A column of a table."""

    description: Text
    unit: Text | None = None
    number: bool = False


class Table(Cited):
    """`tables/<name>.yaml`: what a row of `<name>.csv` is."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    row: Text
    keys: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    columns: dict[str, Column]
    note: Text | None = None
    review_by: datetime.date

    @model_validator(mode="after")
    def _keys_are_columns(self) -> Table:
        _refuse(
            *(
                Breach(f"the key '{key}' is not a column", "Describe it under 'columns:'.", ("keys", index))
                for index, key in enumerate(self.keys)
                if key not in self.columns
            )
        )
        return self


class Source(Record):
    """Something that was read."""

    id: SourceId
    title: Text
    publisher: Text
    date: Text | None = None
    url: Text | None = None
    archived: Text | None = None
    retrieved: datetime.date | None = None
    license: Text | None = None
    note: Text | None = None


class Sources(Record):
    """`sources.yaml`: each source once."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    sources: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _once(self) -> Sources:
        first: dict[str, int] = {}
        _refuse(
            *(
                Breach(f"the source '{source.id}' stands twice", "Keep one.", ("sources", index, "id"))
                for index, source in enumerate(self.sources)
                if first.setdefault(source.id, index) != index
            )
        )
        return self


class EditionHeader(Record):
    """`edition.yaml`."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    id: Annotated[str, Field(pattern=rf"^(draft|{EDITION_NAME})$")]
    released: datetime.date
    supersedes: Text | None = None
    summary: Text
    limitations: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    not_counted: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]


class Withdrawal(Record):
    """An edition that is no longer to be used, and why."""

    edition: Annotated[str, Field(pattern=rf"^{EDITION_NAME}$")]
    since: datetime.date
    reason: Text
    use: Text | None = None


class Withdrawals(Record):
    """`withdrawn.yaml`, beside the sealed folders."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    withdrawn: Annotated[tuple[Withdrawal, ...], Field(strict=False)]


def known_keys() -> frozenset[str]:
    """Every key that some record reads, for suggestions when one is misspelled."""
    return frozenset(
        field.alias or name for record in Record.__subclasses__() for name, field in _fields(record)
    )


def _fields(record: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    below = [pair for child in record.__subclasses__() for pair in _fields(child)]
    return [*record.model_fields.items(), *below]

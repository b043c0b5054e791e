"""What an assumption file may hold.

Strict on purpose: a key nobody reads, a value without a source, or a low above
its central is an error and not a silent choice. `schema.json` beside the
editions is generated from these classes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from calculator.editions.parameters import (
    Amount,
    Computed,
    Counts,
    DatedValue,
    Dispute,
    Fixed,
    Lognormal,
    Lookup,
    Parameter,
    Question,
    Range,
)
from calculator.editions.records import (
    EDITION_NAME,
    JUDGMENT,
    AgencyType,
    Breach,
    Caveat,
    Cited,
    Grade,
    Identifier,
    ModelId,
    Record,
    Refused,
    SourceId,
    SourceRef,
    Text,
    breach,
    known_keys,
    refuse,
    repeats,
)

__all__ = [
    "EDITION_NAME",
    "JUDGMENT",
    "AgencyType",
    "AgreementModel",
    "Amount",
    "Breach",
    "Caveat",
    "Choice",
    "Cited",
    "Column",
    "Computed",
    "Counts",
    "DatedValue",
    "Dispute",
    "EditionHeader",
    "Fact",
    "Facts",
    "Fixed",
    "Grade",
    "Grant",
    "GrantTier",
    "Identifier",
    "Lognormal",
    "Lookup",
    "ModelId",
    "Models",
    "Parameter",
    "Question",
    "Range",
    "Reading",
    "Record",
    "Refused",
    "Rule",
    "Source",
    "SourceId",
    "SourceRef",
    "Sources",
    "StateRules",
    "Table",
    "Text",
    "Withdrawal",
    "Withdrawals",
    "known_keys",
]


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
        refuse(
            *repeats(ids, "options", "option"),
            breach(
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
        refuse(*repeats([model.id for model in self.models], "models", "model"))
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
        refuse(*repeats(ids, "rules", "rule"), *foreign, *self._second_grants())
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
            refuse(Breach("a number or text is needed here", "Write a plain decimal, or text in quotes."))
        return value


class Facts(Record):
    """`facts/<topic>.yaml`."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    title: Text
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _once(self) -> Facts:
        refuse(*repeats([fact.id for fact in self.facts], "facts", "fact"))
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
        refuse(
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
        refuse(
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

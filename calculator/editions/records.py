"""What every record of an edition keeps: strict types, a grade, sources, and breaches with their own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

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


def refuse(*breaches: Breach | None) -> None:
    """Raise Refused with the breaches there are."""
    found = [breach for breach in breaches if breach]
    if found:
        raise Refused(found)


def breach(broken: bool, what: str, do: str, *place: str | int) -> Breach | None:
    """A breach at a place, where the rule is broken."""
    return Breach(what, do, place) if broken else None


def repeats(names: Sequence[str], place: str, what: str) -> list[Breach]:
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
        refuse(
            breach(
                judged and self.basis is None,
                "grade D is our judgment",
                "Say why this value in 'basis:'.",
                "grade",
            ),
            breach(
                judged and JUDGMENT not in cited,
                "grade D cites the standing source",
                "Add '- {id: judgment}'.",
                "sources",
            ),
            breach(
                not judged and JUDGMENT in cited,
                "only grade D may cite 'judgment'",
                "Give the source that was read, or grade D.",
                "sources",
            ),
        )
        return self


def known_keys() -> frozenset[str]:
    """Every key that some record reads, for suggestions when one is misspelled."""
    return frozenset(
        field.alias or name for record in Record.__subclasses__() for name, field in _fields(record)
    )


def _fields(record: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    below = [pair for child in record.__subclasses__() for pair in _fields(child)]
    return [*record.model_fields.items(), *below]

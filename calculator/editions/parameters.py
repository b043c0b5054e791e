"""Assumptions with their dated values: amounts of each kind, disputes, and the question that would settle them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from calculator.editions.records import (
    AgencyType,
    Breach,
    Caveat,
    Cited,
    Grade,
    Identifier,
    ModelId,
    Record,
    SourceRef,
    Text,
    breach,
    refuse,
)
from calculator.units import UNITS


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
        refuse(
            breach(low > central, f"low ({low:g}) is above central ({central:g})", rise, "low"),
            breach(high < central, f"high ({high:g}) is below central ({central:g})", rise, "high"),
            breach(
                lower is not None and lower > low, "min is above low", "Lower it, or leave it out.", "min"
            ),
            breach(
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

    @property
    def middle(self) -> float:
        """The value, or the central one of a range. Raises TypeError for other kinds."""
        if isinstance(self.amount, Fixed):
            return self.amount.value
        if isinstance(self.amount, Range):
            return self.amount.central
        raise TypeError(f"a plain figure is needed, not {self.amount.kind}")

    @model_validator(mode="after")
    def _dates_rise(self) -> DatedValue:
        if self.until is not None and self.until < self.since:
            refuse(Breach("'to' lies before 'from'", "Correct one of the dates.", ("to",)))
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
            refuse(Breach(f"unknown unit '{unit}'", f"{advice} The list is calculator/units.py."))
        return unit

    @model_validator(mode="after")
    def _consistent(self) -> Parameter:
        refuse(
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

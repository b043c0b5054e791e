"""From scenario and edition to named inputs, each with unit, mark, source and grade.

An uncertain input is a monotone function of one standard normal that is keyed
by its id: two-piece lognormal for positive quantities, two-piece logit for
shares, through the 10th, 50th and 90th percentile. At zero it is its median,
so the central estimate and the draws are the same pass.
"""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import Month, Periods, month_of
from calculator.editions import Edition
from calculator.editions.schema import DatedValue, Fixed, Lookup, Parameter, Range
from calculator.scenario import Scenario
from calculator.scenario.rules import HIRED, OVERTIME
from calculator.scenario.values import value_at
from calculator.units import UNITS

Array = NDArray[np.float64]
Mark = Literal["E", "D", "T", "?"]

# The standard normal deviate of the 90th percentile: low and high lie this far from the median.
NORMAL_P90 = 1.2815515655446004
KEPT_DRAWS = 10_000
# A longer run is drawn in parts of this size, each with streams of its own, so that memory stays bounded.
PART = 50_000


@dataclass(frozen=True)
class Input:
    """One named input of a line, as printed.

    `central` has one value for each period; `low` and `high` are None for a
    fixed input and for one that is worked out from others. `id` leads to the
    assumption, the answer, or the derived value.
    """

    id: str
    name: str
    label: str
    unit: str
    mark: Mark
    central: tuple[float, ...]
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None
    grade: str | None = None
    sources: tuple[str, ...] = ()
    formula: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Resolved:
    """What an assumption is for one model: an amount for each period, before any draw."""

    parameter: Parameter
    amounts: tuple[Fixed | Range | None, ...]  # None: no term in force, worth 0
    steps: Array | None  # growth steps for each period
    entered: bool
    computed: bool
    mark: Mark
    grade: str | None
    sources: tuple[str, ...]
    note: str | None

    @cached_property
    def uncertain(self) -> bool:
        """Whether any period has a range."""
        return any(isinstance(amount, Range) for amount in self.amounts)


class Normals:
    """One standard normal for each input id: zero (the medians), a fixed deviate, or seeded draws."""

    def __init__(self, deviate: float = 0.0, draws: int = 0, seed: int = 0, part: int = 0) -> None:
        self.deviate = deviate
        self.draws = draws
        self.seed = seed
        # The part of a long run that is worked out by itself, with streams of its own.
        self.part = part
        self._streams: dict[str, Array] = {}

    def of(self, input_id: str) -> Any:
        """A number, or an array of shape (draws, 1)."""
        if not self.draws:
            return self.deviate
        # Streams are kept between runs only while they are small: 512 of the largest take 41 MB.
        if self.draws <= KEPT_DRAWS:
            return _kept_stream(self.seed, self.draws, input_id, self.part)
        if input_id not in self._streams:
            self._streams[input_id] = _stream(self.seed, self.draws, input_id, self.part)
        return self._streams[input_id]


class Stretch(Normals):
    """Some of the draws of others."""

    def __init__(self, whole: Normals, rows: slice) -> None:
        super().__init__(0.0, len(range(whole.draws)[rows]), whole.seed, whole.part)
        self._whole, self._rows = whole, rows

    def of(self, input_id: str) -> Any:
        """An array of shape (draws, 1)."""
        return self._whole.of(input_id)[self._rows]


def stream_of(seed: int, name: str, part: int) -> np.random.Generator:
    """The random numbers of one name: the same for a seed, name and part, whatever else is drawn."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    seeds = [seed, key, part] if part else [seed, key]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seeds)))


def _stream(seed: int, draws: int, input_id: str, part: int) -> Array:
    values = stream_of(seed, input_id, part).standard_normal((draws, 1))
    values.setflags(write=False)
    return values


_kept_stream = lru_cache(maxsize=512)(_stream)


def quantile(amount: Fixed | Range | None, kind: str, normal: Any) -> Any:
    """The value of an amount at a standard normal deviate (a number or an array); `kind` is that of its unit."""
    if amount is None:
        return 0.0
    if isinstance(amount, Fixed):
        return amount.value
    if isinstance(normal, float) and normal == 0:
        low_limit = amount.central if amount.min is None else amount.min
        high_limit = amount.central if amount.max is None else amount.max
        return min(max(amount.central, low_limit), high_limit)
    transform, back = SCALES[kind]
    centre, low, high = (transform(each) for each in (amount.central, amount.low, amount.high))
    below, above = (centre - low) / NORMAL_P90, (high - centre) / NORMAL_P90
    moved = centre + np.where(np.asarray(normal) < 0, below, above) * normal
    # At zero the value is the central one itself, free of the rounding of exp and log.
    value = np.where(np.asarray(normal) == 0, amount.central, back(moved))
    if amount.min is not None or amount.max is not None:
        value = np.clip(value, amount.min, amount.max)
    return value if np.ndim(value) else float(value)


# The scale on which a range is two half normals, by kind of unit, and the way back. What is a logarithm
# already is moved as it stands: a logarithm of it once more would leave amounts without a finite mean.
SCALES: Mapping[str, tuple[Callable[[float], float], Callable[[Any], Any]]] = {
    "share": (lambda share: math.log(share / (1 - share)), lambda moved: 1 / (1 + np.exp(-moved))),
    "money": (math.log, np.exp),
    "number": (math.log, np.exp),
    "logarithm": (float, np.asarray),
}


class Assumptions:
    """Resolves assumption ids for one scenario, edition and set of periods."""

    def __init__(self, scenario: Scenario, edition: Edition, periods: Periods) -> None:
        self.scenario = scenario
        self.edition = edition
        self.periods = periods
        self._resolved: dict[tuple[str, ...], Resolved] = {}
        self._depends: dict[str, tuple[bool, tuple[str, ...]]] = {}
        self._steps: dict[datetime.date | None, Array] = {}
        self._resolved_for: dict[Hashable, dict[str, Resolved]] = {}
        # Months between refreshers, of whatever model has been worked out.
        self.intervals: set[int] = set()
        self._forget()

    def _forget(self) -> None:
        self._values: dict[tuple[int, Normals], Any] = {}
        self._grown: dict[tuple[str, bytes, Normals], Any] = {}
        # What formulas have come to, with their inputs, held by whoever computes them.
        self.computed: dict[tuple[int, ...], tuple[Any, Mapping[str, Any]]] = {}
        # Quantities of heads, shared by contexts that differ only in the work they do.
        self.heads_by_month: dict[Hashable, Mapping[str, Array]] = {}
        self.heads_by_period: dict[Hashable, Mapping[str, Array]] = {}
        # Drawn positions of a path and duty of a pair, held by whoever works them out.
        self.positions: dict[Hashable, Any] = {}
        self.pairs: dict[Hashable, Mapping[str, Array]] = {}

    def resolved_for(self, context: Hashable) -> dict[str, Resolved]:
        """What is resolved for one context, at whatever deviates."""
        return self._resolved_for.setdefault(context, {})

    def afresh(self) -> Assumptions:
        """The same amounts, with room of its own for the values at other deviates."""
        other = copy(self)
        other._forget()
        return other

    def resolve(self, assumption_id: str, model: str, choices: Mapping[str, str]) -> Resolved:
        """Find the amounts in force for `model` under the readings and perspectives `choices`.

        Raises KeyError for an id the edition does not hold.
        """
        parameter = self.edition.parameters[assumption_id]
        on_model, on_choices = self._depends_on(parameter)
        # The terms that a model borrows are marked otherwise than those of its own form.
        borrows = model in self.edition.models and not self.edition.models[model].read_form
        key = (assumption_id, model if on_model or borrows else "", *[choices[name] for name in on_choices])
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(parameter, model, choices)
        return found

    def _depends_on(self, parameter: Parameter) -> tuple[bool, tuple[str, ...]]:
        """Whether an assumption depends on the model, and on which readings and perspectives."""
        if parameter.id not in self._depends:
            named = [each.models for each in parameter.values] + [each.models for each in parameter.disputes]
            on_model = any(models is not None for models in named)
            names = {key for value in parameter.values for key in (value.when or ())}
            self._depends[parameter.id] = on_model, tuple(sorted(names))
        return self._depends[parameter.id]

    def values(self, resolved: Resolved, normals: Normals) -> Any:
        """The values for each period: a number or an array that broadcasts to (draws, periods)."""
        key = (id(resolved), normals)
        if key not in self._values:
            self._values[key] = self._compute(resolved, normals)
        return self._values[key]

    def _compute(self, resolved: Resolved, normals: Normals) -> Any:
        kind = UNITS[resolved.parameter.unit].kind
        normal = normals.of(resolved.parameter.id) if resolved.uncertain else 0.0
        first = resolved.amounts[0]
        if all(amount is first for amount in resolved.amounts):
            value = quantile(first, kind, normal)
        else:
            known = {amount: quantile(amount, kind, normal) for amount in set(resolved.amounts)}
            columns = [np.asarray(known[amount]) for amount in resolved.amounts]
            if any(column.ndim for column in columns):
                value = np.concatenate(
                    [np.broadcast_to(column, np.shape(normal)) for column in columns], axis=1
                )
            else:
                value = np.array([float(column) for column in columns])
        if resolved.steps is not None and resolved.parameter.grows_with:
            value = value * self._growth(resolved.parameter.grows_with, resolved.steps, normals)
        return value

    def _growth(self, assumption_id: str, steps: Array, normals: Normals) -> Any:
        """What a value has grown by in each period, computed once for the values of one date."""
        key = (assumption_id, steps.tobytes(), normals)
        if key not in self._grown:
            yearly = self.values(self.resolve(assumption_id, "shared", {}), normals)
            self._grown[key] = (1 + yearly) ** steps
        return self._grown[key]

    def _resolve(self, parameter: Parameter, model: str, choices: Mapping[str, str]) -> Resolved:
        override = self.scenario.assume.get(parameter.id)
        fitting = self._fitting(parameter, model, choices)
        if len(fitting) == 1 and fitting[0].until is None:
            # One value that does not end holds in every period.
            chosen: list[DatedValue | None] = [fitting[0]] * len(self.periods)
        else:
            chosen = [self._in_force(parameter, fitting, month) for month in self.periods.starts]
        known = {id(value): self._amount(value) for value in {id(value): value for value in chosen}.values()}
        amounts: list[Fixed | Range | None] = [known[id(value)] for value in chosen]
        dates = [value.price_date if value else None for value in chosen]
        shown = next((value for value in chosen if value), parameter.values[0])
        entered = override is not None
        if override is not None:
            start = self.periods.calendar.start.first_day
            for index, month in enumerate(self.periods.starts):
                # One number stands for a term while it runs; a dated list says itself when it ends.
                if chosen[index] is not None or override_is_dated(override):
                    amounts[index], dates[index] = _fixed(value_at(override.value, month)), start
        if parameter.id == OVERTIME and HIRED in self.scenario.assume:
            amounts = [
                self._beside_hired(amount, month)
                for amount, month in zip(amounts, self.periods.starts, strict=True)
            ]
        steps = None
        if parameter.grows_with and not override_is_dated(override):
            steps = self._steps_since(dates[0])
            if any(day != dates[0] for day in dates):
                steps = np.array([self._steps_since(day)[index] for index, day in enumerate(dates)])
        return Resolved(
            parameter=parameter,
            amounts=tuple(amounts),
            steps=steps,
            entered=entered,
            computed=not entered and shown.amount.kind == "computed",
            mark="E" if entered else self._mark(parameter, shown, model),
            grade=None if entered else shown.grade,
            sources=() if entered else tuple(source.id for source in shown.sources),
            note=override.reason if override is not None else shown.note,
        )

    def _beside_hired(self, amount: Fixed | Range | None, month: Month) -> Fixed | Range | None:
        """An hour worked by people hired is no overtime: the range of the overtime share ends where hired begins."""
        if not isinstance(amount, Range):
            return amount
        most = 1 - value_at(self.scenario.assume[HIRED].value, month)
        return amount.model_copy(update={"max": most if amount.max is None else min(amount.max, most)})

    def _steps_since(self, day: datetime.date | None) -> Array:
        """Growth steps since a price date for each period; none without a date."""
        if day not in self._steps:
            periods = self.periods
            by_year = np.zeros(len(periods)) if day is None else periods.calendar.steps_since(day)
            self._steps[day] = by_year if day is None else by_year[periods.year_index]
        return self._steps[day]

    def _fitting(self, parameter: Parameter, model: str, choices: Mapping[str, str]) -> list[DatedValue]:
        """The narrowest values for this model, agency and choices, oldest first."""
        if len(parameter.values) == 1 and _narrowness(parameter.values[0]) == 0:
            return list(parameter.values)
        agreement_model = self.edition.models.get(model)
        names = {model, agreement_model.terms_of} if agreement_model else {model}
        fitting = [
            value
            for value in parameter.values
            if (value.models is None or names & set(value.models))
            and (value.agency_types is None or self.scenario.agency.type in value.agency_types)
            and all(choices.get(key) == option for key, option in (value.when or {}).items())
        ]
        narrowest = max((_narrowness(value) for value in fitting), default=0)
        return sorted((v for v in fitting if _narrowness(v) == narrowest), key=lambda value: value.since)

    def _mark(self, parameter: Parameter, value: DatedValue, model: str) -> Mark:
        disputed = any(dispute.models is None or model in dispute.models for dispute in parameter.disputes)
        quoted = value.grade in ("A", "B") and isinstance(value.amount, Fixed)
        is_receipt = parameter.id.startswith("receipts.")
        agreement = self.edition.models.get(model)
        # A model whose signed form nobody has read borrows the terms of another.
        borrowed = (
            agreement is not None and not agreement.read_form and (is_receipt or value.models is not None)
        )
        if disputed or borrowed:
            return "?"
        return "T" if quoted and (value.grade == "A" or is_receipt) else "D"

    def _in_force(self, parameter: Parameter, fitting: list[DatedValue], month: Month) -> DatedValue | None:
        if not fitting:
            return None
        started = [value for value in fitting if month_of(value.since) <= month]
        if not started:
            # A term that lapses is worth nothing before it starts; any other holds its first value.
            return None if any(value.until for value in fitting) else fitting[0]
        last = started[-1]
        if last.until and month_of(last.until) < month and not self._renewed(parameter):
            return None
        return last

    def _renewed(self, parameter: Parameter) -> bool:
        return parameter.id.startswith("receipts.") and bool(self.scenario.reimbursement.renewed)

    def _amount(self, value: DatedValue | None) -> Fixed | Range | None:
        if value is None:
            return None
        amount = value.amount
        if isinstance(amount, Lookup):
            return self._looked_up(amount)
        return amount if isinstance(amount, Fixed | Range) else None

    def _looked_up(self, lookup: Lookup) -> Range:
        table = self.edition.tables[lookup.table]
        key = {column: text.format(state=self.scenario.agency.state) for column, text in lookup.where.items()}
        row = table.row(**key)
        columns = (lookup.low, lookup.central, lookup.high)
        if row is None or not all(row[column] for column in columns):
            key = {column: text.format(state=lookup.fallback) for column, text in lookup.where.items()}
            row = table.row(**key)
        if row is None:
            raise KeyError(f"table {lookup.table} has no row for {key}")
        low, central, high = (float(row[column]) for column in columns)
        return _range(low, central, high)


def override_is_dated(override: Any) -> bool:
    """Whether the user typed a dated list, whose values are taken as they are, without growth."""
    return override is not None and not isinstance(override.value, int | float)


@lru_cache(maxsize=4096)
def _range(low: float, central: float, high: float) -> Range:
    return Range(kind="range", low=low, central=central, high=high)


@lru_cache(maxsize=4096)
def _fixed(value: float) -> Fixed:
    return Fixed(kind="fixed", value=value)


def _narrowness(value: DatedValue) -> int:
    return (value.models is not None) + (value.agency_types is not None) + len(value.when or ())


def _steps(value: Any) -> Iterable[Month]:
    return (step.start for step in value) if isinstance(value, tuple) else ()


def change_months(scenario: Scenario, edition: Edition) -> Iterable[Month]:
    """Months in which a dated term of the edition or of the scenario changes."""
    values = [value for parameter in edition.parameters.values() for value in parameter.values]
    for since in {value.since for value in values}:
        yield month_of(since)
    for until in {value.until for value in values if value.until}:
        yield month_of(until) + 1
    for override in scenario.assume.values():
        yield from _steps(override.value)
    for officers in (scenario.officers.tfm, scenario.officers.jem, scenario.officers.wso):
        yield from _steps(officers)
    if scenario.reimbursement.ends is not None:
        yield scenario.reimbursement.ends + 1

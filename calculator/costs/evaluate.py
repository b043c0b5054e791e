"""Computes derived values and lines for one context, in one pass (medians, a deviate, or draws)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.costs.context import SHARED_MODEL, Context
from calculator.costs.headcount import Positions, Rates, duty, interval_of, monthly, pair, people, positions
from calculator.costs.quantities import OF_A_PAIR, OPTION_QUANTITIES, QUANTITIES
from calculator.editions import Edition
from calculator.inputs import Assumptions, Input, Normals, Resolved
from calculator.line import (
    REGISTRY,
    Answer,
    Assumed,
    Computed,
    Derived,
    Formula,
    LineSpec,
    Origin,
    Quantity,
    assumed,
)
from calculator.scenario.rules import officers_field

Array = NDArray[np.float64]

# What the path of heads reads beside the inputs declared on lines: the assumption behind each rate.
RATES: Mapping[str, str] = {
    "ramp_up_months": "staffing.ramp_up_months",
    "turnover": "staffing.{staff}.turnover",
    "attrition": "training.attrition",
    "refresher_interval": "training.refresher_interval",
    "equipment_life": "administration.equipment_life",
    "vehicle_life": "administration.vehicle_life",
}
STAFF = ("officer", "jailer")
# The rates drawn that positions depend on, whoever fills them.
OF_POSITIONS = ("ramp_up_months", "equipment_life", "vehicle_life")
# Draws times months worked out together.
CELLS_AT_A_TIME = 24_000
PATH_READS = tuple(dict.fromkeys(name.format(staff=staff) for name in RATES.values() for staff in STAFF))


class Evaluator:
    """Values of every input, derived value and line for one context and pass.

    Arrays have shape (periods,) at the medians and (draws, periods) in draws;
    inputs that do not change are numbers or arrays of shape (draws, 1).
    """

    def __init__(self, assumptions: Assumptions, context: Context, normals: Normals) -> None:
        self.assumptions = assumptions
        self.context = context
        self.normals = normals
        self.words = context.words
        self._values: dict[Origin, Any] = {}
        self._resolved = assumptions.resolved_for(context)

    # --- values ---------------------------------------------------------------------------

    def line(self, spec: LineSpec) -> Array:
        """Compute a line: shape (periods,) or (draws, periods)."""
        return self._whole(self.compute(spec.formula))

    def claim_base(self, spec: LineSpec) -> Array:
        """Compute the claim base of a receipt line."""
        if spec.base is None:
            raise ValueError(f"{spec.id} has no claim base")
        return self._whole(self.compute(spec.base))

    def compute(self, formula: Formula) -> Any:
        """Compute a formula from the values of its inputs."""
        inputs = {name: self.value(origin) for name, origin in formula.inputs.items()}
        # Contexts whose inputs are the same objects share what comes of them; the inputs are kept, so that
        # no other object can take the place of one.
        key = (id(formula), *map(id, inputs.values()))
        known = self.assumptions.computed
        if key not in known:
            known[key] = formula.function(**inputs), inputs
        return known[key][0]

    def value(self, origin: Origin) -> Any:
        """The value of one origin, computed once."""
        found = self._values.get(origin)
        if found is None:
            found = self._values[origin] = self._find(origin)
        return found

    def resolved(self, assumption_id: str) -> Resolved:
        """The assumption behind an id, with "{staff}" filled in."""
        found = self._resolved.get(assumption_id)
        if found is None:
            named = assumption_id.format(staff=self.context.staff)
            found = self.assumptions.resolve(named, self.context.model, self.words)
            self._resolved[assumption_id] = found
        return found

    def monthly_quantities(self) -> Mapping[str, Array]:
        """Quantities by month at a fixed deviate: shape (months,)."""
        held = self.assumptions.heads_by_month
        if self._path not in held:
            months = self.assumptions.periods.calendar.months
            held[self._path] = monthly(self.context, months, self._rates)
        return held[self._path]

    @cached_property
    def _quantities(self) -> Mapping[str, Array]:
        """Quantities by period: shape (periods,) or (draws, periods)."""
        held = self.assumptions.heads_by_period
        if self._path not in held:
            drawn = self.normals.draws and self.context.scope != SHARED_MODEL
            held[self._path] = self._drawn_quantities() if drawn else self._central_quantities()
        return held[self._path]

    def _central_quantities(self) -> Mapping[str, Array]:
        return {name: self._add_up(values) for name, values in self.monthly_quantities().items()}

    def _drawn_quantities(self) -> Mapping[str, Array]:
        filled = self._positions
        return filled.quantities | people(filled, self._rates, self._add_up)

    @cached_property
    def _positions(self) -> Positions:
        """Positions by draw and period, shared by models whose officers come and go alike."""
        context, held = self.context, self.assumptions.positions
        rates, ids = self._rates, tuple(id(self.resolved(RATES[name])) for name in OF_POSITIONS)
        intervals = tuple(sorted(self.assumptions.intervals))
        key = (context.path, context.own_shares, ids, intervals, self.normals)
        if key not in held:
            held[key] = self._in_strips(
                lambda rows: positions(context, self._months, _of_draws(rates, rows), intervals, self._add_up)
            )
        found: Positions = held[key]
        return found

    @cached_property
    def _pair_quantities(self) -> Mapping[str, Array]:
        """Quantities of two models together, by period: shape (periods,) or (draws, periods)."""
        context, held = self.context, self.assumptions.pairs
        if context.partner is None:
            raise ValueError(f"{context.model} shares its cases with no model")
        mine = self.resolved(RATES["ramp_up_months"])
        theirs = self.assumptions.resolve(RATES["ramp_up_months"], context.partner.model, self.words)
        key = (context.path, id(mine), context.partner.path, id(theirs), self.normals)
        if key not in held:
            ramps = [self.assumptions.values(each, self.normals) for each in (mine, theirs)]
            partner, alike = context.partner.path, context.partner.path == context.path and mine is theirs

            def together(rows: slice) -> Mapping[str, Array]:
                own = duty(context.path, self._months, _rows(ramps[0], rows))
                other = own if alike else duty(partner, self._months, _rows(ramps[1], rows))
                return pair(own, other, partner.levels(self._months), self._add_up)

            held[key] = self._in_strips(together)
        return held[key]

    def _add_up(self, by_month: Array, later: int = 0) -> Array:
        """Months by period; each `later` by so many months."""
        added: Array = by_month[..., : self._months - later] @ self.assumptions.periods.membership[later:]
        return added

    @property
    def _months(self) -> int:
        return self.assumptions.periods.calendar.months

    def _in_strips(self, of_rows: Callable[[slice], Any]) -> Any:
        """What is worked out by month for a strip of draws at a time, joined."""
        # The months of all at once would not stay near the processor.
        height = max(1, CELLS_AT_A_TIME // self._months)
        starts = range(0, max(self.normals.draws, 1), height)
        return _joined([of_rows(slice(start, start + height)) for start in starts])

    @cached_property
    def _path(self) -> Hashable:
        """What contexts have in common whose officers come and go alike."""
        context, shared = self.context, self.context.scope == SHARED_MODEL
        rates = () if shared else tuple(id(self.resolved(name)) for name in RATES.values())
        return shared, context.staff, context.path, context.own_shares, rates, self.normals

    def _find(self, origin: Origin) -> Any:
        if isinstance(origin, Assumed):
            return self.assumptions.values(self.resolved(origin.id), self.normals)
        if isinstance(origin, Quantity):
            quantities = self._pair_quantities if origin.name in OF_A_PAIR else self._quantities
            return quantities[origin.name]
        if isinstance(origin, Answer):
            return self._answer(origin.path)
        entered = self._entered(origin.name)
        if entered is not None:
            return self.assumptions.values(entered, self.normals)
        return self.compute(self.derived(origin.name).formula)

    def _whole(self, value: Any) -> Array:
        periods = len(self.assumptions.periods)
        shape = (self.normals.draws, periods) if self.normals.draws else (periods,)
        whole: Array = value if np.shape(value) == shape else np.broadcast_to(np.float64(value), shape)
        return whole

    def _entered(self, name: str) -> Resolved | None:
        if name not in self.assumptions.edition.parameters:
            return None
        resolved = self.resolved(name)
        return None if resolved.computed else resolved

    @property
    def volume(self) -> str:
        """What the model's work is worked out from, in words."""
        if self.words["place"] == "jail":
            return (
                "positions of the jail unit" if self.words["activity"] == "jem_unit" else "jail cases a year"
            )
        by_officer = self.words["encounters_from"] == "trained"
        entered = self._entered("operations.encounters") is not None
        return "encounters of each officer a year" if by_officer and not entered else "encounters a year"

    def derived(self, name: str) -> Derived:
        """The variant of a derived value that this context selects."""
        for spec in REGISTRY.derived[name]:
            if spec.axis is None or self.words.get(spec.axis) == spec.variant:
                return spec
        raise KeyError(f"no variant of {name} for {dict(self.words)}")

    def _answer(self, path: str) -> Any:
        if path == "officers":
            # Dated numbers cut the periods, so a period has one number.
            periods = self.assumptions.periods
            starts = [month - periods.calendar.start for month in periods.starts]
            return self.context.path.levels(periods.calendar.months)[starts]
        value: Any = self.assumptions.scenario
        for part in path.split("."):
            value = getattr(value, part)
        if value is None:
            raise ValueError(f"{path} is not known")
        return float(value)

    @cached_property
    def _rates(self) -> Rates:
        if self.context.scope == SHARED_MODEL:
            return Rates(1.0, 0.0, 0.0, 1.0, 1.0, 1.0)
        values = {name: self.value(assumed(assumption_id)) for name, assumption_id in RATES.items()}
        rates = Rates(**(values | {"refresher_interval": float(np.max(values["refresher_interval"]))}))
        self.assumptions.intervals.add(interval_of(rates))
        return rates


def _of_draws(rates: Rates, rows: slice) -> Rates:
    """The rates of some of the draws."""
    return replace(rates, **{name: _rows(value, rows) for name, value in vars(rates).items()})


def _rows(value: Any, rows: slice) -> Any:
    """Some of the draws of a value; all of it where it is not drawn."""
    return value[rows] if np.ndim(value) > 1 else value


def _joined(parts: Sequence[Any]) -> Any:
    """Arrays of some draws after the other, (draws, periods); those that are not drawn as they are."""
    first = parts[0]
    if isinstance(first, Mapping):
        return {name: _joined([part[name] for part in parts]) for name in first}
    if isinstance(first, tuple):
        return tuple(map(_joined, zip(*parts, strict=True)))
    if isinstance(first, Positions):
        names = [each.name for each in fields(first)]
        return Positions(**{name: _joined([getattr(part, name) for part in parts]) for name in names})
    return np.concatenate(parts) if np.ndim(first) > 1 else first


def depends_on(edition: Edition, spec: LineSpec, staff: str) -> tuple[str, ...]:
    """The words of a context that a line depends on: readings, perspectives and axes, through all it is made of."""
    held: dict[tuple[int, str], tuple[str, ...]] = edition.worked_out
    key = (id(spec), staff)
    if key not in held:
        found: set[str] = {spec.axis} if spec.axis else set()
        seen: set[Origin] = set()
        for formula in (spec.formula, spec.base):
            if formula is not None:
                _collect_words(edition, formula, staff, found, seen)
        for assumption_id in PATH_READS:
            found.update(_when_keys(edition, assumption_id))
        held[key] = tuple(sorted(found))
    return held[key]


def _collect_words(
    edition: Edition, formula: Formula, staff: str, found: set[str], seen: set[Origin]
) -> None:
    for origin in formula.reads():
        if origin in seen:
            continue
        seen.add(origin)
        if isinstance(origin, Assumed):
            found.update(_when_keys(edition, origin.id.format(staff=staff)))
        elif isinstance(origin, Computed):
            found.update(_when_keys(edition, origin.name))
            for derived in REGISTRY.derived[origin.name]:
                if derived.axis:
                    found.add(derived.axis)
                _collect_words(edition, derived.formula, staff, found, seen)


def _when_keys(edition: Edition, assumption_id: str) -> set[str]:
    parameter = edition.parameters.get(assumption_id)
    return {key for value in parameter.values for key in (value.when or ())} if parameter else set()


class Explainer:
    """Lists the inputs of a line, as printed: central from one pass, low and high from two others."""

    def __init__(self, central: Evaluator, low: Evaluator, high: Evaluator) -> None:
        self.central, self.low, self.high = central, low, high
        self._known: dict[tuple[str, Origin], Input] = {}

    def inputs(self, formula: Formula) -> tuple[Input, ...]:
        """The inputs of a formula, each followed by the inputs it is worked out from; no input twice."""
        found: dict[str, Input] = {}
        self._collect(formula, found)
        return tuple(found.values())

    def _collect(self, formula: Formula, found: dict[str, Input]) -> None:
        deeper: list[Formula] = []
        for name, origin in formula.inputs.items():
            key = (name, origin)
            if key not in self._known:
                self._known[key] = self._describe(name, origin)
            entry = self._known[key]
            if f"{entry.id} {name}" in found:
                continue
            found[f"{entry.id} {name}"] = entry
            if isinstance(origin, Computed) and entry.formula is not None:
                deeper.append(self.central.derived(origin.name).formula)
        for each in deeper:
            self._collect(each, found)

    def _row(self, value: Any) -> tuple[float, ...]:
        return tuple(float(x) for x in np.broadcast_to(value, (len(self.central.assumptions.periods),)))

    def _describe(self, name: str, origin: Origin) -> Input:
        central = self._row(self.central.value(origin))
        if isinstance(origin, Assumed):
            return self._assumed(name, self.central.resolved(origin.id), central, origin)
        if isinstance(origin, Quantity):
            words = QUANTITIES.get(origin.name) or OPTION_QUANTITIES[origin.name]
            return Input(
                f"quantity.{origin.name}", name, words.label, words.unit, "D", central, note=words.how
            )
        if isinstance(origin, Answer):
            return self._answered(name, origin, central)
        entered = self.central._entered(origin.name)
        if entered is not None:
            return self._assumed(name, entered, central, origin)
        spec = self.central.derived(origin.name)
        expression = str(spec.formula.expression)
        return Input(f"derived.{origin.name}", name, spec.label, spec.unit, "D", central, formula=expression)

    def _answered(self, name: str, origin: Answer, central: tuple[float, ...]) -> Input:
        if origin.path != "officers":
            return Input(origin.path, name, _answer_label(origin.path), "count", "E", central)
        context = self.central.context
        typed = getattr(self.central.assumptions.scenario.officers, officers_field(context.model))
        if typed is not None:
            return Input(origin.path, name, "Officers nominated", "count", "E", central)
        note = "not entered for this model; the number of the proposed option is used"
        return Input(origin.path, name, "Officers nominated", "count", "D", central, note=note)

    def _assumed(self, name: str, resolved: Resolved, central: tuple[float, ...], origin: Origin) -> Input:
        grows = resolved.steps is not None and bool(resolved.steps.any())
        low = self._row(self.low.value(origin)) if resolved.uncertain else None
        high = self._row(self.high.value(origin)) if resolved.uncertain else None
        note = resolved.note
        if grows:
            growth = "pay" if resolved.parameter.grows_with == "economics.pay_growth" else "prices"
            note = f"{note + ' ' if note else ''}Grows with {growth} at each start of a fiscal year."
        parameter = resolved.parameter
        return Input(
            parameter.id,
            name,
            parameter.label,
            parameter.unit,
            resolved.mark,
            central,
            low=low,
            high=high,
            grade=resolved.grade,
            sources=resolved.sources,
            note=note,
        )


def _answer_label(path: str) -> str:
    return path.rpartition(".")[2].replace("_", " ").capitalize()

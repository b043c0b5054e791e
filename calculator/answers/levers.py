"""Figures that a grid holds at values across their range: the overtime share, and how much work there is.

A range is the edition's, widened to the 1st and the 99th percentile of its
curve; around a value that the user entered it is the same curve, moved to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calculator.answers.grid import Grid
from calculator.answers.passes import Passes
from calculator.answers.uncertain import Uncertain
from calculator.blocks import Run
from calculator.costs.context import Context
from calculator.costs.evaluate import Evaluator
from calculator.editions.schema import Range
from calculator.inputs import quantile
from calculator.line import Origin, assumed, computed
from calculator.scenario.rules import HIRED, OVERTIME
from calculator.scenario.values import peak

Array = NDArray[np.float64]
NORMAL_P99 = 2.3263478740408408
ENCOUNTERS, JAIL_CASES = "operations.encounters", "operations.jail_cases"


@dataclass(frozen=True)
class Lever:
    """One figure with its value in this run and the range in which it may be moved."""

    id: str
    label: str
    unit: str
    origin: Origin
    present: float
    low: float
    high: float

    def values(self, count: int) -> Array:
        """Values across the range, the ends included."""
        return np.linspace(self.low, self.high, count)


def levers(passes: Passes, inputs: tuple[Uncertain, ...]) -> tuple[Lever, ...]:
    """How much work there is, then the share of it done on overtime."""
    return tuple(_levers(passes, inputs))


def _levers(passes: Passes, inputs: tuple[Uncertain, ...]) -> Iterator[Lever]:
    edition = passes.base.edition
    contexts = [
        context for context in passes.base.proposed.option.contexts if context.model in edition.models
    ]
    if not contexts:
        return
    community = [context for context in contexts if not edition.models[context.model].needs_jail]
    volume = ENCOUNTERS if community else JAIL_CASES
    found = _volume(passes, inputs, (community or contexts)[0], volume)
    if found is not None:
        yield found
    yield _overtime(passes, contexts[0])


def _volume(
    passes: Passes, inputs: tuple[Uncertain, ...], context: Context, assumption_id: str
) -> Lever | None:
    run, origin = passes.central.run, computed(assumption_id)
    present = float(np.max(run.evaluator(context).value(origin)))
    bare = _without(passes, assumption_id)
    usual = float(np.max(bare.evaluator(context).value(origin)))
    if not present or not usual:
        return None
    grid = Grid()
    for each in inputs:
        grid.move(each.id, (-NORMAL_P99, NORMAL_P99))
    moved = Evaluator(bare.assumptions, context, grid.normals).value(origin)
    # Where every input behind it was entered, nothing moves it.
    rows = np.broadcast_to(moved, (grid.normals.draws, len(run.periods)))
    changes = np.log(rows.max(axis=1) / usual).reshape(-1, 2)
    # Independent factors: the squares of their changes add up.
    down = math.sqrt(float(np.sum(np.minimum(changes.min(axis=1), 0) ** 2)))
    up = math.sqrt(float(np.sum(np.maximum(changes.max(axis=1), 0) ** 2)))
    parameter = passes.base.edition.parameters[assumption_id]
    return Lever(
        assumption_id,
        parameter.label,
        parameter.unit,
        origin,
        present,
        present * math.exp(-down),
        present * math.exp(up),
    )


def _overtime(passes: Passes, context: Context) -> Lever:
    run, origin = passes.central.run, assumed(OVERTIME)
    present = float(np.ravel(run.evaluator(context).value(origin))[0])
    amount = _without(passes, OVERTIME).evaluator(context).resolved(OVERTIME).amounts[0]
    hired = passes.base.scenario.assume.get(HIRED)
    # Hours of people hired are no overtime.
    most = 1.0 - (float(peak(hired.value)) if hired is not None else 0.0)
    low = high = present
    if isinstance(amount, Range):
        if 0 < present < 1:
            amount = _moved_to(amount, present)
        low, high = (float(quantile(amount, "share", deviate)) for deviate in (-NORMAL_P99, NORMAL_P99))
    parameter = passes.base.edition.parameters[OVERTIME]
    low, high = min(low, present, most), min(max(high, present), most)
    return Lever(OVERTIME, parameter.label, parameter.unit, origin, present, low, high)


def _moved_to(amount: Range, centre: float) -> Range:
    """The same curve of a share around another middle: its odds change by the same factor throughout."""
    factor = (centre / (1 - centre)) / (amount.central / (1 - amount.central))
    odds = {name: getattr(amount, name) / (1 - getattr(amount, name)) * factor for name in ("low", "high")}
    ends = {name: value / (1 + value) for name, value in odds.items()}
    return amount.model_copy(update={**ends, "central": centre})


def _without(passes: Passes, assumption_id: str) -> Run:
    """The run as the edition has it, had the user not entered this figure."""
    run, scenario = passes.central.run, passes.base.scenario
    if assumption_id not in scenario.assume:
        return run
    kept = {each: value for each, value in scenario.assume.items() if each != assumption_id}
    return Run(replace(scenario, assume=kept), run.edition)

"""Inputs moved one at a time from low to high, in one pass whose first axis is a grid instead of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calculator.answers.passes import Passes
from calculator.blocks import CENTS, Run
from calculator.inputs import NORMAL_P90, Normals
from calculator.options import choices_of
from calculator.result import Estimate


@dataclass(frozen=True)
class Driver:
    """One uncertain input: gross cost of the proposed option with it at its low and at its high."""

    input_id: str
    label: str
    unit: str
    low_value: float
    high_value: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """The difference in dollars between the two ends."""
        return abs(self.at_high - self.at_low)


class _Grid(Normals):
    """One input at a time at its low and its high: row 2k and 2k + 1 move the input k."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(draws=2 * len(ids))
        self._rows = {each: 2 * index for index, each in enumerate(ids)}

    def of(self, input_id: str) -> Any:
        column = np.zeros((self.draws, 1))
        row = self._rows.get(input_id)
        if row is not None:
            column[row], column[row + 1] = -NORMAL_P90, NORMAL_P90
        return column


def drivers(passes: Passes, most: int = 8) -> tuple[Driver, ...]:
    """The inputs that move gross cost (budget view) of the proposed option most, strongest first."""
    uncertain = _uncertain_inputs(passes.base, passes.central.run)
    ids = tuple(uncertain)
    if not ids:
        return ()
    sums = passes.over(_Grid(ids)).sums(passes.base.proposed.id)
    if sums.columns_cash is None:
        return ()
    totals = sums.columns_cash[-1]
    found = [
        Driver(each, label, unit, low, high, float(totals[2 * index]), float(totals[2 * index + 1]))
        for index, (each, (label, unit, low, high)) in enumerate(uncertain.items())
    ]
    moving = [driver for driver in found if round(driver.swing * CENTS) > 0]
    return tuple(sorted(moving, key=lambda driver: (-driver.swing, driver.input_id))[:most])


def _uncertain_inputs(base: Estimate, run: Run) -> Mapping[str, tuple[str, str, float, float]]:
    found: dict[str, tuple[str, str, float, float]] = {}
    words = choices_of(base.scenario, base.edition)
    models = [context.model for context in base.proposed.option.contexts]
    for parameter in base.edition.parameters.values():
        if parameter.reserved_for:
            continue
        for model in models:
            resolved = run.assumptions.resolve(parameter.id, model, words)
            if resolved.uncertain:
                low, high = (
                    float(np.ravel(run.assumptions.values(resolved, Normals(deviate=deviate)))[0])
                    for deviate in (-NORMAL_P90, NORMAL_P90)
                )
                found[parameter.id] = (parameter.label, parameter.unit, low, high)
                break
    return found

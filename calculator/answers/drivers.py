"""The inputs that move the cost most: each from its low to its high, and by one natural step at the medians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.answers.grid import Grid, Outcome
from calculator.answers.uncertain import Uncertain
from calculator.blocks import CENTS
from calculator.calendar import MONTHS
from calculator.inputs import NORMAL_P90
from calculator.units import NATURAL_STEPS

STRONGEST = 8


@dataclass(frozen=True)
class Driver:
    """One uncertain input: gross cost (dollars over the horizon) of the proposed option at its low and its high.

    `a_year` is what one natural `step` more of it adds to gross cost, in dollars a year, at the medians.
    """

    input_id: str
    label: str
    unit: str
    low_value: float
    high_value: float
    at_low: float
    at_high: float
    step: float
    a_year: float

    @property
    def swing(self) -> float:
        """The difference in dollars between the two ends."""
        return abs(self.at_high - self.at_low)


class Tornado:
    """Four rows of the grid for each input: its low, its high, one step down and one step up."""

    def __init__(self, grid: Grid, inputs: Sequence[Uncertain]) -> None:
        self._inputs = [(each, _beside(each)) for each in inputs]
        self._rows = [
            grid.move(each.id, (-NORMAL_P90, NORMAL_P90, *(each.deviate(value) for value in beside)))
            for each, beside in self._inputs
        ]

    def drivers(self, outcome: Outcome, months: int, most: int = STRONGEST) -> tuple[Driver, ...]:
        """The strongest inputs first; those that move nothing are left out."""
        found = []
        for (each, (below, above)), rows in zip(self._inputs, self._rows, strict=True):
            at_low, at_high, less, more = (float(value) for value in outcome.gross[rows])
            if round(abs(at_high - at_low) * CENTS) == 0:
                continue
            step = NATURAL_STEPS[each.unit]
            slope = (more - less) / (above - below) if above > below else 0.0
            a_year = slope * step * MONTHS / months
            found.append(
                Driver(each.id, each.label, each.unit, each.low, each.high, at_low, at_high, step, a_year)
            )
        return tuple(sorted(found, key=lambda driver: (-driver.swing, driver.input_id))[:most])

    def moving(self, outcome: Outcome) -> tuple[Uncertain, ...]:
        """The inputs that move the net as announced."""
        return tuple(
            each
            for (each, _), rows in zip(self._inputs, self._rows, strict=True)
            if round(float(outcome.net[rows].max() - outcome.net[rows].min()) * CENTS) > 0
        )


def _beside(each: Uncertain) -> tuple[float, float]:
    """The values one natural step below and above the median, or halfway to a limit that lies nearer."""
    step, central = NATURAL_STEPS[each.unit], each.central
    least, most = each.limits
    below = central - step if central - step > least else (central + least) / 2
    above = central + step if central + step < most else (central + most) / 2
    return below, above

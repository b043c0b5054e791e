"""Who is trained and who is given up, as the number of officers nominated changes.

Heads are expected values and may be fractional. Times are months after the
start. Arrays of time have shape (months,); where the ramp-up is drawn, results
have shape (draws, months).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.costs.context import HeadcountPath

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cohort:
    """Positions trained evenly from month `start`: `rate` a month, until there are `size`."""

    start: int
    rate: Any
    size: Any

    def trained(self, time: Any) -> Any:
        """Positions trained by a time."""
        return np.minimum(self.rate * np.maximum(time - self.start, 0.0), self.size)


@dataclass(frozen=True)
class Cut:
    """Trained positions given up at the start of a month, and the share of all that is kept."""

    start: int
    given_up: Any
    kept: Any


class Force:
    """Trained positions over the run.

    A rise of the number nominated is a cohort. A fall first stops courses not
    yet held, of the latest cohort first; then trained positions are given up,
    each with the same chance.
    """

    def __init__(self, path: HeadcountPath, ramp_up_months: Any) -> None:
        self.path, self.ramp_up_months = path, np.asarray(ramp_up_months, dtype=np.float64)
        self.already = path.already
        self.cohorts: list[Cohort] = []
        self.cuts: list[Cut] = []
        for start, change in path.changes:
            if change > 0:
                self.cohorts.append(Cohort(start, change / self.ramp_up_months, change))
            elif change < 0:
                self._cut(start, -change)

    def _cut(self, start: int, number: Any) -> None:
        before = self.on_duty(start)
        for index in reversed(range(len(self.cohorts))):
            cohort = self.cohorts[index]
            stopped = np.minimum(number, cohort.size - cohort.trained(start))
            self.cohorts[index] = replace(cohort, size=cohort.size - stopped)
            number = number - stopped
        self.cuts.append(Cut(start, number, 1 - np.divide(number, np.where(before > 0, before, 1.0))))

    def of(self, draws: Any) -> Force:
        """The same force for some draws only; the whole of it where the ramp-up is not drawn."""
        return Force(self.path, self.ramp_up_months[draws]) if self.ramp_up_months.ndim else self

    def trained(self, time: Any) -> Any:
        """Positions ever trained by a time, those before the start included."""
        parts = [cohort.trained(time) for cohort in self.cohorts]
        if self.already or not parts:
            parts.insert(0, self.already)
        return sum(parts[1:], start=parts[0])

    def on_duty(self, time: Any) -> Any:
        """Trained positions at a time, without those given up by then."""
        return self.left(self.trained(time), time)

    def left(self, trained: Any, time: Any) -> Any:
        """Of positions ever trained by a time, those not given up by then; never below 0."""
        if not self.cuts:
            return trained
        total = trained
        for cut in self.cuts:
            total = total - cut.given_up * (np.asarray(time) >= cut.start)
        return np.maximum(total, 0.0)

    def kept(self, since: Any, until: Any) -> Any:
        """Of positions trained at a time, the share not given up by a later one."""
        share: Any = 1.0
        for cut in self.cuts:
            share = share * np.where((since < cut.start) & (cut.start <= until), cut.kept, 1.0)
        return share

    def still(self, positions: Any, time: Any, later: float) -> Any:
        """What is left of positions of each time so many months later."""
        return positions * self.kept(time, time + later) if self.cuts else positions

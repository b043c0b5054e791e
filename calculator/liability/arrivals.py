"""When claims arrive: one process for each kind of claim, from which every option takes its own.

Claims are points of a Poisson process in time and height, drawn once. An
option meets the claims whose height is below its yearly rate at their time. An
option at more risk therefore meets the same claims and some more, at the same
times and of the same sizes. Method: thinning (P. Lewis and G. Shedler, 1979).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.liability.streams import Streams

Array = NDArray[np.float64]
Draws = NDArray[np.intp]


@dataclass(frozen=True)
class Hazard:
    """Yearly rate of claims by draw and month: `rate` times the relative exposure of the month to a `power`.

    Shapes: rate and power (draws,), relative (months,). A month with relative
    exposure 0 is at no risk.
    """

    rate: Array
    power: Array
    relative: Array

    @cached_property
    def peak(self) -> Array:
        """The highest yearly rate of each draw. Shape (draws,)."""
        most = float(self.relative.max(initial=0.0))
        peak: Array = self.rate * most**self.power if most > 0 else np.zeros_like(self.rate)
        return peak

    def at(self, draws: Draws, times: Array) -> Array:
        """The yearly rate of given draws at given times, in years after the start."""
        relative = self.relative[np.minimum((times * MONTHS).astype(np.intp), len(self.relative) - 1)]
        raised = np.where(relative > 0, relative, 1.0) ** self.power[draws]
        rate: Array = np.where(relative > 0, self.rate[draws] * raised, 0.0)
        return rate


class Arrivals:
    """Points of one kind of claim over a horizon, lowest first; each layer is drawn when first asked for."""

    def __init__(self, name: str, streams: Streams, years: float) -> None:
        self.name, self._streams, self._years = name, streams, years
        self._layers: list[tuple[Array, Array]] = []

    def met(self, hazard: Hazard) -> Iterator[tuple[int, Draws, Array]]:
        """Layer by layer: its number, the draws that meet its claim, and when (years after the start)."""
        number = 0
        while True:
            height, time = self._layer(number)
            draws = np.flatnonzero(height < hazard.peak)
            if not len(draws):
                return
            when = time[draws]
            met = height[draws] < hazard.at(draws, when)
            yield number, draws[met], when[met]
            number += 1

    def _layer(self, number: int) -> tuple[Array, Array]:
        """Heights and times of the points of that rank. Each of shape (draws,)."""
        if number == len(self._layers):
            gap = self._streams.exponentials(f"{self.name}.gap.{number}") / self._years
            below = self._layers[-1][0] if self._layers else 0.0
            time = self._streams.uniforms(f"{self.name}.time.{number}") * self._years
            self._layers.append((below + gap, time))
        return self._layers[number]

"""Low, median and high of many figures in one pass over the draws; percentiles are never added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from calculator.result import Series, Spread

Array = NDArray[np.float64]
CENTS = 100
LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9


class Percentiles:
    """Collects rows of draws; each `series` or `spread` returns a function that builds the result at the end."""

    def __init__(self) -> None:
        self._rows: list[Array] = []
        self._count = 0
        self._first: dict[int, int] = {}

    def spread(self, cents: int, drawn: Array | None) -> Callable[[], Spread]:
        """One figure: central in cents, dollars by draw (draws,)."""
        if drawn is None or not drawn.any():
            return lambda: certain(cents)
        row = self._add(drawn)
        return lambda: self._at(row, cents)

    def series(self, cents: Sequence[int], drawn: Array | None) -> Callable[[], Series]:
        """Fiscal years, first 12 months and total: central in cents; dollars (fiscal years + 2, draws)."""
        if drawn is None or not drawn.any():
            spreads = [certain(value) for value in cents]
            return lambda: Series(tuple(spreads[:-2]), spreads[-2], spreads[-1], spreads[-1].central)
        first = self._add(drawn)

        def build() -> Series:
            parts = [self._at(first + index, value) for index, value in enumerate(cents)]
            median_total = self._ends[1][first + len(cents) - 1]
            return Series(tuple(parts[:-2]), parts[-2], parts[-1], round(median_total, 2))

        return build

    def _add(self, drawn: Array) -> int:
        # The same array stands for several figures, such as gross cost and the net where nothing is received.
        if id(drawn) not in self._first:
            self._first[id(drawn)] = self._count
            self._rows.append(drawn)
            self._count += len(np.atleast_2d(drawn))
        return self._first[id(drawn)]

    @cached_property
    def _ends(self) -> list[list[float]]:
        if not self._rows:
            return [[], [], []]
        ordered = np.vstack(self._rows)
        ordered.sort(axis=1)
        return [quantile_of_sorted(ordered, share).tolist() for share in (LOW, MEDIAN, HIGH)]

    def _at(self, row: int, cents: int) -> Spread:
        low, _, high = self._ends
        central = cents / CENTS
        # With many one-sided ranges the central estimate can lie outside the percentiles of the total;
        # the printed range then reaches out to it, so that low, central and high stay in order.
        return Spread(min(round(low[row], 2), central), central, max(round(high[row], 2), central))


def quantile_of_sorted(ordered: Array, share: float) -> Array:
    """The quantile of each row, rising along the last axis: between two draws, in proportion. Shape (rows,).

    As `np.quantile`, whose partition at several places takes several times as long as a sort.
    """
    place = share * (ordered.shape[-1] - 1)
    below = int(place)
    above = min(below + 1, ordered.shape[-1] - 1)
    value: Array = ordered[:, below] + (ordered[:, above] - ordered[:, below]) * (place - below)
    return value


@lru_cache(maxsize=1024)
def certain(cents: int) -> Spread:
    """A figure without a range."""
    return Spread(cents / CENTS, cents / CENTS, cents / CENTS)

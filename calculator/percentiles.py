"""Low, median and high of many figures in one pass over the draws; percentiles are never added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calculator.result import Series, Spread

Array = NDArray[np.float64]
CENTS = 100
LOW, MEDIAN, HIGH = 10, 50, 90


class Percentiles:
    """Collects columns of draws; each `add` returns a function that builds the result once all are known."""

    def __init__(self) -> None:
        self._blocks: list[Array] = []
        self._count = 0

    def spread(self, cents: int, drawn: Array | None) -> Callable[[], Spread]:
        """One figure: central in cents, dollars by draw (draws,)."""
        if drawn is None or not np.any(drawn):
            return lambda: certain(cents)
        column = self._add(drawn[:, None])
        return lambda: self._at(column, cents)

    def series(self, cents: Sequence[int], columns: Array | None) -> Callable[[], Series]:
        """Fiscal years, first 12 months and total: central in cents; dollars (draws, fiscal years + 1)."""
        if columns is None or not np.any(columns):
            spreads = [certain(value) for value in cents]
            return lambda: Series(tuple(spreads[:-2]), spreads[-2], spreads[-1], spreads[-1].central)
        first = self._add(np.hstack([columns, columns[:, :-1].sum(axis=1, keepdims=True)]))

        def build() -> Series:
            parts = [self._at(first + index, value) for index, value in enumerate(cents)]
            last = first + len(cents) - 1
            return Series(tuple(parts[:-2]), parts[-2], parts[-1], round(self._ends[1][last], 2))

        return build

    def _add(self, columns: Array) -> int:
        first = self._count
        self._blocks.append(columns)
        self._count += columns.shape[1]
        return first

    @cached_property
    def _ends(self) -> list[list[float]]:
        if not self._blocks:
            return [[], [], []]
        stacked = np.ascontiguousarray(np.hstack(self._blocks).T)
        ends: list[list[float]] = np.percentile(
            stacked, [LOW, MEDIAN, HIGH], axis=1, overwrite_input=True
        ).tolist()
        return ends

    def _at(self, column: int, cents: int) -> Spread:
        low, _, high = self._ends
        central = cents / CENTS
        # With many one-sided ranges the central estimate can lie outside the percentiles of the total;
        # the printed range then reaches out to it, so that low, central and high stay in order.
        return Spread(min(round(low[column], 2), central), central, max(round(high[column], 2), central))


def certain(cents: int) -> Spread:
    """A figure without a range."""
    return Spread(cents / CENTS, cents / CENTS, cents / CENTS)

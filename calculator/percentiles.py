"""Low, median and high of many figures in one pass over the draws; percentiles are never added.

The percentiles of a long run are the means of those of its parts: each part
alone is large enough for them to have no bias that could be printed, and no
more than one part has to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from calculator.result import Series, Spread
from calculator.sample import Figure, Sample

Array = NDArray[np.float64]
CENTS = 100
LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9
SHARES = (LOW, MEDIAN, HIGH)


class Percentiles:
    """Collects figures; each `series` or `spread` returns a function that builds the result at the end."""

    def __init__(self, sample: Sample | None) -> None:
        self._sample = sample
        self._figures: list[tuple[Figure, int]] = []

    def spread(self, cents: int, figure: Figure) -> Callable[[], Spread]:
        """One figure: central in cents."""
        index = self._add(figure, 1)
        return lambda: self._at(index, 0, cents)

    def series(self, cents: Sequence[int], figure: Figure) -> Callable[[], Series]:
        """Fiscal years, first 12 months and total: central in cents."""
        index = self._add(figure, len(cents))

        def build() -> Series:
            parts = [self._at(index, row, value) for row, value in enumerate(cents)]
            median = parts[-1].central if self._sample is None else round(float(self._ends[index][1, -1]), 2)
            return Series(tuple(parts[:-2]), parts[-2], parts[-1], median)

        return build

    def _add(self, figure: Figure, size: int) -> int:
        self._figures.append((figure, size))
        return len(self._figures) - 1

    @cached_property
    def _ends(self) -> list[Array]:
        """Low, median and high of each figure. Each of shape (3, rows)."""
        added = [np.zeros((len(SHARES), size)) for _, size in self._figures]
        if self._sample is not None:
            for size, chunks in self._sample.each(
                lambda drawn: [figure(drawn) for figure, _ in self._figures]
            ):
                for total, ends in zip(added, _of_part(size, chunks), strict=True):
                    total += ends * (size / self._sample.draws)
        return added

    def _at(self, index: int, row: int, cents: int) -> Spread:
        if self._sample is None:
            return certain(cents)
        low, _, high = self._ends[index][:, row].tolist()
        central = cents / CENTS
        # With many one-sided ranges the central estimate can lie outside the percentiles of the total;
        # the printed range then reaches out to it, so that low, central and high stay in order.
        return Spread(min(round(low, 2), central), central, max(round(high, 2), central))


def _of_part(size: int, chunks: Sequence[Sequence[Array | None]]) -> list[Array]:
    """Low, median and high of each figure over a part of so many draws, which came in chunks."""
    figures = list(zip(*chunks, strict=True))
    # The same arrays stand for several figures, such as gross cost and the net where nothing is received.
    keys = [tuple(id(array) for array in arrays) for arrays in figures]
    several = dict(zip(keys, figures, strict=True))
    known = {key: _ends_of(size, arrays) for key, arrays in several.items()}
    return [known[key] for key in keys]


def _ends_of(size: int, arrays: Sequence[Array | None]) -> Array:
    first = next((array for array in arrays if array is not None), None)
    if first is None:
        return np.zeros((len(SHARES), 1))
    ordered = np.zeros((len(np.atleast_2d(first)), size))
    start = 0
    for array in arrays:
        if array is not None:
            ordered[:, start : start + array.shape[-1]] = array
        start += first.shape[-1]
    ordered.sort(axis=1)
    return np.array([quantile_of_sorted(ordered, share) for share in SHARES])


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

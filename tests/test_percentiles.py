"""Percentiles of a few draws by hand, and of many as NumPy has them."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.percentiles import Percentiles, quantile_of_sorted


def test_three_draws_by_hand() -> None:
    percentiles = Percentiles()
    built = percentiles.spread(200, np.array([3.0, 1.0, 2.0]))
    # A fifth of the way from the lowest to the middle, and four fifths from the middle to the highest.
    spread = built()
    assert (spread.low, spread.central, spread.high) == (1.2, 2.0, 2.8)


def test_one_array_for_two_figures_is_sorted_once_and_left_as_it_was() -> None:
    percentiles = Percentiles()
    drawn = np.array([[3.0, 1.0, 2.0], [30.0, 10.0, 20.0], [33.0, 11.0, 22.0]])
    first, second = percentiles.series([200, 2000, 2200], drawn), percentiles.series([100, 1000, 1100], drawn)
    assert first().total.high == second().total.high == 30.8
    assert first().median_total == second().median_total == 22.0
    assert drawn[0].tolist() == [3.0, 1.0, 2.0]


@pytest.mark.parametrize("draws", [1, 2, 500, 2_001])
def test_as_numpy(draws: int) -> None:
    rows = np.sort(np.random.default_rng(1).lognormal(size=(4, draws)), axis=1)
    for share in (0.1, 0.5, 0.9):
        assert quantile_of_sorted(rows, share) == pytest.approx(np.quantile(rows, share, axis=1), rel=1e-12)

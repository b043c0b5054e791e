"""Percentiles of a few draws by hand, and of many as NumPy has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calculator import sample
from calculator.estimate import estimate
from calculator.percentiles import Percentiles, quantile_of_sorted
from calculator.result import Spread
from calculator.sample import Sample
from calculator.scenario import Scenario


class Few(Sample):
    """Stands for a sample whose chunks are given."""

    def __init__(self, *parts: list[np.ndarray]) -> None:
        self._parts, self.draws = parts, sum(chunk.shape[-1] for chunks in parts for chunk in chunks)

    def each(self, work: Callable[[Any], Any]) -> Iterator[tuple[int, list[Any]]]:
        for chunks in self._parts:
            yield sum(chunk.shape[-1] for chunk in chunks), [work(chunk) for chunk in chunks]


def same(chunk: np.ndarray) -> np.ndarray:
    return chunk


def test_three_draws_by_hand() -> None:
    spread = Percentiles(Few([np.array([3.0, 1.0, 2.0])])).spread(200, same)()
    # A fifth of the way from the lowest to the middle, and four fifths from the middle to the highest.
    assert (spread.low, spread.central, spread.high) == (1.2, 2.0, 2.8)


def test_chunks_are_put_together_before_percentiles_are_taken() -> None:
    chunks = [np.array([[3.0, 1.0], [30.0, 10.0], [33.0, 11.0]]), np.array([[2.0], [20.0], [22.0]])]
    percentiles = Percentiles(Few(chunks))
    first, second = percentiles.series([200, 2000, 2200], same), percentiles.series([100, 1000, 1100], same)
    assert first().total.high == second().total.high == 30.8
    assert first().median_total == second().median_total == 22.0
    assert chunks[0][0].tolist() == [3.0, 1.0]


def test_a_long_run_has_the_means_of_its_parts() -> None:
    parts = [np.array([3.0, 1.0, 2.0])], [np.array([6.0, 4.0, 5.0])]
    spread = Percentiles(Few(*parts)).spread(300, same)()
    assert (spread.low, spread.high) == (2.7, 4.3)


def test_without_draws_and_without_money() -> None:
    assert Percentiles(None).spread(300, same)() == Spread(3.0, 3.0, 3.0)
    nothing = Percentiles(Few([np.zeros(2)])).spread(0, lambda chunk: None)()
    assert str(nothing.low) == str(nothing.high) == "0.0"


def test_chunks_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(__file__).parents[1] / "examples" / "midsize_sheriff.yaml"
    found = []
    for size in (10_000, 700):
        monkeypatch.setattr(sample, "CHUNK", size)
        gross = estimate(Scenario.from_file(path, path.name), draws=2_001).proposed.gross
        found.append([(each.low, each.high) for each in gross.by_fiscal_year])
    assert found[0] == found[1]


def test_parts_of_a_long_run_agree_with_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(__file__).parents[1] / "examples" / "midsize_sheriff.yaml"
    scenario = Scenario.from_file(path, path.name)
    whole = estimate(scenario, draws=40_000, only_proposed=True).proposed.gross.total
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(sample, "PART", 10_000)
    parts = estimate(
        scenario, draws=40_000, only_proposed=True, progress=lambda *done: told.append(done)
    ).proposed.gross.total
    assert (parts.low, parts.high) == pytest.approx((whole.low, whole.high), rel=0.01)
    assert parts.high != whole.high
    assert told == [(done, 40_000) for done in (10_000, 20_000, 30_000, 40_000)]


@pytest.mark.parametrize("draws", [1, 2, 500, 2_001])
def test_as_numpy(draws: int) -> None:
    rows = np.sort(np.random.default_rng(1).lognormal(size=(4, draws)), axis=1)
    for share in (0.1, 0.5, 0.9):
        assert quantile_of_sorted(rows, share) == pytest.approx(np.quantile(rows, share, axis=1), rel=1e-12)

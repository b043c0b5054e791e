"""What a simulation of losses says: chances first, then sizes, each with its sampling error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEVELS = (0.50, 0.90, 0.95, 0.99)
# Amounts in dollars for which the exceedance curve gives the chance of more.
AMOUNTS = (0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7)
# With fewer draws that pay, their percentiles say nothing.
FEWEST_PAYING = 50
NORMAL_P95 = 1.6448536269514722


@dataclass(frozen=True)
class Quantity:
    """An estimate and the interval in which it lies in nine of ten simulations of this size."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Distribution:
    """Loss over the horizon, in dollars: mean, standard deviation, percentiles, and the chance of more than amounts."""

    expected: Quantity
    deviation: float
    p50: Quantity
    p90: Quantity
    p95: Quantity
    p99: Quantity
    exceedance: tuple[tuple[float, float], ...]  # amount, chance of more


@dataclass(frozen=True)
class Outcome:
    """One outcome of a class, pattern or federal suit, as a named scenario: never part of the percentiles.

    `chance` is that of this outcome within the horizon. Amounts are dollars at
    low, central and high: the whole, and what the agency keeps where its
    insurance covers the work.
    """

    id: str
    chance: float
    low: float
    central: float
    high: float
    kept_if_covered: float  # at the central amount


@dataclass(frozen=True)
class Matter:
    """A recorded matter as a yardstick: its own total, or its amount for each person times the people held here."""

    id: str
    per_person: float | None
    amount: float


@dataclass(frozen=True)
class Rate:
    """The record behind one stream of claims, and what it becomes for this agency."""

    id: str
    model: str
    events: float | None  # None where the user entered the rate
    exposure: float | None
    yearly: float  # claims a year at the reference agency, the mean of the rates drawn; or as entered
    expected_claims: float  # over the horizon, after scaling


@dataclass(frozen=True)
class Kept:
    """What is left to the agency under one answer of the insurer, in dollars.

    `paid_by_year` is the mean paid in each year after the start; its last
    figure is all that is paid after the horizon.
    """

    losses: Distribution
    paid_by_year: tuple[float, ...]
    above_reserve: Quantity | None

    @property
    def paid_within_horizon(self) -> float:
        """The mean of what is paid before the horizon ends."""
        return sum(self.paid_by_year[:-1])


@dataclass(frozen=True)
class Losses:
    """Litigation losses of one option over the horizon.

    `before` counts payments and own defense in full. `covered` and `excluded`
    are what is left to the agency under each answer of its insurer; `answer`
    is the one entered. `given_a_payout` holds median and 90th percentile of
    `before` where some claim is paid; None where too few draws pay one.
    """

    draws: int
    answer: str  # "covered", "excluded" or "not_asked"
    chance_of_any_payout: Quantity
    chance_of_recorded_kind: Quantity
    given_a_payout: tuple[Quantity, Quantity] | None
    before: Distribution
    covered: Kept
    excluded: Kept
    rates: tuple[Rate, ...]
    outcomes: tuple[Outcome, ...]
    matters: tuple[Matter, ...]

    @property
    def kept(self) -> Kept:
        """Under the answer entered; as if excluded while nobody has asked."""
        return self.covered if self.answer == "covered" else self.excluded


@dataclass(frozen=True)
class Liability:
    """Losses of every option that has officers, and of holding people on detainers without an agreement.

    `holding` is None where nobody is held: `no_holding` then says why.
    """

    by_option: Mapping[str, Losses]
    holding: Losses | None
    no_holding: str | None


def chance(hit: NDArray[np.bool_]) -> Quantity:
    """Share of draws, with its 90 percent interval (E. Wilson, 1927). Shape (draws,)."""
    count = len(hit)
    share = float(np.count_nonzero(hit)) / count
    squared = NORMAL_P95**2
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    reach = (
        NORMAL_P95 * math.sqrt(share * (1 - share) / count + squared / (4 * count**2)) / (1 + squared / count)
    )
    return Quantity(share, max(0.0, middle - reach), min(1.0, middle + reach))


def given_a_payout(losses: Array) -> tuple[Quantity, Quantity] | None:
    """Median and 90th percentile of the draws that pay a claim; None where they are too few. Shape (paying draws,)."""
    if len(losses) < FEWEST_PAYING:
        return None
    ordered = np.sort(losses)
    return _percentile(ordered, LEVELS[0]), _percentile(ordered, LEVELS[1])


def distribution(losses: Array) -> Distribution:
    """Mean and percentiles of losses by draw, with sampling intervals from order statistics. Shape (draws,)."""
    ordered = np.sort(losses)
    count = len(ordered)
    mean = float(ordered.mean())
    deviation = float(ordered.std(ddof=1)) if count > 1 else 0.0
    error = NORMAL_P95 * deviation / math.sqrt(count)
    p50, p90, p95, p99 = (_percentile(ordered, level) for level in LEVELS)
    above = count - np.searchsorted(ordered, AMOUNTS, side="right")
    curve = tuple(zip(map(float, AMOUNTS), (above / count).tolist(), strict=True))
    expected = Quantity(mean, max(0.0, mean - error), mean + error)
    return Distribution(expected, deviation, p50, p90, p95, p99, curve)


def _percentile(ordered: Array, level: float) -> Quantity:
    count = len(ordered)
    reach = NORMAL_P95 * math.sqrt(count * level * (1 - level))
    return Quantity(*(_at(ordered, count * level + shift) for shift in (0.0, -reach, reach)))


def _at(ordered: Array, rank: float) -> float:
    """The amount at a rank from 0 to the number of draws: the smallest that this many draws do not exceed."""
    index = min(max(math.ceil(rank - 1e-9) - 1, 0), len(ordered) - 1)
    return float(ordered[index])

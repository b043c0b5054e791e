"""Two other ways to the same figures: closed-form moments and a Fourier aggregate. They check the simulation.

Both hold for one stream of claims: a frequency drawn once for the whole
horizon from Gamma(shape, exposure), a number of claims that is Poisson given
it, and independent claim sizes. Method: H. Panjer and G. Willmot, Insurance
Risk Models (1992), chapters 6 and 7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Stream:
    """Claims of one kind.

    The rate is Gamma(`shape`, `exposure` agency-years); `years` are the
    agency-years at risk after scaling. Claim sizes are lognormal with `mu` and
    `sigma` of their natural logarithm.
    """

    shape: float
    exposure: float
    years: float
    mu: float
    sigma: float

    @property
    def odds(self) -> float:
        """Years at risk over years on record."""
        return self.years / self.exposure


@dataclass(frozen=True)
class Figures:
    """Mean, variance (dollars squared) and two percentiles of the total over the horizon."""

    mean: float
    variance: float
    p95: float
    p99: float


def moments(stream: Stream) -> tuple[float, float]:
    """Mean and variance of the total without layers, in closed form.

    With rate variance shape / exposure^2 the number of claims is negative
    binomial: mean n = shape x odds, variance n x (1 + odds).
    """
    number = stream.shape * stream.odds
    size = np.exp(stream.mu + stream.sigma**2 / 2)
    second = np.exp(2 * stream.mu + 2 * stream.sigma**2)
    variance = number * (second - size**2) + number * (1 + stream.odds) * size**2
    return float(number * size), float(variance)


def aggregate(
    stream: Stream, retained: Callable[[Array], Array], *, step: float = 500.0, cells: int = 2**17
) -> Figures:
    """Distribution of the retained total by Fourier transform, on a grid of `cells` steps of `step` dollars.

    `retained` maps claim sizes to what is kept of each.
    """
    kept = _on_grid(stream, retained, step, cells)
    transform = np.fft.rfft(kept)
    # Generating function of the negative binomial number of claims, at the transform of one claim.
    total = np.fft.irfft((1 + stream.odds * (1 - transform)) ** -stream.shape, cells)
    amounts = np.arange(cells) * step
    mean = float(total @ amounts)
    below = np.cumsum(total)
    p95, p99 = (float(amounts[np.searchsorted(below, level)]) for level in (0.95, 0.99))
    return Figures(mean, float(total @ amounts**2) - mean**2, p95, p99)


def _on_grid(stream: Stream, retained: Callable[[Array], Array], step: float, cells: int) -> Array:
    """Probability of each retained amount, keeping the mean of each small stretch of sizes (linear split)."""
    # Equal shares of probability, each at its middle: exact enough at 400,000 of them, layers included.
    levels = (np.arange(400_000) + 0.5) / 400_000
    amounts = retained(np.exp(stream.mu + stream.sigma * _normal_quantile(levels))) / step
    below = np.minimum(np.floor(amounts).astype(np.intp), cells - 2)
    above_part = np.minimum(amounts - below, 1.0)
    grid = np.bincount(below, 1 - above_part, cells) + np.bincount(below + 1, above_part, cells)
    share: Array = grid / len(levels)
    return share


def _normal_quantile(levels: Array) -> Array:
    """Standard normal quantile by interpolation in a fine table of the distribution function."""
    from math import erf, sqrt

    knots = np.linspace(-6.0, 6.0, 24_001)
    table = np.array([0.5 * (1 + erf(knot / sqrt(2))) for knot in knots])
    return np.interp(levels, table, knots)

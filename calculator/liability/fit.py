"""Frequency and severity fitted from the case table: `moa287 editions fit`.

Severity is a lognormal by maximum likelihood, with payments whose fees are
unknown right-censored (the expectation-maximization of A. Dempster, N. Laird
and D. Rubin, 1977). Frequency is events over agreement-years with the exact
Poisson interval (F. Garwood, 1936). All amounts together are tried with a
Pareto curve (its tail after B. Hill, 1975), which has no finite mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.editions import Edition
from calculator.editions.schema import Counts, Lognormal, Range
from calculator.errors import NoFiniteMean
from calculator.liability.amounts import CASES, PRICES_OF, Row, amounts, counted, is_small, matter_of

Array = NDArray[np.float64]

# Fees were granted or sought and their amount was not found: the payment is at least this.
FEES_UNKNOWN = ("PARA", "CACH")
# Of paid matters at agencies with an agreement, those whose cooperation names the model.
RECORDED = {"tfm": ("MORA", "SANTOS"), "jem": ("VILL", "MEDR"), "wso": ("BROOKS",)}
# How many of the largest amounts the tail is taken from: few enough to be the tail, enough to mean anything.
TAIL_LEAST, TAIL_MOST = 5, 12
NORMAL_P95, NORMAL_P99 = 1.6448536269514722, 2.3263478740408408


@dataclass(frozen=True)
class Severity:
    """Payments in dollars of 2025, and the fitted curve."""

    payments: Array
    censored: NDArray[np.bool_]
    mu: float
    sigma: float

    @property
    def mean(self) -> float:
        """Mean of the fitted curve."""
        return math.exp(self.mu + self.sigma**2 / 2)

    def percentile(self, deviate: float) -> float:
        """The fitted curve at a standard normal deviate."""
        return math.exp(self.mu + self.sigma * deviate)


@dataclass(frozen=True)
class Frequency:
    """Events over agency-years, as a yearly rate with its exact 90 percent interval."""

    model: str
    events: int
    exposure: float
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Events for each agency-year."""
        return self.events / self.exposure


def fit_severity(edition: Edition) -> Severity:
    """Payments to individuals and small groups, each payer's once, at 2025 prices; and the lognormal through them."""
    found = [each for each in amounts(edition) if each.small and each.pooled]
    payments = np.array([each.value for each in found])
    censored = np.array([matter_of(each.row) in FEES_UNKNOWN for each in found])
    mu, sigma = _censored_lognormal(np.log(payments), censored)
    return Severity(payments, censored, mu, sigma)


def _counted(edition: Edition) -> Iterator[Row]:
    return (row for row in edition.tables[CASES].rows if is_small(row) and counted(row))


@dataclass(frozen=True)
class Pareto:
    """A Pareto curve through amounts of `least` and more."""

    index: float
    least: float
    count: int

    @property
    def mean(self) -> float:
        """The mean of the curve. Raises NoFiniteMean when its index is 1 or less."""
        if self.index <= 1:
            raise NoFiniteMean(
                f"A Pareto curve through all {self.count} amounts has no finite mean: its index is "
                f"{self.index:.2f}, and a mean needs more than 1. No average can be drawn from it; the next case "
                "could outweigh all before it."
            )
        return self.index * self.least / (self.index - 1)


def fit_pareto(values: Array) -> Pareto:
    """The curve of greatest likelihood: the inverse of the mean logarithm over the least amount."""
    least = float(values.min())
    logs = np.log(values / least)
    return Pareto(len(values) / float(logs.sum()), least, len(values))


def hill(values: Array, largest: int) -> float:
    """The index of the tail, from so many of the largest amounts over the next one."""
    ordered = np.sort(values)[::-1]
    return largest / float(np.log(ordered[:largest] / ordered[largest]).sum())


def hill_ends(values: Array) -> tuple[float, float]:
    """The least and the greatest index of the tail over the lengths that can be defended."""
    found = [hill(values, largest) for largest in range(TAIL_LEAST, TAIL_MOST + 1)]
    return min(found), max(found)


def pooled(edition: Edition, basis: str | None = None) -> Array:
    """All amounts at one price level: individual, class, pattern and federal."""
    return np.array([each.value for each in amounts(edition, basis) if each.pooled])


@dataclass(frozen=True)
class Pool:
    """All amounts together: what they add up to, and the curve that must not be drawn from."""

    total: float
    median: float
    curve: Pareto
    tail: tuple[float, float]


def fit_pool(edition: Edition, basis: str | None = None) -> Pool:
    """The pooled amounts under one basis for Maricopa County."""
    values = pooled(edition, basis)
    return Pool(float(values.sum()), float(np.median(values)), fit_pareto(values), hill_ends(values))


def mean_in_words(curve: Pareto) -> str:
    """The mean of the curve, or why it has none."""
    try:
        return f"The mean of the curve is ${curve.mean:,.0f}."
    except NoFiniteMean as error:
        return str(error)


def _censored_lognormal(logs: Array, censored: NDArray[np.bool_]) -> tuple[float, float]:
    mu, sigma = float(logs.mean()), float(logs.std())
    for _ in range(10_000):
        first, second = logs.copy(), logs**2
        for index in np.flatnonzero(censored):
            deviate = (logs[index] - mu) / sigma
            hazard = (
                math.exp(-(deviate**2) / 2)
                / math.sqrt(2 * math.pi)
                / (0.5 * math.erfc(deviate / math.sqrt(2)))
            )
            first[index] = mu + sigma * hazard
            second[index] = mu**2 + sigma**2 + 2 * mu * sigma * hazard + sigma**2 * deviate * hazard
        after = float(first.mean())
        spread = math.sqrt(float(second.mean()) - after**2)
        if abs(after - mu) + abs(spread - sigma) < 1e-12:
            return after, spread
        mu, sigma = after, spread
    raise ArithmeticError("the fit of claim sizes does not settle")


def fit_frequencies(edition: Edition) -> tuple[Frequency, ...]:
    """Paid individual claims of each model over its agreement-years."""
    exposures = edition.parameters["liability.exposure.agency_years"].values
    found = []
    for model, matters in RECORDED.items():
        amount = next(value.amount for value in exposures if value.models and model in value.models)
        if not isinstance(amount, Range):
            raise TypeError("agreement-years are a range")
        paid = {matter_of(row) for row in _counted(edition)}
        events = sum(matter in paid for matter in matters)
        low, high = poisson_interval(events)
        found.append(Frequency(model, events, amount.central, low / amount.central, high / amount.central))
    return tuple(found)


def poisson_interval(events: int, confidence: float = 0.90) -> tuple[float, float]:
    """The exact interval of a Poisson mean: both tails hold half of what `confidence` leaves."""
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else _solve(lambda mean: 1 - _poisson_below(events - 1, mean), tail, rising=True)
    return low, _solve(lambda mean: _poisson_below(events, mean), tail, rising=False)


def _poisson_below(events: int, mean: float) -> float:
    """Chance of at most that many events."""
    term = total = math.exp(-mean)
    for count in range(1, events + 1):
        term *= mean / count
        total += term
    return total


def _solve(chance: Callable[[float], float], target: float, *, rising: bool) -> float:
    low, high = 0.0, 1_000.0
    for _ in range(200):
        middle = (low + high) / 2
        if (chance(middle) < target) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def published(edition: Edition, model: str) -> Counts:
    """The counts the edition states for a model. Raises KeyError."""
    for value in edition.parameters["liability.frequency.individual_paid"].values:
        if value.models and model in value.models and isinstance(value.amount, Counts):
            return value.amount
    raise KeyError(model)


def fit_text(edition: Edition) -> str:
    """The fit beside what the edition states, as a table."""
    sizes = fit_severity(edition)
    stated = edition.parameters["liability.severity.individual"].values[0].amount
    if not isinstance(stated, Lognormal):
        raise TypeError("claim sizes are a lognormal")
    logs = np.log(sizes.payments)
    rows = [
        ("mu", f"{sizes.mu:.3f}", f"{stated.mu:g}"),
        ("sigma", f"{sizes.sigma:.3f}", f"{stated.sigma:g}"),
        ("fitted median", f"${sizes.percentile(0):,.0f}", f"${math.exp(stated.mu):,.0f}"),
        ("fitted mean", f"${sizes.mean:,.0f}", f"${math.exp(stated.mu + stated.sigma**2 / 2):,.0f}"),
        ("fitted 95th percentile", f"${sizes.percentile(NORMAL_P95):,.0f}", ""),
        ("fitted 99th percentile", f"${sizes.percentile(NORMAL_P99):,.0f}", ""),
    ]
    out = [
        f"Edition {edition.id}: fitted from its case table, beside what it states.",
        "",
        f"Size of a paid individual claim: {len(sizes.payments)} payments at prices of {PRICES_OF}, "
        f"{int(sizes.censored.sum())} of them with fees unknown",
        f"  median ${np.median(sizes.payments):,.0f}, mean ${sizes.payments.mean():,.0f}, "
        f"${sizes.payments.min():,.0f} to ${sizes.payments.max():,.0f}; "
        f"without allowance for unknown fees mu {logs.mean():.2f}, sigma {logs.std():.2f}",
        f"  {'':<28}{'fitted':>14}{'stated':>14}",
        *(f"  {name:<28}{found:>14}{told:>14}".rstrip() for name, found, told in rows),
        "",
        "Paid individual claims a year for each agency, with the exact 90 percent interval",
        f"  {'model':<8}{'claims':>8}{'agency-years':>14}{'rate':>10}{'low':>10}{'high':>10}  stated",
    ]
    for each in fit_frequencies(edition):
        told = published(edition, each.model)
        out.append(
            f"  {each.model:<8}{each.events:>8}{each.exposure:>14,.0f}{each.rate:>10.4f}{each.low:>10.4f}"
            f"{each.high:>10.4f}  {told.events} in {told.exposure:g}, {told.low:g} to {told.high:g}"
        )
    return "\n".join([*out, "", *_pooled_text(edition)])


def _pooled_text(edition: Edition) -> Iterator[str]:
    pool = fit_pool(edition)
    curve, (low, high) = pool.curve, pool.tail
    yield f"All {curve.count} amounts together, individual and class, at prices of {PRICES_OF}"
    yield (
        f"  Pareto index {curve.index:.2f}; from the {TAIL_LEAST} to {TAIL_MOST} largest alone "
        f"{low:.2f} to {high:.2f}"
    )
    yield f"  {mean_in_words(curve)}"

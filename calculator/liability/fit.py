"""Frequency and severity fitted from the case table: `moa287 editions fit`.

Severity is a lognormal by maximum likelihood, with payments whose fees are
unknown right-censored (the expectation-maximization of A. Dempster, N. Laird
and D. Rubin, 1977). Frequency is events over agreement-years with the exact
Poisson interval (F. Garwood, 1936).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.editions import Edition
from calculator.editions.schema import Counts, Lognormal, Range

Array = NDArray[np.float64]

# Matters filed for a class or against a practice in which a small group was paid: their notes say so.
SMALL_GROUPS = ("NOBL", "PSP")
# Fees were granted or sought and their amount was not found: the payment is at least this.
FEES_UNKNOWN = ("PARA", "CACH")
# Of paid matters at agencies with an agreement, those whose cooperation names the model.
RECORDED = {"tfm": ("MORA", "SANTOS"), "jem": ("VILL", "MEDR"), "wso": ("BROOKS",)}
PRICES_OF = 2025
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
    index = {int(row["year"]): float(row["index"]) for row in edition.tables["cpi"].rows}
    paid: dict[tuple[str, str], float] = {}
    known: dict[tuple[str, str], bool] = {}
    for row in _counted(edition):
        key = (row["case_name"], row["payer"])
        matter = row["id"].partition("-")[0]
        amount = float(row["amount_nominal_usd"]) * index[PRICES_OF] / index[int(row["year_paid"])]
        paid[key] = paid.get(key, 0.0) + amount
        known[key] = matter not in FEES_UNKNOWN
    payments = np.array(list(paid.values()))
    censored = np.array([not each for each in known.values()])
    mu, sigma = _censored_lognormal(np.log(payments), censored)
    return Severity(payments, censored, mu, sigma)


def _counted(edition: Edition) -> Iterator[Mapping[str, str]]:
    for row in edition.tables["litigation_cases"].rows:
        matter = row["id"].partition("-")[0]
        small = row["claim_type"] == "individual" or matter in SMALL_GROUPS
        if small and row["sum_role"] == "count" and row["amount_nominal_usd"]:
            yield row


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
        paid = {row["id"].partition("-")[0] for row in _counted(edition)}
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
    return "\n".join(out)

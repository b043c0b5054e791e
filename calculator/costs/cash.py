"""When money moves: months, cents, lag, and the most the county pays first.

Tables show receipts when received. A claim of month t is due `lag` months
later, less what is not paid; what falls after the horizon is outstanding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Cents = NDArray[np.int64]
Array = NDArray[np.float64]
# Central figures are whole cents, draws are dollars; both move through the same functions.
Money = TypeVar("Money", Cents, Array)


@dataclass(frozen=True)
class Terms:
    """How claims turn into money in one case.

    `paid_share` of claims is paid, `disallowed_share` of the rest is refused;
    `lag_months` whole months pass; nothing is paid from month `stops` on (None:
    never stops).
    """

    case: str
    paid_share: float
    disallowed_share: float
    lag_months: int
    stops: int | None = None

    @property
    def due_share(self) -> float:
        """The part of a claim that will be paid at some time."""
        return self.paid_share * (1 - self.disallowed_share)


def received(due: Money, terms: Terms) -> Money:
    """Shift what is due by the lag: last axis months. Works on cents and on draws."""
    arrived: Money = np.zeros_like(due)
    if terms.lag_months < due.shape[-1]:
        arrived[..., terms.lag_months :] = due[..., : due.shape[-1] - terms.lag_months]
    if terms.stops is not None:
        arrived[..., terms.stops :] = 0
    return arrived


def due_cents(claimed: Cents, terms: Terms) -> Cents:
    """What of each month's claim will be paid, in whole cents."""
    due: Cents = np.rint(claimed * terms.due_share).astype(np.int64)
    return due


def deepest(costs: Money, receipts: Money) -> tuple[Money, NDArray[np.intp]]:
    """The most paid and not got back, at least 0, and its month. Last axis months."""
    unrecovered = np.cumsum(costs - receipts, axis=-1)
    return np.maximum(unrecovered.max(axis=-1), 0), unrecovered.argmax(axis=-1)


def peak_unpaid(due: Money, arrived: Money) -> Money:
    """The largest sum of claims due that have not arrived yet. Last axis months."""
    peak: Money = np.cumsum(due - arrived, axis=-1).max(axis=-1)
    return peak

"""What if the announced payments come otherwise than announced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calculator.answers.passes import Passes
from calculator.blocks import CENTS, dollars
from calculator.costs.cash import Terms, deepest, received


@dataclass(frozen=True)
class LatePayment:
    """Announced payments that come this many months after the work: paid and not got back by month, and its peak."""

    lag_months: int
    paid_and_not_back: tuple[float, ...]
    deepest: float


def late_payment(passes: Passes) -> LatePayment:
    """The announced claims of the proposed option, paid at the edition's expected lag: a stress, medians only."""
    central, sums = passes.central, passes.sums
    announced, later = central.terms("announced").lag_months, round(central.number("receipts.lag_months"))
    lag = max(later, announced + 1)
    back = received(sums.case("announced").claimed, Terms("late", 1.0, 0.0, lag))
    peak, _ = deepest(sums.cash, back)
    return LatePayment(lag, dollars(np.cumsum(sums.cash - back)), int(peak) / CENTS)

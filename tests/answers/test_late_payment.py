"""Late payment redone by hand, on the worked example of the estimate."""

from __future__ import annotations

import pytest

from calculator.answers.passes import Passes
from calculator.answers.stresses import LatePayment, late_payment
from calculator.editions import Edition
from calculator.estimate import estimate

from ..worked_example import GROSS, MONTHLY, START_UP, scenario


def late(edition: Edition, lag: int) -> LatePayment:
    base = estimate(scenario(assume={"receipts.lag_months": lag}), edition, draws=0, only_proposed=True)
    return late_payment(Passes(base))


@pytest.mark.parametrize(
    ("lag", "comes", "deepest", "months_paid"),
    [
        # January costs 34,176.25 and each month after it 1,273. Half a year late, the claim of January comes in
        # July: 34,176.25 + 5 x 1,273 paid by June. Those of February to June come by December.
        (6, 6, 40_541.25, 5),
        # No sooner than announced: two months become three. 34,176.25 + 2 x 1,273; February to September come.
        (1, 3, 36_722.25, 8),
    ],
)
def test_payment_that_comes_later_than_announced(
    edition: Edition, lag: int, comes: int, deepest: float, months_paid: int
) -> None:
    found = late(edition, lag)
    assert (found.lag_months, found.deepest) == (comes, deepest)
    assert found.paid_and_not_back[comes - 1] == deepest
    assert found.paid_and_not_back[comes] == pytest.approx(deepest + 1_273 - START_UP)
    assert found.paid_and_not_back[-1] == pytest.approx(GROSS - START_UP - months_paid * MONTHLY)

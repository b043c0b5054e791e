"""Months of money redone by hand: lag, shares, the end of payments, and what is carried from month to month."""

import numpy as np
import pytest

from calculator.costs.cash import Terms, deepest, due_cents, peak_unpaid, received


def cents(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_what_will_be_paid_is_the_share_paid_of_what_is_allowed() -> None:
    terms = Terms("expected", paid_share=0.5, disallowed_share=0.25, lag_months=1)
    # 50% of 75% = 37.5%: 800 -> 300, 80 -> 30
    assert terms.due_share == 0.375
    assert due_cents(cents(800, 80, 0), terms).tolist() == [300, 30, 0]
    # 3 cents x 37.5% = 1.125 -> 1; 5 cents = 1.875 -> 2
    assert due_cents(cents(3, 5), terms).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("lag", "stops", "arrived"),
    [
        (0, None, [10, 20, 30]),
        (1, None, [0, 10, 20]),  # 30 arrives after the last month
        (2, None, [0, 0, 10]),
        (3, None, [0, 0, 0]),
        (9, None, [0, 0, 0]),
        (0, 2, [10, 20, 0]),  # paid in the first two months only
        (1, 2, [0, 10, 0]),
        (0, 0, [0, 0, 0]),
    ],
)
def test_a_claim_arrives_after_the_lag_and_not_after_payments_stop(
    lag: int, stops: int | None, arrived: list[int]
) -> None:
    terms = Terms("expected", 1.0, 0.0, lag, stops)
    assert received(cents(10, 20, 30), terms).tolist() == arrived
    # Draws move alike, each row by itself.
    drawn = np.array([[10.0, 20.0, 30.0], [1.0, 2.0, 3.0]])
    assert received(drawn, terms).tolist() == [arrived, [each / 10 for each in arrived]]


def test_three_months_carried_forward() -> None:
    costs, back = cents(100, 50, 20), cents(0, 30, 90)
    # Carried: 100; 100 + 50 - 30 = 120; 120 + 20 - 90 = 50. The most is 120, in the second month.
    depth, month = deepest(costs, back)
    assert (int(depth), int(month)) == (120, 1)
    # Nothing back: 100, 150, 170, the last month.
    depth, month = deepest(costs, cents(0, 0, 0))
    assert (int(depth), int(month)) == (170, 2)


def test_a_county_that_is_always_ahead_pays_nothing_first() -> None:
    # Carried: -5, -10, -15
    depth, _ = deepest(cents(5, 5, 5), cents(10, 10, 10))
    assert int(depth) == 0


def test_the_deepest_month_is_the_first_of_equals() -> None:
    # Carried: 10, 10, 10
    depth, month = deepest(cents(10, 5, 5), cents(0, 5, 5))
    assert (int(depth), int(month)) == (10, 0)


def test_the_deepest_point_is_found_draw_by_draw() -> None:
    costs = np.array([[100.0, 50.0, 20.0], [10.0, 10.0, 10.0]])
    back = np.array([[0.0, 30.0, 90.0], [0.0, 0.0, 0.0]])
    depths, months = deepest(costs, back)
    assert depths.tolist() == [120.0, 30.0]
    assert months.tolist() == [1, 2]


def test_claims_that_wait() -> None:
    due = cents(40, 40, 40)
    # One month late: 40; 40 + 40 - 40 = 40; 40.
    assert int(peak_unpaid(due, cents(0, 40, 40))) == 40
    # Two months late: 40, 80, 80 + 40 - 40 = 80.
    assert int(peak_unpaid(due, cents(0, 0, 40))) == 80
    # Never: 120.
    assert int(peak_unpaid(due, cents(0, 0, 0))) == 120
    # At once: 0.
    assert int(peak_unpaid(due, due)) == 0

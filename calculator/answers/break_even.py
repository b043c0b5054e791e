"""What must be true: the value of one lever at which net over the horizon is zero, all else as announced.

Net is in dollars over the horizon, budget view, at the medians.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.answers.grid import Grid, Outcome
from calculator.answers.levers import Lever
from calculator.answers.passes import Passes
from calculator.blocks import CENTS
from calculator.costs.cash import Terms, received
from calculator.scenario.fields import BY_PATH

Array = NDArray[np.float64]
PLACES = 33
PAID_SHARE, LAG, CLAIMS = "reimbursement.paid_share", "reimbursement.lag_months", "liability.frequency"


@dataclass(frozen=True)
class BreakEven:
    """One lever from `low` to `high`: where in it net is zero, and the net at both ends.

    `value` is None where no value in the range brings net to zero. Where
    `whole`, it is the last whole number at which net is still at most zero.
    `least` and `most` bound net within the range.
    """

    id: str
    label: str
    unit: str
    low: float
    high: float
    present: float
    value: float | None
    at_low: float
    at_high: float
    least: float
    most: float
    whole: bool = False

    @property
    def falls(self) -> bool:
        """Whether net falls as the lever rises, so that the value is the least that is needed."""
        return self.at_high < self.at_low


@dataclass(frozen=True)
class Flow:
    """The money of the proposed option as announced, at the medians, in whole cents.

    `cost` over the horizon; `federal` and `state` claims by month (months,).
    """

    cost: int
    federal: NDArray[np.int64]
    state: NDArray[np.int64]

    @classmethod
    def of(cls, passes: Passes) -> Flow:
        """The flow of one estimate."""
        money = passes.sums.case("announced")
        return cls(int(passes.sums.cash.sum()), money.federal, money.state)

    def paid_by(self, lag: int) -> tuple[int, int]:
        """Federal and state money received within the horizon if it comes this many months after the work."""
        terms = Terms("announced", 1.0, 0.0, lag)
        return int(received(self.federal, terms).sum()), int(received(self.state, terms).sum())

    def net(self, share: float, lag: int) -> float:
        """Dollars; the state pays in full, at the same lag."""
        federal, state = self.paid_by(lag)
        return (self.cost - state - share * federal) / CENTS

    def share_needed(self, lag: int) -> float | None:
        """The least share paid at which net is at most zero; None where no share from 0 to 1 is enough."""
        federal, state = self.paid_by(lag)
        owed = self.cost - state
        if owed <= 0:
            return 0.0
        return owed / federal if owed <= federal else None


def paid_share(flow: Flow, lag: int) -> BreakEven:
    """The share of claims paid, worked out exactly: net is straight in it."""
    field = BY_PATH[PAID_SHARE]
    low, high = float(field.minimum or 0), float(field.maximum or 1)
    at_low, at_high = flow.net(low, lag), flow.net(high, lag)
    value = low + at_low / (at_low - at_high) * (high - low) if at_low >= 0 >= at_high != at_low else None
    return BreakEven(
        PAID_SHARE, "Share of claims paid", "share", low, high, 1.0, value, at_low, at_high,
        min(at_low, at_high), max(at_low, at_high),
    )  # fmt: skip


def lag_months(flow: Flow, present: int) -> BreakEven:
    """The whole months from work to payment: the last at which net is at most zero."""
    months = lags()
    nets = [flow.net(1.0, lag) for lag in months]
    enough = [lag for lag, net in zip(months, nets, strict=True) if net <= 0]
    value = float(enough[-1]) if enough and len(enough) < len(nets) else None
    return BreakEven(
        LAG, "Months from work to payment", "month", months[0], months[-1], present, value, nets[0], nets[-1],
        min(nets), max(nets), whole=True,
    )  # fmt: skip


def lags() -> range:
    """The whole months that an answer may name, from none on."""
    field = BY_PATH[LAG]
    return range(int(field.minimum or 0), int(field.maximum or 0) + 1)


class LeverRows:
    """Rows of the grid for each lever, from its low to its high."""

    def __init__(self, grid: Grid, levers: Sequence[Lever]) -> None:
        self._held = [(lever, values, grid.hold(lever.origin, values)) for lever, values in _across(levers)]

    def break_even(self, outcome: Outcome) -> tuple[BreakEven, ...]:
        """Where each lever brings net to zero."""
        return tuple(
            crossing(lever.id, lever.label, lever.unit, lever.present, values, outcome.net[rows])
            for lever, values, rows in self._held
        )


def _across(levers: Sequence[Lever]) -> list[tuple[Lever, Array]]:
    return [(lever, lever.values(PLACES)) for lever in levers]


def crossing(lever_id: str, label: str, unit: str, present: float, values: Array, nets: Array) -> BreakEven:
    """Where net changes its sign, on the straight line between two values; the nearest to the present value."""
    found = [
        float(values[i] - nets[i] * (values[i + 1] - values[i]) / (nets[i + 1] - nets[i]))
        for i in range(len(values) - 1)
        if min(nets[i], nets[i + 1]) <= 0 <= max(nets[i], nets[i + 1]) and nets[i] != nets[i + 1]
    ]
    return BreakEven(
        lever_id,
        label,
        unit,
        float(values[0]),
        float(values[-1]),
        present,
        min(found, key=lambda value: abs(value - present), default=None),
        float(nets[0]),
        float(nets[-1]),
        float(nets.min()),
        float(nets.max()),
    )


def claim_frequency(net: float, loss_per_unit: float, low: float, high: float) -> BreakEven:
    """The multiple of the expected frequency of claims at which net and expected retained loss add up to zero.

    `net` is dollars over the horizon as announced; `loss_per_unit` is the
    expected retained loss, dollars over the horizon, at the expected frequency.
    """
    return crossing(
        CLAIMS,
        "Claims, as a multiple of the expected number",
        "ratio",
        1.0,
        np.array([low, high]),
        net + loss_per_unit * np.array([low, high]),
    )

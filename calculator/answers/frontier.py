"""How much must be paid, by how long it takes: the least share of claims at each lag that brings net to zero."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answers.break_even import Flow, lags


@dataclass(frozen=True)
class FrontierPoint:
    """The least share paid that is enough at this lag; None where no share is."""

    lag_months: int
    share: float | None


def frontier(flow: Flow) -> tuple[FrontierPoint, ...]:
    """One point for each whole month an answer may name; a longer lag never needs a lower share."""
    return tuple(FrontierPoint(lag, flow.share_needed(lag)) for lag in lags())

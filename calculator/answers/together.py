"""All answers of one estimate, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answers.break_even import BreakEven, Flow, LeverRows, claim_frequency, lag_months, paid_share
from calculator.answers.drivers import Driver, Tornado
from calculator.answers.frontier import FrontierPoint, frontier
from calculator.answers.grid import Grid
from calculator.answers.levers import levers
from calculator.answers.passes import Passes
from calculator.answers.readings import ChoiceGap, reading_gaps
from calculator.answers.stresses import LatePayment, Stress, late_payment, stresses
from calculator.answers.uncertain import Uncertain, uncertain_inputs
from calculator.answers.unknowns import Unknown, unknowns
from calculator.liability.claims import INDIVIDUAL
from calculator.liability.fit import poisson_interval
from calculator.result import Estimate


@dataclass(frozen=True)
class Moved:
    """What one pass over the grid says: the strongest inputs, and the values that bring net to zero."""

    drivers: tuple[Driver, ...]
    break_even: tuple[BreakEven, ...]
    frontier: tuple[FrontierPoint, ...]
    moving: tuple[Uncertain, ...]


@dataclass(frozen=True)
class Answers:
    """Everything worked out beside one estimate for the proposed option.

    `announced_lag` is the months from work to payment as announced, `net` the
    central net as announced in dollars over the horizon.
    """

    announced_lag: int
    net: float
    readings: tuple[ChoiceGap, ...]
    late: LatePayment
    drivers: tuple[Driver, ...]
    break_even: tuple[BreakEven, ...]
    frontier: tuple[FrontierPoint, ...]
    unknowns: tuple[Unknown, ...]
    stresses: tuple[Stress, ...]


def answers(base: Estimate) -> Answers:
    """The answers of an estimate, worked out once."""
    held = base.worked_out.get("answers")
    if held is None:
        held = base.worked_out["answers"] = _answers(base)
    return held


def _answers(base: Estimate) -> Answers:
    passes = Passes(base)
    found = moved(passes)
    net = base.proposed.cases["announced"].net.total.central
    return Answers(
        announced_lag=passes.sums.case("announced").terms.lag_months,
        net=net,
        readings=reading_gaps(passes),
        late=late_payment(passes),
        drivers=found.drivers,
        break_even=(*found.break_even, *claims_needed(base, net)),
        frontier=found.frontier,
        unknowns=unknowns(passes, found.moving),
        stresses=stresses(passes),
    )


def moved(passes: Passes) -> Moved:
    """The tornado and the break-even values, from one pass over a grid."""
    if not passes.sums.cash.any():
        return Moved((), (), (), ())
    inputs, grid = uncertain_inputs(passes), Grid()
    tornado, rows = Tornado(grid, inputs), LeverRows(grid, levers(passes, inputs))
    outcome = grid.run(passes)
    flow, lag = Flow.of(passes), passes.sums.case("announced").terms.lag_months
    return Moved(
        drivers=tornado.drivers(outcome, passes.base.calendar.months),
        break_even=(paid_share(flow, lag), lag_months(flow, lag), *rows.break_even(outcome)),
        frontier=frontier(flow),
        moving=tornado.moving(outcome),
    )


def claims_needed(base: Estimate, net: float) -> tuple[BreakEven, ...]:
    """How many times the expected claims bring net and mean loss kept to zero; none without officers.

    It ranges over the exact interval of the record with the most claims.
    """
    losses = base.liability.by_option.get(base.proposed.id)
    recorded = [each for each in losses.rates if each.id == INDIVIDUAL] if losses else []
    if not losses or not recorded:
        return ()
    most = max(recorded, key=lambda rate: rate.expected_claims)
    low, high = poisson_interval(round(most.events)) if most.events is not None else (0.0, 0.0)
    used = 1.0 if most.events is None or most.exposure is None else most.yearly * most.exposure
    return (claim_frequency(net, losses.kept.losses.expected.value, low / used, high / used),) if high else ()

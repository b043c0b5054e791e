"""How many officers enter courses, are on duty, and are newly equipped, month by month.

Heads are expected values and may be fractional. Nominated officers are trained
evenly over the ramp-up months and are on duty from the month after. Officers
who leave are replaced at once by others who take the course. A refresher comes
round at each whole interval for those still there. What officers trained
before the start need again comes round evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.costs.context import SHARED_MODEL, Context, HeadcountPath
from calculator.costs.force import Force

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """What the path of heads depends on: numbers, or arrays of shape (draws, 1)."""

    ramp_up_months: Any
    turnover: Any
    attrition: Any
    refresher_interval: float
    equipment_life: Any
    vehicle_life: Any


@dataclass(frozen=True)
class Positions:
    """Trained positions by month, whoever fills them.

    `new` are trained in the month, `on_duty` at its start, and `quantities`
    what follows from them: arrays of shape (months,) or (draws, months).
    """

    force: Force
    time: Array
    running: Array
    first: Array
    new: Array
    on_duty: Array
    quantities: dict[str, Array]


def positions(context: Context, months: int, rates: Rates) -> Positions:
    """Trained positions of a context, month by month."""
    nominated = context.path.levels(months)
    running = (nominated > 0).astype(np.float64)
    force = Force(context.path, rates.ramp_up_months)
    time = np.arange(months, dtype=np.float64)
    new = np.diff(_full(force.trained(np.arange(months + 1.0)), months + 1), axis=-1)
    on_duty = _full(force.on_duty(time), months)
    officer_years = on_duty / MONTHS
    first = np.zeros(months)
    if not force.already:
        first[np.flatnonzero(running)[:1]] = 1.0
    own = context.own_share(months)
    quantities = {
        "officer_years": officer_years,
        "unique_officer_years": own * officer_years if context.own_shares else officer_years,
        "duty_years": _duty(force, on_duty) / MONTHS,
        "equipment_sets": own * _equipment(force, new, time, rates.equipment_life * MONTHS),
        "new_positions": own * new,
        "vehicle_purchases": _vehicles(first, time, rates.vehicle_life * MONTHS) * running,
        "first_purchase": first,
        "vehicle_years": running / MONTHS,
    }
    return Positions(force, time, running, first, new, on_duty, quantities)


def _duty(force: Force, on_duty: Array) -> Array:
    """The part of a model's work that is done in each month: officers on duty of those it takes, at most 1.

    The work does not grow with the number nominated, so officers who are added
    take none from those already there: it takes the fewest nominated so far.
    """
    levels = np.concatenate([[force.already], force.path.levels(on_duty.shape[-1])])
    fewest = np.minimum.accumulate(np.where(levels > 0, levels, np.inf))[1:]
    return np.minimum(on_duty / fewest, 1.0)


def duty(path: HeadcountPath, months: int, ramp_up_months: Any) -> Array:
    """The part of a model's work that is done in each month. Shape (months,) or (draws, months)."""
    force = Force(path, ramp_up_months)
    return _duty(force, _full(force.on_duty(np.arange(months, dtype=np.float64)), months))


def pair(context: Context, months: int, ramp_up_months: Any, partner_ramp_up_months: Any) -> dict[str, Array]:
    """How the work of two jail models falls together, by month: arrays of shape (months,) or (draws, months)."""
    if context.partner is None:
        raise ValueError(f"{context.model} shares its cases with no model")
    own = duty(context.path, months, ramp_up_months)
    partner = duty(context.partner.path, months, partner_ramp_up_months)
    return {
        "pair_years": own * (context.partner.path.levels(months) > 0) / MONTHS,
        "partner_duty_years": own * partner / MONTHS,
    }


def people(held: Positions, rates: Rates) -> dict[str, Array]:
    """Who enters courses and is hired to fill the positions: arrays of shape (months,) or (draws, months)."""
    replaced = held.on_duty * (rates.turnover / MONTHS)
    return {
        "entries": held.new / (1 - rates.attrition),
        "replacements": replaced / (1 - rates.attrition),
        "refreshers": _refreshers(held.force, held.new + replaced, held.time, rates),
        "hires": held.first + held.running * (rates.turnover / MONTHS),
    }


def monthly(context: Context, months: int, rates: Rates) -> dict[str, Array]:
    """Every quantity by month: arrays of shape (months,) or (draws, months)."""
    if context.scope == SHARED_MODEL:
        return {"agreement_years": (context.path.levels(months) > 0) / MONTHS}
    held = positions(context, months, rates)
    return held.quantities | people(held, rates)


def _full(values: Any, months: int) -> Array:
    """Heads of a path without changes are one number: give them a value for each month."""
    return np.broadcast_to(values, (*np.shape(values)[:-1], months))


def _refreshers(force: Force, certified: Array, time: Array, rates: Rates) -> Array:
    interval = max(1, round(rates.refresher_interval * MONTHS))
    months = len(time)
    total: Array = np.zeros(np.broadcast_shapes(certified.shape, (*np.shape(rates.turnover)[:-1], months)))
    staying: Any = 1.0
    for shift in range(interval, months, interval):
        staying = staying * (1 - rates.turnover) ** rates.refresher_interval
        kept = force.kept(time[: months - shift], time[shift:])
        total[..., shift:] += staying * kept * certified[..., : months - shift]
    if force.already:
        # Their replacements are in `certified`.
        staying = (1 - rates.turnover) ** (time / MONTHS)
        total += force.already * staying * force.kept(-1.0, time) / interval
    return total


def _equipment(force: Force, new: Array, time: Array, life: Any) -> Array:
    """New positions, and each again after every `life` months while it is kept."""
    lives, edges = np.asarray(life), np.arange(len(time) + 1.0)
    shape = np.broadcast_shapes(new.shape, (*lives.shape[:-1], len(time)))
    total: Array = np.array(np.broadcast_to(new, shape))
    times = 1
    while np.any(worn := times * lives < len(time)):
        # Only the draws in which sets wear out so many times within the run.
        rows: Any = np.flatnonzero(worn) if lives.ndim else ...
        held, age = force.of(rows), times * lives[rows]
        again = np.diff(_full(held.trained(edges - age), len(edges)), axis=-1)
        total[rows] += again * held.kept(time - age, time)
        times += 1
    if force.already:
        total += force.already * force.kept(-1.0, time) / life
    return total


def _vehicles(first: Array, time: Array, life: Any) -> Array:
    """1 in the month of the first purchase, and again after every `life` months; evenly if kept before the start."""
    if not first.any():
        return np.broadcast_to(1 / life, (*np.shape(life)[:-1], len(time)))
    start = int(first.argmax())
    # Whole lives since the first purchase; each new one brings a purchase.
    lives = np.floor(np.maximum(time - start, 0.0) / life)
    bought: Array = np.diff(lives, axis=-1, prepend=0.0) + first
    return bought

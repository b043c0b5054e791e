"""How many officers enter courses, are on duty, and are newly equipped, month by month.

Heads are expected values and may be fractional. Nominated officers are trained
evenly over the ramp-up months and are on duty from the month after. Officers
who leave are replaced at once by others who take the course. A refresher comes
round at each whole interval for those still there. What officers trained
before the start need again comes round evenly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

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


class AddUp(Protocol):
    """Adds months up, along the last axis."""

    def __call__(self, by_month: Array, later: int = 0) -> Array:
        """Every month so many months `later`; what falls after the last is dropped."""


def each_month(by_month: Array, later: int = 0) -> Array:
    """Months as they are."""
    if not later:
        return by_month
    moved = np.zeros_like(by_month)
    moved[..., later:] = by_month[..., :-later]
    return moved


@dataclass(frozen=True)
class Positions:
    """Trained positions, whoever fills them: arrays of shape (..., months), or added up.

    `new` are trained in the month, `on_duty` at its start. `due` are both where
    a refresher comes round for them, by its interval in months, the first time
    first; `kept` are those trained before the start and not given up.
    `quantities` is what follows from the positions alone.
    """

    running: Array
    first: Array
    new: Array
    on_duty: Array
    due: Mapping[int, tuple[tuple[Array, Array], ...]]
    kept: Array | None
    quantities: dict[str, Array]


def positions(
    context: Context, months: int, rates: Rates, intervals: Iterable[int], add_up: AddUp = each_month
) -> Positions:
    """Trained positions of a context; `intervals` are those of refreshers, in months."""
    nominated = context.path.levels(months)
    running = (nominated > 0).astype(np.float64)
    force = Force(context.path, rates.ramp_up_months)
    time = np.arange(months, dtype=np.float64)
    trained = _full(force.trained(np.arange(months + 1.0)), months + 1)
    new = np.diff(trained, axis=-1)
    on_duty = force.left(trained[..., :-1], time)
    first = np.zeros(months)
    if not force.already:
        first[np.flatnonzero(running)[:1]] = 1.0
    own = context.own_share(months) if context.own_shares else None
    officer_years = add_up(on_duty) / MONTHS
    equipment = _equipment(force, new, time, rates.equipment_life * MONTHS)
    quantities = {
        "officer_years": officer_years,
        "unique_officer_years": officer_years if own is None else add_up(own * (on_duty / MONTHS)),
        "duty_years": add_up(_duty(force, on_duty)) / MONTHS,
        "equipment_sets": add_up(equipment if own is None else own * equipment),
        "new_positions": add_up(new if own is None else own * new),
        "vehicle_purchases": add_up(_vehicles(first, time, rates.vehicle_life * MONTHS) * running),
        "first_purchase": add_up(first),
        "vehicle_years": add_up(running / MONTHS),
    }

    def due_after(later: int) -> tuple[Array, Array]:
        return add_up(force.still(new, time, later), later), add_up(force.still(on_duty, time, later), later)

    due = {each: tuple(map(due_after, range(each, months, each))) for each in intervals}
    kept = force.already * _full(force.kept(-1.0, time), months) if force.already else None
    return Positions(add_up(running), add_up(first), add_up(new), add_up(on_duty), due, kept, quantities)


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


def pair(own: Array, partner: Array, partner_levels: Array, add_up: AddUp = each_month) -> dict[str, Array]:
    """How the work of two jail models falls together, from the duty of each by month."""
    return {
        "pair_years": add_up(own * (partner_levels > 0)) / MONTHS,
        "partner_duty_years": add_up(own * partner) / MONTHS,
    }


def people(held: Positions, rates: Rates, add_up: AddUp = each_month) -> dict[str, Array]:
    """Who enters courses and is hired to fill positions that `add_up` has added up."""
    leaving = rates.turnover / MONTHS
    replaced = held.on_duty * leaving
    return {
        "entries": held.new / (1 - rates.attrition),
        "replacements": replaced / (1 - rates.attrition),
        "refreshers": _refreshers(held, rates, leaving, add_up),
        "hires": held.first + held.running * leaving,
    }


def monthly(context: Context, months: int, rates: Rates) -> dict[str, Array]:
    """Every quantity by month: arrays of shape (months,) or (draws, months)."""
    if context.scope == SHARED_MODEL:
        return {"agreement_years": (context.path.levels(months) > 0) / MONTHS}
    held = positions(context, months, rates, [interval_of(rates)])
    return held.quantities | people(held, rates)


def _full(values: Any, months: int) -> Array:
    """Heads of a path without changes are one number: give them a value for each month."""
    return np.broadcast_to(values, (*np.shape(values)[:-1], months))


def interval_of(rates: Rates) -> int:
    """Months from one refresher to the next."""
    return max(1, round(rates.refresher_interval * MONTHS))


def _refreshers(held: Positions, rates: Rates, leaving: Any, add_up: AddUp) -> Array:
    total: Any = np.zeros(held.new.shape)
    staying: Any = 1.0
    for new, on_duty in held.due[interval_of(rates)]:
        staying = staying * (1 - rates.turnover) ** rates.refresher_interval
        total = total + staying * (new + on_duty * leaving)
    if held.kept is not None:
        # Their replacements are among those on duty.
        time = np.arange(held.kept.shape[-1], dtype=np.float64)
        total = total + add_up((1 - rates.turnover) ** (time / MONTHS) * held.kept) / interval_of(rates)
    refreshers: Array = total
    return refreshers


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
        total[rows] += again * held.kept(time - age, time) if held.cuts else again
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

"""How many officers enter courses, are on duty, and are newly equipped, month by month.

Heads are expected values and may be fractional. Nominated officers are trained
evenly over the ramp-up months and are on duty from the month after. Officers
who leave are replaced at once by others who take the course. A refresher comes
round at each whole interval for those still there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.costs.context import SHARED_MODEL, Context

Array = NDArray[np.float64]


@dataclass(frozen=True)
class QuantityWords:
    """What a quantity is, in the words printed beside it."""

    label: str
    unit: str
    how: str


QUANTITIES: Mapping[str, QuantityWords] = {
    "entries": QuantityWords(
        "Officers entering the course",
        "officer",
        "newly nominated officers, spread over the ramp-up, divided by the share who finish",
    ),
    "replacements": QuantityWords(
        "Replacements entering the course",
        "officer",
        "officers on duty times yearly turnover, divided by 12 and by the share who finish",
    ),
    "refreshers": QuantityWords(
        "Officers taking a refresher",
        "officer",
        "officers whose refresher interval ends in the period, less those who left",
    ),
    "officer_years": QuantityWords(
        "Trained officers on duty, in years",
        "year",
        "trained officers on duty in each month, added up, divided by 12",
    ),
    "unique_officer_years": QuantityWords(
        "Trained officers on duty, each person once, in years",
        "year",
        "trained officers on duty, without those already counted in another model of the same set",
    ),
    "duty_years": QuantityWords(
        "Program time, in full years",
        "year",
        "trained officers on duty divided by officers nominated, added up over the months, divided by 12",
    ),
    "equipment_sets": QuantityWords(
        "Officers equipped or re-equipped",
        "officer",
        "newly trained positions, and again at the end of equipment life",
    ),
    "new_positions": QuantityWords(
        "Officers newly trained", "officer", "positions trained for the first time"
    ),
    "vehicle_purchases": QuantityWords(
        "Purchases of vehicles or fittings", "count", "one at the start, and again at the end of vehicle life"
    ),
    "first_purchase": QuantityWords(
        "First purchase", "count", "1 in the period of the first month, otherwise 0"
    ),
    "vehicle_years": QuantityWords(
        "Years in which vehicles are kept", "year", "months of the run divided by 12"
    ),
    "agreement_years": QuantityWords(
        "Years in which the agreement runs", "year", "months of the run divided by 12; 0 without officers"
    ),
    "hires": QuantityWords(
        "Share of hired positions filled anew",
        "count",
        "1 in the period of the first month, plus turnover of those hired",
    ),
}

# Quantities of a whole option, known only after its lines.
OPTION_QUANTITIES: Mapping[str, QuantityWords] = {
    "gross_cost": QuantityWords(
        "Gross cost, budget view", "USD", "all cash lines of the option in the fiscal year"
    ),
    "federal_entitlement": QuantityWords(
        "Federal money claimed for the period",
        "USD",
        "all federal claims of the case for work in the fiscal year",
    ),
    "grant_cap": QuantityWords(
        "Most the state grant pays",
        "USD",
        "the yearly cap of the state's tier times the months of the fiscal year in the run, divided by 12",
    ),
    "agreement_years": QuantityWords("Years", "year", "months divided by 12"),
}


@dataclass(frozen=True)
class Rates:
    """What the path of heads depends on: numbers, or arrays of shape (draws, 1)."""

    ramp_up_months: Any
    turnover: Any
    attrition: Any
    refresher_interval: float
    equipment_life: Any
    vehicle_life: Any


def monthly(context: Context, months: int, rates: Rates) -> dict[str, Array]:
    """Every quantity by month: arrays of shape (months,) or (draws, months)."""
    target = _target(context, months)
    running = (target > 0).astype(np.float64)
    if context.scope == SHARED_MODEL:
        return {"agreement_years": running / MONTHS}
    # Trained by the start of each month, and by the end of the last.
    trained = context.path.already + _newly_trained(context, months, rates.ramp_up_months)
    new = np.diff(trained, axis=-1)
    on_duty = np.maximum(trained[..., :-1] + _leaving(context, months), 0.0)
    replaced = on_duty * (rates.turnover / MONTHS)
    officer_years = on_duty / MONTHS
    duty = np.minimum(on_duty * _inverse(target), 1.0)
    first = np.zeros(months)
    first[0] = 1.0 if context.path.peak > 0 else 0.0
    unique = context.unique_share
    return {
        "entries": new / (1 - rates.attrition),
        "replacements": replaced / (1 - rates.attrition),
        "refreshers": _refreshers(context, new + replaced, months, rates),
        "officer_years": officer_years,
        "unique_officer_years": officer_years if unique == 1 else unique * officer_years,
        "duty_years": duty / MONTHS,
        "equipment_sets": unique * _equipment(context, new, months, rates),
        "new_positions": unique * new,
        "vehicle_purchases": _vehicles(months, rates.vehicle_life) * running,
        "first_purchase": first,
        "vehicle_years": running / MONTHS,
        "hires": first + running * (rates.turnover / MONTHS),
    }


def _newly_trained(context: Context, months: int, ramp: Any, delay: Any = 0.0) -> Array:
    """Officers trained since the start, at the start of each month and the end of the last: (..., months + 1)."""
    time = np.arange(months + 1, dtype=np.float64) - delay
    total: Array = np.zeros(np.broadcast_shapes(time.shape, (*np.shape(ramp)[:-1], months + 1)))
    for start, change in context.path.changes:
        if change > 0:
            total += change * np.clip((time - start) / ramp, 0.0, 1.0)
    return total


def _inverse(target: Array) -> Array:
    return np.divide(1.0, target, out=np.zeros_like(target), where=target > 0)


def _leaving(context: Context, months: int) -> Array:
    """Positions given up for good (negative), by month."""
    time = np.arange(months)
    total = np.zeros(months)
    for start, change in context.path.changes:
        if change < 0:
            total = total + change * (time >= start)
    return total


def _target(context: Context, months: int) -> Array:
    time = np.arange(months)
    total = np.full(months, context.path.already)
    for start, change in context.path.changes:
        total = total + change * (time >= start)
    return total


def _refreshers(context: Context, certified: Array, months: int, rates: Rates) -> Array:
    interval = max(1, round(rates.refresher_interval * MONTHS))
    total: Array = np.zeros(np.broadcast_shapes(certified.shape, (*np.shape(rates.turnover)[:-1], months)))
    kept: Any = 1.0
    for shift in range(interval, months, interval):
        kept = kept * (1 - rates.turnover) ** rates.refresher_interval
        total[..., shift:] += kept * certified[..., : months - shift]
    # Those trained before the start come round evenly; their replacements are in `certified`.
    years = np.arange(months) / MONTHS
    staying = (1 - rates.turnover) ** years
    total += context.path.already * staying / interval
    return total


def _equipment(context: Context, new: Array, months: int, rates: Rates) -> Array:
    total = new
    life = rates.equipment_life * MONTHS
    times = 1
    while np.any(times * life < months):
        total = total + np.diff(_newly_trained(context, months, rates.ramp_up_months, times * life), axis=-1)
        times += 1
    return total


def _vehicles(months: int, life_years: Any) -> Array:
    time = np.arange(months, dtype=np.float64)
    life = life_years * MONTHS
    bought = np.floor(time / life) - np.floor(np.maximum(time - 1, 0) / life)
    purchases: Array = np.where(time == 0, 1.0, bought)
    return purchases

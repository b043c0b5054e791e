"""Answers checked against an edition: ids that do not exist, values outside a unit's sense, odd combinations."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from calculator.calendar import Month, month_of
from calculator.editions import Edition
from calculator.editions.schema import Fixed, Parameter, Range
from calculator.errors import Problem
from calculator.scenario.rules import PARTS, models_of, officers_field
from calculator.scenario.values import join_words, peak, value_at
from calculator.units import UNITS

if TYPE_CHECKING:
    from calculator.scenario.model import Scenario

# Kinds of number that cannot be negative, whatever the assumption: everything but growth rates.
_MAY_BE_NEGATIVE = "economics."


def edition_problems(scenario: Scenario, edition: Edition) -> list[Problem]:
    """What does not fit this edition."""
    return [
        *_choices(scenario, edition),
        *_overrides(scenario, edition),
        *_shares(scenario, edition),
        *_edition_named(scenario, edition),
        *_end(scenario, edition),
        *_jail(scenario, edition),
    ]


def _end(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    start, ends = scenario.start_month(edition), scenario.agreement.ends
    if ends is not None and ends < start:
        yield Problem(
            "agreement.ends",
            f"The last month {ends} lies before the first, {start}.",
            "Enter a later month, or the first month too.",
        )


def _jail(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    agency = scenario.agency
    needing = [m for m in models_of(scenario.agreement.proposed) if edition.models[m].needs_jail]
    names = join_words(edition.models[each].short_label for each in needing)
    for name in ("jail_average_daily_population", "jail_bookings"):
        if needing and getattr(agency, name) == 0:
            yield Problem(
                f"agency.{name}",
                f"The proposed {names} needs a jail, and this says that the agency runs none.",
                "Enter the number, leave it blank if it is not known, or propose another model.",
            )


def _choices(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    for kind, given in (("reading", scenario.readings), ("perspective", scenario.perspectives)):
        known = {choice.key: choice for choice in edition.choices.values() if choice.kind == kind}
        for key, option in given.items():
            where = f"{kind}s.{key}"
            if key not in known:
                yield Problem(
                    where, f"Edition {edition.id} has no {kind} '{key}'.", *_nearest(key, known, edition)
                )
            elif option not in [each.id for each in known[key].options]:
                names = ", ".join(each.id for each in known[key].options)
                yield Problem(where, f"'{option}' is not an option of {key}.", f"Use one of: {names}.")


def _overrides(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    for assumption_id, override in scenario.assume.items():
        where = f"assume.{assumption_id}"
        parameter = edition.parameters.get(assumption_id)
        if parameter is None:
            known = edition.parameters
            yield Problem(
                where,
                f"Edition {edition.id} has no assumption '{assumption_id}'.",
                *_nearest(assumption_id, known, edition),
            )
            continue
        if isinstance(override.value, tuple) and (
            assumption_id in _ONE_NUMBER or assumption_id.startswith(_LOSSES)
        ):
            yield Problem(
                where,
                "One number holds for the whole run here, and a list by date was entered.",
                "Enter one number.",
            )
            continue
        unit = UNITS[parameter.unit]
        if override.in_dollars and unit.kind != "money":
            what = "Dollars were entered, and this is no amount of money."
            yield Problem(where, what, f"Enter it as {unit.words or 'a count'}.")
            continue
        values = (
            [step.value for step in override.value] if isinstance(override.value, tuple) else [override.value]
        )
        yield from _sense(where, parameter, values)


def _sense(where: str, parameter: Parameter, values: Iterable[float]) -> Iterator[Problem]:
    for value in values:
        if value < 0 and not parameter.id.startswith(_MAY_BE_NEGATIVE):
            yield Problem(where, f"{value:g} is negative.", "Enter 0 or more.")
        elif UNITS[parameter.unit].kind == "share" and value > 1 and not parameter.id.startswith("pay."):
            yield Problem(
                where,
                f"{value:g} is more than the whole.",
                "Enter a share from 0 to 1 (0.35 for 35 percent).",
            )
        elif value == 0 and parameter.id in _DIVISORS:
            yield Problem(where, "0 cannot be divided by.", "Enter more than 0.")
        elif value >= 1 and parameter.id == "training.attrition":
            yield Problem(where, "Somebody has to finish the course.", "Enter a share below 1.")


# Losses are drawn once for the whole horizon.
_LOSSES = (
    "liability.frequency.",
    "liability.severity.",
    "liability.timing.",
    "liability.federal.",
    "liability.coverage.",
    "liability.insurance.",
    "liability.pattern.",
    "liability.class.",
)
# Read once for a whole run: paths of heads, timing and discounting.
_ONE_NUMBER = (
    "staffing.ramp_up_months",
    "staffing.officer.turnover",
    "staffing.jailer.turnover",
    "training.attrition",
    "training.refresher_interval",
    "administration.equipment_life",
    "administration.vehicle_life",
    "economics.discount_rate",
    "receipts.announced_lag_months",
    "receipts.lag_months",
    "receipts.paid_share",
    "receipts.disallowed_share",
)
_DIVISORS = (
    "pay.standard_hours",
    "staffing.net_work_hours",
    "staffing.ramp_up_months",
    "training.refresher_interval",
    "administration.equipment_life",
    "administration.vehicle_life",
)


def _shares(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    """One share as entered with the other as the edition has it; two that are entered are checked without it."""
    entered = [each for each in PARTS if each in scenario.assume]
    if len(entered) != 1 or any(each not in edition.parameters for each in PARTS):
        return
    (typed,) = entered
    value, calendar = scenario.assume[typed].value, scenario.calendar(edition)
    origin = dict.fromkeys(PARTS, f"the default of edition {edition.id}") | {typed: "as entered"}
    for month in (calendar.start + offset for offset in range(calendar.months)):
        overtime, hired = (
            value_at(value, month) if each == typed else _default_at(edition.parameters[each], month)
            for each in PARTS
        )
        # A share that is more than the whole by itself has its own message.
        if max(overtime, hired) <= 1 < overtime + hired:
            dated = f" in {month}" if isinstance(value, tuple) else ""
            yield Problem(
                f"assume.{typed}",
                f"The overtime share of {overtime:g}, {origin[PARTS[0]]}, and the hired share of {hired:g}, "
                f"{origin[PARTS[1]]}, add up to {overtime + hired:g}{dated}, more than 1.",
                "Each hour is overtime, hired or diverted: enter both shares so that they add up to at most 1.",
            )
            return


def _default_at(parameter: Parameter, month: Month) -> float:
    """The largest central value that an edition has for a share in a month."""
    started = [value for value in parameter.values if month_of(value.since) <= month]
    latest = max((value.since for value in started), default=None)
    held = [value.amount for value in parameter.values if latest is None or value.since == latest]
    centers = (
        amount.value if isinstance(amount, Fixed) else amount.central
        for amount in held
        if isinstance(amount, Fixed | Range)
    )
    return max(centers, default=0.0)


def _edition_named(scenario: Scenario, edition: Edition) -> Iterator[Problem]:
    if scenario.edition is not None and scenario.edition != edition.id:
        yield Problem(
            "edition",
            f"The scenario names edition {scenario.edition}, and {edition.id} was opened.",
            "Open the edition it names.",
        )


def _nearest(name: str, known: Iterable[str], edition: Edition) -> tuple[str, str]:
    close = difflib.get_close_matches(name, list(known), n=1)
    return (f"Did you mean '{close[0]}'?", "") if close else ("Remove it, or correct it.", edition.id)


def plausibility(scenario: Scenario, edition: Edition) -> tuple[str, ...]:
    """Warnings that do not stop the run."""
    return tuple(_warnings(scenario, edition))


def _warnings(scenario: Scenario, edition: Edition) -> Iterator[str]:
    agency, officers = scenario.agency, scenario.officers
    if agency.jail_staff is None:
        jail = sum(peak(value) for value in (officers.jem, officers.wso) if value is not None) - officers.both
        if jail > agency.sworn_officers:
            yield (
                f"{jail:,.0f} jail officers are more than the {agency.sworn_officers:,} sworn officers. "
                "Enter the jail staff to check this."
            )
    starts, released = scenario.agreement.starts, edition.header.released
    if starts is not None and starts < month_of(released):
        yield (
            f"The first month, {starts.words}, lies before the release of edition {edition.id} in "
            f"{month_of(released).words}: terms and prices are those that the edition holds for these dates."
        )
    if edition.withdrawn:
        yield f"Edition {edition.id} is withdrawn: {edition.withdrawn}"
    if scenario.agreement.proposed:
        for model in models_of(scenario.agreement.proposed):
            typed = getattr(officers, officers_field(model))
            if typed is not None and peak(typed) == 0:
                label = edition.models[model].short_label
                yield f"No officers are entered for {label}, so it costs nothing and brings nothing."
    residents = agency.residents
    if residents is not None and agency.jail_bookings is not None and agency.jail_bookings > residents:
        yield f"{agency.jail_bookings:,} jail bookings a year are more than the {residents:,} residents. Check both."
    for assumption_id, override in scenario.assume.items():
        parameter = edition.parameters[assumption_id]
        bounds = [value.amount for value in parameter.values if value.amount.kind == "range"]
        if bounds and not isinstance(override.value, tuple):
            low, high = min(each.low for each in bounds), max(each.high for each in bounds)
            if not low / 2 <= override.value <= high * 2:
                yield (
                    f"{parameter.label}: {override.value:g} lies far outside the usual range of {low:g} to {high:g}. "
                    "It is kept as entered."
                )

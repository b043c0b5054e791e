"""Answers that do not fit each other, whatever the edition."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from calculator.calendar import Month
from calculator.errors import Problem
from calculator.scenario.fields import MODEL_WORDS, MODELS, NO_AGREEMENT
from calculator.scenario.values import Steps, join_words, peak, value_at

if TYPE_CHECKING:
    from calculator.scenario.model import Scenario

UNIT = "staffing.jem_unit_positions"
UNIT_RATIO = "staffing.jem_unit_positions_per_booking"
JEM_WORK = "jem_work"
OUTCOMES = tuple(f"liability.pattern.outcome.{each}" for each in ("class_payment", "defense_only", "monitor"))
MINUTES = ("operations.screening_minutes", "operations.case_hours", "operations.screenings")
OVERTIME, HIRED = PARTS = ("staffing.overtime_share", "staffing.hired_share")


def cross_problems(scenario: Scenario) -> list[Problem]:
    """Every contradiction between two answers."""
    return [*_officers(scenario), *_dates(scenario), *_insurance(scenario), *_overrides(scenario)]


def models_of(option: str) -> tuple[str, ...]:
    """The models of "jem+tfm"; none for "none"."""
    return () if option in ("", NO_AGREEMENT) else tuple(option.split("+"))


def officers_field(model: str) -> str:
    """The field of `officers` in which a model's number stands."""
    return "tfm" if model == "tribal-tfm" else model


def _peak(value: int | Steps | None) -> float:
    return 0 if value is None else peak(value)


def _officers(scenario: Scenario) -> Iterator[Problem]:
    officers, agency = scenario.officers, scenario.agency
    for model in models_of(scenario.agreement.proposed):
        name = officers_field(model)
        if getattr(officers, name) is None:
            yield Problem(
                f"officers.{name}",
                f"The number of officers for the proposed {MODEL_WORDS[model]} model is missing.",
                "Enter how many would be trained; the agreement or the sheriff's request says it.",
            )
    if _peak(officers.tfm) > agency.sworn_officers:
        yield Problem(
            "officers.tfm",
            f"{_peak(officers.tfm):,.0f} task force officers are more than the "
            f"{agency.sworn_officers:,} sworn officers.",
            f"Enter at most {agency.sworn_officers:,}, or correct the number of sworn officers.",
        )
    if agency.jail_staff is not None:
        staff = agency.sworn_officers + agency.jail_staff
        jail = _peak(officers.jem) + _peak(officers.wso)
        if jail - officers.both > staff:
            yield Problem(
                "officers.jem",
                f"{jail:,.0f} jail officers are more than the {staff:,} sworn officers and jail staff.",
                f"Enter at most {staff:,} for jail enforcement and warrant service together.",
            )
    numbers = [_peak(value) for value in (officers.tfm, officers.jem, officers.wso) if value is not None]
    if officers.both > 0 and len(numbers) < 2:
        entered = join_words(
            MODEL_WORDS[name] for name in MODELS if getattr(officers, name, None) is not None
        )
        yield Problem(
            "officers.both",
            f"{officers.both:,} officers are entered for two models, but only one model has a number: "
            f"{entered or 'none'}.",
            "Enter the number of the second model too, or leave this blank.",
        )
    elif officers.both > 0 and officers.both > sorted(numbers)[-2]:
        yield Problem(
            "officers.both",
            f"{officers.both:,} officers with two roles are more than one of the roles has.",
            "Enter how many people are counted in two of the numbers above, or leave it blank.",
        )


def _dates(scenario: Scenario) -> Iterator[Problem]:
    starts, ends = scenario.agreement.starts, scenario.agreement.ends
    if starts is not None and ends is not None and ends < starts:
        yield Problem(
            "agreement.ends",
            f"The last month {ends} lies before the first, {starts}.",
            "Enter a later month.",
        )
    if scenario.agency.type == "tribal" and "tfm" in models_of(scenario.agreement.proposed):
        yield Problem(
            "agreement.proposed",
            "A tribal agency signs the tribal task force form.",
            "Write tribal-tfm (tribal task force) in place of tfm (task force).",
        )
    if scenario.agency.type != "tribal" and "tribal-tfm" in models_of(scenario.agreement.proposed):
        yield Problem(
            "agreement.proposed",
            "The tribal task force form is for tribal agencies.",
            "Write tfm (task force), or choose the kind tribal.",
        )


def _insurance(scenario: Scenario) -> Iterator[Problem]:
    retention, limit = scenario.insurance.retention, scenario.insurance.limit
    if retention is not None and limit is not None and retention > limit:
        yield Problem(
            "insurance.retention",
            f"The retention of ${retention:,.0f} is above the limit of ${limit:,.0f}.",
            "Enter the part of a claim the county pays first, and the most the insurer pays.",
        )
    aggregate = scenario.insurance.aggregate
    if limit is not None and aggregate is not None and aggregate < limit:
        yield Problem(
            "insurance.aggregate",
            f"The limit of ${aggregate:,.0f} a year is below the limit of ${limit:,.0f} for one claim.",
            "Enter the most the insurer pays in a year, or leave it blank where there is no yearly limit.",
        )
    shares = [scenario.assume[each].value for each in OUTCOMES if each in scenario.assume]
    total = math.fsum(peak(share) for share in shares)
    if total > 1 or (len(shares) == len(OUTCOMES) and total < 1):
        yield Problem(
            f"assume.{OUTCOMES[0]}",
            f"The shares of the outcomes of a pattern suit add up to {total:g}.",
            "Enter shares that add up to 1, or fewer of them: the record divides what is left.",
        )


def _unit_and_minutes(scenario: Scenario) -> Iterator[Problem]:
    """A jail unit in positions replaces minutes and hours, however either of them is chosen."""
    work = scenario.perspectives.get(JEM_WORK)
    unit = [f"assume.{each}" for each in (UNIT, UNIT_RATIO) if each in scenario.assume]
    unit += [f"perspectives.{JEM_WORK}"] if work == "unit" else []
    minutes = [f"assume.{each}" for each in MINUTES if each in scenario.assume]
    minutes += [f"perspectives.{JEM_WORK}"] if work == "minutes" else []
    if unit and minutes:
        yield Problem(
            unit[0],
            "A jail unit in full-time positions replaces minutes and hours; "
            f"{minutes[0].partition('.')[2]} is entered too.",
            "Enter either the unit or the minutes.",
        )


def _overrides(scenario: Scenario) -> Iterator[Problem]:
    assume = scenario.assume
    yield from _unit_and_minutes(scenario)
    shares = [assume[each].value for each in PARTS if each in assume]
    months = {step.start for share in shares if isinstance(share, tuple) for step in share} or {Month(0)}
    most = max(math.fsum(value_at(share, month) for share in shares) for month in months)
    if len(shares) == len(PARTS) and most > 1:
        yield Problem(
            f"assume.{PARTS[0]}",
            f"Overtime and hired shares add up to {most:g}, more than 1.",
            "Each hour is overtime, hired or diverted: enter shares that add up to at most 1.",
        )

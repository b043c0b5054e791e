"""What an option puts at risk: officers on duty by month, and people arrested or held because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calculator.blocks import Run
from calculator.calendar import MONTHS
from calculator.costs.context import SHARED_MODEL, Context
from calculator.costs.evaluate import Evaluator
from calculator.inputs import Normals
from calculator.liability.coverage import Insurance
from calculator.liability.losses import Liability
from calculator.liability.risk import Exposure
from calculator.liability.simulation import simulate
from calculator.line import computed, quantity
from calculator.options import Option, choices_of, without_jail
from calculator.scenario import Scenario

Array = NDArray[np.float64]
# Cases a year that the user typed stand for officers: where more people are met, more is at risk.
TYPED_VOLUME = {"community": "operations.encounters", "jail": "operations.jail_cases"}
PEOPLE = {"community": "qualifying_arrests", "jail": "added_cases_worked"}
HELD_TODAY = "detention.baseline_holds"


def liability(run: Run, options: Iterable[Option], draws: int) -> Liability:
    """Litigation losses of every available option with officers, from `draws` draws of the run's seed."""
    scenario = run.scenario
    known = tuple(options)
    return simulate(
        run.assumptions,
        Normals(draws=draws, seed=scenario.simulation.seed),
        choices_of(scenario, run.edition),
        insurance_of(scenario),
        {option.id: tuple(exposures(run, option)) for option in known if option.contexts},
        people_held=held_today(run, known),
        volumes=lambda drawing: _volumes(run, known, drawing),
    )


def _volumes(run: Run, options: Iterable[Option], normals: Normals) -> dict[str, Array]:
    """People met under each record in each draw, relative to the middle of their range. Each (draws,)."""
    found: dict[str, Array] = {}
    for option in options:
        for context in option.contexts:
            if context.scope == SHARED_MODEL:
                continue
            record = run.edition.models[context.model].terms_of
            if record not in found:
                volume = computed(TYPED_VOLUME[context.words["place"]])
                drawn = np.atleast_2d(Evaluator(run.assumptions, context, normals).value(volume))
                central = np.ravel(run.evaluator(context).value(volume))[0]
                relative = drawn[:, 0] / central if central else np.ones(1)
                found[record] = np.broadcast_to(relative, (normals.draws,))
    return found


def insurance_of(scenario: Scenario) -> Insurance:
    """The answers about insurance, as the losses read them."""
    answers = scenario.insurance
    return Insurance(
        coverage=answers.coverage,
        retention=answers.retention,
        limit=answers.limit,
        retention_kind=answers.retention_kind,
        aggregate=answers.aggregate,
        reserve=scenario.simulation.reserve,
    )


def exposures(run: Run, option: Option) -> Iterator[Exposure]:
    """The models of an option, at the medians."""
    for context in option.contexts:
        if context.scope != SHARED_MODEL:
            yield _exposure(run, context)


def _exposure(run: Run, context: Context) -> Exposure:
    evaluator = run.evaluator(context)
    on_duty = evaluator.monthly_quantities()["officer_years"] * MONTHS
    place = context.words["place"]
    yearly = evaluator.value(computed(PEOPLE[place])) * evaluator.value(quantity("duty_years"))
    return Exposure(
        model=context.model,
        record=run.edition.models[context.model].terms_of,
        officers=tuple((on_duty * _met_for_each_expected(run, context, place)).tolist()),
        people=float(np.sum(yearly)),
    )


def _met_for_each_expected(run: Run, context: Context, place: str) -> float:
    """Cases the user typed over those the edition expects of this agency; 1 where none were typed."""
    volume = TYPED_VOLUME[place]
    scenario = run.scenario
    if volume not in scenario.assume:
        return 1.0
    rest = {key: value for key, value in scenario.assume.items() if key != volume}
    expected = Run(replace(scenario, assume=rest), run.edition, Normals())
    typed, usual = (
        float(np.mean(each.evaluator(context).value(computed(volume)))) for each in (run, expected)
    )
    return typed / usual if usual else 1.0


def held_today(run: Run, options: Iterable[Option]) -> float | None:
    """People held on detainers over the horizon without an agreement; None where the agency runs no jail."""
    if without_jail(run.scenario, run.edition):
        return None
    jail = next(
        (each for option in options for each in option.contexts if each.words.get("place") == "jail"), None
    )
    yearly = float(run.scenario.agency.holds_on_detainers or 0)
    if jail is not None:
        yearly = float(np.mean(run.evaluator(jail).value(computed(HELD_TODAY))))
    return yearly * run.calendar.months / MONTHS

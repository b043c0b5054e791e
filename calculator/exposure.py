"""What an option puts at risk: officers on duty by month, and people arrested or held because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

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
from calculator.options import JAIL_NOT_KNOWN, NO_JAIL, Option, choices_of, without_jail
from calculator.scenario import Scenario

Array = NDArray[np.float64]
# What says how many people are met, of whom some are arrested or held.
VOLUME = {"community": "operations.encounters", "jail": "operations.jail_cases"}
PEOPLE = {"community": "qualifying_arrests", "jail": "added_cases_worked"}
ENCOUNTERS, FOR_EACH_OFFICER = "operations.encounters", "operations.encounters_per_trained_officer"
REFERENCE = "liability.frequency.reference_officers"
NO_HOLDING = {
    NO_JAIL: "this agency runs no jail",
    JAIL_NOT_KNOWN: "whether this agency runs a jail is not known; enter the jail population, or 0",
}
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
        no_jail=NO_HOLDING.get(without_jail(scenario, run.edition) or ""),
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
                volume = computed(VOLUME[context.words["place"]])
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
    heads = evaluator.monthly_quantities()
    place = context.words["place"]
    yearly = evaluator.value(computed(PEOPLE[place])) * evaluator.value(quantity("duty_years"))
    relative = _relative(run, context, heads["officer_years"] * MONTHS)
    own = np.divide(
        heads["unique_officer_years"],
        heads["officer_years"],
        out=np.ones_like(heads["officer_years"]),
        where=heads["officer_years"] > 0,
    )
    return Exposure(
        model=context.model,
        record=run.edition.models[context.model].terms_of,
        relative=tuple(relative.tolist()),
        own_relative=tuple((relative * own).tolist()),
        people=float(np.sum(yearly)),
    )


def _relative(run: Run, context: Context, on_duty: Array) -> Array:
    """Exposure by month, relative to the agency on record: by its officers, or by encounters that the user typed.

    How many people the agencies on record held in their jails is not known, so
    officers stay in the jail models. Shape (months,).
    """
    edition = run.edition
    resolved = run.assumptions.resolve(REFERENCE, SHARED_MODEL, {})
    reference = float(np.ravel(run.assumptions.values(resolved, run.fixed()))[0])
    if context.words["place"] != "community" or ENCOUNTERS not in run.scenario.assume:
        return on_duty / reference
    typed = np.broadcast_to(run.evaluator(context).value(computed(ENCOUNTERS)), (len(run.periods),))
    usual = reference * edition.parameters[FOR_EACH_OFFICER].values[0].middle
    by_month: Array = np.where(on_duty > 0, typed[run.periods.of_month] / usual, 0.0)
    return by_month


def held_today(run: Run, options: Iterable[Option]) -> float:
    """People held on detainers over the horizon without an agreement."""
    if without_jail(run.scenario, run.edition):
        return 0.0
    jail = next(
        (each for option in options for each in option.contexts if each.words.get("place") == "jail"), None
    )
    yearly: Any = float(run.scenario.agency.holds_on_detainers or 0)
    if jail is not None:
        yearly = run.evaluator(jail).value(computed(HELD_TODAY))
    by_period = np.broadcast_to(yearly, (len(run.periods),))
    return float(by_period[run.periods.of_month].sum()) / MONTHS

"""What is at risk: officers of each model by month, relative to the agency the record describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from calculator.liability.arrivals import expected_claims
from calculator.liability.claims import DEFENSE_ONLY, EXPONENT, HOLDING, INDIVIDUAL
from calculator.liability.losses import Rate
from calculator.liability.parameters import Parameters, counted_rate

REFERENCE = "frequency.reference_officers"
ALL = "all"
Relative = tuple[float, ...]


@dataclass(frozen=True)
class Exposure:
    """One model at risk.

    `officers` are those on duty in each month; `record` names the model whose
    claims are on record (the tribal form reads the task force's). `people` are
    those arrested or held because of it over the horizon, beyond those held today.
    """

    model: str
    record: str
    officers: tuple[float, ...]
    people: float


def relative(parameters: Parameters, officers: Sequence[float]) -> Relative:
    """Officers on duty by month, relative to the agency the record describes."""
    return tuple((np.array(officers) / parameters.central(REFERENCE)).tolist())


def together(exposures: Sequence[Exposure]) -> tuple[float, ...]:
    """Officers on duty of all models, by month."""
    if not exposures:
        return (0.0,)
    return tuple(np.sum([each.officers for each in exposures], axis=0).tolist())


def paid_streams(parameters: Parameters, exposures: Sequence[Exposure]) -> Iterator[tuple[str, Relative]]:
    """Records and exposures of paid claims; a rate the user entered is the agency's, whatever its models."""
    if not parameters.entered(INDIVIDUAL):
        yield from ((each.record, relative(parameters, each.officers)) for each in exposures)
    elif exposures:
        yield ALL, _any_officers(exposures)


def rates_of(parameters: Parameters, exposures: Sequence[Exposure]) -> Iterator[Rate]:
    """The record behind each stream of an option, at the medians."""
    if not exposures:
        return
    if parameters.entered(INDIVIDUAL):
        yield _entered_rate(parameters, INDIVIDUAL, _any_officers(exposures))
    else:
        for each in exposures:
            yield _recorded_rate(parameters, INDIVIDUAL, each.model, each.record, each.officers)
    if parameters.entered(DEFENSE_ONLY):
        yield _entered_rate(parameters, DEFENSE_ONLY, _any_officers(exposures))
    else:
        yield _recorded_rate(parameters, DEFENSE_ONLY, ALL, ALL, together(exposures))


def rate_of_holding(parameters: Parameters, years: float) -> Rate:
    """The record behind holding people without an agreement: one average jail, whatever its size."""
    if parameters.entered(HOLDING):
        yearly = parameters.central(HOLDING)
        return Rate(HOLDING, ALL, None, None, yearly, yearly * years)
    counts = parameters.record(HOLDING, ALL)
    yearly = counted_rate(counts)
    return Rate(HOLDING, ALL, counts.events, counts.exposure, yearly, yearly * years)


def _any_officers(exposures: Sequence[Exposure]) -> Relative:
    """1 in months in which anybody is on duty, otherwise 0."""
    return tuple(float(number > 0) for number in together(exposures))


def _entered_rate(parameters: Parameters, kind: str, at_risk: Relative) -> Rate:
    yearly = parameters.central(kind)
    return Rate(kind, ALL, None, None, yearly, expected_claims(yearly, 1.0, np.array(at_risk)))


def _recorded_rate(
    parameters: Parameters, kind: str, model: str, record: str, officers: Sequence[float]
) -> Rate:
    counts = parameters.record(kind, record)
    yearly = counted_rate(counts)
    exposed = np.array(relative(parameters, officers))
    claims = expected_claims(yearly, parameters.central(EXPONENT), exposed)
    return Rate(kind, model, counts.events, counts.exposure, yearly, claims)

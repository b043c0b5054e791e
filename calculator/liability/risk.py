"""What is at risk: officers of each model by month, relative to the agency the record describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from calculator.calendar import MONTHS
from calculator.liability.claims import DEFENSE_ONLY, HOLDING, INDIVIDUAL, Book
from calculator.liability.losses import Rate
from calculator.liability.parameters import Parameters, counted_rate

ALL = "all"
Relative = tuple[float, ...]


@dataclass(frozen=True)
class Exposure:
    """One model at risk.

    `relative` is the exposure of each month relative to the agency the record
    describes: officers on duty over its officers, or people met over its people
    met. `own_relative` leaves out officers who also count in another model of
    the same option. `record` names the model whose claims are on record (the
    tribal form reads the task force's). `people` are those arrested or held
    because of it over the horizon, beyond those held today.
    """

    model: str
    record: str
    relative: Relative
    own_relative: Relative
    people: float


def together(exposures: Sequence[Exposure]) -> Relative:
    """The exposure of all models by month, nobody counted twice."""
    if not exposures:
        return (0.0,)
    return tuple(np.sum([each.own_relative for each in exposures], axis=0).tolist())


def paid_streams(parameters: Parameters, exposures: Sequence[Exposure]) -> Iterator[tuple[str, Relative]]:
    """Records and exposures of paid claims; a rate the user entered is the agency's, whatever its models."""
    if not parameters.entered(INDIVIDUAL):
        yield from ((each.record, each.relative) for each in exposures)
    elif exposures:
        yield ALL, _any_officers(exposures)


def rates_of(book: Book, exposures: Sequence[Exposure]) -> Iterator[Rate]:
    """The record behind each stream of an option, and what it becomes."""
    if not exposures:
        return
    if book.parameters.entered(INDIVIDUAL):
        yield _entered_rate(book, INDIVIDUAL, _any_officers(exposures))
    else:
        for each in exposures:
            yield _recorded_rate(book, INDIVIDUAL, each.model, each.record, each.relative)
    if book.parameters.entered(DEFENSE_ONLY):
        yield _entered_rate(book, DEFENSE_ONLY, _any_officers(exposures))
    else:
        yield _recorded_rate(book, DEFENSE_ONLY, ALL, ALL, together(exposures))


def rate_of_holding(book: Book) -> Rate:
    """The record behind holding people without an agreement: one average jail, whatever its size."""
    parameters = book.parameters
    if parameters.entered(HOLDING):
        yearly = parameters.central(HOLDING)
        return Rate(HOLDING, ALL, None, None, yearly, yearly * book.years)
    counts = parameters.record(HOLDING, ALL)
    yearly = counted_rate(counts)
    return Rate(HOLDING, ALL, counts.events, counts.exposure, yearly, yearly * book.years)


def _any_officers(exposures: Sequence[Exposure]) -> Relative:
    """1 in months in which anybody is on duty, otherwise 0."""
    return tuple(float(any(months)) for months in zip(*(each.relative for each in exposures), strict=True))


def _entered_rate(book: Book, kind: str, at_risk: Relative) -> Rate:
    yearly = book.parameters.central(kind)
    return Rate(kind, ALL, None, None, yearly, yearly * sum(at_risk) / MONTHS)


def _recorded_rate(book: Book, kind: str, model: str, record: str, exposed: Relative) -> Rate:
    counts = book.parameters.record(kind, record)
    yearly = counted_rate(counts)
    claims = yearly * float(book.years_at_risk(record, exposed).mean())
    return Rate(kind, model, counts.events, counts.exposure, yearly, claims)

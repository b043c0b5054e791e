"""Class, pattern and federal suits as named scenarios, built from parts: never in the individual percentiles.

The chance of each comes from the record in closed form. Whole suits are too few
and too unequal to draw their size from a curve: their mean would not be finite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.liability.claims import Book
from calculator.liability.coverage import Cover
from calculator.liability.losses import Matter, Outcome
from calculator.liability.parameters import PRIOR_EVENTS, Parameters

Array = NDArray[np.float64]
PATTERN = "frequency.pattern"
DEFENSE_ONLY, MONITOR, CLASS_PAYMENT = OUTCOMES = ("defense_only", "monitor", "class_payment")
PER_PERSON = ("los_angeles", "new_york", "suffolk")
MARICOPA = "maricopa_total"
LOW, HIGH = 10, 90


def outcomes(
    book: Book,
    drawn_parts: Mapping[str, Array],
    relative: Mapping[str, tuple[float, ...]],
    people: float,
    cover: Cover,
) -> Iterator[Outcome]:
    """What a suit may come to, from its parts as drawn.

    `relative` is the relative exposure of each record by month: the larger
    chance counts. `people` were arrested or held over the horizon; `cover`
    holds the insurance at the medians.
    """
    parameters = book.parameters
    drawn_in = max(_chance(book, record, months) for record, months in relative.items())
    weights = _weights(parameters)
    for outcome in OUTCOMES:
        drawn = _amount(outcome, drawn_parts, people)
        parts = _medians(parameters)
        central = float(_amount(outcome, parts, people))
        low, high = np.percentile(drawn, (LOW, HIGH)).tolist()
        kept = _kept(outcome, parts, people, parameters, cover)
        yield Outcome(
            outcome, drawn_in * weights[outcome], min(low, central), central, max(high, central), kept
        )


def matters(parameters: Parameters, people: float) -> Iterator[Matter]:
    """Recorded matters as yardsticks, under the readings chosen."""
    yield Matter("maricopa", None, parameters.central(MARICOPA))
    for name in PER_PERSON:
        if parameters.known(f"class.per_person.{name}"):
            per_person = parameters.central(f"class.per_person.{name}")
            yield Matter(name, per_person, per_person * people)


def _chance(book: Book, record: str, relative: tuple[float, ...]) -> float:
    """Of any such suit within the horizon: 1 - (1 + years/exposure)^-(events + 1/2), the rate being Gamma."""
    parameters = book.parameters
    if parameters.entered(PATTERN):
        years_at_risk = sum(each > 0 for each in relative) / MONTHS
        return float(1 - np.exp(-parameters.central(PATTERN) * years_at_risk))
    counts = parameters.record(PATTERN, record)
    years = book.years_at_risk(record, relative)
    return float(np.mean(1 - (1 + years / counts.exposure) ** -(counts.events + PRIOR_EVENTS)))


def _weights(parameters: Parameters) -> Mapping[str, float]:
    """Shares of the outcomes: the mean of a Dirichlet of the recorded matters, or as entered."""
    names = {outcome: f"pattern.outcome.{outcome}" for outcome in OUTCOMES}
    if any(parameters.entered(name) for name in names.values()):
        # Shares entered stand; the recorded ones divide what is left.
        typed = {each: parameters.central(name) for each, name in names.items() if parameters.entered(name)}
        left = max(0.0, 1 - sum(typed.values()))
        others = {each: _events(parameters, each) for each in OUTCOMES if each not in typed}
        shares = {each: left * events / sum(others.values()) for each, events in others.items()}
        total = sum(typed.values()) + (left if others else 0.0)
        return {each: (typed | shares)[each] / total for each in OUTCOMES}
    events = {each: _events(parameters, each) for each in OUTCOMES}
    return {each: found / sum(events.values()) for each, found in events.items()}


def _events(parameters: Parameters, outcome: str) -> float:
    return parameters.record(f"pattern.outcome.{outcome}", "all").events + PRIOR_EVENTS


_PARTS = (
    "pattern.plaintiff_fees",
    "pattern.defense_cost",
    "pattern.monitor_cost",
    "pattern.monitor_years",
    "class.cost_per_person_held",
    "class.claim_take_up",
)


def parts_of(parameters: Parameters) -> Mapping[str, Array]:
    """What the amounts are made of, drawn. Each (draws,)."""
    return {name: parameters.each(name, name) for name in _PARTS}


def _medians(parameters: Parameters) -> Mapping[str, Array]:
    return {name: np.array(parameters.central(name)) for name in _PARTS}


def _amount(outcome: str, parts: Mapping[str, Array], people: float) -> Array:
    """What a suit of that outcome costs: payments, plaintiffs' fees, own defense and the monitor."""
    return _to_plaintiffs(outcome, parts, people) + parts["pattern.defense_cost"] + _reform(outcome, parts)


def _to_plaintiffs(outcome: str, parts: Mapping[str, Array], people: float) -> Array:
    fees = parts["pattern.plaintiff_fees"]
    if outcome == DEFENSE_ONLY:
        return 0.0 * fees
    if outcome == MONITOR:
        return fees
    return people * parts["class.cost_per_person_held"] * parts["class.claim_take_up"] + fees


def _reform(outcome: str, parts: Mapping[str, Array]) -> Array:
    yearly, years = parts["pattern.monitor_cost"], parts["pattern.monitor_years"]
    return yearly * years if outcome == MONITOR else 0.0 * yearly


def _kept(
    outcome: str, parts: Mapping[str, Array], people: float, parameters: Parameters, cover: Cover
) -> float:
    """What the agency keeps of the central amount where its insurance covers the work: one occurrence."""
    payment = np.atleast_1d(_to_plaintiffs(outcome, parts, people))
    defense = np.atleast_1d(parts["pattern.defense_cost"])
    one = np.zeros(1, dtype=np.intp)
    insured_reform = parameters.central("coverage.injunction_and_monitor")
    kept = cover.retained(payment, defense, one)[0] + _reform(outcome, parts) * (1 - insured_reform)
    return float(kept * (1 - parameters.central("federal.indemnity_entity")))

"""The uncertain inputs of the proposed option, and the way from a value of one back to its deviate."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calculator.answers.passes import Passes
from calculator.costs import reads
from calculator.editions.schema import Range
from calculator.inputs import NORMAL_P90, SCALES, Resolved, quantile
from calculator.options import choices_of
from calculator.units import UNITS


@dataclass(frozen=True)
class Uncertain:
    """One uncertain input: low, central and high as printed, in its unit, in its first uncertain period."""

    id: str
    label: str
    unit: str
    low: float
    central: float
    high: float
    amount: Range

    @property
    def kind(self) -> str:
        """The kind of its unit."""
        return UNITS[self.unit].kind

    @property
    def limits(self) -> tuple[float, float]:
        """The values it cannot pass, as printed."""
        least, most = self.amount.min, self.amount.max
        top = 1.0 if self.kind == "share" else math.inf
        return (least or 0.0) * self._grown, top if most is None else most * self._grown

    @property
    def _grown(self) -> float:
        # Prices and pay grow from the date of the amount to the period.
        return self.central / float(quantile(self.amount, self.kind, 0.0))

    def deviate(self, value: float) -> float:
        """The deviate at which the input has this value, as printed."""
        return deviate_of(self.amount, self.kind, value / self._grown)


def uncertain_inputs(passes: Passes) -> tuple[Uncertain, ...]:
    """Every input of the edition that has a range for some model of the proposed option."""
    return tuple(_found(passes))


def _found(passes: Passes) -> Iterator[Uncertain]:
    base, assumptions = passes.base, passes.central.run.assumptions
    words = choices_of(base.scenario, base.edition)
    models = [context.model for context in base.proposed.option.contexts]
    read = reads()
    for parameter in base.edition.parameters.values():
        if parameter.id not in read:
            continue
        resolved = (assumptions.resolve(parameter.id, model, words) for model in models)
        first = next((each for each in resolved if each.uncertain), None)
        if first is not None:
            amount = next(each for each in first.amounts if isinstance(each, Range))
            low, central, high = (
                _printed(passes, first, deviate) for deviate in (-NORMAL_P90, 0.0, NORMAL_P90)
            )
            yield Uncertain(parameter.id, parameter.label, parameter.unit, low, central, high, amount)


def _printed(passes: Passes, resolved: Resolved, deviate: float) -> float:
    values = np.ravel(passes.central.run.assumptions.values(resolved, passes.fixed(deviate)))
    place = next(index for index, each in enumerate(resolved.amounts) if isinstance(each, Range))
    return float(values[place] if len(values) > 1 else values[0])


def deviate_of(amount: Range, kind: str, value: float) -> float:
    """The standard normal deviate at which an amount has this value: the inverse of `inputs.quantile`."""
    scale, _ = SCALES[kind]
    centre, low, high, at = (scale(each) for each in (amount.central, amount.low, amount.high, value))
    half = centre - low if at < centre else high - centre
    return (at - centre) / half * NORMAL_P90 if half else 0.0

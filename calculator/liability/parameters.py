"""The numbers of the edition, or of the user, that losses are drawn from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS, month_of
from calculator.editions.schema import Counts, Parameter
from calculator.inputs import Assumptions, Normals, Resolved, quantile
from calculator.liability.streams import Streams
from calculator.units import UNITS

Array = NDArray[np.float64]
# Half an event: the Jeffreys prior of a Poisson rate.
PRIOR_EVENTS = 0.5
GROWTH = "economics.price_growth"


class Parameters:
    """Reads liability assumptions for a run: numbers, or one value for each draw."""

    def __init__(self, assumptions: Assumptions, normals: Normals, words: Mapping[str, str]) -> None:
        self.assumptions, self.normals, self.words = assumptions, normals, words
        self.streams = Streams(normals.seed, normals.draws, normals.part)
        self._medians = Normals()

    def central(self, name: str) -> float:
        """An assumption at the start of the run, at its median."""
        return float(np.ravel(self.assumptions.values(self._resolved(name), self._medians))[0])

    def known(self, name: str) -> bool:
        """Whether the edition holds an assumption, with a value under the readings chosen."""
        full = f"liability.{name}"
        return full in self.assumptions.edition.parameters and self._resolved(name).amounts[0] is not None

    def by_draw(self, name: str) -> Array:
        """An assumption at the start of the run, drawn once for each draw. Shape (draws,)."""
        values = np.asarray(self.assumptions.values(self._resolved(name), self.normals))
        first = values[..., 0] if values.ndim else values
        return np.broadcast_to(first, (self.streams.draws,))

    def each(self, name: str, purpose: str) -> Array:
        """An assumption drawn from a stream of its own, before any growth. Shape (draws,)."""
        resolved = self._resolved(name)
        normals = self.streams.normals(purpose)
        kind = UNITS[resolved.parameter.unit].kind
        values: Array = np.broadcast_to(quantile(resolved.amounts[0], kind, normals), normals.shape)
        return values

    def years_to_start(self, name: str) -> float:
        """Years from the prices an amount is stated in to the start of the run; 0 where the user entered it."""
        resolved, start = self._resolved(name), self.assumptions.periods.calendar.start
        dates = [value.price_date for value in resolved.parameter.values if value.price_date]
        return 0.0 if resolved.entered or not dates else max(0, start - month_of(dates[0])) / MONTHS

    def growth(self) -> Array:
        """Yearly growth of prices. Shape (draws,)."""
        resolved = self.assumptions.resolve(GROWTH, "shared", {})
        values = np.asarray(self.assumptions.values(resolved, self.normals))
        return np.broadcast_to(values[..., 0] if values.ndim else values, (self.streams.draws,))

    def entered(self, name: str) -> bool:
        """Whether the user entered this assumption."""
        return f"liability.{name}" in self.assumptions.scenario.assume

    def rates(self, name: str, record: str) -> Array:
        """Yearly rate drawn once for the whole horizon: Gamma(events + 1/2, agency-years). Shape (draws,)."""
        counts = self.record(name, record)
        drawn = self.streams.gammas(f"liability.{name}.{record}", counts.events + PRIOR_EVENTS)
        return drawn / counts.exposure

    def record(self, name: str, record: str) -> Counts:
        """The recorded counts for a model. Raises KeyError."""
        return recorded(self.assumptions.edition.parameters[f"liability.{name}"], record)

    def _resolved(self, name: str) -> Resolved:
        return self.assumptions.resolve(f"liability.{name}", "tfm", self.words)


def recorded(parameter: Parameter, record: str) -> Counts:
    """The recorded counts of a parameter for a model. Raises KeyError."""
    for value in parameter.values:
        if (value.models is None or record in value.models) and isinstance(value.amount, Counts):
            return value.amount
    raise KeyError(f"{parameter.id} records nothing for {record}")


def counted_rate(counts: Counts) -> float:
    """The mean of the rate drawn for a record: events and half an event over agency-years."""
    return (counts.events + PRIOR_EVENTS) / counts.exposure

"""The numbers of the edition, or of the user, that losses are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Frequency:
    """A yearly rate for each draw, with the record behind it; events and exposure are None where it was entered."""

    rate: Array
    events: float | None
    exposure: float | None


class Parameters:
    """Reads liability assumptions for a run: numbers, or one value for each draw."""

    def __init__(self, assumptions: Assumptions, normals: Normals, words: Mapping[str, str]) -> None:
        self.assumptions, self.normals, self.words = assumptions, normals, words
        self.streams = Streams(normals.seed, normals.draws)

    def number(self, name: str, model: str = "tfm") -> Any:
        """An assumption at the start of the run: a number, or shape (draws,)."""
        return _first_period(self.assumptions.values(self._resolved(name, model), self.normals))

    def each(self, name: str, normals: Array, model: str = "tfm") -> Array:
        """An assumption drawn anew for each claim, from standard normals of shape (claims,), before any trend."""
        resolved = self._resolved(name, model)
        is_share = UNITS[resolved.parameter.unit].kind == "share"
        values: Array = np.broadcast_to(quantile(resolved.amounts[0], is_share, normals), normals.shape)
        return values

    def years_to_start(self, name: str) -> float:
        """Years from the prices an amount is stated in to the start of the run; 0 where the user entered it."""
        resolved, start = self._resolved(name, "tfm"), self.assumptions.periods.calendar.start
        dates = [value.price_date for value in resolved.parameter.values if value.price_date]
        return 0.0 if resolved.entered or not dates else max(0, start - month_of(dates[0])) / MONTHS

    def trend(self, years: Array, draws: NDArray[np.intp]) -> Array:
        """Growth of prices over some years after the prices of an amount, for claims of given draws."""
        growth = self.assumptions.resolve("economics.price_growth", "shared", {})
        yearly = np.broadcast_to(
            _first_period(self.assumptions.values(growth, self.normals)), (self.streams.draws,)
        )
        factor: Array = (1 + yearly[draws]) ** years
        return factor

    def _resolved(self, name: str, model: str) -> Resolved:
        return self.assumptions.resolve(f"liability.{name}", model, self.words)

    def frequency(self, name: str, model: str) -> Frequency:
        """Gamma(events + 1/2, exposure), drawn once for the whole horizon; or the rate the user entered."""
        parameter = self.assumptions.edition.parameters[f"liability.{name}"]
        draws = self.streams.draws
        if parameter.id in self.assumptions.scenario.assume:
            return Frequency(np.full(draws, float(np.max(self.number(name, model)))), None, None)
        record = record_of(parameter, model)
        drawn = self.streams.gammas(f"{parameter.id}.{model}", record.events + PRIOR_EVENTS)
        return Frequency(drawn / record.exposure, record.events, record.exposure)


def _first_period(value: Any) -> Any:
    """The value in the first period of a run."""
    array = np.asarray(value)
    return array[..., 0] if array.ndim else float(array)


def record_of(parameter: Parameter, model: str) -> Counts:
    """The recorded counts for a model. Raises KeyError."""
    for value in parameter.values:
        if (value.models is None or model in value.models) and isinstance(value.amount, Counts):
            return value.amount
    raise KeyError(f"{parameter.id} records nothing for {model}")

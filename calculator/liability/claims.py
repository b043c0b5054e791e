"""Claims of one part of a run: how many each draw meets, when, and what each costs before anybody shares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.liability.arrivals import Arrivals, Draws, Hazard
from calculator.liability.parameters import Parameters

Array = NDArray[np.float64]
INDIVIDUAL, SMALL, DEFENSE_ONLY, HOLDING = (
    "frequency.individual_paid",
    "small_claims",
    "frequency.defense_only",
    "frequency.hold_without_agreement",
)
# Draws over which the years at risk are averaged.
MOST_AVERAGED = 2_000
UNDER_COUNT, EXPONENT = "frequency.under_count", "frequency.officer_exponent"


@dataclass(frozen=True)
class Claims:
    """Claims met: the draw of each, payment and own defense in dollars, years to the event and to payment."""

    kind: str
    draw: Draws
    payment: Array
    defense: Array
    time: Array
    paid_at: Array


class Book:
    """Every claim that options of a run can meet, drawn once, in one part of it."""

    def __init__(self, parameters: Parameters, years: float, volumes: Mapping[str, Array]) -> None:
        """`volumes` holds people met under each record, relative to the middle of their range: (draws,)."""
        self.parameters, self.years, self._volumes = parameters, years, volumes
        self.draws = parameters.streams.draws
        self._arrivals: dict[str, Arrivals] = {}
        self._rates: dict[tuple[str, str], Array] = {}
        self._sizes: dict[str, tuple[Array, Array, Array]] = {}
        self._inputs: dict[str, Array] = {}
        self._met: dict[tuple[str, str, tuple[float, ...]], Claims] = {}

    def claims(self, kind: str, record: str, relative: tuple[float, ...]) -> Claims:
        """Claims of a kind and record at a relative exposure by month."""
        key = (kind, record, relative)
        if key not in self._met:
            self._met[key] = self._meet(kind, record, self._hazard(kind, record, relative))
        return self._met[key]

    def years_at_risk(self, record: str, relative: tuple[float, ...]) -> Array:
        """Years at risk over the horizon, in years of the agency on record, in the first draws. Shape (draws,)."""
        some = slice(MOST_AVERAGED)
        power = self.of(EXPONENT)[some]
        levels, months = np.unique([each for each in relative if each > 0], return_counts=True)
        years: Array = (levels ** power[:, None]) @ months / MONTHS
        met = self._volumes.get(record)
        return years if met is None else years * met[some] ** power

    def _meet(self, kind: str, record: str, hazard: Hazard) -> Claims:
        name = f"{kind}.{record}"
        if name not in self._arrivals:
            self._arrivals[name] = Arrivals(name, self.parameters.streams, self.years)
        found = []
        for number, draws, times in self._arrivals[name].met(hazard):
            payment, defense, delay = (values[draws] for values in self._sized(kind, f"{name}.{number}"))
            paid_at = times + delay
            growth = 1 + self._growth[draws]
            found.append(
                (
                    draws,
                    payment * growth ** (self._years_to_start(kind, "payment") + paid_at),
                    defense * growth ** (self._years_to_start(kind, "defense") + paid_at),
                    times,
                    paid_at,
                )
            )
        if not found:
            nothing = np.zeros(0)
            return Claims(kind, np.zeros(0, dtype=np.intp), nothing, nothing, nothing, nothing)
        draw, payment, defense, time, paid_at = (np.concatenate(each) for each in zip(*found, strict=True))
        return Claims(kind, draw, payment, defense, time, paid_at)

    def _sized(self, kind: str, name: str) -> tuple[Array, Array, Array]:
        """Payment, own defense (before growth) and years to payment of one layer of claims. Each (draws,)."""
        if name not in self._sizes:
            parameters = self.parameters
            delay = parameters.each("timing.individual_years", f"{name}.delay")
            if kind == SMALL:
                payment = parameters.each("severity.small_claim", f"{name}.size")
                defense = payment * parameters.each("severity.defense_to_payment", f"{name}.defense")
            else:
                defense = parameters.each("severity.defense_per_suit", f"{name}.defense")
                payment = np.zeros(self.draws)
                if kind != DEFENSE_ONLY:
                    mu, sigma = (self.of(f"severity.individual_{which}") for which in ("mu", "sigma"))
                    payment = np.exp(mu + sigma * parameters.streams.normals(f"{name}.size"))
            self._sizes[name] = payment, defense, delay
        return self._sizes[name]

    def _years_to_start(self, kind: str, part: str) -> float:
        if kind == SMALL:
            return self.parameters.years_to_start("severity.small_claim")
        priced = "severity.individual_mu" if part == "payment" else "severity.defense_per_suit"
        return self.parameters.years_to_start(priced)

    @cached_property
    def _growth(self) -> Array:
        return self.parameters.growth()

    def of(self, name: str) -> Array:
        """An assumption drawn once for each draw. Shape (draws,)."""
        if name not in self._inputs:
            self._inputs[name] = self.parameters.by_draw(name)
        return self._inputs[name]

    def _hazard(self, kind: str, record: str, relative: tuple[float, ...]) -> Hazard:
        scaled = kind != HOLDING and not self.parameters.entered(kind)
        values = np.array(relative)
        if not scaled:
            return Hazard(self._rate(kind, record), np.ones(self.draws), (values > 0).astype(np.float64))
        power = self.of(EXPONENT)
        # Where more people are met than expected, more is at risk, as with more officers.
        met = self._volumes.get(record)
        rate = self._rate(kind, record)
        return Hazard(rate if met is None else rate * met**power, power, values)

    def _rate(self, kind: str, record: str) -> Array:
        """Yearly claims of the agency on record, or of this one where entered. Shape (draws,)."""
        if (kind, record) not in self._rates:
            if kind == SMALL:
                rate = self.parameters.rates(INDIVIDUAL, record) * (self.of(UNDER_COUNT) - 1)
            elif self.parameters.entered(kind):
                rate = np.full(self.draws, self.parameters.central(kind))
            else:
                rate = self.parameters.rates(kind, record)
            self._rates[kind, record] = rate
        return self._rates[kind, record]

"""Draws claims for an option and adds up what they cost.

Claims of a stream arrive as a Poisson process whose gaps are drawn once for
each draw and name. An option with more exposure therefore meets the same
claims earlier, and some more; sizes at the prices of the start are the same
for every option. Nothing shows these losses yet: of the ways in which a claim
may be paid only full cover and none are worked out, and a federal share takes
off whole claims. Frequency is
drawn once for the whole horizon, scaled by trained officers relative to the
agency the record describes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.liability.coverage import NO_COVER, Cover
from calculator.liability.losses import (
    Losses,
    NamedOutcome,
    Rate,
    chance,
    distribution,
)
from calculator.liability.parameters import PRIOR_EVENTS, Frequency, Parameters, record_of

Array = NDArray[np.float64]
INDIVIDUAL, SMALL, DEFENSE_ONLY, PATTERN = (
    "frequency.individual_paid",
    "small_claims",
    "frequency.defense_only",
    "frequency.pattern",
)
OUTCOMES = ("defense_only", "monitor", "class_payment")
LOW, CENTRAL, HIGH = 10, 50, 90


@dataclass(frozen=True)
class Exposure:
    """One model at risk: mean officers on duty in each year of the horizon, and the part of the year that counts.

    `record` names the model whose claims are on record (the tribal form reads
    the task force's). `people` are those arrested or held because of it over the horizon.
    """

    model: str
    record: str
    officers: tuple[float, ...]
    share_of_year: tuple[float, ...]
    people: float


@dataclass(frozen=True)
class Insurance:
    """What the user entered: coverage "covered", "excluded" or "not_asked", and dollars for each claim."""

    coverage: str
    retention: float | None
    limit: float | None
    reserve: float | None


@dataclass(frozen=True)
class Claims:
    """Claims: the draw each belongs to, payment and own defense in dollars, and years from the start to payment."""

    draw: NDArray[np.intp]
    payment: Array
    defense: Array
    paid_at: Array


class Simulation:
    """Losses of every option of a run, from streams computed once."""

    def __init__(self, parameters: Parameters, insurance: Insurance, years: float) -> None:
        self.parameters, self.insurance, self.years = parameters, insurance, years
        self.draws = parameters.streams.draws
        self._claims: dict[tuple[str, object], Claims] = {}
        self._frequencies: dict[tuple[str, str], Frequency] = {}

    def losses(self, exposures: Sequence[Exposure]) -> Losses:
        """Losses of one option. Without officers there are none."""
        individual = [self._individual(each, INDIVIDUAL) for each in exposures]
        small = [self._individual(each, SMALL) for each in exposures]
        defended = self._defended(exposures)
        recorded, paid = _joined(individual), _joined([*individual, *small])
        every = _joined([*individual, *small, defended])
        loss = every.payment + every.defense
        before = self._by_draw(every, loss)
        hit = self._any(paid)
        where = before[hit]
        given = (float(np.median(where)), float(np.percentile(where, HIGH))) if len(where) else (0.0, 0.0)
        kept = {answer: self._retained(every, loss, answer) for answer in ("covered", "excluded")}
        answer = "covered" if self.insurance.coverage == "covered" else "excluded"
        totals = {name: self._by_draw(every, amounts) for name, amounts in kept.items()}
        in_time = every.paid_at <= self.years
        after = totals[answer]
        reserve = self.insurance.reserve
        return Losses(
            draws=self.draws,
            chance_of_any_payout=chance(hit),
            chance_of_recorded_kind=chance(self._any(recorded)),
            given_a_payout=given,
            before=distribution(before),
            after=distribution(after),
            covered=distribution(totals["covered"]),
            excluded=distribution(totals["excluded"]),
            paid_within_horizon=float(kept[answer][in_time].sum()) / self.draws,
            above_reserve=None if reserve is None else float(np.mean(after > reserve)),
            rates=tuple(self._rates(exposures)),
            scenarios=tuple(self._scenarios(exposures)),
        )

    # --- streams ------------------------------------------------------------------------------

    def _individual(self, exposure: Exposure, kind: str) -> Claims:
        key = (kind, (exposure.record, exposure.officers, exposure.share_of_year))
        if key not in self._claims:
            rate = self._frequency(INDIVIDUAL, exposure.record).rate
            if kind == SMALL:
                rate = rate * (self.parameters.number("frequency.under_count") - 1)
            self._claims[key] = self._drawn(kind, exposure.record, self._hazard(rate, exposure))
        return self._claims[key]

    def _defended(self, exposures: Sequence[Exposure]) -> Claims:
        """Suits that cost defense only: a rate of the agency, whatever its models."""
        together = _together(exposures)
        key = (DEFENSE_ONLY, (together.officers, together.share_of_year))
        if key not in self._claims:
            rate = self._frequency(DEFENSE_ONLY, "all").rate
            self._claims[key] = self._drawn(DEFENSE_ONLY, "all", self._hazard(rate, together))
        return self._claims[key]

    def _frequency(self, name: str, record: str) -> Frequency:
        if (name, record) not in self._frequencies:
            self._frequencies[name, record] = self.parameters.frequency(name, record)
        return self._frequencies[name, record]

    def _hazard(self, rate: Array, exposure: Exposure) -> Array:
        """Expected claims in each year of the horizon. Shape (draws, years)."""
        return rate[:, None] * self._scale(exposure)

    def _scale(self, exposure: Exposure) -> Array:
        """Years at risk, in years of the agency the record describes. Shape (draws, years)."""
        officers, share = np.array(exposure.officers), np.array(exposure.share_of_year)
        power = np.broadcast_to(self.parameters.number("frequency.officer_exponent"), (self.draws,))
        relative = officers / self.parameters.number("frequency.reference_officers")
        raised = np.where(officers > 0, relative, 1.0) ** power[:, None]
        scale: Array = raised * share * (officers > 0)
        return scale

    def _drawn(self, kind: str, record: str, hazard: Array) -> Claims:
        name = f"{kind}.{record}"
        arrivals = self._arrivals(name, hazard)
        return _joined([self._sized(kind, f"{name}.{number}", draw, time) for number, draw, time in arrivals])

    def _sized(self, kind: str, name: str, draw: NDArray[np.intp], time: Array) -> Claims:
        """Payment, own defense and time of payment of claims of one kind, at the prices of the payment."""
        parameters = self.parameters

        def normals(purpose: str) -> Array:
            return parameters.streams.normals(f"{name}.{purpose}")[draw]

        paid_at = time + parameters.each("timing.individual_years", normals("delay"))
        if kind == SMALL:
            priced = "severity.small_claim"
            payment = parameters.each(priced, normals("size"))
            defense = payment * parameters.each("severity.defense_to_payment", normals("defense"))
        else:
            priced = "severity.defense_per_suit"
            defense = parameters.each(priced, normals("defense"))
            mu, sigma = (self._of(f"severity.individual_{which}", draw) for which in ("mu", "sigma"))
            payment = np.exp(mu + sigma * normals("size")) if kind == INDIVIDUAL else np.zeros(len(draw))
        trend = parameters.trend(parameters.years_to_start(priced) + paid_at, draw)
        return Claims(draw, payment * trend, defense * trend, paid_at)

    def _arrivals(self, name: str, hazard: Array) -> Iterator[tuple[int, NDArray[np.intp], Array]]:
        """First claims of every draw, then second ones, and so on: draws that have one, and its time in years."""
        after = np.cumsum(hazard, axis=1)
        reached = np.zeros(self.draws)
        number = 0
        while True:
            reached = reached + self.parameters.streams.exponentials(f"{name}.gap.{number}")
            draw = np.flatnonzero(reached <= after[:, -1])
            if not len(draw):
                return
            at = reached[draw]
            year = (after[draw] < at[:, None]).sum(axis=1)
            before = np.where(year > 0, after[draw, year - 1], 0.0)
            yield number, draw, year + (at - before) / hazard[draw, year]
            number += 1

    # --- who pays -----------------------------------------------------------------------------

    def _retained(self, claims: Claims, loss: Array, answer: str) -> Array:
        """What the agency pays of each claim under an answer of the insurer, less any federal share."""
        cover = self._cover(claims.draw) if answer == "covered" else NO_COVER
        kept: Array = cover.retained(loss) * (1 - self._of("federal.indemnity_individual", claims.draw))
        return kept

    def _cover(self, draw: NDArray[np.intp]) -> Cover:
        entered = self.insurance
        return Cover(
            self._of("insurance.retention_small_county", draw)
            if entered.retention is None
            else entered.retention,
            self._of("insurance.limit", draw) if entered.limit is None else entered.limit,
            1.0,
        )

    def _of(self, name: str, draw: NDArray[np.intp]) -> Array:
        """An input drawn once for each draw, for claims of given draws."""
        return np.broadcast_to(self.parameters.number(name), (self.draws,))[draw]

    # --- sums ---------------------------------------------------------------------------------

    def _by_draw(self, claims: Claims, amounts: Array) -> Array:
        total: Array = np.bincount(claims.draw, amounts, self.draws).astype(np.float64)
        return total

    def _any(self, claims: Claims) -> NDArray[np.bool_]:
        return np.bincount(claims.draw, minlength=self.draws) > 0

    def _rates(self, exposures: Sequence[Exposure]) -> Iterator[Rate]:
        for exposure in exposures:
            found = self._frequency(INDIVIDUAL, exposure.record)
            claims = float(self._hazard(found.rate, exposure).sum(axis=1).mean())
            yield Rate(INDIVIDUAL, exposure.model, found.events, found.exposure, claims)
        if exposures:
            found = self._frequency(DEFENSE_ONLY, "all")
            claims = float(self._hazard(found.rate, _together(exposures)).sum(axis=1).mean())
            yield Rate(DEFENSE_ONLY, "all", found.events, found.exposure, claims)

    # --- class and pattern suits --------------------------------------------------------------

    def _scenarios(self, exposures: Sequence[Exposure]) -> Iterator[NamedOutcome]:
        """Outcomes of a class, pattern or federal suit: the larger rate of the models, built from parts."""
        if not exposures:
            return
        streams, parameters = self.parameters.streams, self.parameters
        hazards = {
            each.record: self._hazard(self._frequency(PATTERN, each.record).rate, each).sum(axis=1)
            for each in exposures
        }
        most = max(hazards, key=lambda record: float(hazards[record].mean()))
        drawn_in = 1 - np.exp(-hazards[most])
        weights = {
            each: streams.gammas(f"pattern.outcome.{each}", self._outcome_events(each)) for each in OUTCOMES
        }
        total = np.sum(list(weights.values()), axis=0)
        own = {
            name: parameters.each(f"pattern.{name}", streams.normals(f"pattern.{name}"))
            for name in ("plaintiff_fees", "defense_cost", "monitor_cost", "monitor_years")
        }
        people = sum(each.people for each in exposures)
        per_person, take_up = (
            parameters.each(f"class.{name}", streams.normals(f"class.{name}"))
            for name in ("cost_per_person_held", "claim_take_up")
        )
        amounts: Mapping[str, Array] = {
            "defense_only": own["defense_cost"],
            "monitor": own["monitor_cost"] * own["monitor_years"]
            + own["plaintiff_fees"]
            + own["defense_cost"],
            "class_payment": people * per_person * take_up + own["plaintiff_fees"] + own["defense_cost"],
        }
        for outcome in OUTCOMES:
            low, central, high = np.percentile(amounts[outcome], (LOW, CENTRAL, HIGH)).tolist()
            yield NamedOutcome(
                outcome, float(np.mean(drawn_in * weights[outcome] / total)), low, central, high
            )

    def _outcome_events(self, outcome: str) -> float:
        parameter = self.parameters.assumptions.edition.parameters[f"liability.pattern.outcome.{outcome}"]
        return record_of(parameter, "all").events + PRIOR_EVENTS


def _together(exposures: Sequence[Exposure]) -> Exposure:
    """All models as one agency: officers added, the longest part of each year."""
    officers = np.sum([each.officers for each in exposures], axis=0) if exposures else np.zeros(1)
    share = np.max([each.share_of_year for each in exposures], axis=0) if exposures else np.zeros(1)
    people = sum(each.people for each in exposures)
    return Exposure("all", "all", tuple(officers.tolist()), tuple(share.tolist()), people)


def _joined(parts: Sequence[Claims]) -> Claims:
    if not parts:
        none = np.zeros(0)
        return Claims(np.zeros(0, dtype=np.intp), none, none, none)
    return Claims(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("draw", "payment", "defense", "paid_at")
        )
    )

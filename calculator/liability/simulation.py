"""Draws the claims of every option of a run and adds up what they cost.

Frequency is drawn once for the whole horizon and scaled by trained officers
relative to the agency the record describes. Every option meets the same claims
as far as its risk reaches. Long runs are drawn in parts, so that memory stays
bounded; each part has streams of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS
from calculator.inputs import PART, Assumptions, Normals
from calculator.liability.claims import DEFENSE_ONLY, HOLDING, INDIVIDUAL, SMALL, Book, Claims
from calculator.liability.coverage import Insurance, Payer, central_cover
from calculator.liability.losses import (
    Kept,
    Liability,
    Losses,
    Outcome,
    Rate,
    chance,
    distribution,
    given_a_payout,
)
from calculator.liability.parameters import Parameters
from calculator.liability.pattern import matters, outcomes, parts_of
from calculator.liability.risk import (
    ALL,
    Exposure,
    paid_streams,
    rate_of_holding,
    rates_of,
    together,
)

Array = NDArray[np.float64]
Volumes = Callable[[Normals], Mapping[str, Array]]
ANSWERS = ("covered", "excluded")


@dataclass(frozen=True)
class Totals:
    """One option in one part: dollars by draw, whether a claim was paid, and what is paid in each year.

    The last of `by_year` is paid after the horizon; it holds all draws together.
    """

    before: Array
    kept: Mapping[str, Array]
    paid: NDArray[np.bool_]
    recorded_kind: NDArray[np.bool_]
    by_year: Mapping[str, Array]


def simulate(
    assumptions: Assumptions,
    normals: Normals,
    words: Mapping[str, str],
    insurance: Insurance,
    options: Mapping[str, Sequence[Exposure]],
    *,
    people_held: float,
    no_jail: str | None = None,
    volumes: Volumes = lambda _: {},
) -> Liability:
    """Losses of each option, and of holding `people_held` people over the horizon without an agreement.

    `no_jail` says why nobody can be held, where that is so. `volumes` gives, for
    the draws of a part, the people met under each record relative to the middle
    of their range: so losses move with the cost of the work.
    """
    years = assumptions.periods.calendar.months / MONTHS
    drawn: dict[str, list[Totals]] = {option: [] for option in options}
    held: list[Totals] = []
    first: Book | None = None
    for part, start in enumerate(range(0, normals.draws, PART)):
        size = min(PART, normals.draws - start)
        drawing = Normals(draws=size, seed=normals.seed, part=part)
        book = Book(Parameters(assumptions, drawing, words), years, volumes(drawing))
        first = first or book
        adder = _Adder(book, insurance)
        for option, exposures in options.items():
            drawn[option].append(adder.option(exposures))
        if people_held:
            held.append(adder.holding())
    if first is None:
        raise ValueError("losses need draws")
    # Every option meets suits of the same parts.
    suit_parts = parts_of(first.parameters)
    results = {}
    for option, exposures in options.items():
        people = sum(each.people for each in exposures)
        exposed = {each.record: each.relative for each in exposures}
        cover = central_cover(first.parameters, insurance)
        named = tuple(outcomes(first, suit_parts, exposed, people, cover)) if exposures else ()
        rates = tuple(rates_of(first, exposures))
        results[option] = _losses(first.parameters, insurance, drawn[option], rates, named, people)
    if people_held:
        rate = rate_of_holding(first)
        holding = _losses(first.parameters, insurance, held, (rate,), (), people_held)
        return Liability(results, holding, None)
    return Liability(results, None, no_jail or "this agency holds nobody past release")


class _Adder:
    """Adds up the claims of one part."""

    def __init__(self, book: Book, insurance: Insurance) -> None:
        self.book, self.payer = book, Payer(book, insurance)

    def option(self, exposures: Sequence[Exposure]) -> Totals:
        """Losses of one option. Without officers there are none."""
        parameters, claims = self.book.parameters, self.book.claims
        recorded = [claims(INDIVIDUAL, *stream) for stream in paid_streams(parameters, exposures)]
        small = [claims(SMALL, each.record, each.relative) for each in exposures]
        defended = [claims(DEFENSE_ONLY, ALL, together(exposures))]
        return self._totals(recorded, small, defended)

    def holding(self) -> Totals:
        """Losses from holding people without an agreement."""
        return self._totals([self.book.claims(HOLDING, ALL, (1.0,))], [], [])

    def _totals(self, recorded: list[Claims], small: list[Claims], defended: list[Claims]) -> Totals:
        every = [*recorded, *small, *defended]
        kept = {answer: self.payer.kept(every, answer) for answer in ANSWERS}
        return Totals(
            before=self._by_draw(every, [claims.payment + claims.defense for claims in every]),
            kept={answer: self._by_draw(every, amounts) for answer, amounts in kept.items()},
            paid=self._any([*recorded, *small]),
            recorded_kind=self._any(recorded),
            by_year={answer: self._by_year(every, amounts) for answer, amounts in kept.items()},
        )

    def _by_draw(self, every: list[Claims], amounts: list[Array]) -> Array:
        total = np.zeros(self.book.draws)
        for claims, each in zip(every, amounts, strict=True):
            total += np.bincount(claims.draw, each, self.book.draws)
        return total

    def _any(self, every: list[Claims]) -> NDArray[np.bool_]:
        hit = np.zeros(self.book.draws, dtype=bool)
        for claims in every:
            hit[claims.draw] = True
        return hit

    def _by_year(self, every: list[Claims], amounts: list[Array]) -> Array:
        years = int(np.ceil(self.book.years))
        total = np.zeros(years + 1)
        for claims, each in zip(every, amounts, strict=True):
            year = np.minimum(np.floor(claims.paid_at), years).astype(np.intp)
            # The last year of a horizon may be a part of one.
            year[claims.paid_at >= self.book.years] = years
            total += np.bincount(year, each, years + 1)
        return total


def _losses(
    parameters: Parameters,
    insurance: Insurance,
    parts: list[Totals],
    rates: tuple[Rate, ...],
    named: tuple[Outcome, ...],
    people: float,
) -> Losses:
    before, paid, recorded_kind = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("before", "paid", "recorded_kind")
    )
    given = given_a_payout(before[paid])
    covered, excluded = (_kept(parts, answer, insurance.reserve) for answer in ANSWERS)
    return Losses(
        draws=len(before),
        answer=insurance.coverage,
        chance_of_any_payout=chance(paid),
        chance_of_recorded_kind=chance(recorded_kind),
        given_a_payout=given,
        before=distribution(before),
        covered=covered,
        excluded=excluded,
        rates=rates,
        outcomes=named,
        matters=tuple(matters(parameters, people)),
    )


def _kept(parts: list[Totals], answer: str, reserve: float | None) -> Kept:
    amounts = np.concatenate([part.kept[answer] for part in parts])
    by_year = np.sum([part.by_year[answer] for part in parts], axis=0) / len(amounts)
    above = None if reserve is None else chance(amounts > reserve)
    return Kept(distribution(amounts), tuple(by_year.tolist()), above)

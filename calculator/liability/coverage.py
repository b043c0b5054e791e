"""Who pays: what the agency keeps of its claims, what its insurer pays, and what lies above the limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.liability.arrivals import Draws
from calculator.liability.claims import INDIVIDUAL, Book, Claims
from calculator.liability.parameters import Parameters

Array = NDArray[np.float64]
RETENTION, LIMIT = "insurance.retention_small_county", "insurance.limit"
SELF_INSURED, DEDUCTIBLE = "self_insured_retention", "deductible"


@dataclass(frozen=True)
class Insurance:
    """What the user entered: coverage "covered", "excluded" or "not_asked", and dollars (None: not known)."""

    coverage: str
    retention: float | None = None
    limit: float | None = None
    retention_kind: str = SELF_INSURED
    aggregate: float | None = None
    reserve: float | None = None


@dataclass(frozen=True)
class Cover:
    """Cover of claims, in dollars: numbers, or arrays that broadcast with the claims.

    Under a self-insured retention, payment and own defense both count toward
    `retention` and toward `limit`. Under a deductible the insurer defends from
    the first dollar beside the limit, and both count payments only. What lies
    above the limit is the agency's own. `aggregate` is the most the insurer
    pays for the claims of one policy year (infinite without one).
    """

    retention: Any
    limit: Any
    kind: str = SELF_INSURED
    aggregate: float = np.inf

    def insured(self, payment: Any, defense: Any) -> Any:
        """What the insurer pays of a claim, before any yearly maximum."""
        if self.kind == DEDUCTIBLE:
            return np.clip(payment - self.retention, 0.0, self.limit) + defense
        return np.clip(payment + defense - self.retention, 0.0, self.limit)

    def retained(self, payment: Array, defense: Array, policy_year: NDArray[np.intp]) -> Array:
        """What the agency keeps of each claim; claims of one `policy_year` (and draw) share its maximum."""
        insured: Array = self.insured(payment, defense)
        if np.isfinite(self.aggregate) and len(insured):
            together = np.bincount(policy_year, insured)
            paid = np.minimum(1.0, self.aggregate / np.where(together > 0, together, 1.0))
            insured = insured * paid[policy_year]
        kept: Array = payment + defense - insured
        return kept


class Payer:
    """What the agency pays of the claims of one part of a run, under each answer of its insurer."""

    def __init__(self, book: Book, insurance: Insurance) -> None:
        self.book, self.insurance = book, insurance

    def kept(self, every: list[Claims], answer: str) -> list[Array]:
        """What the agency pays of each claim under an answer of its insurer, after any federal share."""
        if answer == "covered":
            kept = self._under_cover(every)
        else:
            kept = [claims.payment + claims.defense for claims in every]
        return [self._after_federal(claims, amounts) for claims, amounts in zip(every, kept, strict=True)]

    def _under_cover(self, every: list[Claims]) -> list[Array]:
        """Claims of one draw and policy year share the yearly maximum, whatever their kind."""
        draw, payment, defense, time = (
            np.concatenate([getattr(claims, name) for claims in every])
            for name in ("draw", "payment", "defense", "time")
        )
        years = int(np.ceil(self.book.years))
        kept = self._cover(draw).retained(payment, defense, draw * years + np.floor(time).astype(np.intp))
        return np.split(kept, np.cumsum([len(claims.draw) for claims in every])[:-1])

    def _cover(self, draw: Draws) -> Cover:
        return _cover(self.insurance, lambda name: self.book.of(name)[draw])

    def _after_federal(self, claims: Claims, kept: Array) -> Array:
        """A promise to officers reaches payments of claims against them; one to the agency, all of its loss."""
        share = np.broadcast_to(self.book.of("federal.indemnity_entity")[claims.draw], kept.shape)
        if claims.kind == INDIVIDUAL and len(kept):
            of_payment = claims.payment / (claims.payment + claims.defense)
            share = np.maximum(share, self.book.of("federal.indemnity_individual")[claims.draw] * of_payment)
        after: Array = kept * (1 - share)
        return after


def central_cover(parameters: Parameters, insurance: Insurance) -> Cover:
    """The insurance of one occurrence, at the medians."""
    return _cover(insurance, parameters.central)


def _cover(insurance: Insurance, default: Callable[[str], Any]) -> Cover:
    """What the user entered, and the edition's values for the rest."""
    retention, limit, most = insurance.retention, insurance.limit, insurance.aggregate
    return Cover(
        default(RETENTION) if retention is None else retention,
        default(LIMIT) if limit is None else limit,
        insurance.retention_kind,
        np.inf if most is None else most,
    )

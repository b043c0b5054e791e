"""Litigation losses as plain data, for the record."""

from __future__ import annotations

from typing import Any

from calculator.liability.losses import Distribution, Kept, Losses, Quantity
from calculator.result import Estimate


def losses_record(estimate: Estimate, option_id: str) -> dict[str, Any] | None:
    """Losses of one option; None where it has no officers.

    The figures at the top are those kept under the answer of the insurer that
    was entered, or as if the work were excluded while nobody has asked.
    """
    found = estimate.liability.by_option.get(option_id)
    return None if found is None else _losses(found)


def holding_record(estimate: Estimate) -> dict[str, Any]:
    """Losses of holding people on detainers without an agreement."""
    holding, reason = estimate.liability.holding, estimate.liability.no_holding
    return {"reason": reason} if holding is None else {"reason": None} | _losses(holding)


def _losses(found: Losses) -> dict[str, Any]:
    return {
        "draws": found.draws,
        "coverage": found.answer,
        "as_if": "covered" if found.answer == "covered" else "excluded",
        **_distribution(found.kept.losses),
        "chance_of_any_payout": _quantity(found.chance_of_any_payout),
        "chance_of_a_claim_of_recorded_size": _quantity(found.chance_of_recorded_kind),
        "given_a_payout": {"p50": _cents(found.given_a_payout[0]), "p90": _cents(found.given_a_payout[1])},
        "before_insurance": _distribution(found.before),
        "covered": _kept(found.covered),
        "excluded": _kept(found.excluded),
        "pattern": [
            {
                "outcome": each.id,
                "chance": _chance(each.chance),
                "low": _cents(each.low),
                "central": _cents(each.central),
                "high": _cents(each.high),
                "kept_if_covered": _cents(each.kept_if_covered),
            }
            for each in found.outcomes
        ],
        "matters": [
            {"matter": each.id, "for_each_person": each.per_person, "amount": _cents(each.amount)}
            for each in found.matters
        ],
        "rates": [
            {
                "id": f"liability.{each.id}",
                "model": each.model,
                "events": each.events,
                "agency_years": each.exposure,
                "yearly": _chance(each.yearly),
                "expected_claims": _chance(each.expected_claims),
            }
            for each in found.rates
        ],
    }


def _distribution(found: Distribution) -> dict[str, Any]:
    figures = {name: _quantity(getattr(found, name)) for name in ("expected", "p50", "p90", "p95", "p99")}
    return figures | {
        "standard_deviation": _cents(found.deviation),
        "exceedance": [[amount, _chance(chance)] for amount, chance in found.exceedance],
    }


def _kept(kept: Kept) -> dict[str, Any]:
    above = kept.above_reserve
    return _distribution(kept.losses) | {
        "paid_by_year_then_later": [_cents(each) for each in kept.paid_by_year],
        "chance_above_reserve": None if above is None else _quantity(above),
    }


def _quantity(found: Quantity) -> dict[str, float]:
    """A simulated figure, and where nine of ten simulations of this size would put it."""
    return {"value": _chance(found.value), "from": _chance(found.low), "to": _chance(found.high)}


def _cents(dollars: float) -> float:
    return round(dollars, 2)


def _chance(share: float) -> float:
    return round(share, 6)

"""Litigation losses as plain data, for the record."""

from __future__ import annotations

from collections.abc import Callable
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
    given = found.given_a_payout
    return {
        "draws": found.draws,
        "coverage": found.answer,
        "as_if": "covered" if found.answer == "covered" else "excluded",
        **_distribution(found.kept.losses),
        "chance_of_any_payout": _chance(found.chance_of_any_payout.value),
        "chance_of_any_payout_interval": _ends(found.chance_of_any_payout, _chance),
        "chance_of_a_claim_of_recorded_size": _chance(found.chance_of_recorded_kind.value),
        "chance_of_a_claim_of_recorded_size_interval": _ends(found.chance_of_recorded_kind, _chance),
        "given_a_payout": None
        if given is None
        else {
            "p50": _cents(given[0].value),
            "p90": _cents(given[1].value),
            "sampling_intervals": {"p50": _ends(given[0], _cents), "p90": _ends(given[1], _cents)},
        },
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
    """Figures in dollars, and where nine of ten simulations of this size would put each."""
    figures = {name: getattr(found, name) for name in ("expected", "p50", "p90", "p95", "p99")}
    return {
        **{name: _cents(quantity.value) for name, quantity in figures.items()},
        "sampling_intervals": {name: _ends(quantity, _cents) for name, quantity in figures.items()},
        "standard_deviation": _cents(found.deviation),
        "exceedance": [[amount, _chance(chance)] for amount, chance in found.exceedance],
    }


def _kept(kept: Kept) -> dict[str, Any]:
    above = kept.above_reserve
    return _distribution(kept.losses) | {
        "paid_by_year_then_later": [_cents(each) for each in kept.paid_by_year],
        "chance_above_reserve": None if above is None else _chance(above.value),
        "chance_above_reserve_interval": None if above is None else _ends(above, _chance),
    }


def _ends(found: Quantity, rounded: Callable[[float], float]) -> list[float]:
    return [rounded(found.low), rounded(found.high)]


def _cents(dollars: float) -> float:
    return round(dollars, 2)


def _chance(share: float) -> float:
    return round(share, 6)

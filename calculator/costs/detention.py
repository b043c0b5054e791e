"""Detention: people held in the agency's own jail beyond those held today."""

from __future__ import annotations

from typing import Any

from calculator.line import JAIL_MODELS, computed, cost_line, quantity


@cost_line(
    "detention.bed_days",
    label="Added days in the county jail",
    timing="recurring",
    nature="cash",
    refundable="Only under a separate detention agreement; the 287(g) agreement pays nothing per day.",
    profile="duty_years",
    scope=JAIL_MODELS,
)
def bed_days(
    *,
    bed_days: Any = computed("bed_days_worked"),
    duty_years: Any = quantity("duty_years"),
    bed_cost: Any = computed("bed_cost"),
) -> Any:
    """Bed-days an agreement adds, at the cost of one added day."""
    return bed_days * duty_years * bed_cost

"""Training lines: time in class, cover of the posts, travel, refreshers and replacements."""

from __future__ import annotations

from typing import Any

from calculator.line import assumed, computed, cost_line, derived, quantity, when

AS_SALARY = "Only as part of salary, where salary is refunded."
NEVER_COVER = "No: the agreement leaves cover of absent officers' posts to the agency."


@derived("travel_cost", label="Travel for one course", unit="USD/trip")
def travel_cost(
    *,
    nights: Any = assumed("training.travel_nights"),
    lodging_rate: Any = assumed("training.lodging_rate"),
    meals_rate: Any = assumed("training.meals_rate"),
    first_and_last_day: Any = assumed("training.meals_first_last_rate"),
    fare: Any = assumed("training.fare"),
) -> Any:
    """Lodging, meals (two part days and full days between) and fare; nothing for a course without nights away."""
    return when(nights, nights * lodging_rate + (nights - 1) * meals_rate + 2 * first_and_last_day + fare, 0)


def _paid_by_agency(variant: str) -> None:
    @derived(
        "travel_paid",
        label="Travel the agency pays for one course",
        unit="USD/trip",
        axis="travel",
        variant=variant,
    )
    def travel_paid(*, travel_cost: Any = computed("travel_cost")) -> Any:
        return travel_cost


_paid_by_agency("agency")
_paid_by_agency("agency_refunded")


@derived(
    "travel_paid",
    label="Travel the agency pays for one course",
    unit="USD/trip",
    axis="travel",
    variant="ice",
)
def travel_paid_by_ice() -> Any:
    """ICE pays travel, lodging and meals itself."""
    return 0


@cost_line(
    "training.time",
    label="Officer time in training",
    timing="one-time",
    nature="diverted",
    refundable=AS_SALARY,
    profile="entries",
)
def training_time(
    *,
    entries: Any = quantity("entries"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
    hourly_rate: Any = computed("fully_loaded_hourly_rate"),
) -> Any:
    """Value of class hours whose posts nobody covers on overtime."""
    return entries * initial_hours * (1 - backfill_share) * hourly_rate


@cost_line(
    "training.refresher_time",
    label="Officer time in refreshers and replacement courses",
    timing="recurring",
    nature="diverted",
    refundable=AS_SALARY,
    profile="officer_years",
)
def refresher_time(
    *,
    refreshers: Any = quantity("refreshers"),
    refresher_hours: Any = assumed("training.refresher_hours"),
    replacements: Any = quantity("replacements"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
    hourly_rate: Any = computed("fully_loaded_hourly_rate"),
) -> Any:
    """Value of later class hours whose posts nobody covers on overtime."""
    hours = refreshers * refresher_hours + replacements * initial_hours
    return hours * (1 - backfill_share) * hourly_rate


@cost_line(
    "training.backfill",
    label="Overtime to cover posts during training",
    timing="one-time",
    nature="cash",
    refundable=NEVER_COVER,
    profile="entries",
)
def backfill(
    *,
    entries: Any = quantity("entries"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
    overtime_rate: Any = computed("overtime_rate"),
) -> Any:
    """Overtime of the officers who cover the posts of those in class."""
    return entries * initial_hours * backfill_share * overtime_rate


@cost_line(
    "training.travel",
    label="Travel to the course",
    timing="one-time",
    nature="cash",
    refundable="Depends on who pays travel under the agreement.",
    profile="entries",
)
def travel(*, entries: Any = quantity("entries"), travel_paid: Any = computed("travel_paid")) -> Any:
    """Lodging, meals and fare of newly nominated officers, where the agency pays them."""
    return entries * travel_paid


@cost_line(
    "training.refresher",
    label="Refreshers, and courses for replacements",
    timing="recurring",
    nature="cash",
    refundable=NEVER_COVER,
    profile="officer_years",
)
def refresher(
    *,
    refreshers: Any = quantity("refreshers"),
    refresher_hours: Any = assumed("training.refresher_hours"),
    replacements: Any = quantity("replacements"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
    overtime_rate: Any = computed("overtime_rate"),
    travel_paid: Any = computed("travel_paid"),
) -> Any:
    """Cover of refreshers and of the courses of those who replace leavers, and their travel."""
    hours = refreshers * refresher_hours + replacements * initial_hours
    return hours * backfill_share * overtime_rate + replacements * travel_paid

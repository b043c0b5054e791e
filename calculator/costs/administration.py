"""Administration and insurance lines: equipment, vehicles, seats, records, outreach, premium."""

from __future__ import annotations

from typing import Any

from calculator.costs.operations import NEVER_OVERHEAD
from calculator.line import SHARED, assumed, computed, cost_line, quantity

UP_TO_CEILING = "Announced up to a ceiling, for the task force model."


@cost_line(
    "administration.equipment",
    label="Equipment for trained officers",
    timing="one-time",
    nature="cash",
    refundable=UP_TO_CEILING,
    profile="equipment_sets",
)
def equipment(
    *,
    equipment_sets: Any = quantity("equipment_sets"),
    equipment_cost: Any = assumed("administration.equipment_cost"),
) -> Any:
    """Equipment bought because of the agreement, and again at the end of its life."""
    return equipment_sets * equipment_cost


@cost_line(
    "administration.vehicles",
    label="Vehicles and fittings",
    timing="one-time",
    nature="cash",
    refundable=UP_TO_CEILING,
    profile="vehicle_purchases",
    scope=("tfm",),
)
def vehicles(
    *,
    vehicle_purchases: Any = quantity("vehicle_purchases"),
    vehicle_purchase: Any = assumed("administration.vehicle_purchase"),
) -> Any:
    """Vehicles or fittings bought because of the agreement, and again at the end of their life."""
    return vehicle_purchases * vehicle_purchase


@cost_line(
    "administration.vehicle_upkeep",
    label="Upkeep of vehicles and fittings",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="vehicle_years",
    scope=("tfm",),
)
def vehicle_upkeep(
    *,
    vehicle_years: Any = quantity("vehicle_years"),
    vehicle_purchase: Any = assumed("administration.vehicle_purchase"),
    vehicle_upkeep: Any = assumed("administration.vehicle_upkeep"),
) -> Any:
    """Fuel apart, what keeping them costs in a year."""
    return vehicle_years * vehicle_purchase * vehicle_upkeep


@cost_line(
    "administration.it",
    label="Information-technology seats",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="officer_years",
)
def it(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    it_seat_cost: Any = assumed("administration.it_seat_cost"),
) -> Any:
    """The agency's own cost of seats; ICE installs the link for task force and jail models."""
    return officer_years * it_seat_cost


@cost_line(
    "administration.records_and_complaints",
    label="Records, reporting and complaints",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="agreement_years",
    scope=SHARED,
)
def records_and_complaints(
    *,
    agreement_years: Any = quantity("agreement_years"),
    records_hours: Any = assumed("administration.records_hours"),
    cash_rate: Any = computed("clerk_cash_rate"),
) -> Any:
    """Office hours worked as overtime or by people hired; counted once for any set of models."""
    return agreement_years * records_hours * cash_rate


@cost_line(
    "administration.outreach",
    label="Outreach",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="agreement_years",
    scope=SHARED,
)
def outreach(
    *,
    agreement_years: Any = quantity("agreement_years"),
    outreach_cost: Any = assumed("administration.outreach_cost"),
) -> Any:
    """Meetings, notices, translation; counted once for any set of models."""
    return agreement_years * outreach_cost


@cost_line(
    "liability.premium",
    label="Change of insurance premium",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="officer_years",
)
def premium(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    premium_change: Any = assumed("liability.premium_change"),
) -> Any:
    """What the pool or carrier adds for trained officers; claims stand in their own block."""
    return officer_years * premium_change

"""What the quantities of a run are, in the words printed beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class QuantityWords:
    """What a quantity is, in the words printed beside it."""

    label: str
    unit: str
    how: str


QUANTITIES: Mapping[str, QuantityWords] = {
    "entries": QuantityWords(
        "Officers entering the course",
        "officer",
        "newly nominated officers, spread over the ramp-up, divided by the share who finish; "
        "courses stop for positions given up",
    ),
    "replacements": QuantityWords(
        "Replacements entering the course",
        "officer",
        "officers on duty times yearly turnover, divided by 12 and by the share who finish",
    ),
    "refreshers": QuantityWords(
        "Officers taking a refresher",
        "officer",
        "officers whose refresher interval ends in the period, less those who left or were given up",
    ),
    "officer_years": QuantityWords(
        "Trained officers on duty, in years",
        "year",
        "trained officers on duty in each month, added up, divided by 12",
    ),
    "unique_officer_years": QuantityWords(
        "Trained officers on duty, each person once, in years",
        "year",
        "trained officers on duty, without those already counted in another model of the same set",
    ),
    "duty_years": QuantityWords(
        "Program time, in full years",
        "year",
        "trained officers on duty divided by the fewest nominated so far, at most 1, "
        "added up over the months, divided by 12",
    ),
    "pair_years": QuantityWords(
        "Program time beside warrant service, in full years",
        "year",
        "program time in the months in which warrant service officers are nominated",
    ),
    "partner_duty_years": QuantityWords(
        "Program time beside jail enforcement, in full years",
        "year",
        "program time of each month times that of jail enforcement, added up, divided by 12",
    ),
    "equipment_sets": QuantityWords(
        "Officers equipped or re-equipped",
        "officer",
        "newly trained positions, and again at the end of equipment life while they are kept",
    ),
    "new_positions": QuantityWords(
        "Officers newly trained", "officer", "positions trained for the first time"
    ),
    "vehicle_purchases": QuantityWords(
        "Purchases of vehicles or fittings",
        "count",
        "one with the first officers, and again at the end of vehicle life; evenly where kept before the start",
    ),
    "first_purchase": QuantityWords(
        "First purchase",
        "count",
        "1 in the period of the first officers, otherwise 0; 0 where some were trained before the start",
    ),
    "vehicle_years": QuantityWords(
        "Years in which vehicles are kept", "year", "months with officers nominated, divided by 12"
    ),
    "agreement_years": QuantityWords(
        "Years in which the agreement runs", "year", "months with officers nominated, divided by 12"
    ),
    "hires": QuantityWords(
        "Share of hired positions filled anew",
        "count",
        "1 in the period of the first officers, plus turnover of those hired",
    ),
}

# Quantities of two models together; a model alone has none.
OF_A_PAIR = ("pair_years", "partner_duty_years")

# Quantities of a whole option, known only after its lines.
OPTION_QUANTITIES: Mapping[str, QuantityWords] = {
    "gross_cost": QuantityWords(
        "Gross cost, budget view",
        "USD",
        "all cash lines of the option in the months of the fiscal year in which the grant runs",
    ),
    "federal_entitlement": QuantityWords(
        "Federal money claimed for the period",
        "USD",
        "all federal claims of the case for work in those months",
    ),
    "grant_cap": QuantityWords(
        "Most the state grant pays",
        "USD",
        "the yearly cap of the state's tier times the months of the fiscal year in the run, divided by 12",
    ),
    "agreement_years": QuantityWords("Years", "year", "months divided by 12"),
}

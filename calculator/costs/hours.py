"""Hours needed in a full year, and how they are covered.

Each hour needed is exactly one of overtime, hired or diverted.
"""

from __future__ import annotations

from typing import Any

from calculator.line import assumed, computed, derived

MINUTES_PER_HOUR = 60


@derived(
    "program_hours", label="Program hours in a full year", unit="hour/year", axis="activity", variant="tfm"
)
def program_hours_tfm(
    *,
    encounters: Any = computed("operations.encounters"),
    encounter_hours: Any = assumed("operations.encounter_hours"),
    transport_runs: Any = computed("operations.transport_runs"),
    transport_hours: Any = assumed("operations.transport_hours"),
) -> Any:
    """Encounters and same-day transport."""
    return encounters * encounter_hours + transport_runs * transport_hours


@derived(
    "program_hours",
    label="Program hours in a full year",
    unit="hour/year",
    axis="activity",
    variant="jem_minutes",
)
def program_hours_jem(
    *,
    screenings: Any = computed("operations.screenings"),
    screening_minutes: Any = assumed("operations.screening_minutes"),
    cases: Any = computed("cases_worked"),
    case_hours: Any = assumed("operations.case_hours"),
    transport_runs: Any = computed("operations.transport_runs"),
    transport_hours: Any = assumed("operations.transport_hours"),
) -> Any:
    """Screenings, case files and transport."""
    return (
        screenings * screening_minutes / MINUTES_PER_HOUR
        + cases * case_hours
        + transport_runs * transport_hours
    )


@derived(
    "program_hours",
    label="Program hours in a full year",
    unit="hour/year",
    axis="activity",
    variant="jem_unit",
)
def program_hours_unit(
    *,
    positions: Any = computed("staffing.jem_unit_positions"),
    net_work_hours: Any = assumed("staffing.net_work_hours"),
    transport_runs: Any = computed("operations.transport_runs"),
    transport_hours: Any = assumed("operations.transport_hours"),
) -> Any:
    """A standing unit; its positions cover screening, files and standby."""
    return positions * net_work_hours + transport_runs * transport_hours


@derived(
    "program_hours", label="Program hours in a full year", unit="hour/year", axis="activity", variant="wso"
)
def program_hours_wso(
    *,
    warrants: Any = computed("cases_worked"),
    warrant_minutes: Any = assumed("operations.warrant_minutes"),
    transport_runs: Any = computed("operations.transport_runs"),
    transport_hours: Any = assumed("operations.transport_hours"),
) -> Any:
    """Warrants served and transport."""
    return warrants * warrant_minutes / MINUTES_PER_HOUR + transport_runs * transport_hours


@derived("diverted_share", label="Share of hours diverted from other duty", unit="share")
def diverted_share(
    *,
    overtime_share: Any = assumed("staffing.overtime_share"),
    hired_share: Any = assumed("staffing.hired_share"),
) -> Any:
    """What is neither overtime nor hired."""
    return 1 - overtime_share - hired_share

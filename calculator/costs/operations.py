"""Operations lines: time on the program, overtime, people hired, and the work around it."""

from __future__ import annotations

from typing import Any

from calculator.costs.training import AS_SALARY
from calculator.line import SHARED, assumed, computed, cost_line, derived, least, quantity

NEVER_OVERHEAD = "No: no announced payment covers it."


@derived("supervisor_cash_rate", label="Cash cost of a supervisor hour", unit="USD/hour")
def supervisor_cash_rate(
    *,
    overtime_share: Any = assumed("staffing.overtime_share"),
    overtime_rate: Any = computed("supervisor_overtime_rate"),
    hired_share: Any = assumed("staffing.hired_share"),
    hourly_rate: Any = computed("supervisor_hourly_rate"),
) -> Any:
    """Overtime and hired parts of one hour; the diverted part costs no cash."""
    return overtime_share * overtime_rate + hired_share * hourly_rate


@derived("clerk_cash_rate", label="Cash cost of an office hour", unit="USD/hour")
def clerk_cash_rate(
    *,
    overtime_share: Any = assumed("staffing.overtime_share"),
    overtime_rate: Any = computed("clerk_overtime_rate"),
    hired_share: Any = assumed("staffing.hired_share"),
    hourly_rate: Any = computed("clerk_hourly_rate"),
) -> Any:
    """Overtime and hired parts of one hour; the diverted part costs no cash."""
    return overtime_share * overtime_rate + hired_share * hourly_rate


@cost_line(
    "operations.time",
    label="Officer and supervisor time on the program",
    timing="recurring",
    nature="diverted",
    refundable=AS_SALARY,
    profile="duty_years",
)
def time(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    hourly_rate: Any = computed("fully_loaded_hourly_rate"),
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
    supervisor_hourly_rate: Any = computed("supervisor_hourly_rate"),
    diverted_share: Any = computed("diverted_share"),
) -> Any:
    """Value of hours taken from other duty."""
    officers = program_hours * duty_years * hourly_rate
    supervisors = officer_years * supervision_hours * supervisor_hourly_rate
    return (officers + supervisors) * diverted_share


@cost_line(
    "operations.time",
    label="Coordination and records time",
    timing="recurring",
    nature="diverted",
    refundable=NEVER_OVERHEAD,
    profile="agreement_years",
    scope=SHARED,
)
def shared_time(
    *,
    agreement_years: Any = quantity("agreement_years"),
    coordination_hours: Any = assumed("operations.coordination_hours"),
    supervisor_hourly_rate: Any = computed("supervisor_hourly_rate"),
    records_hours: Any = assumed("administration.records_hours"),
    clerk_hourly_rate: Any = computed("clerk_hourly_rate"),
    diverted_share: Any = computed("diverted_share"),
) -> Any:
    """Value of coordinator and records hours taken from other work; counted once for any set of models."""
    hours = coordination_hours * supervisor_hourly_rate + records_hours * clerk_hourly_rate
    return agreement_years * hours * diverted_share


@cost_line(
    "operations.overtime",
    label="Overtime on the program",
    timing="recurring",
    nature="cash",
    refundable="Disputed: see how the overtime term can be read.",
    profile="duty_years",
)
def overtime(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    overtime_share: Any = assumed("staffing.overtime_share"),
    overtime_rate: Any = computed("overtime_rate"),
    straight_time_slack: Any = assumed("pay.straight_time_slack"),
    officer_years: Any = quantity("unique_officer_years"),
    straight_hourly_wage: Any = computed("straight_hourly_wage"),
    overtime_multiplier: Any = assumed("pay.overtime_multiplier"),
    overtime_load: Any = assumed("pay.overtime_load"),
) -> Any:
    """Program hours worked as overtime; hours inside the yearly straight-time slack carry no premium."""
    hours = program_hours * duty_years * overtime_share
    without_premium = least(hours, straight_time_slack * officer_years)
    premium = straight_hourly_wage * (overtime_multiplier - 1) * (1 + overtime_load)
    return hours * overtime_rate - without_premium * premium


@cost_line(
    "operations.supervision",
    label="Supervision",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="officer_years",
)
def supervision(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
    cash_rate: Any = computed("supervisor_cash_rate"),
) -> Any:
    """Supervisor hours worked as overtime or by people hired."""
    return officer_years * supervision_hours * cash_rate


@cost_line(
    "operations.coordination",
    label="Coordination with ICE",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="agreement_years",
    scope=SHARED,
)
def coordination(
    *,
    agreement_years: Any = quantity("agreement_years"),
    coordination_hours: Any = assumed("operations.coordination_hours"),
    cash_rate: Any = computed("supervisor_cash_rate"),
) -> Any:
    """Coordinator hours worked as overtime or by people hired; counted once for any set of models."""
    return agreement_years * coordination_hours * cash_rate


@cost_line(
    "operations.transport",
    label="Transport: vehicle cost by the mile",
    timing="recurring",
    nature="cash",
    refundable="No: the agreement leaves local transport to the agency.",
    profile="duty_years",
)
def transport(
    *,
    transport_runs: Any = computed("operations.transport_runs"),
    duty_years: Any = quantity("duty_years"),
    round_trip_miles: Any = assumed("operations.round_trip_miles"),
    cost_per_mile: Any = assumed("operations.cost_per_mile"),
) -> Any:
    """Miles driven to hand people over; the officers' hours are in program hours."""
    return transport_runs * duty_years * round_trip_miles * cost_per_mile


@cost_line(
    "operations.positions",
    label="Positions added",
    timing="recurring",
    nature="cash",
    refundable=AS_SALARY,
    profile="duty_years",
)
def positions(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    hired_share: Any = assumed("staffing.hired_share"),
    hourly_rate: Any = computed("fully_loaded_hourly_rate"),
) -> Any:
    """Program hours worked by people hired for them, with all pay and benefits."""
    return program_hours * duty_years * hired_share * hourly_rate


@cost_line(
    "operations.hiring",
    label="Hiring for added positions",
    timing="one-time",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="hires",
)
def hiring(
    *,
    program_hours: Any = computed("program_hours"),
    hired_share: Any = assumed("staffing.hired_share"),
    net_work_hours: Any = assumed("staffing.net_work_hours"),
    hires: Any = quantity("hires"),
    hiring_cost: Any = assumed("staffing.{staff}.hiring_cost"),
) -> Any:
    """Recruiting and training people for the added positions, at the start and as they leave."""
    return program_hours * hired_share / net_work_hours * hires * hiring_cost


@cost_line(
    "operations.timekeeping",
    label="Time-keeping for federal claims",
    timing="recurring",
    nature="cash",
    refundable=NEVER_OVERHEAD,
    profile="officer_years",
    scope=("tfm",),
)
def timekeeping(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    timekeeping_hours: Any = assumed("operations.timekeeping_hours"),
    cash_rate: Any = computed("clerk_cash_rate"),
) -> Any:
    """Office hours for claims, worked as overtime or by people hired."""
    return officer_years * timekeeping_hours * cash_rate


@cost_line(
    "operations.timekeeping_time",
    label="Office time for federal claims",
    timing="recurring",
    nature="diverted",
    refundable=NEVER_OVERHEAD,
    profile="officer_years",
    scope=("tfm",),
)
def timekeeping_time(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    timekeeping_hours: Any = assumed("operations.timekeeping_hours"),
    clerk_hourly_rate: Any = computed("clerk_hourly_rate"),
    diverted_share: Any = computed("diverted_share"),
) -> Any:
    """Value of office hours for claims taken from other work."""
    return officer_years * timekeeping_hours * clerk_hourly_rate * diverted_share

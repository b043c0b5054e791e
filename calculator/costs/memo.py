"""Figures printed beside the totals and never added to them: hours, payroll already budgeted, sums on offer."""

from __future__ import annotations

from typing import Any

from calculator.line import SHARED, answer, assumed, computed, memo_line, most, quantity

QUARTERS = 4


@memo_line(
    "memo.payroll_budgeted",
    label="Payroll of trained officers already in the budget",
    profile="officer_years",
)
def payroll_budgeted(
    *, officer_years: Any = quantity("unique_officer_years"), yearly_pay: Any = computed("yearly_pay")
) -> Any:
    """Salary and benefits the agency pays these officers with or without an agreement."""
    return officer_years * yearly_pay


@memo_line(
    "memo.sworn_payroll",
    label="Payroll of all sworn officers while the agreement runs",
    profile="agreement_years",
    scope=SHARED,
)
def sworn_payroll(
    *,
    sworn_officers: Any = answer("agency.sworn_officers"),
    yearly_pay: Any = computed("yearly_pay"),
    agreement_years: Any = quantity("agreement_years"),
) -> Any:
    """Salary and benefits of the whole force, to set the cost against."""
    return sworn_officers * yearly_pay * agreement_years


@memo_line("memo.program_time_value", label="Value of all their program time", profile="duty_years")
def program_time_value(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    hourly_rate: Any = computed("fully_loaded_hourly_rate"),
) -> Any:
    """All program hours at the fully loaded rate, however they are covered."""
    return program_hours * duty_years * hourly_rate


@memo_line(
    "memo.overtime_employer_cost",
    label="Payroll cost on program overtime, refunded by nobody",
    profile="duty_years",
)
def overtime_employer_cost(
    *, overtime_wages: Any = computed("overtime_wages"), overtime_load: Any = assumed("pay.overtime_load")
) -> Any:
    """Payroll tax and pension on overtime; part of the overtime line."""
    return overtime_wages * overtime_load


def _awards(tier: str) -> None:
    @memo_line(
        f"memo.awards_on_offer_{tier}",
        label=f"Performance awards on offer at the {tier} tier",
        profile="officer_years",
        scope=("tfm",),
    )
    def awards_on_offer(
        *,
        officer_years: Any = quantity("unique_officer_years"),
        award: Any = assumed(f"receipts.award_{tier}_tier"),
    ) -> Any:
        return officer_years * QUARTERS * award


_awards("top")
_awards("middle")
_awards("lower")


@memo_line(
    "memo.equipment_on_offer",
    label="Equipment money on offer for purchases not planned here",
    profile="new_positions",
    scope=("tfm",),
)
def equipment_on_offer(
    *,
    new_positions: Any = quantity("new_positions"),
    equipment_ceiling: Any = assumed("receipts.equipment_ceiling"),
    equipment_cost: Any = assumed("administration.equipment_cost"),
) -> Any:
    """The ceiling less what is bought here."""
    return new_positions * most(equipment_ceiling - equipment_cost, 0)


@memo_line(
    "memo.vehicles_on_offer",
    label="Vehicle money on offer for purchases not planned here",
    profile="first_purchase",
    scope=("tfm",),
)
def vehicles_on_offer(
    *,
    first_purchase: Any = quantity("first_purchase"),
    vehicle_ceiling: Any = assumed("receipts.vehicle_ceiling"),
    vehicle_purchase: Any = assumed("administration.vehicle_purchase"),
) -> Any:
    """The ceiling less what is bought here."""
    return first_purchase * most(vehicle_ceiling - vehicle_purchase, 0)


@memo_line("memo.course_hours", label="Hours in the first course", profile="entries", unit="hour")
def course_hours(
    *, entries: Any = quantity("entries"), initial_hours: Any = assumed("training.initial_hours")
) -> Any:
    """Paid hours of newly nominated officers in the course."""
    return entries * initial_hours


@memo_line(
    "memo.course_cover_hours", label="First-course hours covered by overtime", profile="entries", unit="hour"
)
def course_cover_hours(
    *,
    entries: Any = quantity("entries"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
) -> Any:
    """The part of them whose posts are covered."""
    return entries * initial_hours * backfill_share


@memo_line(
    "memo.refresher_hours",
    label="Hours in refreshers and replacement courses",
    profile="officer_years",
    unit="hour",
)
def refresher_hours(
    *,
    refreshers: Any = quantity("refreshers"),
    refresher_hours: Any = assumed("training.refresher_hours"),
    replacements: Any = quantity("replacements"),
    initial_hours: Any = assumed("training.initial_hours"),
) -> Any:
    """Paid hours in refreshers, and of those who replace leavers."""
    return refreshers * refresher_hours + replacements * initial_hours


@memo_line(
    "memo.refresher_cover_hours",
    label="Refresher and replacement hours covered by overtime",
    profile="officer_years",
    unit="hour",
)
def refresher_cover_hours(
    *,
    refreshers: Any = quantity("refreshers"),
    refresher_hours: Any = assumed("training.refresher_hours"),
    replacements: Any = quantity("replacements"),
    initial_hours: Any = assumed("training.initial_hours"),
    backfill_share: Any = assumed("training.backfill_share"),
) -> Any:
    """The part of them whose posts are covered."""
    return (refreshers * refresher_hours + replacements * initial_hours) * backfill_share


@memo_line(
    "memo.work_hours", label="Hours of program work and supervision", profile="duty_years", unit="hour"
)
def work_hours(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
) -> Any:
    """Program hours of officers and the hours of their supervisors."""
    return program_hours * duty_years + officer_years * supervision_hours


@memo_line(
    "memo.work_overtime_hours", label="Program work done on overtime", profile="duty_years", unit="hour"
)
def work_overtime_hours(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
    overtime_share: Any = assumed("staffing.overtime_share"),
) -> Any:
    """The overtime part."""
    return (program_hours * duty_years + officer_years * supervision_hours) * overtime_share


@memo_line(
    "memo.work_hired_hours", label="Program work done by people hired", profile="duty_years", unit="hour"
)
def work_hired_hours(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
    hired_share: Any = assumed("staffing.hired_share"),
) -> Any:
    """The hired part."""
    return (program_hours * duty_years + officer_years * supervision_hours) * hired_share


@memo_line(
    "memo.work_diverted_hours",
    label="Program work diverted from other duty",
    profile="duty_years",
    unit="hour",
)
def work_diverted_hours(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    officer_years: Any = quantity("unique_officer_years"),
    supervision_hours: Any = assumed("operations.supervision_hours"),
    diverted_share: Any = computed("diverted_share"),
) -> Any:
    """The diverted part."""
    return (program_hours * duty_years + officer_years * supervision_hours) * diverted_share


@memo_line(
    "memo.office_hours",
    label="Hours of coordination and records",
    profile="agreement_years",
    scope=SHARED,
    unit="hour",
)
def office_hours(
    *,
    agreement_years: Any = quantity("agreement_years"),
    coordination_hours: Any = assumed("operations.coordination_hours"),
    records_hours: Any = assumed("administration.records_hours"),
) -> Any:
    """Coordinator and records hours, counted once for any set of models."""
    return agreement_years * (coordination_hours + records_hours)


@memo_line(
    "memo.timekeeping_hours",
    label="Office hours for federal claims",
    profile="officer_years",
    scope=("tfm",),
    unit="hour",
)
def timekeeping_hours(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    timekeeping_hours: Any = assumed("operations.timekeeping_hours"),
) -> Any:
    """Hours of time-keeping that claims need."""
    return officer_years * timekeeping_hours

"""What an hour costs, in the three senses that must not be mixed.

Fully loaded: all pay and benefits over the hours really worked, so that one
full-time position of hours costs one full-time position of pay. Overtime: the
extra hour. Payroll: what a payroll claim shows for an hour.
"""

from __future__ import annotations

from typing import Any

from calculator.line import assumed, computed, derived


@derived("straight_hourly_wage", label="Straight-time wage", unit="USD/hour")
def straight_hourly_wage(
    *, salary: Any = assumed("pay.{staff}.salary"), hours: Any = assumed("pay.standard_hours")
) -> Any:
    """Yearly salary over standard hours."""
    return salary / hours


@derived("fully_loaded_hourly_rate", label="Fully loaded hourly rate", unit="USD/hour")
def fully_loaded_hourly_rate(
    *,
    salary: Any = assumed("pay.{staff}.salary"),
    benefit_load: Any = assumed("pay.{staff}.benefit_load"),
    net_work_hours: Any = assumed("staffing.net_work_hours"),
) -> Any:
    """Salary and benefits over the hours really worked in a year."""
    return salary * (1 + benefit_load) / net_work_hours


@derived("payroll_rate", label="Payroll rate", unit="USD/hour")
def payroll_rate(
    *,
    salary: Any = assumed("pay.{staff}.salary"),
    benefit_load: Any = assumed("pay.{staff}.benefit_load"),
    standard_hours: Any = assumed("pay.standard_hours"),
) -> Any:
    """Salary and benefits over paid hours: used only in claims."""
    return salary * (1 + benefit_load) / standard_hours


@derived("overtime_rate", label="Overtime rate", unit="USD/hour")
def overtime_rate(
    *,
    straight_hourly_wage: Any = computed("straight_hourly_wage"),
    overtime_multiplier: Any = assumed("pay.overtime_multiplier"),
    overtime_load: Any = assumed("pay.overtime_load"),
) -> Any:
    """One hour of overtime with the employer's payroll cost on it."""
    return straight_hourly_wage * overtime_multiplier * (1 + overtime_load)


def _loaded(role: str, words: str) -> None:
    @derived(f"{role}_hourly_rate", label=f"Fully loaded hourly rate, {words}", unit="USD/hour")
    def hourly(
        *,
        salary: Any = assumed(f"pay.{role}.salary"),
        benefit_load: Any = assumed(f"pay.{role}.benefit_load"),
        net_work_hours: Any = assumed("staffing.net_work_hours"),
    ) -> Any:
        return salary * (1 + benefit_load) / net_work_hours

    @derived(f"{role}_overtime_rate", label=f"Overtime rate, {words}", unit="USD/hour")
    def overtime(
        *,
        salary: Any = assumed(f"pay.{role}.salary"),
        standard_hours: Any = assumed("pay.standard_hours"),
        overtime_multiplier: Any = assumed("pay.overtime_multiplier"),
        overtime_load: Any = assumed("pay.overtime_load"),
    ) -> Any:
        return salary / standard_hours * overtime_multiplier * (1 + overtime_load)


_loaded("supervisor", "supervisor")
_loaded("clerk", "office clerk")

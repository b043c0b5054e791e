"""Receipt lines: what could be claimed, in the reading chosen, against which base.

Each function gives the claim for the period worked. What is received, and when,
follows from the case (share paid, disallowed, lag) in `cash`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calculator.costs.quantities import OPTION_QUANTITIES
from calculator.inputs import Input
from calculator.line import (
    JAIL_MODELS,
    OPTION,
    Register,
    Timing,
    assumed,
    computed,
    derived,
    least,
    most,
    quantity,
    receipt_line,
    when,
)

QUARTERS = 4


@derived(
    "eligible_share", label="Eligible under the reading chosen", unit="share", axis="eligible", variant="yes"
)
def eligible() -> Any:
    """The model's officers are eligible."""
    return 1


@derived(
    "eligible_share", label="Eligible under the reading chosen", unit="share", axis="eligible", variant="no"
)
def not_eligible() -> Any:
    """The model's officers are not eligible."""
    return 0


@derived("yearly_pay", label="Yearly salary and benefits", unit="USD/officer/year")
def yearly_pay(
    *, salary: Any = assumed("pay.{staff}.salary"), benefit_load: Any = assumed("pay.{staff}.benefit_load")
) -> Any:
    """Salary with benefits."""
    return salary * (1 + benefit_load)


@derived(
    "qualifying_arrests", label="Arrests in a full year", unit="case/year", axis="place", variant="community"
)
def qualifying_arrests(
    *,
    encounters: Any = computed("operations.encounters"),
    arrest_share: Any = assumed("operations.arrest_share"),
) -> Any:
    """Encounters that end in an arrest."""
    return encounters * arrest_share


@derived("qualifying_arrests", label="Arrests in a full year", unit="case/year", axis="place", variant="jail")
def qualifying_cases(*, cases_worked: Any = computed("cases_worked")) -> Any:
    """Jail cases."""
    return cases_worked


def payroll(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    yearly_pay: Any = computed("yearly_pay"),
) -> Any:
    """Payroll of the trained officers in the period."""
    return officer_years * yearly_pay


def program_payroll(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    overtime_share: Any = assumed("staffing.overtime_share"),
    payroll_rate: Any = computed("payroll_rate"),
) -> Any:
    """Straight-time program hours at the payroll rate."""
    return program_hours * duty_years * (1 - overtime_share) * payroll_rate


_SALARY = "Salary and benefits refunded"


def _salary(variant: str, base: Callable[..., Any]) -> Register:
    return receipt_line(
        "receipts.salary_and_benefits",
        label=_SALARY,
        timing="recurring",
        profile="officer_years",
        base=base,
        axis="salary",
        variant=variant,
    )


@_salary("full_pay", payroll)
def salary_full_pay(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    yearly_pay: Any = computed("yearly_pay"),
    salary_share: Any = assumed("receipts.salary_share"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """All salary and benefits of each eligible trained officer."""
    return officer_years * yearly_pay * salary_share * eligible_share


@_salary("hours_spent", program_payroll)
def salary_hours_spent(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    overtime_share: Any = assumed("staffing.overtime_share"),
    payroll_rate: Any = computed("payroll_rate"),
    salary_share: Any = assumed("receipts.salary_share"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """Only the straight-time hours spent on the program."""
    return program_hours * duty_years * (1 - overtime_share) * payroll_rate * salary_share * eligible_share


@_salary("first_arrest", payroll)
def salary_after_first_arrest(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    arrests: Any = computed("qualifying_arrests"),
    duty_years: Any = quantity("duty_years"),
    yearly_pay: Any = computed("yearly_pay"),
    salary_share: Any = assumed("receipts.salary_share"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """Full pay, of no more officers than there are arrests in the year."""
    return least(officer_years, arrests * duty_years) * yearly_pay * salary_share * eligible_share


@_salary("nothing", payroll)
def salary_nothing() -> Any:
    """No payment."""
    return 0


def overtime_wages(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    overtime_share: Any = assumed("staffing.overtime_share"),
    straight_hourly_wage: Any = computed("straight_hourly_wage"),
    overtime_multiplier: Any = assumed("pay.overtime_multiplier"),
    straight_time_slack: Any = assumed("pay.straight_time_slack"),
    officer_years: Any = quantity("unique_officer_years"),
) -> Any:
    """Overtime wages on the program, without the employer's payroll cost."""
    hours = program_hours * duty_years * overtime_share
    without_premium = least(hours, straight_time_slack * officer_years)
    return straight_hourly_wage * (hours * overtime_multiplier - without_premium * (overtime_multiplier - 1))


@derived("overtime_wages", label="Overtime wages on the program", unit="USD")
def program_overtime_wages(
    *,
    program_hours: Any = computed("program_hours"),
    duty_years: Any = quantity("duty_years"),
    overtime_share: Any = assumed("staffing.overtime_share"),
    straight_hourly_wage: Any = computed("straight_hourly_wage"),
    overtime_multiplier: Any = assumed("pay.overtime_multiplier"),
    straight_time_slack: Any = assumed("pay.straight_time_slack"),
    officer_years: Any = quantity("unique_officer_years"),
) -> Any:
    """As the claim base."""
    return overtime_wages(
        program_hours=program_hours,
        duty_years=duty_years,
        overtime_share=overtime_share,
        straight_hourly_wage=straight_hourly_wage,
        overtime_multiplier=overtime_multiplier,
        straight_time_slack=straight_time_slack,
        officer_years=officer_years,
    )


def _overtime(variant: str) -> Register:
    return receipt_line(
        "receipts.overtime",
        label="Overtime refunded",
        timing="recurring",
        profile="duty_years",
        base=overtime_wages,
        axis="overtime",
        variant=variant,
    )


@_overtime("salary_cap")
def overtime_up_to_share_of_salary(
    *,
    overtime_wages: Any = computed("overtime_wages"),
    salary_cap: Any = assumed("receipts.overtime_salary_cap"),
    salary: Any = assumed("pay.{staff}.salary"),
    officer_years: Any = quantity("unique_officer_years"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """Overtime wages, up to a share of yearly salary."""
    return least(overtime_wages, salary_cap * salary * officer_years) * eligible_share


@_overtime("share_of_overtime")
def overtime_share_of_overtime(
    *,
    overtime_wages: Any = computed("overtime_wages"),
    share_refunded: Any = assumed("receipts.overtime_share_of_overtime"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """A share of the overtime wages themselves."""
    return overtime_wages * share_refunded * eligible_share


@_overtime("federal_rule")
def overtime_federal_rule(
    *,
    overtime_wages: Any = computed("overtime_wages"),
    yearly_limit: Any = assumed("receipts.federal_rule_overtime_limit"),
    officer_years: Any = quantity("unique_officer_years"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """Overtime wages, up to the yearly limit of other federal task forces."""
    return least(overtime_wages, yearly_limit * officer_years) * eligible_share


def awards_as_paid(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    award_amount: Any = assumed("receipts.award_amount"),
) -> Any:
    """A flat award: its own base."""
    return officer_years * QUARTERS * award_amount


def _awards(variant: str) -> Register:
    return receipt_line(
        "receipts.performance_awards",
        label="Performance awards",
        timing="recurring",
        profile="officer_years",
        base=awards_as_paid,
        scope=("tfm",),
        axis="awards",
        variant=variant,
    )


@_awards("agency")
def awards_to_agency(
    *,
    officer_years: Any = quantity("unique_officer_years"),
    award_amount: Any = assumed("receipts.award_amount"),
) -> Any:
    """Four quarters at the award assumed."""
    return officer_years * QUARTERS * award_amount


@_awards("officer")
def awards_to_officers() -> Any:
    """Paid to officers: no receipt of the agency."""
    return 0


def equipment_purchase(
    *,
    new_positions: Any = quantity("new_positions"),
    equipment_cost: Any = assumed("administration.equipment_cost"),
) -> Any:
    """What first equipment cost."""
    return new_positions * equipment_cost


def equipment_ceiling(
    *,
    new_positions: Any = quantity("new_positions"),
    equipment_ceiling: Any = assumed("receipts.equipment_ceiling"),
) -> Any:
    """A flat amount: its own base."""
    return new_positions * equipment_ceiling


def _equipment(variant: str, base: Callable[..., Any]) -> Register:
    return receipt_line(
        "receipts.equipment",
        label="Equipment money",
        timing="one-time",
        profile="new_positions",
        base=base,
        axis="equipment",
        variant=variant,
    )


@_equipment("up_to_cost", equipment_purchase)
def equipment_up_to_cost(
    *,
    new_positions: Any = quantity("new_positions"),
    equipment_ceiling: Any = assumed("receipts.equipment_ceiling"),
    equipment_cost: Any = assumed("administration.equipment_cost"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """What equipment cost, up to the ceiling, once for each position trained."""
    return new_positions * least(equipment_ceiling, equipment_cost) * eligible_share


@_equipment("flat", equipment_ceiling)
def equipment_flat(
    *,
    new_positions: Any = quantity("new_positions"),
    equipment_ceiling: Any = assumed("receipts.equipment_ceiling"),
    eligible_share: Any = computed("eligible_share"),
) -> Any:
    """The ceiling itself, once for each position trained."""
    return new_positions * equipment_ceiling * eligible_share


def vehicle_purchase(
    *,
    first_purchase: Any = quantity("first_purchase"),
    vehicle_purchase: Any = assumed("administration.vehicle_purchase"),
) -> Any:
    """What the first purchase cost."""
    return first_purchase * vehicle_purchase


def vehicle_ceiling(
    *,
    first_purchase: Any = quantity("first_purchase"),
    vehicle_ceiling: Any = assumed("receipts.vehicle_ceiling"),
) -> Any:
    """A flat amount: its own base."""
    return first_purchase * vehicle_ceiling


def _vehicles(variant: str, base: Callable[..., Any]) -> Register:
    return receipt_line(
        "receipts.vehicles",
        label="Vehicle money",
        timing="one-time",
        profile="first_purchase",
        base=base,
        scope=("tfm",),
        axis="equipment",
        variant=variant,
    )


@_vehicles("up_to_cost", vehicle_purchase)
def vehicles_up_to_cost(
    *,
    first_purchase: Any = quantity("first_purchase"),
    vehicle_ceiling: Any = assumed("receipts.vehicle_ceiling"),
    vehicle_purchase: Any = assumed("administration.vehicle_purchase"),
) -> Any:
    """What vehicles cost, up to the ceiling, once for the agency."""
    return first_purchase * least(vehicle_ceiling, vehicle_purchase)


@_vehicles("flat", vehicle_ceiling)
def vehicles_flat(
    *,
    first_purchase: Any = quantity("first_purchase"),
    vehicle_ceiling: Any = assumed("receipts.vehicle_ceiling"),
) -> Any:
    """The ceiling itself, once for the agency."""
    return first_purchase * vehicle_ceiling


def course_travel(*, entries: Any = quantity("entries"), travel_paid: Any = computed("travel_paid")) -> Any:
    """Travel the agency paid for newly nominated officers."""
    return entries * travel_paid


def replacement_travel(
    *, replacements: Any = quantity("replacements"), travel_paid: Any = computed("travel_paid")
) -> Any:
    """Travel the agency paid for those who replace leavers."""
    return replacements * travel_paid


def _not_refunded() -> Any:
    """The agency pays, or ICE pays directly: nothing is refunded."""
    return 0


def _travel(line_id: str, label: str, timing: Timing, profile: str, base: Callable[..., Any]) -> None:
    for variant, claim in (("agency_refunded", base), ("agency", _not_refunded), ("ice", _not_refunded)):
        receipt_line(
            line_id,
            label=label,
            timing=timing,
            profile=profile,
            base=base,
            axis="travel",
            variant=variant,
        )(claim)


_travel("receipts.travel", "Travel refunded", "one-time", "entries", course_travel)
_travel(
    "receipts.replacement_travel",
    "Travel of replacements refunded",
    "recurring",
    "officer_years",
    replacement_travel,
)


def bed_days_at_per_diem(
    *,
    bed_days: Any = computed("bed_days_worked"),
    duty_years: Any = quantity("duty_years"),
    ice_per_diem: Any = assumed("detention.ice_per_diem"),
) -> Any:
    """Days held at the daily rate of a separate detention agreement."""
    return bed_days * duty_years * ice_per_diem


@receipt_line(
    "receipts.detention_per_diem",
    label="Daily rate under a separate detention agreement",
    timing="recurring",
    profile="duty_years",
    base=bed_days_at_per_diem,
    claims="added bed-days",
    scope=JAIL_MODELS,
)
def detention_per_diem(
    *,
    bed_days: Any = computed("bed_days_worked"),
    duty_years: Any = quantity("duty_years"),
    ice_per_diem: Any = assumed("detention.ice_per_diem"),
) -> Any:
    """Days held at the daily rate; 0 without such an agreement."""
    return bed_days * duty_years * ice_per_diem


def bed_day_cost(
    *,
    bed_days: Any = computed("bed_days_worked"),
    duty_years: Any = quantity("duty_years"),
    bed_cost: Any = computed("bed_cost"),
) -> Any:
    """What the added days cost."""
    return bed_days * duty_years * bed_cost


@receipt_line(
    "receipts.scaap",
    label="Federal aid for holding convicted people (SCAAP)",
    timing="recurring",
    profile="duty_years",
    base=bed_day_cost,
    claims="added bed-days",
    scope=JAIL_MODELS,
)
def scaap(
    *,
    bed_days: Any = computed("bed_days_worked"),
    duty_years: Any = quantity("duty_years"),
    bed_cost: Any = computed("bed_cost"),
    scaap_recovery: Any = assumed("receipts.scaap_recovery"),
    ice_per_diem: Any = assumed("detention.ice_per_diem"),
) -> Any:
    """A share of the cost of added days, where the agency claims it; nothing for days paid at a daily rate."""
    return when(ice_per_diem, 0, bed_days * duty_years * bed_cost * scaap_recovery)


def cost_left(
    *, gross_cost: Any = quantity("gross_cost"), federal: Any = quantity("federal_entitlement")
) -> Any:
    """Cost that no federal money was claimed for."""
    return most(gross_cost - federal, 0)


@receipt_line(
    "receipts.state_grants",
    label="State grant",
    timing="recurring",
    profile="agreement_years",
    base=cost_left,
    scope=OPTION,
)
def state_grants(
    *,
    grant_cap: Any = quantity("grant_cap"),
    gross_cost: Any = quantity("gross_cost"),
    federal: Any = quantity("federal_entitlement"),
) -> Any:
    """Cost left after all federal money claimed, up to the state's yearly cap, prorated by months."""
    return least(grant_cap, most(gross_cost - federal, 0))


def option_inputs(values: Mapping[str, Any], source: str) -> tuple[Input, ...]:
    """The inputs of the state-grant line, one value for each fiscal year."""
    names = {"grant_cap": "grant_cap", "gross_cost": "gross_cost", "federal_entitlement": "federal"}
    return tuple(
        Input(
            f"quantity.{each}",
            names[each],
            OPTION_QUANTITIES[each].label,
            OPTION_QUANTITIES[each].unit,
            "T" if each == "grant_cap" else "D",
            tuple(float(value) for value in amounts),
            note=source if each == "grant_cap" else OPTION_QUANTITIES[each].how,
        )
        for each, amounts in values.items()
    )

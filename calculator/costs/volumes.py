"""How much work there is in a full year: bookings, cases, encounters, transports, bed-days.

Volumes belong to people, not to models: the jail has one number of cases a
year, whichever models work them. Each volume can be entered by the user under
the same id in place of its formula.
"""

from __future__ import annotations

from typing import Any

from calculator.line import answer, assumed, computed, derived, most, quantity, when

# --- the jail ---------------------------------------------------------------------------------


@derived(
    "operations.bookings", label="Jail bookings", unit="case/year", axis="bookings_from", variant="typed"
)
def bookings_typed(*, jail_bookings: Any = answer("agency.jail_bookings")) -> Any:
    """As the user says."""
    return jail_bookings


@derived(
    "operations.bookings", label="Jail bookings", unit="case/year", axis="bookings_from", variant="population"
)
def bookings_from_population(
    *,
    average_daily_population: Any = answer("agency.jail_average_daily_population"),
    bookings_per_person_held: Any = assumed("operations.bookings_per_person_held"),
) -> Any:
    """From the people held on an average day."""
    return average_daily_population * bookings_per_person_held


@derived(
    "operations.bookings", label="Jail bookings", unit="case/year", axis="bookings_from", variant="residents"
)
def bookings_from_residents(
    *,
    residents: Any = answer("agency.residents"),
    bookings_per_resident: Any = assumed("operations.bookings_per_resident"),
) -> Any:
    """From the residents served."""
    return residents * bookings_per_resident


@derived(
    "operations.bookings", label="Jail bookings", unit="case/year", axis="bookings_from", variant="sworn"
)
def bookings_from_sworn(
    *,
    sworn_officers: Any = answer("agency.sworn_officers"),
    residents_per_sworn: Any = assumed("operations.residents_per_sworn"),
    bookings_per_resident: Any = assumed("operations.bookings_per_resident"),
) -> Any:
    """From the size of the agency, when neither the jail nor the residents are known."""
    return sworn_officers * residents_per_sworn * bookings_per_resident


@derived("operations.screenings", label="People screened in jail", unit="case/year")
def screenings(
    *,
    bookings: Any = computed("operations.bookings"),
    screened_share: Any = assumed("operations.screened_share"),
) -> Any:
    """Bookings that are interviewed under the program."""
    return bookings * screened_share


@derived("operations.jail_cases", label="People with a detainer or transfer, from the jail", unit="case/year")
def jail_cases(
    *, screenings: Any = computed("operations.screenings"), yield_share: Any = assumed("operations.yield")
) -> Any:
    """Screenings that end in a detainer or transfer."""
    return screenings * yield_share


@derived("pair_share", label="Part of program time beside warrant service", unit="share")
def pair_share(*, pair_years: Any = quantity("pair_years"), duty_years: Any = quantity("duty_years")) -> Any:
    """Program time in months in which warrant service officers are nominated, of all; all where there is none yet."""
    return when(duty_years, pair_years / when(duty_years, duty_years, 1), 1)


@derived("partner_duty", label="Program time of jail enforcement beside this model", unit="share")
def partner_duty(
    *,
    partner_duty_years: Any = quantity("partner_duty_years"),
    duty_years: Any = quantity("duty_years"),
) -> Any:
    """The part of jail enforcement's work that is done while this model works; all where it does not work yet."""
    return when(duty_years, partner_duty_years / when(duty_years, duty_years, 1), 1)


@derived(
    "case_share",
    label="Share of jail cases worked by this model",
    unit="share",
    axis="case_role",
    variant="first",
)
def case_share_first(
    *,
    jem_share: Any = assumed("operations.jem_share_of_cases"),
    pair_share: Any = computed("pair_share"),
) -> Any:
    """Jail enforcement officers work this share beside warrant service, and all cases without it."""
    return jem_share + (1 - jem_share) * (1 - pair_share)


@derived(
    "case_share",
    label="Share of jail cases worked by this model",
    unit="share",
    axis="case_role",
    variant="rest",
)
def case_share_rest(
    *,
    jem_share: Any = assumed("operations.jem_share_of_cases"),
    partner_duty: Any = computed("partner_duty"),
) -> Any:
    """Warrant service officers serve warrants on the cases that jail enforcement does not work at the time."""
    return 1 - jem_share * partner_duty


@derived(
    "staffing.jem_unit_positions",
    label="Jail unit, full-time positions",
    unit="fte",
)
def jem_unit_positions(
    *,
    bookings: Any = computed("operations.bookings"),
    per_booking: Any = assumed("staffing.jem_unit_positions_per_booking"),
) -> Any:
    """A unit sized by the jail's bookings."""
    return bookings * per_booking


# --- the community ----------------------------------------------------------------------------


@derived(
    "operations.encounters",
    label="Task-force encounters",
    unit="encounter/year",
    axis="encounters_from",
    variant="sworn",
)
def encounters_from_sworn(
    *,
    sworn_officers: Any = answer("agency.sworn_officers"),
    encounters_per_sworn: Any = assumed("operations.encounters_per_sworn"),
) -> Any:
    """From the size of the agency."""
    return sworn_officers * encounters_per_sworn


@derived(
    "operations.encounters",
    label="Task-force encounters",
    unit="encounter/year",
    axis="encounters_from",
    variant="trained",
)
def encounters_from_trained(
    *,
    officers: Any = computed("officers_working"),
    encounters_per_trained: Any = assumed("operations.encounters_per_trained_officer"),
) -> Any:
    """From the officers trained: state agencies."""
    return officers * encounters_per_trained


@derived("officers_working", label="Officers on duty in a full year of program time", unit="officer")
def officers_working(
    *,
    officer_years: Any = quantity("officer_years"),
    duty_years: Any = quantity("duty_years"),
    officers: Any = answer("officers"),
) -> Any:
    """Encounters of a state agency follow the officers on duty; the number nominated where none is on duty yet."""
    return when(duty_years, officer_years / when(duty_years, duty_years, 1), officers)


# --- bed-days ---------------------------------------------------------------------------------


@derived(
    "detention.baseline_holds",
    label="People held today without an agreement",
    unit="case/year",
    axis="holds_from",
    variant="typed",
)
def baseline_holds_typed(*, holds_on_detainers: Any = answer("agency.holds_on_detainers")) -> Any:
    """As the user says."""
    return holds_on_detainers


@derived(
    "detention.baseline_holds",
    label="People held today without an agreement",
    unit="case/year",
    axis="holds_from",
    variant="share",
)
def baseline_holds_from_share(
    *,
    jail_cases: Any = computed("operations.jail_cases"),
    baseline_hold_share: Any = assumed("detention.baseline_hold_share"),
) -> Any:
    """A share of the jail's cases, when today's practice is not known."""
    return jail_cases * baseline_hold_share


@derived(
    "added_cases",
    label="People held beyond those held today, all jail models together",
    unit="case/year",
)
def added_cases(
    *,
    jail_cases: Any = computed("operations.jail_cases"),
    baseline_holds: Any = computed("detention.baseline_holds"),
) -> Any:
    """What an option adds to today's practice; never below 0."""
    return most(jail_cases - baseline_holds, 0)


@derived("detention.bed_days", label="Added bed-days, all jail models together", unit="day/year")
def bed_days(
    *,
    added_cases: Any = computed("added_cases"),
    days_per_case: Any = assumed("detention.days_per_case"),
) -> Any:
    """Days of people held beyond those held today."""
    return added_cases * days_per_case


def _worked(name: str, label: str, unit: str, whole: str) -> None:
    """One model's part of a volume of all jail models: all of it alone, its share of the cases in a pair."""

    @derived(name, label=label, unit=unit, axis="case_role", variant="alone")
    def alone(*, all_models: Any = computed(whole)) -> Any:
        return all_models

    for variant in ("first", "rest"):

        @derived(name, label=label, unit=unit, axis="case_role", variant=variant)
        def in_a_pair(*, all_models: Any = computed(whole), case_share: Any = computed("case_share")) -> Any:
            return all_models * case_share


_worked("cases_worked", "Jail cases worked by this model", "case/year", "operations.jail_cases")
_worked("added_cases_worked", "People held beyond today's, of this model", "case/year", "added_cases")
_worked("bed_days_worked", "Added bed-days of this model", "day/year", "detention.bed_days")


# --- transports -------------------------------------------------------------------------------


@derived(
    "operations.transport_runs", label="Transport runs", unit="trip/year", axis="place", variant="community"
)
def transport_runs_community(
    *,
    encounters: Any = computed("operations.encounters"),
    arrest_share: Any = assumed("operations.arrest_share"),
    ice_collects_share: Any = assumed("operations.ice_collects_share"),
) -> Any:
    """One run for each arrest that ICE does not collect."""
    return encounters * arrest_share * (1 - ice_collects_share)


@derived("operations.transport_runs", label="Transport runs", unit="trip/year", axis="place", variant="jail")
def transport_runs_jail(
    *,
    added_cases: Any = computed("added_cases_worked"),
    ice_collects_share: Any = assumed("operations.ice_collects_share"),
) -> Any:
    """One run for each person, beyond those held today, whom ICE does not collect from the jail."""
    return added_cases * (1 - ice_collects_share)


@derived("bed_cost", label="Cost of one added bed-day", unit="USD/day", axis="bed_cost", variant="marginal")
def bed_cost_marginal(
    *,
    cost_per_day: Any = assumed("detention.cost_per_day"),
    marginal_share: Any = assumed("detention.marginal_share"),
) -> Any:
    """The part of the average cost that moves with one more day."""
    return cost_per_day * marginal_share


@derived("bed_cost", label="Cost of one added bed-day", unit="USD/day", axis="bed_cost", variant="average")
def bed_cost_average(*, cost_per_day: Any = assumed("detention.cost_per_day")) -> Any:
    """The average cost of a day."""
    return cost_per_day

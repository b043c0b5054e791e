"""Every answer a scenario can hold: one table that drives files, links, forms and their messages.

Bounds, options, defaults and words stand here once. `path` is the place in the
scenario file; the link name follows from it.
"""

from __future__ import annotations

import fnmatch
import textwrap
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "text", "edition", "state", "choice", "whole", "number", "share", "money", "month", "date", "yes_no",
    "models", "headcount",
]  # fmt: skip
Bound = float | int | None

FIRST_YEAR, LAST_YEAR = 2000, 2060
MOST_OFFICERS = 100_000
MOST_DOLLARS = 10_000_000_000
MOST_REASON = 500
MODELS = ("jem", "tfm", "tribal-tfm", "wso")
NO_AGREEMENT = "none"
_UNNAMED_SECTIONS = ("agency", "agreement", "insurance")


@dataclass(frozen=True)
class Field:
    """One answer.

    `minimum` and `maximum` are inclusive: of the number, of the calendar year
    for months and dates, of the number of characters for text. `default` is
    what a blank means; None is "not known".
    """

    path: str
    kind: Kind
    label: str
    hint: str
    example: str
    unit: str = ""
    minimum: Bound = None
    maximum: Bound = None
    options: tuple[str, ...] = ()
    default: str | int | None = None
    required: bool = False

    @property
    def section(self) -> str:
        """The block of the file it stands in; empty for the three at the top."""
        return self.path.rpartition(".")[0]

    @property
    def key(self) -> str:
        """The name inside its block."""
        return self.path.rpartition(".")[2]

    @property
    def link(self) -> str:
        """The name in a link: the path joined by "_" without agency, agreement, insurance."""
        return self.key if self.section in ("", *_UNNAMED_SECTIONS) else f"{self.section}_{self.key}"

    @property
    def wanted(self) -> str:
        """What to enter, as a sentence."""
        return f"Enter {self.accepts}."

    @property
    def accepts(self) -> str:
        """What is accepted, as a noun."""
        low, high = _shown(self.minimum), _shown(self.maximum)
        match self.kind:
            case "text":
                return f"one line of at most {high} characters"
            case "edition":
                return "an edition such as 2026.1, or draft"
            case "state":
                return "a two-letter state code such as VA, or US for no state"
            case "choice":
                return f"one of: {', '.join(self.options)}"
            case "models":
                return f"one or more of {', '.join(self.options)} joined by +, such as jem+tfm"
            case "yes_no":
                return "yes or no"
            case "whole":
                return f"a whole number from {low} to {high}"
            case "headcount":
                return f"a whole number from {low} to {high}, or several of them with the months they start"
            case "share":
                return f"a share from {low} to {high} (0.35 for 35 percent)"
            case "number":
                return f"a number from {low} to {high}"
            case "money":
                return f"dollars from {low} to {high}, digits only"
            case "month":
                return f"a month from {self.minimum}-01 to {self.maximum}-12, written as 2027-07"
            case "date":
                return f"a day from {self.minimum}-01-01 to {self.maximum}-12-31, written as 2027-01-31"


def _shown(bound: Bound) -> str:
    return "" if bound is None else f"{bound:,}"


def _text(path: str, label: str, hint: str, example: str, longest: int = 120) -> Field:
    return Field(path, "text", label, hint, example, maximum=longest)


def _month(path: str, label: str, hint: str, example: str) -> Field:
    return Field(path, "month", label, hint, example, unit="month", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _date(path: str, label: str, hint: str, example: str) -> Field:
    return Field(path, "date", label, hint, example, unit="date", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _officers(path: str, label: str, hint: str, example: str) -> Field:
    return Field(path, "headcount", label, hint, example, unit="officer", minimum=0, maximum=MOST_OFFICERS)


FIELDS: tuple[Field, ...] = (
    Field("edition", "edition", "Assumption set",
          "printed in the footer of every report; the newest is used when none is given", "2026.1"),
    _text("title", "Title of this estimate", "your own words; printed on the report",
          "Task force proposal, fiscal 2028"),
    _text("agency.name", "Name of the agency", "as it should stand on the report", "Example County Sheriff"),
    Field("agency.state", "state", "State", "where the agency is; chooses wages and state rules", "VA",
          required=True),
    Field("agency.type", "choice", "Kind of agency", "who would sign the agreement", "sheriff",
          options=("sheriff", "police", "state", "campus", "district", "tribal"), required=True),
    Field("agency.sworn_officers", "whole", "Sworn officers",
          "payroll, or the position list of the adopted budget; officers with arrest powers", "150",
          unit="officer", minimum=0, maximum=MOST_OFFICERS, required=True),
    Field("agency.jail_staff", "whole", "Jail and civilian staff", "payroll, or the position list of the jail", "95",
          unit="officer", minimum=0, maximum=MOST_OFFICERS),
    Field("agency.residents", "whole", "Residents served", "the newest census estimate for the county or city",
          "180000", unit="count", minimum=1, maximum=50_000_000),
    Field("agency.jail_average_daily_population", "number", "Average daily jail population",
          "the jail's yearly report; 0 where the agency runs no jail", "356",
          unit="count", minimum=0, maximum=100_000),
    Field("agency.jail_bookings", "whole", "Jail bookings a year", "the jail's yearly report", "4090",
          unit="case/year", minimum=0, maximum=5_000_000),
    Field("agency.holds_on_detainers", "whole", "People held on federal detainers a year, today",
          "the jail's detainer log; 0 where nobody is held past release", "20",
          unit="case/year", minimum=0, maximum=1_000_000),
    _month("agreement.starts", "First month of the agreement",
           "the proposed agreement; the next fiscal year when not given", "2027-07"),
    _month("agreement.ends", "Last month of the agreement", "the proposed agreement; blank when it names none",
           "2029-06"),
    Field("agreement.years", "whole", "Years to estimate", "your own choice", "5",
          unit="year", minimum=1, maximum=10, default=5),
    Field("agreement.fiscal_year_starts", "whole", "Month in which the fiscal year starts",
          "the adopted budget (7 is July, 10 October); a usual month of the state when not given", "7",
          unit="month", minimum=1, maximum=12),
    Field("agreement.proposed", "models", "Proposed 287(g) model or models", "the first page of the agreement",
          "jem+tfm", options=MODELS, required=True),
    Field("agreement.in_force", "models", "287(g) models already in force",
          "the agreement in force, or ICE's list of participating agencies", "wso",
          options=(NO_AGREEMENT, *MODELS), default=NO_AGREEMENT),
    _officers("officers.tfm", "Officers to be trained, task force", "the agreement, or the sheriff or chief", "12"),
    _officers("officers.jem", "Officers to be trained, jail enforcement", "the agreement, or the jail commander",
              "6"),
    _officers("officers.wso", "Officers to be trained, warrant service", "the agreement, or the jail commander",
              "4"),
    Field("officers.both", "whole", "Officers counted in two of these", "the sheriff or chief", "2",
          unit="officer", minimum=0, maximum=MOST_OFFICERS, default=0),
    Field("insurance.coverage", "choice", "Does the liability insurance cover 287(g) work?",
          "written answer of the insurance pool or carrier; ask the risk manager", "not_asked",
          options=("covered", "excluded", "not_asked"), default="not_asked"),
    Field("insurance.retention", "money", "Retention or deductible per claim", "the policy's declarations page",
          "100000", unit="USD/claim", minimum=0, maximum=MOST_DOLLARS),
    Field("insurance.limit", "money", "Limit of coverage per claim", "the policy's declarations page", "2000000",
          unit="USD/claim", minimum=0, maximum=MOST_DOLLARS),
    Field("reimbursement.case", "choice", "Federal money to plan with",
          "the signed reimbursement document, if there is one", "none",
          options=("none", "announced", "expected"), default="announced"),
    Field("reimbursement.paid_share", "share", "Share of claims you expect to be paid",
          "claims filed and paid so far; your own judgment", "0.5", unit="share", minimum=0, maximum=1),
    Field("reimbursement.lag_months", "whole", "Months from claim to payment you expect",
          "claims filed and paid so far; your own judgment", "4", unit="month", minimum=0, maximum=36),
    Field("reimbursement.disallowed_share", "share", "Share of claims you expect to be refused",
          "claims refused so far; your own judgment", "0.05", unit="share", minimum=0, maximum=1),
    _month("reimbursement.ends", "Last month federal money pays for", "the reimbursement document, or the law that "
           "funds it", "2029-09"),
    Field("reimbursement.renewed", "yes_no", "Is federal money renewed after its law ends?",
          "nothing published says so; your own judgment", "no"),
    Field("reimbursement.stops_after_months", "whole", "Payments stop after this many months",
          "your own choice, to test an early stop", "12", unit="month", minimum=0, maximum=120),
    Field("simulation.draws", "whole", "Number of random draws", "your own choice; more is slower and steadier",
          "2000", unit="count", minimum=2_000, maximum=1_000_000, default=2_000),
    Field("simulation.seed", "whole", "Seed of the random draws", "your own choice; the same seed, the same figures",
          "287", unit="count", minimum=0, maximum=2**32 - 1, default=287),
    Field("simulation.reserve", "money", "Reserve set aside for claims", "the finance officer", "250000",
          unit="USD", minimum=1, maximum=MOST_DOLLARS),
    _date("report.made_on", "Date printed as made on", "today, as the form fills in", "2027-01-04"),
    _date("report.meeting_date", "Date of the meeting", "the meeting notice", "2027-01-12"),
    _text("report.item", "Agenda item", "the meeting agenda", "7b", longest=40),
    _text("report.prepared_by", "Prepared by", "as it should stand on the report", "County budget office"),
    Field("report.budgeted_now", "choice", "Is this cost in the adopted budget?", "the adopted budget", "no",
          options=("yes", "no", "part")),
    _text("report.fund", "Fund that would pay", "the chart of accounts", "General fund 101"),
    Field("report.language", "choice", "Language of the report", "your own choice", "en",
          options=("en", "es"), default="en"),
)  # fmt: skip

BY_PATH = {field.path: field for field in FIELDS}
BY_LINK = {field.link: field for field in FIELDS}
SECTIONS = tuple(dict.fromkeys(field.section for field in FIELDS if field.section))


@dataclass(frozen=True)
class Family:
    """Answers whose names come from the edition: a block of the file and its prefix in a link."""

    section: str
    prefix: str
    accepts: str
    example: str


READINGS = Family(
    "readings", "reading.", "how a disputed term is read: key and option", "reading.overtime=federal_rule"
)
PERSPECTIVES = Family(
    "perspectives", "perspective.", "a perspective on a cost: key and option", "perspective.bed_cost=average"
)
ASSUME = Family(
    "assume",
    "assume.",
    "your own value for an assumption, a number or dated numbers",
    "assume.detention.cost_per_day=2025-01:83,2025-02:114",
)
BECAUSE = Family(
    "assume",
    "because.",
    "the reason for that value; required, and printed",
    "because.detention.cost_per_day=Jail budget",
)
FAMILIES = (READINGS, PERSPECTIVES, ASSUME, BECAUSE)


@dataclass(frozen=True)
class Limit:
    """Bounds of an override, for the assumption ids that match `pattern`."""

    pattern: str
    minimum: float
    maximum: float
    words: str


ASSUMPTION_LIMITS: tuple[Limit, ...] = (
    Limit("pay.*.salary", 15_000, 500_000, "a yearly salary in dollars"),
    Limit("pay.*.benefit_load", 0, 2, "a share of pay"),
    Limit("pay.overtime_load", 0, 2, "a share of pay"),
    Limit("economics.*", -0.1, 0.5, "a yearly rate as a share"),
    # A life or interval near zero would be bought or repeated without end.
    Limit("administration.*_life", 0.25, 50, "years"),
    Limit("training.refresher_interval", 0.25, 50, "years"),
    # Months near zero would train a force at once; hours near zero would make an hour cost any sum.
    Limit("staffing.ramp_up_months", 0.5, 120, "months"),
    Limit("staffing.net_work_hours", 500, 2_600, "hours a year"),
    Limit("*", -1_000_000_000_000, 1_000_000_000_000, "a number"),
)


def assumption_limit(assumption_id: str) -> Limit:
    """The bounds an override of `assumption_id` must keep whatever its unit."""
    return next(limit for limit in ASSUMPTION_LIMITS if fnmatch.fnmatchcase(assumption_id, limit.pattern))


def default_of(path: str) -> Any:
    """What a blank answer at `path` means."""
    return BY_PATH[path].default


def fields_table() -> str:
    """Every answer with its place in the file, its name in a link, what it accepts and where to find it."""
    return "\n".join([*(_entry(field) for field in FIELDS), *(_family_entry(family) for family in FAMILIES)])


def _entry(field: Field) -> str:
    blank = (
        "required" if field.required else f"blank: {'not known' if field.default is None else field.default}"
    )
    unit = f" [{field.unit}]" if field.unit else ""
    lines = [
        f"{field.path}  (link: {field.link}; {blank})",
        *_wrapped(f"{field.label}: {field.accepts}{unit}. Example: {field.example}"),
        *_wrapped(f"Found in: {field.hint}."),
    ]
    return "\n".join(lines)


def _family_entry(family: Family) -> str:
    lines = [f"{family.section}.<id>  (link: {family.prefix}<id>)"]
    lines += _wrapped(f"{family.accepts[0].upper()}{family.accepts[1:]}. Example: {family.example}")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)

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
MODEL_WORDS = {
    "tfm": "task force",
    "jem": "jail enforcement",
    "wso": "warrant service",
    "tribal-tfm": "tribal task force",
}
NO_AGREEMENT = "none"
_UNNAMED_SECTIONS = ("agency", "agreement", "insurance")


@dataclass(frozen=True)
class Field:
    """One answer.

    `hint` says where the answer is found and `note` what it means where the
    label does not. `minimum` and `maximum` are inclusive: of the number, of the
    calendar year for months and dates, of the number of characters for text.
    `default` is what a blank means; where it is None, `blank` says it in words.
    """

    path: str
    kind: Kind
    label: str
    hint: str
    example: str
    note: str = ""
    unit: str = ""
    blank: str = "not known"
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
                if len(self.options) == 1:
                    return f"{self.options[0]}, or leave it blank: {self.note}"
                return f"one of: {', '.join(self.options)}"
            case "models":
                models = [each for each in self.options if each != NO_AGREEMENT]
                none = f"{NO_AGREEMENT}, or " if NO_AGREEMENT in self.options else ""
                named = ", ".join(f"{each} ({MODEL_WORDS[each]})" for each in models)
                return f"{none}one or more of {named} joined by +, such as jem+tfm"
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
                return f"dollars from {low} to {high}, such as 60000"
            case "month":
                return f"a month from {self.minimum}-01 to {self.maximum}-12, written as 2027-07"
            case "date":
                return f"a day from {self.minimum}-01-01 to {self.maximum}-12-31, written as 2027-01-31"


def _shown(bound: Bound) -> str:
    return "" if bound is None else f"{bound:,}"


def _text(path: str, label: str, hint: str, example: str, *, note: str = "", blank: str = "not printed",
          longest: int = 120) -> Field:  # fmt: skip
    return Field(path, "text", label, hint, example, note=note, unit="text", blank=blank, maximum=longest)


def _month(path: str, label: str, hint: str, example: str, *, note: str = "", blank: str) -> Field:
    return Field(path, "month", label, hint, example, note=note, unit="calendar month", blank=blank,
                 minimum=FIRST_YEAR, maximum=LAST_YEAR)  # fmt: skip


def _date(path: str, label: str, hint: str, example: str, *, blank: str) -> Field:
    return Field(path, "date", label, hint, example, unit="calendar day", blank=blank,
                 minimum=FIRST_YEAR, maximum=LAST_YEAR)  # fmt: skip


def _officers(path: str, label: str, hint: str, example: str) -> Field:
    return Field(path, "headcount", label, hint, example, note="needed for a proposed model", unit="officers",
                 minimum=0, maximum=MOST_OFFICERS, blank="the number of the proposed model, to compare")  # fmt: skip


OWN_CHOICE = "your own choice"
FIELDS: tuple[Field, ...] = (
    Field("edition", "edition", "Assumption set", "the footer of an earlier report, or the list of editions",
          "2026.1", note="the dated set of defaults", unit="name of an edition", blank="the newest"),
    _text("title", "Title of this estimate", "your own words", "Task force proposal, fiscal 2028",
          note="printed on the report", blank="made from the agency"),
    _text("agency.name", "Name of the agency", "the agency's letterhead", "Example County Sheriff",
          note="printed on the report", blank="its kind and state"),
    Field("agency.state", "state", "State", "where the agency is", "VA", note="chooses wages and state rules",
          unit="state code", required=True),
    Field("agency.type", "choice", "Kind of agency", "whoever would sign the agreement", "sheriff", unit="one option",
          options=("sheriff", "police", "state", "campus", "district", "tribal"), required=True),
    Field("agency.sworn_officers", "whole", "Sworn officers",
          "payroll, or the position list of the adopted budget", "150", note="those with arrest powers",
          unit="officers", minimum=0, maximum=MOST_OFFICERS, required=True),
    Field("agency.jail_staff", "whole", "Jail and civilian staff", "payroll, or the position list of the jail", "95",
          note="those not counted as sworn officers", unit="people", minimum=0, maximum=MOST_OFFICERS),
    Field("agency.residents", "whole", "Residents served", "the newest census estimate for the county or city",
          "180000", unit="people", minimum=1, maximum=50_000_000),
    Field("agency.jail_average_daily_population", "number", "Average daily jail population",
          "the jail's yearly report", "356", note="0 where the agency runs no jail", unit="people",
          minimum=0, maximum=100_000),
    Field("agency.jail_bookings", "whole", "Jail bookings a year", "the jail's yearly report", "4090",
          unit="bookings a year", minimum=0, maximum=5_000_000),
    Field("agency.holds_on_detainers", "whole", "People held on federal detainers a year, today",
          "the jail's detainer log", "20", note="0 where nobody is held past release",
          unit="people a year", minimum=0, maximum=1_000_000),
    _month("agreement.starts", "First month of the agreement", "the proposed agreement", "2027-07",
           blank="the first fiscal year after the edition's release"),
    _month("agreement.ends", "Last month of the agreement", "the proposed agreement", "2029-06",
           blank="the agreement names none"),
    Field("agreement.years", "whole", "Years to estimate", OWN_CHOICE, "5", note="counted from the first month",
          unit="years", minimum=1, maximum=10, default=5),
    Field("agreement.fiscal_year_starts", "whole", "Month in which the fiscal year starts", "the adopted budget", "7",
          note="7 is July, 10 is October", unit="number of a month", blank="the usual month of the state",
          minimum=1, maximum=12),
    Field("agreement.proposed", "models", "Proposed 287(g) model or models", "the first page of the agreement",
          "jem+tfm", note="jem is jail enforcement, tfm task force, wso warrant service",
          unit="models", options=MODELS, required=True),
    Field("agreement.in_force", "models", "287(g) models already in force",
          "the agreement in force, or ICE's list of participating agencies", "wso", unit="models",
          options=(NO_AGREEMENT, *MODELS), default=NO_AGREEMENT),
    _officers("officers.tfm", "Officers to be trained, task force", "the agreement, or the sheriff or chief", "12"),
    _officers("officers.jem", "Officers to be trained, jail enforcement", "the agreement, or the jail commander",
              "6"),
    _officers("officers.wso", "Officers to be trained, warrant service", "the agreement, or the jail commander",
              "4"),
    Field("officers.both", "whole", "Officers trained for two models", "the sheriff or chief", "2",
          note="people counted in two of the numbers above", unit="officers",
          minimum=0, maximum=MOST_OFFICERS, default=0),
    Field("insurance.coverage", "choice", "Does the liability insurance cover 287(g) work?",
          "the written answer of the insurance pool or carrier; ask the risk manager", "not_asked",
          unit="one option", options=("covered", "excluded", "not_asked"), default="not_asked"),
    Field("insurance.retention", "money", "Retention or deductible per claim", "the policy's declarations page",
          "100000", note="what the agency pays of a claim before the insurer does", unit="dollars a claim",
          minimum=0, maximum=MOST_DOLLARS),
    Field("insurance.retention_kind", "choice", "Is that a self-insured retention or a deductible?",
          "the policy's declarations page", "deductible",
          note="under a retention the agency defends itself too; under a deductible the insurer defends from the start",
          unit="one option", options=("self_insured_retention", "deductible"), default="self_insured_retention"),
    Field("insurance.limit", "money", "Limit of coverage per claim", "the policy's declarations page", "2000000",
          note="the most that the insurer pays of a claim", unit="dollars a claim", minimum=1, maximum=MOST_DOLLARS),
    Field("insurance.aggregate", "money", "Limit of coverage per policy year", "the policy's declarations page",
          "3000000", note="the most that the insurer pays for all claims of a year", unit="dollars a year",
          blank="no yearly limit", minimum=1, maximum=MOST_DOLLARS),
    Field("reimbursement.case", "choice", "Federal money to plan with",
          "the signed reimbursement document, if there is one", "none", unit="one option",
          options=("none", "announced", "expected"), default="announced"),
    Field("reimbursement.paid_share", "share", "Share of claims you expect to be paid",
          "claims filed and paid so far, or your own judgment", "0.5", unit="share of one", minimum=0, maximum=1),
    Field("reimbursement.lag_months", "whole", "Months from claim to payment you expect",
          "claims filed and paid so far, or your own judgment", "4", unit="months", minimum=0, maximum=36),
    Field("reimbursement.disallowed_share", "share", "Share of claims you expect to be refused",
          "claims refused so far, or your own judgment", "0.05",
          note="of the claims that would be paid: 80% paid and 5% refused leave 76%", unit="share of one",
          minimum=0, maximum=1),
    _month("reimbursement.ends", "Last month federal money pays for", "the reimbursement document, or the law that "
           "funds it", "2029-09", blank="as the edition has it"),
    Field("reimbursement.renewed", "yes_no", "Is federal money renewed after its law ends?", "your own judgment",
          "no", note="nothing published says so", unit="yes or no", blank="not known, and not counted on"),
    Field("reimbursement.stops_after_months", "whole", "Payments stop after this many months", OWN_CHOICE, "12",
          note="tests an early stop", unit="months", blank="no early stop", minimum=0, maximum=120),
    Field("simulation.draws", "whole", "Number of random draws", OWN_CHOICE, "2000",
          note="more is slower and steadier", unit="draws", minimum=2_000, maximum=1_000_000, default=2_000),
    Field("simulation.seed", "whole", "Seed of the random draws", OWN_CHOICE, "287",
          note="the same seed gives the same figures", unit="any number", minimum=0, maximum=2**32 - 1, default=287),
    Field("simulation.reserve", "money", "Reserve set aside for claims", "the finance officer", "250000",
          note="the page says how likely claims are to come to more", unit="dollars", minimum=1, maximum=MOST_DOLLARS),
    _date("report.made_on", "Date printed as made on", "the day you make the report", "2027-01-04",
          blank="the release day of the edition"),
    _date("report.meeting_date", "Date of the meeting", "the meeting notice", "2027-01-12", blank="not printed"),
    _text("report.item", "Agenda item", "the meeting agenda", "7b", longest=40),
    _text("report.prepared_by", "Prepared by", "your own office", "County budget office",
          note="printed on the report"),
    Field("report.budgeted_now", "choice", "Is this cost in the adopted budget?", "the adopted budget", "no",
          unit="one option", options=("yes", "no", "part")),
    _text("report.fund", "Fund that would pay", "the chart of accounts", "General fund 101", blank="not known"),
    Field("report.language", "choice", "Language of the report", OWN_CHOICE, "en",
          note="every report is in English so far", unit="one option", options=("en",), default="en"),
)  # fmt: skip

BY_PATH = {field.path: field for field in FIELDS}
BY_LINK = {field.link: field for field in FIELDS}
SECTIONS = tuple(dict.fromkeys(field.section for field in FIELDS if field.section))


@dataclass(frozen=True)
class Family:
    """Answers whose names come from the edition: a block of the file and its prefix in a link."""

    section: str
    prefix: str
    label: str
    accepts: str
    unit: str
    hint: str
    example: str


_LIST = "'moa287 editions show 2026.1' lists"
READINGS = Family(
    "readings",
    "reading.",
    "How a disputed term is read",
    "one of the options of the term",
    "one option",
    f"your agreement or reimbursement document; {_LIST} terms and options",
    "reading.overtime=federal_rule",
)
PERSPECTIVES = Family(
    "perspectives",
    "perspective.",
    "Which view of a cost is taken",
    "one of the options of the perspective",
    "one option",
    f"your own choice; {_LIST} perspectives and options",
    "perspective.bed_cost=average",
)
ASSUME = Family(
    "assume",
    "assume.",
    "Your own value for an assumption",
    "a number, or several with the months they start",
    "that of the assumption",
    f"your own records; {_LIST} assumptions and units",
    "assume.detention.cost_per_day=2025-01:83,2025-02:114",
)
BECAUSE = Family(
    "assume",
    "because.",
    "Why you enter that value, or where it is from",
    f"one line of at most {MOST_REASON} characters; required with each value, and printed",
    "text",
    "your own words",
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
    Limit("staffing.net_work_hours", 500, 3_200, "hours a year"),
    # More claims than these would be drawn one by one without end; a wider curve has no mean that draws can find.
    Limit("liability.frequency.reference_officers", 1, 100_000, "officers"),
    Limit("liability.frequency.officer_exponent", 0, 1, "an exponent"),
    Limit("liability.frequency.under_count", 1, 10, "a multiple"),
    Limit("liability.frequency.*", 0, 20, "claims a year"),
    Limit("operations.encounters", 0, 1_000_000, "encounters a year"),
    Limit("liability.severity.individual_mu", 0, 18, "the natural logarithm of dollars"),
    Limit("liability.severity.individual_sigma", 0, 2.5, "the spread of a curve whose mean can be found"),
    Limit("liability.timing.*", 0, 50, "years"),
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
    left_blank = field.blank if field.default is None else f"{field.default}"
    state = "required" if field.required else f"left blank: {left_blank}"
    label = f"{field.label}{'' if field.label.endswith('?') else '.'}"
    note = f" {_begun(field.note)}." if field.note else ""
    return "\n".join(
        [
            f"{field.path}  (link: {field.link}; {state})",
            *_wrapped(f"{label}{note}"),
            *_wrapped(f"Enter {field.accepts}. Unit: {field.unit}. Example: {field.example}"),
            *_wrapped(f"Comes from: {field.hint}."),
        ]
    )


def _family_entry(family: Family) -> str:
    return "\n".join(
        [
            f"{family.section}.<id>  (link: {family.prefix}<id>)",
            *_wrapped(f"{family.label}."),
            *_wrapped(f"Enter {family.accepts}. Unit: {family.unit}. Example: {family.example}"),
            *_wrapped(f"Comes from: {family.hint}."),
        ]
    )


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)

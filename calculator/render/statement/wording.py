"""Words used in more than one section."""

from __future__ import annotations

from calculator.calendar import MONTHS, Calendar
from calculator.render.formats import count, in_words, plain
from calculator.result import Estimate, OptionResult
from calculator.scenario.states import STATES

STANDING = "This is an estimate. It is not an audit, a legal opinion or a recommendation."
KINDS = {
    "sheriff": "Sheriff",
    "police": "City police",
    "state": "State agency",
    "campus": "Campus police",
    "district": "District police",
    "tribal": "Tribal police",
}
CASE_LABELS = {
    "none": "Without federal money",
    "announced": "As announced",
    "expected": "As you expect",
}
CATEGORIES = {
    "training": "Training",
    "operations": "Operations",
    "detention": "Detention",
    "administration": "Administration",
    "liability": "Insurance premium",
    "receipts": "Receipts",
}
NO_BREAK = "\u00a0"


def horizon_words(calendar: Calendar) -> str:
    """Five years, or 30 months."""
    years, rest = divmod(calendar.months, MONTHS)
    if rest:
        return count(calendar.months, "month")
    return f"{in_words(years)} year{'s' if years != 1 else ''}"


def agency_name(estimate: Estimate) -> str:
    """The name typed, or kind and state."""
    agency = estimate.scenario.agency
    return agency.name or f"{KINDS[agency.type]}, {STATES[agency.state]}"


def payer(estimate: Estimate) -> str:
    """Who pays, as a noun with its article."""
    return {"sheriff": "the county", "police": "the city", "state": "the state", "tribal": "the tribe"}.get(
        estimate.scenario.agency.type, "the agency"
    )


def model_names(result: OptionResult) -> str:
    """Task Force, or Jail Enforcement and Task Force."""
    return result.option.label


def officers_words(result: OptionResult) -> str:
    """12 officers, or 6 and 15 officers in the order of the option's models."""
    officers = result.option.officers
    if len(officers) == 1:
        return count(officers[0][1], "officer")
    return f"{' and '.join(plain(number, 6) for _, number, _ in officers)} officers"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]

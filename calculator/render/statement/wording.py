"""Words used in more than one section."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.calendar import MONTHS, Calendar, Month
from calculator.estimate import federal_start
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
DATED_AS_ENTERED = "Used as entered for each date; {growth} changes nothing between or after the dates."
GROWS_AFTER_FIRST_YEAR = (
    "Holds as entered in the first fiscal year; {growth} is added at the start of each later one."
)
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


def officers_words(estimate: Estimate) -> str:
    """12 officers, or 6 jail enforcement and 15 task force officers."""
    officers = estimate.proposed.option.officers
    if len(officers) == 1:
        return count(officers[0][1], "officer")
    models = estimate.edition.models
    each = [f"{plain(number, 6)} {models[model].short_label.lower()}" for model, number, _ in officers]
    return f"{listed(each)} officers"


def no_payment(estimate: Estimate) -> str:
    """Why nothing is received as announced: the money ends before the work, or none is announced for the model."""
    end = estimate.federal_end
    eligible = {context.words.get("eligible") for context in estimate.proposed.option.contexts}
    if "yes" in eligible and end is not None and first_month(estimate) > end:
        return f"The announced federal money ends with {end.words}, before these officers start."
    start = federal_start(estimate.edition)
    if "yes" in eligible and start is not None and estimate.calendar.end < start:
        return f"This run ends before the announced federal money starts, in {start.words}."
    return "No federal payment is announced for this model."


def first_month(estimate: Estimate) -> Month:
    """The first month in which officers are nominated; the first of the run where none are."""
    paths = [context.path for context in estimate.proposed.option.contexts]
    starts = [0 for path in paths if path.already]
    starts += [start for path in paths for start, change in path.changes if change > 0]
    return estimate.calendar.start + min(starts, default=0)


def growth_rule(grows_with: str | None, *, dated: bool) -> str:
    """What the program does with an own value over the years; empty where nothing grows."""
    if grows_with is None:
        return ""
    growth = grows_with.rpartition(".")[2].replace("_", " ")
    return (DATED_AS_ENTERED if dated else GROWS_AFTER_FIRST_YEAR).format(growth=growth)


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """The text as it reads inside a sentence: a small first letter, unless an abbreviation or a tag stands there."""
    first = text.split(" ", 1)[0]
    plain_word = len(first) == 1 or first[1:].replace("-", "").islower()
    return text[:1].lower() + text[1:] if plain_word else text

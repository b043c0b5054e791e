"""Recorded rates as the page prints them, and the biases known of them, with figures of the edition."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.editions import Edition
from calculator.editions.schema import Fixed, Range
from calculator.liability.amounts import CASES, Row, amounts, matter_of, standing_of
from calculator.liability.recorded import (
    ALL_MODELS,
    HOLDS,
    INDIVIDUAL,
    PATTERN,
    SUITS,
    Rate,
    Recorded,
    recorded,
)
from calculator.render.formats import count, in_unit, in_words, percent, plain
from calculator.render.statement.record_of_cases import fact

MEASURES = {
    INDIVIDUAL: "Paid claims by individuals",
    PATTERN: "Class, pattern or federal suits",
    ALL_MODELS: "Paid claims, with the pattern case",
    SUITS: "Suits of any outcome",
    HOLDS: "Paid claims over holds",
}
MODELS = {"tfm": "Task force", "jem": "Jail enforcement", "wso": "Warrant service"}
UNDER_COUNT, SMALL = "liability.frequency.under_count", "liability.severity.small_claim"
SINCE, BEFORE = "liability.exposure.since_2025", "liability.exposure.agency_years"
DELAY, CLASS_DELAY = "liability.timing.individual_years", "liability.timing.class_years"
REFERENCE = "liability.frequency.reference_officers"
FACTS, POLICE, TO_COME = (
    "liability",
    "stat_police_payment_size",
    ("stat_expected_future_paid_tfm_claims_from_2025_26_exposure"),
)
DIGITS = 2


@dataclass(frozen=True)
class RateRow:
    """One row of the table of rates."""

    id: str
    what: str
    who: str
    matters: tuple[Row, ...]
    events: str
    years: str
    years_range: str
    rate: str
    interval: str
    without: str
    without_interval: str


@dataclass(frozen=True)
class Bias:
    """One known bias: its direction, what it is, and the assumption that holds its figures."""

    name: str
    words: str
    assumption: str


def rate_rows(edition: Edition) -> tuple[RateRow, ...]:
    """Every measure, under the model it belongs to."""
    found = recorded(edition)
    models = [each for model in MODELS for each in found if each.model == model]
    return tuple(_rate_row(each) for each in (*models, *(each for each in found if each.model is None)))


def _rate_row(each: Recorded) -> RateRow:
    who = MODELS[each.model] if each.model else ("No agreement" if each.measure == HOLDS else "All models")
    years = each.years
    return RateRow(
        id=each.measure,
        what=MEASURES[each.measure],
        who=who,
        matters=each.matters,
        events=plain(each.rate.events),
        years=plain(each.rate.years),
        years_range=f"{plain(years.low)} to {plain(years.high)}" if years else "",
        rate=_yearly(each.rate),
        interval=_interval(each.rate),
        without=_yearly(each.without) if each.without else ("the same" if each.model or years else "–"),
        without_interval=_interval(each.without) if each.without else "",
    )


def _yearly(rate: Rate) -> str:
    """No event seen is not a rate of zero."""
    return percent(rate.rate, DIGITS) if rate.events else "none seen"


def _interval(rate: Rate) -> str:
    low, high = rate.interval
    return f"{percent(low, DIGITS)} to {percent(high, DIGITS)}"


def biases(edition: Edition) -> dict[str, tuple[Bias, ...]]:
    """The known biases, by the way they pull."""
    return {
        "Why the rates may be too low": (_small(edition), _lag(edition)),
        "Why they may be too high": (_looked_for(edition),),
        "What may pull either way": (_clustering(edition), _mix(edition)),
    }


def _small(edition: Edition) -> Bias:
    top = _range(edition, SMALL).max or _range(edition, SMALL).high
    paid = [each for each in amounts(edition) if each.small and each.pooled]
    under = sum(each.value <= top for each in paid)
    factor = _range(edition, UNDER_COUNT)
    note = edition.parameters[UNDER_COUNT].values[0].note or ""
    words = (
        f"{fact(edition, FACTS, POLICE).statement} Of the {len(paid)} payments found here {in_words(under)} are at or "
        f"below {in_unit(top, 'USD')}. The number of claims would be {plain(factor.central)} times as large with the "
        f"small ones ({plain(factor.low)} to {plain(factor.high)}, our judgment). {note}"
    )
    return Bias("Small payments are seldom seen", words, UNDER_COUNT)


def _lag(edition: Edition) -> Bias:
    years, slow = _range(edition, DELAY), _range(edition, CLASS_DELAY)
    words = (
        f"Half of the payments to individuals came {count(years.central, 'year')} or more after the conduct, one in "
        f"ten after {plain(years.high)}; class and pattern suits took {plain(slow.low)} to {plain(slow.high)} years. "
        "That no payment over detention by a task force since 2025 was found says nothing yet. "
        f"{fact(edition, FACTS, TO_COME).statement}"
    )
    return Bias("Payments come late", words, DELAY)


def _looked_for(edition: Edition) -> Bias:
    rows = edition.tables[CASES].rows
    nothing = sum(standing_of(row) == "nothing" for row in rows)
    parts: dict[str, set[str]] = {}
    for each in amounts(edition):
        parts.setdefault(matter_of(each.row), set()).update(row["component"] for row in each.rows)
    only = sum(found == {"defense"} for found in parts.values())
    words = (
        "The list was made by looking for payers, so dismissals and quiet years are seldom in it. "
        f"{in_words(nothing).capitalize()} matters in which nothing was paid and {in_words(only)} that cost only the "
        "agency’s own defense are kept as a reminder."
    )
    return Bias("Payers were looked for", words, INDIVIDUAL)


def _clustering(edition: Edition) -> Bias:
    found = next(each for each in recorded(edition) if (each.measure, each.model) == (INDIVIDUAL, "tfm"))
    dispute = next(each for each in edition.parameters[INDIVIDUAL].disputes if each.effect == "lowers")
    without = percent(found.without.rate, DIGITS) if found.without else "0%"
    words = (
        f"{dispute.claim} The rate of paid claims by individuals is {percent(found.rate.rate, DIGITS)} a year with it "
        f"and {without} without. Claims follow leadership, volume and policy, so agency-years are not alike."
    )
    return Bias("One county supplies most task-force matters", words, INDIVIDUAL)


def _mix(edition: Edition) -> Bias:
    dispute = next(each for each in edition.parameters[INDIVIDUAL].disputes if each.effect == "either")
    since, before = _fixed(edition, SINCE, "tfm"), _range(edition, BEFORE, "tfm").central
    words = (
        f"{dispute.claim} The task-force rate rests on {plain(before)} agreement-years of the first task forces, at "
        f"agencies with about {plain(_fixed(edition, REFERENCE))} trained officers; {plain(since)} more have passed "
        "since January 2025. "
        "No data settle which way this pulls."
    )
    return Bias("The agencies have changed", words, SINCE)


def _amount(edition: Edition, parameter_id: str, model: str | None) -> object:
    values = edition.parameters[parameter_id].values
    return next(value.amount for value in values if not value.models or model in value.models)


def _range(edition: Edition, parameter_id: str, model: str | None = None) -> Range:
    amount = _amount(edition, parameter_id, model)
    if not isinstance(amount, Range):
        raise TypeError(f"{parameter_id} is not a range")
    return amount


def _fixed(edition: Edition, parameter_id: str, model: str | None = None) -> float:
    amount = _amount(edition, parameter_id, model)
    if not isinstance(amount, Fixed):
        raise TypeError(f"{parameter_id} is not one figure")
    return amount.value

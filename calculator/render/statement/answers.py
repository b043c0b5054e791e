"""What would change the answer, in words: strongest inputs, what must be true, unknowns, and stresses."""

from __future__ import annotations

import math
from collections.abc import Iterator

from calculator.answers.break_even import LAG, PAID_SHARE, BreakEven
from calculator.answers.drivers import Driver
from calculator.answers.frontier import FrontierPoint
from calculator.answers.stresses import Stress, with_answers
from calculator.answers.together import Answers
from calculator.answers.unknowns import Unknown
from calculator.render.formats import MINUS, count, in_unit, money, percent, plain, prose, rounded, step_of
from calculator.render.statement.parts import (
    AnswersPart,
    BreakEvenRow,
    DriverRow,
    FrontierRow,
    Question,
    StressRow,
    UnknownRow,
)
from calculator.render.statement.wording import horizon_words
from calculator.result import Estimate
from calculator.units import UNITS

MOST_UNKNOWNS = 8
EVERY = 6
AS_ANNOUNCED = (PAID_SHARE, LAG)
# Units whose words say nothing in "each extra $1,000".
UNNAMED = ("ratio", "USD/agency")
NOT_ENOUGH = "no share is enough"


def part(estimate: Estimate, found: Answers) -> AnswersPart:
    """The whole section."""
    horizon = horizon_words(estimate.calendar)
    return AnswersPart(
        sentence=sentence(estimate, found),
        break_even=tuple(_break_even(each) for each in found.break_even),
        frontier=tuple(_frontier_rows(found)),
        shares=_known(found.frontier),
        longest=found.frontier[-1].lag_months if found.frontier else 0,
        unknowns=tuple(_unknown(each) for each in found.unknowns[:MOST_UNKNOWNS]),
        stresses=tuple(_stress(estimate, each, horizon) for each in found.stresses),
    )


# --- the strongest inputs ---------------------------------------------------------------------


def driver_rows(drivers: tuple[Driver, ...], horizon: str) -> tuple[DriverRow, ...]:
    """The inputs that move gross cost most, in words."""
    return tuple(
        DriverRow(
            driver.input_id,
            driver.label,
            _span(driver),
            f"{_span(driver)}{_per(driver.unit)}",
            driver.at_low,
            driver.at_high,
            f"{driver.label}: from {_span(driver)}{_per(driver.unit)} moves the cost over {horizon} from "
            f"{money(min(driver.at_low, driver.at_high))} to {money(max(driver.at_low, driver.at_high))}.",
            each_extra(driver),
        )
        for driver in drivers
    )


def each_extra(driver: Driver) -> str:
    """Each extra 10 hours an officer a year adds $3,800 a year."""
    step = step_words(driver.step, driver.unit)
    if round(driver.a_year, 2) == 0:
        return f"Each extra {step} changes nothing near the middle."
    size = abs(driver.a_year)
    amount = money(size) if rounded(size) else f"less than {money(step_of(size))}"
    return f"Each extra {step} {'adds' if driver.a_year > 0 else 'takes off'} {amount} a year."


def step_words(step: float, unit: str) -> str:
    """$1,000 a year, percentage point, 10 hours an officer, minute a case."""
    if UNITS[unit].kind == "share":
        return "percentage point"
    words = "" if unit in UNNAMED else _per(unit).strip()
    if step == 1 and words and UNITS[unit].kind == "number":
        first, _, rest = words.partition(" ")
        return f"{first.removesuffix('s')} {rest}".strip()
    return f"{in_unit(step, unit)} {words}".strip()


def _span(driver: Driver) -> str:
    """Low to high, dollars without cents from $10."""
    low, high = (
        in_unit(round(value) if UNITS[driver.unit].kind == "money" and value >= 10 else value, driver.unit)
        for value in (driver.low_value, driver.high_value)
    )
    return f"{low} to {high}"


def _per(unit: str) -> str:
    unit_of = UNITS[unit]
    if unit_of.kind == "money":
        words = unit_of.words.removeprefix("dollars").strip()
        return f" {words}" if words else ""
    return "" if unit_of.kind == "share" or not unit_of.words else f" {unit_of.words}"


# --- what must be true ------------------------------------------------------------------------


def sentence(estimate: Estimate, found: Answers) -> str:
    """How much must be paid, and how soon, for net cost to reach zero; empty where there is no cost."""
    if not found.frontier:
        return ""
    horizon = horizon_words(estimate.calendar)
    if not estimate.proposed.cases["announced"].federal_receipts.total.central:
        return f"No federal payment comes in {horizon}, so no share paid brings net cost to zero."
    needed = {point.lag_months: point.share for point in found.frontier}
    least = needed[found.announced_lag]
    if least is None:
        return (
            f"No share of claims paid brings net cost to zero over {horizon}, with payment "
            f"{count(found.announced_lag, 'month')} after the work."
        )
    if least == 0:
        return f"Net cost over {horizon} is zero or below without any federal payment."
    # In tenths of a percent, rounded up, as in the table.
    share = math.ceil(least * 1_000 - 1e-9) / 1_000
    months = max(lag for lag, enough in needed.items() if enough is not None and enough <= share)
    return (
        f"Net cost over {horizon} reaches zero if at least {percent(share, 1)} of claims are paid "
        f"and they come within {count(months, 'month')}."
    )


def _break_even(each: BreakEven) -> BreakEvenRow:
    if each.value is None:
        answer = f"no value from {_value(each.low, each.unit)} to {_value(each.high, each.unit)}"
        ends = money(each.least, "low"), money(each.most, "high")
        words = (
            f"net stays at {money(each.least)}" if each.least == each.most else "net stays between {} and {}"
        )
        answer = f"{answer}: {words.format(*ends)}"
    elif each.falls:
        answer = f"at least {_value(each.value, each.unit, up=True)}{_per(each.unit)}"
    else:
        answer = f"at most {_value(each.value, each.unit, up=False)}{_per(each.unit)}"
    now = _value(each.present, each.unit)
    return BreakEvenRow(
        id=each.id,
        label=each.label,
        span=f"{_value(each.low, each.unit)} to {_value(each.high, each.unit)}",
        now=f"{now}, as announced" if each.id in AS_ANNOUNCED else now,
        answer=answer,
        at_low=each.at_low,
        at_high=each.at_high,
    )


def _value(value: float, unit: str, up: bool | None = None) -> str:
    """A value of a lever: shares to a tenth of a percent, others to three digits; up or down so that it holds."""
    if value == 0:
        return in_unit(0, unit)
    digits = 3 if UNITS[unit].kind == "share" else 2 - math.floor(math.log10(abs(value)))
    scale = 10.0**digits
    turn = round if up is None else math.ceil if up else math.floor
    # Noise of the last binary digits must not move it by a step.
    shown = turn(value * scale - (1e-9 if up else -1e-9 if up is False else 0)) / scale
    return percent(shown, 1) if UNITS[unit].kind == "share" else plain(shown, 3)


def _frontier_rows(found: Answers) -> Iterator[FrontierRow]:
    for point in found.frontier:
        if point.lag_months % EVERY == 0 or point.lag_months == found.announced_lag:
            yield FrontierRow(
                point.lag_months,
                count(point.lag_months, "month"),
                NOT_ENOUGH if point.share is None else _value(point.share, "share", up=True),
            )


def _known(points: tuple[FrontierPoint, ...]) -> tuple[float, ...]:
    return tuple(point.share for point in points if point.share is not None)


# --- unknowns and stresses --------------------------------------------------------------------


def _unknown(each: Unknown) -> UnknownRow:
    question = None if each.question is None else Question(each.question.ask, each.question.text)
    return UnknownRow(each.id, each.label, f"about {percent(each.share)}", each.narrowing, question)


def _stress(estimate: Estimate, each: Stress, horizon: str) -> StressRow:
    link = with_answers(estimate.scenario, each.answers).to_query()
    if round(each.difference) == 0:
        words = f"the same over {horizon}"
    else:
        sign = "+" if each.difference > 0 else MINUS
        words = f"{sign}{prose(abs(each.difference))}"
    return StressRow(each.id, each.label, each.net, each.pays_first, each.difference, words, link)

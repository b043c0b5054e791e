"""How numbers are printed: one rounding rule, three forms for money, percent only here.

Under $10,000 to the nearest $100, under $1 million to the nearest $1,000, above
to the nearest $10,000. Low ends round down, high ends round up, so a printed
range always holds the computed one.
"""

from __future__ import annotations

import datetime
import math
from typing import Literal

from calculator.result import Spread
from calculator.scenario.values import JOINERS
from calculator.units import UNITS

End = Literal["low", "central", "high"]
MINUS = "−"
NO_BREAK = "\u00a0"
MIDDOT = f"{NO_BREAK}· "
_STEPS = ((10_000, 100), (1_000_000, 1_000))
_LARGE_STEP = 10_000
MILLION = 1_000_000
THOUSAND = 1_000
# Dollars below which a price is shown to a tenth of a cent: rates for a mile have three decimals.
SMALL = 10
# Amounts this close to a step are on it: noise of the last binary digits must not move a printed end.
_NOISE = 1e-6


def step_of(value: float) -> int:
    """The step an amount in dollars is rounded to."""
    size = abs(value)
    return next((step for limit, step in _STEPS if size < limit), _LARGE_STEP)


def rounded(value: float, end: End = "central") -> int:
    """Round dollars by the rule: a low end down, a high end up, a central figure to the nearest (half up)."""
    step = step_of(value)
    count = value / step
    if end == "low":
        return math.floor(count + _NOISE) * step
    if end == "high":
        return math.ceil(count - _NOISE) * step
    return math.floor(count + 0.5) * step


def money(value: float, end: End = "central") -> str:
    """$945,000, or $1.94M from a million: for tight places."""
    return _money(value, end, "M")


def prose(value: float, end: End = "central") -> str:
    """$945,000, or "$1.94 million" with a no-break space: for sentences."""
    return _money(value, end, f"{NO_BREAK}million")


def _money(value: float, end: End, million: str) -> str:
    amount = rounded(value, end)
    sign = MINUS if amount < 0 else ""
    size = abs(amount)
    if size >= MILLION:
        return f"{sign}${size / MILLION:,.2f}{million}"
    return f"{sign}${size:,}"


def thousands(value: float, end: End = "central") -> str:
    """945 for $945,000 and 7.5 for $7,500: for tables in thousands of dollars."""
    amount = rounded(value, end)
    sign = MINUS if amount < 0 else ""
    size = abs(amount)
    text = f"{size // THOUSAND:,}" if size % THOUSAND == 0 else f"{size / THOUSAND:,.1f}"
    return sign + text


def exact(value: float) -> str:
    """$1,234.56, or −$1,234.56: for formulas and schedules to the cent."""
    sign = MINUS if round(value, 2) < 0 else ""
    return f"{sign}${abs(value):,.2f}"


def range_text(spread: Spread) -> str:
    """$879,000 to $1.20 million (central $945,000)."""
    return f"{prose(spread.low, 'low')} to {prose(spread.high, 'high')} (central {prose(spread.central)})"


def ends_text(spread: Spread) -> str:
    """$879,000 to $1.20 million."""
    return f"{prose(spread.low, 'low')} to {prose(spread.high, 'high')}"


def inline(spread: Spread) -> tuple[str, str, str]:
    """Low, central, high in the tight form."""
    return money(spread.low, "low"), money(spread.central), money(spread.high, "high")


def in_thousands(spread: Spread) -> tuple[str, str, str]:
    """Low, central, high in thousands of dollars."""
    return thousands(spread.low, "low"), thousands(spread.central), thousands(spread.high, "high")


def in_millions(spread: Spread) -> tuple[str, str, str]:
    """Low, central, high in millions of dollars, two decimals: for the largest agencies."""
    return _in_steps(spread, _LARGE_STEP, 2)


def in_whole_millions(spread: Spread) -> tuple[str, str, str]:
    """Low, central, high in whole millions of dollars: for tables that reach a billion."""
    return _in_steps(spread, MILLION, 0)


def _in_steps(spread: Spread, step: int, digits: int) -> tuple[str, str, str]:
    ends: tuple[tuple[float, End], ...] = (
        (spread.low, "low"), (spread.central, "central"), (spread.high, "high"),
    )  # fmt: skip
    low, central, high = (_millions(value, end, step, digits) for value, end in ends)
    return low, central, high


def _millions(value: float, end: End, step: int, digits: int) -> str:
    scaled = value / step
    steps = {"low": math.floor(scaled + _NOISE), "high": math.ceil(scaled - _NOISE)}.get(
        end, math.floor(scaled + 0.5)
    )
    return f"{MINUS if steps < 0 else ''}{abs(steps) * step / MILLION:,.{digits}f}"


def opposite(spread: Spread) -> Spread:
    """The same figure with its sign turned, ends in order."""
    return Spread(-spread.high, -spread.central, -spread.low)


def percent(share: float, digits: int = 0) -> str:
    """35% for 0.35; as many digits as asked, trailing zeros dropped."""
    text = f"{abs(share) * 100:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS if share < 0 and float(text) else ''}{text}%"


def hours(value: float) -> str:
    """Hours to the nearest 10."""
    return f"{math.floor(value / 10 + 0.5) * 10:,}"


def plain(value: float, digits: int = 4) -> str:
    """A number with up to `digits` significant digits, grouped, without spare zeros."""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{abs(value):,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 else "") + text


def in_unit(value: float, unit: str) -> str:
    """A value of an input in its unit, without the unit's words: $51.14, 35%, 40."""
    kind = UNITS[unit].kind if unit in UNITS else "number"
    if kind == "money":
        return _unit_price(value)
    if kind == "share":
        return percent(value, 2)
    return plain(value)


def _unit_price(value: float) -> str:
    """$51.14; whole dollars where there are no cents and from $1,000; $0.725 for small rates."""
    size = abs(value)
    text = f"{size:,.2f}" if size < THOUSAND and value % 1 else f"{size:,.0f}"
    if size < SMALL and round(size, 3) != round(size, 2):
        text = f"{size:.3f}"
    return f"{MINUS if value < 0 else ''}${text}"


def day(value: datetime.date) -> str:
    """8 December 2026."""
    return f"{value.day}{NO_BREAK}{value:%B} {value.year}"


def count(number: float, one: str, many: str | None = None) -> str:
    """12 officers, 1 officer."""
    word = one if number == 1 else (many or f"{one}s")
    return f"{plain(number, 6)} {word}"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """Five, up to ten; digits beyond."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def harmless(text: str) -> str:
    """Text without control characters: an escape code must not reach the terminal."""
    return "".join(letter if letter.isprintable() or letter in JOINERS else " " for letter in text)

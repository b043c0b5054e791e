"""Single answers: from file or link to a checked value, and back.

A link holds text, a file holds numbers, dates and lists. Text becomes what a
file would hold (`raw_from_text`), and both then pass the same check
(`read_value`), so a link and a file can never differ in what they accept.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculator.calendar import Month
from calculator.scenario.fields import FIRST_YEAR, LAST_YEAR, MODELS, NO_AGREEMENT, Field, Kind
from calculator.scenario.states import STATES

LONGEST_SHOWN = 40
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,400}")
_DOLLARS = re.compile(r"(-?)\s*\$\s*([^$]*)", re.DOTALL)
# Digits with commas or points that other countries, or a slip, put in other places.
_UNCLEAR = re.compile(r"-?\s*\$?\s*[0-9](?=.*[.,])[0-9.,\s]*")
_POINT_OF_THOUSANDS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
PUNCTUATION = "Put a point before decimals, and commas only between thousands."
_DATED = re.compile(r"[0-9-]*:.*", re.DOTALL)
SOFT_HYPHEN = "\u00ad"
# Zero-width joiner and non-joiner: the spelling of several scripts needs them.
JOINERS = "\u200c\u200d"
# Letters and marks that print nothing by themselves: fillers, the empty braille cell, a joiner, variation selectors.
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_YES_NO: dict[object, bool] = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True)
class Step:
    """A value from a month on, until the next step."""

    start: Month
    value: float


Steps = tuple[Step, ...]


class Dollars(float):
    """A number that was typed with a dollar sign."""


Value = bool | int | float | str | Month | datetime.date | Steps


class Refused(ValueError):
    """An answer that cannot be used: `what` is wrong, what to `do`."""

    def __init__(self, what: str, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(f"{what} {do}".strip())


def value_at(value: float | Steps, month: Month, before: float | None = None) -> float:
    """The value that holds in `month`.

    In months before the first step it is `before`, or the first step's value when that is None.
    """
    if not isinstance(value, tuple):
        return value
    held = [step.value for step in value if step.start <= month]
    if held:
        return held[-1]
    return value[0].value if before is None else before


def peak(value: float | Steps) -> float:
    """The largest value it ever takes."""
    return max(step.value for step in value) if isinstance(value, tuple) else value


def shown(raw: object) -> str:
    """A raw answer as a message shows it: short, on one line."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int | float):
        return number_text(raw) if math.isfinite(raw) else str(raw)
    if isinstance(raw, list | tuple):
        return "a list"
    if isinstance(raw, Mapping):
        return "a block of keys"
    text = printable(str(raw))
    text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return text if isinstance(raw, Month | datetime.date) else f"'{text}'"


def is_blank(raw: object) -> bool:
    """Whether nothing was answered: absent, or only spaces and characters that show nothing."""
    return raw is None or (isinstance(raw, str) and all(_shows_nothing(character) for character in raw))


def _shows_nothing(character: str) -> bool:
    return character.isspace() or character in _FILLERS or unicodedata.category(character) in ("Cf", "Cs")


def read_text(raw: object, longest: int, wanted: str) -> str:
    """One line of text, without outer spaces. Raises Refused."""
    if not isinstance(raw, str):
        raise Refused(f"{shown(raw)} is not text.", "Put quotes around it.")
    text = raw.strip()
    if any(is_control(character) for character in text):
        raise Refused(
            "It holds a line break or another control character.", "Write it on one line of plain text."
        )
    text = text.replace(SOFT_HYPHEN, "").strip()
    if len(text) > longest:
        raise Refused(f"It has {len(text):,} characters.", wanted)
    return text


def is_control(character: str) -> bool:
    """Whether a character steers a terminal or the layout of a page, or is no character at all."""
    code = ord(character)
    nonsense = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    allowed = character in JOINERS or character == SOFT_HYPHEN
    steers = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return nonsense or (steers and not allowed)


def printable(text: str) -> str:
    """The text with a mark in place of each control character."""
    return "".join("\ufffd" if is_control(character) else character for character in text)


def read_number(raw: object, wanted: str) -> float:
    """A finite number. Raises Refused."""
    if isinstance(raw, str) and _is_unclear(raw.strip()):
        raise Refused(f"{shown(raw)} can be read in more than one way.", f"{wanted} {PUNCTUATION}")
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Refused(f"{shown(raw)} is not a number.", wanted)
    if (isinstance(raw, int) and abs(raw) > 10**15) or not math.isfinite(raw):
        raise Refused("The number is too large.", wanted)
    return float(raw) + 0.0  # turns -0.0 into 0.0


def _is_unclear(text: str) -> bool:
    read = isinstance(number_from_text(text), int | float) and not _POINT_OF_THOUSANDS.fullmatch(text)
    return bool(_UNCLEAR.fullmatch(text)) and not read


def check_bounds(number: float, low: float | None, high: float | None, wanted: str) -> None:
    """Raise Refused unless low <= number <= high."""
    if low is not None and number < low:
        raise Refused(f"{number_text(number)} is less than {low:,}.", wanted)
    if high is not None and number > high:
        raise Refused(f"{number_text(number)} is more than {high:,}.", wanted)


def read_month(raw: object, wanted: str) -> Month:
    """A month of the years allowed. Raises Refused."""
    if isinstance(raw, Month):
        month = raw
    else:
        try:
            month = Month.parse(raw if isinstance(raw, str) else "")
        except ValueError:
            raise Refused(f"{shown(raw)} is not a month.", wanted) from None
    _check_year(month.year, str(month), wanted)
    return month


def _check_year(year: int, text: str, wanted: str) -> None:
    if year < FIRST_YEAR:
        raise Refused(f"{text} lies before {FIRST_YEAR}.", wanted)
    if year > LAST_YEAR:
        raise Refused(f"{text} lies after {LAST_YEAR}.", wanted)


def read_date(raw: object, wanted: str) -> datetime.date:
    """A day of the years allowed. Raises Refused."""
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        day = raw
    else:
        try:
            if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
                raise ValueError
            day = datetime.date.fromisoformat(raw)
        except ValueError:
            raise Refused(f"{shown(raw)} is not a day.", wanted) from None
    _check_year(day.year, day.isoformat(), wanted)
    return day


def read_models(raw: object, wanted: str, *, may_be_none: bool) -> str:
    """A set of models in canonical order, "jem+tfm". Raises Refused.

    A plus sign typed into a link by hand arrives as a space; both separate.
    """
    if not isinstance(raw, str):
        raise Refused(f"{shown(raw)} is not a set of models.", wanted)
    names = re.split(r"[+\s]+", raw.strip().lower())
    if may_be_none and names == [NO_AGREEMENT]:
        return NO_AGREEMENT
    for name in names:
        if name not in MODELS:
            raise Refused(f"{shown(name)} is not a 287(g) model.", wanted)
    if len(set(names)) != len(names):
        raise Refused(f"{shown(raw)} names a model twice.", "Name each once.")
    if {"tfm", "tribal-tfm"} <= set(names):
        raise Refused("tribal-tfm takes the place of tfm.", "Name only one of the two.")
    return "+".join(sorted(names))


def read_steps(
    raw: Sequence[object], low: float | None, high: float | None, wanted: str, *, whole: bool
) -> Steps:
    """Dated values whose months rise. Raises Refused."""
    if not raw:
        raise Refused("The list of dated values is empty.", wanted)
    steps: list[Step] = []
    for entry in raw:
        if isinstance(entry, Step):
            entry = {"from": entry.start, "value": entry.value}
        if not isinstance(entry, Mapping) or set(entry) != {"from", "value"}:
            raise Refused(
                "Each dated value has exactly the keys 'from' and 'value'.",
                "Write {from: 2025-02, value: 114}.",
            )
        start = read_month(entry["from"], "Write the month as 2025-02, and numbers in a list without commas.")
        number = read_number(entry["value"], wanted)
        if whole and not number.is_integer():
            raise Refused(f"{number_text(number)} is not a whole number.", wanted)
        check_bounds(number, low, high, wanted)
        if steps and start <= steps[-1].start:
            raise Refused(
                f"{start} does not lie after {steps[-1].start}.", "Put the dated values in rising order."
            )
        steps.append(Step(start, number))
    return tuple(steps)


def read_value(field: Field, raw: object) -> Value:
    """Check what a file holds for `field`. Raises Refused. `raw` is not blank."""
    wanted = field.wanted
    match field.kind:
        case "text":
            return read_text(raw, int(field.maximum or 0), wanted)
        case "edition":
            if not isinstance(raw, str) or not re.fullmatch(
                r"draft|[0-9]{4}\.[0-9]{1,4}(\.[0-9]{1,4})?", raw.strip()
            ):
                quotes = "" if isinstance(raw, str) else ' Put it in quotes: edition: "2026.1".'
                raise Refused(f"{shown(raw)} is not the name of an edition.", f"{wanted}{quotes}")
            return raw.strip()
        case "state":
            return _read_state(raw, wanted)
        case "choice":
            if not isinstance(raw, str) or raw.strip() not in field.options:
                what = "is not one of the answers" if len(field.options) > 1 else "is not available"
                raise Refused(f"{shown(raw)} {what}.", wanted)
            return raw.strip()
        case "yes_no":
            if isinstance(raw, bool):
                return raw
            if isinstance(raw, str) and raw.strip().lower() in _YES_NO:
                return _YES_NO[raw.strip().lower()]
            raise Refused(f"{shown(raw)} is not yes or no.", wanted)
        case "models":
            return read_models(raw, wanted, may_be_none=NO_AGREEMENT in field.options)
        case "month":
            return read_month(raw, wanted)
        case "date":
            return read_date(raw, wanted)
        case "headcount" if isinstance(raw, list | tuple):
            return read_steps(raw, field.minimum, field.maximum, wanted, whole=True)
        case _:
            return _read_bounded(field, raw)


def _read_state(raw: object, wanted: str) -> str:
    code = raw.strip().upper() if isinstance(raw, str) else ""
    if code in STATES:
        return code
    named = [known for known, name in STATES.items() if name.upper() == code]
    raise Refused(f"{shown(raw)} is not a state code.", f"Enter {named[0]}." if named else wanted)


def _read_bounded(field: Field, raw: object) -> int | float:
    number = read_number(raw, field.wanted)
    whole = field.kind in ("whole", "headcount")
    if whole and not number.is_integer():
        raise Refused(f"{number_text(number)} is not a whole number.", field.wanted)
    check_bounds(number, field.minimum, field.maximum, field.wanted)
    return int(number) if whole else number


def raw_from_text(kind: Kind, text: str) -> object:
    """What a file would hold for this text of a link; unreadable text stays text and is refused later."""
    if kind == "headcount" and _DATED.fullmatch(text.strip()):
        return steps_from_text(text)
    if kind == "money":
        return money_from_text(text)
    if kind in ("whole", "headcount") and _POINT_OF_THOUSANDS.fullmatch(text.strip()):
        # A point that stands for thousands elsewhere must not turn 1,200 officers into one.
        return text
    if kind in ("whole", "number", "share", "headcount"):
        return number_from_text(text)
    return text.strip() if kind in ("month", "date") else text


def number_from_text(text: str) -> object:
    """12, 12.5, 1,200 and 35% as numbers; anything else stays text."""
    text = text.strip()
    if text.endswith("%"):
        share = number_from_text(text.removesuffix("%"))
        return float(Decimal(repr(share)) / 100) if isinstance(share, int | float) else text
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def money_from_text(text: str) -> object:
    """As `number_from_text`, with a dollar sign before it or not."""
    signed = _DOLLARS.fullmatch(text.strip())
    if signed is None:
        return number_from_text(text)
    number = number_from_text(signed[1] + signed[2].strip())
    return Dollars(number) if isinstance(number, int | float) and "%" not in text else text


def amount_from_text(text: str) -> object:
    """A number, dollars, or dated ones as "2025-01:83,2025-02:114"."""
    return steps_from_text(text) if _DATED.fullmatch(text.strip()) else money_from_text(text)


def steps_from_text(text: str) -> list[dict[str, object]]:
    """Dated numbers of a link as a file would list them."""
    entries: list[dict[str, object]] = []
    for part in text.split(","):
        start, _, number = part.partition(":")
        entries.append({"from": start.strip(), "value": money_from_text(number)})
    return entries


def number_text(number: float) -> str:
    """A number in plain digits that read back to the same number."""
    if float(number).is_integer():
        return str(int(number))
    return format(Decimal(repr(float(number))), "f")


def text_of(value: Value) -> str:
    """A value as a link holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(f"{step.start}:{number_text(step.value)}" for step in value)
    if isinstance(value, int | float):
        return number_text(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def plain_of(value: Value) -> Any:
    """A value as JSON and YAML hold it."""
    if isinstance(value, tuple):
        return [{"from": str(step.start), "value": _plain_number(step.value)} for step in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _plain_number(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _plain_number(number: float) -> int | float:
    return int(number) if float(number).is_integer() else float(number)


def join_words(words: Iterable[str]) -> str:
    """a, b and c; nothing for none."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last

"""The commissioner brief: two letter pages, tagged, with its inputs attached.

What does not fit is first set closer, in the same type sizes, and then shortened
in a declared order: sizes and largest cases on record, sources to the first six, disputes to two, questions to
four, notes to two, choices to no agreement and the proposed one. Each cut is counted in print. Nothing is clipped.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from calculator.errors import RenderError
from calculator.options import NONE
from calculator.paths import data_folder
from calculator.render import formats, pictures
from calculator.render.charts import PRINT, draw, sides_note
from calculator.render.fonts import replace_missing_glyphs
from calculator.render.pdf import Attachment, LayOut, lay_out, render_if_fits
from calculator.render.record import canonical_json, to_json
from calculator.render.statement import Statement, statement
from calculator.render.statement.headline import NAMED
from calculator.render.statement.parts import ReadingGroup, ReadingRow, Source
from calculator.render.statement.wording import CASE_LABELS, capital, within
from calculator.render.table import to_csv
from calculator.render.unbroken import unbroken
from calculator.result import Estimate, Spread

PAGES = 2
COLUMN, LEAD = 242, 284
MOST_DISPUTES, FEWEST_DISPUTES = 4, 2
MOST_QUESTIONS, FEWEST_QUESTIONS = 6, 4
FEWEST_SOURCES = 6
FEWEST_NOTES = 2
MOST_DRIVERS, FEWEST_DRIVERS = 5, 3
# From this many dollars on, the tables of the brief stand in millions; from WIDE on they need
# wider cells, and from a billion on they stand in whole millions.
BIG, WIDE, BILLION = 10_000_000, 100_000_000, 1_000_000_000
MONTHS = 12
LONGEST_SOURCE = 34
# The names of the cases beside their figures where a brief is set close.
BRIEF_CASES = {"none": "no federal money", "announced": "announced", "expected": "expected"}
# The cash chart of the brief is a little lower than in other reports.
SHORT = replace(PRINT, plot_height=72)


@dataclass(frozen=True)
class Cut:
    """One attempt: how close it is set, and how much is printed."""

    close: bool = False
    sources: int | None = None
    disputes: int = MOST_DISPUTES
    questions: int = MOST_QUESTIONS
    notes: int | None = None
    record: bool = True
    drivers: int = MOST_DRIVERS
    all_choices: bool = True
    line_of_nets: bool = True


def attempts(*, roomy: bool = True) -> Iterator[Cut]:
    """The attempts in their declared order; where there is no room, from the first that has ever fitted."""
    cut = Cut()
    if roomy:
        yield cut
    cut = replace(cut, close=True)
    if roomy:
        yield cut
    cut = replace(cut, record=False)
    yield cut
    cut = replace(cut, sources=FEWEST_SOURCES)
    yield cut
    cut = replace(cut, disputes=FEWEST_DISPUTES)
    yield cut
    cut = replace(cut, questions=FEWEST_QUESTIONS)
    yield cut
    cut = replace(cut, notes=FEWEST_NOTES)
    yield cut
    cut = replace(cut, drivers=FEWEST_DRIVERS)
    yield cut
    cut = replace(cut, all_choices=False)
    yield cut
    yield replace(cut, line_of_nets=False)


def brief_pdf(estimate: Estimate) -> bytes:
    """The brief as a PDF of exactly two pages. Raises RenderError when it cannot be made whole."""
    stated = statement(estimate)
    css = data_folder("reports").joinpath("brief.css").read_text("utf-8")
    made = datetime.datetime.combine(
        estimate.scenario.made_on(estimate.edition), datetime.time(12), tzinfo=datetime.UTC
    )
    files = attachments(estimate)
    html, layout = "", LayOut(0, (), ())
    # A layout takes longer than all else, and with receipts the first two never fit.
    roomy = not estimate.proposed.cases["announced"].federal_receipts.total.central
    for cut in attempts(roomy=roomy):
        html = brief_html(estimate, stated, cut)
        content = render_if_fits(html, css, PAGES, attachments=files, created=made)
        if not isinstance(content, LayOut):
            return content
        layout = content
    raise RenderError(
        f"The brief does not fit two pages: {_too_long(html, css, layout)}. "
        "Shorten the title, the agency's name, the item, who prepared it or the fund."
    )


def _too_long(html: str, css: str, layout: LayOut) -> str:
    """What does not fit, with its sections."""
    if layout.overflows:
        return str(layout.overflows[0])
    first = lay_out(html, css + ".page-two { display: none; }")
    return "sections 1 to 4 are too long" if first.pages > 1 else "sections 5 to 11 are too long"


def attachments(estimate: Estimate) -> tuple[Attachment, ...]:
    """What the report was made from, and its figures."""
    scenario = canonical_json(estimate.scenario.canonical()).encode()
    return (
        Attachment("scenario.json", scenario, "The answers this report was made from", "Source"),
        Attachment("lines.csv", to_csv(estimate).encode(), "Every line of every option", "Data"),
        Attachment("estimate.json", to_json(estimate).encode(), "The whole record of this run", "Data"),
    )


def brief_html(estimate: Estimate, stated: Statement, cut: Cut) -> str:
    """The brief as HTML for one attempt."""
    has_cost = estimate.proposed.gross.total.central > 0
    terms = [group for group in stated.readings if group.kind == "reading"]
    others = [group for group in stated.readings if group.kind != "reading"]
    disputes = (terms + others)[: cut.disputes]
    pair = (
        pictures.pair_chart(stated, "net-pair", "the fiscal impact statement", most=2)
        if has_cost and cut.line_of_nets
        else None
    )
    largest = _largest(stated)
    scaled = scale_of(largest)
    shown_months = min(MONTHS, estimate.calendar.months)
    cash = pictures.cash_chart(stated, MONTHS, "cash", "the table below it") if has_cost else None
    available = [choice for choice in stated.choices if not choice.unavailable]
    choices = [each for each in available if cut.all_choices or each.proposed or each.id == NONE]
    context: dict[str, Any] = {
        "s": stated,
        "choices": choices,
        "cut_line": has_cost and not cut.line_of_nets,
        "cut_choices": len(available) - len(choices),
        "close": cut.close,
        "named": NAMED,
        "item": estimate.scenario.report.item,
        "banner_lines": (
            stated.banner.lines[0],
            *(line for line in stated.banner.lines[1:] if not line.marks),
        ),
        "pair": draw(pair, PRINT, LEAD) if pair else None,
        "pair_note": sides_note(pair, PRINT, LEAD) if pair else "",
        "first_year": stated.headlines[0],
        "pays_first": stated.headlines[2],
        "on_record": stated.headlines[3],
        "cash": draw(cash, SHORT, COLUMN) if cash else None,
        "cash_months": shown_months,
        "twin_months": _twin_months(shown_months),
        "disputes": [Dispute.of(group) for group in disputes],
        "cut_disputes": len(stated.readings) - len(disputes),
        "benefits": stated.benefits[:1],
        "questions": stated.questions[: cut.questions],
        "drivers": stated.drivers[: cut.drivers],
        "record": cut.record,
        "cut_drivers": max(0, min(MOST_DRIVERS, len(stated.drivers)) - cut.drivers),
        "notes": stated.notes[: cut.notes],
        "cut_notes": len(stated.notes) - len(stated.notes[: cut.notes]),
        "cut_questions": max(0, len(stated.questions) - cut.questions),
        "wide": WIDE <= largest < BILLION,
        "unit": "millions" if largest >= BIG else "thousands",
        "scaled": scaled,
        "amount": lambda value: scaled(Spread(value, value, value))[1],
        "also": [choice.label for choice in stated.also_computed if not choice.unavailable],
        "missing": [choice for choice in stated.choices if choice.unavailable],
    }
    template = _environment().get_template("brief.html")
    cited = Citations(cut.sources)
    # The first pass finds which sources the two pages cite; only those are listed.
    template.render(**context, cited=cited, sources=(), cut_sources=0)
    by_number = {source.number: source for source in stated.sources}
    listed = [ShortSource(own, _short(by_number[number])) for number, own in cited.kept.items()]
    html = template.render(**context, cited=cited, sources=listed, cut_sources=cited.cut)
    return replace_missing_glyphs(html)


def scale_of(largest: float) -> Callable[[Spread], tuple[str, str, str]]:
    """How the tables of a brief print a range whose largest figure is this."""
    if largest < BIG:
        return formats.in_thousands
    return formats.in_millions if largest < BILLION else formats.in_whole_millions


class Citations:
    """Numbers the sources of the two pages from 1, in the order in which they are cited, up to a most."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._seen: dict[int, int] = {}

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        """The numbers as this brief prints them; sources that are cut are left out."""
        own = [self._seen.setdefault(number, len(self._seen) + 1) for number in numbers]
        return [number for number in own if self._most is None or number <= self._most]

    @property
    def kept(self) -> dict[int, int]:
        """Number in the statement to number in the brief, in the brief's order."""
        return {number: own for number, own in self._seen.items() if self._most is None or own <= self._most}

    @property
    def cut(self) -> int:
        """How many sources are cited and not listed."""
        return len(self._seen) - len(self.kept)


@dataclass(frozen=True)
class Dispute:
    """A term with its default reading and the reading farthest from it."""

    label: str
    first: ReadingRow
    other: ReadingRow
    widest: float
    ask: str | None

    @classmethod
    def of(cls, group: ReadingGroup) -> Dispute:
        """The two readings that stand in the brief."""
        first = next(row for row in group.rows if row.default)
        other = max((row for row in group.rows if not row.default), key=lambda row: abs(row.gap))
        return cls(group.label, first, other, abs(other.gap), group.ask)


@dataclass(frozen=True)
class ShortSource:
    """A source as the brief lists it."""

    number: int
    short: str


def _short(source: Source) -> str:
    text = source.publisher.split(";")[0].split(" (")[0].removeprefix("U.S. ")
    if len(text) > LONGEST_SOURCE:
        text = text[: LONGEST_SOURCE - 1].rsplit(" ", 1)[0].rstrip(",") + " …"
    return f"{text}, {source.date[:4]}" if source.date and source.date[:4].isdigit() else text


def _largest(stated: Statement) -> float:
    return max(
        abs(end) for row in stated.impact.rows for each in row.spreads for end in (each.low, each.high)
    )


def _twin_months(months: int) -> tuple[int, ...]:
    """Months printed in the table under the cash chart."""
    wanted = (1, 2, 5, 11)
    return tuple(month for month in wanted if month < months) or (0,)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(data_folder("reports")),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("money", "thousands", "inline"):
        environment.filters[name] = getattr(formats, name)
    environment.filters["within"] = within
    environment.filters["begin"] = capital
    environment.filters["briefly"] = {label: BRIEF_CASES[case] for case, label in CASE_LABELS.items()}.get
    environment.filters["unbroken"] = unbroken
    return environment

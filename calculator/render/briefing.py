"""The commissioner brief: two letter pages, tagged, with its inputs attached.

What does not fit is shortened in a declared order: sources to the first six,
disputes to two, questions to four. Each cut is counted in print. Nothing
shrinks and nothing is clipped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from calculator.errors import RenderError
from calculator.paths import data_folder
from calculator.render import formats, pictures
from calculator.render.charts import PRINT, draw, sides_note
from calculator.render.fonts import replace_missing_glyphs
from calculator.render.pdf import Attachment, LayOut, render_if_fits
from calculator.render.record import canonical_json, to_json
from calculator.render.statement import Statement, statement
from calculator.render.statement.parts import ReadingGroup, ReadingRow, Source
from calculator.render.table import to_csv
from calculator.result import Estimate

PAGES = 2
COLUMN, LEAD = 242, 296
MOST_DISPUTES, FEWEST_DISPUTES = 4, 2
MOST_QUESTIONS, FEWEST_QUESTIONS = 6, 4
FEWEST_SOURCES = 6
# From this many dollars on, the tables of the brief stand in millions.
BIG = 10_000_000
# And from this many on, three figures in millions need wider cells.
WIDE = 100_000_000
MONTHS = 12
LONGEST_SOURCE = 34
# The cash chart of the brief is a little lower than in other reports.
SHORT = replace(PRINT, plot_height=78)


@dataclass(frozen=True)
class Cut:
    """One attempt: how much is printed."""

    sources: int | None = None
    disputes: int = MOST_DISPUTES
    questions: int = MOST_QUESTIONS


def attempts() -> Iterator[Cut]:
    """The attempts in their declared order."""
    cut = Cut()
    yield cut
    cut = replace(cut, sources=FEWEST_SOURCES)
    yield cut
    cut = replace(cut, disputes=FEWEST_DISPUTES)
    yield cut
    yield replace(cut, questions=FEWEST_QUESTIONS)


def brief_pdf(estimate: Estimate) -> bytes:
    """The brief as a PDF of exactly two pages. Raises RenderError when it cannot be made whole."""
    stated = statement(estimate)
    css = data_folder("reports").joinpath("brief.css").read_text("utf-8")
    made = datetime.datetime.combine(
        estimate.scenario.made_on(estimate.edition), datetime.time(12), tzinfo=datetime.UTC
    )
    files = attachments(estimate)
    layout: LayOut | None = None
    for cut in attempts():
        content = render_if_fits(
            brief_html(estimate, stated, cut), css, PAGES, attachments=files, created=made
        )
        if not isinstance(content, LayOut):
            return content
        layout = content
    what = (
        str(layout.overflows[0])
        if layout and layout.overflows
        else f"it takes {layout.pages if layout else 0} pages"
    )
    raise RenderError(f"The brief does not fit two pages: {what}. Shorten the agency's name, title or item.")


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
    disputes = (terms + others)[:MOST_DISPUTES]
    cited: list[int] = []
    pair = pictures.pair_chart(stated, "net-pair", "the fiscal impact statement") if has_cost else None
    shown_months = min(MONTHS, estimate.calendar.months)
    cash = pictures.cash_chart(stated, MONTHS, "cash", "the table below it") if has_cost else None
    context: dict[str, Any] = {
        "s": stated,
        "item": estimate.scenario.report.item,
        "banner_lines": (
            stated.banner.lines[0],
            *(line for line in stated.banner.lines[1:] if not line.marks),
        ),
        "pair": draw(pair, PRINT, LEAD) if pair else None,
        "pair_note": sides_note(pair, PRINT, LEAD) if pair else "",
        "rail": (stated.headlines[0], stated.headlines[2], stated.headlines[3]),
        "cash": draw(cash, SHORT, COLUMN) if cash else None,
        "cash_months": shown_months,
        "twin_months": _twin_months(shown_months),
        "recorded": _recorded(stated),
        "disputes": [Dispute.of(group) for group in disputes[: cut.disputes]],
        "cut_disputes": len(stated.readings) - len(disputes[: cut.disputes]),
        "benefits": stated.benefits[:1],
        "questions": stated.questions[: cut.questions],
        "cut_questions": max(0, len(stated.questions) - cut.questions),
        "decides": stated.signs,
        "insurance_head": stated.liability.insurance.text.partition(".")[0] + ".",
        "insurance_rest": stated.liability.insurance.text.partition(".")[2].strip().rpartition(" ")[0],
        "insurance_last": stated.liability.insurance.text.partition(".")[2].strip().rpartition(" ")[2],
        "wide": _largest(stated) >= WIDE,
        "unit": "millions" if _largest(stated) >= BIG else "thousands",
        "scaled": formats.in_millions if _largest(stated) >= BIG else formats.in_thousands,
        "also": [choice.label for choice in stated.also_computed if not choice.unavailable],
        "missing": [choice.label for choice in stated.choices if choice.unavailable],
        "cited": lambda numbers: _note_cited(cited, numbers, cut),
    }
    template = _environment().get_template("brief.html")
    # The first pass finds which sources the two pages cite; only those are listed.
    template.render(**context, sources=(), cut_sources=0)
    used = sorted(set(cited))
    kept = used if cut.sources is None else used[: cut.sources]
    listed = [
        ShortSource(source.number, _short(source)) for source in stated.sources if source.number in kept
    ]
    html = template.render(**context, sources=listed, cut_sources=len(used) - len(kept))
    return replace_missing_glyphs(html)


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


def _note_cited(cited: list[int], numbers: Sequence[int], cut: Cut) -> list[int]:
    cited.extend(numbers)
    if cut.sources is None:
        return list(numbers)
    known = sorted(set(cited))[: cut.sources]
    return [number for number in numbers if number in known]


def _short(source: Source) -> str:
    text = source.publisher.split(";")[0].split(" (")[0]
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


def _recorded(stated: Statement) -> str:
    headline = stated.headlines[3]
    figure = headline.figures[0]
    return f"Paid claims on record, {figure.words[:1].lower()}{figure.words[1:]}: {headline.note}"


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
    return environment

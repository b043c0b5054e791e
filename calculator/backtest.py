"""Compare with costs that were published: every worked case, its published figure and ours.

A case holds runs: a scenario with the inputs as published, and rows to compare.
A row names the lines it adds and takes away, the months it looks at, and the
band that is fair. A figure outside its band is a miss and needs its reason in print;
a reason for a miss that is none any more is an error too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calculator.calendar import Month
from calculator.editions import Edition, open_edition
from calculator.editions.loader import read_document
from calculator.errors import InputError
from calculator.estimate import estimate
from calculator.paths import data_folder
from calculator.result import Estimate, Line, OptionResult
from calculator.scenario import Scenario

WITHIN, MISS, OPEN, BROKEN = "within", "miss", "no verdict", "not explained"
_CASE_KEYS = {"case", "title", "period", "model", "independence", "stance", "sources", "note", "runs"}
_RUN_KEYS = {"scenario", "compare"}
_ROW_KEYS = {"what", "published", "figure", "band", "worked_back", "miss_reason", "note"}
_FIGURE_KEYS = {"plus", "minus", "months", "option", "scale"}
_BANDS = {"dollars", "share", "between"}
_WIDTH = 100


@dataclass(frozen=True)
class Row:
    """One published figure and ours. `published` is None where the paper gives words only."""

    what: str
    published: float | None
    ours: float
    band: str
    verdict: str
    reason: str
    worked_back: bool = False


@dataclass(frozen=True)
class Case:
    """A published case and its rows."""

    id: str
    title: str
    period: str
    model: str
    independence: str
    stance: str
    sources: tuple[str, ...]
    note: str
    rows: tuple[Row, ...]


def backtest(edition: Edition | None = None) -> tuple[Case, ...]:
    """Run every case against `edition`, the newest by default. Raises InputError for a malformed case."""
    edition = edition or open_edition(None)
    return tuple(run_case(path, edition) for path in case_files())


def case_files() -> tuple[Path, ...]:
    """The files of the cases, in the order of their names."""
    return tuple(sorted(data_folder("cases").glob("*.yaml")))


def run_case(path: Path, edition: Edition) -> Case:
    """Run one case at the medians. Raises InputError for a malformed case."""
    document, problems = read_document(path, path.name)
    if problems:
        raise InputError("\n".join(str(problem) for problem in problems))
    data = document.data
    if not isinstance(data, Mapping) or set(data) | {"note"} != _CASE_KEYS:
        raise InputError(f"{path.name}: a case has exactly the keys {', '.join(sorted(_CASE_KEYS))}.")
    if data["case"] != path.stem:
        raise InputError(f"{path.name}: the case is named {data['case']}. Give file and case one name.")
    try:
        return _read(data, edition, path.name)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path.name}: {type(error).__name__}: {error}. Compare it with another case."
        ) from None


def _read(data: Mapping[str, Any], edition: Edition, name: str) -> Case:
    return Case(
        id=data["case"],
        title=data["title"],
        period=data["period"],
        model=data["model"],
        independence=data["independence"],
        stance=data["stance"],
        sources=tuple(f"{each['title']}, {each['publisher']}, {each['url']}" for each in data["sources"]),
        note=data.get("note", ""),
        rows=tuple(row for run in data["runs"] for row in _rows(run, edition, name)),
    )


def _rows(run: Mapping[str, Any], edition: Edition, name: str) -> Iterable[Row]:
    if set(run) != _RUN_KEYS:
        raise InputError(f"{name}: a run has exactly the keys compare and scenario.")
    result = estimate(Scenario.from_mapping(run["scenario"]), edition, draws=0, only_proposed=True)
    return [_row(row, result, name) for row in run["compare"]]


def _row(row: Mapping[str, Any], result: Estimate, name: str) -> Row:
    if not set(row) <= _ROW_KEYS or not {"what", "figure"} <= set(row):
        raise InputError(f"{name}: a row of 'compare' may have the keys {', '.join(sorted(_ROW_KEYS))}.")
    ours = figure(row["figure"], result, name)
    published, band = row.get("published"), row.get("band")
    reason = row.get("miss_reason", row.get("note", ""))
    if band is None:
        return Row(row["what"], published, ours, "", OPEN, reason)
    holds, words = _holds(band, published, ours, name)
    # A miss without its reason and a reason without its miss are both errors.
    fits = holds != ("miss_reason" in row)
    verdict = (WITHIN if holds else MISS) if fits else BROKEN
    return Row(row["what"], published, ours, words, verdict, reason, row.get("worked_back", False))


def _holds(band: Mapping[str, Any], published: float | None, ours: float, name: str) -> tuple[bool, str]:
    kinds = set(band) & _BANDS
    if len(band) != 1 or not kinds:
        raise InputError(f"{name}: a band is one of {', '.join(sorted(_BANDS))}.")
    kind, limit = next(iter(band.items()))
    if kind == "between":
        low, high = limit
        return low <= ours <= high, f"fair from {low:,.0f} to {high:,.0f}"
    if published is None:
        raise InputError(f"{name}: the band '{kind}' needs a published figure.")
    if kind == "dollars":
        return abs(ours - published) <= limit, f"fair within {limit:,.10g}"
    return abs(ours - published) <= limit * abs(published), f"fair within {limit * 100:.4g} percent"


def figure(spec: Mapping[str, Any], result: Estimate, name: str = "case") -> float:
    """Lines added less lines taken away, over the months named (the whole run without), at the medians.

    Costs as they fall due, receipts as they arrive, memo figures (hours,
    bed-days) in their own unit; `scale` divides a total over several years.
    """
    if not set(spec) <= _FIGURE_KEYS or "plus" not in spec:
        raise InputError(f"{name}: a figure may have the keys {', '.join(sorted(_FIGURE_KEYS))}.")
    option = result.option(spec["option"]) if "option" in spec else result.proposed
    months = _months(spec.get("months"), result, name)
    total = _sum(option, spec["plus"], months, name) - _sum(option, spec.get("minus", ()), months, name)
    return round(total / float(spec.get("scale", 1)), 2)


def _months(span: object, result: Estimate, name: str) -> slice:
    calendar = result.calendar
    if span is None:
        return slice(0, calendar.months)
    first, last = (Month.parse(each) for each in span)  # type: ignore[attr-defined]
    # A slice would quietly cut or empty a span that leaves the run.
    if not calendar.start <= first <= last <= calendar.end:
        raise InputError(
            f"{name}: the months {first} to {last} are not a span of {calendar.start} to {calendar.end}."
        )
    return slice(first - calendar.start, last - calendar.start + 1)


def _sum(option: OptionResult, ids: Iterable[str], months: slice, name: str) -> float:
    return sum(sum(line.by_month[months]) for each in ids for line in _named(option, each, name))


def _named(option: OptionResult, line_id: str, name: str) -> list[Line]:
    found = [line for line in (*option.lines, *option.memos) if line.id == line_id]
    if not found:
        raise InputError(f"{name}: the option {option.id} has no line '{line_id}'.")
    return found


def backtest_text() -> tuple[str, bool]:
    """The table for the terminal, and whether every miss is explained."""
    cases = backtest()
    out = ["Published costs, and the same inputs in this calculator.", ""]
    out.append(f"  {'':<44} {'published':>13} {'here':>13} {'gap':>9}  verdict")
    for case in cases:
        out.append(f"{case.title}; {case.period}; {case.model}")
        out += _wrapped(f"Published by: {case.stance}. Here: {case.independence}.", "  ")
        for row in case.rows:
            out += _lines(row)
        out += _wrapped(case.note, "  ")
        out.append("")
    rows = [row for case in cases for row in case.rows]
    back = sum(row.verdict == WITHIN and row.worked_back for row in rows)
    counts = {
        verdict: sum(row.verdict == verdict for row in rows) for verdict in (WITHIN, MISS, OPEN, BROKEN)
    }
    out.append(
        f"{len(cases)} cases, {len(rows)} figures: {counts[WITHIN] - back} within their band, {back} within it "
        f"with an input worked back from the published figure, {counts[MISS]} misses with a reason, "
        f"{counts[OPEN]} without a verdict"
        + (f", {counts[BROKEN]} not explained." if counts[BROKEN] else ".")
    )
    return "\n".join(out) + "\n", counts[BROKEN] == 0


def _lines(row: Row) -> list[str]:
    published = "-" if row.published is None else f"{row.published:,.0f}"
    gap = "" if not row.published else f"{(row.ours / row.published - 1) * 100:+.1f}%"
    head = f"  {row.what[:44]:<44} {published:>13} {row.ours:>13,.0f} {gap:>9}  {row.verdict}"
    back = "an input is worked back from the published figure" if row.worked_back else ""
    return [head, *_wrapped("; ".join(text for text in (row.band, back, row.reason) if text), "      ")]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)

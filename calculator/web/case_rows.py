"""The rows of the litigation record as the page shows them, under the matter they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculator.editions import Edition
from calculator.editions.schema import Source
from calculator.liability.amounts import CASES, Row, counted
from calculator.render.formats import in_unit
from calculator.web import case_words as words


@dataclass(frozen=True)
class CaseRow:
    """One amount or outcome."""

    id: str
    what: str
    amount: str
    ends: str
    years: str
    payer: str
    standing: str
    added: str
    other: str
    grade: str
    happened: str
    more: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Matter:
    """One matter with the rows that were asked for; `paid` sums up all its rows that may be added."""

    name: str
    place: str
    agency: str
    claim: str
    kind: str
    conduct: str
    paid: str
    rows: tuple[CaseRow, ...]
    all_rows: int


def matters_of(edition: Edition, chosen: Iterable[Row]) -> tuple[Matter, ...]:
    """The chosen rows by matter, in the order of the table."""
    every: dict[str, list[Row]] = {}
    for row in edition.tables[CASES].rows:
        every.setdefault(row["case_name"], []).append(row)
    shown: dict[str, list[Row]] = {}
    for row in chosen:
        shown.setdefault(row["case_name"], []).append(row)
    return tuple(_matter(edition, rows, every[name]) for name, rows in shown.items())


def matter_count(edition: Edition) -> int:
    """How many matters the table holds."""
    return len({row["case_name"] for row in edition.tables[CASES].rows})


def _matter(edition: Edition, rows: list[Row], every: list[Row]) -> Matter:
    first = every[0]
    places = dict.fromkeys(
        f"{row['jurisdiction']}, {row['state']}" for row in every if row["payer"] != "federal"
    )
    return Matter(
        name=first["case_name"],
        place=" and ".join(places),
        agency=first["agency_type"],
        claim=words.CLAIMS[first["claim_type"]],
        kind=words.kind_words(first),
        conduct=words.conduct_words(first),
        paid="; ".join(_paid(every)),
        rows=tuple(_row(edition, row) for row in rows),
        all_rows=len(every),
    )


def _paid(rows: list[Row]) -> Iterator[str]:
    """What the matter adds to sums, by part; and that its own defense is not in the record."""
    added = [row for row in rows if counted(row) and float(row["amount_nominal_usd"])]
    for part, name in words.PARTS.items():
        amounts = [float(row["amount_nominal_usd"]) for row in added if row["component"] == part]
        if amounts:
            yield f"{name[0].lower()}{name[1:]} {in_unit(sum(amounts), 'USD')}"
    if added and not any(row["component"] == "defense" for row in rows):
        yield "own defense not found"


def _row(edition: Edition, row: Row) -> CaseRow:
    added, other = words.added_words(row)
    found = bool(row["amount_nominal_usd"])
    happened, more = words.note_parts(row)
    return CaseRow(
        id=row["id"],
        what=words.PARTS[row["component"]]
        if found or row["component"] != "settlement"
        else "Outcome in money",
        amount=words.amount_words(row),
        ends=words.ends_words(row),
        years=words.years_words(row),
        payer=words.payer_words(row),
        standing=words.standing_words(row),
        added=added,
        other=other,
        grade=row["grade"],
        happened=happened,
        more=more,
        sources=tuple(edition.sources[each] for each in row["source"].split()),
    )

"""Reads the tables of an edition: CSV files, each described by a YAML file beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from calculator.editions.loader import read_record, read_text, shortened
from calculator.editions.schema import Table
from calculator.editions.yaml_text import DECIMAL, WHOLE
from calculator.errors import Problem


def read_table(
    folder: Path, name: str, shown: str
) -> tuple[tuple[Table, tuple[dict[str, str], ...]] | None, list[Problem]]:
    """Read `<name>.yaml` and `<name>.csv`; check header, keys and numbers."""
    table, problems = read_record(folder / f"{name}.yaml", f"{shown}.yaml", Table)
    text, found = read_text(folder / f"{name}.csv", f"{shown}.csv")
    problems += found
    if table is None or problems:
        return None, problems
    rows, problems = _rows(table, text, f"{shown}.csv")
    return ((table, tuple(rows)), []) if not problems else (None, problems)


def _rows(table: Table, text: str, shown: str) -> tuple[list[dict[str, str]], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    here = 1
    try:
        header = next(reader, [])
        if header != list(table.columns):
            return [], [_header_problem(header, list(table.columns), shown)]
        here = reader.line_num + 1
        for cells in reader:
            where = f"{shown}:{here}"
            if len(cells) == len(header):
                row = dict(zip(header, cells, strict=True))
                problems += _repeated(table, row, first, here, where)
                problems += _bad_cells(table, row, lines[here - 1], where)
                rows.append(row)
            else:
                what = f"The row has {len(cells)} cells; the header has {len(header)}."
                do = "Match the header; quote a cell that holds a comma."
                problems.append(Problem(f"{where}:1", what, do))
            here = reader.line_num + 1
    except csv.Error as error:
        what = f"This is not valid CSV ({error})."
        problems.append(Problem(f"{shown}:{here}:1", what, "Close every quoted cell."))
    if not rows and not problems:
        problems.append(Problem(f"{shown}:{here}:1", "The table has no rows.", "Add them below the header."))
    return rows, problems


def column_of(line: str, index: int) -> int:
    """Where a cell begins in a line of CSV, from 1; behind the line where it has fewer cells."""
    quoted, cell = False, 0
    for place, letter in enumerate(line):
        if cell == index:
            return place + 1
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            cell += 1
    return len(line) + 1


def _repeated(
    table: Table, row: Mapping[str, str], first: dict[tuple[str, ...], int], here: int, where: str
) -> Iterator[Problem]:
    key = tuple(row[column] for column in table.keys)
    if first.setdefault(key, here) != here:
        what = f"The key {', '.join(key)} stands on line {first[key]} too."
        yield Problem(f"{where}:1", what, "Keep one row.")


def _header_problem(header: list[str], described: list[str], shown: str) -> Problem:
    missing = [name for name in described if name not in header]
    surplus = [name for name in header if name not in described]
    parts = []
    if missing:
        parts.append(f"lacks: {', '.join(missing)}")
    if surplus:
        parts.append(f"has, but the YAML file does not describe: {', '.join(surplus)}")
    what = f"The header {'; '.join(parts)}." if parts else "The header names the columns in another order."
    return Problem(f"{shown}:1:1", what, f"Write: {','.join(described)}")


def _bad_cells(table: Table, row: Mapping[str, str], line: str, shown: str) -> Iterator[Problem]:
    for index, (name, column) in enumerate(table.columns.items()):
        cell = row[name]
        where = f"{shown}:{column_of(line, index)}"
        if name in table.keys and not cell:
            yield Problem(where, f"{name}: the key is empty.", "Fill it in.")
        elif "\n" in cell or "\r" in cell:
            yield Problem(where, f"{name}: the cell holds a line break.", "Write it on one line.")
        elif cell != cell.strip():
            yield Problem(where, f"{name}: the cell begins or ends with a space.", "Remove the space.")
        elif column.number and cell and not (WHOLE.fullmatch(cell) or DECIMAL.fullmatch(cell)):
            advice = "Write a plain decimal such as 0.35 or 1200, or leave the cell empty."
            yield Problem(where, f"{name}: a number is needed here (found: {shortened(cell)}).", advice)

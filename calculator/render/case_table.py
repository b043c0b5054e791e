"""Rows of the case table as CSV, with the title and address of each source. No text can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from calculator.editions import Edition
from calculator.liability.amounts import CASES
from calculator.render.table import safe_cell


def cases_csv(edition: Edition, rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as the edition holds them, numbers as numbers, then what their sources are."""
    columns = edition.tables[CASES].about.columns
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([*columns, "source_titles", "source_urls"])
    for row in rows:
        cells = [row[name] if about.number else safe_cell(row[name]) for name, about in columns.items()]
        sources = [edition.sources[each] for each in row["source"].split()]
        titles = "; ".join(f"{each.title} ({each.publisher})" for each in sources)
        addresses = " ".join(each.url for each in sources if each.url)
        writer.writerow([*cells, safe_cell(titles), safe_cell(addresses)])
    return output.getvalue()

"""The lines as CSV, one row for each option, line and model. No cell can become a formula."""

from __future__ import annotations

import csv
import io

from calculator.result import Estimate

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Text as a spreadsheet shows it: a leading apostrophe where it would be read as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(estimate: Estimate) -> str:
    """Every line of every option, dollars with cents, fiscal years as columns."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    years = [estimate.calendar.label(year) for year in estimate.calendar.fiscal_years]
    head = ["option", "model", "line", "label", "category", "timing", "nature", "case"]
    writer.writerow([*head, *years, "low", "central", "high", "formula", "refundable"])
    for result in estimate.options:
        for line in result.lines:
            case = estimate.case if line.spec.nature == "receipt" else ""
            words = [result.id, line.model, line.id, line.label, line.spec.category, line.spec.timing]
            # Ranges of single lines are drawn for the proposed option only; blank is not known.
            ends = (line.total.low, line.total.high) if result.option.proposed else (None, None)
            numbers = [*line.by_fiscal_year, ends[0], line.total.central, ends[1]]
            cells = ("" if number is None else f"{number:.2f}" for number in numbers)
            row = [*words, line.spec.nature, case, *cells]
            writer.writerow(
                [*(safe_cell(cell) for cell in row[:8]), *row[8:], line.formula, line.spec.refundable]
            )
    return output.getvalue()

"""What the case table says was paid, each amount once, at prices of one year.

A claim by one person or a small group counts once for each payer; a class,
pattern or federal suit counts once. Which total of the Maricopa County case
is meant is a choice of three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from calculator.editions import Edition
from calculator.editions.schema import Fixed

Row = Mapping[str, str]
Standing = Literal["paid", "unpaid", "ceiling", "nothing", "unknown"]

CASES = "litigation_cases"
MARICOPA_BASIS, MARICOPA_TOTAL = "liability.maricopa_basis", "liability.maricopa_total"
MARICOPA = "MEL"
# Matters filed for a class or against a practice in which a small group was paid: their notes say so.
SMALL_GROUPS = ("NOBL", "PSP")
PRICES_OF = 2025


@dataclass(frozen=True)
class Amount:
    """One amount at prices of `PRICES_OF`; `low` and `high` differ from it where the total is disputed.

    `pooled` is false for an amount without a year: it cannot be priced, and stands in dollars of its day.
    """

    rows: tuple[Row, ...]
    nominal: float
    value: float
    low: float
    high: float
    standing: Standing
    small: bool
    pooled: bool = True

    @property
    def row(self) -> Row:
        """The first of its rows."""
        return self.rows[0]


def matter_of(row: Row) -> str:
    """The matter a row belongs to: MEL for MEL-01. A row without a paid amount can be a matter of its own."""
    return row["id"].partition("-")[0]


def standing_of(row: Row) -> Standing:
    """Whether an amount was paid, is not paid or under appeal, is the most that may be paid, or is not known."""
    if not row["amount_nominal_usd"]:
        return "unknown"
    if "ceiling" in row["sum_role"]:
        return "ceiling"
    if "unpaid" in row["sum_role"] or "unpaid" in row["payer"] or "on appeal" in row["payer"]:
        return "unpaid"
    return "paid" if float(row["amount_nominal_usd"]) else "nothing"


def counted(row: Row) -> bool:
    """Whether the amount of the row may be added."""
    return row["sum_role"].startswith("count") and bool(row["amount_nominal_usd"])


def is_small(row: Row) -> bool:
    """Whether one person or a small group was paid."""
    return row["claim_type"] == "individual" or matter_of(row) in SMALL_GROUPS


def paid_years(row: Row) -> tuple[int, int] | None:
    """First and last year of payment; None where no payment is dated."""
    years = [int(year) for year in re.findall(r"\d{4}", row["year_paid"])]
    return (years[0], years[-1]) if years else None


def maricopa_totals(edition: Edition) -> dict[str, float]:
    """The published totals of the Maricopa County case, by basis, in dollars of the day."""
    found = {}
    for value in edition.parameters[MARICOPA_TOTAL].values:
        if not isinstance(value.amount, Fixed):
            raise TypeError("a total of the Maricopa County case is one figure")
        found[(value.when or {})["maricopa_basis"]] = value.amount.value
    return found


def amounts(edition: Edition, basis: str | None = None) -> tuple[Amount, ...]:
    """Every amount that may be added, largest first; zeros and amounts not found are left out."""
    found = [_amount(edition, rows, basis) for rows in _together(edition)]
    return tuple(sorted(found, key=lambda each: -each.value))


def _together(edition: Edition) -> Iterator[tuple[Row, ...]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in edition.tables[CASES].rows:
        if counted(row) and float(row["amount_nominal_usd"]):
            payer = row["payer"] if is_small(row) else ""
            groups.setdefault((row["case_name"], payer), []).append(row)
    for rows in groups.values():
        yield tuple(rows)


def _amount(edition: Edition, rows: tuple[Row, ...], basis: str | None) -> Amount:
    first = rows[0]
    year = _price_year(rows)
    standing = standing_of(first)
    small = is_small(first)
    if matter_of(first) == MARICOPA:
        totals = maricopa_totals(edition)
        nominal = totals[basis or edition.choices[MARICOPA_BASIS].default]
        low, high = min(totals.values()), max(totals.values())
    else:
        nominal = low = high = sum(float(row["amount_nominal_usd"]) for row in rows)
    # A verdict that is not paid yet is owed at prices of now; a fee award under appeal may never be.
    priced = year is not None or "unpaid" in first["sum_role"]
    factor = _factor(edition, year)
    return Amount(rows, nominal, nominal * factor, low * factor, high * factor, standing, small, priced)


def _factor(edition: Edition, year: int | None) -> float:
    if year is None:
        return 1.0
    index = {int(row["year"]): float(row["index"]) for row in edition.tables["cpi"].rows}
    return index[PRICES_OF] / index[min(year, PRICES_OF)]


def _price_year(rows: tuple[Row, ...]) -> int | None:
    """The middle of the years of payment, weighted by dollars where rows differ."""
    dated = [(float(row["amount_nominal_usd"]), years) for row in rows if (years := paid_years(row))]
    if not dated:
        return None
    total = sum(amount for amount, _ in dated)
    return round(sum(amount * (years[0] + years[1]) / 2 for amount, years in dated) / total)


def share_of_largest(found: tuple[Amount, ...], count: int) -> float:
    """The part of all pooled dollars that the largest amounts hold."""
    pooled = sorted((each.value for each in found if each.pooled), reverse=True)
    return sum(pooled[:count]) / sum(pooled)

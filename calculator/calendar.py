"""Months, fiscal years, partial years.

Years of the horizon count from the start month; fiscal years are named by the
calendar year in which they end ("FY28"). Nothing here reads today's date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, total_ordering
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MONTHS = 12
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@total_ordering
@dataclass(frozen=True)
class Month:
    """A calendar month; `number` counts months since year 0."""

    number: int

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        """The month `month` (1-12) of `year`."""
        return cls(year * MONTHS + month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2027-07". Raises ValueError for anything else."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if not match or not 1 <= int(match[2]) <= MONTHS:
            raise ValueError("a month is written as 2027-07")
        return cls.of(int(match[1]), int(match[2]))

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.number // MONTHS

    @property
    def month(self) -> int:
        """Month of the year, 1 to 12."""
        return self.number % MONTHS + 1

    @property
    def first_day(self) -> datetime.date:
        """The first day of the month."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the month."""
        return (self + 1).first_day - datetime.timedelta(days=1)

    @property
    def words(self) -> str:
        """July 2027."""
        return f"{_NAMES[self.month - 1]} {self.year}"

    @property
    def short(self) -> str:
        """Jul 2027."""
        return f"{_NAMES[self.month - 1][:3]} {self.year}"

    def __add__(self, months: int) -> Month:
        return Month(self.number + months)

    def __sub__(self, other: Month) -> int:
        return self.number - other.number

    def __lt__(self, other: Month) -> bool:
        return self.number < other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def month_of(day: datetime.date) -> Month:
    """The month a day lies in."""
    return Month.of(day.year, day.month)


@dataclass(frozen=True)
class Calendar:
    """The months of a run and the fiscal years they fall in.

    `start` is the first month, `months` their number, `fiscal_year_starts` the
    month of the year (1-12) in which the agency's fiscal year begins.
    """

    start: Month
    months: int
    fiscal_year_starts: int

    @cached_property
    def each_month(self) -> tuple[Month, ...]:
        """Every month of the horizon."""
        return tuple(self.start + offset for offset in range(self.months))

    @cached_property
    def end(self) -> Month:
        """The last month."""
        return self.start + (self.months - 1)

    def fiscal_year(self, month: Month) -> int:
        """The fiscal year, named by the calendar year in which it ends."""
        ends_next_year = self.fiscal_year_starts > 1 and month.month >= self.fiscal_year_starts
        return month.year + 1 if ends_next_year else month.year

    def first_month(self, fiscal_year: int) -> Month:
        """First month of a fiscal year, inside the horizon or not."""
        year = fiscal_year - 1 if self.fiscal_year_starts > 1 else fiscal_year
        return Month.of(year, self.fiscal_year_starts)

    @cached_property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal years touched, in order."""
        return tuple(range(self.fiscal_year(self.start), self.fiscal_year(self.end) + 1))

    @cached_property
    def year_index(self) -> NDArray[np.intp]:
        """For each month, the position of its fiscal year. Shape (months,)."""
        first = self.fiscal_years[0]
        return np.array([self.fiscal_year(month) - first for month in self.each_month], dtype=np.intp)

    @cached_property
    def months_in_year(self) -> NDArray[np.intp]:
        """Months of the horizon in each fiscal year. Shape (fiscal years,)."""
        return np.bincount(self.year_index, minlength=len(self.fiscal_years))

    @cached_property
    def months_of_year(self) -> tuple[slice, ...]:
        """For each fiscal year, the positions of its months."""
        starts = np.searchsorted(self.year_index, np.arange(len(self.fiscal_years) + 1)).tolist()
        return tuple(slice(first, last) for first, last in pairwise(starts))

    @cached_property
    def first_months(self) -> NDArray[np.intp]:
        """For each fiscal year, the position of its first month. Shape (fiscal years,)."""
        return np.array([months.start for months in self.months_of_year], dtype=np.intp)

    @cached_property
    def membership(self) -> NDArray[np.float64]:
        """1 where a month lies in a fiscal year. Shape (months, fiscal years)."""
        return np.eye(len(self.fiscal_years))[self.year_index]

    def label(self, fiscal_year: int) -> str:
        """FY28, or "FY27 (4 months)" where the horizon holds only part of it."""
        count = int(self.months_in_year[fiscal_year - self.fiscal_years[0]])
        name = f"FY{fiscal_year % 100:02d}"
        if count == MONTHS:
            return name
        return f"{name} ({count} month{'s' if count != 1 else ''})"

    def steps_since(self, day: datetime.date) -> NDArray[np.float64]:
        """Fiscal-year starts after `day`, up to each fiscal year's own. Shape (fiscal years,).

        Pay and prices step once at each of these starts.
        """
        base = self.fiscal_year(month_of(day))
        return np.array([max(0, year - base) for year in self.fiscal_years], dtype=np.float64)


@dataclass(frozen=True)
class Periods:
    """The horizon cut into stretches in which every dated term stays the same.

    A period never crosses a fiscal year. Without a dated change inside a year,
    the periods are the fiscal years.
    """

    calendar: Calendar
    starts: tuple[Month, ...]

    @classmethod
    def of(cls, calendar: Calendar, changes: Iterable[Month]) -> Periods:
        """Cut `calendar` at its fiscal years and at each month in which something changes."""
        starts = {calendar.start} | {month for month in changes if calendar.start < month <= calendar.end}
        starts |= {m for m in calendar.each_month if m.month == calendar.fiscal_year_starts}
        return cls(calendar, tuple(sorted(starts)))

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def of_month(self) -> NDArray[np.intp]:
        """For each month, the position of its period. Shape (months,)."""
        numbers = [month.number for month in self.starts]
        return np.searchsorted(numbers, [m.number for m in self.calendar.each_month], side="right") - 1

    @cached_property
    def membership(self) -> NDArray[np.float64]:
        """1 where a month lies in a period. Shape (months, periods)."""
        return np.eye(len(self))[self.of_month]

    @cached_property
    def year_index(self) -> NDArray[np.intp]:
        """For each period, the position of its fiscal year. Shape (periods,)."""
        first = self.calendar.fiscal_years[0]
        return np.array([self.calendar.fiscal_year(month) - first for month in self.starts], dtype=np.intp)

    @cached_property
    def in_year(self) -> NDArray[np.float64]:
        """1 where a period lies in a fiscal year. Shape (periods, fiscal years)."""
        return np.eye(len(self.calendar.fiscal_years))[self.year_index]

    def label(self, index: int) -> str:
        """FY28, or "FY30 to Sep 2029" for a part cut out by a dated change."""
        calendar = self.calendar
        year = calendar.fiscal_years[self.year_index[index]]
        if int((self.year_index == self.year_index[index]).sum()) == 1:
            return calendar.label(year)
        last = self.starts[index + 1] + -1 if index + 1 < len(self) else calendar.end
        return f"FY{year % 100:02d}, {self.starts[index].short} to {last.short}"


def spread_years(
    totals: NDArray[np.int64], weights: NDArray[np.float64], calendar: Calendar
) -> NDArray[np.int64]:
    """Split whole cents of each fiscal year over its months by `weights` (>= 0), exactly (largest remainder).

    Shapes: totals (..., fiscal years), weights (..., months). A year whose
    weights are all zero puts its amount in its first month.
    """
    # Every year of every row is one group of months; the groups stand one after the other.
    years, months = totals.size, calendar.months
    row = np.arange(weights.size) // months
    group = row * len(calendar.fiscal_years) + np.tile(calendar.year_index, weights.size // months)
    first = np.searchsorted(group, np.arange(years))
    total, weight = totals.ravel(), weights.ravel()
    sums = np.bincount(group, weight, years)
    flat = np.zeros(weight.size)
    flat[first] = 1
    shares = np.where(sums[group] > 0, weight / np.where(sums > 0, sums, 1)[group], flat)
    exact = total[group] * shares
    parts = np.floor(exact).astype(np.int64)
    missing = total - np.bincount(group, parts, years).astype(np.int64)
    order = np.lexsort((parts - exact, group))
    rank = np.arange(weight.size) - first[group]
    parts[order[rank < missing[group]]] += 1
    return parts.reshape(weights.shape)

"""Months, fiscal years, periods, cents."""

import datetime

import numpy as np
import pytest

from calculator.calendar import Calendar, Month, Periods, month_of, spread_years


def test_months_parse_print_and_count():
    month = Month.parse("2027-07")
    assert (month.year, month.month, str(month), month.words, month.short) == (
        2027, 7, "2027-07", "July 2027", "Jul 2027",
    )  # fmt: skip
    assert str(month + 6) == "2028-01"
    assert Month.parse("2029-09") - month == 26
    assert month.last_day == datetime.date(2027, 7, 31)
    assert month_of(datetime.date(2029, 9, 30)) == Month.of(2029, 9)
    for text in ("2027-13", "2027-7", "July 2027", "27-07"):
        with pytest.raises(ValueError, match="a month is written as 2027-07"):
            Month.parse(text)


def test_fiscal_years_are_named_by_the_year_they_end_in():
    calendar = Calendar(Month.of(2027, 3), 60, 7)
    assert calendar.fiscal_years == (2027, 2028, 2029, 2030, 2031, 2032)
    # March to June 2027, five full years less the 8 months after February 2032.
    assert calendar.months_in_year.tolist() == [4, 12, 12, 12, 12, 8]
    assert [calendar.label(year) for year in calendar.fiscal_years] == [
        "FY27 (4 months)", "FY28", "FY29", "FY30", "FY31", "FY32 (8 months)",
    ]  # fmt: skip


def test_a_calendar_fiscal_year_is_named_by_its_own_year():
    calendar = Calendar(Month.of(2027, 1), 12, 1)
    assert calendar.fiscal_years == (2027,)
    assert calendar.first_month(2027) == Month.of(2027, 1)


def test_pay_steps_once_at_each_fiscal_year_start_after_the_price_date():
    calendar = Calendar(Month.of(2027, 7), 24, 7)
    # After May 2025: July 2025, July 2026 and July 2027 have come by fiscal year 2028.
    assert calendar.steps_since(datetime.date(2025, 5, 1)).tolist() == [3, 4]
    # What was entered for the start month steps first a year later.
    assert calendar.steps_since(datetime.date(2027, 7, 1)).tolist() == [0, 1]
    assert calendar.steps_since(datetime.date(2035, 1, 1)).tolist() == [0, 0]


def test_periods_are_fiscal_years_cut_where_a_term_changes():
    calendar = Calendar(Month.of(2028, 7), 24, 7)
    periods = Periods.of(calendar, [Month.of(2029, 10), Month.of(2040, 1), Month.of(2028, 7)])
    assert [str(start) for start in periods.starts] == ["2028-07", "2029-07", "2029-10"]
    assert [periods.label(index) for index in range(3)] == [
        "FY29", "FY30, Jul 2029 to Sep 2029", "FY30, Oct 2029 to Jun 2030",
    ]  # fmt: skip
    assert periods.year_index.tolist() == [0, 1, 1]
    assert periods.membership.sum(axis=0).tolist() == [12, 3, 9]
    assert periods.in_year.tolist() == [[1, 0], [0, 1], [0, 1]]


def test_cents_are_spread_exactly_by_largest_remainder():
    # Three months of fiscal year 2028, then two of 2029.
    calendar = Calendar(Month.of(2028, 4), 5, 7)
    # 100 cents over three equal months: 34, 33, 33. 1:2 of 10 cents is 3.33 and 6.67: 3 and 7.
    weights = np.array([1.0, 1.0, 1.0, 1.0, 2.0])
    assert spread_years(np.array([100, 10]), weights, calendar).tolist() == [34, 33, 33, 3, 7]
    # Without weights the first month of the year takes it all.
    weights = np.array([0.0, 0.0, 0.0, 2.0, 1.0])
    assert spread_years(np.array([7, 0]), weights, calendar).tolist() == [7, 0, 0, 0, 0]
    # Rows are split each by itself.
    rows = spread_years(np.array([[100, 10], [1, 0]]), np.array([weights, weights]), calendar)
    assert rows.tolist() == [[100, 0, 0, 7, 3], [1, 0, 0, 0, 0]]

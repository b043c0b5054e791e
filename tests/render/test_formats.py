"""How numbers are printed, against strings written by hand."""

from __future__ import annotations

import datetime

import pytest

from calculator.render import formats
from calculator.result import Spread

NB = "\u00a0"
M = "\u2212"


@pytest.mark.parametrize(
    ("value", "step"),
    [(0, 100), (9_999.99, 100), (-9_999, 100), (10_000, 1_000), (999_999, 1_000), (1_000_000, 10_000),
     (-2_500_000, 10_000)],
)  # fmt: skip
def test_step(value: float, step: int) -> None:
    assert formats.step_of(value) == step


@pytest.mark.parametrize(
    ("value", "low", "central", "high"),
    [
        (0, 0, 0, 0),
        (49.99, 0, 0, 100),
        (50, 0, 100, 100),
        (1_234, 1_200, 1_200, 1_300),
        (-1_234, -1_300, -1_200, -1_200),
        (-1_250, -1_300, -1_200, -1_200),
        (7_500, 7_500, 7_500, 7_500),
        (7_500.000001, 7_500, 7_500, 7_500),
        (7_499.999999, 7_500, 7_500, 7_500),
        (9_999, 9_900, 10_000, 10_000),
        (945_499, 945_000, 945_000, 946_000),
        (945_500, 945_000, 946_000, 946_000),
        (999_999, 999_000, 1_000_000, 1_000_000),
        (1_944_999, 1_940_000, 1_940_000, 1_950_000),
        (-1_944_999, -1_950_000, -1_940_000, -1_940_000),
    ],
)
def test_ends_round_outward_and_the_center_to_the_nearest(
    value: float, low: int, central: int, high: int
) -> None:
    assert formats.rounded(value, "low") == low
    assert formats.rounded(value) == central
    assert formats.rounded(value, "high") == high


@pytest.mark.parametrize(
    ("value", "tight", "sentence", "table", "cents"),
    [
        (0, "$0", "$0", "0", "$0.00"),
        (-0.001, "$0", "$0", "0", "$0.00"),
        (-40, "$0", "$0", "0", f"{M}$40.00"),
        (7_512.345, "$7,500", "$7,500", "7.5", "$7,512.35"),
        (-7_512.5, f"{M}$7,500", f"{M}$7,500", f"{M}7.5", f"{M}$7,512.50"),
        (945_400, "$945,000", "$945,000", "945", "$945,400.00"),
        (999_500, "$1.00M", f"$1.00{NB}million", "1,000", "$999,500.00"),
        (1_936_000, "$1.94M", f"$1.94{NB}million", "1,940", "$1,936,000.00"),
        (-21_360_000, f"{M}$21.36M", f"{M}$21.36{NB}million", f"{M}21,360", f"{M}$21,360,000.00"),
        (1_234_567_890, "$1,234.57M", f"$1,234.57{NB}million", "1,234,570", "$1,234,567,890.00"),
    ],
)
def test_money(value: float, tight: str, sentence: str, table: str, cents: str) -> None:
    assert formats.money(value) == tight
    assert formats.prose(value) == sentence
    assert formats.thousands(value) == table
    assert formats.exact(value) == cents


def test_spreads_in_order_low_central_high() -> None:
    spread = Spread(879_400, 945_400, 1_194_000)
    assert formats.range_text(spread) == f"$879,000 to $1.20{NB}million (central $945,000)"
    assert formats.ends_text(spread) == f"$879,000 to $1.20{NB}million"
    assert formats.inline(spread) == ("$879,000", "$945,000", "$1.20M")
    assert formats.in_thousands(spread) == ("879", "945", "1,200")
    assert formats.in_millions(spread) == ("0.87", "0.95", "1.20")


def test_spread_below_zero() -> None:
    spread = Spread(-5_281_000, -4_016_000, 300)
    assert formats.inline(spread) == (f"{M}$5.29M", f"{M}$4.02M", "$300")
    assert formats.in_thousands(spread) == (f"{M}5,290", f"{M}4,020", "0.3")
    assert formats.in_millions(spread) == (f"{M}5.29", f"{M}4.02", "0.01")
    assert formats.opposite(spread) == Spread(-300, 4_016_000, 5_281_000)


def test_zero_in_millions_has_no_sign() -> None:
    assert formats.in_millions(Spread(-0.0, -4_000, 0)) == ("0.00", "0.00", "0.00")


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [(0, 0, "0%"), (0.35, 0, "35%"), (1, 0, "100%"), (-0.35, 0, f"{M}35%"), (-0.001, 0, "0%"),
     (0.1234, 2, "12.34%"), (0.12, 2, "12%"), (0.125, 2, "12.5%"), (12.5, 0, "1250%")],
)  # fmt: skip
def test_percent(share: float, digits: int, text: str) -> None:
    assert formats.percent(share, digits) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (4.9, "0"), (5, "10"), (1_234, "1,230"), (1_235, "1,240")]
)
def test_hours(value: float, text: str) -> None:
    assert formats.hours(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0, 4, "0"), (40, 4, "40"), (12_345.6, 4, "12,346"), (51.1449, 4, "51.14"), (0.00012345, 4, "0.0001234"),
     (2.50, 4, "2.5"), (-3, 4, f"{M}3"), (1_200, 2, "1,200"), (123_456.7, 6, "123,457")],
)  # fmt: skip
def test_plain(value: float, digits: int, text: str) -> None:
    assert formats.plain(value, digits) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(51.14, "USD/hour", "$51.14"), (40, "USD", "$40"), (1_234.56, "USD", "$1,235"), (-0.5, "USD", f"{M}$0.50"),
     (-2_000, "USD/year", f"{M}$2,000"), (0.35, "share", "35%"), (0.0765, "share/year", "7.65%"),
     (160, "hour/officer", "160"), (2.5, "no such unit", "2.5")],
)  # fmt: skip
def test_in_unit(value: float, unit: str, text: str) -> None:
    assert formats.in_unit(value, unit) == text


def test_days_counts_and_words() -> None:
    assert formats.day(datetime.date(2026, 12, 8)) == f"8{NB}December 2026"
    assert formats.count(1, "officer") == "1 officer"
    assert formats.count(0, "officer") == "0 officers"
    assert formats.count(12_000, "officer") == "12,000 officers"
    assert formats.count(2, "agency", "agencies") == "2 agencies"
    assert [formats.in_words(number) for number in (-1, 0, 1, 5, 10, 11)] == [
        "-1", "no", "one", "five", "ten", "11",
    ]  # fmt: skip


def test_control_characters_become_spaces() -> None:
    assert formats.harmless("a\x1b[31mb\r\nc\x9bd\u202ee") == "a [31mb  c d e"
    assert formats.harmless("Año − $5, 日本") == "Año − $5, 日本"


def test_a_rate_for_a_mile_keeps_its_third_decimal():
    rates = [formats.in_unit(value, "USD/mile") for value in (0.725, 0.7, 1.2, 0.7431, 9.999, 10.001, 3.0)]
    assert rates == ["$0.725", "$0.70", "$1.20", "$0.743", "$9.999", "$10.00", "$3"]

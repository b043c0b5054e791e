"""The charts: where things stand, what they say, and that nothing is cut or lost."""

from __future__ import annotations

import datetime
import itertools
import logging
import math
import re
from xml.etree import ElementTree

import pytest

from calculator.calendar import Month
from calculator.errors import RenderError
from calculator.render.charts import (
    PHONE,
    PRINT,
    WEB,
    CashChart,
    CashLine,
    Chart,
    Dot,
    Lane,
    LogDots,
    Medium,
    NumberLine,
    RangeMark,
    RangeRows,
    Ring,
    draw,
    sides_note,
)
from calculator.render.charts.axis import money_tick, tick_step
from calculator.render.charts.drawing import PALETTE, two_decimals
from calculator.render.charts.placement import dotted
from calculator.render.fonts import missing_glyphs
from calculator.render.pdf import lay_out, render_pdf

from . import verapdf

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
ANNOUNCED = RangeMark(
    "As announced", -2_050_000, -1_940_000, -1_700_000, "−$2.05M to −$1.70M, central −$1.94M", "fed",
    "of every trained officer",
)  # fmt: skip
WITHOUT = RangeMark(
    "Without federal money", 879_000, 945_000, 1_200_000, "$879,000 to $1.20M, central $945,000",
    sub="no payment arrives",
)  # fmt: skip
NET = NumberLine("net", "Five-year net cost", (ANNOUNCED, WITHOUT), "Fiscal impact statement")
READINGS = RangeRows("readings", "Net cost under each reading", (ANNOUNCED, WITHOUT), "Readings")
CASH = CashChart(
    "cash",
    "Paid and not yet got back",
    Month.of(2027, 7),
    (
        CashLine(
            "without federal money", tuple(128_000 + 12_700.0 * month for month in range(12)), "cost", "rises"
        ),
        CashLine("only hours worked are paid", (128_000, 141_000, 42_000, *[50_000] * 9), "hours", "stays"),
        CashLine(
            "paid 60 days later", (128_000, 141_000, 153_000, 166_000, 68_000, *[0] * 7), "late", "$166,000"
        ),
        CashLine("as announced", (128_000, 141_000, 42_000, *[0] * 9), "announced", "falls to $0"),
    ),
    "Cash by month",
    Ring(3, 1, "$141,000, Aug 2027", "as announced"),
)
AMOUNTS = LogDots(
    "amounts",
    "Amounts",
    (
        Lane("Individual", tuple(Dot(amount, "disc") for amount in (11e3, 30e3, 31e3, 113e3, 952e3)), "five"),
        Lane(
            "Class",
            (Dot(112e6, "diamond", "Suffolk, $112M"), Dot(92.5e6, "triangle", "New York, $92.5M")),
            "two",
        ),
        Lane("Pattern", (Dot(153e6, "disc", "Maricopa, $153M", 73.8e6, 441e6), Dot(1e6, "disc")), "two more"),
    ),
    (("disc", "paid"), ("diamond", "unpaid or on appeal"), ("triangle", "the most that may be paid")),
    "Amounts",
)
EVERY: tuple[Chart, ...] = (NET, READINGS, CASH, AMOUNTS)
MEDIA = ((PRINT, 242), (PRINT, 306), (PRINT, 504), (WEB, 832), (PHONE, 343), (PHONE, 288))


def svg(chart: Chart, medium: Medium, width: float | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart, medium, width))  # noqa: S314 - our own output


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "$0"), (500, "$500"), (800_000, "$800k"), (1_200_000, "$1.2M"), (-2_000_000, "−$2M"),
        (-500_000, "−$500k"), (2_500, "$2.5k"), (1_000_000_000, "$1B"), (20, "$20"), (-250_000, "−$250k"),
    ],
)  # fmt: skip
def test_money_ticks(value: float, label: str) -> None:
    assert money_tick(value) == label


@pytest.mark.parametrize(
    ("span", "most", "step"),
    [
        (3_250_000, 8, 500_000),
        (3_250_000, 5, 1_000_000),
        (100, 5, 20),
        (100, 2, 50),
        (99, 1, 100),
        (1_000, 5, 200),
    ],
)
def test_tick_steps_are_one_two_or_five(span: float, most: int, step: float) -> None:
    assert tick_step(span, most) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1.005, "1"), (2.346, "2.35"), (-0.001, "0"), (10.5, "10.5")]
)
def test_coordinates_have_two_decimals(value: float, text: str) -> None:
    assert two_decimals(value) == text


def test_number_line_geometry() -> None:
    g = NET.geometry(PRINT, 306)
    # 306 wide, inset 6 % = 18.36 at each side; $3,250,000 over 269.28 pt.
    at = {value: 18.36 + (value + 2_050_000) / 3_250_000 * 269.28 for value in (-2e6, -1e6, 0, 1e6, -1.94e6)}
    assert [rule.x1 for rule in g.ticks] == pytest.approx([at[-2e6], at[-1e6], at[1e6]])
    assert g.zero[0].x1 == pytest.approx(at[0])
    first, second = g.marks
    assert first.bar == pytest.approx((18.36, 13.95, 350_000 / 3_250_000 * 269.28, 9.9))
    assert first.tick.x + 1 == pytest.approx(at[-1.94e6])
    assert first.tick.height == pytest.approx(9.9 + 6), "the tick stands 3 pt proud at each end"
    assert second.bar.y == first.bar.y, "both on one level"
    assert [text.text for text in g.texts] == [
        "−$2M", "−$1M", "$0", "$1M", "receipts exceed cost", "county pays", "As announced", "Without federal money",
    ]  # fmt: skip
    assert g.frame.height == pytest.approx(42.75)


def test_number_line_takes_two_levels_when_marks_or_labels_touch() -> None:
    near = RangeMark("Without federal money", -1_800_000, -1_700_000, -1_600_000, "…")
    g = NumberLine("near", "Net", (ANNOUNCED, near), "T").geometry(PRINT, 306)
    assert g.marks[1].bar.y - g.marks[0].bar.y == pytest.approx(3.1 * 9)
    labels = [text for text in g.texts if text.weight == 600]
    assert labels[0].y < labels[1].y


def test_sides_are_written_or_handed_to_the_caption() -> None:
    assert sides_note(NET, PRINT, 306) == ""
    assert "receipts exceed cost" in words(svg(NET, PRINT, 306))
    assert sides_note(NET, PHONE, 288) == "Left of zero, receipts exceed the cost."
    assert "receipts exceed cost" not in words(svg(NET, PHONE, 288))


def test_nothing_below_zero_needs_no_word_for_it() -> None:
    above = NumberLine("above", "Net", (WITHOUT,), "T")
    assert "receipts exceed cost" not in words(svg(above, PRINT, 306))
    assert sides_note(above, PHONE, 200) == ""


def test_all_zero_can_be_drawn() -> None:
    nothing = NumberLine("nothing", "Net", (RangeMark("As announced", 0, 0, 0, "$0", "fed"),), "T")
    assert words(svg(nothing, PRINT, 306))[0] == "$0"


def test_range_rows_stand_beside_their_labels_or_under_them() -> None:
    wide = READINGS.geometry(PRINT, 504)
    stacked = READINGS.geometry(PHONE, 343)
    gutter = min(rule.x1 for rule in wide.grid if rule.x1 == rule.x2)
    assert gutter > max(text.width for text in wide.texts if text.x == 0)
    assert [mark.style for mark in wide.marks] == ["fed", "cost"]
    assert len(wide.zero) == len(stacked.zero) == 2, "the zero line keeps to the bars, so it crosses no words"
    assert stacked.frame.height > wide.frame.height


def test_cash_geometry() -> None:
    g = CASH.geometry(PRINT, 242)
    left, right = g.zero.x1, g.zero.x2
    assert right == pytest.approx(242 - 5.4)
    assert [rule.y1 for rule in g.grid] == pytest.approx([5.4 + 106 * part for part in (2 / 3, 1 / 3, 0)])
    assert g.zero.y1 == pytest.approx(5.4 + 106)
    start, end = g.lines[0].points[0], g.lines[0].points[-1]
    assert start == pytest.approx((left, 111.4 - 106 * 128 / 300))
    assert end == pytest.approx((right, 111.4 - 106 * 267.7 / 300))
    assert g.ring
    assert (g.ring.x, g.ring.y) == pytest.approx((left + (right - left) / 11, 111.4 - 106 * 141 / 300))
    assert [line.dashes for line in g.lines] == [(), (1.5, 2.5), (2, 2), (6, 2.5)]
    texts = [text.text for text in g.texts]
    assert texts[:4] == ["$0", "$100k", "$200k", "$300k"]
    assert texts[4:10] == ["Jul", "2027", "Oct", "Jan", "2028", "Apr"], "the year under July and January only"
    assert texts[10:12] == ["$141,000, Aug 2027", "as announced"]
    assert texts.count("as announced") == 1, "the ring names its line"


def test_names_in_the_cash_chart_cover_neither_lines_nor_each_other() -> None:
    for medium, width in MEDIA:
        g = CASH.geometry(medium, width)
        names = [text.area(medium.size) for text in g.texts if text.backing]
        assert not any(one.meets(other) for one, other in itertools.combinations(names, 2))
        dots, _ = dotted([line.points for line in g.lines], 1)
        assert not any(
            area.x < x < area.x + area.width and area.y < y < area.y + area.height
            for area in names
            for x, y in dots.tolist()
        )


def test_amounts_stand_on_a_logarithmic_axis() -> None:
    g = AMOUNTS.geometry(PHONE, 343)
    at = {dot.shape: dot.x for dot in g.dots[3:]}
    # $10,000 to $1 billion over 343 less 15 at each side
    assert at["diamond"] == pytest.approx(15 + 313 * (8.04922 - 4) / 5, abs=0.01)
    assert [text.text for text in g.texts[:6]] == ["$10k", "$100k", "$1M", "$10M", "$100M", "$1B"]
    assert [dot.shape for dot in g.dots[:3]] == ["disc", "diamond", "triangle"], "the key comes first"
    assert len(g.spans) == 3, "the rival totals of one amount, with their ends"


def test_marks_of_amounts_and_their_names_do_not_cover_each_other() -> None:
    for medium, width in MEDIA:
        g = AMOUNTS.geometry(medium, width)
        for one, other in itertools.combinations(g.dots, 2):
            assert math.dist((one.x, one.y), (other.x, other.y)) >= 1.9 * one.radius
        areas = [text.area(medium.size) for text in g.texts]
        assert not any(one.meets(other) for one, other in itertools.combinations(areas, 2))


def test_shapes_of_marks_differ_without_color() -> None:
    text = str(draw(AMOUNTS, PRINT))
    assert text.count("<circle") == 8
    assert len(re.findall(r'<path [^>]*Z" fill="#ffffff" stroke="#1a1f24"', text)) == 4


@pytest.mark.parametrize(("months", "labels"), [(12, 4), (24, 4), (60, 5)])
def test_at_most_five_month_labels(months: int, labels: int) -> None:
    line = CashLine("without federal money", tuple(range(months)), "cost", "rises")
    found = words(svg(CashChart("long", "Cash", Month.of(2027, 7), (line,), "T"), WEB))
    assert sum(len(word) == 3 and word.isalpha() for word in found) == labels


def test_a_balance_below_zero_is_drawn_below_zero() -> None:
    line = CashLine("as announced", (100_000, -150_000), "announced", "falls")
    g = CashChart("below", "Cash", Month.of(2027, 7), (line,), "T").geometry(PRINT, 242)
    assert g.lines[0].points[1][1] > g.zero.y1


def test_the_title_is_the_whole_alternative() -> None:
    title = svg(NET, PRINT)[0]
    assert title.text == (
        "Five-year net cost. As announced: −$2.05M to −$1.70M, central −$1.94M. Without federal money: "
        "$879,000 to $1.20M, central $945,000. The figures are in the table “Fiscal impact statement”."
    )
    assert CASH.alternative.startswith(
        "Paid and not yet got back. Most paid first, as announced: $141,000, Aug 2027. without federal money: rises."
    )
    assert "As announced of every trained officer: −$2.05M" in READINGS.alternative


@pytest.mark.parametrize("chart", EVERY)
@pytest.mark.parametrize(("medium", "width"), MEDIA)
def test_every_chart_keeps_the_rules(chart: Chart, medium: Medium, width: float) -> None:
    text = str(draw(chart, medium, width))
    root = svg(chart, medium, width)
    assert root[0].tag.endswith("title")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == root[0].attrib["id"] == f"{chart.id}-{medium.name}-title"
    assert root.attrib["width"].endswith(medium.unit)
    assert float(root.attrib["font-size"]) >= 9
    for refused in ("style=", "patternTransform", "foreignObject", "paint-order", "Gradient", "opacity"):
        assert refused not in text
    assert not re.search(r"\d\.\d{3,}", text.split("</title>")[1])
    assert missing_glyphs(text) == ""
    assert draw(chart, medium, width) == text


@pytest.mark.parametrize("chart", EVERY)
@pytest.mark.parametrize(("medium", "width"), MEDIA)
def test_no_text_leaves_its_chart(chart: Chart, medium: Medium, width: float) -> None:
    g = chart.geometry(medium, width)
    for text in getattr(g, "texts", ()):
        area = text.area(medium.size)
        assert area.x >= -1e-9, text.text
        assert area.x + area.width <= width + 1e-9, text.text
        assert area.y >= -0.1 * medium.size, text.text
        assert area.y + area.height <= g.frame.height + 1e-9, text.text


def test_ids_are_unique_on_a_page() -> None:
    page = "".join(draw(chart, medium) for chart in EVERY for medium in (PRINT, WEB, PHONE))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_user_text_is_escaped() -> None:
    mark = RangeMark("<b>&", 0, 1, 2, '"<i>"')
    found = svg(NumberLine("escape", "A < B", (mark,), "T"), PRINT, 306)
    assert found[0].text == 'A < B. <b>&: "<i>". The figures are in the table “T”.'
    assert "<b>&" in words(found)


def luminance(color: str) -> float:
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", ["ink", "soft", "mut", "cost", "fed"])
def test_text_colors_have_contrast(name: str) -> None:
    assert 1.05 / (luminance(PALETTE[name]) + 0.05) >= 4.5


@pytest.mark.parametrize(
    "make",
    [
        lambda: RangeMark("x", 2, 1, 3, "…"),
        lambda: RangeMark("x", 0, float("nan"), 3, "…"),
        lambda: CashLine("x", (0, float("inf")), "cost", "…"),
        lambda: CashChart("x", "t", Month.of(2027, 7), (), "T"),
        lambda: CashChart("x", "t", Month.of(2027, 7), (CashLine("x", (1,), "cost", "…"),), "T"),
        lambda: NumberLine("x", "t", (), "T"),
        lambda: Lane("x", (Dot(0, "disc"),), "…"),
        lambda: Lane("x", (), "…"),
        lambda: LogDots("x", "t", (), (), "T"),
        lambda: draw(LogDots("x", "t", (Lane("x", (Dot(10, "disc", "word " * 30),), "…"),), (), "T"), PRINT),
        lambda: draw(NumberLine("Bad id", "t", (WITHOUT,), "T"), PRINT),
        lambda: draw(NumberLine("x", "t", (RangeMark("word " * 30, 0, 1, 2, "…"),), "T"), PRINT),
        lambda: draw(RangeRows("x", "t", (RangeMark("x", 0, 1, 2, "word " * 30),), "T"), PRINT),
        lambda: draw(
            CashChart("x", "t", Month.of(2027, 7), (CashLine("w " * 90, (1, 2), "cost", ""),), "T"), PRINT
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(make: object) -> None:
    with pytest.raises(RenderError):
        make()  # type: ignore[operator]


def test_all_charts_in_one_accessible_page(caplog: pytest.LogCaptureFixture) -> None:
    drawn = "".join(f"<div>{draw(chart, PRINT, width)}</div>" for chart in EVERY for width in (242,))
    drawn += f"<div>{draw(READINGS.__class__('wide', 'Readings', READINGS.marks, 'T'), PRINT, 504)}</div>"
    html = f'<html lang="en-US"><head><title>Charts</title></head><body><h1>Charts</h1>{drawn}</body></html>'
    css = "@page{size:letter;margin:.5in .75in} body{margin:0}"
    with caplog.at_level(logging.WARNING):
        content = render_pdf(html, css, created=NOW)
        layout = lay_out(html, css)
    assert not caplog.records
    assert content == render_pdf(html, css, created=NOW)
    assert (layout.pages, layout.overflows, layout.messages) == (1, (), ())
    assert verapdf.failures({"charts": content}) == {"charts": []}

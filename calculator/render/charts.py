"""The charts of the page and the reports: their descriptions, and the geometry behind the SVG.

A chart is a frozen description with plain numbers and ready-made words;
`draw(chart, medium)` gives the SVG, the same for the page and the PDF. Nothing
here works out a figure of the model. How things look is in
`templates/parts/charts.svg.jinja`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import jinja2
import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from calculator.calendar import MONTHS, Month
from calculator.errors import RenderError
from calculator.paths import data_folder
from calculator.render.fonts import text_width

PALETTE = {
    "ink": "#1a1f24", "soft": "#3d454d", "mut": "#545d66", "cost": "#1f4e5f",
    "fed": "#8a5a12", "grid": "#d9dee2", "white": "#ffffff",
}  # fmt: skip
MINUS = "−"
_SEMIBOLD = 600
_BOLD = 700

RangeStyle = Literal["cost", "fed"]
LineStyle = Literal["cost", "announced", "late", "hours"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Medium:
    """Where a chart is shown: unit of all lengths, text size, usual width, height of the cash plot."""

    name: str
    unit: str
    size: float
    width: float
    plot_height: float

    @property
    def weight(self) -> float:
        """What one point of line is here."""
        return self.size / 9


PRINT = Medium("print", "pt", 9, 242, 106)
WEB = Medium("web", "px", 14, 832, 235)
PHONE = Medium("phone", "px", 12.5, 343, 180)


@dataclass(frozen=True)
class Sides:
    """What lies left and right of zero, and the sentence for the caption when there is no room to write it."""

    left: str = "receipts exceed cost"
    right: str = "county pays"
    note: str = "Left of zero, receipts exceed the cost."


@dataclass(frozen=True)
class RangeMark:
    """One figure with its ends; `words` is the range as it is printed elsewhere."""

    label: str
    low: float
    central: float
    high: float
    words: str
    style: RangeStyle = "cost"
    sub: str = ""

    def __post_init__(self) -> None:
        _require_numbers(self.label, (self.low, self.central, self.high))
        if not self.low <= self.central <= self.high:
            raise RenderError(f"Chart mark '{self.label}': low, central and high are not in order.")


@dataclass(frozen=True)
class NumberLine:
    """Kind 1: net cost in two cases on one axis. `table` names the table that holds the figures."""

    id: str
    title: str
    marks: tuple[RangeMark, ...]
    table: str
    sides: Sides = Sides()

    def __post_init__(self) -> None:
        _require_marks(self.id, self.marks)

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        return _alternative(self.title, ((mark.label, mark.words) for mark in self.marks), self.table)


@dataclass(frozen=True)
class RangeRows:
    """Kind 2: one row per reading, each with its range. `sub` of a mark is its second line."""

    id: str
    title: str
    marks: tuple[RangeMark, ...]
    table: str
    sides: Sides = Sides()

    def __post_init__(self) -> None:
        _require_marks(self.id, self.marks)

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        rows = ((f"{mark.label} {mark.sub}".strip(), mark.words) for mark in self.marks)
        return _alternative(self.title, rows, self.table)


@dataclass(frozen=True)
class CashLine:
    """What the county has paid and not got back, month by month; `words` says it in the text alternative."""

    label: str
    amounts: tuple[float, ...]
    style: LineStyle
    words: str

    def __post_init__(self) -> None:
        _require_numbers(self.label, self.amounts)


@dataclass(frozen=True)
class Ring:
    """The point to name: which line, which month (from 0), "$141,000, Aug 2027" and "as announced"."""

    line: int
    month: int
    words: str
    sub: str


@dataclass(frozen=True)
class CashChart:
    """Kind 3: paid and not got back. The ringed line is named by its ring, the others at the line."""

    id: str
    title: str
    start: Month
    lines: tuple[CashLine, ...]
    table: str
    ring: Ring | None = None

    def __post_init__(self) -> None:
        lengths = {len(line.amounts) for line in self.lines}
        if len(lengths) != 1 or min(lengths) < 2:
            raise RenderError(f"Chart '{self.id}': every line needs the same months, at least two.")

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        parts = [(line.label, line.words) for line in self.lines]
        if self.ring:
            parts.insert(0, (f"Most paid first, {self.ring.sub}", self.ring.words))
        return _alternative(self.title, parts, self.table)


Chart = NumberLine | RangeRows | CashChart


def draw(chart: Chart, medium: Medium, width: float | None = None) -> Markup:
    """The chart as one `<svg>`; `width` in the medium's unit. Raises RenderError when a text does not fit."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", chart.id):
        raise RenderError(f"Chart id '{chart.id}' must be lower-case letters, digits and hyphens.")
    geometry = _geometry(chart, medium, width or medium.width)
    macro = getattr(_macros(), geometry.macro)
    return Markup(re.sub(r"\n\s*\n+", "\n", str(macro(geometry)).strip()))  # noqa: S704 - autoescaped template


def sides_note(chart: NumberLine | RangeRows, medium: Medium, width: float | None = None) -> str:
    """The sentence to add to the caption when the chart had no room to name the side below zero; else ""."""
    width = width or medium.width
    geometry = (
        _number_line(chart, medium, width)
        if isinstance(chart, NumberLine)
        else _range_rows(chart, medium, width)
    )
    below = any(mark.low < 0 for mark in chart.marks)
    return chart.sides.note if below and not geometry.arrows else ""


def money_tick(value: float) -> str:
    """$0, $500, $800k, $1.2M, −$2M: for axes."""
    size = abs(value)
    for limit, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if size >= limit:
            return f"{MINUS if value < 0 else ''}${size / limit:.3f}".rstrip("0").rstrip(".") + unit
    return f"{MINUS if value < 0 else ''}${size:.0f}"


def tick_step(span: float, most: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(
        factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power * most >= span * (1 - 1e-9)
    )


def two_decimals(value: float) -> str:
    """A coordinate: at most two decimals, no spare zeros, never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# Geometry: what the template draws. All lengths in the medium's unit.


class Area(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        """Whether the two overlap."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Text:
    """One line of text; `backing` is the white rectangle behind it."""

    x: float
    y: float
    text: str
    width: float
    anchor: Anchor = "start"
    weight: int = 400
    color: str = "ink"
    backing: Area | None = None

    @property
    def left(self) -> float:
        """Left end of the text."""
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]


@dataclass(frozen=True)
class Frame:
    """The SVG element itself."""

    id: str
    title: str
    width: float
    height: float
    medium: Medium


@dataclass(frozen=True)
class Mark:
    """A range mark: bar, white halo and ink tick for the central figure."""

    bar: Area
    halo: Area
    tick: Area
    style: RangeStyle


@dataclass(frozen=True)
class Arrow:
    """A small triangle from its tip (x1, y1) to its base at x2."""

    x1: float
    y1: float
    x2: float
    half: float


@dataclass(frozen=True)
class AxisGeometry:
    """A number line or range rows."""

    macro: str
    frame: Frame
    weight: float
    axis: Rule
    zero: tuple[Rule, ...]
    ticks: tuple[Rule, ...]
    grid: tuple[Rule, ...]
    texts: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Curve:
    """One cash line."""

    points: tuple[tuple[float, float], ...]
    color: str
    dashes: tuple[float, ...]


@dataclass(frozen=True)
class RingGeometry:
    """The ring and the line to its name."""

    x: float
    y: float
    radius: float
    leader: Rule


@dataclass(frozen=True)
class CashGeometry:
    """The cash chart."""

    macro: str
    frame: Frame
    weight: float
    grid: tuple[Rule, ...]
    ticks: tuple[Rule, ...]
    zero: Rule
    lines: tuple[Curve, ...]
    texts: tuple[Text, ...]
    ring: RingGeometry | None


@dataclass(frozen=True)
class Scale:
    """A straight scale from dollars to a coordinate."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The coordinate of `value`."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, step: float) -> tuple[float, ...]:
        """The multiples of `step` that can be drawn between the ends."""
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple(step * count for count in range(first, last + 1))


def _geometry(chart: Chart, medium: Medium, width: float) -> AxisGeometry | CashGeometry:
    match chart:
        case NumberLine():
            return _number_line(chart, medium, width)
        case RangeRows():
            return _range_rows(chart, medium, width)
        case CashChart():
            return _cash(chart, medium, width)


def _number_line(chart: NumberLine, medium: Medium, width: float) -> AxisGeometry:
    em = medium.size
    inset = min(3 * em, 0.06 * width)
    scale = _dollar_scale(chart.marks, inset, width - inset)
    marks, labels = _on_one_level(chart.marks, scale, medium, width)
    if _meet(marks, labels, em):
        marks, labels = _on_own_levels(chart.marks, scale, medium, width)
    middles = sorted({mark.bar.y + mark.bar.height / 2 for mark in marks})
    taken = [*map(_extent, marks), *(_area(label, em) for label in labels)]
    captions, arrows = _sides(chart, scale, middles, taken, medium, (0, width))
    bottom = max(middles) + _BAR / 2 * em + 0.45 * em
    ticks = _ticks(scale, medium)
    return AxisGeometry(
        macro="number_line",
        frame=_frame(chart, medium, width, bottom + 1.65 * em),
        weight=medium.weight,
        axis=Rule(0, bottom, width, bottom),
        zero=(Rule(scale(0), 0, scale(0), bottom),),
        ticks=tuple(Rule(scale(tick), bottom, scale(tick), bottom + 0.3 * em) for tick in ticks if tick),
        grid=(),
        texts=(*_tick_labels(ticks, scale, bottom + 1.3 * em, medium, width), *captions, *labels),
        arrows=arrows,
        marks=marks,
    )


_BAR = 1.1  # height of a range mark, in text sizes
_LEVEL = 3.1  # height of a label with its mark


def _on_one_level(
    marks: Sequence[RangeMark], scale: Scale, medium: Medium, width: float
) -> tuple[tuple[Mark, ...], tuple[Text, ...]]:
    return _on_levels([(mark, 0) for mark in marks], scale, medium, width)


def _on_own_levels(
    marks: Sequence[RangeMark], scale: Scale, medium: Medium, width: float
) -> tuple[tuple[Mark, ...], tuple[Text, ...]]:
    return _on_levels([(mark, level) for level, mark in enumerate(marks)], scale, medium, width)


def _on_levels(
    placed: Sequence[tuple[RangeMark, int]], scale: Scale, medium: Medium, width: float
) -> tuple[tuple[Mark, ...], tuple[Text, ...]]:
    em = medium.size
    marks, labels = [], []
    for mark, level in placed:
        top = level * _LEVEL * em
        marks.append(_mark(mark, scale, top + 1.55 * em, em))
        middle = (scale(mark.low) + scale(mark.high)) / 2
        labels.append(
            _centered(mark.label, middle, top + 0.85 * em, medium, (0, width), _SEMIBOLD, backed=True)
        )
    return tuple(marks), tuple(labels)


def _meet(marks: Sequence[Mark], labels: Sequence[Text], em: float) -> bool:
    """Whether two marks, or two labels with a space between them, touch."""
    spaced = [_widened(_area(label, em), 0.4 * em) for label in labels]
    return any(
        one.meets(other)
        for areas in (list(map(_extent, marks)), spaced)
        for index, one in enumerate(areas)
        for other in areas[index + 1 :]
    )


def _range_rows(chart: RangeRows, medium: Medium, width: float) -> AxisGeometry:
    em = medium.size
    gutter = em + max(
        max(text_width(mark.label, em, _SEMIBOLD), text_width(mark.sub, em)) for mark in chart.marks
    )
    stacked = width < 30 * em or gutter > 0.42 * width
    left = 0.0 if stacked else gutter
    scale = _dollar_scale(chart.marks, left + em, width - em)
    captions, arrows = _sides(chart, scale, [0.55 * em], [], medium, (left, width))
    top = 1.6 * em if arrows else 0.2 * em
    lay = _stacked_row if stacked else _wide_row
    texts: list[Text] = []
    marks: list[Mark] = []
    tops: list[float] = []
    bottom = top
    for mark in chart.marks:
        tops.append(bottom)
        row_texts, bar_top = lay(mark, scale, bottom, medium, (left, width))
        texts += row_texts
        marks.append(_mark(mark, scale, bar_top, em))
        bottom = bar_top + (_BAR + 0.75) * em
    ticks = _ticks(scale, medium)
    # On a phone the plot lies under the labels, so grid lines keep to the bars.
    spans = [(m.bar.y - 0.4 * em, m.bar.y + (_BAR + 0.4) * em) for m in marks] if stacked else [(top, bottom)]
    upright = {tick: [Rule(scale(tick), y1, scale(tick), y2) for y1, y2 in spans] for tick in ticks}
    return AxisGeometry(
        macro="range_rows",
        frame=_frame(chart, medium, width, bottom + 1.55 * em),
        weight=medium.weight,
        axis=Rule(left, bottom, width, bottom),
        zero=tuple(Rule(scale(0), y1, scale(0), y2) for y1, y2 in spans),
        ticks=(),
        grid=(
            *(Rule(0, y, width, y) for y in (*tops[1:], bottom)),
            *(rule for tick, rules in upright.items() if tick for rule in rules),
        ),
        texts=(*_tick_labels(ticks, scale, bottom + 1.2 * em, medium, width), *captions, *texts),
        arrows=arrows,
        marks=tuple(marks),
    )


def _wide_row(
    mark: RangeMark, scale: Scale, top: float, medium: Medium, span: tuple[float, float]
) -> tuple[list[Text], float]:
    """Label and sub-label at the left, the range in words above its mark; and where the mark starts."""
    em = medium.size
    middle = (scale(mark.low) + scale(mark.high)) / 2
    texts = [
        _text(mark.label, 0, top + 1.1 * em, medium, weight=_SEMIBOLD),
        _centered(mark.words, middle, top + 1.1 * em, medium, span, backed=True),
    ]
    if mark.sub:
        texts.append(_text(mark.sub, 0, top + 2.35 * em, medium, color="mut"))
    return texts, top + 1.75 * em


def _stacked_row(
    mark: RangeMark, scale: Scale, top: float, medium: Medium, span: tuple[float, float]
) -> tuple[list[Text], float]:
    """Label, sub-label and range in words under each other; and where the mark starts."""
    em = medium.size
    width = span[1]
    label = _centered(mark.label, 0, top + 1.1 * em, medium, span, _SEMIBOLD)
    texts = [label]
    baseline = label.y
    if mark.sub:
        x = label.width + 0.4 * em
        if x + text_width(mark.sub, em) > width:
            x, baseline = 0.0, baseline + 1.25 * em
        texts.append(_text(mark.sub, x, baseline, medium, color="mut"))
    texts.append(_centered(mark.words, 0, baseline + 1.25 * em, medium, span))
    return texts, baseline + 1.95 * em


def _dollar_scale(marks: Sequence[RangeMark], start: float, end: float) -> Scale:
    low = min(0.0, *(mark.low for mark in marks))
    high = max(0.0, *(mark.high for mark in marks))
    return Scale(low, high if high > low else low + 1000, start, end)


def _ticks(scale: Scale, medium: Medium) -> tuple[float, ...]:
    """Round amounts along the axis: at most eight, and none so close that their labels touch."""
    ticks: tuple[float, ...] = (0.0,)
    for most in range(8, 0, -1):
        step = tick_step(scale.high - scale.low, most)
        ticks = scale.ticks(step)
        widest = max(text_width(money_tick(tick), medium.size) for tick in ticks)
        if scale(step) - scale(0) >= widest + 1.2 * medium.size:
            return ticks
    return ticks


def _tick_labels(
    ticks: Sequence[float], scale: Scale, y: float, medium: Medium, width: float
) -> tuple[Text, ...]:
    return tuple(
        _centered(money_tick(tick), scale(tick), y, medium, (0, width), color="mut" if tick else "ink")
        for tick in ticks
    )


def _sides(
    chart: NumberLine | RangeRows,
    scale: Scale,
    middles: Sequence[float],
    taken: Sequence[Area],
    medium: Medium,
    span: tuple[float, float],
) -> tuple[tuple[Text, ...], tuple[Arrow, ...]]:
    """The words left and right of zero, at the first of the heights `middles` that has room for them."""
    em, zero = medium.size, scale(0)
    wanted = []
    if scale.low < 0:
        wanted.append((chart.sides.left, -1))
    if any(mark.high > 0 for mark in chart.marks):
        wanted.append((chart.sides.right, 1))
    for middle in middles:
        texts, arrows, areas = [], [], []
        for words, side in wanted:
            reach = text_width(words, em) + 1.5 * em
            areas.append(Area(min(zero, zero + side * reach), middle - 0.5 * em, reach, em))
            anchor: Anchor = "start" if side > 0 else "end"
            texts.append(
                _text(words, zero + side * 0.5 * em, middle + 0.32 * em, medium, anchor, color="mut")
            )
            tip = zero + side * (reach - 0.1 * em)
            arrows.append(Arrow(tip, middle, tip - side * 0.6 * em, 0.35 * em))
        inside = all(span[0] <= area.x and area.x + area.width <= span[1] for area in areas)
        if inside and not any(area.meets(other) for area in areas for other in taken):
            return tuple(texts), tuple(arrows)
    return (), ()


def _mark(mark: RangeMark, scale: Scale, top: float, em: float) -> Mark:
    point, height = em / 9, _BAR * em
    left, right, central = scale(mark.low), scale(mark.high), scale(mark.central)
    spare = max(0.0, 2 * point - (right - left)) / 2  # a fixed figure still shows as a bar
    tick_top, tick_height = top - 3 * point, height + 6 * point
    return Mark(
        bar=Area(left - spare, top, right - left + 2 * spare, height),
        halo=Area(central - 2 * point, tick_top, 4 * point, tick_height),
        tick=Area(central - point, tick_top, 2 * point, tick_height),
        style=mark.style,
    )


def _extent(mark: Mark) -> Area:
    left = min(mark.bar.x, mark.halo.x)
    right = max(mark.bar.x + mark.bar.width, mark.halo.x + mark.halo.width)
    return Area(left, mark.halo.y, right - left, mark.halo.height)


_CASH_STYLES: dict[LineStyle, tuple[str, tuple[float, ...]]] = {
    "cost": ("cost", ()),
    "announced": ("fed", (6, 2.5)),
    "late": ("fed", (2, 2)),
    "hours": ("ink", (1.5, 2.5)),
}


def _cash(chart: CashChart, medium: Medium, width: float) -> CashGeometry:
    em = medium.size
    amounts = [amount for line in chart.lines for amount in line.amounts]
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    high = high if high > low else low + 1000
    step = tick_step(high - low, 5)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    top, bottom = 0.6 * em, 0.6 * em + medium.plot_height
    scale = Scale(low, high, bottom, top)
    ticks = scale.ticks(step)
    left = 0.6 * em + max(text_width(money_tick(tick), em) for tick in ticks)
    right = width - 0.6 * em  # room for a ring at the last month
    months = Scale(0, len(chart.lines[0].amounts) - 1, left, right)
    curves = [_curve(line, months, scale) for line in chart.lines]
    labels, ring = _names(chart, curves, medium, Area(left + 0.4 * em, 0, width - left - 0.4 * em, bottom))
    dates, heights = _month_labels(chart, months, bottom, medium, width)
    money = (
        _text(money_tick(tick), left - 0.6 * em, scale(tick) + 0.34 * em, medium, "end", color="mut")
        for tick in ticks
    )
    return CashGeometry(
        macro="cash",
        frame=_frame(chart, medium, width, bottom + 2.75 * em),
        weight=medium.weight,
        grid=tuple(Rule(left, scale(tick), right, scale(tick)) for tick in ticks if tick),
        ticks=heights,
        zero=Rule(left, scale(0), right, scale(0)),
        lines=tuple(curves),
        texts=(*money, *dates, *labels),
        ring=ring,
    )


def _curve(line: CashLine, months: Scale, scale: Scale) -> Curve:
    color, dashes = _CASH_STYLES[line.style]
    points = tuple((months(index), scale(amount)) for index, amount in enumerate(line.amounts))
    return Curve(points, color, dashes)


def _month_labels(
    chart: CashChart, months: Scale, bottom: float, medium: Medium, width: float
) -> tuple[tuple[Text, ...], tuple[Rule, ...]]:
    """Every third, sixth or twelfth month, so that there are at most five; the year under January and July."""
    em, count = medium.size, len(chart.lines[0].amounts)
    step = next((step for step in (3, 6) if count <= 5 * step), MONTHS)
    texts, ticks = [], []
    for index in range(count):
        month, x = chart.start + index, months(index)
        named = (month.month - 1) % step == 0
        if named:
            name, year = month.short.split()
            texts.append(_centered(name, x, bottom + 1.25 * em, medium, (0, width), color="mut"))
            if month.month in (1, 7):
                texts.append(_centered(year, x, bottom + 2.45 * em, medium, (0, width), color="mut"))
        if named or count <= MONTHS:
            ticks.append(Rule(x, bottom, x, bottom + (0.45 if named else 0.25) * em))
    return tuple(texts), tuple(ticks)


def _names(
    chart: CashChart, curves: Sequence[Curve], medium: Medium, plot: Area
) -> tuple[list[Text], RingGeometry | None]:
    """The name of each line beside it, and of the ring, where they cover neither lines nor each other."""
    em = medium.size
    dots, owner = _dotted(curves, em)
    alone = _alone(dots, owner, em)
    texts: list[Text] = []
    taken: list[Area] = []
    ring = None
    if chart.ring:
        x, y = curves[chart.ring.line].points[chart.ring.month]
        radius = 0.48 * em
        taken.append(_widened(Area(x - radius, y - radius, 2 * radius, 2 * radius), 0.3 * em))
        wide = max(text_width(chart.ring.words, em, _BOLD), text_width(chart.ring.sub, em))
        wish = _Wish(wide, 2.2 * em, near=1.8 * em, above=3 * em)
        here = (dots == (x, y)).all(axis=1)
        spot = _free_spot(wish, dots, here, np.zeros_like(here), taken, plot, em)
        taken.append(spot)
        words = _text(chart.ring.words, spot.x, spot.y + 0.85 * em, medium, weight=_BOLD, backed=True)
        texts += [words, _text(chart.ring.sub, spot.x, spot.y + 2.0 * em, medium, backed=True)]
        ring = RingGeometry(x, y, radius, _leader(x, y, radius, spot))
    for index, line in enumerate(chart.lines):
        if chart.ring and chart.ring.line == index:
            continue
        own = owner == index
        beside = own & alone if (own & alone).any() else own
        wish = _Wish(text_width(line.label, em, _SEMIBOLD), 0.95 * em, near=0.45 * em, above=0.5 * em)
        spot = _free_spot(wish, dots, beside, ~own, taken, plot, em)
        taken.append(spot)
        color = curves[index].color
        baseline = spot.y + 0.75 * em
        texts.append(_text(line.label, spot.x, baseline, medium, weight=_SEMIBOLD, color=color, backed=True))
    return texts, ring


class _Wish(NamedTuple):
    """A text to place: its size, its best distance from its line, and what lying below the line costs."""

    width: float
    height: float
    near: float
    above: float


def _leader(x: float, y: float, radius: float, spot: Area) -> Rule:
    """From the edge of the ring to the nearest point of its name."""
    end_x = min(max(x, spot.x + radius), spot.x + spot.width)
    end_y = min(max(y, spot.y), spot.y + spot.height)
    distance = math.hypot(end_x - x, end_y - y) or 1.0
    reach = min(1.0, radius / distance)
    return Rule(x + (end_x - x) * reach, y + (end_y - y) * reach, end_x, end_y)


def _free_spot(
    wish: _Wish,
    dots: NDArray[np.float64],
    own: NDArray[np.bool_],
    others: NDArray[np.bool_],
    taken: Sequence[Area],
    plot: Area,
    em: float,
) -> Area:
    """Of a raster of places in the plot, the one nearest to the wish and clear of all else.

    `dots` are points along all lines; `own` and `others` say which to stand
    beside and which not to stand nearer to. Where nothing is clear, the least
    bad place is taken: the white backing keeps the text readable.
    """
    width, height = wish.width, wish.height
    if width > plot.width:
        raise RenderError("A name in the cash chart is wider than the chart; use a shorter one.")
    columns = np.arange(plot.x + plot.width - width, plot.x - 1e-9, -em)
    rows = np.arange(plot.y, plot.y + plot.height - height, em / 2)
    x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
    distances = _distances(x, y, wish, dots)
    nearest = distances[:, own].argmin(axis=1)
    to_own = distances[:, own].min(axis=1)
    cost = np.abs(to_own - wish.near)
    cost += np.where(y + height > dots[own][nearest, 1], wish.above, 0)
    cost += 20 * em * (distances < 0.3 * em).sum(axis=1)
    if others.any():
        cost += np.where(distances[:, others].min(axis=1) < to_own + 0.3 * em, 3 * em, 0)
    for area in taken:
        apart = (x >= area.x + area.width + 0.4 * em) | (x + width + 0.4 * em <= area.x)
        apart |= (y >= area.y + area.height + 0.1 * em) | (y + height + 0.1 * em <= area.y)
        cost += np.where(apart, 0, 1000 * em)
    cost += 0.03 * (plot.x + plot.width - x - width)  # names stand toward the end of their line
    best = int(np.argmin(np.round(cost, 6)))
    return Area(float(x[best]), float(y[best]), width, height)


def _distances(
    x: NDArray[np.float64], y: NDArray[np.float64], wish: _Wish, points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance of each rectangle (left x, top y) to each point; 0 inside. Shape (rectangles, points)."""
    px, py = points[:, 0], points[:, 1]
    across = np.maximum(0, np.maximum(x[:, None] - px, px - (x[:, None] + wish.width)))
    down = np.maximum(0, np.maximum(y[:, None] - py, py - (y[:, None] + wish.height)))
    return np.asarray(np.sqrt(across * across + down * down), dtype=np.float64)


def _dotted(curves: Sequence[Curve], gap: float) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Points along all lines, no farther apart than `gap`, and the number of the line of each."""
    parts, owner = [], []
    for index, curve in enumerate(curves):
        own = [np.array(curve.points[:1])]
        for start, end in pairwise(curve.points):
            count = max(1, math.ceil(math.dist(start, end) / gap))
            own.append(np.linspace(start, end, count + 1)[1:])
        parts.append(np.concatenate(own))
        owner.append(np.full(len(parts[-1]), index, dtype=np.intp))
    return np.concatenate(parts), np.concatenate(owner)


def _alone(dots: NDArray[np.float64], owner: NDArray[np.intp], em: float) -> NDArray[np.bool_]:
    """Whether a point has no point of another line near it: where lines run together a name is ambiguous."""
    gaps = dots[:, None, :] - dots[None]
    near = (gaps * gaps).sum(axis=2) <= em * em
    crowded = (near & (owner[:, None] != owner)).any(axis=1)
    return np.asarray(~crowded, dtype=np.bool_)


def _text(
    words: str,
    x: float,
    y: float,
    medium: Medium,
    anchor: Anchor = "start",
    weight: int = 400,
    color: str = "ink",
    backed: bool = False,
) -> Text:
    wide = text_width(words, medium.size, weight)
    plain = Text(x, y, words, wide, anchor, weight, color)
    if not backed:
        return plain
    area = _widened(_area(plain, medium.size), 0.2 * medium.size)
    return Text(x, y, words, wide, anchor, weight, color, area)


def _centered(
    words: str,
    x: float,
    y: float,
    medium: Medium,
    span: tuple[float, float],
    weight: int = 400,
    color: str = "ink",
    backed: bool = False,
) -> Text:
    """Text centered on `x`, or set against an edge of `span` that it would pass."""
    half = text_width(words, medium.size, weight) / 2
    low, high = span
    if 2 * half > high - low:
        raise RenderError(f"The chart text '{words}' is wider than its chart; use a shorter one.")
    if x - half < low:
        return _text(words, low, y, medium, "start", weight, color, backed)
    if x + half > high:
        return _text(words, high, y, medium, "end", weight, color, backed)
    return _text(words, x, y, medium, "middle", weight, color, backed)


def _area(text: Text, em: float) -> Area:
    """The rectangle a line of text covers."""
    return Area(text.left, text.y - 0.78 * em, text.width, em)


def _widened(area: Area, by: float) -> Area:
    return Area(area.x - by, area.y, area.width + 2 * by, area.height)


def _frame(chart: Chart, medium: Medium, width: float, height: float) -> Frame:
    return Frame(f"{chart.id}-{medium.name}", chart.alternative, width, height, medium)


def _alternative(title: str, parts: Iterable[tuple[str, str]], table: str) -> str:
    rows = ". ".join(f"{label}: {words}" for label, words in parts)
    return f"{title}. {rows}. The figures are in the table “{table}”."


def _require_marks(chart_id: str, marks: Sequence[RangeMark]) -> None:
    if not marks:
        raise RenderError(f"Chart '{chart_id}' has nothing to show.")


def _require_numbers(label: str, values: Sequence[float]) -> None:
    if not all(map(math.isfinite, values)):
        raise RenderError(f"Chart line '{label}' holds a value that is not a number.")


@cache
def _macros() -> jinja2.environment.TemplateModule:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["n"] = two_decimals
    environment.globals["color"] = PALETTE
    return environment.get_template("parts/charts.svg.jinja").module

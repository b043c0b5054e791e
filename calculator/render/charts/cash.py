"""Paid and not got back, month by month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from calculator.calendar import MONTHS, Month
from calculator.errors import RenderError
from calculator.render.charts.axis import Scale, dollar_ends, money_tick, require_numbers, tick_step
from calculator.render.charts.media import Medium
from calculator.render.charts.placement import Places, Wish
from calculator.render.charts.shapes import Area, Frame, Point, Rule
from calculator.render.charts.texts import BOLD, SEMIBOLD, Text, alternative, centered, text_at
from calculator.render.fonts import text_width

LineStyle = Literal["cost", "announced", "late", "hours"]
_MOST_AMOUNTS = 5
_STYLES: dict[LineStyle, tuple[str, tuple[float, ...]]] = {
    "cost": ("cost", ()),
    "announced": ("fed", (6, 2.5)),
    "late": ("fed", (2, 2)),
    "hours": ("ink", (1.5, 2.5)),
}


@dataclass(frozen=True)
class CashLine:
    """What the county has paid and not got back, month by month; `words` says it in the text alternative."""

    label: str
    amounts: tuple[float, ...]
    style: LineStyle
    words: str

    def __post_init__(self) -> None:
        require_numbers(self.label, self.amounts)


@dataclass(frozen=True)
class Ring:
    """The point to name: which line, which month (from 0), "$141,000, Aug 2027" and "as announced"."""

    line: int
    month: int
    words: str
    sub: str


class Curve(NamedTuple):
    """One cash line."""

    points: tuple[Point, ...]
    color: str
    dashes: tuple[float, ...]


class RingGeometry(NamedTuple):
    """The ring and the line to its name."""

    x: float
    y: float
    radius: float
    leader: Rule


@dataclass(frozen=True)
class CashGeometry:
    """The cash chart, as the template draws it."""

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
    def months(self) -> int:
        """How many months are shown."""
        return len(self.lines[0].amounts)

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        parts = [(line.label, line.words) for line in self.lines]
        if self.ring:
            parts.insert(0, (f"Most paid first, {self.ring.sub}", self.ring.words))
        return alternative(self.title, parts, self.table)

    def geometry(self, medium: Medium, width: float) -> CashGeometry:
        """Amounts at the left, months below, and each line named in the plot. Raises RenderError."""
        em = medium.size
        low, high = dollar_ends(amount for line in self.lines for amount in line.amounts)
        step = tick_step(high - low, _MOST_AMOUNTS)
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
        top, bottom = 0.6 * em, 0.6 * em + medium.plot_height
        scale = Scale(low, high, bottom, top)
        ticks = scale.ticks(step)
        left = 0.6 * em + max(text_width(money_tick(tick), em) for tick in ticks)
        right = width - 0.6 * em  # room for a ring at the last month
        months = Scale(0, self.months - 1, left, right)
        curves = tuple(_curve(line, months, scale) for line in self.lines)
        plot = Area(left + 0.4 * em, 0, width - left - 0.4 * em, bottom)
        names, ring = _names(self, curves, medium, plot)
        dates, heights = _month_labels(self, months, bottom, medium, width)
        amounts = (
            text_at(money_tick(tick), left - 0.6 * em, scale(tick) + 0.34 * em, medium, "end", color="mut")
            for tick in ticks
        )
        return CashGeometry(
            macro="cash",
            frame=Frame(self.id, self.alternative, width, bottom + 2.75 * em, medium),
            weight=medium.weight,
            grid=tuple(Rule(left, scale(tick), right, scale(tick)) for tick in ticks if tick),
            ticks=heights,
            zero=Rule(left, scale(0), right, scale(0)),
            lines=curves,
            texts=(*amounts, *dates, *names),
            ring=ring,
        )


def _curve(line: CashLine, months: Scale, scale: Scale) -> Curve:
    color, dashes = _STYLES[line.style]
    points = tuple((months(index), scale(amount)) for index, amount in enumerate(line.amounts))
    return Curve(points, color, dashes)


def _month_labels(
    chart: CashChart, months: Scale, bottom: float, medium: Medium, width: float
) -> tuple[tuple[Text, ...], tuple[Rule, ...]]:
    """Every third, sixth or twelfth month, so that there are at most five; the year under January and July."""
    em, count = medium.size, chart.months
    step = next((step for step in (3, 6) if count <= 5 * step), MONTHS)
    texts, ticks = [], []
    for index in range(count):
        month, x = chart.start + index, months(index)
        named = (month.month - 1) % step == 0
        if named:
            name, year = month.short.split()
            texts.append(centered(name, x, bottom + 1.25 * em, medium, (0, width), color="mut"))
            if month.month in (1, 7):
                texts.append(centered(year, x, bottom + 2.45 * em, medium, (0, width), color="mut"))
        if named or count <= MONTHS:
            ticks.append(Rule(x, bottom, x, bottom + (0.45 if named else 0.25) * em))
    return tuple(texts), tuple(ticks)


def _names(
    chart: CashChart, curves: Sequence[Curve], medium: Medium, plot: Area
) -> tuple[list[Text], RingGeometry | None]:
    """The name of each line beside it, and of the ring, where they cover neither lines nor each other."""
    em = medium.size
    places = Places([curve.points for curve in curves], plot, em)
    texts: list[Text] = []
    ring = None
    if chart.ring:
        x, y = curves[chart.ring.line].points[chart.ring.month]
        radius = 0.48 * em
        places.take(Area(x - radius, y - radius, 2 * radius, 2 * radius).widened(0.3 * em))
        wide = max(text_width(chart.ring.words, em, BOLD), text_width(chart.ring.sub, em))
        spot = places.beside_point(Wish(wide, 2.2 * em, near=1.8 * em, above=3 * em), (x, y))
        words = text_at(chart.ring.words, spot.x, spot.y + 0.85 * em, medium, weight=BOLD, backed=True)
        texts += [words, text_at(chart.ring.sub, spot.x, spot.y + 2.0 * em, medium, backed=True)]
        ring = RingGeometry(x, y, radius, _leader(x, y, radius, spot))
    for index, line in enumerate(chart.lines):
        if chart.ring and chart.ring.line == index:
            continue
        wish = Wish(text_width(line.label, em, SEMIBOLD), 0.95 * em, near=0.45 * em, above=0.5 * em)
        spot = places.beside_line(wish, index)
        color = curves[index].color
        baseline = spot.y + 0.75 * em
        texts.append(text_at(line.label, spot.x, baseline, medium, weight=SEMIBOLD, color=color, backed=True))
    return texts, ring


def _leader(x: float, y: float, radius: float, spot: Area) -> Rule:
    """From the edge of the ring to the nearest point of its name."""
    end_x = min(max(x, spot.x + radius), spot.x + spot.width)
    end_y = min(max(y, spot.y), spot.y + spot.height)
    distance = math.hypot(end_x - x, end_y - y) or 1.0
    reach = min(1.0, radius / distance)
    return Rule(x + (end_x - x) * reach, y + (end_y - y) * reach, end_x, end_y)

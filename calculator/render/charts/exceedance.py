"""The chance of more than each amount, on a scale of powers of ten."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from calculator.errors import RenderError
from calculator.render.charts.axis import Scale, money_tick, require_numbers, tick_step
from calculator.render.charts.media import Medium
from calculator.render.charts.shapes import Frame, Point, Rule
from calculator.render.charts.texts import SEMIBOLD, Text, alternative, centered, text_at
from calculator.render.fonts import text_width
from calculator.render.formats import percent

CurveStyle = Literal["cost", "fed"]
_MOST_ROWS = 5


@dataclass(frozen=True)
class Curve:
    """Chance of more than each amount in dollars, falling; `words` is what the whole curve says."""

    label: str
    points: tuple[Point, ...]
    words: str
    style: CurveStyle = "cost"

    def __post_init__(self) -> None:
        require_numbers(self.label, [value for point in self.points for value in point])
        if any(later[1] > earlier[1] for earlier, later in pairwise(self.points)):
            raise RenderError(f"Chart line '{self.label}': the chance of more must not rise with the amount.")


@dataclass(frozen=True)
class Exceedance:
    """Curves on one pair of axes: amounts by powers of ten, chances from 0. `table` names the figures' table."""

    id: str
    title: str
    curves: tuple[Curve, ...]
    table: str

    def __post_init__(self) -> None:
        if not any(chance > 0 for curve in self.curves for amount, chance in curve.points if amount > 0):
            raise RenderError(f"Chart '{self.id}' has nothing to show.")

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        return alternative(self.title, ((curve.label, curve.words) for curve in self.curves), self.table)

    def geometry(self, medium: Medium, width: float) -> ExceedanceGeometry:
        """Curves with their labels in the free upper right. Raises RenderError."""
        em = medium.size
        shown = {curve: tuple(point for point in curve.points if point[0] > 0) for curve in self.curves}
        most = max(chance for points in shown.values() for _, chance in points)
        step = tick_step(most, _MOST_ROWS)
        top = math.ceil(most / step - 1e-9) * step
        rows = [step * count for count in range(round(top / step) + 1)]
        digits = max(0, math.ceil(-math.log10(step)) - 2)
        labels = [percent(row, digits) for row in rows]
        left = max(text_width(label, em) for label in labels) + 0.6 * em
        first, last = self._decades(shown)
        across = Scale(first, last, left, width - 0.5 * em)
        up = Scale(0.0, top, medium.plot_height, 0.9 * em)
        texts = [
            text_at(label, left - 0.5 * em, up(row) + 0.35 * em, medium, "end", color="mut")
            for row, label in zip(rows, labels, strict=True)
        ]
        decades = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
        texts += [
            centered(
                money_tick(10.0**power),
                across(power),
                medium.plot_height + 1.3 * em,
                medium,
                (0, width),
                color="mut",
            )
            for power in decades
        ]
        keys = []
        for index, curve in enumerate(self.curves):
            y = up(top) + (0.9 + 1.5 * index) * em
            texts.append(text_at(curve.label, width - 0.5 * em, y, medium, "end", SEMIBOLD, backed=True))
            end = width - 0.9 * em - text_width(curve.label, em, SEMIBOLD)
            keys.append((Rule(end - 2.4 * em, y - 0.3 * em, end, y - 0.3 * em), curve.style))
        return ExceedanceGeometry(
            macro="exceedance",
            frame=Frame(self.id, self.alternative, width, medium.plot_height + 1.65 * em, medium),
            weight=medium.weight,
            grid=tuple(Rule(left, up(row), width - 0.5 * em, up(row)) for row in rows[1:]),
            axis=(Rule(left, up(0), width - 0.5 * em, up(0)),),
            ticks=tuple(Rule(across(power), up(0), across(power), up(0) + 0.3 * em) for power in decades),
            lines=tuple(
                (tuple((across(math.log10(amount)), up(chance)) for amount, chance in points), curve.style)
                for curve, points in shown.items()
            ),
            keys=tuple(keys),
            texts=tuple(texts),
        )

    def _decades(self, shown: dict[Curve, tuple[Point, ...]]) -> tuple[float, float]:
        """The powers of ten the axis starts and ends at: to the first amount that nothing exceeds."""
        ends = []
        for points in shown.values():
            ends += [amount for amount, chance in points if chance > 0][-1:]
        start = min(points[0][0] for points in shown.values())
        every = sorted({amount for points in shown.values() for amount, _ in points})
        beyond = [amount for amount in every if amount > max(ends)]
        return math.log10(start), math.log10(beyond[0] if beyond else max(ends))


@dataclass(frozen=True)
class ExceedanceGeometry:
    """The curves as the template draws them."""

    macro: str
    frame: Frame
    weight: float
    grid: tuple[Rule, ...]
    axis: tuple[Rule, ...]
    ticks: tuple[Rule, ...]
    lines: tuple[tuple[tuple[Point, ...], CurveStyle], ...]
    keys: tuple[tuple[Rule, CurveStyle], ...]
    texts: tuple[Text, ...]

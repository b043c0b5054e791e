"""Single amounts on a logarithmic axis, one lane for each kind; the shape of a mark says whether it was paid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from calculator.errors import RenderError
from calculator.render.charts.axis import Scale, money_tick, require_numbers
from calculator.render.charts.media import Medium
from calculator.render.charts.shapes import Frame, Rule
from calculator.render.charts.texts import SEMIBOLD, Text, alternative, centered, text_at
from calculator.render.fonts import text_width

Shape = Literal["disc", "diamond", "triangle"]
_RADIUS = 0.4  # in text sizes
_STEP = 0.95


@dataclass(frozen=True)
class Dot:
    """One amount. `name` is written beside it, for the few that are named; `low` and `high` are rival totals."""

    value: float
    shape: Shape
    name: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Lane:
    """All amounts of one kind; `words` says them in the text alternative."""

    label: str
    dots: tuple[Dot, ...]
    words: str

    def __post_init__(self) -> None:
        require_numbers(self.label, [dot.value for dot in self.dots])
        if not self.dots or min(dot.value for dot in self.dots) <= 0:
            raise RenderError(f"Chart lane '{self.label}' needs amounts above zero.")


class PlacedDot(NamedTuple):
    """A mark at its place."""

    x: float
    y: float
    radius: float
    shape: Shape


@dataclass(frozen=True)
class DotGeometry:
    """The lanes, as the template draws them."""

    macro: str
    frame: Frame
    weight: float
    grid: tuple[Rule, ...]
    spans: tuple[Rule, ...]
    dots: tuple[PlacedDot, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class LogDots:
    """Kind 4: amounts over several powers of ten. `key` names the shapes."""

    id: str
    title: str
    lanes: tuple[Lane, ...]
    key: tuple[tuple[Shape, str], ...]
    table: str

    def __post_init__(self) -> None:
        if not self.lanes:
            raise RenderError(f"Chart '{self.id}' has nothing to show.")

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        return alternative(self.title, ((lane.label, lane.words) for lane in self.lanes), self.table)

    def geometry(self, medium: Medium, width: float) -> DotGeometry:
        """Lanes under each other, the powers of ten below, the key on top. Raises RenderError."""
        em = medium.size
        gutter = em + max(text_width(lane.label, em, SEMIBOLD) for lane in self.lanes)
        stacked = width < 30 * em or gutter > 0.3 * width
        left = 0.0 if stacked else gutter
        scale = self._scale(left + 1.2 * em, width - 1.2 * em)
        dots, texts, top = _key(self.key, medium, width)
        spans: list[Rule] = []
        edges = [top]
        stretches: list[tuple[float, float]] = []
        for lane in self.lanes:
            if stacked:
                texts.append(text_at(lane.label, 0, edges[-1] + 1.25 * em, medium, weight=SEMIBOLD))
            start = edges[-1] + (1.55 * em if stacked else 0.35 * em)
            lane_dots, names, rules, bottom = _lay(lane, scale, start, medium, (left, width))
            if not stacked:
                texts.append(text_at(lane.label, 0, start + 0.83 * em, medium, weight=SEMIBOLD))
            dots += lane_dots
            texts += names
            spans += rules
            stretches.append((start, bottom))
            edges.append(bottom + 0.35 * em)
        bottom = edges[-1]
        ticks = [10.0**power for power in range(round(scale.low), round(scale.high) + 1)]
        at = [scale(math.log10(tick)) for tick in ticks]
        labels = (
            centered(money_tick(tick), x, bottom + 1.2 * em, medium, (0, width), color="mut")
            for tick, x in zip(ticks, at, strict=True)
        )
        return DotGeometry(
            macro="log_dots",
            frame=Frame(self.id, self.alternative, width, bottom + 1.55 * em, medium),
            weight=medium.weight,
            grid=(
                *(Rule(0, y, width, y) for y in edges),
                *(Rule(x, y1, x, y2) for x in at for y1, y2 in stretches),
            ),
            spans=tuple(spans),
            dots=tuple(dots),
            texts=(*labels, *texts),
        )

    def _scale(self, start: float, end: float) -> Scale:
        """From the power of ten below all amounts to the one above them."""
        held = [
            value
            for lane in self.lanes
            for dot in lane.dots
            for value in (dot.value, dot.low, dot.high)
            if value
        ]
        low, high = math.floor(math.log10(min(held))), math.ceil(math.log10(max(held)))
        return Scale(low, max(high, low + 1), start, end)


def _key(
    key: Sequence[tuple[Shape, str]], medium: Medium, width: float
) -> tuple[list[PlacedDot], list[Text], float]:
    """The shapes with their words on as many lines as they need, and where the key ends."""
    em = medium.size
    x, y = 0.0, 0.7 * em
    dots, texts = [], []
    for shape, words in key:
        wide = 1.2 * em + text_width(words, em)
        if x and x + wide > width:
            x, y = 0.0, y + 1.35 * em
        dots.append(PlacedDot(x + 0.5 * em, y, _RADIUS * em, shape))
        texts.append(text_at(words, x + 1.2 * em, y + 0.33 * em, medium))
        x += wide + 1.5 * em
    return dots, texts, y + 1.05 * em


def _lay(
    lane: Lane, scale: Scale, top: float, medium: Medium, span: tuple[float, float]
) -> tuple[list[PlacedDot], list[Text], list[Rule], float]:
    """Unnamed marks packed from the top; each named one on a level of its own, with its name to the left."""
    em = medium.size
    dots: list[PlacedDot] = []
    texts: list[Text] = []
    rules: list[Rule] = []
    plain = [dot for dot in lane.dots if not dot.name]
    levels = 0
    ends: list[float] = []
    for dot in sorted(plain, key=lambda each: each.value):
        x = scale(math.log10(dot.value))
        level = next((index for index, end in enumerate(ends) if x - end >= _STEP * em), len(ends))
        ends[level : level + 1] = [x]
        dots.append(PlacedDot(x, top + (0.5 + _STEP * level) * em, _RADIUS * em, dot.shape))
    levels = len(ends)
    y = top + (_STEP * levels + 0.2) * em
    for dot in sorted((dot for dot in lane.dots if dot.name), key=lambda each: each.value):
        x, middle = scale(math.log10(dot.value)), y + 0.6 * em
        dots.append(PlacedDot(x, middle, _RADIUS * em, dot.shape))
        reach = x
        if dot.low and dot.low < dot.high:
            low, high = scale(math.log10(dot.low)), scale(math.log10(dot.high))
            half = 0.3 * em
            rules += [Rule(low, middle, high, middle)]
            rules += [Rule(at, middle - half, at, middle + half) for at in (low, high)]
            reach = min(low, x)
        end = reach - 0.8 * em
        if end - text_width(dot.name, em) < span[0]:
            raise RenderError(f"The name '{dot.name}' has no room beside its mark; use a shorter one.")
        texts.append(text_at(dot.name, end, middle + 0.33 * em, medium, "end", backed=True))
        y += 1.3 * em
    return dots, texts, rules, max(y, top + em)

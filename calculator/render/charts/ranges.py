"""Figures with their ends as marks on an axis of dollars: what number lines and range rows share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from calculator.errors import RenderError
from calculator.render.charts.axis import Scale, dollar_ends, require_numbers
from calculator.render.charts.shapes import Area, Frame, Rule
from calculator.render.charts.sides import USUAL_SIDES, Arrow, Sides
from calculator.render.charts.texts import Text

MARK_HEIGHT = 1.1  # in text sizes
RangeStyle = Literal["cost", "fed"]


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
        require_numbers(self.label, (self.low, self.central, self.high))
        if not self.low <= self.central <= self.high:
            raise RenderError(f"Chart mark '{self.label}': low, central and high are not in order.")


@dataclass(frozen=True)
class RangeChart:
    """Ranges on one axis. `table` names the table that holds the figures."""

    id: str
    title: str
    marks: tuple[RangeMark, ...]
    table: str
    sides: Sides = USUAL_SIDES

    def __post_init__(self) -> None:
        if not self.marks:
            raise RenderError(f"Chart '{self.id}' has nothing to show.")

    @property
    def side_words(self) -> list[tuple[str, int]]:
        """The words for the sides of zero on which a mark stands."""
        return self.sides.of(min(mark.low for mark in self.marks), max(mark.high for mark in self.marks))

    def scale(self, start: float, end: float) -> Scale:
        """The scale that holds every mark and zero."""
        low, high = dollar_ends(amount for mark in self.marks for amount in (mark.low, mark.high))
        return Scale(low, high, start, end)


class Mark(NamedTuple):
    """A range mark: bar, white halo and ink tick for the central figure."""

    bar: Area
    halo: Area
    tick: Area
    style: RangeStyle

    @property
    def extent(self) -> Area:
        """The rectangle it covers."""
        left = min(self.bar.x, self.halo.x)
        right = max(self.bar.x + self.bar.width, self.halo.x + self.halo.width)
        return Area(left, self.halo.y, right - left, self.halo.height)


@dataclass(frozen=True)
class RangeGeometry:
    """A number line or range rows, as the template draws them."""

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


def mark_at(mark: RangeMark, scale: Scale, top: float, em: float) -> Mark:
    """The mark with its bar starting at the height `top`."""
    point, height = em / 9, MARK_HEIGHT * em
    left, right, central = scale(mark.low), scale(mark.high), scale(mark.central)
    spare = max(0.0, 2 * point - (right - left)) / 2  # a fixed figure still shows as a bar
    tick_top, tick_height = top - 3 * point, height + 6 * point
    return Mark(
        bar=Area(left - spare, top, right - left + 2 * spare, height),
        halo=Area(central - 2 * point, tick_top, 4 * point, tick_height),
        tick=Area(central - point, tick_top, 2 * point, tick_height),
        style=mark.style,
    )

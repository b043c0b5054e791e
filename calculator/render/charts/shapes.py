"""Points, rectangles, lines and the SVG element itself. All lengths in the medium's unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calculator.render.charts.media import Medium

Point = tuple[float, float]


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

    def widened(self, by: float) -> Area:
        """The same with `by` more at its left and at its right."""
        return Area(self.x - by, self.y, self.width + 2 * by, self.height)


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Frame:
    """The SVG element itself; `title` is the whole text alternative."""

    chart_id: str
    title: str
    width: float
    height: float
    medium: Medium

    @property
    def id(self) -> str:
        """Unique on a page that shows a chart in several media."""
        return f"{self.chart_id}-{self.medium.name}"

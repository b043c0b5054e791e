"""Lines of text with their measured width, and the words of a chart's text alternative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from calculator.errors import RenderError
from calculator.render.charts.media import Medium
from calculator.render.charts.shapes import Area
from calculator.render.fonts import text_width

REGULAR, SEMIBOLD, BOLD = 400, 600, 700
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Text:
    """One line of text; `backing` is the white rectangle behind it."""

    x: float
    y: float
    text: str
    width: float
    anchor: Anchor = "start"
    weight: int = REGULAR
    color: str = "ink"
    backing: Area | None = None

    def area(self, em: float) -> Area:
        """The rectangle it covers."""
        left = self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return Area(left, self.y - 0.78 * em, self.width, em)


def text_at(
    words: str,
    x: float,
    y: float,
    medium: Medium,
    anchor: Anchor = "start",
    weight: int = REGULAR,
    color: str = "ink",
    backed: bool = False,
) -> Text:
    """Text on the baseline `y` that starts, ends or has its middle at `x`."""
    width = text_width(words, medium.size, weight)
    plain = Text(x, y, words, width, anchor, weight, color)
    if not backed:
        return plain
    backing = plain.area(medium.size).widened(0.2 * medium.size)
    return Text(x, y, words, width, anchor, weight, color, backing)


def centered(
    words: str,
    x: float,
    y: float,
    medium: Medium,
    span: tuple[float, float],
    weight: int = REGULAR,
    color: str = "ink",
    backed: bool = False,
) -> Text:
    """Text centered on `x`, or set against an edge of `span` that it would pass. Raises RenderError."""
    half = text_width(words, medium.size, weight) / 2
    low, high = span
    if 2 * half > high - low:
        raise RenderError(f"The chart text '{words}' is wider than its chart; use a shorter one.")
    if x - half < low:
        return text_at(words, low, y, medium, "start", weight, color, backed)
    if x + half > high:
        return text_at(words, high, y, medium, "end", weight, color, backed)
    return text_at(words, x, y, medium, "middle", weight, color, backed)


def alternative(title: str, parts: Iterable[tuple[str, str]], table: str) -> str:
    """The whole text alternative: title, each part with its words, and the table that holds the figures."""
    rows = ". ".join(f"{label}: {words}" for label, words in parts)
    return f"{title}. {rows}. The figures are in the table “{table}”."

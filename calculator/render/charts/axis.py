"""Scales, the round amounts along them, and their labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calculator.errors import RenderError
from calculator.render.charts.media import Medium
from calculator.render.charts.texts import Text, centered
from calculator.render.fonts import text_width
from calculator.render.formats import MINUS

_MOST_TICKS = 8


@dataclass(frozen=True)
class Scale:
    """A straight scale from dollars, or months, to a coordinate."""

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


def dollar_ends(amounts: Iterable[float]) -> tuple[float, float]:
    """The ends of an axis that holds every amount and zero; $1,000 long where all are zero."""
    held = [0.0, *amounts]
    low, high = min(held), max(held)
    return low, high if high > low else low + 1000


def dollar_ticks(scale: Scale, medium: Medium) -> tuple[float, ...]:
    """Round amounts along a horizontal axis: at most eight, and none so close that their labels touch."""
    ticks: tuple[float, ...] = (0.0,)
    for most in range(_MOST_TICKS, 0, -1):
        step = tick_step(scale.high - scale.low, most)
        ticks = scale.ticks(step)
        widest = max(text_width(money_tick(tick), medium.size) for tick in ticks)
        if scale(step) - scale(0) >= widest + 1.2 * medium.size:
            return ticks
    return ticks


def tick_labels(
    ticks: Sequence[float], scale: Scale, y: float, medium: Medium, width: float
) -> tuple[Text, ...]:
    """The amounts under a horizontal axis."""
    return tuple(
        centered(money_tick(tick), scale(tick), y, medium, (0, width), color="mut" if tick else "ink")
        for tick in ticks
    )


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


def require_numbers(label: str, values: Sequence[float]) -> None:
    """Raise RenderError when a value of the line or mark `label` cannot stand on an axis."""
    if not all(map(math.isfinite, values)):
        raise RenderError(f"Chart line '{label}' holds a value that is not a number.")

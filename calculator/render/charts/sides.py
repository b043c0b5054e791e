"""The words left and right of zero, each with an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calculator.render.charts.axis import Scale
from calculator.render.charts.media import Medium
from calculator.render.charts.shapes import Area
from calculator.render.charts.texts import Anchor, Text, text_at
from calculator.render.fonts import text_width


@dataclass(frozen=True)
class Sides:
    """What lies left and right of zero, and the sentence for the caption when there is no room to write it."""

    left: str = "receipts exceed cost"
    right: str = "county pays"
    note: str = "Left of zero, receipts exceed the cost."

    def of(self, low: float, high: float) -> list[tuple[str, int]]:
        """The words that figures from `low` to `high` need, with -1 for the left and 1 for the right."""
        return [*([(self.left, -1)] if low < 0 else ()), *([(self.right, 1)] if high > 0 else ())]


USUAL_SIDES = Sides()


class Arrow(NamedTuple):
    """A small triangle from its tip (x1, y1) to its base at x2."""

    x1: float
    y1: float
    x2: float
    half: float


def name_sides(
    wanted: Sequence[tuple[str, int]],
    scale: Scale,
    middles: Sequence[float],
    taken: Sequence[Area],
    medium: Medium,
    span: tuple[float, float],
) -> tuple[tuple[Text, ...], tuple[Arrow, ...]]:
    """The wanted words at the first of the heights `middles` that has room for all of them; or none."""
    em, zero = medium.size, scale(0)
    for middle in middles:
        texts, arrows, areas = [], [], []
        for words, side in wanted:
            reach = text_width(words, em) + 1.5 * em
            areas.append(Area(min(zero, zero + side * reach), middle - 0.5 * em, reach, em))
            anchor: Anchor = "start" if side > 0 else "end"
            texts.append(
                text_at(words, zero + side * 0.5 * em, middle + 0.32 * em, medium, anchor, color="mut")
            )
            tip = zero + side * (reach - 0.1 * em)
            arrows.append(Arrow(tip, middle, tip - side * 0.6 * em, 0.35 * em))
        inside = all(span[0] <= area.x and area.x + area.width <= span[1] for area in areas)
        if inside and not any(area.meets(other) for area in areas for other in taken):
            return tuple(texts), tuple(arrows)
    return (), ()

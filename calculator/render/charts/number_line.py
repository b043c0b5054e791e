"""Net cost in two or three cases on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from calculator.render.charts.axis import Scale, dollar_ticks, tick_labels
from calculator.render.charts.media import Medium
from calculator.render.charts.ranges import (
    MARK_HEIGHT,
    Mark,
    RangeChart,
    RangeGeometry,
    RangeMark,
    mark_at,
)
from calculator.render.charts.shapes import Frame, Rule
from calculator.render.charts.sides import name_sides
from calculator.render.charts.texts import SEMIBOLD, Text, alternative, centered

_LEVEL = 3.1  # height of a label with its mark, in text sizes


@dataclass(frozen=True)
class NumberLine(RangeChart):
    """Kind 1: net cost in two or three cases on one axis."""

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        return alternative(self.title, ((mark.label, mark.words) for mark in self.marks), self.table)

    def geometry(self, medium: Medium, width: float) -> RangeGeometry:
        """Every mark on one level, or each on its own where they would touch. Raises RenderError."""
        em = medium.size
        inset = min(3 * em, 0.06 * width)
        scale = self.scale(inset, width - inset)
        marks, labels = _on_levels(((mark, 0) for mark in self.marks), scale, medium, width)
        if _meet(marks, labels, em):
            levels = ((mark, level) for level, mark in enumerate(self.marks))
            marks, labels = _on_levels(levels, scale, medium, width)
        middles = sorted({mark.bar.y + mark.bar.height / 2 for mark in marks})
        taken = [*(mark.extent for mark in marks), *(label.area(em) for label in labels)]
        captions, arrows = name_sides(self.side_words, scale, middles, taken, medium, (0, width))
        bottom = max(middles) + MARK_HEIGHT / 2 * em + 0.45 * em
        ticks = dollar_ticks(scale, medium)
        return RangeGeometry(
            macro="number_line",
            frame=Frame(self.id, self.alternative, width, bottom + 1.65 * em, medium),
            weight=medium.weight,
            axis=Rule(0, bottom, width, bottom),
            zero=(Rule(scale(0), 0, scale(0), bottom),),
            ticks=tuple(Rule(scale(tick), bottom, scale(tick), bottom + 0.3 * em) for tick in ticks if tick),
            grid=(),
            texts=(*tick_labels(ticks, scale, bottom + 1.3 * em, medium, width), *captions, *labels),
            arrows=arrows,
            marks=tuple(marks),
        )


def _on_levels(
    placed: Iterable[tuple[RangeMark, int]], scale: Scale, medium: Medium, width: float
) -> tuple[list[Mark], list[Text]]:
    """Marks with their labels above them, each on its level from 0 down."""
    em = medium.size
    marks, labels = [], []
    for mark, level in placed:
        top = level * _LEVEL * em
        marks.append(mark_at(mark, scale, top + 1.55 * em, em))
        middle = (scale(mark.low) + scale(mark.high)) / 2
        labels.append(
            centered(mark.label, middle, top + 0.85 * em, medium, (0, width), SEMIBOLD, backed=True)
        )
    return marks, labels


def _meet(marks: Sequence[Mark], labels: Sequence[Text], em: float) -> bool:
    """Whether two marks, or two labels with a space between them, touch."""
    spaced = [label.area(em).widened(0.4 * em) for label in labels]
    extents = [mark.extent for mark in marks]
    return any(one.meets(other) for areas in (extents, spaced) for one, other in combinations(areas, 2))

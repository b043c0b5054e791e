"""One row for each reading or input, each with its range."""

from __future__ import annotations

from dataclasses import dataclass

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
from calculator.render.charts.texts import SEMIBOLD, Text, alternative, centered, text_at
from calculator.render.fonts import text_width


@dataclass(frozen=True)
class RangeRows(RangeChart):
    """Kind 2: one row per reading, each with its range. `sub` of a mark is its second line."""

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        rows = ((f"{mark.label} {mark.sub}".strip(), mark.words) for mark in self.marks)
        return alternative(self.title, rows, self.table)

    def geometry(self, medium: Medium, width: float) -> RangeGeometry:
        """Labels in a gutter at the left, or over their marks where the gutter would be too wide."""
        em = medium.size
        gutter = em + max(
            max(text_width(mark.label, em, SEMIBOLD), text_width(mark.sub, em)) for mark in self.marks
        )
        stacked = width < 30 * em or gutter > 0.42 * width
        left = 0.0 if stacked else gutter
        scale = self.scale(left + em, width - em)
        captions, arrows = name_sides(self.side_words, scale, [0.55 * em], [], medium, (left, width))
        top = 1.6 * em if arrows else 0.2 * em
        lay = _stacked_row if stacked else _wide_row
        texts: list[Text] = []
        marks: list[Mark] = []
        tops: list[float] = []
        bottom = top
        for mark in self.marks:
            tops.append(bottom)
            row_texts, bar_top = lay(mark, scale, bottom, medium, (left, width))
            texts += row_texts
            marks.append(mark_at(mark, scale, bar_top, em))
            bottom = bar_top + (MARK_HEIGHT + 0.75) * em
        ticks = dollar_ticks(scale, medium)
        # Ranges in words stand over their bars, so grid lines keep to the bars.
        spans = [(mark.bar.y - 0.4 * em, mark.bar.y + (MARK_HEIGHT + 0.4) * em) for mark in marks]
        return RangeGeometry(
            macro="range_rows",
            frame=Frame(self.id, self.alternative, width, bottom + 1.55 * em, medium),
            weight=medium.weight,
            axis=Rule(left, bottom, width, bottom),
            zero=tuple(Rule(scale(0), y1, scale(0), y2) for y1, y2 in spans),
            ticks=(),
            grid=(
                *(Rule(0, y, width, y) for y in (*tops[1:], bottom)),
                *(Rule(scale(tick), y1, scale(tick), y2) for tick in ticks if tick for y1, y2 in spans),
            ),
            texts=(*tick_labels(ticks, scale, bottom + 1.2 * em, medium, width), *captions, *texts),
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
        text_at(mark.label, 0, top + 1.1 * em, medium, weight=SEMIBOLD),
        centered(mark.words, middle, top + 1.1 * em, medium, span),
    ]
    if mark.sub:
        texts.append(text_at(mark.sub, 0, top + 2.35 * em, medium, color="mut"))
    return texts, top + 1.75 * em


def _stacked_row(
    mark: RangeMark, scale: Scale, top: float, medium: Medium, span: tuple[float, float]
) -> tuple[list[Text], float]:
    """Label, sub-label and range in words under each other; and where the mark starts."""
    em = medium.size
    width = span[1]
    label = centered(mark.label, 0, top + 1.1 * em, medium, span, SEMIBOLD)
    texts = [label]
    baseline = label.y
    if mark.sub:
        x = label.width + 0.4 * em
        if x + text_width(mark.sub, em) > width:
            x, baseline = 0.0, baseline + 1.25 * em
        texts.append(text_at(mark.sub, x, baseline, medium, color="mut"))
    texts.append(centered(mark.words, 0, baseline + 1.25 * em, medium, span))
    return texts, baseline + 1.95 * em

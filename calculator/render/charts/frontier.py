"""How much must be paid, by how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.errors import RenderError
from calculator.render.charts.axis import Scale, require_numbers
from calculator.render.charts.cash import CashGeometry, Curve
from calculator.render.charts.media import Medium
from calculator.render.charts.shapes import Frame, Rule
from calculator.render.charts.texts import SEMIBOLD, alternative, centered, text_at
from calculator.render.fonts import text_width
from calculator.render.formats import percent

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_LOW = 0.7  # height of the plot, as a part of the usual one
_EVERY = 6


@dataclass(frozen=True)
class FrontierChart:
    """Kind 4: the least share paid at each lag from none on; `rows` say it in the text alternative."""

    id: str
    title: str
    shares: tuple[float, ...]
    months: int  # the longest lag on the axis
    rows: tuple[tuple[str, str], ...]
    table: str
    caption: str

    def __post_init__(self) -> None:
        require_numbers(self.title, self.shares)
        if len(self.shares) < 2:
            raise RenderError(f"Chart '{self.id}' needs at least two months.")

    @property
    def alternative(self) -> str:
        """The whole text alternative."""
        return alternative(self.title, self.rows, self.table)

    def geometry(self, medium: Medium, width: float) -> CashGeometry:
        """Shares at the left, months below, what the line parts over the plot. Raises RenderError."""
        em = medium.size
        top = 1.9 * em
        bottom = top + _LOW * medium.plot_height
        labels = [percent(share) for share in _SHARES]
        left = 0.6 * em + max(text_width(label, em) for label in labels)
        right = width - 0.6 * em
        heights, lags = Scale(0, 1, bottom, top), Scale(0, self.months, left, right)
        points = tuple((lags(lag), heights(share)) for lag, share in enumerate(self.shares))
        shown = range(0, self.months + 1, _EVERY)
        return CashGeometry(
            macro="cash",
            frame=Frame(self.id, self.alternative, width, bottom + 2.75 * em, medium),
            weight=medium.weight,
            grid=tuple(Rule(left, heights(share), right, heights(share)) for share in _SHARES if share),
            ticks=tuple(Rule(lags(lag), bottom, lags(lag), bottom + 0.3 * em) for lag in shown),
            zero=Rule(left, bottom, right, bottom),
            lines=(Curve(points, "fed", ()),),
            texts=(
                centered(self.caption, left, 0.95 * em, medium, (0, width), SEMIBOLD),
                *(
                    text_at(label, left - 0.6 * em, heights(share) + 0.34 * em, medium, "end", color="mut")
                    for label, share in zip(labels, _SHARES, strict=True)
                ),
                *(
                    centered(str(lag), lags(lag), bottom + 1.25 * em, medium, (0, width), color="mut")
                    for lag in shown
                ),
                centered(
                    "months from work to payment", (left + right) / 2, bottom + 2.45 * em, medium, (0, width),
                    color="mut",
                ),
            ),
            ring=None,
        )  # fmt: skip

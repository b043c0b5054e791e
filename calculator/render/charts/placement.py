"""Where names can stand beside their lines, covering neither lines nor each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calculator.errors import RenderError
from calculator.render.charts.shapes import Area

Point = tuple[float, float]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Wish(NamedTuple):
    """A text to place: its size, its best distance from its line, and what lying below the line costs."""

    width: float
    height: float
    near: float
    above: float


class Places:
    """A plot with its lines and what is already taken."""

    def __init__(self, lines: Sequence[Sequence[Point]], plot: Area, em: float) -> None:
        self.plot, self.em = plot, em
        self._dots, self._owner = dotted(lines, em)
        self._alone = _alone(self._dots, self._owner, em)
        self._taken: list[Area] = []

    def take(self, area: Area) -> None:
        """Keep names off an area."""
        self._taken.append(area)

    def beside_point(self, wish: Wish, point: Point) -> Area:
        """The best place for the name of one point of a line. Raises RenderError."""
        here = (self._dots == point).all(axis=1)
        return self._best(wish, here, np.zeros_like(here))

    def beside_line(self, wish: Wish, line: int) -> Area:
        """The best place for the name of a line, where it runs alone if it does. Raises RenderError."""
        own = self._owner == line
        alone = own & self._alone
        return self._best(wish, alone if alone.any() else own, ~own)

    def _best(self, wish: Wish, own: Flags, others: Flags) -> Area:
        """Of a raster of places in the plot, the one nearest to the wish and clear of all else; it is then taken.

        `own` and `others` say which points of the lines to stand beside and
        which not to stand nearer to. Where nothing is clear, the least bad
        place is taken: the white backing keeps the text readable.
        """
        plot, em, dots = self.plot, self.em, self._dots
        width, height = wish.width, wish.height
        if width > plot.width:
            raise RenderError("A name in the cash chart is wider than the chart; use a shorter one.")
        columns = np.arange(plot.x + plot.width - width, plot.x - 1e-9, -em)
        rows = np.arange(plot.y, plot.y + plot.height - height, em / 2)
        x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
        distances = _distances(x, y, wish, dots)
        nearest = distances[:, own].argmin(axis=1)
        to_own = distances[:, own].min(axis=1)
        cost = np.abs(to_own - wish.near)
        cost += np.where(y + height > dots[own][nearest, 1], wish.above, 0)
        cost += 20 * em * (distances < 0.3 * em).sum(axis=1)
        if others.any():
            cost += np.where(distances[:, others].min(axis=1) < to_own + 0.3 * em, 3 * em, 0)
        for area in self._taken:
            apart = (x >= area.x + area.width + 0.4 * em) | (x + width + 0.4 * em <= area.x)
            apart |= (y >= area.y + area.height + 0.1 * em) | (y + height + 0.1 * em <= area.y)
            cost += np.where(apart, 0, 1000 * em)
        cost += 0.03 * (plot.x + plot.width - x - width)  # names stand toward the end of their line
        best = int(np.argmin(np.round(cost, 6)))
        spot = Area(float(x[best]), float(y[best]), width, height)
        self.take(spot)
        return spot


def _distances(x: Floats, y: Floats, wish: Wish, points: Floats) -> Floats:
    """Distance of each rectangle (left x, top y) to each point; 0 inside. Shape (rectangles, points)."""
    px, py = points[:, 0], points[:, 1]
    across = np.maximum(0, np.maximum(x[:, None] - px, px - (x[:, None] + wish.width)))
    down = np.maximum(0, np.maximum(y[:, None] - py, py - (y[:, None] + wish.height)))
    return np.asarray(np.sqrt(across * across + down * down), dtype=np.float64)


def dotted(lines: Sequence[Sequence[Point]], gap: float) -> tuple[Floats, NDArray[np.intp]]:
    """Points along all lines, no farther apart than `gap`, and the number of the line of each."""
    parts, owner = [], []
    for index, points in enumerate(lines):
        own = [np.array(points[:1])]
        for start, end in pairwise(points):
            count = max(1, math.ceil(math.dist(start, end) / gap))
            own.append(np.linspace(start, end, count + 1)[1:])
        parts.append(np.concatenate(own))
        owner.append(np.full(len(parts[-1]), index, dtype=np.intp))
    return np.concatenate(parts), np.concatenate(owner)


def _alone(dots: Floats, owner: NDArray[np.intp], em: float) -> Flags:
    """Whether a point has no point of another line near it: where lines run together a name is ambiguous."""
    gaps = dots[:, None, :] - dots[None]
    near = (gaps * gaps).sum(axis=2) <= em * em
    crowded = (near & (owner[:, None] != owner)).any(axis=1)
    return np.asarray(~crowded, dtype=np.bool_)

"""Where names can stand beside their lines, covering neither lines nor each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calculator.errors import RenderError
from calculator.render.charts.shapes import Area, Point

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
        x = np.arange(plot.x + plot.width - width, plot.x - 1e-9, -em)
        y = np.arange(plot.y, plot.y + plot.height - height, em / 2)[:, None]
        # Squares of distances from each place to each point. Shape (rows, columns, points).
        squares = _gaps(y, height, dots[:, 1])[..., None, :] + _gaps(x[:, None], width, dots[:, 0])
        to_own = squares[..., own]
        nearest = to_own.argmin(axis=-1)
        distance = np.sqrt(to_own.min(axis=-1))
        cost = np.abs(distance - wish.near)
        cost += np.where(y + height > dots[own, 1][nearest], wish.above, 0)
        cost += 20 * em * (squares < (0.3 * em) ** 2).sum(axis=-1)
        if others.any():
            to_others = np.sqrt(squares[..., others].min(axis=-1))
            cost += np.where(to_others < distance + 0.3 * em, 3 * em, 0)
        for area in self._taken:
            apart = (x >= area.x + area.width + 0.4 * em) | (x + width + 0.4 * em <= area.x)
            below = (y >= area.y + area.height + 0.1 * em) | (y + height + 0.1 * em <= area.y)
            cost += np.where(apart | below, 0, 1000 * em)
        cost += 0.03 * (plot.x + plot.width - x - width)  # names stand toward the end of their line
        row, column = np.unravel_index(np.argmin(np.round(cost, 6)), cost.shape)
        spot = Area(float(x[column]), float(y[row, 0]), width, height)
        self.take(spot)
        return spot


def _gaps(starts: Floats, length: float, points: Floats) -> Floats:
    """Squares of the gaps along one axis between spans (as a column) and points; 0 inside a span."""
    gaps = np.maximum(0, np.maximum(starts - points, points - (starts + length)))
    return np.asarray(gaps * gaps, dtype=np.float64)


def dotted(lines: Sequence[Sequence[Point]], gap: float) -> tuple[Floats, NDArray[np.intp]]:
    """Points along all lines, no farther apart than `gap`, and the number of the line of each."""
    dots: list[Point] = []
    owner: list[int] = []
    for index, points in enumerate(lines):
        dots.append(points[0])
        for start, end in pairwise(points):
            count = max(1, math.ceil(math.dist(start, end) / gap))
            steps = (((end[0] - start[0]) / count), (end[1] - start[1]) / count)
            dots += ((start[0] + k * steps[0], start[1] + k * steps[1]) for k in range(1, count))
            dots.append(end)
        owner += [index] * (len(dots) - len(owner))
    return np.array(dots), np.array(owner, dtype=np.intp)


def _alone(dots: Floats, owner: NDArray[np.intp], em: float) -> Flags:
    """Whether a point has no point of another line near it: where lines run together a name is ambiguous."""
    x, y = dots.T
    across, down = x[:, None] - x, y[:, None] - y
    near = across * across + down * down <= em * em
    crowded = (near & (owner[:, None] != owner)).any(axis=1)
    return np.asarray(~crowded, dtype=np.bool_)

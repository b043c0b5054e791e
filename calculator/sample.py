"""Works a run out over its draws: in chunks that stay near the processor, in parts of bounded memory.

Chunks come one after the other. Two threads were no quicker: an operation on
one chunk takes about as long as the interpreter needs to pass from one to the
other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from calculator.blocks import Run
from calculator.drawn import Drawn
from calculator.inputs import KEPT_DRAWS, PART, Normals, Stretch

Array = NDArray[np.float64]
T = TypeVar("T")
# Draws worked out together.
CHUNK = 5_000
# What a figure is in some draws: dollars (draws,) or (rows, draws); None where it is 0.
Figure = Callable[[Drawn], Array | None]
# Called with the draws done so far and their number.
Progress = Callable[[int, int], None]


class Sample:
    """The draws of one run. `keep` keeps the lines of a short one for whoever asks next."""

    def __init__(
        self, run: Run, draws: int, seed: int, *, keep: bool = False, progress: Progress | None = None
    ) -> None:
        self.run, self.draws, self.seed = run, draws, seed
        self._keep, self._progress = keep and draws <= KEPT_DRAWS, progress
        self._kept: dict[int, Drawn] = {}

    def each(self, work: Callable[[Drawn], T]) -> Iterator[tuple[int, list[T]]]:
        """For one part after the other: its number of draws, and what `work` makes of each of its chunks."""
        for part, start in enumerate(range(0, self.draws, PART)):
            size = min(PART, self.draws - start)
            normals = Normals(draws=size, seed=self.seed, part=part)
            yield size, [work(self._chunk(normals, first)) for first in range(0, size, CHUNK)]
            if self._progress is not None and self.draws > PART:
                self._progress(start + size, self.draws)

    def _chunk(self, normals: Normals, first: int) -> Drawn:
        kept = self._kept.get(first)
        if kept is not None:
            return kept
        drawn = Drawn(self.run, Stretch(normals, slice(first, first + CHUNK)))
        if self._keep:
            self._kept[first] = drawn
        return drawn

    def of(self, figure: Figure) -> Array:
        """A figure in every draw. Shape (draws,)."""

        def of_chunk(drawn: Drawn) -> Array:
            found = figure(drawn)
            return np.zeros(drawn.normals.draws) if found is None else found

        return np.concatenate([array for _, chunks in self.each(of_chunk) for array in chunks])

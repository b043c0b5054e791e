"""One pass whose first axis is a grid: each row moves one input, or holds one figure at a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.answers.passes import Passes
from calculator.costs.context import Context
from calculator.costs.evaluate import Evaluator
from calculator.drawn import Drawn
from calculator.inputs import Assumptions, Normals
from calculator.line import Origin

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """Gross cost and net as announced of the proposed option, in dollars over the horizon. Shape (rows,)."""

    gross: Array
    net: Array


class GridNormals(Normals):
    """Deviates by row; an input that no row moves stays at its median."""

    def __init__(self, rows: int, moved: Mapping[str, Sequence[tuple[slice, Array]]]) -> None:
        super().__init__(draws=rows)
        self._columns = {input_id: self._column(parts) for input_id, parts in moved.items()}

    def _column(self, parts: Sequence[tuple[slice, Array]]) -> Array:
        column = np.zeros((self.draws, 1))
        for rows, deviates in parts:
            column[rows, 0] = deviates
        return column

    def of(self, input_id: str) -> Any:
        """The deviates of one input: shape (rows, 1), or 0."""
        return self._columns.get(input_id, 0.0)


class _GridEvaluator(Evaluator):
    """Holds a figure at given values in some rows, whatever it is worked out from."""

    def __init__(
        self,
        assumptions: Assumptions,
        context: Context,
        normals: Normals,
        held: Mapping[Origin, tuple[slice, Array]],
    ) -> None:
        super().__init__(assumptions, context, normals)
        self._held = held

    def _find(self, origin: Origin) -> Any:
        found = super()._find(origin)
        if origin not in self._held:
            return found
        rows, values = self._held[origin]
        shape = (self.normals.draws, len(self.assumptions.periods))
        whole = np.array(np.broadcast_to(found, shape), dtype=np.float64)
        whole[rows] = values[:, None]
        return whole


class Grid:
    """Rows are added first, then run together."""

    def __init__(self) -> None:
        self._rows = 0
        self._moved: dict[str, list[tuple[slice, Array]]] = {}
        self._held: dict[Origin, tuple[slice, Array]] = {}

    def move(self, input_id: str, deviates: Sequence[float]) -> slice:
        """Rows in which one input stands at these deviates, all others at their medians."""
        rows = self._add(len(deviates))
        self._moved.setdefault(input_id, []).append((rows, np.asarray(deviates)))
        return rows

    def hold(self, origin: Origin, values: Array) -> slice:
        """Rows in which a figure has these values in every period."""
        rows = self._add(len(values))
        self._held[origin] = rows, values
        return rows

    def _add(self, count: int) -> slice:
        rows = slice(self._rows, self._rows + count)
        self._rows += count
        return rows

    @property
    def normals(self) -> GridNormals:
        """The deviates of the rows added so far."""
        return GridNormals(self._rows, self._moved)

    def run(self, passes: Passes) -> Outcome:
        """The proposed option in every row."""
        drawn = Drawn(passes.central.run, self.normals, partial(_GridEvaluator, held=self._held))
        money = passes.sums.case("announced").receipts(drawn)
        gross = np.zeros(self._rows) if money.costs.cash is None else money.costs.cash[-1]
        return Outcome(gross, np.zeros(self._rows) if money.total is None else money.total)

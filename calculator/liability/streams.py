"""Random numbers for losses: one stream for each peril and purpose, so that adding one moves no other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.inputs import stream_of

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Streams:
    """Seeded streams of `draws` values, each keyed by name; `part` numbers the stretch of a long run.

    The same seed, name and part always give the same values.
    """

    seed: int
    draws: int
    part: int = 0

    def normals(self, name: str) -> Array:
        """Standard normals. Shape (draws,)."""
        return stream_of(self.seed, name, self.part).standard_normal(self.draws)

    def exponentials(self, name: str) -> Array:
        """Exponentials with mean 1. Shape (draws,)."""
        return stream_of(self.seed, name, self.part).standard_exponential(self.draws)

    def uniforms(self, name: str) -> Array:
        """Uniforms from 0 to 1. Shape (draws,)."""
        return stream_of(self.seed, name, self.part).random(self.draws)

    def gammas(self, name: str, shape: float) -> Array:
        """Gamma variates of a shape, with scale 1. Shape (draws,)."""
        return stream_of(self.seed, name, self.part).standard_gamma(shape, self.draws)

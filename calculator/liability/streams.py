"""Random numbers for losses: one stream for each peril and purpose, so that adding one moves no other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
        return self._generator(name).standard_normal(self.draws)

    def exponentials(self, name: str) -> Array:
        """Exponentials with mean 1. Shape (draws,)."""
        return self._generator(name).standard_exponential(self.draws)

    def uniforms(self, name: str) -> Array:
        """Uniforms from 0 to 1. Shape (draws,)."""
        return self._generator(name).random(self.draws)

    def gammas(self, name: str, shape: float) -> Array:
        """Gamma variates of a shape, with scale 1. Shape (draws,)."""
        return self._generator(name).standard_gamma(shape, self.draws)

    def _generator(self, name: str) -> np.random.Generator:
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        seeds = [self.seed, key, self.part] if self.part else [self.seed, key]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seeds)))

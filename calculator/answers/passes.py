"""The runs of the proposed option that the answers of one estimate share."""

from __future__ import annotations

from functools import cached_property

from calculator.blocks import Run
from calculator.estimate import Composer, Sums
from calculator.inputs import KEPT_DRAWS, Normals
from calculator.result import Estimate
from calculator.sample import Sample


class Passes:
    """One estimate with its proposed option at the medians and in draws; each is run when first asked for."""

    def __init__(self, base: Estimate) -> None:
        self.base = base

    @cached_property
    def central(self) -> Composer:
        """The proposed option at the medians."""
        return Composer(Run(self.base.scenario, self.base.edition), only_proposed=True)

    @cached_property
    def sums(self) -> Sums:
        """The sums of the proposed option at the medians."""
        return self.central.sums(self.base.proposed.id)

    @cached_property
    def sample(self) -> Sample | None:
        """The draws of the estimate; None where it has none."""
        if not self.base.draws:
            return None
        return Sample(self.central.run, self.base.draws, self.base.seed, keep=True)

    @cached_property
    def few(self) -> Sample | None:
        """The draws, or a sample of its own that is kept where they are too many to keep."""
        if self.base.draws <= KEPT_DRAWS:
            return self.sample
        return Sample(self.central.run, KEPT_DRAWS, self.base.seed, keep=True)

    def fixed(self, deviate: float) -> Normals:
        """Every input at one deviate."""
        return self.central.run.fixed(deviate)

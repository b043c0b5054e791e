"""The runs of the proposed option that the answers of one estimate share."""

from __future__ import annotations

from functools import cached_property

from calculator.blocks import MakeEvaluator, Run
from calculator.costs.evaluate import Evaluator
from calculator.estimate import Composer, Sums
from calculator.inputs import Normals
from calculator.result import Estimate


class Passes:
    """One estimate with its proposed option at the medians and in draws; each is run when first asked for."""

    def __init__(self, base: Estimate) -> None:
        self.base = base

    @cached_property
    def central(self) -> Composer:
        """The proposed option at the medians."""
        return Composer(Run(self.base.scenario, self.base.edition, Normals()), only_proposed=True)

    @cached_property
    def sums(self) -> Sums:
        """The sums of the proposed option at the medians."""
        return self.central.sums(self.base.proposed.id)

    @cached_property
    def drawn(self) -> Composer | None:
        """The proposed option with the draws of the estimate; None where it has none."""
        if not self.base.draws:
            return None
        return self.over(Normals(draws=self.base.draws, seed=self.base.seed))

    @cached_property
    def drawn_sums(self) -> Sums | None:
        """The sums of the proposed option with draws; None where there are none."""
        return None if self.drawn is None else self.drawn.sums(self.base.proposed.id)

    def fixed(self, deviate: float) -> Normals:
        """Every input at one deviate."""
        return self.central.run.fixed(deviate)

    def over(self, normals: Normals, evaluator: MakeEvaluator = Evaluator) -> Composer:
        """The proposed option over other deviates, beside the same central figures."""
        return Composer(self.central.run.over(normals, evaluator), only_proposed=True)

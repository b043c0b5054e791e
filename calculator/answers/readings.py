"""Readings varied one at a time, with the gap each makes.

Readings, cases and perspectives are never drawn and never blended: each is
varied alone from the default, and the gap is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from calculator.answers.passes import Passes
from calculator.blocks import CENTS
from calculator.costs.context import Context
from calculator.drawn import Array, Drawn
from calculator.editions.schema import Choice, Reading
from calculator.estimate import CaseMoney, Composer, Sums
from calculator.options import Option, announced_choices, build, choices_of
from calculator.percentiles import Percentiles, certain
from calculator.result import Spread
from calculator.sample import Sample

# Choices whose readings get ranges from the draws; the others are central figures.
RANGED = ("salary",)


@dataclass(frozen=True)
class OptionGap:
    """One reading of a choice: receipts and net of the proposed option under it, over the horizon, and the gap."""

    reading: Reading
    is_default: bool
    chosen: bool
    receipts: float
    net: Spread
    gap: float  # net under this reading less net under the default, dollars over the horizon


@dataclass(frozen=True)
class ChoiceGap:
    """A reading or perspective with the gap of each of its options."""

    choice: Choice
    options: tuple[OptionGap, ...]

    @property
    def widest(self) -> float:
        """The largest gap between any two options, in dollars."""
        nets = [option.net.central for option in self.options]
        return round(max(nets) - min(nets), 2)


def reading_gaps(passes: Passes, *, ranged: tuple[str, ...] = RANGED) -> tuple[ChoiceGap, ...]:
    """Vary every reading and perspective that touches the proposed option, one at a time.

    Net is as announced: paid in full and on time. Choices named in `ranged`
    get ranges from the run's draws; the others are central figures only. A
    choice without any effect here is left out.
    """
    base = passes.base
    scenario, edition = base.scenario, base.edition
    chosen = choices_of(scenario, edition)
    models = {edition.models[model].terms_of for model in base.proposed.option.models}
    variations = _Variations(passes.central)
    found = []
    for choice in edition.choices.values():
        if choice.models is not None and not models & set(choice.models):
            continue
        varied = variations.of(choice)
        receipts = {each: int(sums.case("announced").received.sum()) for each, sums in varied.items()}
        net = {each: int(sums.cash.sum()) - receipts[each] for each, sums in varied.items()}
        if len(set(net.values())) == 1:
            continue
        nets = (
            _ranges(passes.sample, varied)
            if choice.key in ranged and passes.sample is not None
            else {each: certain(cents) for each, cents in net.items()}
        )
        options = tuple(
            OptionGap(
                reading=reading,
                is_default=reading.id == choice.default,
                chosen=chosen[choice.key] == reading.id,
                receipts=receipts[reading.id] / CENTS,
                net=nets[reading.id],
                gap=(net[reading.id] - net[choice.default]) / CENTS,
            )
            for reading in choice.options
        )
        found.append(ChoiceGap(choice, options))
    return tuple(found)


def _ranges(sample: Sample, varied: Mapping[str, Sums]) -> dict[str, Spread]:
    """Net of the proposed option as announced under each reading of a choice, with ranges from the run's draws."""
    percentiles = Percentiles(sample)
    pending = {
        reading: percentiles.spread(int((sums.cash - money.received).sum()), partial(_net, money))
        for reading, sums in varied.items()
        for money in (sums.case("announced"),)
    }
    return {reading: build_spread() for reading, build_spread in pending.items()}


def _net(money: CaseMoney, drawn: Drawn) -> Array | None:
    return money.receipts(drawn).total


class _Variations:
    """The proposed option with one choice varied; readings that come to the same are added up once."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        scenario, edition = composer.run.scenario, composer.run.edition
        self._chosen, self._announced = choices_of(scenario, edition), announced_choices(scenario, edition)
        self._options: dict[frozenset[tuple[str, str]], Option] = {}
        self._sums: dict[tuple[tuple[Context, ...], tuple[Context, ...]], Sums] = {}

    def of(self, choice: Choice) -> dict[str, Sums]:
        """The sums under each reading of a choice."""
        return {reading.id: self._under({choice.key: reading.id}) for reading in choice.options}

    def _under(self, varied: dict[str, str]) -> Sums:
        option, announced = self._option(self._chosen | varied), self._option(self._announced | varied)
        key = (option.contexts, announced.contexts)
        if key not in self._sums:
            self._sums[key] = Sums(self._composer, option, announced)
        return self._sums[key]

    def _option(self, choices: dict[str, str]) -> Option:
        key = frozenset(choices.items())
        if key not in self._options:
            run = self._composer.run
            (self._options[key],) = build(
                run.scenario, run.edition, run.calendar, choices, only_proposed=True
            )
        return self._options[key]

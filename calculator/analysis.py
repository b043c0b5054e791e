"""What would change the answer: readings varied one at a time, and inputs moved from low to high.

Readings, cases and perspectives are never drawn and never blended: each is
varied alone from the default, and the gap is printed. Inputs are moved in one
pass whose first axis is a grid of deviates instead of draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calculator.blocks import CENTS, Run, dollars
from calculator.costs.cash import Terms, deepest, received
from calculator.costs.context import Context
from calculator.editions.schema import Choice, Reading
from calculator.estimate import Composer, Sums, less
from calculator.inputs import NORMAL_P90, Normals
from calculator.options import Option, announced_choices, build, choices_of
from calculator.percentiles import Percentiles, certain
from calculator.result import Estimate, Spread


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


@dataclass(frozen=True)
class Driver:
    """One uncertain input: gross cost of the proposed option with it at its low and at its high."""

    input_id: str
    label: str
    unit: str
    low_value: float
    high_value: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """The difference in dollars between the two ends."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class LatePayment:
    """Announced payments that come this many months after the work: paid and not got back by month, and its peak."""

    lag_months: int
    paid_and_not_back: tuple[float, ...]
    deepest: float


def at_medians(base: Estimate) -> Composer:
    """The proposed option at the medians, for every analysis of one estimate."""
    return Composer(Run(base.scenario, base.edition, Normals()), only_proposed=True)


def reading_gaps(
    base: Estimate, central: Composer, *, ranged: tuple[str, ...] = ("salary",)
) -> tuple[ChoiceGap, ...]:
    """Vary every reading and perspective that touches the proposed option, one at a time.

    Net is as announced: paid in full and on time. Choices named in `ranged`
    get ranges from the run's draws; the others are central figures only. A
    choice without any effect here is left out.
    """
    scenario, edition = base.scenario, base.edition
    chosen = choices_of(scenario, edition)
    models = {edition.models[model].terms_of for model in base.proposed.option.models}
    variations = _Variations(central)
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
            _ranges(base, choice)
            if choice.key in ranged and base.draws
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


def _ranges(base: Estimate, choice: Choice) -> dict[str, Spread]:
    """Net of the proposed option as announced under each reading of a choice, with ranges from the run's draws."""
    run = Run(base.scenario, base.edition, Normals(draws=base.draws, seed=base.seed))
    percentiles = Percentiles()
    pending = {}
    for reading, sums in _Variations(Composer(run, only_proposed=True)).of(choice).items():
        money = sums.case("announced")
        columns = less(sums.columns_cash, money.columns_received)
        drawn = None if columns is None else columns[-1]
        pending[reading] = percentiles.spread(int((sums.cash - money.received).sum()), drawn)
    return {reading: build_spread() for reading, build_spread in pending.items()}


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


def late_payment(base: Estimate, central: Composer) -> LatePayment:
    """The announced claims of the proposed option, paid at the edition's expected lag: a stress, medians only."""
    announced, later = central.terms("announced").lag_months, round(central.number("receipts.lag_months"))
    lag = max(later, announced + 1)
    sums = central.sums(base.proposed.id)
    back = received(sums.case("announced").claimed, Terms("late", 1.0, 0.0, lag))
    peak, _ = deepest(sums.cash, back)
    return LatePayment(lag, dollars(np.cumsum(sums.cash - back)), int(peak) / CENTS)


class _Grid(Normals):
    """One input at a time at its low and its high: row 2k and 2k + 1 move the input k."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(draws=2 * len(ids))
        self._rows = {each: 2 * index for index, each in enumerate(ids)}

    def of(self, input_id: str) -> Any:
        column = np.zeros((self.draws, 1))
        row = self._rows.get(input_id)
        if row is not None:
            column[row], column[row + 1] = -NORMAL_P90, NORMAL_P90
        return column


def drivers(base: Estimate, central: Composer, most: int = 8) -> tuple[Driver, ...]:
    """The inputs that move gross cost (budget view) of the proposed option most, strongest first."""
    uncertain = _uncertain_inputs(base, central.run)
    ids = tuple(uncertain)
    if not ids:
        return ()
    run = Run(base.scenario, base.edition, _Grid(ids))
    composer = Composer(run, only_proposed=True)
    sums = composer.sums(base.proposed.id)
    if sums.columns_cash is None:
        return ()
    totals = sums.columns_cash[-1]
    found = [
        Driver(each, label, unit, low, high, float(totals[2 * index]), float(totals[2 * index + 1]))
        for index, (each, (label, unit, low, high)) in enumerate(uncertain.items())
    ]
    moving = [driver for driver in found if round(driver.swing * CENTS) > 0]
    return tuple(sorted(moving, key=lambda driver: (-driver.swing, driver.input_id))[:most])


def _uncertain_inputs(base: Estimate, run: Run) -> Mapping[str, tuple[str, str, float, float]]:
    found: dict[str, tuple[str, str, float, float]] = {}
    words = choices_of(base.scenario, base.edition)
    models = [context.model for context in base.proposed.option.contexts]
    for parameter in base.edition.parameters.values():
        if parameter.reserved_for:
            continue
        for model in models:
            resolved = run.assumptions.resolve(parameter.id, model, words)
            if resolved.uncertain:
                low, high = (
                    float(np.ravel(run.assumptions.values(resolved, Normals(deviate=deviate)))[0])
                    for deviate in (-NORMAL_P90, NORMAL_P90)
                )
                found[parameter.id] = (parameter.label, parameter.unit, low, high)
                break
    return found

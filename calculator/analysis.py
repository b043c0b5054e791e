"""What would change the answer: readings varied one at a time, and inputs moved from low to high.

Readings, cases and perspectives are never drawn and never blended: each is
varied alone from the default, and the gap is printed. Inputs are moved in one
pass whose first axis is a grid of deviates instead of draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calculator.blocks import CENTS, Run
from calculator.editions.schema import Choice, Reading
from calculator.estimate import Composer, Sums, estimate, less
from calculator.inputs import NORMAL_P90, Normals
from calculator.options import announced_choices, build, choices_of
from calculator.result import Estimate, Series


@dataclass(frozen=True)
class OptionGap:
    """One reading of a choice: receipts and net of the proposed option under it, and the gap."""

    reading: Reading
    is_default: bool
    chosen: bool
    receipts: Series
    net: Series
    gap: float  # net under this reading less net under the default, dollars over the horizon


@dataclass(frozen=True)
class ChoiceGap:
    """A reading or perspective with the gap of each of its options."""

    choice: Choice
    options: tuple[OptionGap, ...]

    @property
    def widest(self) -> float:
        """The largest gap between any two options, in dollars."""
        nets = [option.net.total.central for option in self.options]
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


def reading_gaps(base: Estimate, *, ranged: tuple[str, ...] = ("salary",)) -> tuple[ChoiceGap, ...]:
    """Vary every reading and perspective that touches the proposed option, one at a time.

    Net is as announced: paid in full and on time. Choices named in `ranged`
    get ranges from the run's draws; the others are central figures only. A
    choice without any effect here is left out.
    """
    scenario, edition = base.scenario, base.edition
    central = Composer(Run(scenario, edition, Normals()), only_proposed=True)
    drawn = Composer(Run(scenario, edition, Normals(draws=base.draws, seed=base.seed)), only_proposed=True)
    chosen = choices_of(scenario, edition)
    models = {edition.models[model].terms_of for model in base.proposed.option.models}
    found = []
    for choice in edition.choices.values():
        if choice.models is not None and not models & set(choice.models):
            continue
        composer = drawn if choice.key in ranged and base.draws else central
        pending = {reading.id: _under(composer, choice, reading.id) for reading in choice.options}
        nets = {each: build() for each, build in pending.items()}
        default = nets[choice.default][1].total.central
        options = tuple(
            OptionGap(
                reading=reading,
                is_default=reading.id == choice.default,
                chosen=chosen[choice.key] == reading.id,
                receipts=nets[reading.id][0],
                net=nets[reading.id][1],
                gap=round(nets[reading.id][1].total.central - default, 2),
            )
            for reading in choice.options
        )
        gap = ChoiceGap(choice, options)
        if gap.widest > 0:
            found.append(gap)
    return tuple(found)


def _under(composer: Composer, choice: Choice, reading: str) -> Callable[[], tuple[Series, Series]]:
    """Receipts and net of the proposed option under one reading; built once all percentiles are known."""
    scenario, edition, calendar = composer.run.scenario, composer.run.edition, composer.run.calendar
    varied = {choice.key: reading}
    (option,), (announced,) = (
        build(scenario, edition, calendar, choices | varied, only_proposed=True)
        for choices in (choices_of(scenario, edition), announced_choices(scenario, edition))
    )
    sums = Sums(composer, option, announced)
    money = sums.case("announced")
    receipts = composer.percentiles.series(composer.printed(money.received), money.columns_received)
    columns = less(sums.columns_cash, money.columns_received)
    net = composer.percentiles.series(composer.printed(sums.cash - money.received), columns)
    return lambda: (receipts(), net())


def late_payment(base: Estimate) -> Estimate:
    """The proposed option as announced, but paid at the edition's expected lag: a stress, medians only."""
    composer = Composer(Run(base.scenario, base.edition, Normals()), only_proposed=True)
    announced, later = composer.terms("announced").lag_months, round(composer.number("receipts.lag_months"))
    changed = base.scenario.paid_as_announced(max(later, announced + 1))
    return estimate(changed, base.edition, draws=0, only_proposed=True)


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


def drivers(base: Estimate, most: int = 8) -> tuple[Driver, ...]:
    """The inputs that move gross cost (budget view) of the proposed option most, strongest first."""
    uncertain = _uncertain_inputs(base)
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


def _uncertain_inputs(base: Estimate) -> Mapping[str, tuple[str, str, float, float]]:
    found: dict[str, tuple[str, str, float, float]] = {}
    run = Run(base.scenario, base.edition, Normals())
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

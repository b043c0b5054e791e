"""The lines of each context, computed once and added up into blocks that options share.

Everything here is at the medians, in whole cents by month. `drawn` works the
same lines out over other deviates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS, Periods, spread_years
from calculator.costs import all_lines
from calculator.costs.context import Context, Partner
from calculator.costs.evaluate import Evaluator, Explainer, depends_on
from calculator.editions import Edition
from calculator.inputs import NORMAL_P90, Assumptions, Normals, change_months
from calculator.line import LineSpec
from calculator.scenario import Scenario

Array = NDArray[np.float64]
Cents = NDArray[np.int64]
CENTS = 100
# A line in one variant, the words it depends on, and with whom it shares the cases.
LineKey = tuple[int, tuple[str | None, ...], Partner | None]


@dataclass(frozen=True)
class ModelLine:
    """A line of one context.

    `central` is dollars by period, `profile` the share of each period's amount
    that falls in each month (periods, months).
    """

    spec: LineSpec
    context: Context
    central: Array
    by_year: Cents
    by_month: Cents
    profile: Array
    base: Cents | None

    @cached_property
    def dollars_by_period(self) -> tuple[float, ...]:
        """The central amounts before rounding."""
        return tuple(self.central.tolist())

    @cached_property
    def dollars_by_year(self) -> tuple[float, ...]:
        """Dollars of whole cents, for each fiscal year."""
        return dollars(self.by_year)

    @cached_property
    def dollars_by_month(self) -> tuple[float, ...]:
        """Dollars of whole cents, for each month."""
        return dollars(self.by_month)


@dataclass(frozen=True)
class Block:
    """The lines of one context added up: cents by month."""

    lines: tuple[ModelLine, ...]
    cash: Cents
    diverted: Cents
    one_time: Cents

    def of_nature(self, *natures: str) -> tuple[ModelLine, ...]:
        """Lines of some natures, in reading order."""
        return tuple(line for line in self.lines if line.spec.nature in natures)


class Run:
    """One scenario under one edition: its calendar, inputs, and the blocks of every context."""

    def __init__(self, scenario: Scenario, edition: Edition) -> None:
        self.scenario, self.edition = scenario, edition
        self.calendar = scenario.calendar(edition)
        self.periods = Periods.of(self.calendar, change_months(scenario, edition))
        self.assumptions = Assumptions(scenario, edition, self.periods)
        # One set of deviates for every context, so that contexts share the values of what they have in common.
        self._fixed: dict[float, Normals] = {}
        self._evaluators: dict[tuple[Context, float], Evaluator] = {}
        self._explainers: dict[Context, Explainer] = {}
        self._blocks: dict[Context, Block] = {}
        self._lines: dict[tuple[Any, ...], dict[LineKey, ModelLine]] = {}
        self._profiles: dict[int, Array] = {}
        self._flat = self.periods.membership.T / self.periods.membership.sum(axis=0)[:, None]

    @cached_property
    def columns(self) -> Array:
        """What is printed of months: each fiscal year, the first 12 months and all. (columns, months)."""
        everything = np.ones(self.calendar.months)
        first = np.arange(self.calendar.months) < MONTHS
        return np.vstack([self.calendar.membership.T, first, everything])

    def evaluator(self, context: Context, deviate: float = 0.0) -> Evaluator:
        """The evaluator of a context at the medians, or at another fixed deviate."""
        key = (context, deviate)
        if key not in self._evaluators:
            self._evaluators[key] = Evaluator(self.assumptions, context, self.fixed(deviate))
        return self._evaluators[key]

    def fixed(self, deviate: float = 0.0) -> Normals:
        """The medians, or every input at another fixed deviate."""
        return self._fixed.setdefault(deviate, Normals(deviate=deviate))

    def explainer(self, context: Context) -> Explainer:
        """What prints the inputs of a context's lines."""
        if context not in self._explainers:
            self._explainers[context] = Explainer(
                self.evaluator(context),
                self.evaluator(context, -NORMAL_P90),
                self.evaluator(context, NORMAL_P90),
            )
        return self._explainers[context]

    def block(self, context: Context) -> Block:
        """The lines of a context and their sums."""
        if context not in self._blocks:
            self._blocks[context] = self._add_up(tuple(self._compute(context)))
        return self._blocks[context]

    def in_cents(self, values: Array, profiles: Array) -> tuple[Cents, Cents]:
        """Round lines to cents for each fiscal year and spread each year over its months.

        Shapes: values (lines, periods), profiles (lines, periods, months); out
        (lines, fiscal years) and (lines, months).
        """
        by_year = np.rint(values @ self.periods.in_year * CENTS).astype(np.int64)
        by_month = (values[:, None, :] @ profiles)[:, 0]
        return by_year, spread_years(by_year, by_month, self.calendar)

    def _compute(self, context: Context) -> list[ModelLine]:
        """The lines of a context, in reading order."""
        words = context.words
        held = self._lines.setdefault((context.model, context.path, context.own_shares), {})
        wanted: dict[LineKey, LineSpec] = {}
        for spec in all_lines():
            if context.scope in spec.scope and (spec.axis is None or words.get(spec.axis) == spec.variant):
                # Contexts that differ only in words a line does not depend on share the line.
                depends = depends_on(self.edition, spec, context.staff)
                partner = context.partner if "case_role" in depends else None
                wanted[id(spec), tuple([words.get(word) for word in depends]), partner] = spec
        missing = {key: spec for key, spec in wanted.items() if key not in held}
        if missing:
            held.update(zip(missing, self._new_lines(context, list(missing.values())), strict=True))
        return [held[key] for key in wanted]

    def _new_lines(self, context: Context, specs: list[LineSpec]) -> Iterable[ModelLine]:
        central = self.evaluator(context)
        values = np.array([central.line(spec) for spec in specs])
        profiles = [self._profile(central.monthly_quantities()[spec.profile]) for spec in specs]
        cents = zip(*self.in_cents(values, np.array(profiles)), strict=True)
        for spec, amounts, profile, (by_year, by_month) in zip(specs, values, profiles, cents, strict=True):
            base = None
            if spec.base is not None:
                base = np.rint(central.claim_base(spec) @ self.periods.in_year * CENTS).astype(np.int64)
            yield ModelLine(spec, context, amounts, by_year, by_month, profile, base)

    def _profile(self, by_month: Array) -> Array:
        """The share of each period's amount that falls in each month: by a quantity, or evenly where it is 0."""
        key = id(by_month)
        if key not in self._profiles:
            parts = self.periods.membership.T * by_month
            sums = parts.sum(axis=1, keepdims=True)
            self._profiles[key] = np.divide(parts, sums, out=self._flat.copy(), where=sums > 0)
        return self._profiles[key]

    def _add_up(self, lines: tuple[ModelLine, ...]) -> Block:
        cash = [line for line in lines if line.spec.nature == "cash"]
        one_time = [line for line in cash if line.spec.timing == "one-time"]
        diverted = [line for line in lines if line.spec.nature == "diverted"]
        return Block(
            lines=lines,
            cash=self._months(cash),
            diverted=self._months(diverted),
            one_time=self._months(one_time),
        )

    def _months(self, lines: list[ModelLine]) -> Cents:
        total = np.zeros(self.calendar.months, dtype=np.int64)
        for line in lines:
            total += line.by_month
        return total


def dollars(cents: Cents) -> tuple[float, ...]:
    """Whole cents as dollars."""
    return tuple((cents / CENTS).tolist())

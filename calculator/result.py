"""The frozen result that every face renders: page, PDF, CSV, workbook, JSON.

Money is in dollars as floats that are whole cents in the central pass. `Spread`
always holds the 10th, 50th (all inputs at their medians) and 90th percentile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from calculator.calendar import Calendar, Month, Periods
from calculator.costs.cash import Terms
from calculator.editions import Edition
from calculator.inputs import Input
from calculator.liability.losses import Liability
from calculator.line import LineSpec
from calculator.options import Option
from calculator.scenario import Scenario


@dataclass(frozen=True)
class Spread:
    """Low, central and high: they always stand together."""

    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Series:
    """One figure over time: each fiscal year, the first 12 months, the whole horizon.

    `median_total` is the middle of the simulated totals; `total.central` is the
    total with all inputs at their medians. The two need not agree.
    """

    by_fiscal_year: tuple[Spread, ...]
    first_12_months: Spread
    total: Spread
    median_total: float


@dataclass(frozen=True)
class Line:
    """One line of one model (or "shared", or "option") with its working.

    For receipts `by_fiscal_year` is what is received in the year, `claimed`
    what is claimed for work in it, and `base` the most that could be.
    """

    spec: LineSpec
    model: str
    explain: Callable[[], tuple[Input, ...]] = field(repr=False, compare=False)
    by_period: tuple[float, ...]
    by_fiscal_year: tuple[float, ...]
    by_month: tuple[float, ...]
    total: Spread
    claimed: tuple[float, ...] | None = None
    base: tuple[float, ...] | None = None

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs as printed, worked out when first asked for."""
        return self.explain()

    @property
    def id(self) -> str:
        """The line's id, such as "training.backfill"."""
        return self.spec.id

    @property
    def label(self) -> str:
        """The line's words."""
        return self.spec.label

    @property
    def formula(self) -> str:
        """The executed expression, written out."""
        return str(self.spec.formula.expression)


@dataclass(frozen=True)
class Cash:
    """Money by month in one case, and what it means for the county's purse.

    `claimed` is what was received, what is still due (`unpaid_at_end`), and
    `disallowed`: refused or never paid.
    """

    costs_by_month: tuple[float, ...]
    received_by_month: tuple[float, ...]
    deepest: Spread
    deepest_month: Month
    peak_unpaid_claims: Spread
    unpaid_at_end: Spread
    claimed: float
    disallowed: float
    unpaid_by_fiscal_year: tuple[float, ...]

    @property
    def paid_and_not_back(self) -> tuple[float, ...]:
        """Cumulative cost less receipts by month, as paid and not got back."""
        total, path = 0.0, []
        for cost, back in zip(self.costs_by_month, self.received_by_month, strict=True):
            total = round(total + cost - back, 2)
            path.append(total)
        return tuple(path)


@dataclass(frozen=True)
class CaseResult:
    """Receipts and net in one case; costs are the same in all."""

    case: str
    terms: Terms
    receipts: Series
    federal_receipts: Series
    state_receipts: Series
    net: Series
    net_full_cost: Series
    net_present_value: Spread
    cash: Cash


@dataclass(frozen=True)
class Load:
    """Program hours a year of one trained officer of a model, in the busiest stretch, and the hours one can work."""

    model: str
    hours: float
    net_work_hours: float
    volume: str  # what its work is worked out from: officers, encounters, jail cases, positions of a unit


@dataclass(frozen=True)
class Hours:
    """Hours of people, by fiscal year: needed, and how they are covered."""

    training: tuple[float, ...]
    training_covered: tuple[float, ...]
    work: tuple[float, ...]
    work_overtime: tuple[float, ...]
    work_hired: tuple[float, ...]
    work_diverted: tuple[float, ...]
    office: tuple[float, ...]
    first_12_months_diverted: float
    diverted_positions: float
    share_of_sworn: float
    training_first: float
    loads: tuple[Load, ...]


@dataclass(frozen=True)
class OptionResult:
    """Everything about one option. An option that is not available holds no figures."""

    option: Option
    lines: tuple[Line, ...]
    memos: tuple[Line, ...]
    gross: Series
    gross_full_cost: Series
    one_time: Series
    recurring: Series
    cases: Mapping[str, CaseResult]
    hours: Hours
    change_from_today: Mapping[str, Spread] | None

    @property
    def id(self) -> str:
        """The option's id, such as "jem+tfm"."""
        return self.option.id

    def memo(self, memo_id: str) -> float:
        """A memo figure over the horizon, all models together; 0 where no model has it."""
        return sum(sum(line.by_fiscal_year) for line in self.memos if line.id == memo_id)


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    A message about dollars has a {} for each of `amounts`: the face that prints it rounds them.
    """

    id: str
    severity: str  # "passed", "warning" or "error"
    message: str
    amounts: tuple[float, ...] = ()

    def words(self, money: Callable[[float], str]) -> str:
        """The message with its amounts as `money` prints them."""
        return self.message.format(*map(money, self.amounts)) if self.amounts else self.message


@dataclass(frozen=True)
class Estimate:
    """One run: the scenario and edition that made it, every option, and the checks that passed."""

    scenario: Scenario
    edition: Edition
    calendar: Calendar
    periods: Periods
    case: str
    options: tuple[OptionResult, ...]
    federal_end: Month | None
    warnings: tuple[str, ...]
    checks: tuple[Finding, ...]
    program_version: str
    draws: int
    seed: int
    simulate: Callable[[], Liability] = field(repr=False, compare=False)
    # Room for what others work out from this run once, and that goes when it goes.
    worked_out: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def liability(self) -> Liability:
        """Litigation losses of every option, drawn when first asked for: a block of its own, in no total."""
        return self.simulate()

    def option(self, option_id: str) -> OptionResult:
        """The option with that id. Raises KeyError."""
        for result in self.options:
            if result.id == option_id:
                return result
        raise KeyError(option_id)

    @property
    def proposed(self) -> OptionResult:
        """The option before the board."""
        return next(result for result in self.options if result.option.proposed)

    @property
    def case_ids(self) -> tuple[str, ...]:
        """The cases computed: none, announced, and expected where the user set it."""
        return tuple(self.proposed.cases)

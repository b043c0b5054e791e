"""Money by draw: lines, flows and receipts of a run over other deviates than the medians.

Everything here is dollars. Only the columns that are printed are worked out:
each fiscal year, the first 12 months and the whole horizon. Money moves by
month in the profiles, which all draws share, and not in the draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calculator.blocks import ModelLine, Run
from calculator.costs.cash import Terms, received
from calculator.costs.context import Context
from calculator.costs.evaluate import Evaluator
from calculator.grants import Grant
from calculator.inputs import Assumptions, Normals

Array = NDArray[np.float64]
Contexts = tuple[Context, ...]
MakeEvaluator = Callable[[Assumptions, Context, Normals], Evaluator]
# Products of draws, periods and months added up together: so few that the library keeps them in this
# thread, near the processor.
PRODUCTS_AT_A_TIME = 200_000


@dataclass(frozen=True)
class Flow:
    """Money by draw and month, as sums by period of lines that fall alike, and how these fall.

    Shapes: sums (draws, periods), profiles (periods, months).
    """

    groups: tuple[tuple[Array, Array], ...] = ()

    @classmethod
    def together(cls, parts: Iterable[tuple[Array, Array]]) -> Flow:
        """Add up what falls alike."""
        sums: dict[int, tuple[Array, Array]] = {}
        for amounts, profile in parts:
            before = sums.get(id(profile))
            sums[id(profile)] = (amounts if before is None else before[0] + amounts, profile)
        return cls(tuple(sums.values()))

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.groups + other.groups)

    def __sub__(self, other: Flow) -> Flow:
        return self + other.moved(np.negative)

    def without_nothing(self) -> Flow:
        """Without the sums that are 0 in every draw."""
        return Flow(tuple(group for group in self.groups if group[0].any()))

    def moved(self, how: Callable[[Array], Array]) -> Flow:
        """The same sums falling otherwise: `how` must be linear in the months."""
        return Flow(tuple((sums, how(profile)) for sums, profile in self.groups))

    def onto(self, weights: Array) -> Array | None:
        """Months weighted and added, by draw: weights (..., months) in, dollars (..., draws) out; None for nothing."""
        return total_of((weights @ profile.T) @ sums.T for sums, profile in self.groups)

    def highest(self) -> Array | None:
        """The highest running sum over the months. Shape (draws,)."""
        if not self.groups:
            return None
        running = np.concatenate([np.cumsum(profile, axis=1) for _, profile in self.groups])
        sums = np.concatenate([sums for sums, _ in self.groups], axis=1)
        highest: Array = np.empty(len(sums))
        height = max(1, PRODUCTS_AT_A_TIME // running.size)
        for start in range(0, len(sums), height):
            rows = slice(start, start + height)
            (sums[rows] @ running).max(axis=1, out=highest[rows])
        return highest


@dataclass(frozen=True, eq=False)
class Settlement:
    """How claims turn into money in one case: `paid` is 1 for months whose work federal money pays."""

    case: str
    terms: Terms
    paid: NDArray[np.int64]
    grant: Grant | None

    @property
    def state_terms(self) -> Terms:
        """A state pays what it owes in full, at the same lag."""
        return Terms(self.case, 1.0, 0.0, self.terms.lag_months)


@dataclass(frozen=True)
class DrawnBlock:
    """The lines of one context added up: cash and claims, and what is printed of costs (columns, draws)."""

    cash: Flow
    claims: Flow
    columns_cash: Array | None
    columns_diverted: Array | None
    columns_one_time: Array | None


class Drawn:
    """One run over some deviates, beside its central figures. `evaluator` makes what computes the lines."""

    def __init__(self, run: Run, normals: Normals, evaluator: MakeEvaluator = Evaluator) -> None:
        self.run, self.normals = run, normals
        self._assumptions, self._make_evaluator = run.assumptions.afresh(), evaluator
        self._evaluators: dict[Context, Evaluator] = {}
        self._lines: dict[int, Array] = {}
        self._added: dict[tuple[int, ...], tuple[Flow, Array | None]] = {}
        self._blocks: dict[Context, DrawnBlock] = {}
        self._costs: dict[Contexts, Costs] = {}
        self._receipts: dict[tuple[Contexts, Contexts, int], Receipts] = {}

    def evaluator(self, context: Context) -> Evaluator:
        """The evaluator of a context over these deviates."""
        if context not in self._evaluators:
            self._evaluators[context] = self._make_evaluator(self._assumptions, context, self.normals)
        return self._evaluators[context]

    def line(self, line: ModelLine) -> Array:
        """A line by draw and period: an array that broadcasts to (draws, periods)."""
        # Contexts share the lines that come to the same.
        if id(line) not in self._lines:
            self._lines[id(line)] = np.asarray(self.evaluator(line.context).compute(line.spec.formula))
        return self._lines[id(line)]

    def total(self, line: ModelLine, weights: Array) -> Array:
        """Periods of a line weighted and added, by draw: weights (periods,) in, dollars (draws,) out."""
        return self._whole(self.line(line)) @ weights

    def block(self, context: Context) -> DrawnBlock:
        """The lines of a context added up."""
        if context not in self._blocks:
            self._blocks[context] = self._add_up(self.run.block(context).lines)
        return self._blocks[context]

    def costs(self, contexts: Contexts) -> Costs:
        """What some contexts cost together."""
        if contexts not in self._costs:
            self._costs[contexts] = Costs(self, contexts)
        return self._costs[contexts]

    def receipts(self, contexts: Contexts, claiming: Contexts, settlement: Settlement) -> Receipts:
        """What comes back of the cost of `contexts`, where `claiming` says what is claimed."""
        key = (contexts, claiming, id(settlement))
        if key not in self._receipts:
            self._receipts[key] = Receipts(self, self.costs(contexts), claiming, settlement)
        return self._receipts[key]

    def _add_up(self, lines: tuple[ModelLine, ...]) -> DrawnBlock:
        cash = [line for line in lines if line.spec.nature == "cash"]
        one_time = [line for line in cash if line.spec.timing == "one-time"]
        diverted = [line for line in lines if line.spec.nature == "diverted"]
        receipts = [line for line in lines if line.spec.nature == "receipt"]
        flow, columns = self._together(cash)
        return DrawnBlock(
            cash=flow,
            claims=self._flow(receipts).without_nothing(),
            columns_cash=columns,
            columns_diverted=self._together(diverted)[1],
            columns_one_time=self._together(one_time)[1],
        )

    def _together(self, lines: list[ModelLine]) -> tuple[Flow, Array | None]:
        """The flow of some lines, and what is printed of it; contexts that differ in receipts share their costs."""
        key = tuple(map(id, lines))
        if key not in self._added:
            flow = self._flow(lines)
            self._added[key] = flow, flow.onto(self.run.columns)
        return self._added[key]

    def _flow(self, lines: Iterable[ModelLine]) -> Flow:
        """The flow of the lines that cost or bring anything."""
        grouped: dict[int, list[ModelLine]] = {}
        for line in lines:
            amounts = self.line(line)
            if amounts.ndim or amounts:
                grouped.setdefault(id(line.profile), []).append(line)
        found = []
        for group in grouped.values():
            total = np.array(self._whole(self.line(group[0])))
            for line in group[1:]:
                total += self.line(line)
            found.append((total, group[0].profile))
        return Flow(tuple(found))

    def _whole(self, amounts: Array) -> Array:
        return np.broadcast_to(amounts, (self.normals.draws, len(self.run.periods)))


class Costs:
    """What some contexts cost together, by draw, as printed: (columns, draws)."""

    def __init__(self, drawn: Drawn, contexts: Contexts) -> None:
        blocks = [drawn.block(context) for context in contexts]
        self.flow = Flow.together(group for block in blocks for group in block.cash.groups)
        self.cash = total_of(block.columns_cash for block in blocks)
        self.full = total_of([self.cash, *(block.columns_diverted for block in blocks)])
        self.one_time = total_of(block.columns_one_time for block in blocks)
        self.recurring = less(self.cash, self.one_time)


class Receipts:
    """Claims and receipts of one case, by draw; columns are (columns, draws), all else (draws,)."""

    def __init__(self, drawn: Drawn, costs: Costs, claiming: Contexts, settlement: Settlement) -> None:
        self.costs, self._columns = costs, drawn.run.columns
        terms, blocks = settlement.terms, [drawn.block(context) for context in claiming]
        claims = Flow.together(group for block in blocks for group in block.claims.groups)
        claims = claims.moved(lambda profile: profile * settlement.paid)
        federal = claims.moved(lambda profile: profile * terms.due_share)
        state = _state(settlement.grant, costs.flow, claims)
        arrived = federal.moved(lambda profile: received(profile, terms))
        from_state = state.moved(lambda profile: received(profile, settlement.state_terms))
        self._back = arrived + from_state
        self._unpaid = Flow(
            tuple(
                (sums, due - came)
                for (sums, due), (_, came) in zip((federal + state).groups, self._back.groups, strict=True)
            )
        )
        self.state = from_state.onto(self._columns)
        self.federal = arrived.onto(self._columns)
        self.all = total_of([self.federal, self.state])

    @cached_property
    def net(self) -> Array | None:
        """Cash less receipts."""
        return less(self.costs.cash, self.all)

    @cached_property
    def net_full(self) -> Array | None:
        """Full cost less receipts."""
        return less(self.costs.full, self.all)

    @property
    def total(self) -> Array | None:
        """Net over the horizon."""
        return None if self.net is None else self.net[-1]

    def present(self, factors: Array) -> Array | None:
        """Net of each month times its factor."""
        return (self.costs.flow - self._back).onto(factors)

    @cached_property
    def deepest(self) -> Array | None:
        """The most the county pays first."""
        if not self._back.groups:
            # Without receipts the most paid and not got back is all of the cost.
            return None if self.costs.cash is None else self.costs.cash[-1]
        deepest = (self.costs.flow - self._back).highest()
        return None if deepest is None else np.maximum(deepest, 0.0)

    @cached_property
    def peak_unpaid(self) -> Array | None:
        """The largest sum of claims due that have not arrived yet."""
        return self._unpaid.highest()

    @cached_property
    def unpaid_at_end(self) -> Array | None:
        """Claims due that have not arrived when the run ends."""
        return self._unpaid.onto(self._columns[-1])


def _state(grant: Grant | None, cash: Flow, claims: Flow) -> Flow:
    """What a state owes for each fiscal year, spread over its months in which the grant runs."""
    gross, yearly = (None, None) if grant is None else (cash.onto(grant.membership.T), grant.membership.T)
    if grant is None or gross is None or yearly is None:
        return Flow()
    federal = claims.onto(yearly)
    owed = grant.claim(gross.T, np.zeros(1) if federal is None else federal.T)
    counts = yearly.sum(axis=1, keepdims=True)
    return Flow(((owed, np.divide(yearly, counts, out=np.zeros_like(yearly), where=counts > 0)),))


def total_of(parts: Iterable[Array | None]) -> Array | None:
    """The sum of the arrays that are there; None where there are none."""
    total: Array | None = None
    for part in parts:
        if part is not None:
            total = part if total is None else total + part
    return total


def less(first: Array | None, second: Array | None) -> Array | None:
    """`first` less `second`; None counts as 0."""
    if first is None or second is None:
        return first if second is None else -second
    return first - second

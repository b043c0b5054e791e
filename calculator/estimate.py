"""estimate(scenario, edition) -> Estimate: the one composition.

The same lines run twice: at the medians, rounded to cents for each fiscal
year, and over seeded draws (`drawn`). Percentiles are taken of totals draw by
draw, and never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from calculator import version
from calculator.blocks import CENTS, Cents, ModelLine, Run, dollars
from calculator.calendar import MONTHS, Month, month_of, spread_years
from calculator.checks import reconcile
from calculator.costs.cash import Terms, deepest, due_cents, peak_unpaid, received
from calculator.costs.context import SHARED_MODEL
from calculator.costs.receipts import option_inputs, state_grants
from calculator.drawn import Contexts, Costs, Drawn, Receipts, Settlement, less
from calculator.editions import Edition, open_edition
from calculator.exposure import liability
from calculator.grants import Grant, grant_of
from calculator.inputs import Normals
from calculator.line import assumed, computed, quantity
from calculator.options import Option, announced_choices, build, choices_of
from calculator.percentiles import Percentiles, certain
from calculator.result import CaseResult, Cash, Estimate, Hours, Line, Load, OptionResult, Spread
from calculator.sample import Figure, Progress, Sample
from calculator.scenario import Scenario

Array = NDArray[np.float64]
CASES = ("none", "announced", "expected")
FEDERAL_WINDOW = "receipts.salary_share"


def estimate(
    scenario: Scenario,
    edition: Edition | None = None,
    *,
    draws: int | None = None,
    only_proposed: bool = False,
    progress: Progress | None = None,
) -> Estimate:
    """Compute one run.

    `edition` defaults to the one the scenario names, or the newest. `draws`
    overrides the scenario's number (0 computes the medians only).
    `only_proposed` leaves out the options it is compared with. `progress` is
    told how many draws are done after each part of a long run. Raises
    ScenarioError for answers that do not fit the edition, and CheckFailed when
    an identity of the model does not hold.
    """
    edition = edition or open_edition(scenario.edition)
    warnings = scenario.check(edition)
    drawn = scenario.simulation.draws if draws is None else draws
    run = Run(scenario, edition)
    composer = Composer(run, only_proposed=only_proposed)
    sample = Sample(run, drawn, scenario.simulation.seed, progress=progress) if drawn else None
    result = Estimate(
        scenario=scenario,
        edition=edition,
        calendar=run.calendar,
        periods=run.periods,
        case=scenario.reimbursement.case,
        options=composer.results(Percentiles(sample)),
        federal_end=federal_end(edition, scenario),
        warnings=tuple(warnings),
        checks=(),
        program_version=version.VERSION,
        draws=drawn,
        seed=scenario.simulation.seed,
        simulate=lambda: liability(run, composer.options, drawn or scenario.simulation.draws),
    )
    return reconcile(result)


def federal_end(edition: Edition, scenario: Scenario) -> Month | None:
    """The last month federal money pays for as published; None when the user assumes renewal."""
    if scenario.reimbursement.renewed:
        return None
    ends = [value.until for value in edition.parameters[FEDERAL_WINDOW].values if value.until]
    return month_of(max(ends)) if ends else None


def federal_start(edition: Edition) -> Month | None:
    """The first month federal money pays for as published; None where no date is."""
    starts = [value.since for value in edition.parameters[FEDERAL_WINDOW].values if value.until]
    return month_of(min(starts)) if starts else None


class Composer:
    """Adds blocks up to options, cases and views."""

    def __init__(self, run: Run, *, only_proposed: bool = False) -> None:
        self.run = run
        scenario, edition = run.scenario, run.edition
        # The announced case follows the published terms, whatever reading the user chose for the expected one.
        chosen, published = choices_of(scenario, edition), announced_choices(scenario, edition)
        self.options = build(scenario, edition, run.calendar, chosen, only_proposed=only_proposed)
        self.announced = self.options
        if published != chosen:
            self.announced = build(scenario, edition, run.calendar, published, only_proposed=only_proposed)
        self.cases = CASES if scenario.has_expected_case else CASES[:2]
        self.grant = grant_of(scenario, edition, run.calendar)

    def sums(self, option_id: str) -> Sums:
        """The sums of one option."""
        pairs = zip(self.options, self.announced, strict=True)
        return next(Sums(self, option, announced) for option, announced in pairs if option.id == option_id)

    def results(self, percentiles: Percentiles) -> tuple[OptionResult, ...]:
        """One result for each option."""
        sums = {option.id: self.sums(option.id) for option in self.options}
        today = sums.get(self.run.scenario.agreement.in_force or "none")
        pending = [OptionBuilder(self, percentiles, each, today) for each in sums.values()]
        return tuple(builder.finish() for builder in pending)

    def terms(self, case: str) -> Terms:
        """How claims turn into money in a case."""
        if case != "expected":
            return Terms(case, 1.0, 0.0, round(self.number("receipts.announced_lag_months")))
        reimbursement = self.run.scenario.reimbursement
        typed = {
            "receipts.paid_share": reimbursement.paid_share,
            "receipts.disallowed_share": reimbursement.disallowed_share,
            "receipts.lag_months": reimbursement.lag_months,
        }
        paid, refused, lag = (self.number(name) if value is None else value for name, value in typed.items())
        return Terms(case, paid, refused, round(lag), reimbursement.stops_after_months)

    def paid_months(self, case: str) -> NDArray[np.int64]:
        """1 for months whose work federal money pays in a case, by the user's end date."""
        ends = self.run.scenario.reimbursement.ends if case == "expected" else None
        return np.array(
            [ends is None or month <= ends for month in self.run.calendar.each_month], dtype=np.int64
        )

    @cached_property
    def every_period(self) -> Array:
        """The weights of a whole horizon. Shape (periods,)."""
        return np.ones(len(self.run.periods))

    @cached_property
    def discount_factors(self) -> Array:
        """Present value of a dollar in the middle of each month. Shape (months,)."""
        middle = (np.arange(self.run.calendar.months) + 0.5) / MONTHS
        factors: Array = (1 + self.number("economics.discount_rate")) ** -middle
        return factors

    def number(self, assumption_id: str) -> float:
        """An assumption that is one number for the whole run."""
        resolved = self.run.assumptions.resolve(assumption_id, "tfm", {})
        return float(np.max(self.run.assumptions.values(resolved, Normals())))

    def by_year(self, by_month: Cents) -> Cents:
        """Cents by fiscal year."""
        by_year: Cents = np.add.reduceat(by_month, self.run.calendar.first_months)
        return by_year

    def printed(self, by_month: Cents) -> list[int]:
        """Cents of each fiscal year, the first 12 months and the total."""
        years: list[int] = self.by_year(by_month).tolist()
        return [*years, int(by_month[:MONTHS].sum()), sum(years)]


class Sums:
    """One option added up from the blocks of its contexts."""

    def __init__(self, composer: Composer, option: Option, announced: Option) -> None:
        self.composer, self.option = composer, option
        run = composer.run
        self.blocks = [run.block(context) for context in option.contexts]
        self.months = run.calendar.months
        self.cash = self.added_cents(block.cash for block in self.blocks)
        self.diverted = self.added_cents(block.diverted for block in self.blocks)
        self.one_time = self.added_cents(block.one_time for block in self.blocks)
        self._claiming: Mapping[str, Contexts] = {
            "none": (),
            "announced": announced.contexts,
            "expected": option.contexts,
        }
        self._cases: dict[str, CaseMoney] = {}

    def added_cents(self, parts: Iterable[Cents]) -> Cents:
        """Months of several figures together."""
        total = np.zeros(self.months, dtype=np.int64)
        for part in parts:
            total += part
        return total

    def claiming(self, case: str) -> Contexts:
        """The contexts whose receipt lines are claimed in a case."""
        return self._claiming[case]

    def costs(self, drawn: Drawn) -> Costs:
        """The same costs by draw."""
        return drawn.costs(self.option.contexts)

    def case(self, case: str) -> CaseMoney:
        """Receipts of one case, computed once."""
        if case not in self._cases:
            self._cases[case] = CaseMoney(self, case)
        return self._cases[case]

    def on_terms(self, terms: Terms) -> CaseMoney:
        """Receipts of the case of these terms, paid on these terms in place of its own."""
        return CaseMoney(self, terms.case, terms)


class CaseMoney:
    """Claims and receipts of one option in one case, in cents by month."""

    def __init__(self, sums: Sums, case: str, terms: Terms | None = None) -> None:
        composer = sums.composer
        self.sums, self.case = sums, case
        self.terms = terms or composer.terms(case)
        grant = composer.grant
        self.grant = grant if grant and grant.applies(sums.option, composer.run.edition) else None
        self.settlement = Settlement(case, self.terms, composer.paid_months(case), self.grant)
        # Each line's cents are settled by themselves, so that lines add up to these sums exactly.
        blocks = [composer.run.block(context) for context in sums.claiming(case)]
        lines = [line for block in blocks for line in block.of_nature("receipt")]
        self.settled = [(line, *self._settle(line)) for line in lines]
        self.federal = sums.added_cents(claimed for _, claimed, _ in self.settled)
        federal_due = sums.added_cents(due for _, _, due in self.settled)
        self.state = self._state(self.federal)
        self.claimed = self.federal + self.state
        self.due = federal_due + self.state
        self.federal_received = received(federal_due, self.terms)
        self.state_received = received(self.state, self.settlement.state_terms)
        self.received = self.federal_received + self.state_received

    def receipts(self, drawn: Drawn) -> Receipts:
        """The same receipts by draw."""
        return drawn.receipts(self.sums.option.contexts, self.sums.claiming(self.case), self.settlement)

    def _settle(self, line: ModelLine) -> tuple[Cents, Cents]:
        """What a line claims and what of it will be paid, by month."""
        claimed = line.by_month * self.settlement.paid
        return claimed, due_cents(claimed, self.terms)

    def _state(self, federal: Cents) -> Cents:
        if self.grant is None:
            return np.zeros_like(federal)
        yearly = self.grant.membership
        cents = np.rint(self.grant.claim(self.sums.cash / CENTS @ yearly, federal / CENTS @ yearly) * CENTS)
        return spread_years(cents.astype(np.int64), self.grant.active, self.sums.composer.run.calendar)


class OptionBuilder:
    """Registers what needs percentiles, then builds an option's result once they are known."""

    def __init__(self, composer: Composer, percentiles: Percentiles, sums: Sums, today: Sums | None) -> None:
        self.composer, self.percentiles, self.sums = composer, percentiles, sums
        printed, costs = composer.printed, sums.costs
        self.gross = percentiles.series(printed(sums.cash), lambda drawn: costs(drawn).cash)
        self.full = percentiles.series(printed(sums.cash + sums.diverted), lambda drawn: costs(drawn).full)
        self.one_time = percentiles.series(printed(sums.one_time), lambda drawn: costs(drawn).one_time)
        self.recurring = percentiles.series(
            printed(sums.cash - sums.one_time), lambda drawn: costs(drawn).recurring
        )
        self.cases = {case: self._case(sums.case(case)) for case in composer.cases}
        self.change = self._change(today)
        self.lines = list(self._lines())

    def finish(self) -> OptionResult:
        """The result; every percentile is taken by now."""
        sums = self.sums
        memos = [line for block in sums.blocks for line in block.of_nature("memo")]
        return OptionResult(
            option=sums.option,
            lines=tuple(build_line() for build_line in self.lines),
            memos=tuple(self._memo(line) for line in memos),
            gross=self.gross(),
            gross_full_cost=self.full(),
            one_time=self.one_time(),
            recurring=self.recurring(),
            cases={case: build_case() for case, build_case in self.cases.items()},
            hours=_hours(memos, self.composer, tuple(_loads(sums))),
            change_from_today=None
            if self.change is None
            else {case: each() for case, each in self.change.items()},
        )

    def _case(self, money: CaseMoney) -> Callable[[], CaseResult]:
        sums, percentiles, printed = self.sums, self.percentiles, self.composer.printed
        of = money.receipts
        receipts = percentiles.series(printed(money.received), lambda drawn: of(drawn).all)
        federal = percentiles.series(printed(money.federal_received), lambda drawn: of(drawn).federal)
        state = percentiles.series(printed(money.state_received), lambda drawn: of(drawn).state)
        net = percentiles.series(printed(sums.cash - money.received), lambda drawn: of(drawn).net)
        net_full = percentiles.series(
            printed(sums.cash + sums.diverted - money.received), lambda drawn: of(drawn).net_full
        )
        present = self._present_value(money)
        cash = self._cash(money)
        return lambda: CaseResult(
            money.case, money.terms, receipts(), federal(), state(), net(), net_full(), present(), cash()
        )

    def _present_value(self, money: CaseMoney) -> Callable[[], Spread]:
        """Net by month, each in the middle of its month, brought to the first day of the start."""
        factors = self.composer.discount_factors
        central = (self.sums.cash - money.received) @ factors
        return self.percentiles.spread(
            round(float(central)), lambda drawn: money.receipts(drawn).present(factors)
        )

    def _cash(self, money: CaseMoney) -> Callable[[], Cash]:
        sums, calendar, percentiles = self.sums, self.composer.run.calendar, self.percentiles
        depth, month = deepest(sums.cash, money.received)
        of = money.receipts
        deepest_spread = percentiles.spread(int(depth), lambda drawn: of(drawn).deepest)
        unpaid_spread = percentiles.spread(
            int(peak_unpaid(money.due, money.received)), lambda drawn: of(drawn).peak_unpaid
        )
        end_spread = percentiles.spread(
            int(money.due.sum() - money.received.sum()), lambda drawn: of(drawn).unpaid_at_end
        )
        outstanding = np.cumsum(money.due - money.received)
        return lambda: Cash(
            costs_by_month=dollars(sums.cash),
            received_by_month=dollars(money.received),
            deepest=deepest_spread(),
            deepest_month=calendar.start + int(month),
            peak_unpaid_claims=unpaid_spread(),
            unpaid_at_end=end_spread(),
            claimed=int(money.claimed.sum()) / CENTS,
            disallowed=int(money.claimed.sum() - money.due.sum()) / CENTS,
            unpaid_by_fiscal_year=tuple(
                int(outstanding[m.stop - 1]) / CENTS for m in calendar.months_of_year
            ),
        )

    def _change(self, today: Sums | None) -> dict[str, Callable[[], Spread]] | None:
        if today is None or today.option.id == "none":
            return None
        change = {}
        for case in self.composer.cases:
            mine, theirs = self.sums.case(case), today.case(case)
            central = int((self.sums.cash - mine.received).sum() - (today.cash - theirs.received).sum())
            change[case] = self.percentiles.spread(central, partial(_change, mine, theirs))
        return change

    def _lines(self) -> Iterable[Callable[[], Line]]:
        for block in self.sums.blocks:
            for line in block.of_nature("cash", "diverted"):
                yield self._cost_line(line)
        money = self.sums.case(self.composer.run.scenario.reimbursement.case)
        for line, claimed, due in money.settled:
            yield self._receipt_line(line, claimed, due, money)
        if money.grant is not None:
            yield self._grant_line(money, money.grant)

    def _cost_line(self, line: ModelLine) -> Callable[[], Line]:
        whole = self.composer.every_period
        total = self._total(int(line.by_year.sum()), lambda drawn: drawn.total(line, whole))
        return lambda: self._line(line, total(), line.dollars_by_year, line.dollars_by_month)

    def _receipt_line(
        self, line: ModelLine, claimed: Cents, due: Cents, money: CaseMoney
    ) -> Callable[[], Line]:
        arrived = received(due, money.terms)
        by_year = self.composer.by_year(arrived)

        def in_draws(drawn: Drawn) -> Array:
            # Only the proposed option asks for it.
            due_by_month = line.profile * money.settlement.paid * money.terms.due_share
            return drawn.total(line, received(due_by_month, money.terms).sum(axis=1))

        total = self._total(int(by_year.sum()), in_draws)
        claimed_by_year = dollars(self.composer.by_year(claimed))
        return lambda: self._line(line, total(), dollars(by_year), dollars(arrived), claimed_by_year)

    def _total(self, cents: int, figure: Figure) -> Callable[[], Spread]:
        """A line over the horizon; lines of compared options have no range."""
        if not self.sums.option.proposed:
            return lambda: certain(cents)
        return self.percentiles.spread(cents, figure)

    def _line(
        self,
        line: ModelLine,
        total: Spread,
        by_year: tuple[float, ...],
        by_month: tuple[float, ...],
        claimed: tuple[float, ...] | None = None,
    ) -> Line:
        run = self.composer.run
        return Line(
            spec=line.spec,
            model=line.context.model,
            explain=lambda: run.explainer(line.context).inputs(line.spec.formula),
            by_period=line.dollars_by_period,
            by_fiscal_year=by_year,
            by_month=by_month,
            total=total,
            claimed=claimed,
            base=None if line.base is None else dollars(line.base),
        )

    def _memo(self, line: ModelLine) -> Line:
        total = certain(int(line.by_year.sum()))
        return self._line(line, total, line.dollars_by_year, line.dollars_by_month)

    def _grant_line(self, money: CaseMoney, grant: Grant) -> Callable[[], Line]:
        composer, sums = self.composer, self.sums
        yearly = grant.membership
        gross, federal = sums.cash / CENTS @ yearly, money.federal / CENTS @ yearly
        total = self.percentiles.spread(
            int(money.state_received.sum()), lambda drawn: _last(money.receipts(drawn).state)
        )
        values = {"grant_cap": grant.cap, "gross_cost": gross, "federal_entitlement": federal}
        return lambda: Line(
            spec=state_grants,
            model="option",
            explain=lambda: option_inputs(values, grant.rule.statement),
            by_period=tuple(grant.claim(gross, federal).tolist()),
            by_fiscal_year=dollars(composer.by_year(money.state_received)),
            by_month=dollars(money.state_received),
            total=total(),
            claimed=dollars(composer.by_year(money.state)),
            base=dollars(np.rint(np.maximum(gross - federal, 0) * CENTS).astype(np.int64)),
        )


_IN_CLASS = ("memo.course_hours", "memo.refresher_hours")
_COVERED = ("memo.course_cover_hours", "memo.refresher_cover_hours")


def _hours(memos: list[ModelLine], composer: Composer, loads: tuple[Load, ...]) -> Hours:
    years = len(composer.run.calendar.fiscal_years)

    def of(*memo_ids: str) -> tuple[float, ...]:
        found = [line.by_year for line in memos if line.spec.id in memo_ids]
        return dollars(sum(found, start=np.zeros(years, dtype=np.int64)))

    def first_12_months(*memo_ids: str) -> float:
        return sum(int(line.by_month[:MONTHS].sum()) for line in memos if line.spec.id in memo_ids) / CENTS

    uncovered = first_12_months(*_IN_CLASS) - first_12_months(*_COVERED)
    diverted = uncovered + first_12_months("memo.work_diverted_hours")
    months = min(MONTHS, composer.run.calendar.months)
    positions = diverted / composer.number("staffing.net_work_hours") * MONTHS / months
    sworn = composer.run.scenario.agency.sworn_officers
    return Hours(
        training=of(*_IN_CLASS),
        training_covered=of(*_COVERED),
        work=of("memo.work_hours"),
        work_overtime=of("memo.work_overtime_hours"),
        work_hired=of("memo.work_hired_hours"),
        work_diverted=of("memo.work_diverted_hours"),
        office=of("memo.office_hours", "memo.timekeeping_hours"),
        first_12_months_diverted=diverted,
        diverted_positions=positions,
        share_of_sworn=positions / sworn if sworn else 0.0,
        training_first=first_12_months(*_IN_CLASS),
        loads=loads,
    )


def _loads(sums: Sums) -> Iterable[Load]:
    for context in sums.option.contexts:
        if context.model == SHARED_MODEL:
            continue
        central = sums.composer.run.evaluator(context)
        years = np.asarray(central.value(quantity("officer_years")))
        hours = central.value(computed("program_hours")) * central.value(quantity("duty_years"))
        net = np.broadcast_to(central.value(assumed("staffing.net_work_hours")), years.shape)
        each = np.divide(hours, years, out=np.zeros(years.shape), where=years > 0)
        busiest = int((each / net).argmax())
        yield Load(context.model, float(each[busiest]), float(net[busiest]), central.volume)


def _change(mine: CaseMoney, theirs: CaseMoney, drawn: Drawn) -> Array | None:
    """Net over the horizon by draw, less that of the agreement in force."""
    return less(mine.receipts(drawn).total, theirs.receipts(drawn).total)


def _last(columns: Array | None) -> Array | None:
    """The whole horizon of what is printed."""
    return None if columns is None else columns[-1]

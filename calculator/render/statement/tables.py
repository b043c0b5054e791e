"""Fiscal impact, choices side by side, lines with their working, and figures beside the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from calculator.calendar import MONTHS
from calculator.editions.schema import JUDGMENT
from calculator.law import applying_rules, duties_elsewhere
from calculator.options import option_label, split
from calculator.render.formats import exact, hours, in_unit, inline, percent, plain, prose
from calculator.render.statement.headline import cases, law_unread
from calculator.render.statement.numbering import Numbering, marks_of
from calculator.render.statement.parts import Choice, Impact, ImpactRow, LineGroup, LineRow
from calculator.render.statement.wording import (
    CATEGORIES,
    capital,
    horizon_words,
)
from calculator.result import Estimate, Line, OptionResult, Series, Spread
from calculator.units import UNITS

SHORT_CASE = {"none": "without federal money", "announced": "announced", "expected": "expected"}
MOST_SOURCES = 2
PAGE_OPTIONS = ("none", "wso", "jem", "tfm", "tribal-tfm")


def impact(estimate: Estimate, numbering: Numbering) -> Impact:
    """One-time, recurring, gross, receipts and net, for three columns of time."""
    result = estimate.proposed
    second = _second_year(estimate)
    horizon = capital(horizon_words(estimate.calendar))
    columns = ["First 12 months", horizon]
    if second:
        columns.insert(1, f"Next full year, {estimate.calendar.label(second)}")

    def row(label: str, series: Series, lines: Iterable[Line], *, total: bool = False) -> ImpactRow:
        spreads = [series.first_12_months]
        if second:
            spreads.append(series.by_fiscal_year[estimate.calendar.fiscal_years.index(second)])
        spreads.append(series.total)
        if total or not any(spread.central for spread in spreads):
            return ImpactRow(label, "", (), tuple(spreads), total)
        # The sources of the largest lines stand beside the row; the others stand at their lines.
        inputs = [
            each for line in sorted(lines, key=lambda each: -abs(each.total.central)) for each in line.inputs
        ]
        cited = [each.sources[0] for each in inputs if each.sources and each.sources[0] != JUDGMENT]
        sources = numbering.of(list(dict.fromkeys(cited))[:MOST_SOURCES])
        return ImpactRow(label, marks_of(inputs), sources, tuple(spreads), total)

    cash = [line for line in result.lines if line.spec.nature == "cash"]
    once = [line for line in cash if line.spec.timing == "one-time"]
    again = [line for line in cash if line.spec.timing == "recurring"]
    back = [line for line in result.lines if line.spec.nature == "receipt"]
    rows = [
        row("One-time cost", result.one_time, once),
        row("Recurring cost", result.recurring, again),
        row("Gross cost", result.gross, (), total=True),
    ]
    for case in cases(estimate):
        money = result.cases[case]
        if case == "none" and not money.state_receipts.total.central:
            # Net without federal money is the gross cost itself: one row says both.
            rows[-1] = replace(rows[-1], label="Gross cost, net without federal money")
            continue
        federal = [line for line in back if line.id != "receipts.state_grants"]
        if case != "none":
            rows.append(row(f"Federal receipts, {SHORT_CASE[case]}", money.federal_receipts, federal))
        if money.state_receipts.total.central:
            grants = [line for line in back if line.id == "receipts.state_grants"]
            rows.append(row(f"State grant, {SHORT_CASE[case]}", money.state_receipts, grants))
        rows.append(row(f"Net cost, {SHORT_CASE[case]}", money.net, (), total=True))
    return Impact(tuple(columns), tuple(rows), tuple(_answers(estimate)))


def _second_year(estimate: Estimate) -> int | None:
    """The full fiscal year after the first 12 months, if the horizon holds one."""
    after = estimate.calendar.start + MONTHS
    for year in estimate.calendar.fiscal_years:
        full = estimate.calendar.label(year) == f"FY{year % 100:02d}"
        if full and estimate.calendar.first_month(year) >= after:
            return year
    return None


def _answers(estimate: Estimate) -> Iterator[tuple[str, str]]:
    result, report = estimate.proposed, estimate.scenario.report
    yield (
        "Budgeted now",
        {"yes": "yes", "no": "no", "part": "in part"}.get(report.budgeted_now or "", "not known"),
    )
    yield "Source of funds", report.fund or "not named yet"
    needed = report.budgeted_now != "yes"
    yield (
        "Amendment, 12 months" if needed else "Amendment",
        (_tight(result.gross.first_12_months) if needed else "none needed"),
    )
    yield (
        "Positions",
        f"{plain(_added_positions(estimate), 2)} added; {hours(result.hours.first_12_months_diverted)} hours "
        "diverted in 12 months",
    )
    yield from _per_year(estimate)
    researched = estimate.scenario.agency.state in estimate.edition.states
    grant = result.cases["none"].state_receipts.total
    if grant.central:
        yield f"State grant, {horizon_words(estimate.calendar)}", _tight(grant)
    else:
        yield "Match or state grant", "none found" if researched else "not researched"
    yield "Mandate in state law", _mandate(estimate) if researched else "not researched"


def _mandate(estimate: Estimate) -> str:
    """Whether a state law requires the agreement, and whether it pays for it."""
    applying = applying_rules(estimate)
    kinds = {rule.kind for rule in applying}
    if "barred" in kinds:
        return "none; the law may bar it" if law_unread(applying[0]) else "none; the law bars it"
    if "required" not in kinds:
        return "for another model" if duties_elsewhere(estimate) else "none found"
    paid = estimate.proposed.cases["none"].state_receipts.total.central
    return "yes, with a state grant" if paid else "yes; no state money for it was found"


def _added_positions(estimate: Estimate) -> float:
    """Hired hours of the busiest year as positions."""
    hired = max(estimate.proposed.hours.work_hired, default=0.0)
    if not hired:
        return 0.0
    for line in estimate.proposed.lines:
        for each in line.inputs:
            if each.id == "staffing.net_work_hours":
                return hired / each.central[0]
    return 0.0


def _per_year(estimate: Estimate) -> Iterator[tuple[str, str]]:
    calendar, result = estimate.calendar, estimate.proposed
    full = [year for year in calendar.fiscal_years if calendar.label(year) == f"FY{year % 100:02d}"]
    end = estimate.federal_end
    if not full:
        return
    announced = result.cases["announced"]
    without = result.cases["none"].net.by_fiscal_year
    if not announced.federal_receipts.total.central:
        yield "Net per year", _tight(without[calendar.fiscal_years.index(full[-1])])
        return
    paid = [year for year in full if end is None or calendar.first_month(year) + (MONTHS - 1) <= end]
    after = [year for year in full if end is not None and calendar.first_month(year) > end]
    while_paid = paid[-1] if paid else None
    if while_paid:
        spread = announced.net.by_fiscal_year[calendar.fiscal_years.index(while_paid)]
        yield f"Net {calendar.label(while_paid)}, paid", _tight(spread)
    if end is not None:
        year = after[0] if after else full[-1]
        label = f"{'Per' if while_paid else 'Net per'} year after {end.short}"
        yield label, _tight(without[calendar.fiscal_years.index(year)])


def _tight(spread: Spread) -> str:
    return " · ".join(inline(spread))


def _three(spread: Spread) -> str:
    return f"{prose(spread.low, 'low')} · {prose(spread.central)} · {prose(spread.high, 'high')}"


# --- choices ----------------------------------------------------------------------------------


def choices(estimate: Estimate, claims: Mapping[str, str]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The options printed on a page, and those also computed."""
    rows = [_choice(estimate, result, claims) for result in estimate.options]
    shown = [row for row in rows if row.id in PAGE_OPTIONS or row.proposed]
    return tuple(shown), tuple(row for row in rows if row not in shown)


def _choice(estimate: Estimate, result: OptionResult, claims: Mapping[str, str]) -> Choice:
    option = result.option
    if not option.models:
        zero = Spread(0, 0, 0)
        return Choice(
            id=option.id,
            label=option.label,
            proposed=option.proposed,
            detail="today’s practice, the baseline",
            assumed=False,
            unavailable=None,
            gross=zero,
            receipts=zero,
            net=zero,
            net_without=zero,
            first=zero,
            never_back=False,
            receipts_marked=False,
            claim=claims[option.id],
        )
    typed = all(entered for _, _, entered in option.officers)
    *most, last = [plain(number, 6) for _, number, _ in option.officers]
    numbers = f"{', '.join(most)} and {last}" if most else last
    detail = f"{numbers} officers" if numbers != "1" else "1 officer"
    if option.available:
        detail += f", {hours(sum(result.hours.training))} training hours"
    announced = result.cases.get("announced")
    without = result.cases.get("none")
    available = option.available and announced is not None and without is not None
    return Choice(
        id=option.id,
        label=option.label,
        proposed=option.proposed,
        detail=detail,
        assumed=not typed,
        unavailable=option.unavailable,
        gross=result.gross.total if available else None,
        receipts=announced.receipts.total if available and announced else None,
        net=announced.net.total if available and announced else None,
        net_without=without.net.total if available and without else None,
        first=announced.cash.deepest if available and announced else None,
        never_back=bool(available and announced and announced.receipts.total.central == 0),
        receipts_marked=bool(available and announced and announced.receipts.total.central == 0),
        claim=claims.get(option.id, "–"),
    )


def choice_notes(estimate: Estimate) -> Iterator[str]:
    """What a reader of the comparison must know."""
    if any(not entered for result in estimate.options for _, _, entered in result.option.officers):
        yield (
            "Where no number of officers is entered for a compared model, the number of the proposed option is "
            "used [D]."
        )
    if any(
        result.option.models
        and result.option.available
        and not result.cases["announced"].federal_receipts.total.central
        for result in estimate.options
    ):
        yield "Models with receipts of 0: only the task force model is named in the announcements [?]."
    if estimate.scenario.agency.type == "tribal":
        yield "No signed tribal form has been read; task force terms are used for it [?]."
    today = estimate.scenario.agreement.in_force
    if today and today != "none":
        change = estimate.proposed.change_from_today
        if change is not None:
            label = option_label(split(today), estimate.edition)
            yield (
                f"Change from today’s {label} agreement, net over the term: without federal money "
                f"{_three(change['none'])}; as announced {_three(change['announced'])}."
            )


# --- lines ------------------------------------------------------------------------------------


def lines(estimate: Estimate) -> tuple[LineGroup, ...]:
    """Lines of the proposed option by category, those of 0 left out at the end of their category."""
    groups = []
    for category, label in CATEGORIES.items():
        rows = [line for line in estimate.proposed.lines if line.spec.category == category]
        if rows:
            built = tuple(_line(estimate, line) for line in rows)
            groups.append(LineGroup(category, label, built, sum(line.total.central for line in rows)))
    return tuple(groups)


def _line(estimate: Estimate, line: Line) -> LineRow:
    calendar = estimate.calendar
    labels = [calendar.label(year) for year in calendar.fiscal_years]
    return LineRow(
        id=line.id,
        anchor=f"{line.id}-{line.model}".replace(".", "-").replace("_", "-"),
        model=line.model,
        label=_named(estimate, line),
        marks=marks_of(line.inputs),
        total=line.total,
        formula=line.spec.formula.expression.write(_names(line)),
        worked=worked(estimate, line),
        inputs=line.inputs,
        years=tuple(zip(labels, line.by_fiscal_year, strict=True)),
        claimed=() if line.claimed is None else tuple(zip(labels, line.claimed, strict=True)),
        refundable=line.spec.refundable,
        timing=line.spec.timing,
        nature=line.spec.nature,
    )


def _named(estimate: Estimate, line: Line) -> str:
    """The line's label, with its model where the option has several."""
    models = estimate.edition.models
    if len(estimate.proposed.option.models) > 1 and line.model in models:
        return f"{line.label}, {models[line.model].short_label.lower()}"
    return line.label


def _names(line: Line) -> Callable[[str], str]:
    labels = {each.name: each.label[:1].lower() + each.label[1:] for each in line.inputs}
    return lambda name: labels.get(name, name.replace("_", " "))


def worked(estimate: Estimate, line: Line) -> str:
    """The executed formula with the figures of the first full or only period in it."""
    index = 0
    if len(line.by_period) > 1 and not line.by_period[0]:
        index = next((position for position, value in enumerate(line.by_period) if value), 0)
    top: dict[str, str] = {}
    for each in line.inputs:
        top.setdefault(each.name, _with_unit(each.central[min(index, len(each.central) - 1)], each.unit))
    result = exact(round(line.by_period[index], 2))
    label = (
        estimate.calendar.label(estimate.calendar.fiscal_years[index])
        if line.model == "option"
        else estimate.periods.label(index)
    )
    if not line.spec.formula.inputs:
        return f"{result} in {label}, by the reading chosen"
    return f"{line.spec.formula.expression.write(lambda name: top.get(name, name))} = {result} in {label}"


def _with_unit(value: float, unit: str) -> str:
    text = in_unit(value, unit)
    words = {"officer": "officers", "hour/officer": "hours", "hour/year": "hours", "year": "years"}.get(
        unit, ""
    )
    return f"{text} {words}".strip() if unit in UNITS else text


def beside(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """Figures beside the totals: payroll already budgeted, sums on offer, size against the agency."""
    result, agency = estimate.proposed, estimate.scenario.agency
    budgeted, value = result.memo("memo.payroll_budgeted"), result.memo("memo.program_time_value")
    over = horizon_words(estimate.calendar)
    if budgeted:
        yield f"Payroll of these officers, already budgeted, {over}", prose(budgeted)
        yield f"Value of all their program time, {over}", prose(value)
    first_year = MONTHS / estimate.calendar.months
    for tier in ("top", "middle", "lower"):
        offered = result.memo(f"memo.awards_on_offer_{tier}")
        if offered:
            yield (
                f"Awards, {tier} tier, on offer and counted as $0",
                f"up to {prose(offered)} while announced",
            )
    equipment = result.memo("memo.equipment_on_offer")
    if equipment:
        yield "Equipment money on offer for purchases not planned here", f"up to {prose(equipment)}"
    vehicles = result.memo("memo.vehicles_on_offer")
    if vehicles:
        yield "Vehicle money on offer for purchases not planned here", f"up to {prose(vehicles)}"
    if agency.residents:
        yield (
            "Gross cost a year for each resident",
            f"${result.gross.total.central * first_year / agency.residents:,.2f}",
        )
    force = result.memo("memo.sworn_payroll")
    if force:
        yield (
            "Gross cost as a share of the pay and benefits of all sworn officers",
            percent(result.gross.total.central / force, 2),
        )
    present = result.cases["announced"].net_present_value
    yield "Net as announced, in dollars of the first day", _three(present)
    without = result.cases["none"].net_present_value
    yield "Net without federal money, in dollars of the first day", _three(without)
    end = result.cases["announced"].cash.unpaid_at_end
    if end.central:
        yield "Claimed and still unpaid at the end, as announced", _three(end)


UNREFUNDED = ("operations.supervision", "operations.coordination", "operations.timekeeping")


def unrefunded(estimate: Estimate) -> Iterator[tuple[str, float]]:
    """Employer cost that no announced payment covers."""
    result = estimate.proposed
    yield "Payroll cost on program overtime", result.memo("memo.overtime_employer_cost")
    for line in result.lines:
        if line.id in UNREFUNDED and line.spec.nature == "cash":
            yield _named(estimate, line), line.total.central


def positions(number: float) -> str:
    """1 full-time position, 2.4 full-time positions, to two digits."""
    shown = plain(number, 2)
    return f"{shown} full-time position{'' if shown == '1' else 's'}"


def hours_block(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """Hours and people, first as hours."""
    result = estimate.proposed.hours
    over = horizon_words(estimate.calendar)
    yield f"Hours in training, {over}", hours(sum(result.training))
    yield f"Hours of program work and supervision, {over}", hours(sum(result.work))
    yield "Of these, on overtime", hours(sum(result.work_overtime))
    yield "Of these, by people hired", hours(sum(result.work_hired))
    yield "Of these, diverted from other duty", hours(sum(result.work_diverted))
    yield f"Hours of coordination and records, {over}", hours(sum(result.office))
    yield (
        "Diverted in the first 12 months",
        f"{hours(result.first_12_months_diverted)} hours, about {positions(result.diverted_positions)}, "
        f"{percent(result.share_of_sworn, 1)} of sworn officers",
    )

"""The charts of a statement: which figures go into which chart, and under which words."""

from __future__ import annotations

from calculator.render.charts import (
    CashChart,
    CashLine,
    Curve,
    Exceedance,
    FrontierChart,
    NumberLine,
    RangeMark,
    RangeRows,
    Ring,
    Sides,
)
from calculator.render.formats import inline, money, percent, prose, range_text
from calculator.render.statement.parts import ReadingGroup, Statement
from calculator.result import Spread

STYLES = {"none": "cost", "announced": "announced", "late": "late", "expected": "hours"}
LONGEST_LABEL = 24


def pair_chart(statement: Statement, chart_id: str, table: str, most: int = 3) -> NumberLine:
    """Net over the horizon in each case, or in the first `most` of them, on one line."""
    marks = tuple(
        RangeMark(
            figure.case,
            figure.spread.low,
            figure.spread.central,
            figure.spread.high,
            range_text(figure.spread),
            "cost" if index == 0 else "fed",
        )
        for index, figure in enumerate(statement.pair[:most])
        if figure.spread is not None
    )
    return NumberLine(
        chart_id, f"Net cost over {statement.horizon}, low to high; the tick is central.", marks, table
    )


def reading_chart(group: ReadingGroup, statement: Statement, chart_id: str, table: str) -> RangeRows:
    """Net under each reading of a term."""
    marks = tuple(
        RangeMark(
            row.label,
            row.net.low,
            row.net.central,
            row.net.high,
            _tight(row.net),
            "cost" if row.receipts == 0 else "fed",
        )
        for row in group.rows
    )
    return RangeRows(chart_id, f"Net cost over {statement.horizon} under each reading", marks, table)


def choices_chart(statement: Statement, chart_id: str, table: str) -> RangeRows | None:
    """Net of every choice, without federal money and as announced where that differs; None without any cost."""
    marks = []
    for choice in (*statement.choices, *statement.also_computed):
        without, announced = choice.net_without, choice.net
        if without is None or announced is None or not without.high:
            continue
        name = f"{choice.label} (proposed)" if choice.proposed else choice.label
        figures = [("without federal money", without, "cost")]
        if announced != without:
            figures.append(("as announced", announced, "fed"))
        for case, spread, style in figures:
            marks.append(
                RangeMark(
                    name,
                    spread.low,
                    spread.central,
                    spread.high,
                    _tight(spread),
                    style,  # type: ignore[arg-type]
                    sub=case,
                )
            )
    if not marks:
        return None
    return RangeRows(chart_id, f"Net cost of each choice over {statement.horizon}", tuple(marks), table)


def cash_chart(statement: Statement, months: int, chart_id: str, table: str) -> CashChart:
    """Paid and not got back, by month, one line for each case."""
    flow = statement.money
    count = min(months, len(flow.months))
    lines = tuple(
        CashLine(
            path.label,
            tuple(max(amount, 0.0) for amount in path.amounts[:count]),
            STYLES[path.case],  # type: ignore[arg-type]
            f"{money(max(0.0, path.amounts[count - 1]))} after {count} months",
        )
        for path in flow.paths
    )
    index = next((i for i, path in enumerate(flow.paths) if path.case == "announced"), None)
    ring = None
    if index is not None:
        month = flow.deepest_month - flow.start
        if 0 <= month < count:
            words = f"{money(flow.deepest.central)}, {flow.deepest_month.short}"
            ring = Ring(index, month, words, "as announced")
    title = f"Paid and not yet got back, first {count} months, central estimates"
    return CashChart(chart_id, title, flow.start, lines, table, ring)


def _tight(spread: Spread) -> str:
    """−$2.05M to −$1.70M, central −$1.94M: short enough for a phone at any size of agency."""
    low, central, high = inline(spread)
    return f"{low} to {high}, central {central}"


def driver_chart(statement: Statement, chart_id: str, table: str) -> RangeRows:
    """Gross cost with one input at a time at its low and at its high; the tick is the central estimate."""
    central = statement.central_gross
    marks = []
    for row in statement.drivers:
        ends = (row.at_low, row.at_high, central)
        low, high = min(ends), max(ends)
        words = f"{prose(row.at_low)} at its low, {prose(row.at_high)} at its high"
        marks.append(RangeMark(row.label, low, central, high, words, "cost", sub=row.span))
    title = f"Gross cost over {statement.horizon}, one input at a time from its low to its high"
    return RangeRows(chart_id, title, tuple(marks), table, Sides(right="gross cost", note=""))


def exceedance_chart(statement: Statement, chart_id: str, table: str) -> Exceedance | None:
    """The chance of more than each amount, before insurance and where it covers; None where nothing is lost."""
    found = statement.losses
    if found is None or not any(chance for _, curve in found.exceedance for _, chance in curve):
        return None
    curves = tuple(
        Curve(
            label,
            points,
            ", ".join(
                f"{percent(chance, 2)} more than {money(amount)}" for amount, chance in points if chance
            ),
            "cost" if index == 0 else "fed",
        )
        for index, (label, points) in enumerate(found.exceedance)
    )
    return Exceedance(
        chart_id, f"Chance that claims over {statement.horizon} come to more than an amount", curves, table
    )


def frontier_chart(statement: Statement, chart_id: str, table: str) -> FrontierChart | None:
    """The least share paid that brings net to zero, by months to payment; None where no two months have one."""
    found = statement.answers
    if len(found.shares) < 2:
        return None
    return FrontierChart(
        chart_id,
        f"Least share of claims paid at which net cost over {statement.horizon} is zero, by months to payment",
        found.shares,
        found.longest,
        tuple((row.lag, row.share) for row in found.frontier),
        table,
        "On and above the line, net is zero or below",
    )

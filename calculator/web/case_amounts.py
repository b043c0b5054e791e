"""All amounts of the litigation record in one chart, its table, and what a few of them hold of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.editions import Edition
from calculator.liability.amounts import (
    MARICOPA_BASIS,
    PRICES_OF,
    Amount,
    Standing,
    amounts,
    share_of_largest,
)
from calculator.liability.fit import TAIL_LEAST, TAIL_MOST, fit_pool, mean_in_words
from calculator.render.charts import Dot, Lane, LogDots
from calculator.render.charts.log_dots import Shape
from calculator.render.formats import MILLION, NO_BREAK, exact, in_unit, in_words, money, percent, plain
from calculator.web.case_words import LANES

SHAPES: dict[Standing, tuple[Shape, str]] = {
    "paid": ("disc", "recorded as paid"),
    "unpaid": ("diamond", "unpaid or on appeal"),
    "ceiling": ("triangle", "the most that may be paid"),
}
LARGEST = 3
TABLE = "All amounts"


@dataclass(frozen=True)
class AmountRow:
    """One amount in the table of the chart."""

    row_id: str
    name: str
    place: str
    claim: str
    standing: str
    nominal: str
    value: str


@dataclass(frozen=True)
class AmountView:
    """The chart, its table, and the sentences about it."""

    chart: LogDots
    table: tuple[AmountRow, ...]
    largest: str
    standing: str
    otherwise: str
    average: str
    curve: str
    mean: str
    prices_of: int
    apart: tuple[AmountRow, ...]


def amount_view(edition: Edition, basis: str | None) -> AmountView:
    """Everything of the section on amounts, under one basis for Maricopa County."""
    found = amounts(edition, basis)
    top = found[:LARGEST]
    pool = fit_pool(edition, basis)
    curve, (low, high) = pool.curve, pool.tail
    held = sum(each.value for each in top)
    names = [each.row["jurisdiction"] for each in top]
    return AmountView(
        chart=_chart(found, top),
        table=tuple(_table_row(each) for each in found),
        largest=(
            f"The {in_words(LARGEST)} largest, {', '.join(names[:-1])} and {names[-1]}, hold "
            f"{percent(share_of_largest(found, LARGEST))} of all dollars: {_large(held)} of {_large(pool.total)}."
        ),
        standing="; ".join(f"{name}: {_standing(each)}" for name, each in zip(names, top, strict=True)) + ".",
        otherwise=_otherwise(edition, basis),
        average=(
            f"The average of the {curve.count} amounts is {_large(pool.total / curve.count)} with these "
            f"{in_words(LARGEST)} and {_large((pool.total - held) / (curve.count - LARGEST))} without; half are below "
            f"{money(pool.median)}."
        ),
        curve=(
            f"A Pareto curve fitted to the {curve.count} amounts by maximum likelihood has the index "
            f"{curve.index:.2f}; fitted to the {TAIL_LEAST} to {TAIL_MOST} largest alone (Hill), "
            f"{low:.2f} to {high:.2f}."
        ),
        mean=mean_in_words(curve),
        prices_of=PRICES_OF,
        apart=tuple(_table_row(each) for each in found if not each.pooled),
    )


def _large(value: float) -> str:
    """$153 million and $1.07 million: three digits are all that the record has."""
    return f"${plain(value / MILLION, 3)}{NO_BREAK}million"


def _otherwise(edition: Edition, basis: str | None) -> str:
    """The share under each of the other totals of Maricopa County."""
    choice = edition.choices[MARICOPA_BASIS]
    used = basis or choice.default
    parts = []
    for option in choice.options:
        if option.id != used:
            share = percent(share_of_largest(amounts(edition, option.id), LARGEST))
            parts.append(f"{share} (“{option.label}”)")
    label = next(option.label for option in choice.options if option.id == used)
    return (
        f"This is with Maricopa County counted by “{label}”; by the other counts it is {' or '.join(parts)}."
    )


def _chart(found: tuple[Amount, ...], top: tuple[Amount, ...]) -> LogDots:
    lanes = []
    for claim, label in LANES.items():
        held = [each for each in found if each.row["claim_type"] == claim]
        if held:
            dots = tuple(
                Dot(
                    each.value,
                    SHAPES[each.standing][0],
                    _name(each) if each in top else "",
                    each.low,
                    each.high,
                )
                for each in held
            )
            lanes.append(Lane(f"{label} ({len(held)})", dots, _words(held, top)))
    standings = {each.standing for each in found}
    key = tuple(shape for standing, shape in SHAPES.items() if standing in standings)
    return LogDots(
        "amounts", f"All amounts at {PRICES_OF} prices, on a logarithmic axis", tuple(lanes), key, TABLE
    )


def _name(each: Amount) -> str:
    return f"{each.row['jurisdiction']}, ${plain(each.value / MILLION, 3)}M"


def _standing(each: Amount) -> str:
    words = SHAPES[each.standing][1]
    return f"{words}, amount disputed" if each.low < each.high else words


def _words(held: list[Amount], top: tuple[Amount, ...]) -> str:
    least, most = held[-1].value, held[0].value
    words = f"{money(least)} to {money(most)}" if len(held) > 1 else money(most)
    named = [f"{_name(each)}, {_standing(each)}" for each in held if each in top]
    return "; ".join((words, *named))


def _table_row(each: Amount) -> AmountRow:
    row = each.row
    return AmountRow(
        row_id=row["id"],
        name=row["case_name"],
        place=f"{row['jurisdiction']}, {row['state']}",
        claim=LANES[row["claim_type"]],
        standing=_standing(each),
        nominal=exact(each.nominal) if each.nominal % 1 else in_unit(each.nominal, "USD"),
        value=money(each.value) if each.pooled else "not priced",
    )

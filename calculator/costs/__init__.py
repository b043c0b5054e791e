"""Cost and receipt lines, one small module for each category.

`all_lines()` is the registry in reading order; `reads()` is every assumption
some line reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from calculator.costs import (
    administration,
    detention,
    hours,
    memo,
    operations,
    rates,
    receipts,
    training,
    volumes,
)
from calculator.costs.evaluate import PATH_READS
from calculator.line import REGISTRY, Assumed, Computed, Formula, LineSpec

__all__ = [
    "administration",
    "all_lines",
    "detention",
    "hours",
    "lines_that_read",
    "memo",
    "operations",
    "rates",
    "reads",
    "receipts",
    "training",
    "volumes",
]

STAFF = ("officer", "jailer")
GROWTH_READS = ("economics.pay_growth", "economics.price_growth")
# What turns claims into money, and money into present value.
TIMING_READS = (
    "receipts.announced_lag_months",
    "receipts.lag_months",
    "receipts.disallowed_share",
    "receipts.paid_share",
    "economics.discount_rate",
)


def all_lines() -> Iterator[LineSpec]:
    """Every line in every variant, in reading order."""
    for variants in REGISTRY.lines.values():
        yield from variants


def _assumptions(formula: Formula, seen: set[str]) -> None:
    for origin in formula.reads():
        if isinstance(origin, Assumed):
            seen.update({origin.id.format(staff=staff) for staff in STAFF})
        elif isinstance(origin, Computed) and origin.name not in seen:
            seen.add(origin.name)
            for derived in REGISTRY.derived[origin.name]:
                _assumptions(derived.formula, seen)


@cache
def reads() -> frozenset[str]:
    """Ids of every assumption that some line, or the path of heads, reads."""
    seen: set[str] = {*PATH_READS, *TIMING_READS, *GROWTH_READS}
    for spec in all_lines():
        _assumptions(spec.formula, seen)
        if spec.base is not None:
            _assumptions(spec.base, seen)
    # A derived value has a dot in its name when the user may enter it under the same id.
    return frozenset(name for name in seen if "." in name)


def lines_that_read(assumption_id: str) -> tuple[LineSpec, ...]:
    """The lines that read an assumption, each id once."""
    found: dict[str, LineSpec] = {}
    for spec in all_lines():
        seen: set[str] = set()
        _assumptions(spec.formula, seen)
        if assumption_id in seen:
            found.setdefault(spec.id, spec)
    return tuple(found.values())

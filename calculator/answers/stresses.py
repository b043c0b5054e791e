"""What if the announced payments come otherwise than announced: late, in part, or not for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from calculator.answers.passes import Passes
from calculator.blocks import CENTS, dollars
from calculator.calendar import MONTHS
from calculator.costs.cash import Terms, deepest, received
from calculator.drawn import Array, Drawn
from calculator.editions.schema import Fixed, Range
from calculator.estimate import CaseMoney
from calculator.options import RECEIPT_READINGS
from calculator.percentiles import Percentiles
from calculator.result import Spread
from calculator.scenario import Scenario
from calculator.scenario.fields import BY_PATH

LAG, SHARE = "receipts.lag_months", "receipts.paid_share"


@dataclass(frozen=True)
class Stress:
    """One thing that goes otherwise than announced, with the answers that make it the user's own case.

    `net` over the horizon and `pays_first` are dollars, budget view;
    `difference` is central net less that as announced.
    """

    id: str
    label: str
    answers: tuple[
        tuple[str, Any], ...
    ]  # path of an answer, such as "reimbursement.lag_months", and its value
    net: Spread
    pays_first: Spread
    difference: float


def stresses(passes: Passes) -> tuple[Stress, ...]:
    """Paid late, paid in part, and stopped; none where no federal money is announced."""
    money = passes.sums.case("announced")
    if not money.federal.any():
        return ()
    percentiles, announced = Percentiles(passes.sample), _net(money)
    pending = []
    for stress_id, label, terms in _stressed(passes, money.terms):
        stressed = passes.sums.on_terms(terms)
        depth, _ = deepest(passes.sums.cash, stressed.received)
        net = percentiles.spread(_net(stressed), partial(_drawn_net, stressed))
        first = percentiles.spread(int(depth), partial(_drawn_deepest, stressed))
        pending.append((stress_id, label, _answers(terms), net, first, (_net(stressed) - announced) / CENTS))
    return tuple(
        Stress(stress_id, label, answers, net(), first(), difference)
        for stress_id, label, answers, net, first, difference in pending
    )


def _net(money: CaseMoney) -> int:
    return int((money.sums.cash - money.received).sum())


def _drawn_net(money: CaseMoney, drawn: Drawn) -> Array | None:
    return money.receipts(drawn).total


def _drawn_deepest(money: CaseMoney, drawn: Drawn) -> Array | None:
    return money.receipts(drawn).deepest


def _stressed(passes: Passes, terms: Terms) -> Iterator[tuple[str, str, Terms]]:
    reimbursement = passes.base.scenario.reimbursement
    typed = reimbursement.lag_months
    lags = {typed} if typed is not None else {round(lag) for lag in _ends(passes, LAG)[1:]}
    for lag in sorted(lags):
        if lag > terms.lag_months:
            yield f"late_{lag}", f"Paid {lag} months after the work", replace(terms, lag_months=lag)
    part = reimbursement.paid_share
    for share in sorted({part} if part is not None else set(_ends(passes, SHARE))):
        if share < terms.paid_share:
            percent = f"{share * 100:g}%"
            yield f"part_{share * 100:g}", f"{percent} of claims paid", replace(terms, paid_share=share)
    stops = reimbursement.stops_after_months
    if stops is None:
        stops = MONTHS
    if stops < passes.base.calendar.months:
        yield f"stopped_{stops}", f"No payment after the first {stops} months", replace(terms, stops=stops)


def _ends(passes: Passes, assumption_id: str) -> tuple[float, ...]:
    """Low, central and high of a term of the expected case, or the one value the user entered for it."""
    amount = passes.central.run.assumptions.resolve(assumption_id, "tfm", {}).amounts[0]
    if isinstance(amount, Range):
        return amount.low, amount.central, amount.high
    return (amount.value,) * 3 if isinstance(amount, Fixed) else ()


def _answers(terms: Terms) -> tuple[tuple[str, Any], ...]:
    """The answers of an expected case on these terms, every one typed, so that no default of it comes in."""
    return (
        ("reimbursement.case", "expected"),
        ("reimbursement.paid_share", terms.paid_share),
        ("reimbursement.disallowed_share", terms.disallowed_share),
        ("reimbursement.lag_months", terms.lag_months),
        ("reimbursement.ends", None),
        ("reimbursement.stops_after_months", terms.stops),
    )


def with_answers(scenario: Scenario, answers: tuple[tuple[str, Any], ...]) -> Scenario:
    """The same scenario with some answers changed.

    Readings of receipts go back to the announced terms where a stress of them is looked at.
    """
    changed: dict[str, dict[str, Any]] = {}
    for path, value in answers:
        field = BY_PATH[path]
        changed.setdefault(field.section, {})[field.key] = value
    sections = {name: replace(getattr(scenario, name), **values) for name, values in changed.items()}
    return replace(scenario, **sections, readings=_announced(scenario.readings, changed))


def _announced(readings: Mapping[str, str], changed: Mapping[str, Any]) -> Mapping[str, str]:
    if "reimbursement" not in changed:
        return readings
    return {key: option for key, option in readings.items() if key not in RECEIPT_READINGS}


@dataclass(frozen=True)
class LatePayment:
    """Announced payments that come this many months after the work: paid and not got back by month, and its peak."""

    lag_months: int
    paid_and_not_back: tuple[float, ...]
    deepest: float


def late_payment(passes: Passes) -> LatePayment:
    """The announced claims of the proposed option, paid at the edition's expected lag: a stress, medians only."""
    central, sums = passes.central, passes.sums
    announced, later = central.terms("announced").lag_months, round(central.number("receipts.lag_months"))
    lag = max(later, announced + 1)
    back = received(sums.case("announced").claimed, Terms("late", 1.0, 0.0, lag))
    peak, _ = deepest(sums.cash, back)
    return LatePayment(lag, dollars(np.cumsum(sums.cash - back)), int(peak) / CENTS)

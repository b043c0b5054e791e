"""When the money moves."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.answers.stresses import LatePayment
from calculator.render.formats import prose
from calculator.render.statement.headline import cases
from calculator.render.statement.parts import Money, Path
from calculator.render.statement.wording import CASE_LABELS, no_payment, payer
from calculator.result import Estimate

LATE = "late"


def money(estimate: Estimate, late: LatePayment) -> Money:
    """Paid and not got back by month, in each case, and if announced payments come later (`late`)."""
    result = estimate.proposed
    announced = result.cases["announced"]
    paths = [
        Path(case, CASE_LABELS[case].lower(), result.cases[case].cash.paid_and_not_back)
        for case in cases(estimate)
        if case != "announced"
    ]
    if announced.federal_receipts.total.central:
        paths.insert(1, Path("announced", "as announced", announced.cash.paid_and_not_back))
        paths.append(Path(LATE, f"paid after {late.lag_months} months", late.paid_and_not_back))
    shown = announced if announced.federal_receipts.total.central else result.cases["none"]
    return Money(
        start=estimate.calendar.start,
        months=tuple(month.short for month in estimate.calendar.each_month),
        paths=tuple(paths),
        costs=announced.cash.costs_by_month,
        received=announced.cash.received_by_month,
        deepest=shown.cash.deepest,
        deepest_month=shown.cash.deepest_month,
        sentences=tuple(_sentences(estimate, late)),
    )


def _sentences(estimate: Estimate, late: LatePayment) -> Iterator[str]:
    result, calendar = estimate.proposed, estimate.calendar
    announced = result.cases["announced"]
    who = payer(estimate)
    if not announced.federal_receipts.total.central:
        all_paid = prose(result.gross.total.central)
        state = announced.state_receipts.total.central
        if not state:
            yield f"{no_payment(estimate)} By {calendar.end.words} {who} has paid {all_paid}, central estimate."
            return
        most = f"{prose(announced.cash.deepest.central)}, in {announced.cash.deepest_month.words}"
        yield f"{no_payment(estimate)} The most {who} has paid and not got back is {most}, central estimate."
        yield (
            f"By {calendar.end.words} it has paid {all_paid} and a state grant has returned {prose(state)}, "
            f"which leaves {prose(announced.net.total.central)}."
        )
        return
    yield (
        f"As announced {who} carries up to {prose(announced.cash.deepest.central)}, central; if paid {late.lag_months} "
        f"months after the work, up to {prose(late.deepest)}."
    )
    month = min(5, calendar.months - 1)
    paid = sum(announced.cash.costs_by_month[: month + 1])
    yield f"If no payment has come by month {month + 1}, {who} has paid {prose(paid)}."
    if estimate.federal_end is not None and estimate.federal_end < calendar.end:
        yield f"The announced money ends with {estimate.federal_end.words}; the cost goes on."

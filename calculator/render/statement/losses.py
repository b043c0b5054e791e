"""Liability as figures: chances first, then sizes, before and after insurance, and what is named apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from calculator.answers.stresses import with_answers
from calculator.editions.schema import Fixed, Range
from calculator.liability.claims import INDIVIDUAL, UNDER_COUNT
from calculator.liability.coverage import LIMIT, RETENTION
from calculator.liability.losses import Distribution, Kept, Losses, Outcome, Quantity
from calculator.liability.pattern import CLASS_PAYMENT
from calculator.options import JAIL_NOT_KNOWN, without_jail
from calculator.render.formats import MIDDOT, money, percent, plain, prose, step_of
from calculator.render.statement.parts import (
    CaseFigure,
    Headline,
    LossesView,
    LossRow,
    LossStressRow,
    OptionLossRow,
    OutcomeRow,
    RateUse,
)
from calculator.render.statement.wording import horizon_words, listed, payer, within
from calculator.result import Estimate
from calculator.scenario.values import peak

ANSWERS = {"covered": "If insurance covers it", "excluded": "If insurance excludes it"}
BEFORE = "Before insurance"
OUTCOMES = {
    "defense_only": "Own defense only",
    "monitor": "A court monitor",
    "class_payment": "A class payment",
}
MATTERS = {
    "maricopa": "Maricopa County, Arizona: the whole case",
    "los_angeles": "Los Angeles County’s settlement, for each person held",
    "new_york": "New York City’s settlement, at most, for each person held",
    "suffolk": "Suffolk County’s jury award, unpaid and on appeal, for each person held",
}
RATES = {
    "frequency.individual_paid": "Paid claims by individuals",
    "frequency.defense_only": "Suits that cost defense only",
    "frequency.hold_without_agreement": "Paid claims over holds",
}
SMALL_PAYMENTS = f"liability.{UNDER_COUNT}"
# A percentile whose interval is wider than this many steps of its rounding is not printed as if exact.
STEPS = 1
# Chances are printed to a tenth of a percent, and from a tenth on to a percent.
SMALLEST, TENTH, NOISE = 0.001, 0.1, 1e-9


def view(estimate: Estimate) -> LossesView | None:
    """What the page and the reports print of the proposed option's losses; None without officers."""
    found = estimate.liability.by_option.get(estimate.proposed.id)
    if found is None:
        return None
    return LossesView(
        chance=chance_words(found.chance_of_any_payout),
        chance_ends=f"{percent(found.chance_of_any_payout.low, 1)} to {percent(found.chance_of_any_payout.high, 1)}",
        recorded_kind=chance_words(found.chance_of_recorded_kind),
        given=given_words(found),
        no_comfort=no_comfort(estimate, found),
        rows=tuple(_rows(found)),
        expected=expected_words(estimate, found),
        later=_later(estimate, found.kept),
        reserve=tuple(_reserve(estimate, found)),
        joined=_joined(estimate, found),
        exceedance=_exceedance(found),
        options=tuple(_options(estimate)),
        outcomes=tuple(_outcome(each) for each in found.outcomes),
        matters=tuple(
            (
                MATTERS[each.id],
                None if each.per_person is None else money(each.per_person),
                money(each.amount),
            )
            for each in found.matters
        ),
        rates=tuple(_rate(estimate, found)),
        holding=holding_words(estimate),
        stresses=tuple(_stresses(estimate, found)),
        suit=_suit(estimate, found),
        terms=_terms(estimate),
        draws=found.draws,
    )


def chance_words(chance: Quantity) -> str:
    """10%, 2.4%, or "under 0.2%" where too few draws meet a claim to say more."""
    if chance.value < SMALLEST and chance.high > 0:
        return f"under {percent(math.ceil(chance.high / SMALLEST - NOISE) * SMALLEST, 1)}"
    return percent(chance.value, 0 if chance.value >= TENTH else 1)


def given_words(losses: Losses) -> str:
    """How large, where some claim is paid."""
    if losses.given_a_payout is None:
        return "too few simulations pay one to say how much"
    median, high = losses.given_a_payout
    return f"half the time more than {_about(median)}, 1 in 10 more than {_about(high)}"


def _about(quantity: Quantity) -> str:
    return f"{'' if _settled(quantity) else 'about '}{prose(quantity.value)}"


def _settled(quantity: Quantity) -> bool:
    return quantity.high - quantity.low <= STEPS * step_of(quantity.value)


def about(quantity: Quantity) -> str:
    """A simulated amount as far as this number of draws settles it."""
    return f"{'' if _settled(quantity) else 'about '}{money(quantity.value)}"


def ends(quantity: Quantity) -> str:
    """The interval in which nine of ten simulations of this size would put it."""
    return f"{money(quantity.low, 'low')} to {money(quantity.high, 'high')}"


def headline(estimate: Estimate) -> Headline:
    """The fourth number: the chance of any paid claim, and what is then paid."""
    title = f"Chance {payer(estimate)} pays any claim, {horizon_words(estimate.calendar)}"
    found = estimate.liability.by_option.get(estimate.proposed.id)
    if found is None:
        return Headline(title, (CaseFigure("no officers are entered", None, "0%"),))
    figure = CaseFigure(f"Then {given_words(found)}", None, chance_words(found.chance_of_any_payout))
    return Headline(title, (figure,), "Before insurance; class suits apart.")


def by_option(estimate: Estimate) -> Mapping[str, str]:
    """Each option's chance of a paid claim."""
    found = {
        each: chance_words(losses.chance_of_any_payout)
        for each, losses in estimate.liability.by_option.items()
    }
    holding = estimate.liability.holding
    if holding is not None:
        today = chance_words(holding.chance_of_any_payout)
    else:
        # Without a jail nobody is held; where that is not known, nor is the risk.
        today = "not known" if without_jail(estimate.scenario, estimate.edition) == JAIL_NOT_KNOWN else "–"
    return {"none": today} | found


def no_comfort(estimate: Estimate, losses: Losses) -> str:
    """What a percentile of zero means, and the tail beside the mean."""
    rare, over = losses.before.p99, horizon_words(estimate.calendar)
    if rare.value == 0:
        return (
            f"In at least 99 of 100 simulations of {over} nothing is paid. That says claims are rare, not that they "
            "are small: see the sizes on record."
        )
    if losses.before.p90.value == 0:
        return (
            f"In at least nine of ten simulations of {over} nothing is paid. That says claims are rare, not that "
            f"they are small: 1 simulation in 100 comes to {_about(rare)} or more before insurance."
        )
    return (
        f"1 simulation in 10 comes to {_about(losses.before.p90)} or more, and 1 in 100 to {_about(rare)} or more, "
        "before insurance."
    )


def expected_words(estimate: Estimate, losses: Losses) -> str:
    """The mean under each answer of the insurer, never without its tail."""
    parts = [
        f"{within(label)} {_about(kept.losses.expected)} (1 in 100: {_about(kept.losses.p99)})"
        for label, kept in _answers(losses)
    ]
    return f"Mean loss {payer(estimate)} keeps: {', '.join(parts)}."


def _answers(losses: Losses) -> Iterator[tuple[str, Kept]]:
    """The answers that are open: both while nobody has asked, otherwise the one entered."""
    for answer, kept in (("covered", losses.covered), ("excluded", losses.excluded)):
        if losses.answer in ("not_asked", answer):
            yield ANSWERS[answer], kept


def _rows(losses: Losses) -> Iterator[LossRow]:
    yield _row(BEFORE, losses.before)
    for label, kept in _answers(losses):
        yield _row(label, kept.losses)


def _row(label: str, losses: Distribution) -> LossRow:
    figures = (losses.expected, losses.p50, losses.p90, losses.p95, losses.p99)
    return LossRow(label, tuple((about(each), ends(each)) for each in figures))


def _later(estimate: Estimate, kept: Kept) -> str:
    whole = sum(kept.paid_by_year)
    if not whole:
        return ""
    within = kept.paid_within_horizon / whole
    return (
        f"Claims are paid years after the event: of the mean loss kept, {percent(within)} is paid within "
        f"{horizon_words(estimate.calendar)} and the rest after it."
    )


def _reserve(estimate: Estimate, losses: Losses) -> Iterator[str]:
    reserve = estimate.scenario.simulation.reserve
    for label, kept in _answers(losses):
        if reserve is not None and kept.above_reserve is not None:
            chance = chance_words(kept.above_reserve)
            yield f"{label}, the chance that it comes to more than the reserve of {money(reserve)} is {chance}."


def _joined(estimate: Estimate, losses: Losses) -> tuple[str, str]:
    """Full cost with the expected retained loss, which no total holds."""
    full = estimate.proposed.gross_full_cost.total.central
    words = "if excluded" if losses.answer != "covered" else "if covered"
    together = full + losses.kept.losses.expected.value
    return (
        f"Full cost with the mean loss kept {words}",
        f"about {money(together)}: {money(full)} and {about(losses.kept.losses.expected)}",
    )


def _exceedance(losses: Losses) -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """Curves of the chance of more than each amount: before insurance, and what is kept where it is otherwise."""
    curves = [(BEFORE, losses.before.exceedance)]
    curves += [
        (label, kept.losses.exceedance)
        for label, kept in _answers(losses)
        if kept.losses.exceedance != losses.before.exceedance
    ]
    return tuple(curves)


def _options(estimate: Estimate) -> Iterator[OptionLossRow]:
    for result in estimate.options:
        losses = estimate.liability.by_option.get(result.id)
        if losses is not None:
            yield OptionLossRow(
                result.option.label,
                result.option.proposed,
                chance_words(losses.chance_of_any_payout),
                chance_words(losses.chance_of_recorded_kind),
                tuple((label, about(kept.losses.expected)) for label, kept in _answers(losses)),
                about(losses.before.p99),
            )
    holding = estimate.liability.holding
    if holding is not None:
        yield OptionLossRow(
            "No agreement, holding on detainers as today",
            False,
            chance_words(holding.chance_of_any_payout),
            chance_words(holding.chance_of_recorded_kind),
            tuple((label, about(kept.losses.expected)) for label, kept in _answers(holding)),
            about(holding.before.p99),
        )


def _outcome(outcome: Outcome) -> OutcomeRow:
    return OutcomeRow(
        OUTCOMES[outcome.id],
        percent(outcome.chance, 2),
        MIDDOT.join((money(outcome.low, "low"), money(outcome.central), money(outcome.high, "high"))),
        money(outcome.kept_if_covered),
    )


def _rate(estimate: Estimate, losses: Losses) -> Iterator[RateUse]:
    holding = estimate.liability.holding
    for rate in (*losses.rates, *(holding.rates if holding else ())):
        about_model = estimate.edition.models.get(rate.model)
        label = RATES[rate.id] + (f", {about_model.short_label.lower()}" if about_model else "")
        record = (
            "as entered"
            if rate.events is None or rate.exposure is None
            else f"{plain(rate.events)} in {plain(rate.exposure)} agency-years, and half an event"
        )
        yield RateUse(
            f"liability.{rate.id}", label, record, percent(rate.yearly, 3), plain(rate.expected_claims, 3)
        )
        if rate is losses.rates[-1]:
            yield _small_payments(estimate, losses)


def _suit(estimate: Estimate, losses: Losses) -> str:
    """Class, pattern and federal suits in one sentence: their chance, and what each outcome comes to."""
    chance = sum(each.chance for each in losses.outcomes)
    each_of = "; ".join(
        f"{within(OUTCOMES[each.id])} {money(each.low, 'low')}{MIDDOT}{money(each.central)}{MIDDOT}"
        f"{money(each.high, 'high')}"
        for each in losses.outcomes
    )
    return (
        f"A class, pattern or federal suit: chance about {percent(chance, 1)} over {horizon_words(estimate.calendar)}. "
        f"Low, central and high: {each_of}."
    )


def _terms(estimate: Estimate) -> str:
    """What is assumed of the insurance where it covers the work: entered, or the middle of the edition's range."""
    insurance = estimate.scenario.insurance
    parts = []
    for typed, name, words in (
        (insurance.retention, RETENTION, "{who} keeps up to {amount} of each claim"),
        (insurance.limit, LIMIT, "the insurer pays up to {amount} above it"),
    ):
        amount = _middle(estimate, f"liability.{name}") if typed is None else typed
        mark = "[D]" if typed is None else "[E]"
        parts.append(f"{words.format(who=payer(estimate), amount=money(amount))} {mark}")
    if insurance.aggregate is not None:
        parts.append(f"at most {money(insurance.aggregate)} a year [E]")
    return f"If covered, {listed(parts)}."


def _ends_of(estimate: Estimate, parameter_id: str) -> tuple[float, ...]:
    """Low, middle and high of an assumption, or the one value that was entered."""
    override = estimate.scenario.assume.get(parameter_id)
    if override is not None:
        return (peak(override.value),)
    amount = estimate.edition.parameters[parameter_id].values[0].amount
    if isinstance(amount, Range):
        return amount.low, amount.central, amount.high
    return (amount.value,) if isinstance(amount, Fixed) else ()


def _middle(estimate: Estimate, parameter_id: str) -> float:
    known = _ends_of(estimate, parameter_id)
    return known[len(known) // 2]


def _stresses(estimate: Estimate, losses: Losses) -> Iterator[LossStressRow]:
    """What if the insurer says no, and what if a class sues; each beside what it changes."""
    covered, excluded = losses.covered.losses, losses.excluded.losses
    more = excluded.expected.value - covered.expected.value
    yield LossStressRow(
        "Insurance excludes the work",
        f"{about(excluded.expected)} mean, {about(excluded.p99)} in 1 of 100",
        f"+{money(more)} mean, against covered",
        None
        if losses.answer == "excluded"
        else with_answers(estimate.scenario, (("insurance.coverage", "excluded"),)).to_query(),
    )
    for outcome in losses.outcomes:
        if outcome.id == CLASS_PAYMENT:
            ends_of = MIDDOT.join(
                (money(outcome.low, "low"), money(outcome.central), money(outcome.high, "high"))
            )
            kept = f"{money(outcome.kept_if_covered)} of the central figure is kept if covered"
            yield LossStressRow("A class action ends in payment", ends_of, kept, None)


def _small_payments(estimate: Estimate, losses: Losses) -> RateUse:
    """The layer of payments too small to be found: what multiplies the paid claims, and how many it adds."""
    times = _ends_of(estimate, SMALL_PAYMENTS)
    found = sum(
        rate.expected_claims for rate in losses.rates if rate.id == INDIVIDUAL and rate.events is not None
    )
    return RateUse(
        SMALL_PAYMENTS,
        "Small payments not found",
        f"all paid claims over those found: {MIDDOT.join(plain(each) for each in times)}",
        "–",
        plain(found * (_middle(estimate, SMALL_PAYMENTS) - 1), 3),
    )


def holding_words(estimate: Estimate) -> str:
    """The exposure that no agreement creates."""
    holding, reason = estimate.liability.holding, estimate.liability.no_holding
    if holding is None:
        return f"Holding on detainers without an agreement: {reason}."
    return (
        "Holding on detainers without an agreement has a risk of its own: a chance of "
        f"{chance_words(holding.chance_of_any_payout)} of a paid claim for an average jail in the same time. "
        "The largest judgments on record are about holds. No agreement is not no risk."
    )

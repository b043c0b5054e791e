"""Historical litigation exposure: the record, what it cannot tell, and the coverage question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculator.editions import Edition
from calculator.editions.schema import AgreementModel, Counts, DatedValue, Fact
from calculator.render.formats import MILLION, NO_BREAK, in_words, money, plain
from calculator.render.statement.numbering import Numbering
from calculator.render.statement.parts import Liability, Marked, RateRow
from calculator.render.statement.wording import capital, payer
from calculator.result import Estimate
from calculator.scenario.states import STATES

INDIVIDUAL = "liability.frequency.individual_paid"
PATTERN = "liability.frequency.pattern"
HOLDS = "liability.frequency.hold_without_agreement"
DELAY = "liability.timing.individual_years"
MARICOPA = "liability.maricopa_total"
CASES = "litigation_cases"
SUFFOLK, NEW_YORK = "SUFF-01", "ONAD-01"
FACTS = "liability"
SIZE, EXCLUDED = "stat_individual_payments", "lia_017"
UNSEEN = "No claim found does not mean no risk."
# Codes of the case table.
COOPERATION = {"tfm": "287g-tfm", "jem": "287g-jem", "wso": "287g-wso"}
HOLDING, ONE_PERSON = "detainer-only", "individual"
PERCENT = 100


def fact(edition: Edition, topic: str, fact_id: str) -> Fact:
    """A quoted fact of the edition. Raises KeyError."""
    return {each.id: each for each in edition.facts[topic].facts}[fact_id]


def counts_of(edition: Edition, parameter_id: str, model: str | None) -> Counts | None:
    """The recorded events and exposure of a model."""
    found = _value(edition, parameter_id, model)
    return found.amount if found is not None and isinstance(found.amount, Counts) else None


def _value(edition: Edition, parameter_id: str, model: str | None) -> DatedValue | None:
    parameter = edition.parameters.get(parameter_id)
    for value in parameter.values if parameter else ():
        if value.models is None or model in value.models:
            return value
    return None


def _proposed(estimate: Estimate, parameter_id: str) -> Iterator[tuple[AgreementModel, Counts]]:
    """The recorded counts of each proposed model."""
    for model in estimate.proposed.option.models:
        about = estimate.edition.models[model]
        counts = counts_of(estimate.edition, parameter_id, about.terms_of)
        if counts is not None:
            yield about, counts


def liability(estimate: Estimate, numbering: Numbering) -> Liability:
    """The block under the totals."""
    edition = estimate.edition
    rows = edition.tables[CASES].rows
    years = sorted(int(year) for row in rows for year in re.findall(r"\d{4}", row["year_paid"]))
    matters = {row["case_name"] for row in rows}
    answer, more = _insurance(estimate, numbering)
    return Liability(
        insurance=answer,
        insurance_more=more,
        lead=Marked(
            "What is on record stands under the totals, not in them.",
            "?",
        ),
        recorded=tuple(_recorded(estimate)),
        rates=tuple(_rates(estimate)),
        size=f"{fact(edition, FACTS, SIZE).statement} The agency’s own defense is extra.",
        largest=tuple(_largest(edition, numbering)),
        largest_short=_largest_short(edition),
        unseen=UNSEEN,
        cannot_tell=(
            f"{UNSEEN} Only publicized cases can be found, and claims since 2025 are too "
            f"recent to show: half of recorded payments came {_delay(edition)} years or more after the conduct."
        ),
        without_agreement=(
            f"No agreement is not no risk: {_holds(edition)} paid claims over holds needed none, and the largest "
            "judgments are about holds."
        ),
        case_count=len(matters),
        row_count=len(rows),
        first_year=years[0],
        last_year=years[-1],
    )


def _recorded(estimate: Estimate) -> Iterator[str]:
    """What is on record for the proposed models: claims by individuals, then class suits and the like."""
    for parameter_id, what in (
        (INDIVIDUAL, "Paid claims by individuals on record"),
        (PATTERN, "Class, pattern or federal suits on record"),
    ):
        found = [
            f"{about.short_label.lower()} {counts.events} in {plain(counts.exposure)}"
            for about, counts in _proposed(estimate, parameter_id)
        ]
        if found:
            yield f"{what}: {'; '.join(found)} agency-years."


def _delay(edition: Edition) -> str:
    """Half of the payments came this many years after the conduct, or later."""
    years = edition.parameters[DELAY].values[0].middle
    return in_words(round(years)) if years == round(years) else plain(years)


def _insurance(estimate: Estimate, numbering: Numbering) -> tuple[Marked, Marked]:
    """The answer of the carrier, and what else is known about it."""
    insurance, edition = estimate.scenario.insurance, estimate.edition
    who = payer(estimate)
    if insurance.coverage == "covered":
        kept = (
            f"{capital(who)} keeps up to {money(insurance.retention)} of each claim."
            if insurance.retention is not None
            else "The retention is not known yet."
        )
        return Marked("Insurance: covered.", "E"), Marked(kept)
    if insurance.coverage == "excluded":
        return Marked("Insurance: excluded.", "E"), Marked(f"Every claim would fall on {who}.")
    known = fact(edition, FACTS, EXCLUDED)
    models = {edition.models[model].terms_of for model in estimate.proposed.option.models}
    if known.models and not models & set(known.models):
        return Marked("Insurance: not asked yet.", "?"), Marked("No pool was found that excludes this work.")
    return Marked("Insurance: not asked yet.", "?"), Marked(
        known.statement, sources=numbering.refs(known.sources[:1])
    )


def _rates(estimate: Estimate) -> Iterator[RateRow]:
    edition = estimate.edition
    for model in ("tfm", "jem", "wso"):
        label = edition.models[model].short_label
        for parameter_id, what in (
            (INDIVIDUAL, "claims by individuals"),
            (PATTERN, "class, pattern or federal suits"),
        ):
            counts = counts_of(edition, parameter_id, model)
            if counts is not None:
                yield _rate(f"{label}: {what}", counts, rows_of(parameter_id, model))
    holds = counts_of(edition, HOLDS, None)
    if holds is not None:
        yield _rate("Holding on detainers without an agreement", holds, rows_of(HOLDS, None))


def _rate(label: str, counts: Counts, cases: tuple[tuple[str, str], ...]) -> RateRow:
    rate = counts.events / counts.exposure
    return RateRow(label, counts.events, counts.exposure, rate, counts.low, counts.high, cases)


def rows_of(parameter_id: str, model: str | None) -> tuple[tuple[str, str], ...]:
    """What the case table is narrowed to, to show the matters behind a rate and the rows near them."""
    kind = ("cooperation", COOPERATION[model] if model else HOLDING)
    return (kind,) if parameter_id == PATTERN else (kind, ("claim_type", ONE_PERSON))


def _holds(edition: Edition) -> str:
    counts = counts_of(edition, HOLDS, None)
    return str(counts.events) if counts else "the recorded"


def _largest(edition: Edition, numbering: Numbering) -> Iterator[Marked]:
    """The three largest matters, each with its standing."""
    totals = {
        (value.when or {}).get("maricopa_basis", ""): value for value in edition.parameters[MARICOPA].values
    }
    amounts = [_large(totals[basis].middle) for basis in ("undisputed", "monitor", "county")]
    yield Marked(
        f"Maricopa County, Arizona: {amounts[0]}, {amounts[1]} or {amounts[2]}, by which cost is counted.",
        "?",
        numbering.refs(totals["county"].sources[:1]),
    )
    rows = {row["id"]: row for row in edition.tables[CASES].rows}
    for row_id, words in (
        (SUFFOLK, "a jury award over holds; unpaid and on appeal"),
        (NEW_YORK, "the most it agreed to pay over holds; what was paid is not known"),
    ):
        row = rows[row_id]
        where = row["jurisdiction"]
        state = STATES[row["state"]]
        place = where if where.startswith(state) else f"{where}, {state}"
        amount = _large(float(row["amount_nominal_usd"]))
        yield Marked(f"{place}: {amount}, {words}.", "?", numbering.of([row["source"]]))


def _largest_short(edition: Edition) -> str:
    """The three largest matters in one sentence."""
    totals = sorted(value.middle for value in edition.parameters[MARICOPA].values)
    rows = {row["id"]: row["amount_nominal_usd"] for row in edition.tables[CASES].rows}
    suffolk, new_york = (_large(float(rows[each])) for each in (SUFFOLK, NEW_YORK))
    return (
        f"The largest: Maricopa County {_large(totals[0])} to {_large(totals[-1])}, by which cost is counted; "
        f"Suffolk County {suffolk}, unpaid and on appeal; New York City at most {new_york}."
    )


def _large(amount: float) -> str:
    """$112 million and $58.6 million: as published, without zeros the record does not have."""
    return f"${plain(amount / MILLION)}{NO_BREAK}million"

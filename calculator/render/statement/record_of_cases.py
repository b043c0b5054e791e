"""Historical litigation exposure: the record, what it cannot tell, and the coverage question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calculator.editions import Edition
from calculator.editions.schema import Counts, DatedValue
from calculator.render.formats import money, percent, plain
from calculator.render.statement.numbering import Numbering
from calculator.render.statement.parts import CaseFigure, Liability, Marked, RateRow
from calculator.render.statement.wording import payer
from calculator.result import Estimate

INDIVIDUAL = "liability.frequency.individual_paid"
PATTERN = "liability.frequency.pattern"
HOLDS = "liability.frequency.hold_without_agreement"
EXCLUDED = "liability.coverage.task_force_claims"
SIZE = "liability.severity.individual"
MARICOPA = "liability.maricopa_total"
CASES = "litigation_cases"


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


def one_in(rate: float) -> str:
    """1 in 98."""
    return f"1 in {plain(round(1 / rate), 3)}" if rate else "none"


def recorded_by_model(estimate: Estimate) -> Mapping[str, str]:
    """For each model, recorded paid individual claims: "2 in 196"."""
    edition = estimate.edition
    found: dict[str, str] = {}
    for model in edition.models.values():
        counts = counts_of(edition, INDIVIDUAL, model.terms_of)
        found[model.id] = f"{counts.events} in {plain(counts.exposure)}" if counts else "not known"
    return found


def headline(estimate: Estimate) -> tuple[CaseFigure, str]:
    """The fourth number: what is on record for the proposed models."""
    edition, words, notes = estimate.edition, [], []
    for model in estimate.proposed.option.models:
        about = edition.models[model]
        counts = counts_of(edition, INDIVIDUAL, about.terms_of)
        if counts is None:
            continue
        words.append(f"{about.short_label.lower()} {counts.events} in {plain(counts.exposure)}")
        if counts.low and counts.high:
            rate = percent(counts.events / counts.exposure, 2)
            notes.append(f"{rate} a year, 90% range {percent(counts.low, 2)} to {percent(counts.high, 1)}")
    text = f"{'; '.join(words)} agency-years" if words else ""
    # Two ranges side by side would be read as one; with several models they stand in the liability block.
    note = notes[0] if len(notes) == 1 else ""
    return CaseFigure(
        "Recorded, not a forecast", None, text[:1].upper() + text[1:] if text else "none recorded"
    ), f"{note}." if note else "No claim found does not mean no risk."


def liability(estimate: Estimate, numbering: Numbering) -> Liability:
    """The block under the totals."""
    edition = estimate.edition
    rows = edition.tables[CASES].rows
    years = sorted(int(row["year_paid"][:4]) for row in rows if row["year_paid"][:4].isdigit())
    matters = {row["id"].split("-")[0] for row in rows}
    return Liability(
        insurance=_insurance(estimate, numbering),
        lead=Marked(
            "This block stands under the totals, not in them. It shows what is on record; a simulated loss is not part "
            "of this edition of the program.",
            "?",
        ),
        rates=tuple(_rates(estimate)),
        size=_size(estimate),
        largest=tuple(_largest(edition, numbering)),
        cannot_tell=(
            "No claim found does not mean no risk. Only publicized cases can be found, and claims since 2025 are too "
            "recent to show: half of recorded payments came three years or more after the conduct."
        ),
        without_agreement=(
            f"No agreement is not no risk: {_holds(edition)} paid claims over holds needed none, and the largest "
            "judgments are about holds."
        ),
        case_count=len(matters),
        first_year=years[0],
        last_year=years[-1],
    )


def _insurance(estimate: Estimate, numbering: Numbering) -> Marked:
    insurance = estimate.scenario.insurance
    who = payer(estimate)
    excluded = _value(estimate.edition, EXCLUDED, "tfm")
    sources = numbering.refs(excluded.sources)[:1] if excluded else ()
    pool = " One state’s county pool excludes task force work since June 2026."
    if insurance.coverage == "covered":
        kept = (
            f" {who[:1].upper() + who[1:]} keeps up to {money(insurance.retention)} of each claim."
            if (insurance.retention is not None)
            else " The retention is not known yet."
        )
        return Marked(f"Insurance: covered.{kept}", "E")
    if insurance.coverage == "excluded":
        return Marked(f"Insurance: excluded. Every claim would fall on {who}.", "E")
    return Marked(f"Insurance: not asked yet.{pool}", "?", sources)


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
                yield _rate(f"{label}: {what}", counts)
    holds = counts_of(edition, HOLDS, None)
    if holds is not None:
        yield _rate("Holding on detainers without an agreement", holds)


def _rate(label: str, counts: Counts) -> RateRow:
    return RateRow(
        label, counts.events, counts.exposure, counts.events / counts.exposure, counts.low, counts.high
    )


def _holds(edition: Edition) -> str:
    counts = counts_of(edition, HOLDS, None)
    return str(counts.events) if counts else "the recorded"


def _size(estimate: Estimate) -> str:
    value = estimate.edition.parameters[SIZE].values[0]
    note = value.note or ""
    return (
        "Of 28 payments to one person or a small group, half are below $113,000; they run from $11,000 to $952,000 "
        "in 2025 dollars. The agency’s own defense is extra."
        if "28 local payments" in note
        else note
    )


def _largest(edition: Edition, numbering: Numbering) -> Iterator[Marked]:
    totals = {
        (value.when or {}).get("maricopa_basis", ""): value for value in edition.parameters[MARICOPA].values
    }
    amounts = [
        money(totals[key].amount.value)  # type: ignore[union-attr]
        for key in ("undisputed", "monitor", "county")
        if key in totals
    ]
    refs = numbering.refs(totals["county"].sources[:1]) if "county" in totals else ()
    yield Marked(
        f"Maricopa County, Arizona: {amounts[0]}, {amounts[1]} or {amounts[2]}, by which cost is counted.",
        "?",
        refs,
    )
    for needle, words in (
        ("SUF", "Suffolk County, New York: $112 million, a jury award over holds; unpaid and on appeal."),
        ("NYC", "New York City: up to $92.5 million over holds; a ceiling, not what was paid."),
    ):
        row = next((row for row in edition.tables[CASES].rows if row["id"].startswith(needle)), None)
        if row is not None:
            yield Marked(words, "?", numbering.of(row["source"].split()[:1]))

"""The statement: sections and rows in reading order, with wording, made from one estimate. Every face renders it."""

from __future__ import annotations

from calculator.answers import together
from calculator.render.statement import answers, headline, losses, money, outlook, record_of_cases, tables
from calculator.render.statement.numbering import Numbering
from calculator.render.statement.parts import Statement
from calculator.render.statement.wording import STANDING, horizon_words
from calculator.result import Estimate

__all__ = ["Statement", "statement"]


def statement(estimate: Estimate) -> Statement:
    """Build the statement of one estimate. Raises what the answers raise."""
    numbering = Numbering(estimate.edition)
    found = together.answers(estimate)
    gaps, strongest = found.readings, found.drivers
    # The order of these calls is the order in which sources are numbered.
    banner = headline.banner(estimate, numbering)
    impact = tables.impact(estimate, numbering)
    liability = record_of_cases.liability(estimate, numbering)
    readings = outlook.readings(estimate, gaps, numbering)
    benefits = outlook.fact_rows(estimate, "benefit", numbering)
    effects = outlook.fact_rows(estimate, "cost", numbering)
    shown, also = tables.choices(estimate, losses.by_option(estimate))
    lines = tables.lines(estimate)
    for group in lines:
        for row in group.rows:
            numbering.of(source for each in row.inputs for source in each.sources)
    return Statement(
        identity=headline.identity(estimate),
        standing=STANDING,
        facts=tuple(headline.facts(estimate)),
        before_board=headline.before_board(estimate),
        banner=banner,
        sentence=headline.sentence(estimate),
        late_start=headline.late_start(estimate),
        headlines=headline.headlines(estimate, losses.headline(estimate)),
        pair=headline.pair(estimate),
        horizon=horizon_words(estimate.calendar),
        impact=impact,
        choices=shown,
        also_computed=also,
        choice_notes=tuple(tables.choice_notes(estimate)),
        readings=readings,
        lines=lines,
        beside=tuple(tables.beside(estimate)),
        unrefunded=tuple(tables.unrefunded(estimate)),
        hours=tuple(tables.hours_block(estimate)),
        money=money.money(estimate, found.late),
        liability=liability,
        losses=losses.view(estimate),
        drivers=answers.driver_rows(strongest, horizon_words(estimate.calendar)),
        central_gross=estimate.proposed.gross.total.central,
        answers=answers.part(estimate, found),
        benefits=benefits,
        effects=effects,
        questions=outlook.questions(estimate, gaps, strongest),
        not_counted=estimate.edition.header.not_counted,
        limitations=estimate.edition.header.limitations,
        notes=tuple(outlook.notes(estimate)),
        decides=outlook.decides(estimate),
        overrides=tuple(outlook.overrides(estimate)),
        sources=numbering.listed(),
        checks=tuple(finding.message for finding in estimate.checks if finding.severity == "passed"),
    )

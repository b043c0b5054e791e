"""Pages of the editions: every assumption with values, sources, grade, disputes, and the lines that read it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from calculator.costs import lines_that_read
from calculator.editions import Edition, edition_ids, open_edition
from calculator.editions.schema import Choice, Parameter
from calculator.render.screen import amount_text
from calculator.render.statement.numbering import Numbering
from calculator.scenario.states import STATES

blueprint = Blueprint("editions", __name__)
CASES = "litigation_cases"
FILTERS = ("cooperation", "claim_type", "state")


@blueprint.get("/editions/")
def index() -> str:
    """All editions."""
    return render_template("editions.html", editions=[open_edition(each) for each in reversed(edition_ids())])


@blueprint.get("/editions/<edition_id>/")
def edition_page(edition_id: str) -> str:
    """One edition: limitations, files, digest, and its assumptions by topic."""
    edition = _edition(edition_id)
    topics: dict[str, list[Parameter | Choice]] = {}
    entries: list[Parameter | Choice] = [*edition.parameters.values(), *edition.choices.values()]
    for each in sorted(entries, key=lambda one: one.id):
        topics.setdefault(each.id.partition(".")[0], []).append(each)
    return render_template("edition.html", edition=edition, topics=topics, states=STATES)


@blueprint.get("/editions/<edition_id>/<assumption_id>")
def assumption_page(edition_id: str, assumption_id: str) -> str:
    """One assumption, reading or perspective."""
    edition = _edition(edition_id)
    numbering = Numbering(edition)
    choice = edition.choices.get(assumption_id)
    if choice is not None:
        numbered = [(option, numbering.refs(option.sources)) for option in choice.options]
        return render_template(
            "choice.html", edition=edition, choice=choice, options=numbered, sources=numbering.listed()
        )
    parameter = edition.parameters.get(assumption_id)
    if parameter is None:
        abort(404)
    values = [
        (value, amount_text(parameter, value), numbering.refs(value.sources)) for value in parameter.values
    ]
    disputes = [(dispute, numbering.refs(dispute.sources)) for dispute in parameter.disputes]
    return render_template(
        "assumption.html",
        edition=edition,
        parameter=parameter,
        values=values,
        disputes=disputes,
        lines=lines_that_read(assumption_id),
        sources=numbering.listed(),
    )


@blueprint.get("/editions/<edition_id>/states/<code>")
def state_page(edition_id: str, code: str) -> str:
    """The rules of one state."""
    edition = _edition(edition_id)
    if code not in STATES:
        abort(404)
    numbering = Numbering(edition)
    state = edition.states.get(code)
    rules = [
        (
            rule,
            numbering.refs(rule.sources),
            [(each, numbering.refs(each.sources)) for each in rule.conflicts],
        )
        for rule in (state.rules if state else ())
    ]
    return render_template(
        "state.html", edition=edition, name=STATES[code], state=state, rules=rules, sources=numbering.listed()
    )


@blueprint.get("/editions/<edition_id>/facts/<topic>")
def facts_page(edition_id: str, topic: str) -> str:
    """Facts that are quoted and never computed with."""
    edition = _edition(edition_id)
    if topic not in edition.facts:
        abort(404)
    numbering = Numbering(edition)
    facts = [(fact, numbering.refs(fact.sources)) for fact in edition.facts[topic].facts]
    return render_template(
        "facts.html",
        edition=edition,
        title=edition.facts[topic].title,
        facts=facts,
        sources=numbering.listed(),
    )


@blueprint.get("/cases")
def cases() -> str | Response:
    """The litigation record: each row its source, what it paid, who paid, whether it is disputed."""
    edition = open_edition()
    table = edition.tables[CASES]
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    if any(name not in FILTERS for name in request.args) or ("" in request.args.values()):
        kept = urlencode({name: value for name, value in chosen.items() if value})
        return redirect(url_for("editions.cases") + (f"?{kept}" if kept else ""))
    numbering = Numbering(edition)
    rows = [
        row for row in table.rows if all(not value or row[name] == value for name, value in chosen.items())
    ]
    numbered = [(row, numbering.of(row["source"].split())) for row in rows]
    options = {name: sorted({row[name] for row in table.rows if row[name]}) for name in FILTERS}
    return render_template(
        "cases.html",
        edition=edition,
        table=table,
        rows=numbered,
        total=len(table.rows),
        chosen=chosen,
        options=options,
        sources=numbering.listed(),
        frequency=[edition.parameters[each] for each in FREQUENCIES],
    )


FREQUENCIES = (
    "liability.frequency.individual_paid",
    "liability.frequency.pattern",
    "liability.frequency.suit_any_outcome",
    "liability.frequency.hold_without_agreement",
)


def _edition(edition_id: str) -> Edition:
    if edition_id not in (*edition_ids(), "draft"):
        abort(404)
    return open_edition(edition_id)

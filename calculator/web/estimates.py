"""The form and its result. A result is a link; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from calculator.editions import Edition, edition_ids, open_edition
from calculator.errors import FIELDS_LIST, EditionError, Problem, ScenarioError
from calculator.estimate import estimate
from calculator.render import pictures
from calculator.render.formats import count
from calculator.render.statement import statement
from calculator.result import Estimate
from calculator.scenario import Scenario
from calculator.scenario.fields import BY_PATH
from calculator.scenario.values import number_from_text, printable
from calculator.web.fields import DRAWS, WEB_MOST
from calculator.web.forms import (
    BENEFITS,
    DETAIL,
    LEVEL,
    MODELS,
    PAY,
    build_form,
    field_of,
    groups,
    is_open,
    is_quick,
    models_of,
    pairs_of,
)

blueprint = Blueprint("estimates", __name__)
WEB_MONTHS = 24
PICKED = ("choice", "models", "state", "yes_no")
PROPOSED = "agreement.proposed"
EXAMPLE = urlencode(
    {
        "state": "VA",
        "type": "sheriff",
        "sworn_officers": 150,
        "residents": 180_000,
        "jail_average_daily_population": 356,
        "proposed": "tfm",
        "officers_tfm": 12,
    }
)


@blueprint.get("/")
def start() -> str:
    """The form, blank or holding the answers of a link."""
    return form_page(pairs_of(request.args.items(multi=True)), ())


def form_page(pairs: Iterable[tuple[str, str]], problems: tuple[Problem, ...]) -> str:
    """The form with what was typed and what is wrong with it."""
    # A page may not hold control characters.
    values = {printable(name): printable(text) for name, text in pairs}
    edition = _named_edition(values.get("edition"))
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(printable(field_of(problem)), []).append(for_form(problem))
    form = build_form({**dict.fromkeys(wrong, ""), **values}, edition)
    chosen = set(values.get("proposed", "").replace("tribal-tfm", "tfm").split("+")) - {""}
    detailed = [name for name in (*values, *wrong) if not is_quick(name)]
    return render_template(
        "start.html",
        form=form,
        models=models_of(edition),
        chosen=chosen,
        unknown_models=sorted(chosen.difference(MODELS)),
        pay=PAY,
        benefits=BENEFITS,
        groups=groups({**values, **dict.fromkeys(wrong.keys() - values.keys(), "")}, edition, wrong),
        edition=edition,
        problems=[
            (form[name].id, form[name].label.text, each) for name, found in wrong.items() for each in found
        ],
        by_field=wrong,
        open_detail=request.args.get(LEVEL) == DETAIL or bool(detailed),
        example=EXAMPLE,
    )


def for_form(problem: Problem) -> Problem:
    """The problem as the form words it: where a file wants a code, the form wants a tick or a choice."""
    if problem.see and problem.see != FIELDS_LIST:
        address = url_for("editions.edition_page", edition_id=problem.see)
        return replace(problem, do=f"{problem.do} The list is at {address}.", see="")
    field = BY_PATH.get(problem.where)
    if field is None or problem.do != field.wanted or field.kind not in PICKED or not is_open(field):
        return problem
    return replace(
        problem, do="Tick one or more." if field.path == PROPOSED else "Choose one of the answers."
    )


def _named_edition(name: str | None) -> Edition:
    try:
        return open_edition(name)
    except EditionError:
        return open_edition()


class BadAnswers(Exception):
    """The answers of a link cannot be used: the form is shown again, status 400."""

    def __init__(self, pairs: tuple[tuple[str, str], ...], problems: tuple[Problem, ...]) -> None:
        self.pairs, self.problems = pairs, problems
        super().__init__("bad answers")


@blueprint.errorhandler(BadAnswers)
def show_problems(error: BadAnswers) -> tuple[str | BaseResponse, int]:
    """The form again, with every answer kept; a program that asked for JSON gets the problems as JSON."""
    if request.endpoint == "estimates.estimate_json":
        listed = [
            {"field": field_of(each), "what": each.what, "do": for_form(each).do} for each in error.problems
        ]
        return jsonify(problems=listed), 400
    return form_page(error.pairs, error.problems), 400


def read(path: str) -> tuple[Scenario, Edition] | BaseResponse:
    """The scenario of the link, or a redirect to the link that holds only what differs from a default."""
    pairs = pairs_of(request.args.items(multi=True))
    slow = too_many_draws(pairs)
    try:
        scenario = Scenario.from_query(pairs)
        edition = open_edition(scenario.edition)
        scenario.check(edition)
    except (ScenarioError, EditionError) as error:
        others = [problem for problem in error.problems if problem.where not in {each.where for each in slow}]
        raise BadAnswers(pairs, (*others, *slow)) from error
    if slow:
        raise BadAnswers(pairs, slow)
    canonical = urlencode(scenario.to_query())
    if canonical != request.query_string.decode("ascii", "replace"):
        return redirect(f"{path}?{canonical}", 302)
    return scenario, edition


def too_many_draws(pairs: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """What is wrong when a link asks for more random draws than a page may wait for."""
    draws = BY_PATH[DRAWS]
    typed = number_from_text(dict(pairs).get(draws.link, ""))
    if not isinstance(typed, int | float) or typed <= WEB_MOST[DRAWS]:
        return ()
    what = f"{typed:,} draws take too long for a page."
    do = f"Enter at most {WEB_MOST[DRAWS]:,}; the command line allows up to {draws.maximum:,}."
    return (Problem(DRAWS, what, do),)


def run(path: str) -> Estimate | BaseResponse:
    """The estimate of the link."""
    found = read(path)
    return found if isinstance(found, BaseResponse) else estimate(*found)


@blueprint.get("/estimate")
def estimate_page() -> str | BaseResponse:
    """The result as a page."""
    result = run(url_for("estimates.estimate_page"))
    if isinstance(result, BaseResponse):
        return result
    stated = statement(result)
    ranged = next((group for group in stated.readings if group.ranged), None)
    costs = result.proposed.gross.total.central > 0
    newest = edition_ids()[-1:] or (result.edition.id,)
    query = result.scenario.to_query()
    return render_template(
        "estimate.html",
        s=stated,
        estimate=result,
        query=urlencode(query),
        proposed=next(choice for choice in (*stated.choices, *stated.also_computed) if choice.proposed),
        states_pay=any(choice.net_without != choice.gross for choice in stated.choices),
        pair=pictures.pair_chart(stated, "net-pair", "the table of the four numbers") if costs else None,
        compared=pictures.choices_chart(stated, "choices-range", "the table above it"),
        reading=pictures.reading_chart(ranged, stated, "salary-readings", "the table below it")
        if ranged
        else None,
        ranged=ranged,
        cash=pictures.cash_chart(stated, WEB_MONTHS, "cash", "the table by month") if costs else None,
        drivers=pictures.driver_chart(stated, "drivers", "the table below it") if stated.drivers else None,
        exceedance=pictures.exceedance_chart(stated, "exceedance", "the table below it"),
        frontier=pictures.frontier_chart(stated, "frontier", "the table below it"),
        newer=newest[0] if newest[0] != result.edition.id else None,
        answers=count(len(query), "answer"),
    )


@blueprint.get("/estimate.json")
def estimate_json() -> BaseResponse:
    """The result as JSON."""
    from calculator.render.record import to_json

    result = run(url_for("estimates.estimate_json"))
    return (
        result if isinstance(result, BaseResponse) else Response(to_json(result), mimetype="application/json")
    )


@blueprint.get("/estimate.csv")
def estimate_csv() -> BaseResponse:
    """The lines as CSV."""
    from calculator.render.table import to_csv

    result = run(url_for("estimates.estimate_csv"))
    if isinstance(result, BaseResponse):
        return result
    return Response(to_csv(result), mimetype="text/csv", headers=_attachment("moa287-lines.csv"))


@blueprint.get("/reports/brief.pdf")
def brief() -> BaseResponse:
    """The two-page brief."""
    from calculator.render.briefing import brief_pdf

    result = run(url_for("estimates.brief"))
    if isinstance(result, BaseResponse):
        return result
    return Response(
        brief_pdf(result), mimetype="application/pdf", headers=_attachment("moa287-brief.pdf", "inline")
    )


def _attachment(name: str, kind: str = "attachment") -> dict[str, str]:
    return {"Content-Disposition": f'{kind}; filename="{name}"'}

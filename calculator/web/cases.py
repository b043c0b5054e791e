"""The litigation record: filters, rows, amounts and rates, as a page and as CSV."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from calculator.editions import Edition, open_edition
from calculator.liability.amounts import CASES
from calculator.web.assumptions import blueprint
from calculator.web.case_amounts import amount_view
from calculator.web.case_filters import FIELDS, LABELS, YEARS, Filter, read_filter
from calculator.web.case_rates import biases, rate_rows
from calculator.web.case_rows import matter_count, matters_of


@blueprint.get("/cases")
def cases() -> str | Response | tuple[str, int]:
    """The litigation record: each row its source, what it paid, who paid, whether it is disputed."""
    edition = open_edition()
    asked = read_filter(edition, request.args.items(multi=True))
    if asked.problems:
        return _page(edition, asked), 400
    return _canonical("editions.cases", asked) or _page(edition, asked)


@blueprint.get("/cases.csv")
def cases_csv() -> str | Response | tuple[str, int]:
    """The rows of a filter as CSV."""
    from calculator.render.case_table import cases_csv as written

    edition = open_edition()
    asked = read_filter(edition, request.args.items(multi=True))
    if asked.problems:
        return _page(edition, asked), 400
    name = f'attachment; filename="moa287-cases-{edition.id}.csv"'
    return _canonical("editions.cases_csv", asked) or Response(
        written(edition, asked.rows(edition)), mimetype="text/csv", headers={"Content-Disposition": name}
    )


def _canonical(endpoint: str, asked: Filter) -> Response | None:
    """A redirect to the link that holds only what was answered; none when this is it."""
    if all(name in FIELDS and text for name, text in request.args.items(multi=True)):
        return None
    kept = urlencode(asked.pairs)
    return redirect(url_for(endpoint) + (f"?{kept}" if kept else ""))


def _page(edition: Edition, asked: Filter) -> str:
    rows = asked.rows(edition)
    return render_template(
        "cases.html",
        edition=edition,
        asked=asked,
        labels=LABELS,
        years=YEARS,
        query=urlencode(asked.row_pairs),
        summary=[(problem.where, LABELS[problem.where], problem) for problem in asked.problems],
        wrong={problem.where: problem for problem in asked.problems},
        matters=matters_of(edition, rows),
        shown={row["id"] for row in rows},
        row_count=len(rows),
        row_total=len(edition.tables[CASES].rows),
        matter_total=matter_count(edition),
        amounts=amount_view(edition, asked.basis),
        rates=rate_rows(edition),
        biases=biases(edition),
    )

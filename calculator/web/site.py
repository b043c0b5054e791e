"""Pages that do not depend on a scenario: method, fonts, health."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, send_file

from calculator.costs import all_lines
from calculator.editions import open_edition
from calculator.render import fonts
from calculator.render.statement.wording import CATEGORIES, STANDING
from calculator.scenario.fields import BY_PATH

blueprint = Blueprint("site", __name__)
# Amounts that show the rounding rule at work on the method page.
ROUNDED = (9_876, 945_432, 1_944_321)
_FACES = {face.stem: face for face in fonts.FACES}


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the program runs and its newest edition opens."""
    edition = open_edition()
    return Response(f"ok, edition {edition.id}\n", mimetype="text/plain")


@blueprint.get("/fonts/public-sans.css")
def font_css() -> Response:
    """The font faces of the page."""
    return Response(fonts.font_face_css(lambda face: f"/fonts/{face.stem}.woff2"), mimetype="text/css")


@blueprint.get("/fonts/<stem>.woff2")
def font(stem: str) -> Response:
    """One font file."""
    if stem not in _FACES:
        abort(404)
    return send_file(fonts.web_font_file(_FACES[stem]), mimetype="font/woff2")


@blueprint.get("/fonts/license.txt")
def font_license() -> Response:
    """The license of the font."""
    return Response(fonts.font_license(), mimetype="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon."""
    return blueprint_static("favicon.svg", "image/svg+xml")


def blueprint_static(name: str, mimetype: str) -> Response:
    """A file of the static folder."""
    from importlib.resources import files

    return Response(files("calculator.web").joinpath("static", name).read_bytes(), mimetype=mimetype)


@dataclass(frozen=True)
class FormulaRow:
    """A line of the model with the expression the program executes."""

    id: str
    label: str
    variant: str
    expression: str


@blueprint.get("/method")
def method() -> str:
    """How it is computed, in plain words, with every formula as it is executed."""
    edition = open_edition()
    return render_template(
        "method.html",
        edition=edition,
        standing=STANDING,
        draws=BY_PATH["simulation.draws"].default,
        amounts=ROUNDED,
        formulas={label: _formulas(category) for category, label in CATEGORIES.items()},
    )


def _formulas(category: str) -> list[FormulaRow]:
    rows = [
        FormulaRow(
            spec.id,
            spec.label,
            (spec.variant or "").replace("_", " "),
            spec.formula.expression.write(lambda name: name.replace("_", " ")),
        )
        for spec in all_lines()
        if spec.category == category
    ]
    return sorted(rows, key=lambda row: row.id)

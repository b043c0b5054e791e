"""Pages that do not depend on a scenario: method, fonts, health."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, send_file

from calculator.editions import edition_ids, open_edition
from calculator.render import fonts
from calculator.render.statement.wording import STANDING

blueprint = Blueprint("site", __name__)
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


@blueprint.get("/method")
def method() -> str:
    """How it is computed, in plain words."""
    edition = open_edition()
    return render_template("method.html", edition=edition, standing=STANDING, editions=edition_ids())

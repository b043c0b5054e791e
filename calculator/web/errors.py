"""Error pages in plain words."""

from __future__ import annotations

from flask import Flask, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from calculator.errors import CheckFailed, EditionError, RenderError, ScenarioError

WORDS = {
    400: ("This request cannot be read", "Go back and try again, or start from the form."),
    404: ("There is no such page", "Check the address, or start from the form."),
    405: ("This page cannot be used that way", "Open it by its link."),
    413: ("That is too large", "Send fewer answers."),
    414: ("That link is too long", "Enter fewer of your own values."),
    500: (
        "Something went wrong here",
        "Nothing you typed was kept. Try again; if it happens again, report the link.",
    ),
}

Page = tuple[str, int] | tuple[str, int, dict[str, str]]


def register(app: Flask) -> None:
    """Answer every error with a page that says what to do next."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Page:
        code = error.code or 500
        title, do = WORDS.get(code, ("This did not work", "Start from the form."))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            return (*page(code, title, do), {"Allow": ", ".join(sorted(error.valid_methods))})
        return page(code, title, do)

    @app.errorhandler(CheckFailed)
    def check_failed(error: CheckFailed) -> Page:
        return page(500, "A check failed, so no figure is shown", str(error))

    @app.errorhandler(RenderError)
    def render_failed(error: RenderError) -> Page:
        instead = ""
        if request.endpoint == "estimates.brief":
            query = request.query_string.decode("ascii", "replace")
            instead = f"{url_for('estimates.estimate_page')}?{query}"
        return page(500, "This report could not be made", str(error), instead)

    @app.errorhandler(ScenarioError)
    def scenario_error(error: ScenarioError) -> Page:
        return page(400, "These answers cannot be used", " ".join(str(problem) for problem in error.problems))

    @app.errorhandler(EditionError)
    def edition_error(error: EditionError) -> Page:
        return page(404, "There is no such edition", " ".join(str(problem) for problem in error.problems[:3]))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Page:
        app.logger.exception("unexpected error")
        return page(500, *WORDS[500])


def page(code: int, title: str, do: str, instead: str = "") -> tuple[str, int]:
    """An error page. `instead` is the address of a page that has the same figures."""
    return render_template("error.html", code=code, title=title, do=do, instead=instead), code

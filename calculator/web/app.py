"""Builds the Flask application."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from calculator.paths import data_folder
from calculator.version import VERSION
from calculator.web import cases, errors, estimates, filters, security, site


def create_app() -> Flask:
    """The application. Reads the newest edition once and warms nothing up."""
    app = Flask(__name__, template_folder=str(data_folder("templates")), static_folder="static")
    app.config["MAX_CONTENT_LENGTH"] = security.LONGEST_BODY
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["program_version"] = VERSION
    filters.register(app)
    # The cases are pages of the editions and add themselves to that blueprint.
    for part in (site, estimates, cases):
        app.register_blueprint(part.blueprint)
    errors.register(app)
    security.register(app)
    return app

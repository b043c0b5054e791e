"""How templates print numbers, marks and charts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask
from markupsafe import Markup

from calculator.editions import Edition
from calculator.render import formats
from calculator.render.charts import PHONE, WEB, draw, sides_note
from calculator.render.unbroken import unbroken
from calculator.scenario.fields import MODEL_WORDS
from calculator.units import UNITS
from calculator.version import VERSION

MARK_WORDS = {"E": "entered", "D": "default", "T": "quoted term", "?": "disputed or not known"}


def register(app: Flask) -> None:
    """Add filters and functions to the templates."""
    environment = app.jinja_env
    for name in (
        "money",
        "prose",
        "thousands",
        "exact",
        "percent",
        "hours",
        "plain",
        "in_unit",
        "day",
        "inline",
    ):
        environment.filters[name] = getattr(formats, name)
    environment.filters["in_thousands"] = formats.in_thousands
    environment.filters["unbroken"] = unbroken
    environment.filters["range_text"] = formats.range_text
    environment.filters["unit_words"] = lambda unit: UNITS[unit].words or "a count"
    environment.filters["query"] = lambda pairs: urlencode(list(pairs))
    environment.filters["model_words"] = lambda model: MODEL_WORDS.get(model, model)
    environment.globals["edition_identity"] = edition_identity
    environment.globals["mark_words"] = MARK_WORDS
    environment.globals["both_charts"] = both_charts
    environment.globals["chart_note"] = lambda chart: sides_note(chart, WEB)


def both_charts(chart: Any) -> Markup:
    """A chart for wide pages and one for phones; the page shows one of them."""
    wide = Markup('<div class="chart chart-web">{}</div>').format(draw(chart, WEB))
    narrow = Markup('<div class="chart chart-phone">{}</div>').format(draw(chart, PHONE))
    return wide + narrow


def edition_identity(edition: Edition) -> str:
    """Which figures and which program a page was made with."""
    digest = f" ({edition.short_digest})" if edition.short_digest else ""
    return f"Edition {edition.id}{digest} · program {VERSION}"

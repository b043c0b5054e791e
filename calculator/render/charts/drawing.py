"""From a chart's geometry to its SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import jinja2
from markupsafe import Markup

from calculator.errors import RenderError
from calculator.paths import data_folder
from calculator.render.charts.cash import CashChart
from calculator.render.charts.exceedance import Exceedance
from calculator.render.charts.frontier import FrontierChart
from calculator.render.charts.log_dots import LogDots
from calculator.render.charts.media import Medium
from calculator.render.charts.number_line import NumberLine
from calculator.render.charts.range_rows import RangeRows
from calculator.render.charts.shapes import Point, Rule

PALETTE = {
    "ink": "#1a1f24", "soft": "#3d454d", "mut": "#545d66", "cost": "#1f4e5f",
    "fed": "#8a5a12", "grid": "#d9dee2", "white": "#ffffff",
}  # fmt: skip
Chart = NumberLine | RangeRows | CashChart | Exceedance | FrontierChart | LogDots


def draw(chart: Chart, medium: Medium, width: float | None = None) -> Markup:
    """The chart as one `<svg>`; `width` in the medium's unit. Raises RenderError when a text does not fit."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", chart.id):
        raise RenderError(f"Chart id '{chart.id}' must be lower-case letters, digits and hyphens.")
    geometry = chart.geometry(medium, width or medium.width)
    macro = getattr(_macros(), geometry.macro)
    return Markup(re.sub(r"\n\s*\n+", "\n", str(macro(geometry)).strip()))  # noqa: S704 - autoescaped template


def sides_note(chart: NumberLine | RangeRows, medium: Medium, width: float | None = None) -> str:
    """The sentence to add to the caption when the chart had no room to name the side below zero; else ""."""
    arrows = chart.geometry(medium, width or medium.width).arrows
    below = any(mark.low < 0 for mark in chart.marks)
    return chart.sides.note if below and not arrows else ""


def two_decimals(value: float) -> str:
    """A coordinate: at most two decimals, no spare zeros, never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(rules: Iterable[Rule]) -> str:
    return "".join("M{} {}L{} {}".format(*map(two_decimals, rule)) for rule in rules)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{two_decimals(x)},{two_decimals(y)}" for x, y in points)


@cache
def _macros() -> jinja2.environment.TemplateModule:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"n": two_decimals, "path": _path, "points": _points}
    environment.globals["color"] = PALETTE
    return environment.get_template("parts/charts.svg.jinja").module

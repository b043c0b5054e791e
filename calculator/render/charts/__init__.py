"""The charts of the page and the reports: their descriptions, and the geometry behind the SVG.

A chart is a frozen description with plain numbers and ready-made words;
`draw(chart, medium)` gives the SVG, the same for the page and the PDF. Nothing
here works out a figure of the model. How things look is in
`templates/parts/charts.svg.jinja`.
"""

from __future__ import annotations

from calculator.render.charts.cash import CashChart, CashLine, Ring
from calculator.render.charts.drawing import Chart, draw, sides_note
from calculator.render.charts.exceedance import Curve, Exceedance
from calculator.render.charts.frontier import FrontierChart
from calculator.render.charts.log_dots import Dot, Lane, LogDots
from calculator.render.charts.media import PHONE, PRINT, WEB, Medium
from calculator.render.charts.number_line import NumberLine
from calculator.render.charts.range_rows import RangeRows
from calculator.render.charts.ranges import RangeMark
from calculator.render.charts.sides import Sides

__all__ = [
    "PHONE",
    "PRINT",
    "WEB",
    "CashChart",
    "CashLine",
    "Chart",
    "Curve",
    "Dot",
    "Exceedance",
    "FrontierChart",
    "Lane",
    "LogDots",
    "Medium",
    "NumberLine",
    "RangeMark",
    "RangeRows",
    "Ring",
    "Sides",
    "draw",
    "sides_note",
]

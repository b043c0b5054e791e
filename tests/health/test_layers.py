"""Imports point one way, and each third-party package stays in its layer."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "calculator"

# A module may import what stands before it, never what stands after it.
ORDER = (
    *("version", "errors", "units", "calendar", "paths"),
    "editions",
    "scenario",
    *("line", "inputs"),
    *("costs", "liability"),
    "options",
    "grants",
    "result",
    *("blocks", "exposure"),
    *("drawn", "sample", "percentiles"),
    "checks",
    "estimate",
    "answers",
    "law",
    "render",
    "web",
    *("backtest", "accuracy", "bench"),
    "cli",
)
SIDES = [{"costs", "liability"}]  # neither may import the other

# Where each third-party package may be imported: module names, each with all below it.
ALLOWED = {
    "numpy": (
        "calendar",
        *ORDER[ORDER.index("line") : ORDER.index("answers") + 1],
        "render",
        "backtest",
        "accuracy",
        "bench",
    ),
    "yaml": ("editions", "scenario"),
    "pydantic": ("editions", "scenario", "render.record"),
    "weasyprint": ("render.pdf",),
    "fontTools": ("render",),
    "fontpkg": ("render",),
    "fontpkg_public_sans": ("render",),
    "jinja2": ("render", "web"),
    "markupsafe": ("render", "web"),
    "flask": ("web",),
    "flask_bootstrap": ("web",),
    "werkzeug": ("web",),
    "wtforms": ("web",),
    "waitress": ("web",),
}
# An estimate is a function of its scenario and its edition: nothing of the model looks outside.
OUTSIDE = {"http", "os", "random", "secrets", "socket", "subprocess", "tempfile", "time", "urllib", "uuid"}
CLOCK = {"now", "today", "utcnow"}
MODEL = ORDER[: ORDER.index("render")]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each imported module with its line; `from calculator import x` counts as calculator.x."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, "(relative)"
            elif node.module == "calculator":
                yield from ((node.lineno, f"calculator.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def within(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def own_import_fault(layer: str, target: str) -> str | None:
    name = target.split(".")[1]
    if name not in ORDER:
        return f"{target} is in no layer"
    if ORDER.index(name) > ORDER.index(layer) or any({name, layer} == pair for pair in SIDES):
        return f"{layer} must not import {name}"
    return None


def faults(module: str, source: str) -> list[str]:
    """What is wrong with the imports of `module` (without "calculator.")."""
    tree = ast.parse(source)
    layer = module.split(".")[0]
    if layer not in ORDER:
        return [f"{module} is in no layer"]
    found = []
    for line, target in imported(tree):
        top = target.split(".")[0]
        fault = None
        if target == "(relative)":
            fault = "relative import"
        elif top == "calculator":
            fault = own_import_fault(layer, target)
        elif top in OUTSIDE and layer in MODEL and layer != "editions":
            fault = f"{layer} must not look outside by {top}"
        elif top not in sys.stdlib_module_names and not within(module, ALLOWED.get(top, ())):
            fault = f"{module} must not import {top}"
        if fault:
            found.append(f"{line}: {fault}")
    clocks = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in CLOCK)
    return found + [f"{node.lineno}: {layer} must not read the clock" for node in clocks if layer in MODEL]


def modules() -> dict[str, Path]:
    paths = (path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }


def test_every_module_keeps_the_order() -> None:
    found = {name: faults(name, path.read_text("utf-8")) for name, path in modules().items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_package_itself_loads_nothing_at_once() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    at_top = {
        target
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for _, target in imported(node)
    }
    assert at_top <= {"__future__", "os", "typing"}


def test_only_known_layers_stand_in_the_package() -> None:
    assert {name.split(".")[0] for name in modules()} <= set(ORDER)
    assert {"editions", "scenario", "line", "costs", "estimate", "render"} <= {
        name.split(".")[0] for name in modules()
    }


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("costs.hours", "from calculator.line import least", []),
        ("costs.hours", "from calculator.estimate import estimate", ["1: costs must not import estimate"]),
        ("costs.hours", "from calculator import render", ["1: costs must not import render"]),
        ("costs.hours", "from calculator.liability import rate", ["1: costs must not import liability"]),
        ("liability.rate", "import calculator.costs.hours", ["1: liability must not import costs"]),
        ("costs.hours", "from calculator.util import x", ["1: calculator.util is in no layer"]),
        ("costs.hours", "from . import rates", ["1: relative import"]),
        ("costs.hours", "def f():\n    import yaml", ["2: costs.hours must not import yaml"]),
        ("editions.loader", "import yaml, pydantic", []),
        ("render.record", "from pydantic import BaseModel", []),
        ("render.table", "from pydantic import BaseModel", ["1: render.table must not import pydantic"]),
        ("render.pdf", "def f():\n    from weasyprint import HTML", []),
        ("render.pdf_pages", "import weasyprint", ["1: render.pdf_pages must not import weasyprint"]),
        ("render.page", "from flask import url_for", ["1: render.page must not import flask"]),
        ("web.views", "from flask import Flask", []),
        ("cli", "import flask", ["1: cli must not import flask"]),
        ("estimate", "import numpy as np\nimport scipy", ["2: estimate must not import scipy"]),
        ("estimate", "import random", ["1: estimate must not look outside by random"]),
        ("estimate", "day = datetime.date.today()", ["1: estimate must not read the clock"]),
        ("helpers", "import ast", ["helpers is in no layer"]),
    ],
)
def test_the_rule_itself(module: str, source: str, expected: list[str]) -> None:
    assert faults(module, source) == expected

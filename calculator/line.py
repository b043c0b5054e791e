"""A line explains itself.

A line is a small pure function of named inputs. Its parameters declare where
each input comes from: an assumption of the edition, a quantity of the run, an
answer of the user, or another function. Called with arrays it computes; called
once with symbols it returns its own expression, from which the printed words,
the workbook formula and the list of assumptions it reads are made. A formula
is therefore never written twice.

Allowed in a line: + - * /, `least`, `most`, `when`, and helpers made of these.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Category = Literal["training", "operations", "detention", "administration", "liability", "receipts", "memo"]
Nature = Literal["cash", "diverted", "receipt", "memo"]
Timing = Literal["one-time", "recurring"]


# --- symbols -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Expression:
    """A node of a formula: a symbol, a plain number, or an operation on other nodes."""

    operator: str  # "symbol", "number", "+", "-", "*", "/", "least", "most" or "when"
    name: str = ""
    value: float = 0.0
    parts: tuple[Expression, ...] = ()

    def __add__(self, other: Any) -> Expression:
        return _operation("+", self, other)

    def __radd__(self, other: Any) -> Expression:
        return _operation("+", other, self)

    def __sub__(self, other: Any) -> Expression:
        return _operation("-", self, other)

    def __rsub__(self, other: Any) -> Expression:
        return _operation("-", other, self)

    def __mul__(self, other: Any) -> Expression:
        return _operation("*", self, other)

    def __rmul__(self, other: Any) -> Expression:
        return _operation("*", other, self)

    def __truediv__(self, other: Any) -> Expression:
        return _operation("/", self, other)

    def __rtruediv__(self, other: Any) -> Expression:
        return _operation("/", other, self)

    def __bool__(self) -> bool:
        raise TypeError("a line may not branch on a value: use when(condition, then, otherwise)")

    def symbols(self) -> Iterator[str]:
        """Names of the symbols, in order of appearance, repeats included."""
        if self.operator == "symbol":
            yield self.name
        for part in self.parts:
            yield from part.symbols()

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """Compute the expression from the values of its symbols."""
        if self.operator == "symbol":
            return values[self.name]
        if self.operator == "number":
            return self.value
        parts = [part.evaluate(values) for part in self.parts]
        return _COMPUTE[self.operator](*parts)

    def __str__(self) -> str:
        return self.write(lambda name: name)

    def write(self, name_of: Callable[[str], str]) -> str:
        """Write the expression with × ÷ and the words of `name_of` for each symbol."""
        return _write(self, name_of)[0]


def symbol(name: str) -> Expression:
    """A named input of a formula."""
    return Expression("symbol", name=name)


def _node(value: Any) -> Expression:
    return value if isinstance(value, Expression) else Expression("number", value=float(value))


def _operation(operator: str, *parts: Any) -> Expression:
    return Expression(operator, parts=tuple(_node(part) for part in parts))


_COMPUTE: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "least": np.minimum,
    "most": np.maximum,
    "when": lambda condition, then, otherwise: np.where(np.asarray(condition) != 0, then, otherwise),
}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}
_SIGN = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_ATOM = 3


def _write(node: Expression, name_of: Callable[[str], str]) -> tuple[str, int]:
    if node.operator == "symbol":
        return name_of(node.name), _ATOM
    if node.operator == "number":
        return f"{node.value:g}", _ATOM
    if node.operator == "when":
        condition, then, otherwise = (_write(part, name_of)[0] for part in node.parts)
        return f"({then} if {condition} is not 0, otherwise {otherwise})", _ATOM
    if node.operator in ("least", "most"):
        inner = ", ".join(_write(part, name_of)[0] for part in node.parts)
        return f"the {node.operator} of ({inner})", _ATOM
    binding = _BINDING[node.operator]
    left, left_binding = _write(node.parts[0], name_of)
    right, right_binding = _write(node.parts[1], name_of)
    if left_binding < binding:
        left = f"({left})"
    if right_binding < binding or (right_binding == binding and node.operator in "-/"):
        right = f"({right})"
    return f"{left}{_SIGN[node.operator]}{right}", binding


def least(first: Any, second: Any) -> Any:
    """The smaller of two values."""
    return _apply("least", first, second)


def most(first: Any, second: Any) -> Any:
    """The larger of two values."""
    return _apply("most", first, second)


def when(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where `condition` is not zero, else `otherwise`."""
    return _apply("when", condition, then, otherwise)


def _apply(operator: str, *parts: Any) -> Any:
    if any(isinstance(part, Expression) for part in parts):
        return _operation(operator, *parts)
    return _COMPUTE[operator](*parts)


# --- where an input comes from -------------------------------------------------------------------
# One object for each origin: a run looks values up by origin some thousand times.


@dataclass(frozen=True, eq=False)
class Assumed:
    """An assumption of the edition; "{staff}" in the id stands for the model's kind of staff."""

    id: str


@dataclass(frozen=True, eq=False)
class Quantity:
    """A quantity of the run, one value for each period: heads, entries, years."""

    name: str


@dataclass(frozen=True, eq=False)
class Answer:
    """A number the user typed, by its path in the scenario."""

    path: str


@dataclass(frozen=True, eq=False)
class Computed:
    """The derived function of that name, in the variant the context selects; the user may enter it instead."""

    name: str


Origin = Assumed | Quantity | Answer | Computed


@cache
def assumed(assumption_id: str) -> Any:
    """Declare an input read from the edition."""
    return Assumed(assumption_id)


@cache
def quantity(name: str) -> Any:
    """Declare an input counted by the run itself."""
    return Quantity(name)


@cache
def answer(path: str) -> Any:
    """Declare an input that only the user can give."""
    return Answer(path)


@cache
def computed(name: str) -> Any:
    """Declare an input worked out by a derived function."""
    return Computed(name)


# --- functions that explain themselves ---------------------------------------------------------


@dataclass(frozen=True)
class Formula:
    """A pure function with its declared inputs and its own expression."""

    function: Callable[..., Any]
    inputs: Mapping[str, Origin]
    expression: Expression

    def reads(self) -> Iterator[Origin]:
        """The declared origins, in order."""
        yield from self.inputs.values()


def formula(function: Callable[..., Any]) -> Formula:
    """Trace a function once with symbols. Raises TypeError when an input is undeclared or unused."""
    inputs: dict[str, Origin] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY or not isinstance(parameter.default, Origin):
            raise TypeError(f"{function.__name__}: '{name}' must be keyword-only and say where it comes from")
        inputs[name] = parameter.default
    expression = _node(function(**{name: symbol(name) for name in inputs}))
    unused = set(inputs) - set(expression.symbols())
    if unused:
        raise TypeError(f"{function.__name__}: declared but never used: {', '.join(sorted(unused))}")
    return Formula(function, inputs, expression)


@dataclass(frozen=True)
class Derived:
    """A named intermediate value (a rate, a volume) in one variant.

    `variant` is None, or the word the context must carry for `axis`
    ("activity", "case_role", or the key of a reading or perspective).
    """

    name: str
    label: str
    unit: str
    formula: Formula
    axis: str | None = None
    variant: str | None = None


@dataclass(frozen=True)
class LineSpec:
    """A cost or receipt line, or a memo line, in one variant."""

    id: str
    label: str
    category: Category
    timing: Timing
    nature: Nature
    refundable: str
    profile: str
    formula: Formula
    scope: tuple[str, ...]  # the models it is computed for, or ("shared",), or ("option",)
    axis: str | None = None
    variant: str | None = None
    base: Formula | None = None  # receipts: the claim base
    claims: str = (
        ""  # receipts: what is claimed, which no other line of the model may claim in the same period
    )
    unit: str = "USD"

    def __call__(self, **inputs: Any) -> Any:
        """Compute the line from plain numbers or arrays."""
        return self.formula.function(**inputs)


@dataclass
class Registry:
    """Every derived value and line, in reading order."""

    derived: dict[str, list[Derived]] = field(default_factory=dict)
    lines: dict[str, list[LineSpec]] = field(default_factory=dict)


REGISTRY = Registry()
Register = Callable[[Callable[..., Any]], LineSpec]
JAIL_MODELS = ("jem", "wso")
ALL_MODELS = ("jem", "tfm", "wso")
SHARED = ("shared",)
OPTION = ("option",)


def derived(
    name: str, *, label: str, unit: str, axis: str | None = None, variant: str | None = None
) -> Callable[[Callable[..., Any]], Derived]:
    """Register a derived value."""

    def register(function: Callable[..., Any]) -> Derived:
        spec = Derived(name, label, unit, formula(function), axis, variant)
        REGISTRY.derived.setdefault(name, []).append(spec)
        return spec

    return register


def cost_line(
    line_id: str,
    *,
    label: str,
    timing: Timing,
    nature: Nature,
    refundable: str,
    profile: str,
    scope: tuple[str, ...] = ALL_MODELS,
    axis: str | None = None,
    variant: str | None = None,
) -> Register:
    """Register a cost line; its category is the first part of the id."""

    def register(function: Callable[..., Any]) -> LineSpec:
        category: Any = line_id.partition(".")[0]
        spec = LineSpec(
            line_id,
            label,
            category,
            timing,
            nature,
            refundable,
            profile,
            formula(function),
            scope,
            axis,
            variant,
        )
        REGISTRY.lines.setdefault(line_id, []).append(spec)
        return spec

    return register


def receipt_line(
    line_id: str,
    *,
    label: str,
    timing: Timing,
    profile: str,
    base: Callable[..., Any],
    claims: str | None = None,
    scope: tuple[str, ...] = ALL_MODELS,
    axis: str | None = None,
    variant: str | None = None,
) -> Register:
    """Register a receipt line with the function of its claim base; `claims` defaults to the line's own id."""

    def register(function: Callable[..., Any]) -> LineSpec:
        spec = LineSpec(
            line_id, label, "receipts", timing, "receipt", "", profile, formula(function), scope, axis, variant,
            formula(base), claims or line_id,
        )  # fmt: skip
        REGISTRY.lines.setdefault(line_id, []).append(spec)
        return spec

    return register


def memo_line(
    line_id: str, *, label: str, profile: str, scope: tuple[str, ...] = ALL_MODELS, unit: str = "USD"
) -> Register:
    """Register a figure printed beside the totals and never added to them."""

    def register(function: Callable[..., Any]) -> LineSpec:
        spec = LineSpec(
            line_id, label, "memo", "recurring", "memo", "", profile, formula(function), scope, unit=unit
        )
        REGISTRY.lines.setdefault(line_id, []).append(spec)
        return spec

    return register

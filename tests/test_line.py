"""A line explains itself: tracing, printing, computing."""

import numpy as np
import pytest

from calculator.line import assumed, formula, least, most, quantity, symbol, when


def test_a_formula_prints_what_it_executes():
    def backfill(*, entries=quantity("entries"), hours=assumed("a.hours"), share=assumed("a.share")):
        return entries * hours * (1 - share) / 2

    traced = formula(backfill)
    assert str(traced.expression) == "entries × hours × (1 − share) ÷ 2"
    # 12 officers x 40 hours x 0.65 / 2 = 156
    assert traced.function(entries=12, hours=40, share=0.35) == pytest.approx(156.0)
    assert traced.expression.evaluate({"entries": 12, "hours": 40, "share": 0.35}) == pytest.approx(156.0)


def test_brackets_stand_only_where_they_change_the_value():
    a, b, c = symbol("a"), symbol("b"), symbol("c")
    assert str(a + b * c) == "a + b × c"
    assert str((a + b) * c) == "(a + b) × c"
    assert str(a - (b - c)) == "a − (b − c)"
    assert str(a / (b / c)) == "a ÷ (b ÷ c)"
    assert str(a * b / c) == "a × b ÷ c"


def test_least_most_and_when_compute_and_print():
    a, b = symbol("a"), symbol("b")
    assert str(least(a, b)) == "the least of (a, b)"
    assert str(most(a - b, 0)) == "the most of (a − b, 0)"
    assert str(when(a, b, 0)) == "(b if a is not 0, otherwise 0)"
    assert least(3, 5) == 3
    assert most(np.array([-1.0, 2.0]), 0).tolist() == [0.0, 2.0]
    assert when(np.array([0, 4]), 7, 1).tolist() == [1, 7]


def test_a_line_may_not_branch_on_a_value():
    def branching(*, a=quantity("a")):
        return a if a else 0

    with pytest.raises(TypeError, match="may not branch"):
        formula(branching)


def test_an_unused_input_is_an_error():
    def lazy(*, a=quantity("a"), b=quantity("b")):
        return a + 0

    with pytest.raises(TypeError, match="declared but never used: b"):
        formula(lazy)


def test_an_input_without_an_origin_is_an_error():
    def positional(a, *, b=quantity("b")):
        return a + b

    def plain(*, a=3):
        return a

    with pytest.raises(TypeError, match="'a' must be keyword-only and say where it comes from"):
        formula(positional)
    with pytest.raises(TypeError, match="'a' must be keyword-only and say where it comes from"):
        formula(plain)

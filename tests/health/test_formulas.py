"""The formula printed beside each line, redone from the printed inputs alone, gives the printed amount."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from calculator.editions import Edition
from calculator.estimate import estimate
from calculator.render.record import record
from calculator.scenario import Scenario

Values = Mapping[str, float]
SHERIFF_TASK_FORCE = {
    "agency": {"state": "VA", "type": "sheriff", "sworn_officers": 150, "residents": 180_000},
    "agreement": {"starts": "2027-07", "years": 5, "fiscal_year_starts": 7, "proposed": "tfm"},
    "officers": {"tfm": [{"from": "2027-07", "value": 8}, {"from": "2028-03", "value": 12}]},
}
SHERIFF_JAIL = {
    "agency": {
        "state": "TX", "type": "sheriff", "sworn_officers": 200, "residents": 250_000,
        "jail_average_daily_population": 400, "holds_on_detainers": 40,
    },
    "agreement": {"starts": "2028-01", "years": 3, "fiscal_year_starts": 10, "proposed": "jem+wso"},
    "officers": {"jem": 6, "wso": 10, "both": 2},
    "perspectives": {"overtime_threshold": "flsa_7k", "jem_work": "unit", "bed_cost": "average"},
}  # fmt: skip
TRIBAL = {
    "agency": {"state": "US", "type": "tribal", "sworn_officers": 30, "jail_average_daily_population": 0},
    "agreement": {"starts": "2028-10", "years": 2, "fiscal_year_starts": 10, "proposed": "tribal-tfm"},
    "officers": {"tfm": 4},
    "readings": {
        "salary": "hours_spent", "overtime": "share_of_overtime", "equipment": "flat",
        "tfm_travel": "agency_refunded", "tfm_course": "four_weeks",
    },
    "reimbursement": {"case": "expected", "paid_share": 0.5, "disallowed_share": 0.1, "lag_months": 3},
}  # fmt: skip
SCENARIOS = {"sheriff-tfm": SHERIFF_TASK_FORCE, "sheriff-jail": SHERIFF_JAIL, "tribal": TRIBAL}


# --- reading a printed formula ------------------------------------------------------------------

WORDS = {
    "×": "*", "÷": "/", "−": "-", "the least of (": "least(", "the most of (": "most(",
    " is not 0, otherwise ": " != 0 else ",
}  # fmt: skip
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def parsed(printed: str) -> ast.expr:
    for words, sign in WORDS.items():
        printed = printed.replace(words, sign)
    return ast.parse(printed, mode="eval").body


def names_in(tree: ast.expr) -> list[str]:
    return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {"least", "most"})


def redo(tree: ast.expr, values: Values) -> float:
    """Only numbers, names, + - * /, least, most, and "if … is not 0": anything else is refused."""
    match tree:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=sign, right=right):
            return OPERATORS[type(sign)](redo(left, values), redo(right, values))
        case ast.Call(func=ast.Name(id="least" | "most" as word), args=[first, second], keywords=[]):
            pick = min if word == "least" else max
            return pick(redo(first, values), redo(second, values))
        case ast.IfExp(test=ast.Compare(left=tested, ops=[ast.NotEq()]), body=then, orelse=otherwise):
            return redo(then if redo(tested, values) != 0 else otherwise, values)
    raise ValueError(f"not part of a printed formula: {ast.dump(tree)}")


def test_the_reader_of_printed_formulas_reads_what_is_printed() -> None:
    values = {"a": 2.0, "b": 3.0, "c": 4.0}
    for printed, expected in {
        "a + b × c": 14.0,  # 2 + 12
        "(a + b) × c ÷ 5": 4.0,  # 5 x 4 / 5
        "1 − a": -1.0,
        "a × the least of (b, c − 2)": 4.0,  # 2 x 2
        "the most of (a − c, 0)": 0.0,
        "(b if a is not 0, otherwise c)": 3.0,
        "(b if a − 2 is not 0, otherwise c)": 4.0,
    }.items():
        assert redo(parsed(printed), values) == expected, printed
    with pytest.raises(ValueError, match="not part of a printed formula"):
        redo(parsed("a if b > c else 1"), values)


# --- the records ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SCENARIOS)
def printed(request: pytest.FixtureRequest, edition: Edition) -> dict[str, Any]:
    return record(estimate(Scenario.from_mapping(SCENARIOS[request.param]), edition, draws=0))


def lines_of(printed: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of every available option; the full-cost view holds the budget lines too."""
    for option_id, option in printed["options"].items():
        if option["available"]:
            for line in option["views"]["full_cost"]["lines"]:
                yield f"{option_id}: {line['id']} ({line['model']})", line


def own_inputs(line: dict[str, Any]) -> dict[str, list[float]]:
    """The line's own inputs: the first of each name. Those that follow belong to inputs worked out."""
    found: dict[str, list[float]] = {}
    for each in line["inputs"]:
        found.setdefault(each["name"], each["by_period"])
    return found


def years_of_periods(printed: dict[str, Any]) -> list[int]:
    """The position of the fiscal year of each period, from the printed dates."""
    starts = [period["starts"] for period in printed["calendar"]["periods"]]
    first = printed["scenario"]["agreement"]["fiscal_year_starts"]
    years = [int(start[:4]) + (first > 1 and int(start[5:]) >= first) for start in starts]
    return [year - years[0] for year in years]


def test_the_scenarios_reach_every_model_and_receipts(edition: Edition) -> None:
    seen = {
        (line["model"], line["category"])
        for data in SCENARIOS.values()
        for _, line in lines_of(record(estimate(Scenario.from_mapping(data), edition, draws=0)))
    }
    assert {model for model, _ in seen} == {"tfm", "jem", "wso", "tribal-tfm", "shared", "option"}
    assert {model for model, category in seen if category == "receipts"} == {
        "tfm", "jem", "wso", "tribal-tfm", "option",
    }  # fmt: skip


def test_every_line_has_a_formula_whose_inputs_are_all_printed(printed: dict[str, Any]) -> None:
    count = 0
    for where, line in lines_of(printed):
        names = names_in(parsed(line["formula"]))
        assert set(names) <= set(own_inputs(line)), where
        assert all(each["label"] and each["unit"] for each in line["inputs"]), where
        count += 1
    assert count >= 25


def test_redoing_a_formula_gives_the_amount_of_each_period(printed: dict[str, Any]) -> None:
    for where, line in lines_of(printed):
        tree, inputs = parsed(line["formula"]), own_inputs(line)
        for index, amount in enumerate(line["by_period"]):
            values = {name: inputs[name][index] for name in names_in(tree)}
            assert redo(tree, values) == pytest.approx(amount, rel=1e-9, abs=1e-9), f"{where}, period {index}"


def test_redone_periods_add_to_the_cent_to_fiscal_years(printed: dict[str, Any]) -> None:
    """Costs as spent; receipts as claimed for work in the year."""
    years = years_of_periods(printed)
    for where, line in lines_of(printed):
        tree, inputs = parsed(line["formula"]), own_inputs(line)
        printed_years = line.get("claimed", line["by_fiscal_year"])
        totals = [0.0] * len(printed_years)
        for index in range(len(line["by_period"])):
            # The state grant is worked out by fiscal year already.
            year = index if line["model"] == "option" else years[index]
            totals[year] += redo(tree, {name: inputs[name][index] for name in names_in(tree)})
        for redone, amount in zip(totals, printed_years, strict=True):
            # Half a cent is the rounding; the rest is the arithmetic of floats.
            assert abs(redone - amount) <= 0.005 + 1e-9 * abs(amount), where
        if "claimed" not in line:
            assert round(sum(line["by_fiscal_year"]), 2) == line["total"]["central"], where


def test_inputs_worked_out_from_others_can_be_redone_too(printed: dict[str, Any]) -> None:
    """A name such as "salary" may stand for an officer's and a supervisor's: one of those printed must fit."""
    redone = 0
    for where, line in lines_of(printed):
        choices: dict[str, list[list[float]]] = {}
        for each in line["inputs"]:
            choices.setdefault(each["name"], []).append(each["by_period"])
        for each in line["inputs"]:
            if each["formula"] is None:
                continue
            tree = parsed(each["formula"])
            names = names_in(tree)
            assert set(names) <= set(choices), f"{where}, {each['id']}"
            candidates = (
                [redo(tree, {name: row[index] for name, row in zip(names, rows, strict=True)})
                 for index in range(len(each["by_period"]))]
                for rows in product(*(choices[name] for name in names))
            )  # fmt: skip
            target = pytest.approx(each["by_period"], rel=1e-9, abs=1e-9)
            assert any(candidate == target for candidate in candidates), f"{where}, {each['id']}"
            redone += 1
    assert redone >= 50

"""What would change the answer, in words; the figures are those of the answers, the links lead to what they say."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from calculator.answers.break_even import BreakEven
from calculator.answers.drivers import Driver
from calculator.answers.together import answers
from calculator.errors import RenderError
from calculator.estimate import estimate
from calculator.render.charts import PHONE, PRINT, WEB, FrontierChart, draw
from calculator.render.formats import prose
from calculator.render.pictures import frontier_chart
from calculator.render.record import to_json
from calculator.render.statement import statement
from calculator.render.statement.answers import _break_even, each_extra, step_words
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE


def stated(edition, **answered: str):
    result = estimate(Scenario.from_query({**dict(TASK_FORCE), **answered}.items()), edition, draws=0)
    return statement(result)


@pytest.mark.parametrize(
    ("step", "unit", "words"),
    [
        (0.01, "share", "percentage point"), (1_000, "USD/year", "$1,000 a year"),
        (100, "USD/officer", "$100 an officer"),
        (10, "hour/officer/year", "10 hours an officer a year"), (1, "minute/case", "minute a case"),
        (1, "month", "month"), (0.1, "ratio", "0.1"), (1_000, "USD/agency", "$1,000"),
    ],
)  # fmt: skip
def test_steps_in_words(step, unit, words):
    assert step_words(step, unit) == words


@pytest.mark.parametrize(
    ("a_year", "words"),
    [
        (3_833.4, "Each extra hour a case adds $3,800 a year."),
        (-240, "Each extra hour a case takes off $200 a year."),
        (31, "Each extra hour a case adds less than $100 a year."),
        (0.001, "Each extra hour a case changes nothing near the middle."),
    ],
)  # fmt: skip
def test_what_each_extra_step_does(a_year, words):
    assert each_extra(Driver("x", "X", "hour/case", 1, 3, 0, 1, 1, a_year)) == words


@pytest.mark.parametrize(
    ("unit", "value", "at_low", "at_high", "words"),
    [
        # What is needed is rounded up, what may not be passed down
        ("share", 0.07281, 10, -10, "at least 7.3%"), ("share", 0.07281, -10, 10, "at most 7.2%"),
        ("encounter/year", 76.29, -10, 10, "at most 76.2 encounters a year"),
        ("month", 33.0, -10, 10, "at most 33 months"),
        ("share", None, -2_750_000, -2_380_000, "no value from 10% to 90%: net stays between −$2.75M and −$2.38M"),
        ("share", None, 106_000, 106_000, "no value from 10% to 90%: net stays at $106,000"),
    ],
)  # fmt: skip
def test_what_must_be_true_in_words(unit, value, at_low, at_high, words):
    each = BreakEven(
        "x", "X", unit, 0.1, 0.9, 0.5, value, at_low, at_high, min(at_low, at_high), max(at_low, at_high)
    )
    assert _break_even(each).answer == words


def test_the_sentence_names_share_and_months_that_hold(edition):
    found = stated(edition, state="TX").answers
    words = re.fullmatch(
        r"Net cost over five years reaches zero if at least ([0-9.]+)% of claims are paid "
        r"and they come within ([0-9]+) months\.",
        found.sentence,
    )
    assert words
    share, months = float(words[1]) / 100, int(words[2])
    # The least share for payment after two months, as announced, to a tenth of a percent rounded up
    assert share - 0.001 < found.shares[2] <= share
    assert found.shares[months] <= share < found.shares[months + 1]


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        ({"proposed": "wso", "officers_wso": "5"},
         "No federal payment comes in five years, so no share paid brings net cost to zero."),
        ({"assume.receipts.salary_share": "0", "because.receipts.salary_share": "test"},
         "No share of claims paid brings net cost to zero over five years, with payment 2 months after the work."),
        ({"officers_tfm": "0"}, ""),
    ],
)  # fmt: skip
def test_where_no_share_is_enough_the_sentence_says_so(answered, words, edition):
    assert stated(edition, **answered).answers.sentence == words


def test_the_rows_are_the_answers(task_force):
    found, shown = answers(task_force), statement(task_force).answers
    assert [row.net for row in shown.stresses] == [each.net for each in found.stresses]
    assert [row.label for row in shown.unknowns] == [each.label for each in found.unknowns[:8]]
    assert shown.shares == tuple(point.share for point in found.frontier)
    assert shown.stresses[3].words == f"+{prose(found.stresses[3].difference)}"
    assert shown.stresses[0].words == "the same over five years"


def test_a_stress_opens_the_run_it_names(get, task_force):
    for row in statement(task_force).answers.stresses:
        page = get(f"/estimate?{urlencode(row.link)}", check=False)
        assert page.status == 200
        record = json.loads(get(f"/estimate.json?{urlencode(row.link)}").data)
        case = record["options"]["tfm"]["views"]["budget"]["cases"]["expected"]
        assert case["net"]["total"] == vars(row.net), row.id
    page = get(f"/estimate?{urlencode(TASK_FORCE)}")
    page = get(page.headers["Location"]) if page.status == 302 else page
    link = urlencode(statement(task_force).answers.stresses[0].link).replace("&", "&amp;")
    assert link in page.text


def test_the_record_holds_the_same_figures(task_force):
    found, record = answers(task_force), json.loads(to_json(task_force))["answers"]
    assert list(record) == ["as_announced", "tornado", "break_even", "frontier", "unknowns", "stresses"]
    assert record["as_announced"] == {"net": found.net, "lag_months": 2}
    assert [each["value"] for each in record["break_even"]] == [each.value for each in found.break_even]
    assert [each["least_paid_share"] for each in record["frontier"]] == [
        each.share for each in found.frontier
    ]
    assert [each["gross_at_low"] for each in record["tornado"]] == [
        round(each.at_low, 2) for each in found.drivers
    ]
    assert record["stresses"][3]["answers"] == {
        "reimbursement.case": "expected", "reimbursement.paid_share": 0.5,
        "reimbursement.disallowed_share": 0.0, "reimbursement.lag_months": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("medium", "width"), [(PRINT, 242), (WEB, 832), (PHONE, 343), (PHONE, 288)])
def test_the_frontier_is_drawn_where_it_is(medium, width):
    chart = FrontierChart(
        "f", "Title", (0.0, 0.5, 1.0), 36, (("0 months", "0%"),), "Table", "Net is zero above"
    )
    root = ElementTree.fromstring(draw(chart, medium, width))  # noqa: S314 - our own output
    (line,) = root.iter("{http://www.w3.org/2000/svg}polyline")
    (x0, y0), (x1, y1), (x2, y2) = (map(float, each.split(",")) for each in line.get("points").split())
    # Equal steps of months and of shares
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.02)
    assert y0 - y1 == pytest.approx(y1 - y2, abs=0.02)
    assert y0 - y2 == pytest.approx(0.7 * medium.plot_height, abs=0.02)
    title = root.find("{http://www.w3.org/2000/svg}title").text
    assert title == "Title. 0 months: 0%. The figures are in the table “Table”."


def test_a_frontier_of_fewer_than_two_months_has_no_chart(edition):
    with pytest.raises(RenderError):
        FrontierChart("f", "T", (0.5,), 36, (), "T", "C")
    assert frontier_chart(stated(edition, proposed="wso", officers_wso="5"), "f", "t") is None

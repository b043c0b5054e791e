"""Every page: what it says, what it keeps, how it refuses."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest

from calculator.errors import CheckFailed, RenderError
from calculator.render.record import to_json
from calculator.scenario import Scenario
from calculator.web import create_app

from ..conftest import TASK_FORCE

LINK = urlencode(Scenario.from_query(TASK_FORCE).to_query())
PAGES = (
    "/", "/?level=detail", f"/?{LINK}", "/cases", "/cases?state=NY", "/method", "/editions/", "/editions/draft/",
    "/editions/draft/training.initial_hours", "/editions/draft/pay.officer.salary", "/editions/draft/terms.salary",
    "/editions/draft/liability.frequency.individual_paid", "/editions/draft/operations.bookings",
    "/editions/draft/perspectives.bed_cost", "/editions/draft/states/TX", "/editions/draft/states/OH",
    "/editions/draft/facts/effects",
)  # fmt: skip


def changed(**answers: str) -> str:
    return urlencode({**dict(TASK_FORCE), **answers})


def follow(get, path):
    page = get(path)
    return get(page.headers["Location"]) if page.status == 302 else page


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer(get, path):
    assert get(path).status == 200


def test_every_assumption_has_its_page(get, edition):
    for each in (*edition.parameters, *edition.choices):
        page = get(f"/editions/{edition.id}/{each}")
        assert page.status == 200, each
        assert (
            "Who can settle it" in page.text
            or not (edition.parameters.get(each) or edition.choices[each]).question
        )


def test_every_state_has_its_page(get, edition):
    for code, state in edition.states.items():
        page = get(f"/editions/{edition.id}/states/{code}")
        assert (page.status, state.name in page.text) == (200, True)


def test_the_front_page_says_what_it_answers(get):
    page = get("/")
    assert page.title.startswith("What would a 287(g) agreement cost our county?")
    assert "does not recommend signing or not signing" in page.text
    assert 'action="/estimate"' in page.text


def test_an_assumption_page_shows_values_sources_and_lines(get):
    page = get("/editions/draft/training.initial_hours")
    for words in (
        "Paid hours one officer spends",
        "Grade B",
        "training.backfill",
        "Disputed",
        "30\u00a0June 2027",
    ):
        assert words in page.text
    assert page.text.count("<strong>160</strong>") == 2


def test_a_looked_up_assumption_shows_each_state(get, edition):
    row = edition.tables["wages_by_state"].row(state="VA", soc_code="33-3051")
    page = get("/editions/draft/pay.officer.salary")
    assert f"<strong>${int(row['annual_median']):,}</strong>" in page.text


def test_the_method_page_prints_the_executed_formulas(get):
    text = get("/method").text
    assert "entries × initial hours × backfill share × overtime rate" in text
    assert "2,000 seeded draws" in text


def test_the_result_of_a_link_is_that_of_the_program(get, task_force):
    page = get(f"/estimate?{LINK}")
    assert page.status == 200
    for words in (
        "Over five years the Task Force agreement would cost the county",
        "These payments are not guaranteed",
        "<bdi>Sheriff, Virginia</bdi>: Task Force, 12 officers",
        "Most the county pays first",
    ):
        assert words in page.text
    record = get(f"/estimate.json?{LINK}")
    assert record.data.decode() == to_json(task_force)


def test_every_line_of_the_proposed_option_is_on_the_page_with_its_cents(get, task_force):
    text = get(f"/estimate?{LINK}").text
    for line in task_force.proposed.lines:
        assert f'id="line-{line.id.replace(".", "-").replace("_", "-")}-' in text
        for amount in line.by_fiscal_year:
            assert f"${amount:,.2f}" in text, line.id


def test_a_reading_can_be_picked_on_the_page(get):
    text = get(f"/estimate?{LINK}").text
    assert "reading.salary=hours_spent#readings" in text
    picked = get(f"/estimate?{LINK}&reading.salary=hours_spent")
    assert picked.status == 200
    assert "As you expect" in picked.text


def test_own_values_are_printed_with_their_reason(get):
    answers = {"assume.pay.officer.salary": "70123", "because.pay.officer.salary": "Payroll of 2026"}
    text = follow(get, f"/estimate?{changed(**answers)}").text
    assert "$70,123" in text
    assert "Payroll of 2026" in text


def test_no_officers_still_make_a_page(get):
    page = follow(get, f"/estimate?{changed(officers_tfm='0')}")
    assert "costs nothing and brings nothing" in page.text


def test_a_tribal_agency_gets_the_tribal_form(get):
    page = follow(get, f"/estimate?{changed(type='tribal')}")
    assert page.status == 200
    assert "Tribal Task Force" in page.text


def test_barred_and_required_states_say_so(get):
    assert "State law: barred" in follow(get, f"/estimate?{changed(state='MD')}").text
    required = follow(get, f"/estimate?{changed(state='TX')}").text
    assert "State law: required" in required
    assert "which agreement, and how, not whether" in required
    assert "State law: not researched" in follow(get, f"/estimate?{changed(state='OH')}").text


def test_marks_and_grades_are_explained_where_they_stand(get):
    text = get(f"/estimate?{LINK}").text
    assert "a default from edition" in text
    for path in ("/cases", "/editions/draft/states/VA", "/editions/draft/facts/effects", f"/estimate?{LINK}"):
        assert "Grades: A law" in get(path).text, path


def test_the_heading_holds_the_officers_and_no_part_of_another_number(get):
    page = follow(get, f"/estimate?{changed(proposed='jem+tfm', officers_tfm='15', officers_jem='6')}")
    assert "Jail Enforcement and Task Force, 6 and 15 officers</h1>" in page.text


def test_text_of_users_is_never_markup(get):
    page = follow(get, f"/estimate?{changed(name='<script>alert(1)</script>&co')}")
    assert "<script" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;co" in page.text


def test_wrong_addresses_get_a_way_on(get):
    for path in ("/nope", "/editions/1999.1/", "/editions/draft/no.such.id", "/editions/draft/states/ZZ"):
        page = get(path)
        assert page.status == 404
        assert "Start from the form" in page.text


def test_other_formats(get):
    record = json.loads(get(f"/estimate.json?{LINK}").data)
    assert record["schema"] == 1
    assert set(record["options"]) == {"none", "wso", "jem", "tfm", "jem+tfm", "jem+wso"}
    lines = get(f"/estimate.csv?{LINK}")
    assert lines.headers["Content-Type"].startswith("text/csv")
    assert lines.data.decode().splitlines()[0].startswith("option,model,line,label")
    brief = get(f"/reports/brief.pdf?{LINK}")
    assert brief.data.startswith(b"%PDF")
    assert brief.headers["Content-Type"] == "application/pdf"
    assert get("/healthz").status == 200


def test_problems_of_a_json_link_come_as_json(get):
    page = get(f"/estimate.json?{changed(state='ZZ')}")
    assert page.status == 400
    assert json.loads(page.data)["problems"][0]["field"] == "state"


def test_results_are_not_kept_in_caches_and_fonts_are(get):
    assert get(f"/estimate?{LINK}").headers["Cache-Control"] == "no-store"
    assert get("/static/site.css").headers["Cache-Control"] == "public, max-age=86400"
    assert get("/fonts/public-sans.css").headers["Content-Type"].startswith("text/css")


def test_every_page_carries_the_security_headers(get):
    for path in ("/", f"/estimate?{LINK}", "/nope", "/static/site.css"):
        headers = get(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "geolocation=()" in headers["Permissions-Policy"]
        policy = headers["Content-Security-Policy"]
        assert "script-src" not in policy
        assert "form-action 'self'" in policy


def test_head_asks_for_headers_only():
    response = create_app().test_client().head(f"/estimate?{LINK}")
    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/estimate", b"", 405),
        ("POST", "/", b"x" * 70_000, 413),
        ("GET", "/?name=" + "x" * 40_000, b"", 414),
    ],
)
def test_what_cannot_be_served_is_said_in_plain_words(method, path, body, status):
    response = create_app().test_client().open(path, method=method, data=body)
    assert response.status_code == status
    assert "Start from the form" in response.text
    assert ("GET" in response.headers.get("Allow", "")) == (status == 405)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CheckFailed("C03: months do not add up"), "C03: months do not add up"),
        (RenderError("The brief does not fit."), "Open the estimate page"),
        (ValueError("secret detail"), "Something went wrong here"),
    ],
)
def test_a_failure_shows_no_figure_and_no_traceback(monkeypatch, error, words):
    def fail(*_):
        raise error

    monkeypatch.setattr("calculator.web.estimates.estimate", fail)
    response = create_app().test_client().get(f"/reports/brief.pdf?{LINK}")
    assert response.status_code == 500
    assert words in response.text
    assert "secret detail" not in response.text
    assert "Traceback" not in response.text


def test_each_recorded_rate_leads_to_its_rows(get, edition):
    text = follow(get, f"/estimate?{urlencode(TASK_FORCE)}").text
    links = re.findall(r'href="(/cases\?[^"]*)#cases"', text)
    assert len(links) == 7
    for link in links:
        page = get(link.replace("&amp;", "&"))
        assert page.status == 200
        assert re.search(r"[1-9][0-9]* of 79 rows", page.text), link
    assert "Case table: 49 matters in 79 rows, paid" in text

"""Every page: what it says, how it refuses, what it keeps."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.render.record import to_json
from calculator.scenario import Scenario
from calculator.scenario.fields import FIELDS

from ..conftest import TASK_FORCE

LINK = urlencode(Scenario.from_query(TASK_FORCE).to_query())


def changed(**answers: str) -> str:
    return urlencode({**dict(TASK_FORCE), **answers})


def follow(get, path):
    page = get(path)
    return get(page.headers["Location"]) if page.status == 302 else page


@pytest.mark.parametrize(
    "path",
    ["/", "/?level=detail", f"/?{LINK}", "/cases", "/cases?state=NY", "/method", "/editions/", "/editions/draft/",
     "/editions/draft/training.initial_hours", "/editions/draft/terms.salary", "/editions/draft/states/TX",
     "/editions/draft/states/OH", "/editions/draft/facts/effects"],
)  # fmt: skip
def test_pages_answer(get, path):
    assert get(path).status == 200


def test_the_front_page_says_what_it_answers(get):
    page = get("/")
    assert page.title.startswith("What would a 287(g) agreement cost our county?")
    assert "does not recommend signing or not signing" in page.text
    assert 'action="/estimate"' in page.text


def test_the_result_of_a_link_is_that_of_the_program(get, task_force):
    page = get(f"/estimate?{LINK}")
    assert page.status == 200
    for words in (
        "Over five years the Task Force agreement would cost the county",
        "These payments are not guaranteed",
    ):
        assert words in page.text
    record = get(f"/estimate.json?{LINK}")
    assert record.data.decode() == to_json(task_force)


def test_a_sent_form_becomes_the_shortest_link(get):
    sent = [*TASK_FORCE, ("name", ""), ("coverage", "not_asked"), ("because.pay.officer.salary", "Payroll"),
            ("assume.pay.officer.salary", ""), ("officers_jem", "5"), ("unknown", "officers_jem")]  # fmt: skip
    page = get(f"/estimate?{urlencode(sent)}")
    assert page.status == 302
    location = page.headers["Location"]
    assert "officers_jem" not in location
    assert "because" not in location
    assert "coverage" not in location
    assert get(location).status == 200


def test_two_ticked_models_are_one_option(get):
    sent = [pair for pair in TASK_FORCE if pair[0] != "proposed"]
    sent += [("proposed", "tfm"), ("proposed", "jem"), ("officers_jem", "6")]
    page = get(f"/estimate?{urlencode(sent)}")
    assert "proposed=jem%2Btfm" in page.headers["Location"]
    assert "Jail Enforcement and Task Force" in get(page.headers["Location"]).text


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"state": "ZZ"}, "state", "is not a state code"),
        ({"sworn_officers": "-3"}, "sworn_officers", "is less than 0"),
        ({"sworn_officers": "2.5"}, "sworn_officers", "is not a whole number"),
        ({"officers_tfm": "151"}, "officers_tfm", "more than the 150 sworn officers"),
        ({"starts": "1927-07"}, "starts", "1927"),
        ({"years": "0"}, "years", "is less than 1"),
        ({"years": "40"}, "years", "is more than 10"),
        ({"assume.pay.officer.salary": "6", "because.pay.officer.salary": "x"}, "assume.pay.officer.salary", "6"),
        ({"assume.pay.officer.salary": "6000000", "because.pay.officer.salary": "x"}, "assume.pay.officer.salary", "6"),
        ({"assume.no.such.id": "6", "because.no.such.id": "x"}, "assume.no.such.id", "no assumption"),
        ({"assume.staffing.overtime_share": "1.5", "because.staffing.overtime_share": "x"},
         "assume.staffing.overtime_share", "more than the whole"),
        ({"assume.staffing.overtime_share": "0.7", "because.staffing.overtime_share": "x",
          "assume.staffing.hired_share": "0.7", "because.staffing.hired_share": "x"},
         "assume.staffing.overtime_share", "add up to 1.4"),
        ({"edition": "1999.1"}, "edition", "no edition"),
        ({"retention": "500", "limit": "100"}, "retention", "above the limit"),
        ({"nonsense": "1"}, "nonsense", "no such name"),
    ],
)  # fmt: skip
def test_bad_answers_get_their_own_message_and_are_kept(get, answers, field, words):
    page = get(f"/estimate?{changed(**answers)}")
    assert page.status == 400
    assert page.title.startswith("Error:")
    assert f'href="#{field}"' in page.text
    assert words in page.text
    assert "Traceback" not in page.text
    # Everything typed is still there.
    assert 'value="180000"' in page.text


def test_a_problem_is_tied_to_its_field(get):
    page = get(f"/estimate?{changed(sworn_officers='-3')}")
    assert 'aria-invalid="true"' in page.text
    assert 'id="sworn_officers-problem"' in page.text
    assert 'value="-3"' in page.text


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


def test_results_are_not_kept_in_caches(get):
    assert get(f"/estimate?{LINK}").headers["Cache-Control"] == "no-store"


def test_barred_and_required_states_say_so(get):
    assert "State law: barred" in follow(get, f"/estimate?{changed(state='MD')}").text
    required = follow(get, f"/estimate?{changed(state='TX')}").text
    assert "State law: required" in required
    assert "which agreement, and how, not whether" in required
    assert "State law: not researched" in follow(get, f"/estimate?{changed(state='OH')}").text


NAMES = [field.link for field in FIELDS]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from([*NAMES, "assume.x", "reading.salary", "level", "unknown"]), st.text()),
        max_size=6,
    )
)
def test_no_query_ends_in_a_server_error(get, pairs):
    page = get(f"/estimate?{urlencode([*pairs, *TASK_FORCE])}")
    assert page.status in (200, 302, 400)

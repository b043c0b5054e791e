"""The form: every field on it, every answer kept, each bad answer named, and links that hold only what was said."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.estimate import estimate
from calculator.scenario import Scenario
from calculator.scenario.fields import FIELDS
from calculator.web.forms import pairs_of

from ..conftest import EXAMPLES, TASK_FORCE
from .test_pages import changed, follow

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = [field.link for field in FIELDS]
TYPED = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


class Sender(HTMLParser):
    """What a browser would send if the form of a page were sent as it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and (given.get("type") == "text" or "checked" in given):
            self.sent.setdefault(name, []).append(value)
        elif tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in given or self.select not in self.sent):
            self.sent[self.select] = [value]


def shown(text: str) -> dict[str, list[str]]:
    return Sender(text).sent


def test_every_field_of_the_scenario_is_on_the_form(get):
    tree = html5lib.parse(get("/").text, namespaceHTMLElements=False)
    names = {each.get("name") for tag in ("input", "select") for each in tree.iter(tag)}
    # A field with one option has nothing to choose.
    assert {field.link for field in FIELDS if len(field.options) != 1} <= names
    assert "report_language" not in names


def test_labels_and_hints_are_those_of_the_one_table(get):
    text = get("/").text
    for field in FIELDS:
        if field.path not in (
            "agreement.proposed", "officers.tfm", "officers.jem", "officers.wso", "report.language",
        ):  # fmt: skip
            assert field.label in text.replace("&#39;", "'"), field.path
            assert field.hint[1:] in text.replace("&#39;", "'"), field.path
            if field.path != "agreement.fiscal_year_starts":
                assert field.note[1:] in text.replace("&#39;", "'"), field.path


def test_every_offered_assumption_asks_for_its_reason(get, edition):
    sent = shown(get("/").text)
    own = [name.removeprefix("assume.") for name in sent if name.startswith("assume.")]
    known_to_agencies = {
        "pay.officer.salary",
        "staffing.net_work_hours",
        "staffing.officer.turnover",
        "detention.cost_per_day",
        "operations.bookings",
        "operations.encounters",
        "administration.vehicle_purchase",
    }
    assert known_to_agencies <= set(own)
    for each in own:
        assert f"because.{each}" in sent
        assert not edition.parameters[each].reserved_for


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_link_put_into_the_form_and_sent_again_is_the_same_link(get, path):
    link = urlencode(Scenario.from_file(path).to_query())
    assert get(f"/estimate?{link}").status == 200
    sent = [(name, value) for name, values in shown(get(f"/?{link}").text).items() for value in values]
    again = get(f"/estimate?{urlencode(sent)}").headers["Location"]
    assert again == f"/estimate?{link}"


def test_direction_overrides_never_reach_a_page_and_joiners_do(get):
    page = get(f"/estimate?{changed(name='a' + chr(0x202E) + 'b', title='x' + chr(0x200C) + 'y')}")
    assert page.status == 400
    assert "\u202e" not in page.text
    assert shown(page.text)["name"] == ["a\ufffdb"]
    assert shown(page.text)["title"] == ["x\u200cy"]


def test_names_written_from_right_to_left_stand_apart_from_the_words_around_them(get):
    name = "\u05e9\u05e8\u05d9\u05e3"
    text = follow(get, f"/estimate?{changed(name=name, report_item=name, title=name)}").text
    assert f"<h1><bdi>{name}</bdi>: " in text
    assert text.count(f"<bdi>{name}</bdi>") == 4
    own = {"assume.pay.officer.salary": "60000", "because.pay.officer.salary": name, "report_fund": name}
    text = follow(get, f"/estimate?{changed(**own)}").text
    assert text.count(f"<bdi>{name}") == text.count(name) > 2


def test_answers_that_are_not_on_the_form_are_kept_too(get):
    own = {
        "assume.receipts.award_top_tier": "7",
        "because.receipts.award_top_tier": "Test",
        "reading.indemnity": "offered",
    }
    text = get(f"/?{changed(**own)}").text
    assert "Other answers in this link" in text
    sent = shown(text)
    for name, value in own.items():
        assert sent[name] == [value]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("proposed", "state")])
@settings(relaxed, max_examples=6)
@given(typed=TYPED)
def test_every_field_keeps_its_answer_after_an_error(get, name, typed):
    page = get(f"/estimate?{changed(**{'state': 'ZZ', name: typed})}", check=False)
    assert page.status == 400
    sent = shown(page.text)
    assert sent[name] == [typed]
    assert sent["state"] == ["ZZ"]


@relaxed
@given(
    typed=TYPED,
    prefix=st.sampled_from(
        ["assume.pay.officer.salary", "reading.salary", "reading.x", "perspective.bed_cost"]
    ),
)
def test_readings_and_own_values_keep_their_answer_too(get, typed, prefix):
    page = get(f"/estimate?{changed(**{'state': 'ZZ', prefix: typed})}", check=False)
    assert shown(page.text)[prefix] == [typed]


@pytest.mark.parametrize("choice_id", ["terms.indemnity", "liability.maricopa_basis"])
def test_choices_about_claims_change_no_total(edition, choice_id):
    choice = edition.choices[choice_id]
    # Any reading brings in the case "as you expect"; the default one changes nothing else.
    usual = [*TASK_FORCE, ("reading.salary", "full_pay")]
    plain = estimate(Scenario.from_query(usual), edition, draws=0, only_proposed=True).proposed
    for option in choice.options:
        scenario = Scenario.from_query([*usual, (f"{choice.kind}.{choice.key}", option.id)])
        other = estimate(scenario, edition, draws=0, only_proposed=True).proposed
        assert other.gross == plain.gross
        assert other.cases["expected"].net == plain.cases["expected"].net


def test_ticked_models_are_kept_known_or_not(get):
    page = get(f"/estimate?{changed(state='ZZ', proposed='tfm+xyz')}")
    assert sorted(shown(page.text)["proposed"]) == ["tfm", "xyz"]


def test_a_sent_form_becomes_the_shortest_link(get):
    blanks = [("name", ""), ("assume.pay.officer.salary", ""), ("because.pay.officer.salary", "")]
    unsaid = [
        ("coverage", "not_asked"),
        ("officers_jem", "5"),
        ("unknown", "officers_jem"),
        ("level", "detail"),
    ]
    sent = [*TASK_FORCE, *blanks, *unsaid]
    location = get(f"/estimate?{urlencode(sent)}").headers["Location"]
    assert dict(parse_qsl(location.partition("?")[2])) == dict(TASK_FORCE)
    assert get(location).status == 200


def test_two_ticked_models_are_one_option(get):
    sent = [pair for pair in TASK_FORCE if pair[0] != "proposed"]
    sent += [("proposed", "tfm"), ("proposed", "jem"), ("officers_jem", "6")]
    page = get(f"/estimate?{urlencode(sent)}")
    assert "proposed=jem%2Btfm" in page.headers["Location"]
    assert "Jail Enforcement and Task Force" in get(page.headers["Location"]).text


def test_not_knowing_is_a_blank_and_keeps_the_question(get):
    own = "staffing.overtime_share"
    pairs = pairs_of(
        [*TASK_FORCE, (f"assume.{own}", "0.2"), (f"because.{own}", "guess"), ("unknown", f"assume.{own}")]
    )
    assert set(pairs) == set(TASK_FORCE)
    assert "which program hours would be overtime" in follow(get, f"/estimate?{urlencode(TASK_FORCE)}").text


@pytest.mark.parametrize("draws", ["10001", "100,000", "5000000"])
def test_a_page_draws_at_most_ten_thousand_times(get, draws):
    page = get(f"/estimate?{changed(simulation_draws=draws, state='ZZ')}")
    assert page.status == 400
    assert 'href="#simulation_draws"' in page.text
    assert "Enter at most 10,000; the command line allows up to 1,000,000." in page.text
    assert "from 2,000 to 1,000,000" not in page.text
    assert "is not a state code" in page.text
    assert shown(page.text)["simulation_draws"] == [draws]


def test_the_form_asks_for_a_tick_or_a_choice_where_a_file_wants_a_code(get):
    text = get(f"/estimate?{changed(proposed='', type='navy')}").text
    assert "an answer is needed. Tick one or more." in text
    assert "&#39;navy&#39; is not one of the answers. Choose one of the answers." in text
    assert "joined by +" not in text


def test_the_form_says_what_a_blank_means(get):
    text = get("/").text.replace("&#39;", "'")
    assert "Left blank: the first fiscal year after the edition's release." in text
    assert "10 is October" not in text


def test_the_form_says_how_many_draws_it_takes(get):
    assert "At most 10,000 here; the command line allows more." in get("/").text


@pytest.mark.parametrize("path", ["/estimate", "/estimate.json", "/estimate.csv", "/reports/brief.pdf"])
def test_every_route_of_a_result_keeps_to_ten_thousand_draws(get, path):
    page = get(f"{path}?{changed(simulation_draws='10001')}")
    assert page.status == 400
    assert b"the command line allows" in page.data


def test_ten_thousand_draws_are_accepted(get):
    assert follow(get, f"/estimate?{changed(simulation_draws='10000')}").status == 200


def test_detail_stands_open_when_asked_for_or_answered(get):
    closed, opened = '<details class="more" id="detail">', '<details class="more" id="detail" open>'
    assert closed in get(f"/?{urlencode(TASK_FORCE[:3])}").text
    assert opened in get("/?level=detail").text
    assert opened in get("/?jail_staff=3").text


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"state": "ZZ"}, "state", "is not a state code"),
        ({"type": ""}, "type", "an answer is needed"),
        ({"proposed": ""}, "proposed", "an answer is needed"),
        ({"officers_tfm": ""}, "officers_tfm", "is missing"),
        ({"sworn_officers": "-3"}, "sworn_officers", "is less than 0"),
        ({"sworn_officers": "2.5"}, "sworn_officers", "is not a whole number"),
        ({"officers_tfm": "151"}, "officers_tfm", "more than the 150 sworn officers"),
        ({"officers_tfm": "a dozen"}, "officers_tfm", "is not a number"),
        ({"starts": "1927-07"}, "starts", "1927"),
        ({"ends": "2020-01", "starts": "2027-07"}, "ends", "lies before the first"),
        ({"years": "0"}, "years", "is less than 1"),
        ({"years": "40"}, "years", "is more than 10"),
        ({"reimbursement_paid_share": "1.2"}, "reimbursement_paid_share", "is more than 1"),
        ({"assume.pay.officer.salary": "6", "because.pay.officer.salary": "x"},
         "assume.pay.officer.salary", "6 is less than 15,000"),
        ({"assume.pay.officer.salary": "6000000", "because.pay.officer.salary": "x"},
         "assume.pay.officer.salary", "6000000 is more than 500,000"),
        ({"assume.pay.officer.salary": "60000", "because.pay.officer.salary": ""},
         "assume.pay.officer.salary", "A reason is missing"),
        ({"assume.staffing.overtime_share": "1.5", "because.staffing.overtime_share": "x"},
         "assume.staffing.overtime_share", "more than the whole"),
        ({"assume.staffing.overtime_share": "0.7", "because.staffing.overtime_share": "x",
          "assume.staffing.hired_share": "0.7", "because.staffing.hired_share": "x"},
         "assume.staffing.overtime_share", "add up to 1.4"),
        ({"assume.pay.officer.salary": "", "because.pay.officer.salary": "Payroll"},
         "assume.pay.officer.salary", "You gave a reason but no value. Enter the value, or clear the reason."),
        ({"assume.staffing.overtime_share": "$0.35", "because.staffing.overtime_share": "x"},
         "assume.staffing.overtime_share", "Dollars were entered, and this is no amount of money."),
        ({"retention": "1,5"}, "retention", "can be read in more than one way"),
        ({"retention": "1.000,00"}, "retention", "commas only between thousands"),
        ({"sworn_officers": "1.200"}, "sworn_officers", "can be read in more than one way"),
        ({"report_language": "es"}, "report_language",
         "'es' is not available. Enter en, or leave it blank: every report is in English so far."),
        ({"officers_both": "2"}, "officers_both", "only one model has a number: task force"),
        ({"assume.no.such.id": "6", "because.no.such.id": "x"}, "assume.no.such.id", "no assumption"),
        ({"reading.salary": "free"}, "reading.salary", "is not an option"),
        ({"edition": "1999.1"}, "edition", "no edition"),
        ({"retention": "500", "limit": "100"}, "retention", "above the limit"),
        ({"nonsense": "1"}, "nonsense", "no such name"),
    ],
)  # fmt: skip
def test_bad_answers_get_their_own_message_at_their_field(get, answers, field, words):
    page = get(f"/estimate?{changed(**answers)}")
    assert page.status == 400
    assert page.title.startswith("Error:")
    assert "Traceback" not in page.text
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    by_id = {each.get("id"): each for each in tree.iter() if isinstance(each.tag, str) and each.get("id")}
    summary = by_id["error-summary"]
    assert summary.get("role") == "alert"
    links = {link.get("href")[1:]: "".join(link.itertext()) for link in summary.iter("a")}
    [(target, message)] = links.items()
    assert words in message
    assert by_id[target].get("name") == field
    # The message stands at the field, tied to it or to the group of its buttons.
    tied = [each for each in by_id.values() if each.get("class") == "problem"]
    assert any(words in "".join(each.itertext()) for each in tied)
    invalid = [
        each for each in tree.iter() if isinstance(each.tag, str) and each.get("aria-invalid") == "true"
    ]
    assert invalid
    assert all(f"{target}-problem" in each.get("aria-describedby") for each in invalid)
    # Everything typed is still there.
    sent = shown(page.text)
    for name, value in {**dict(TASK_FORCE), **answers}.items():
        assert sent.get(name, []) == ([value] if value or name not in ("proposed",) else []), name


def test_all_problems_are_shown_at_once(get):
    page = get(f"/estimate?{changed(state='ZZ', sworn_officers='x', years='0')}")
    assert "3 answers need a change" in page.text


def test_names_that_are_no_answers_cannot_break_the_page(get):
    for name in (
        "data",
        "errors",
        "validate",
        "process",
        "main",
        "error-summary",
        "_x",
        "a b",
        'x"y',
        "detail",
    ):
        page = get(f"/?{urlencode({name: '1'})}")
        assert page.status == 200, name
        assert shown(page.text)[name] == ["1"]


@relaxed
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*NAMES, "assume.x", "reading.salary", "level", "unknown"])
            | st.text(max_size=20),
            st.text(),
        ),
        max_size=6,
    )
)
def test_no_query_ends_in_a_server_error(get, pairs):
    for path in ("/estimate", "/", "/cases", "/estimate.json"):
        page = get(f"{path}?{urlencode([*pairs, *TASK_FORCE])}", check=False)
        assert page.status in (200, 302, 400)


@relaxed
@given(st.binary(max_size=60))
def test_no_bytes_end_in_a_server_error(get, content):
    query = "".join(f"%{byte:02x}" for byte in content)
    for path in (f"/estimate?{query}", f"/?{query}=1", f"/editions/{query}", f"/{query}"):
        assert get(path, check=False).status < 500


def test_money_and_counts_may_be_typed_as_they_are_written(get):
    sent = {
        "sworn_officers": "1,150",
        "retention": " $60,000 ",
        "limit": "2,000,000",
        "assume.operations.cost_per_mile": " $1.5 ",
        "because.operations.cost_per_mile": "fleet",
        "assume.pay.officer.salary": "2027-07:$60000,2029-07:$65000",
        "because.pay.officer.salary": "contract",
    }
    link = dict(parse_qsl(get(f"/estimate?{changed(**sent)}").headers["Location"].partition("?")[2]))
    assert (link["sworn_officers"], link["retention"], link["limit"]) == ("1150", "60000", "2000000")
    assert link["assume.operations.cost_per_mile"] == "1.5"
    assert link["assume.pay.officer.salary"] == "2027-07:60000,2029-07:65000"


def test_what_the_page_lists_is_named_by_its_address_and_not_by_a_command(get):
    page = get(f"/estimate?{changed(**{'assume.zzz': '6', 'because.zzz': 'x', 'qqqq': '1'})}")
    assert "moa287 " not in page.text.split("error-summary")[1].split("</ul>")[0]
    page = get(f"/estimate?{changed(**{'assume.zzz': '6', 'because.zzz': 'x'})}")
    assert "Remove it, or correct it. The list is at /editions/2026.1/." in page.text
    told = get(f"/estimate.json?{changed(**{'assume.zzz': '6', 'because.zzz': 'x'})}").data.decode()
    assert "/editions/2026.1/" in told
    assert "moa287" not in told


def test_a_reason_goes_with_a_value_that_is_not_known(get):
    own = "pay.officer.salary"
    pairs = pairs_of([*TASK_FORCE, (f"because.{own}", "guess"), ("unknown", f"assume.{own}")])
    assert set(pairs) == set(TASK_FORCE)


def test_the_form_says_that_an_own_salary_holds_for_the_first_fiscal_year(get):
    rule = "Holds as entered in the first fiscal year; pay growth is added at the start of each later one."
    assert rule in get("/").text.partition('id="assume.pay.officer.salary"')[0]

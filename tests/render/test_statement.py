"""The statement: the wording and rows every face prints, and the figures it only picks."""

from __future__ import annotations

import dataclasses
import json

import pytest

from calculator.estimate import estimate
from calculator.render.formats import harmless, prose
from calculator.render.record import to_json
from calculator.render.screen import to_text
from calculator.render.statement import Statement, statement
from calculator.render.statement.tables import positions
from calculator.render.statement.wording import listed, within
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE


@pytest.fixture(scope="module")
def run(edition):
    def of(**answers: str):
        result = estimate(Scenario.from_query({**dict(TASK_FORCE), **answers}.items()), edition)
        return result, statement(result)

    return of


def sentence_of(stated: Statement) -> str:
    return "".join(piece.text for piece in stated.sentence)


def answers_of(stated: Statement) -> dict[str, str]:
    return dict(stated.impact.answers)


def test_the_bottom_line_holds_cost_and_announced_payments(task_force):
    stated = statement(task_force)
    proposed = task_force.proposed
    words = sentence_of(stated)
    assert words.startswith("Over five years the Task Force agreement would cost the county ")
    for spread in (proposed.cases["none"].net.total, proposed.cases["announced"].federal_receipts.total):
        assert f"{prose(spread.low, 'low')} to {prose(spread.high, 'high')} " in words
        assert f"(central {prose(spread.central)}" in words
    assert "because they pay officers already in the budget, for as long as they are paid." in words
    assert words.endswith("These payments are not guaranteed.")


def test_the_sentence_and_the_numbers_hold_the_case_of_the_user(run):
    result, stated = run(reimbursement_paid_share="0.5", reimbursement_lag_months="6")
    expected = result.proposed.cases["expected"]
    federal = expected.federal_receipts.total
    ends = f"{prose(federal.low, 'low')} to {prose(federal.high, 'high')}"
    assert f" As you expect, they would be {ends} (central {prose(federal.central)})." in sentence_of(stated)
    for headline in stated.headlines[:3]:
        assert [figure.case for figure in headline.figures] == [
            "Without federal money", "As announced", "As you expect",
        ]  # fmt: skip
    assert stated.headlines[1].figures[2].spread == expected.net.total
    unpaid = expected.cash.peak_unpaid_claims
    assert f"(central {prose(unpaid.central)}) as you expect." in stated.headlines[2].note
    assert " as announced, and " in stated.headlines[2].note


def test_a_case_of_the_user_alone_may_bring_federal_money(run):
    result, stated = run(proposed="wso", officers_wso="5", **{"reading.eligible_models": "all_trained"})
    federal = result.proposed.cases["expected"].federal_receipts.total
    assert federal.central > 0
    words = sentence_of(stated)
    assert (
        "No federal payment is announced for this model. As you expect, federal payments would be " in words
    )
    assert words.endswith("These payments are not guaranteed.")
    assert "as announced" not in stated.headlines[2].note


def test_where_no_payment_is_announced_the_sentence_says_so(run):
    _, stated = run(proposed="wso", officers_wso="5")
    assert sentence_of(stated).endswith("No federal payment is announced for this model.")
    _, stated = run(officers_tfm="0")
    assert sentence_of(stated).endswith("costs nothing and brings nothing, because no officers are entered.")


def test_money_that_ends_before_the_start_is_not_said_to_be_unannounced(run):
    _, stated = run(starts="2030-07")
    ended = "The announced federal money ends with September 2029, before these officers start."
    assert sentence_of(stated).endswith(ended)
    # The agreement starts in time, its officers do not
    _, stated = run(starts="2028-07", officers_tfm="2028-07:0,2030-07:12")
    assert sentence_of(stated).endswith(ended)


def test_officers_nominated_after_the_start_are_said_beside_the_headline(run):
    def late(**answers: str) -> str:
        result, stated = run(starts="2027-01", **answers)
        text = " ".join(to_text(result).split())
        assert (stated.late_start in text) if stated.late_start else ("count from the start" not in text)
        return stated.late_start

    counted = "the first 12 months count from the start of the agreement, January 2027, and so hold"
    # September to December 2027 of the first 12 months; all of January 2028 on lies after them
    assert late(officers_tfm="2027-09:8") == (
        f"Officers are nominated from September 2027; {counted} 4 months of officer cost."
    )
    assert late(officers_tfm="2027-12:8").endswith("and so hold 1 month of officer cost.")
    assert late(officers_tfm="2028-01:8").endswith("and so hold no officer cost.")
    # A run of 10 months holds 2 of them
    assert late(officers_tfm="2027-09:8", ends="2027-10").endswith("and so hold 2 months of officer cost.")
    assert (late(), late(officers_tfm="2026-09:8,2027-09:9"), late(officers_tfm="0")) == ("", "", "")
    pair = {"proposed": "jem+tfm", "officers_tfm": "2027-09:8"}
    assert late(**pair, officers_jem="6") == (
        f"Task force officers are nominated from September 2027; {counted} 4 months of their cost."
    )
    assert late(**pair, officers_jem="2027-05:6") == (
        "Jail enforcement officers are nominated from May 2027 and task force officers from September 2027; "
        f"{counted} 8 and 4 months of their cost."
    )
    assert late(**pair, officers_jem="2027-09:6").startswith("Officers are nominated from September 2027; ")


def test_a_duty_to_sign_for_another_model_is_named(run):
    _, stated = run(state="AR")
    assert stated.banner.word == "no rule found"
    assert any(
        each.text.startswith("Required here for another model: Sheriffs who run a jail")
        for each in stated.banner.lines
    )
    assert answers_of(stated)["Mandate in state law"] == "for another model"
    _, stated = run(state="AR", proposed="wso", officers_wso="5")
    assert stated.banner.word == "required"


def test_a_state_with_a_grant_alone_is_not_said_to_leave_it_open(run):
    _, stated = run(state="ID")
    assert stated.banner.word == "no rule found"
    assert stated.banner.lines[0].text == "No rule found says whether this agency may sign for this model."


def test_the_terms_of_the_users_own_case_are_printed(run):
    _, stated = run(**{"reading.salary": "hours_spent", "reimbursement_paid_share": "0.8"})
    # The edition's defaults: 5% refused, after 4 months. 80% x 95% = 76%
    assert stated.notes[0] == (
        "As you expect: 80% of claims paid [E], 5% of those refused [D], so 76% in all, 4 months after the work [D]."
    )


def test_officers_by_month_and_people_in_both_roles_are_printed(run):
    _, stated = run(
        starts="2027-07", proposed="jem+tfm", officers_jem="6", officers_both="2",
        officers_tfm="2027-01:6,2028-01:10,2029-01:4",
    )  # fmt: skip
    assert stated.notes[:2] == (
        "Officers by month, task force: 6 at the start, 10 from January 2028 and 4 from January 2029.",
        "People in both roles, counted once: 2.",
    )


def test_the_pair_stands_in_its_order_everywhere(run):
    result, stated = run(reimbursement_paid_share="0.5", reimbursement_lag_months="6")
    cases = ["Without federal money", "As announced", "As you expect"]
    assert [figure.case for figure in stated.pair] == cases
    assert [figure.case for figure in stated.headlines[0].figures] == cases
    assert [figure.spread for figure in stated.pair] == [
        result.proposed.cases[case].net.total for case in ("none", "announced", "expected")
    ]


def test_a_range_stands_with_what_is_paid_first(task_force):
    first = statement(task_force).headlines[2]
    without, announced = first.figures
    cash = task_force.proposed.cases["none"].cash
    assert (without.spread, without.words) == (cash.deepest, "not paid back by Jun 2032")
    assert announced.words == f"in {task_force.proposed.cases['announced'].cash.deepest_month.words}"
    assert "Unpaid claims" in first.note


def test_with_a_state_grant_the_money_comes_back_in_part(run):
    result, stated = run(state="TX")
    without = stated.headlines[2].figures[0]
    assert without.words == f"in {result.proposed.cases['none'].cash.deepest_month.words}"
    assert "State grant, five years" in answers_of(stated)


def test_the_fourth_number_is_the_chance_of_a_claim_and_its_size(run):
    result, stated = run(
        officers_tfm="2027-01:12",
        starts="2027-07",
        **{
            "assume.liability.frequency.under_count": "1",
            "because.liability.frequency.under_count": "none missed",
        },
        **{
            "assume.liability.frequency.officer_exponent": "0.5",
            "because.liability.frequency.officer_exponent": "x",
        },
    )
    # Twelve officers for five years against thirty: 5 x sqrt(0.4) = 3.1623 years at the agency on record;
    # 1 - (1 + 3.1623/196)^-2.5 = 3.92%
    chance = result.liability.by_option["tfm"].chance_of_any_payout
    assert chance.low <= 0.0392 <= chance.high
    fourth = stated.headlines[3]
    assert fourth.title == "Chance the county pays any claim, five years"
    assert fourth.figures[0].words == f"{chance.value:.1%}"
    assert fourth.figures[0].case.startswith("Then half the time more than about $")
    assert fourth.note.startswith("Before insurance;")


@pytest.mark.parametrize(
    ("answers", "word", "last"),
    [
        ({"state": "MD"}, "barred", "This run shows what an agreement would cost if the law allowed one."),
        ({"state": "FL"}, "required", "So the question is which agreement, and how, not whether."),
        ({"state": "OH"}, "not researched", "Ask the county attorney before relying on this page."),
        (
            {},
            "left to the agency, with conditions",
            "That rule ends 30 June 2028, before the last month of this run.",
        ),
    ],
)
def test_state_law_in_words(run, answers, word, last):
    _, stated = run(**answers)
    assert stated.banner.word == word
    assert stated.banner.lines[-1].text.replace("\u00a0", " ").endswith(last)


@pytest.mark.parametrize(
    ("state", "mandate", "grant"),
    [
        ("TX", "yes, with a state grant", None),
        ("FL", "yes; no state money for it was found", "none found"),
        ("MD", "none; the law bars it", "none found"),
        ("VA", "none found", "none found"),
        ("OH", "not researched", "not researched"),
    ],
)
def test_the_mandate_and_the_grant_are_answered(run, state, mandate, grant):
    _, stated = run(state=state)
    answers = answers_of(stated)
    assert answers["Mandate in state law"] == mandate
    assert answers.get("Match or state grant") == grant


def test_blank_is_not_known_never_no(task_force, run):
    answers = answers_of(statement(task_force))
    assert (answers["Budgeted now"], answers["Source of funds"]) == ("not known", "not named yet")
    _, stated = run(report_budgeted_now="yes", report_fund="general fund")
    answers = answers_of(stated)
    assert (answers["Budgeted now"], answers["Amendment"]) == ("yes", "none needed")
    assert answers["Source of funds"] == "general fund"


def test_cost_per_year_while_paid_and_after(run):
    result, stated = run()
    answers = answers_of(stated)
    assert "Net FY29, paid" in answers
    assert f"Per year after {result.federal_end.short}" in answers
    _, without = run(proposed="wso", officers_wso="5")
    assert "Net per year" in answers_of(without)


def test_insurance_not_asked_is_question_one(run):
    _, stated = run()
    assert stated.questions[0].ask == "risk manager"
    assert stated.liability.insurance.text == "Insurance: not asked yet."
    assert stated.liability.insurance_more.text.startswith("The Pennsylvania county risk pool")
    _, covered = run(coverage="covered", retention="50000")
    assert covered.questions[0] != stated.questions[0]
    assert covered.liability.insurance_more.text == "The county keeps up to $50,000 of each claim."
    _, jail = run(proposed="jem", officers_jem="5")
    assert "Pennsylvania" not in jail.liability.insurance_more.text


def test_the_three_largest_matters_stand_with_their_standing(task_force):
    maricopa, suffolk, new_york = (
        line.text.replace("\u00a0", " ") for line in statement(task_force).liability.largest
    )
    assert maricopa.startswith("Maricopa County, Arizona: $58.6 million, $121.6 million or $350 million")
    assert suffolk == "Suffolk County, New York: $112 million, a jury award over holds; unpaid and on appeal."
    assert new_york.startswith("New York City: $92.5 million, the most it agreed to pay")


def test_the_size_of_claims_is_the_recorded_one(task_force):
    size = statement(task_force).liability.size
    assert size.startswith("Of 28 payments to one person or a small group, half are below $113,000.")
    assert "They run from $11,000 to $952,000 in 2025 dollars." in size


def test_no_agreement_is_not_no_risk(task_force):
    stated = statement(task_force)
    none = stated.choices[0]
    assert (none.id, none.gross.central, none.claim) == ("none", 0, "under 0.2%")
    assert stated.liability.without_agreement.startswith(
        "No agreement is not no risk: 15 paid claims over holds"
    )


def test_officers_nobody_typed_are_marked(task_force):
    stated = statement(task_force)
    assumed = {choice.id: choice.assumed for choice in stated.choices}
    assert assumed == {"none": False, "wso": True, "jem": True, "tfm": False}
    assert any("number of the proposed option is used [D]" in note for note in stated.choice_notes)


def test_models_that_need_a_jail_read_not_available(run):
    _, stated = run(type="police", jail_average_daily_population="0")
    assert {choice.id for choice in stated.choices if choice.unavailable} == {"wso", "jem"}


def test_change_from_today_when_an_agreement_is_in_force(run):
    _, stated = run(in_force="wso")
    assert any(
        note.startswith("Change from today’s Warrant Service agreement") for note in stated.choice_notes
    )


def test_the_lines_are_those_of_the_estimate_and_show_their_working(task_force):
    rows = [row for group in statement(task_force).lines for row in group.rows]
    assert sorted((row.id, row.total.central) for row in rows) == sorted(
        (line.id, line.total.central) for line in task_force.proposed.lines
    )
    backfill = next(row for row in rows if row.id == "training.backfill")
    assert "40 hours" in backfill.worked
    assert "35%" in backfill.worked
    assert backfill.worked.endswith("in FY28")
    line = next(line for line in task_force.proposed.lines if line.id == "training.backfill")
    assert f"${line.by_fiscal_year[0]:,.2f}" in backfill.worked


def test_sources_are_numbered_from_one_and_every_number_is_listed(run):
    _, stated = run()
    assert [source.number for source in stated.sources] == list(range(1, len(stated.sources) + 1))

    def cited(value):
        if dataclasses.is_dataclass(value):
            numbers = getattr(value, "sources", ())
            if value is not stated:
                yield from (number for number in numbers if isinstance(number, int))
            for field in dataclasses.fields(value):
                yield from cited(getattr(value, field.name))
        elif isinstance(value, tuple):
            for each in value:
                yield from cited(each)

    assert set(cited(stated)) <= {source.number for source in stated.sources}
    assert stated.impact.rows[0].sources


def test_who_decides_names_the_notice_of_each_model(run):
    _, stated = run(proposed="jem+wso", officers_jem="6", officers_wso="4")
    assert stated.decides.endswith("none for jail enforcement and 90 days for warrant service.")
    assert "signature line for a county board" in stated.decides
    _, city = run(type="police")
    assert "city council" in city.decides


def test_the_far_median_is_said_once_on_every_face_and_rounded(task_force):
    gross = task_force.proposed.gross
    said = (
        f"Half of the simulated gross costs lie above {prose(gross.median_total)}; the central "
        f"{prose(gross.total.central)} takes each input at its middle."
    )
    record = [each["message"] for each in json.loads(to_json(task_force))["checks"]]
    assert [each for each in record if each.startswith("Half of the simulated")] == [said]
    assert f"Note: {harmless(said)} " in " ".join(to_text(task_force).split())
    # The page and the brief say it in the bottom line.
    stated = statement(task_force)
    assert not any("Half of the simulated" in each for each in stated.notes)
    bottom_line = "".join(piece.text for piece in stated.sentence)
    assert bottom_line.count(f"; half of the simulations lie above {prose(gross.median_total)})") == 1


def test_limits_and_what_is_not_counted_come_from_the_edition(task_force, edition):
    stated = statement(task_force)
    assert stated.limitations == edition.header.limitations
    assert stated.not_counted == edition.header.not_counted


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Up to what is bought", "up to what is bought"), ("ICE pays", "ICE pays"), ("A flat amount", "a flat amount"),
        ("B: 25% of the overtime", "B: 25% of the overtime"), ("Pre-trial holds", "pre-trial holds"), ("", ""),
        ("287(g) work", "287(g) work"),
    ],
)  # fmt: skip
def test_words_inside_a_sentence(text, inside):
    assert within(text) == inside


def test_lists_in_words():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_one_full_time_position_is_singular():
    assert [positions(number) for number in (0.998, 1, 1.04, 0.5, 2.44)] == [
        "1 full-time position", "1 full-time position", "1 full-time position", "0.5 full-time positions",
        "2.4 full-time positions",
    ]  # fmt: skip


def test_what_becomes_of_an_own_value_over_the_years_is_said(run):
    own = {"assume.pay.officer.salary": "60000", "assume.operations.cost_per_mile": "2027-07:0.8,2028-07:0.9"}
    own |= {name.replace("assume", "because"): "contract" for name in own}
    own |= {"assume.staffing.overtime_share": "0.3", "because.staffing.overtime_share": "policy"}
    result, stated = run(**own)
    rules = {value: rule for _, value, _, rule in stated.overrides}
    assert rules == {
        "$60,000": "Holds as entered in the first fiscal year; pay growth is added at the start of each later one.",
        "2027-07: $0.80; 2028-07: $0.90":
            "Used as entered for each date; price growth changes nothing between or after the dates.",
        "30%": "",
    }  # fmt: skip
    line = next(line for line in result.proposed.lines if line.id == "training.time")
    salary = next(each for each in line.inputs if each.id == "pay.officer.salary")
    assert salary.central[0] == 60_000
    assert salary.central[-1] > salary.central[1] > 60_000

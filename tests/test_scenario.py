"""Scenarios: what is accepted, what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calculator.calendar import Month
from calculator.editions import open_edition
from calculator.errors import ScenarioError
from calculator.scenario import Scenario, fields_table
from calculator.scenario.fields import BY_LINK, FIELDS
from calculator.scenario.states import NO_STATE, STATES
from calculator.scenario.values import Step

EDITION = open_edition("draft")
EXAMPLES = Path(__file__).parents[1] / "examples"
QUERY = (
    ("state", "VA"),
    ("type", "sheriff"),
    ("sworn_officers", "150"),
    ("proposed", "tfm"),
    ("officers_tfm", "12"),
)
YAML = """\
scenario: 1
agency:
  state: VA
  type: sheriff
  sworn_officers: 150
agreement:
  proposed: tfm
officers:
  tfm: 12
"""
WHOLE = "Enter a whole number from 0 to 100,000."
HEADCOUNT = "Enter a whole number from 0 to 100,000, or several of them with the months they start."
MONTH = "Enter a month from 2000-01 to 2060-12, written as 2027-07."
SALARY = "Enter a yearly salary in dollars from 15,000 to 500,000."


def answers(**changes: dict[str, Any]) -> dict[str, Any]:
    """A smallest scenario with blocks changed."""
    data: dict[str, Any] = {
        "agency": {"state": "VA", "type": "sheriff", "sworn_officers": 150},
        "agreement": {"proposed": "tfm"},
        "officers": {"tfm": 12},
    }
    for section, block in changes.items():
        data[section] = {**data.get(section, {}), **block}
    return data


def typed(value: object, reason: object = "county budget") -> dict[str, object]:
    return {"value": value, "reason": reason}


def problems_of(data: object) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_mapping(data)
    return [str(problem) for problem in refused.value.problems]


def query_problems(*extra: tuple[str, str]) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_query([*QUERY, *extra])
    return [str(problem) for problem in refused.value.problems]


def test_smallest_scenario_has_the_stated_defaults() -> None:
    scenario = Scenario.from_mapping(answers())
    assert (scenario.agreement.years, scenario.agreement.in_force) == (5, "none")
    assert (scenario.simulation.draws, scenario.simulation.seed) == (2_000, 287)
    assert (scenario.insurance.coverage, scenario.reimbursement.case) == ("not_asked", "announced")
    assert (scenario.officers.both, scenario.report.language) == (0, "en")
    assert Scenario.from_text(YAML) == scenario == Scenario.from_query(QUERY)
    assert scenario.to_query() == QUERY


def test_defaults_of_the_records_are_those_of_the_table() -> None:
    scenario = Scenario()
    for field in FIELDS:
        if not field.required:
            assert scenario.answer(field.path) == field.default, field.path


def test_blank_is_not_zero() -> None:
    blank = Scenario.from_mapping(answers(agency={"jail_average_daily_population": None}))
    zero = Scenario.from_mapping(answers(agency={"jail_average_daily_population": 0}))
    assert blank.agency.jail_average_daily_population is None
    assert zero.agency.jail_average_daily_population == 0
    assert ("jail_average_daily_population", "0") in zero.to_query()
    assert Scenario.from_query([*QUERY, ("jail_staff", " ")]).agency.jail_staff is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"agency": {"state": "ZZ"}},
         "agency.state: 'ZZ' is not a state code. Enter a two-letter state code such as VA, or US for no state."),
        ({"agency": {"state": "Virginia"}}, "agency.state: 'Virginia' is not a state code. Enter VA."),
        ({"agency": {"type": "navy"}},
         "agency.type: 'navy' is not one of the answers. "
         "Enter one of: sheriff, police, state, campus, district, tribal."),
        ({"agency": {"sworn_officers": None}}, f"agency.sworn_officers: Sworn officers: an answer is needed. {WHOLE}"),
        ({"agency": {"sworn_officers": -4}}, f"agency.sworn_officers: -4 is less than 0. {WHOLE}"),
        ({"agency": {"sworn_officers": 12.5}}, f"agency.sworn_officers: 12.5 is not a whole number. {WHOLE}"),
        ({"agency": {"sworn_officers": "150"}}, f"agency.sworn_officers: '150' is not a number. {WHOLE}"),
        ({"agency": {"sworn_officers": True}}, f"agency.sworn_officers: true is not a number. {WHOLE}"),
        ({"agency": {"name": "a\nb"}},
         "agency.name: It holds a line break or another control character. Write it on one line of plain text."),
        ({"agency": {"name": "a\u202eb"}},
         "agency.name: It holds a line break or another control character. Write it on one line of plain text."),
        ({"agency": {"sworn_oficers": 3}},
         "agency.sworn_oficers: There is no key 'sworn_oficers' here. Did you mean 'sworn_officers'?"),
        ({"officers": {"tfm": 0.5}}, f"officers.tfm: 0.5 is not a whole number. {HEADCOUNT}"),
        ({"officers": {"tfm": None}},
         "officers.tfm: The number of officers for the proposed task force model is missing. "
         "Enter how many would be trained; the agreement or the sheriff's request says it."),
        ({"officers": {"tfm": 151}},
         "officers.tfm: 151 task force officers are more than the 150 sworn officers. "
         "Enter at most 150, or correct the number of sworn officers."),
        ({"officers": {"tfm": [{"from": "2027-07", "value": 5}, {"from": "2028-07", "value": 151}]}},
         "officers.tfm: 151 task force officers are more than the 150 sworn officers. "
         "Enter at most 150, or correct the number of sworn officers."),
        ({"officers": {"tfm": [{"from": "2028-01", "value": 5}, {"from": "2027-01", "value": 6}]}},
         "officers.tfm: 2027-01 does not lie after 2028-01. Put the dated values in rising order."),
        ({"officers": {"tfm": []}}, f"officers.tfm: The list of dated values is empty. {HEADCOUNT}"),
        ({"agency": {"jail_staff": 10}, "officers": {"jem": 100, "wso": 100}},
         "officers.jem: 200 jail officers are more than the 160 sworn officers and jail staff. "
         "Enter at most 160 for jail enforcement and warrant service together."),
        ({"officers": {"both": 3}},
         "officers.both: 3 officers are entered for two models, but only one model has a number: task force. "
         "Enter the number of the second model too, or leave this blank."),
        ({"agreement": {"proposed": "tfm+sworn"}},
         "agreement.proposed: 'sworn' is not a 287(g) model. "
         "Enter one or more of jem (jail enforcement), tfm (task force), tribal-tfm (tribal task force), "
         "wso (warrant service) joined by +, such as jem+tfm."),
        ({"agreement": {"proposed": "tfm+tfm"}}, "agreement.proposed: 'tfm+tfm' names a model twice. Name each once."),
        ({"agreement": {"proposed": "tribal-tfm"}},
         "agreement.proposed: The tribal task force form is for tribal agencies. "
         "Write tfm (task force), or choose the kind tribal."),
        ({"agreement": {"starts": "1927-07"}}, f"agreement.starts: 1927-07 lies before 2000. {MONTH}"),
        ({"agreement": {"starts": "2061-01"}}, f"agreement.starts: 2061-01 lies after 2060. {MONTH}"),
        ({"agreement": {"starts": "2027-13"}}, f"agreement.starts: '2027-13' is not a month. {MONTH}"),
        ({"agreement": {"years": 0}}, "agreement.years: 0 is less than 1. Enter a whole number from 1 to 10."),
        ({"agreement": {"years": 40}}, "agreement.years: 40 is more than 10. Enter a whole number from 1 to 10."),
        ({"agreement": {"starts": "2027-07", "ends": "2027-06"}},
         "agreement.ends: The last month 2027-06 lies before the first, 2027-07. Enter a later month."),
        ({"insurance": {"limit": -1}},
         "insurance.limit: -1 is less than 1. Enter dollars from 1 to 10,000,000,000, such as 60000."),
        ({"insurance": {"retention": 500, "limit": 300}},
         "insurance.retention: The retention of $500 is above the limit of $300. "
         "Enter the part of a claim the county pays first, and the most the insurer pays."),
        ({"insurance": {"limit": 2_000_000, "aggregate": 1_000_000}},
         "insurance.aggregate: The limit of $1,000,000 a year is below the limit of $2,000,000 for one claim. "
         "Enter the most the insurer pays in a year, or leave it blank where there is no yearly limit."),
        ({"insurance": {"retention_kind": "both"}},
         "insurance.retention_kind: 'both' is not one of the answers. "
         "Enter one of: self_insured_retention, deductible."),
        ({"simulation": {"seed": "lucky"}},
         "simulation.seed: 'lucky' is not a number. Enter a whole number from 0 to 4,294,967,295."),
        ({"assume": {"liability.frequency.individual_paid": typed(1_000)}},
         "assume.liability.frequency.individual_paid: 1000 is more than 20. Enter claims a year from 0 to 20."),
        ({"assume": {"liability.severity.individual_sigma": typed(4)}},
         "assume.liability.severity.individual_sigma: 4 is more than 2.5. "
         "Enter the spread of a curve whose mean can be found from 0 to 2.5."),
        ({"assume": {f"liability.pattern.outcome.{each}": typed(0.5)
                     for each in ("class_payment", "defense_only", "monitor")}},
         "assume.liability.pattern.outcome.class_payment: The shares of the outcomes of a pattern suit add up to 1.5. "
         "Enter shares that add up to 1, or fewer of them: the record divides what is left."),
        ({"reimbursement": {"paid_share": 1.5}},
         "reimbursement.paid_share: 1.5 is more than 1. Enter a share from 0 to 1 (0.35 for 35 percent)."),
        ({"reimbursement": {"lag_months": 37}},
         "reimbursement.lag_months: 37 is more than 36. Enter a whole number from 0 to 36."),
        ({"simulation": {"draws": 0}},
         "simulation.draws: 0 is less than 2,000. Enter a whole number from 2,000 to 1,000,000."),
        ({"simulation": {"draws": 10_000_000_000}},
         "simulation.draws: 10000000000 is more than 1,000,000. Enter a whole number from 2,000 to 1,000,000."),
        ({"simulation": {"seed": 2**32}},
         "simulation.seed: 4294967296 is more than 4,294,967,295. Enter a whole number from 0 to 4,294,967,295."),
        ({"simulation": {"reserve": 0}},
         "simulation.reserve: 0 is less than 1. Enter dollars from 1 to 10,000,000,000, such as 60000."),
        ({"report": {"made_on": "2027-02-30"}},
         "report.made_on: '2027-02-30' is not a day. "
         "Enter a day from 2000-01-01 to 2060-12-31, written as 2027-01-31."),
        ({"assume": {"pay.officer.salary": typed(6)}}, f"assume.pay.officer.salary: 6 is less than 15,000. {SALARY}"),
        ({"assume": {"pay.officer.salary": typed(6_000_000)}},
         f"assume.pay.officer.salary: 6000000 is more than 500,000. {SALARY}"),
        ({"assume": {"staffing.ramp_up_months": typed(0.01)}},
         "assume.staffing.ramp_up_months: 0.01 is less than 0.5. Enter months from 0.5 to 120."),
        ({"assume": {"staffing.ramp_up_months": typed(121)}},
         "assume.staffing.ramp_up_months: 121 is more than 120. Enter months from 0.5 to 120."),
        ({"assume": {"staffing.net_work_hours": typed(1)}},
         "assume.staffing.net_work_hours: 1 is less than 500. Enter hours a year from 500 to 3,200."),
        ({"assume": {"staffing.net_work_hours": typed(3_201)}},
         "assume.staffing.net_work_hours: 3201 is more than 3,200. Enter hours a year from 500 to 3,200."),
        ({"assume": {"detention.cost_per_day": typed(114, " ")}},
         "assume.detention.cost_per_day: A reason is missing. "
         "Say in one line why, or where the value is from; it is printed."),
        ({"assume": {"detention.cost_per_day": typed(114, "one\ntwo")}},
         "assume.detention.cost_per_day: It holds a line break or another control character. "
         "Write it on one line of plain text."),
        ({"assume": {"detention.cost_per_day": 114}},
         "assume.detention.cost_per_day: 114 is not a value with a reason. "
         "Write {value: 114, reason: county jail budget}."),
        ({"assume": {"staffing.overtime_share": typed(0.7), "staffing.hired_share": typed(0.6)}},
         "assume.staffing.overtime_share: Overtime and hired shares add up to 1.3, more than 1. "
         "Each hour is overtime, hired or diverted: enter shares that add up to at most 1."),
        ({"assume": {"staffing.jem_unit_positions": typed(2), "operations.case_hours": typed(3)}},
         "assume.staffing.jem_unit_positions: A jail unit in full-time positions replaces minutes and hours; "
         "operations.case_hours is entered too. Enter either the unit or the minutes."),
    ],
)  # fmt: skip
def test_refusals_say_what_where_and_what_to_do(changes: dict[str, Any], message: str) -> None:
    assert problems_of(answers(**changes)) == [message]


def test_all_problems_come_at_once() -> None:
    changes = answers(agency={"state": "ZZ", "sworn_officers": -1}, agreement={"years": 0})
    assert [line.partition(":")[0] for line in problems_of(changes)] == [
        "agency.state",
        "agency.sworn_officers",
        "agreement.years",
    ]


@pytest.mark.parametrize(
    "minutes", ["operations.screening_minutes", "operations.case_hours", "operations.screenings"]
)
def test_a_unit_and_minutes_are_an_error(minutes: str) -> None:
    (message,) = problems_of(answers(assume={"staffing.jem_unit_positions": typed(2), minutes: typed(30)}))
    assert minutes in message


def test_shares_may_add_up_to_one() -> None:
    shares = {"staffing.overtime_share": typed(0.7), "staffing.hired_share": typed(0.3)}
    assert Scenario.from_mapping(answers(assume=shares)).assume["staffing.hired_share"].value == 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.yaml:1:1: The file is empty. Write the keys it needs."),
        ("- a\n", "f.yaml:1:1: scenario: A scenario is a block of keys. Start it with 'scenario: 1'."),
        ("hello\n", "f.yaml:1:1: scenario: A scenario is a block of keys. Start it with 'scenario: 1'."),
        (f"{YAML}title: a\ntitle: b\n", "f.yaml:11:1: The key 'title' stands twice. Remove one; only one can count."),
        (f"{YAML}colour: red\n",
         "f.yaml:10:1: colour: There is no key 'colour' here. Remove it, or correct it. "
         "See 'moa287 scenario --fields' for the list."),
        (YAML.replace("150", "-4"), f"f.yaml:5:3: agency.sworn_officers: -4 is less than 0. {WHOLE}"),
        (YAML.replace("scenario: 1", "scenario: 2"),
         "f.yaml:1:1: scenario: 2 is not a known version. Write scenario: 1."),
        (f"{YAML}assume:\n  pay.officer.salary:\n    value: 6\n    reason: typo\n",
         f"f.yaml:11:3: assume.pay.officer.salary: 6 is less than 15,000. {SALARY}"),
    ],
)  # fmt: skip
def test_messages_from_a_file_name_line_and_column(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_text(text, "f.yaml")
    assert str(refused.value) == message


def test_a_binary_or_missing_file_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\x00\x9f")
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_file(binary)
    assert str(refused.value) == f"{binary}:1:1: The file is not UTF-8 text. Save it as plain UTF-8 text."
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_file(tmp_path / "absent.yaml")
    assert str(refused.value) == (
        f"{tmp_path}/absent.yaml: The file cannot be read (No such file or directory). Check its name and rights."
    )


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("sworn_oficers", "3"), "sworn_oficers: The link has no such name. Did you mean 'sworn_officers'?"),
        (("state", "VA"), "state: The link names it twice. Keep one."),
        (("residents", "many"),
         "agency.residents: 'many' is not a number. Enter a whole number from 1 to 50,000,000."),
        (("assume.detention.cost_per_day", "114"),
         "assume.detention.cost_per_day: A reason is missing. "
         "Say in one line why, or where the value is from; it is printed."),
        (("because.detention.cost_per_day", "county budget"),
         "assume.detention.cost_per_day: You gave a reason but no value. Enter the value, or clear the reason."),
    ],
)  # fmt: skip
def test_refusals_in_a_link(pair: tuple[str, str], message: str) -> None:
    assert query_problems(pair) == [message]


def test_a_link_takes_dated_values_groups_and_plus_signs() -> None:
    pairs = [
        *QUERY[:3],
        ("proposed", "tfm jem"),
        ("officers_tfm", "2027-07:5,2028-07:6"),
        ("officers_jem", "4"),
        ("residents", "1,200"),
        ("assume.detention.cost_per_day", "2025-01:83,2025-02:114.5"),
        ("because.detention.cost_per_day", "jail & county = a, b"),
    ]
    scenario = Scenario.from_query(pairs)
    assert scenario.agreement.proposed == "jem+tfm"
    assert scenario.officers.tfm == (Step(Month.of(2027, 7), 5), Step(Month.of(2028, 7), 6))
    assert scenario.agency.residents == 1200
    override = scenario.assume["detention.cost_per_day"]
    assert override.value == (Step(Month.of(2025, 1), 83), Step(Month.of(2025, 2), 114.5))
    assert override.reason == "jail & county = a, b"
    assert dict(scenario.to_query())["assume.detention.cost_per_day"] == "2025-01:83,2025-02:114.5"


def test_only_what_differs_from_a_default_is_given_out_in_table_order() -> None:
    scenario = Scenario.from_query([*reversed(QUERY), ("years", "5"), ("simulation_seed", "")])
    assert scenario.to_query() == QUERY
    assert scenario.canonical() == {"scenario": 1, **answers()}
    assert scenario.to_yaml() == YAML


@pytest.mark.parametrize(
    ("state", "kind", "month"),
    [
        ("VA", "sheriff", 7), ("US", "state", 7), ("AL", "police", 10), ("DC", "police", 10), ("MI", "sheriff", 10),
        ("NY", "sheriff", 4), ("TX", "state", 9), ("TX", "sheriff", 10),
    ],
)  # fmt: skip
def test_usual_fiscal_year_of_the_state(state: str, kind: str, month: int) -> None:
    scenario = Scenario.from_mapping(answers(agency={"state": state, "type": kind}))
    assert scenario.fiscal_year_starts == month


def test_the_start_is_the_first_fiscal_year_after_the_release() -> None:
    scenario = Scenario.from_mapping(answers(agreement={"fiscal_year_starts": 7}))
    start = scenario.start_month(EDITION)
    assert start.month == 7
    assert start.first_day > EDITION.header.released >= (start + -12).first_day
    assert scenario.calendar(EDITION).months == 60


def test_an_end_cuts_the_calendar_short() -> None:
    scenario = Scenario.from_mapping(answers(agreement={"starts": "2027-07", "ends": "2028-09"}))
    calendar = scenario.calendar(EDITION)
    assert (str(calendar.start), str(calendar.end), calendar.months) == ("2027-07", "2028-09", 15)


def test_the_expected_case_exists_once_something_is_expected() -> None:
    assert not Scenario.from_mapping(answers()).has_expected_case
    for name, value in (
        ("case", "expected"),
        ("paid_share", 0),
        ("lag_months", 0),
        ("disallowed_share", 0),
        ("ends", "2029-09"),
        ("renewed", False),
        ("stops_after_months", 0),
    ):
        assert Scenario.from_mapping(answers(reimbursement={name: value})).has_expected_case, name


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"assume": {"detention.cost_per_dy": typed(3)}},
         "assume.detention.cost_per_dy: Edition draft has no assumption 'detention.cost_per_dy'. "
         "Did you mean 'detention.cost_per_day'?"),
        ({"assume": {"detention.marginal_share": typed(1.4)}},
         "assume.detention.marginal_share: 1.4 is more than the whole. "
         "Enter a share from 0 to 1 (0.35 for 35 percent)."),
        ({"assume": {"detention.cost_per_day": typed(-1)}},
         "assume.detention.cost_per_day: -1 is negative. Enter 0 or more."),
        ({"assume": {"staffing.hired_share": typed(0.9)}},
         "assume.staffing.hired_share: The overtime share of 0.35, the default of edition draft, and the hired share "
         "of 0.9, as entered, add up to 1.25, more than 1. Each hour is overtime, hired or diverted: "
         "enter both shares so that they add up to at most 1."),
        ({"agreement": {"starts": "2027-07"}, "assume": {"staffing.hired_share": typed(
            [{"from": "2027-01", "value": 0.1}, {"from": "2028-03", "value": 0.7}])}},
         "assume.staffing.hired_share: The overtime share of 0.35, the default of edition draft, and the hired share "
         "of 0.7, as entered, add up to 1.05 in 2028-03, more than 1. Each hour is overtime, hired or diverted: "
         "enter both shares so that they add up to at most 1."),
        ({"readings": {"overtme": "federal_rule"}},
         "readings.overtme: Edition draft has no reading 'overtme'. Did you mean 'overtime'?"),
        ({"readings": {"overtime": "guess"}},
         "readings.overtime: 'guess' is not an option of overtime. "
         "Use one of: salary_cap, share_of_overtime, federal_rule."),
    ],
)  # fmt: skip
def test_what_the_edition_does_not_know_is_refused(changes: dict[str, Any], message: str) -> None:
    scenario = Scenario.from_mapping(answers(**changes))
    with pytest.raises(ScenarioError) as refused:
        scenario.check(EDITION)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "shares",
    [
        {"staffing.hired_share": typed(0.65)},
        {"staffing.overtime_share": typed(1)},
        {"staffing.hired_share": typed([{"from": "2027-01", "value": 0.1}, {"from": "2050-01", "value": 1}])},
    ],
    ids=["with the default", "no hired", "after the run"],
)
def test_one_share_fits_the_default_of_the_other(shares: dict[str, Any]) -> None:
    Scenario.from_mapping(answers(assume=shares)).check(EDITION)


def test_odd_answers_are_warned_about() -> None:
    plain = Scenario.from_mapping(answers())
    assert plain.check(EDITION) == ()
    jail = Scenario.from_mapping(answers(officers={"jem": 100, "wso": 100}))
    assert jail.check(EDITION) == (
        "200 jail officers are more than the 150 sworn officers. Enter the jail staff to check this.",
    )
    (far,) = Scenario.from_mapping(answers(assume={"detention.cost_per_day": typed(100_000)})).check(EDITION)
    assert "lies far outside the usual range" in far


def test_the_table_names_each_answer_once() -> None:
    assert len(BY_LINK) == len(FIELDS) == len({field.path for field in FIELDS})
    assert BY_LINK["ends"].path == "agreement.ends"
    assert BY_LINK["reimbursement_ends"].path == "reimbursement.ends"
    table = fields_table()
    for field in FIELDS:
        assert f"{field.path}  (link: {field.link}; " in table
    assert "agency.state  (link: state; required)" in table
    assert max(map(len, table.splitlines())) <= 110


def test_each_example_in_the_table_is_accepted() -> None:
    pairs = {**dict(QUERY), "officers_jem": "6", "officers_wso": "4"}
    for field in FIELDS:
        scenario = Scenario.from_query({**pairs, field.link: field.example}.items())
        assert scenario.answer(field.path) is not None, field.path


def test_states_are_the_fifty_the_capital_and_none() -> None:
    assert len(STATES) == 52
    assert {"DC", NO_STATE} <= set(STATES)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_examples_are_illustrative_and_pass_the_check(path: Path) -> None:
    assert "Illustrative: describes no real agency." in path.read_text("utf-8").splitlines()[0]
    scenario = Scenario.from_file(path)
    scenario.check(EDITION)
    assert (scenario.agency.state, str(scenario.agreement.starts)) == (NO_STATE, "2027-07")
    assert (scenario.agreement.years, scenario.fiscal_year_starts) == (5, 7)
    assert all(override.reason for override in scenario.assume.values())


def test_there_are_six_examples() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.yaml")) == [
        "campus_police",
        "city_police",
        "large_urban_sheriff",
        "midsize_sheriff",
        "rural_sheriff",
        "state_agency",
    ]


@pytest.mark.parametrize("share", [0.00001, 0.016269031233105306], ids=["exponent", "over 18 digits"])
def test_every_share_survives_the_file(share: float) -> None:
    scenario = Scenario.from_mapping(answers(reimbursement={"disallowed_share": share}))
    assert Scenario.from_text(scenario.to_yaml()) == scenario


def test_an_end_before_the_usual_start_is_refused() -> None:
    with pytest.raises(ScenarioError):
        Scenario.from_mapping(answers(agreement={"ends": "2020-01"})).check(EDITION)


def test_dated_shares_are_added_month_by_month() -> None:
    def path(first: float, second: float) -> dict[str, object]:
        return typed([{"from": "2027-01", "value": first}, {"from": "2028-01", "value": second}])

    shares = {"staffing.overtime_share": path(0.9, 0.1), "staffing.hired_share": path(0.1, 0.9)}
    Scenario.from_mapping(answers(assume=shares))


INVISIBLE = [
    "\u200b",
    "\u200b\u2060 \ufeff",
    "\u00ad",
    "\u200d",
    "\ud800",
    "\u202e",
    "\u3164",
    "\u2800\ufe0f",
]


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_text_that_shows_nothing_is_blank(text: str) -> None:
    scenario = Scenario.from_mapping(
        answers(agency={"name": text}, report={"item": text}) | {"title": text, "edition": text}
    )
    assert (scenario.title, scenario.agency.name, scenario.report.item, scenario.edition) == (None,) * 4
    assert Scenario.from_query([*QUERY, ("title", text)]).to_query() == QUERY
    assert problems_of(answers(agency={"sworn_officers": text})) == [
        f"agency.sworn_officers: Sworn officers: an answer is needed. {WHOLE}"
    ]
    (message,) = problems_of(answers(assume={"detention.cost_per_day": typed(114, text)}))
    assert "A reason is missing." in message


@pytest.mark.parametrize(
    "character",
    ["\u200b", "\u200e", "\u2060", "\u202e", "\u2066", "\ufeff", "\ud800", "\u0085", "\ufff9", "\U000e0041"],
    ids=ascii,
)
def test_a_character_that_only_formats_is_refused_inside_text(character: str) -> None:
    (message,) = problems_of(answers() | {"title": f"a{character}b"})
    assert message == (
        "title: It holds a line break or another control character. Write it on one line of plain text."
    )


def test_joiners_that_scripts_need_are_kept_and_soft_hyphens_are_dropped() -> None:
    written = (
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0d15\u0d4d\u200d co\u00adop \u2764\ufe0f"
    )
    scenario = Scenario.from_mapping(answers() | {"title": written})
    assert scenario.title == written.replace("\u00ad", "")
    assert Scenario.from_text(scenario.to_yaml()) == scenario
    assert Scenario.from_query(scenario.to_query()) == scenario


def test_an_unquoted_edition_is_told_to_put_quotes() -> None:
    with pytest.raises(ScenarioError, match="quotes"):
        Scenario.from_text(f"{YAML}edition: 2026.1\n")


@pytest.mark.parametrize("section", ["assume", "readings"])
def test_an_id_with_a_line_break_is_refused(section: str) -> None:
    block = {"a\nb": typed(3) if section == "assume" else "x"}
    with pytest.raises(ScenarioError):
        Scenario.from_mapping(answers(**{section: block}))


def test_the_command_line_names_the_command_that_lists_assumptions(edition):
    pairs = [("state", "VA"), ("type", "sheriff"), ("sworn_officers", "150"), ("proposed", "tfm"),
             ("officers_tfm", "12"), ("assume.zzz", "6"), ("because.zzz", "x")]  # fmt: skip
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_query(pairs).check(edition)
    assert str(refused.value).endswith(
        f"Remove it, or correct it. See 'moa287 editions show {edition.id}' for the list."
    )


def test_a_start_before_the_edition_warns_and_models_are_named_in_words(edition):
    pairs = {"state": "VA", "type": "sheriff", "sworn_officers": "150", "proposed": "tfm", "officers_tfm": "0",
             "starts": "2026-10"}  # fmt: skip
    assert Scenario.from_query(pairs.items()).check(edition) == (
        "The first month, October 2026, lies before the release of edition 2026.1 in November 2026: terms and "
        "prices are those that the edition holds for these dates.",
        "No officers are entered for Task Force, so it costs nothing and brings nothing.",
    )
    assert "lies before the release" not in str(
        Scenario.from_query({**pairs, "starts": "2026-11"}.items()).check(edition)
    )


@pytest.mark.parametrize(
    "unit",
    [
        "assume.staffing.jem_unit_positions",
        "assume.staffing.jem_unit_positions_per_booking",
        "perspective.jem_work",
    ],
)
@pytest.mark.parametrize(
    "minutes",
    ["assume.operations.screening_minutes", "assume.operations.case_hours", "assume.operations.screenings",
     "perspective.jem_work"],
)  # fmt: skip
def test_a_jail_unit_and_minutes_are_refused_however_they_are_set(unit, minutes):
    if unit == minutes:
        return
    pairs = {
        "state": "VA",
        "type": "sheriff",
        "sworn_officers": "150",
        "proposed": "jem",
        "officers_jem": "4",
    }
    for name, option in ((unit, "unit"), (minutes, "minutes")):
        pairs[name] = option if name.startswith("perspective.") else "2"
        if name.startswith("assume."):
            pairs[name.replace("assume.", "because.")] = "test"
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_query(pairs.items())
    [problem] = refused.value.problems
    assert problem.where == unit.replace("perspective.", "perspectives.")
    assert problem.what.startswith("A jail unit in full-time positions replaces minutes and hours; ")
    assert problem.do == "Enter either the unit or the minutes."

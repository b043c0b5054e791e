"""What an option puts at risk, and its losses in the record."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.blocks import Run
from calculator.editions import open_edition
from calculator.estimate import estimate
from calculator.exposure import _volumes, exposures, held_today, insurance_of
from calculator.inputs import Normals
from calculator.liability.coverage import Insurance
from calculator.options import build, choices_of
from calculator.render.record import record
from calculator.scenario import Scenario

BASE = {
    "state": "VA", "type": "sheriff", "sworn_officers": "150", "residents": "180000",
    "proposed": "tfm", "officers_tfm": "2027-01:12", "starts": "2027-07", "years": "5",
}  # fmt: skip


def entered(**answers: str) -> Scenario:
    return Scenario.from_query(tuple((BASE | answers).items()))


def at_risk(scenario: Scenario):
    edition = open_edition(scenario.edition)
    run = Run(scenario, edition)
    options = build(scenario, edition, run.calendar, choices_of(scenario, edition))
    return run, {option.id: tuple(exposures(run, option)) for option in options}


def own(name: str, value: str) -> dict[str, str]:
    return {f"assume.{name}": value, f"because.{name}": "test"}


def test_officers_on_duty_by_month_are_at_risk():
    _, found = at_risk(entered(officers_tfm="2027-01:12,2029-07:6"))
    (task_force,) = found["tfm"]
    assert (task_force.model, task_force.record) == ("tfm", "tfm")
    assert task_force.relative == pytest.approx((12 / 30,) * 24 + (6 / 30,) * 36)
    assert found["none"] == ()
    assert [each.model for each in found["jem+tfm"]] == ["jem", "tfm"]


def test_people_are_those_arrested_because_of_it():
    # 150 sworn officers, 2 encounters each a year, 1 in 4 arrested: 75 a year for five years
    values = own("operations.encounters_per_sworn", "2") | own("operations.arrest_share", "0.25")
    _, found = at_risk(entered(**values))
    assert found["tfm"][0].people == pytest.approx(375)


def test_encounters_the_user_types_replace_officers():
    # 30 officers at 7 encounters each meet 210 a year at the agency on record
    for officers in ("12", "48"):
        _, found = at_risk(entered(officers_tfm=f"2027-01:{officers}", **own("operations.encounters", "420")))
        assert found["tfm"][0].relative == pytest.approx((2.0,) * 60)
    _, dated = at_risk(entered(**own("operations.encounters", "2027-07:420,2027-09:0")))
    assert dated["tfm"][0].relative == pytest.approx((2.0,) * 2 + (0.0,) * 58)


def test_people_of_two_roles_are_own_heads_of_one(edition):
    two = {"proposed": "jem+tfm", "officers_jem": "2027-01:6", "officers_both": "3"}
    _, found = at_risk(entered(**two))
    by_model = {each.model: each for each in found["jem+tfm"]}
    assert by_model["tfm"].own_relative == by_model["tfm"].relative
    assert by_model["jem"].own_relative == pytest.approx((3 / 30,) * 60)


def test_people_held_today_are_the_baseline():
    run, _ = at_risk(entered(holds_on_detainers="20"))
    options = build(run.scenario, run.edition, run.calendar, choices_of(run.scenario, run.edition))
    assert held_today(run, options) == pytest.approx(100)
    city, _ = at_risk(entered(type="police", jail_average_daily_population="0"))
    assert held_today(city, ()) == 0
    # 6,000 a year in one month only
    dated = {"detention.baseline_holds": "2027-07:6000,2027-08:0"}
    run, _ = at_risk(entered(**own(*dated.popitem())))
    options = build(run.scenario, run.edition, run.calendar, choices_of(run.scenario, run.edition))
    assert held_today(run, options) == pytest.approx(500)


def test_an_option_adds_only_people_beyond_those_held_today():
    jail = {"proposed": "jem", "officers_jem": "2027-01:6", "jail_bookings": "4000"}
    _, none = at_risk(entered(**jail, holds_on_detainers="0"))
    _, some = at_risk(entered(**jail, holds_on_detainers="10"))
    assert none["jem"][0].people - some["jem"][0].people == pytest.approx(50)


@pytest.fixture(scope="module")
def plain_record():
    return record(estimate(entered(retention="25000", limit="1000000"), draws=2_000))


def liability(made, option="tfm"):
    return made["options"][option]["liability"]


def test_the_record_holds_losses_of_every_option(plain_record):
    assert liability(plain_record, "none") is None
    for option in ("wso", "jem", "tfm", "jem+tfm", "jem+wso"):
        found = liability(plain_record, option)
        assert 0 < found["chance_of_any_payout"] < 0.5
        amounts = [found[name] for name in ("p50", "p90", "p95", "p99")]
        assert amounts == sorted(amounts)
        chances = [chance for _, chance in found["exceedance"]]
        assert chances == sorted(chances, reverse=True)
        # While nobody has asked the figures at the top are those of excluded work
        assert (found["coverage"], found["as_if"]) == ("not_asked", "excluded")
        assert found["expected"] == found["excluded"]["expected"] == found["before_insurance"]["expected"]
    assert plain_record["holding_without_an_agreement"]["reason"] is None


@pytest.mark.parametrize(
    ("answers", "path", "rises"),
    [
        (own("liability.frequency.reference_officers", "60"), ("chance_of_any_payout",), False),
        (own("liability.frequency.officer_exponent", "1"), ("chance_of_any_payout",), False),
        (own("liability.frequency.officer_exponent", "0"), ("chance_of_any_payout",), True),
        ({"coverage": "covered"}, ("expected",), False),
        ({"reading.indemnity": "offered"}, ("expected",), False),
        (own("liability.severity.individual_mu", "12.5"), ("p99",), True),
    ],
)
def test_each_switch_moves_the_figures_the_right_way(plain_record, answers, path, rises):
    base = liability(plain_record)
    changed = liability(record(estimate(entered(retention="25000", limit="1000000", **answers), draws=2_000)))
    for name in path:
        base, changed = base[name], changed[name]
    assert (changed > base) if rises else (changed < base)


def test_the_basis_of_the_maricopa_case_is_the_readers(plain_record):
    def maricopa(made):
        return next(each["amount"] for each in liability(made)["matters"] if each["matter"] == "maricopa")

    county = record(estimate(entered(**{"perspective.maricopa_basis": "county"}), draws=2_000))
    assert (maricopa(plain_record), maricopa(county)) == (121_600_000, 350_000_000)


def test_losses_move_with_the_people_met():
    # Twice the encounters in every draw, as entered, are no uncertainty; a range of them is
    edition = open_edition("2026.1")
    scenario = entered(**own("liability.frequency.officer_exponent", "1"))
    run = Run(scenario, edition)
    options = build(scenario, edition, run.calendar, choices_of(scenario, edition))
    volumes = _volumes(run, options, Normals(draws=20_000, seed=287))
    low, middle, high = np.percentile(volumes["tfm"], (10, 50, 90))
    # Encounters for each sworn officer: 0.2, 0.5 and 0.7 a year, so 40 and 140 percent of the middle
    assert (low, middle, high) == pytest.approx((0.4, 1, 1.4), rel=0.02)
    assert set(volumes) == {"wso", "jem", "tfm"}
    typed = entered(**own("operations.encounters", "300"))
    run = Run(typed, edition)
    options = build(typed, edition, run.calendar, choices_of(typed, edition))
    assert _volumes(run, options, Normals(draws=10, seed=1))["tfm"].tolist() == [1.0] * 10


def test_a_draw_with_more_people_has_more_claims(monkeypatch):
    edition = open_edition("2026.1")
    scenario = entered(**own("liability.frequency.officer_exponent", "1"))
    drawn = estimate(scenario, edition, draws=20_000, only_proposed=True).liability.by_option["tfm"]
    monkeypatch.setattr("calculator.exposure._volumes", lambda *_: {})
    apart = estimate(scenario, edition, draws=20_000, only_proposed=True).liability.by_option["tfm"]
    # The same streams, met at a risk that rises and falls with the volume
    assert drawn.chance_of_any_payout.value != apart.chance_of_any_payout.value
    assert drawn.chance_of_any_payout.value == pytest.approx(apart.chance_of_any_payout.value, rel=0.15)


def test_every_answer_about_insurance_is_read():
    scenario = entered(
        coverage="covered", retention="25000", retention_kind="deductible", limit="1000000", aggregate="3000000",
        simulation_reserve="250000",
    )  # fmt: skip
    assert insurance_of(scenario) == Insurance("covered", 25_000, 1_000_000, "deductible", 3_000_000, 250_000)

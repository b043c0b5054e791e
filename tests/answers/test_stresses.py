"""Stresses: by hand, and as the run that their answers lead to."""

from __future__ import annotations

import pytest

from calculator.answers.stresses import with_answers
from calculator.answers.together import answers
from calculator.estimate import estimate
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE
from ..worked_example import GROSS, MONTHLY, START_UP
from .test_moved import of, worked_example


def test_late_and_in_part_by_hand(edition):
    base = worked_example()
    found = {each.id: each for each in of(base, edition).stresses}
    announced = GROSS - START_UP - 9 * MONTHLY
    # The edition's expected lag: 4 months, at most 12; shares 10%, 50% and 95%
    assert set(found) == {"late_4", "late_12", "part_10", "part_50", "part_95"}
    late = found["late_4"]
    assert late.net.central == pytest.approx(GROSS - START_UP - 7 * MONTHLY, abs=0.01)
    assert late.difference == pytest.approx(2 * MONTHLY, abs=0.01)
    assert found["late_12"].net.central == pytest.approx(GROSS)
    half = found["part_50"]
    assert half.net.central == pytest.approx(GROSS - (START_UP + 9 * MONTHLY) / 2, abs=0.05)
    assert half.difference == pytest.approx(half.net.central - announced, abs=0.01)


def test_every_stress_is_the_run_of_its_answers(task_force, edition):
    found = answers(task_force).stresses
    assert [each.id for each in found] == ["late_4", "late_12", "part_10", "part_50", "part_95", "stopped_12"]
    for each in found:
        again = estimate(with_answers(task_force.scenario, each.answers), edition, only_proposed=True)
        case = again.proposed.cases["expected"]
        assert (each.net, each.pays_first) == (case.net.total, case.cash.deepest), each.id
        announced = task_force.proposed.cases["announced"].net.total.central
        assert each.difference == pytest.approx(case.net.total.central - announced, abs=0.001)


def test_the_users_own_terms_take_the_place_of_the_editions(edition):
    typed = {
        "reimbursement_paid_share": "0.7",
        "reimbursement_lag_months": "9",
        "reimbursement_stops_after_months": "6",
    }
    base = estimate(Scenario.from_query({**dict(TASK_FORCE), **typed}.items()), edition, draws=0)
    assert [each.id for each in answers(base).stresses] == ["late_9", "part_70", "stopped_6"]


def test_other_answers_are_kept_and_announced_readings_come_back(edition):
    typed = {"reading.salary": "hours_spent", "reading.tfm_travel": "agency", "title": "Kept"}
    base = Scenario.from_query({**dict(TASK_FORCE), **typed}.items())
    stressed = with_answers(base, (("reimbursement.case", "expected"), ("reimbursement.paid_share", 0.5)))
    assert (stressed.title, stressed.reimbursement.paid_share) == ("Kept", 0.5)
    assert dict(stressed.readings) == {"tfm_travel": "agency"}
    assert with_answers(base, (("insurance.coverage", "excluded"),)).readings == base.readings


def test_no_stress_where_no_federal_money_is_announced(edition):
    answered = {**dict(TASK_FORCE), "proposed": "wso", "officers_wso": "5"}
    assert answers(estimate(Scenario.from_query(answered.items()), edition, draws=0)).stresses == ()

"""Value of information: a case with a known answer, and a preset whose strongest input is fixed in a real run."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.answers.together import answers
from calculator.answers.unknowns import narrowings
from calculator.estimate import estimate
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE

P90 = 1.2815515655446004


def test_the_sum_of_two_normals():
    """Standard deviations 3 and 4: the range is 2 x 1.28 x 5 wide, and as wide as the other part once one is known."""
    generator = np.random.default_rng(5)
    first, second, other = generator.standard_normal((3, 20_000))
    net = 3 * first + 4 * second
    found = narrowings(net, np.array([first, second, other]), generator.standard_normal((20, 20_000)))
    assert found.width == pytest.approx(2 * P90 * 5, rel=0.03)
    assert found.left == pytest.approx(2 * P90 * np.array([4, 3, 5]), rel=0.04)
    assert abs(found.width - found.left[2]) < 0.1


def test_an_input_without_effect_narrows_nothing_in_few_draws():
    generator = np.random.default_rng(6)
    net, blanks = generator.standard_normal(2_000), generator.standard_normal((40, 2_000))
    found = narrowings(net, generator.standard_normal((200, 2_000)), blanks)
    lost = (found.width - found.left) / found.width
    assert abs(lost.mean()) < 0.005
    assert np.abs(lost).max() < 0.05


def test_fixing_the_strongest_input_narrows_a_real_run_as_much(task_force, edition):
    strongest = answers(task_force).unknowns[0]
    assert strongest.id == "pay.officer.salary"
    inputs = [each for line in task_force.proposed.lines for each in line.inputs if each.id == strongest.id]
    widths = []
    for value in (inputs[0].low[0], inputs[0].central[0], inputs[0].high[0]):
        entered = {f"assume.{strongest.id}": str(value), f"because.{strongest.id}": "test"}
        again = estimate(
            Scenario.from_query({**dict(TASK_FORCE), **entered}.items()), edition, only_proposed=True
        )
        net = again.proposed.cases["announced"].net.total
        widths.append(net.high - net.low)
    net = task_force.proposed.cases["announced"].net.total
    assert strongest.width == pytest.approx(net.high - net.low, rel=0.001)
    # Weights of a normal's 10th, 50th and 90th percentile that keep its mean and variance (Keefer, 1983)
    assert strongest.left == pytest.approx(np.average(widths, weights=[0.3, 0.4, 0.3]), rel=0.06)


def test_most_narrowing_comes_first_with_its_question(task_force, edition):
    found = answers(task_force).unknowns
    assert [each.narrowing for each in found] == sorted((each.narrowing for each in found), reverse=True)
    assert all(0 < each.share < 1 for each in found)
    assert found[0].question == edition.parameters[found[0].id].question


def test_an_answer_stands_for_the_inputs_it_makes_needless(edition):
    answered = {
        **dict(TASK_FORCE),
        "proposed": "jem",
        "officers_jem": "6",
        "residents": "",
        "simulation_draws": "10000",
    }
    found = {
        each.id: each for each in answers(estimate(Scenario.from_query(answered.items()), edition)).unknowns
    }
    bookings = found["agency.jail_bookings"]
    assert set(bookings.replaces) == {"operations.bookings_per_resident", "operations.residents_per_sworn"}
    assert bookings.question == edition.parameters["operations.bookings"].question
    assert not set(bookings.replaces) & set(found)
    # Once it is answered it is no unknown
    typed = {**answered, "jail_bookings": "4090"}
    after = answers(estimate(Scenario.from_query(typed.items()), edition)).unknowns
    assert "agency.jail_bookings" not in {each.id for each in after}


def test_without_draws_nothing_is_said(edition):
    assert answers(estimate(Scenario.from_query(TASK_FORCE), edition, draws=0)).unknowns == ()

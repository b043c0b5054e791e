"""Losses as words: rounding that says how sure it is, the open answers of an insurer, and no comfort from a zero."""

from __future__ import annotations

import pytest

from calculator.estimate import estimate
from calculator.liability.losses import Quantity
from calculator.render.formats import money
from calculator.render.screen import to_text
from calculator.render.statement.losses import about, by_option, chance_words, view
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE


@pytest.fixture(scope="module")
def seen(edition):
    def of(**answers: str):
        return view(
            estimate(Scenario.from_query({**dict(TASK_FORCE), **answers}.items()), edition, draws=2_000)
        )

    return of


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (0.1125, 0.10, 0.12, "11%"),
        (0.0434, 0.04, 0.05, "4.3%"),
        (0.0004, 0.0001, 0.0011, "under 0.2%"),
        (0.0, 0.0, 0.0013, "under 0.2%"),
        (0.0, 0.0, 0.0009, "under 0.1%"),
        (0.0, 0.0, 0.0, "0%"),
    ],
)
def test_a_chance_says_no_more_than_the_draws_do(value, low, high, words):
    assert chance_words(Quantity(value, low, high)) == words


def test_a_figure_that_the_draws_do_not_settle_is_not_printed_as_exact():
    assert about(Quantity(645_000, 644_600, 645_400)) == "$645,000"
    assert about(Quantity(645_000, 600_000, 690_000)) == "about $645,000"


def test_a_zero_percentile_does_not_reassure(seen):
    rare = seen(officers_tfm="1", **{"assume.liability.frequency.under_count": "1",
                                     "because.liability.frequency.under_count": "test"})  # fmt: skip
    assert rare.rows[0].figures[2][0] == "$0"
    assert rare.no_comfort.startswith("In at least nine of ten simulations of five years nothing is paid.")
    assert "rare, not that they are small: 1 simulation in 100 comes to about $" in rare.no_comfort


@pytest.mark.parametrize(
    ("coverage", "labels"),
    [
        ("not_asked", ["Before insurance", "If insurance covers it", "If insurance excludes it"]),
        ("covered", ["Before insurance", "If insurance covers it"]),
        ("excluded", ["Before insurance", "If insurance excludes it"]),
    ],
)
def test_every_answer_that_is_open_is_shown(seen, coverage, labels):
    shown = seen(coverage=coverage, retention="50000", simulation_reserve="250000")
    assert [row.label for row in shown.rows] == labels
    assert len(shown.reserve) == len(labels) - 1
    assert all("the reserve of $250,000" in line for line in shown.reserve)


def test_without_officers_there_is_no_claim(seen):
    assert seen(officers_tfm="0") is None


def test_the_terminal_prints_claims_of_every_option(edition):
    text = to_text(estimate(Scenario.from_query(TASK_FORCE), edition, draws=2_000))
    block = text.partition("Claims, before insurance and in no total")[2].partition("Note:")[0]
    for label in ("Warrant Service", "Task Force", "Jail Enforcement and Task Force", "Holding on detainers"):
        assert label in block


def test_where_hardly_any_simulation_pays_no_size_is_named(seen):
    rare = seen(
        proposed="wso", officers_wso="1", years="1",
        **{"assume.liability.frequency.under_count": "1", "because.liability.frequency.under_count": "test"},
    )  # fmt: skip
    assert rare.given == "too few simulations pay one to say how much"
    assert rare.no_comfort.startswith("In at least 99 of 100 simulations of one year nothing is paid.")


@pytest.mark.parametrize(
    ("answers", "today"),
    [
        ({}, "under 0.2%"),
        ({"type": "police", "jail_average_daily_population": "0"}, "–"),
        ({"type": "police"}, "not known"),
    ],
)
def test_without_an_agreement_the_risk_is_that_of_holding_people(edition, answers, today):
    query = {**dict(TASK_FORCE), **answers}
    found = by_option(estimate(Scenario.from_query(query.items()), edition, draws=2_000))
    assert found["none"] == today


def test_full_cost_and_the_mean_loss_are_added_once(edition):
    base = estimate(Scenario.from_query(TASK_FORCE), edition, draws=2_000)
    full = base.proposed.gross_full_cost.total.central
    mean = base.liability.by_option["tfm"].excluded.losses.expected.value
    label, words = view(base).joined
    assert label == "Full cost with the mean loss kept if excluded"
    assert words == f"about {money(full + mean)}: {money(full)} and about {money(mean)}"

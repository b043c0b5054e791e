"""Events over agreement-years, against the published arithmetic and the counts the edition states."""

from __future__ import annotations

import pytest

from calculator.editions import Edition, open_edition
from calculator.editions.schema import Counts
from calculator.liability.recorded import (
    ALL_MODELS,
    HOLDS,
    INDIVIDUAL,
    PATTERN,
    SUITS,
    Recorded,
    maricopa_years,
    recorded,
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition("2026.1")


@pytest.fixture(scope="module")
def found(edition: Edition) -> dict[tuple[str, str | None], Recorded]:
    return {(each.measure, each.model): each for each in recorded(edition)}


@pytest.mark.parametrize("measure", [INDIVIDUAL, PATTERN, ALL_MODELS, SUITS, HOLDS])
def test_the_matters_make_the_counts_the_edition_states(edition, found, measure):
    for value in edition.parameters[measure].values:
        assert isinstance(value.amount, Counts)
        each = found[measure, value.models[0] if value.models else None]
        assert (each.rate.events, each.rate.years) == (value.amount.events, value.amount.exposure)


@pytest.mark.parametrize(
    ("measure", "model", "percents"),
    [
        (INDIVIDUAL, "jem", (0.24, 0.04, 0.76)),
        (INDIVIDUAL, "wso", (0.27, 0.01, 1.29)),
        (PATTERN, "tfm", (0.51, 0.03, 2.42)),
        (ALL_MODELS, None, (0.43, 0.19, 0.85)),
        (SUITS, None, (0.94, 0.55, 1.49)),
        (HOLDS, None, (0.03, 0.02, 0.05)),
    ],
)
def test_rates_and_their_intervals(found, measure, model, percents):
    rate = found[measure, model].rate
    ends = (rate.rate, *rate.interval)
    assert tuple(round(100 * end, 2) for end in ends) == percents


def test_without_maricopa_county(edition, found):
    # Published: 1 in about 190 agency-years, 0.53 percent, 0.03 to 2.5
    assert maricopa_years(edition) == pytest.approx(6, abs=2)
    rate = found[INDIVIDUAL, "tfm"].without
    assert rate.events == 1
    assert [round(100 * end, 1) for end in (rate.rate, *rate.interval)] == [0.5, 0.0, 2.5]
    assert found[PATTERN, "tfm"].without.events == 0
    assert found[SUITS, "tfm"].without.events == 1
    assert found[ALL_MODELS, None].without.events == 4
    assert found[INDIVIDUAL, "jem"].without is None


def test_suits_of_the_models_are_all_suits(found):
    by_model = [row["id"] for model in ("tfm", "jem", "wso") for row in found[SUITS, model].matters]
    assert by_model == [row["id"] for row in found[SUITS, None].matters]
    assert len(set(by_model)) == len(by_model) == 13

"""The parameters of the evidence come out of the case table again."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.editions import Edition, open_edition
from calculator.errors import NoFiniteMean
from calculator.liability.fit import (
    Pareto,
    fit_frequencies,
    fit_pareto,
    fit_pool,
    fit_severity,
    hill,
    hill_ends,
    mean_in_words,
    poisson_interval,
    pooled,
    published,
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition("2026.1")


def test_twenty_eight_payments_at_prices_of_2025(edition):
    payments = fit_severity(edition).payments
    # Published: 28 payments, median $113,000, mean $176,000, from $11,000 to $952,000
    assert len(payments) == 28
    assert np.round([np.median(payments), payments.mean(), payments.min(), payments.max()], -3).tolist() == [
        113_000, 176_000, 11_000, 952_000,
    ]  # fmt: skip
    # Mora: 200,000 x 321.943 / 224.939 = 286,249.16
    assert np.abs(payments - 286_249.16).min() < 0.005


def test_the_curve_of_claim_sizes(edition):
    fitted = fit_severity(edition)
    assert fitted.censored.sum() == 2
    # Published: mu 11.598, sigma 1.082; median $109,000, mean $195,000, 95th $645,000, 99th $1.35 million
    assert (round(fitted.mu, 3), round(fitted.sigma, 3)) == (11.598, 1.082)
    assert round(fitted.percentile(0), -3) == 109_000
    assert round(fitted.mean, -3) == 195_000
    assert round(fitted.percentile(1.6449), -3) == 645_000
    assert round(fitted.percentile(2.3263), -4) == 1_350_000
    stated = edition.parameters["liability.severity.individual"].values[0].amount
    assert (round(fitted.mu, 2), round(fitted.sigma, 2)) == (stated.mu, stated.sigma)


def test_without_censoring_the_curve_is_the_plain_one(edition):
    logs = np.log(fit_severity(edition).payments)
    # Published for the uncensored fit: mu 11.50, sigma 1.09
    assert (round(logs.mean(), 2), round(logs.std(), 2)) == (11.50, 1.09)


@pytest.mark.parametrize(
    ("model", "events", "exposure", "low", "high"),
    [("tfm", 2, 196, 0.0018, 0.032), ("jem", 2, 825, 0.0004, 0.0076), ("wso", 1, 369, 0.0001, 0.0129)],
)
def test_claims_over_agreement_years(edition, model, events, exposure, low, high):
    (found,) = (each for each in fit_frequencies(edition) if each.model == model)
    assert (found.events, found.exposure) == (events, exposure)
    assert (round(found.low, 4), round(found.high, 3 if model == "tfm" else 4)) == (low, high)
    stated = published(edition, model)
    assert (stated.events, stated.exposure, stated.low, stated.high) == (events, exposure, low, high)


def test_the_poisson_interval():
    # Tables of the exact 90 percent interval: 0 to 2.996, 0.051 to 4.744, 0.818 to 7.754
    assert poisson_interval(0) == pytest.approx((0, 2.996), abs=0.0005)
    assert poisson_interval(1) == pytest.approx((0.051, 4.744), abs=0.0005)
    assert poisson_interval(3) == pytest.approx((0.818, 7.754), abs=0.0005)


@pytest.mark.parametrize("basis", ["undisputed", "monitor", "county"])
def test_all_amounts_together_have_no_finite_mean(edition, basis):
    values = pooled(edition, basis)
    curve = fit_pareto(values)
    # Published: 36 amounts, index 0.27 to 0.52
    assert len(values) == curve.count == 36
    assert 0.27 <= curve.index <= 0.52
    with pytest.raises(NoFiniteMean, match=r"all 36 amounts has no finite mean: its index is 0\.3"):
        _ = curve.mean
    assert "no finite mean" in mean_in_words(curve)


def test_the_tail_of_all_amounts(edition):
    # Published for the monitor's count: Hill estimates 0.27 to 0.37
    assert [round(end, 2) for end in hill_ends(pooled(edition))] == [0.27, 0.37]


@pytest.mark.parametrize(("basis", "mean"), [("monitor", 11e6), ("county", 19e6)])
def test_what_all_amounts_add_up_to(edition, basis, mean):
    pool = fit_pool(edition, basis)
    # Published: average $11 million to $19 million, median $154,000
    assert round(pool.total / pool.curve.count, -6) == mean
    assert round(pool.median, -3) == 154_000


def test_a_pareto_index_by_hand():
    # Logarithms over the least: 0, 1, 2, 3; 4 / 6. The two largest over the next: (3 - 1) + (2 - 1)
    values = np.exp([0.0, 1.0, 2.0, 3.0])
    assert fit_pareto(values).index == pytest.approx(4 / 6)
    assert hill(values, 2) == pytest.approx(2 / 3)
    assert Pareto(3, 100, 9).mean == pytest.approx(150)
    assert mean_in_words(Pareto(3, 100, 9)) == "The mean of the curve is $150."
    with pytest.raises(NoFiniteMean):
        _ = Pareto(1, 100, 9).mean

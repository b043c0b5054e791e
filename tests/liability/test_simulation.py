"""Simulated losses against closed forms, a Fourier aggregate, and hand arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.blocks import Run
from calculator.editions import Edition, open_edition
from calculator.inputs import Normals
from calculator.liability.coverage import NO_COVER, Cover
from calculator.liability.exact import Stream, aggregate, moments
from calculator.liability.losses import Losses, Quantity, chance, distribution
from calculator.liability.parameters import Parameters
from calculator.liability.simulation import Exposure, Insurance, Simulation
from calculator.scenario import Scenario

DRAWS = 200_000
# One stream of claims and nothing else: known sizes, no small claims, no defense, no delay, no growth.
ALONE = {
    "liability.severity.individual_mu": 11.6, "liability.severity.individual_sigma": 1.08,
    "liability.severity.defense_per_suit": 0, "liability.frequency.under_count": 1,
    "liability.frequency.defense_only": 0, "liability.frequency.officer_exponent": 0.5,
    "liability.timing.individual_years": 0, "economics.price_growth": 0,
}  # fmt: skip
THIRTY = Exposure("tfm", "tfm", (30.0,) * 5, (1.0,) * 5, 400.0)
# 2 paid claims in 196 agency-years, and half a claim for what is not known.
RECORD = Stream(shape=2.5, exposure=196, years=5, mu=11.6, sigma=1.08)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition("2026.1")


def simulation(
    edition: Edition,
    assume: dict[str, float] | None = None,
    *,
    draws: int = 20_000,
    insurance: Insurance | None = None,
    indemnity: str = "none",
) -> Simulation:
    scenario = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "sheriff", "sworn_officers": 150},
            "agreement": {"proposed": "tfm", "starts": "2025-07", "years": 5},
            "officers": {"tfm": 30},
            "assume": {each: {"value": value, "reason": "test"} for each, value in (assume or {}).items()},
        }
    )
    run = Run(scenario, edition, Normals(draws=draws, seed=287))
    parameters = Parameters(run.assumptions, run.normals, {"indemnity": indemnity})
    return Simulation(parameters, insurance or Insurance("not_asked", None, None, None), 5.0)


@pytest.fixture(scope="module")
def alone(edition: Edition) -> Losses:
    return simulation(
        edition, ALONE, draws=DRAWS, insurance=Insurance("covered", 25_000, 500_000, None)
    ).losses([THIRTY])


def agrees(found: Quantity, exact: float) -> bool:
    """Within three standard errors; the interval of a quantity is 1.645 of them either way."""
    error = (found.high - found.low) / 2 / 1.645
    return abs(found.value - exact) <= 3 * error


# --- against the other two ways -------------------------------------------------------------------


def test_mean_and_variance_in_closed_form():
    # Odds 5/196; claims 2.5 x 5/196 = 0.0637755. Size: exp(11.6 + 1.08^2/2) = 195,482.44;
    # the mean of the total is 0.0637755 x 195,482.44 = 12,466.99 - by hand with exp(0.5832) = 1.79176
    mean, variance = moments(RECORD)
    assert mean == pytest.approx(0.0637755 * np.exp(11.6) * 1.791763, rel=1e-5)
    # A negative binomial sum: n Var[X] + n (1 + odds) E[X]^2, with E[X^2] = exp(2 x 11.6 + 2 x 1.08^2)
    size, second = np.exp(12.1832), np.exp(23.2 + 2.3328)
    assert variance == pytest.approx(0.0637755 * (second - size**2 + (1 + 5 / 196) * size**2), rel=1e-5)


def test_the_fourier_aggregate_agrees_with_the_closed_form():
    found = aggregate(RECORD, NO_COVER.retained)
    mean, variance = moments(RECORD)
    assert found.mean == pytest.approx(mean, rel=1e-3)
    assert found.variance == pytest.approx(variance, rel=1e-2)


def test_the_simulation_agrees_with_both_without_layers(alone):
    exact = aggregate(RECORD, NO_COVER.retained)
    before = alone.before
    assert agrees(before.expected, exact.mean)
    assert agrees(before.p95, exact.p95)
    assert agrees(before.p99, exact.p99)


def test_the_simulation_agrees_with_a_retention_and_a_limit(alone):
    # Kept of a claim: the first 25,000, and what lies above 525,000
    exact = aggregate(RECORD, Cover(25_000, 500_000, 1.0).retained)
    after = alone.covered
    assert agrees(after.expected, exact.mean)
    # Most claims keep 25,000 of themselves, so both percentiles stand on the retention.
    assert (exact.p99, after.p99.value) == (25_000, 25_000)
    assert alone.after == alone.covered


def test_the_chance_of_a_payout_is_that_of_the_negative_binomial(alone):
    # 1 - (1 + 5/196)^-2.5 = 0.06103
    assert alone.chance_of_any_payout.low <= 1 - (1 + 5 / 196) ** -2.5 <= alone.chance_of_any_payout.high
    assert alone.rates[0].expected_claims == pytest.approx(2.5 * 5 / 196, rel=0.01)


# --- what moves it, and which way ----------------------------------------------------------------


def test_claims_grow_with_officers_to_a_power(edition):
    four = Exposure("tfm", "tfm", (120.0,) * 5, (1.0,) * 5, 400.0)
    base, more = (simulation(edition, ALONE).losses([each]) for each in (THIRTY, four))
    # 120 are four times 30: twice the claims at a power of one half
    assert more.rates[0].expected_claims == pytest.approx(2 * base.rates[0].expected_claims)
    # No officers in a year, no claims from it
    two = Exposure("tfm", "tfm", (30.0, 0.0, 0.0, 30.0, 0.0), (1.0,) * 5, 400.0)
    assert simulation(edition, ALONE).losses([two]).rates[0].expected_claims == pytest.approx(
        0.4 * base.rates[0].expected_claims
    )


def test_a_larger_reference_agency_means_fewer_claims_for_this_one(edition):
    def claims(reference: float) -> float:
        assume = ALONE | {"liability.frequency.reference_officers": reference}
        return simulation(edition, assume).losses([THIRTY]).rates[0].expected_claims

    assert claims(120) == pytest.approx(claims(30) / 2)


def test_a_retention_caps_each_claim_and_more_of_it_never_lowers_what_is_kept(edition):
    def kept(retention: float) -> float:
        covered = Insurance("covered", retention, 10_000_000, None)
        return simulation(edition, insurance=covered).losses([THIRTY]).after.expected.value

    steps = [kept(retention) for retention in (0, 10_000, 50_000, 200_000, 1_000_000)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]


def test_cover_of_one_claim():
    cover = Cover(25_000, 500_000, 0.8)
    # Below the retention all of it; 100,000: 25,000 and a fifth of 75,000; 700,000: less 80% of 500,000
    assert cover.retained(np.array([10_000.0, 100_000.0, 700_000.0])).tolist() == [10_000, 40_000, 300_000]
    assert NO_COVER.retained(np.array([700_000.0])).tolist() == [700_000]


def test_excluded_work_is_paid_in_full_and_a_federal_promise_takes_it_off(edition):
    excluded = simulation(edition, insurance=Insurance("excluded", 25_000, 500_000, 100_000)).losses([THIRTY])
    assert excluded.after == excluded.excluded
    assert excluded.after.expected == excluded.before.expected
    assert excluded.above_reserve is not None
    assert 0 < excluded.above_reserve < excluded.chance_of_any_payout.value
    promised = simulation(edition, indemnity="offered").losses([THIRTY])
    assert promised.after.expected.value == 0
    assert promised.before == excluded.before


def test_a_pair_of_models_adds_claims_and_keeps_those_of_each(edition):
    jail = Exposure("jem", "jem", (6.0,) * 5, (1.0,) * 5, 90.0)
    shared = simulation(edition)
    one, other, both = (shared.losses(each) for each in ([THIRTY], [jail], [THIRTY, jail]))
    assert both.chance_of_any_payout.value >= max(
        one.chance_of_any_payout.value, other.chance_of_any_payout.value
    )
    claims = {rate.model: rate.expected_claims for rate in both.rates}
    assert claims["tfm"] == one.rates[0].expected_claims
    assert claims["jem"] == other.rates[0].expected_claims
    # Asked alone or after others, in any order, an option's losses are the same
    assert simulation(edition).losses([THIRTY]) == one
    assert simulation(edition).losses([jail, THIRTY]).before.expected.value == pytest.approx(
        both.before.expected.value
    )


def test_class_suits_are_named_outcomes_beside_the_percentiles(edition):
    found = {each.id: each for each in simulation(edition).losses([THIRTY]).scenarios}
    # 1.5 in 196 a year for five years, split evenly between three outcomes: 1.25% each
    assert sum(each.chance for each in found.values()) == pytest.approx(1.5 * 5 / 196, rel=0.05)
    assert found["monitor"].low < found["monitor"].central < found["monitor"].high
    # Nobody held: a class payment is the lawyers' alone
    nobody = Exposure("tfm", "tfm", (30.0,) * 5, (1.0,) * 5, 0.0)
    without = {each.id: each for each in simulation(edition).losses([nobody]).scenarios}
    assert without["class_payment"].central < found["class_payment"].central
    assert without["monitor"] == found["monitor"]


def test_nothing_at_risk_nothing_lost(edition):
    none = simulation(edition).losses([])
    assert none.chance_of_any_payout.value == 0
    assert none.before.expected.value == 0
    assert (none.rates, none.scenarios) == ((), ())


# --- sampling error ----------------------------------------------------------------------------------


def test_percentiles_are_amounts_that_so_many_draws_do_not_exceed():
    # 1 to 1,000: 50% do not exceed 500, 99% not 990
    found = distribution(np.arange(1_000, 0, -1.0))
    assert (found.p50.value, found.p90.value, found.p99.value) == (500, 900, 990)
    assert found.expected.value == 500.5
    # 1.645 x sqrt(1,000 x 0.9 x 0.1) = 15.6 ranks either way
    assert (found.p90.low, found.p90.high) == (885, 916)
    assert {share: amount for amount, share in found.exceedance}[0.05] == 950


def test_the_interval_of_a_chance():
    # Wilson, 10 of 100 at 90%: (0.1 + 2.7055/200) / 1.027055 = 0.1105, and 1.645 x sqrt(0.0009 + 2.7055/40,000)
    # / 1.027055 = 0.0498 either way
    hit = np.arange(100) < 10
    assert (chance(hit).value, round(chance(hit).low, 3), round(chance(hit).high, 3)) == (0.1, 0.061, 0.16)
    assert chance(np.zeros(100, dtype=bool)).low == 0
    assert chance(np.zeros(100, dtype=bool)).high == pytest.approx(2.706 / 102.706, abs=1e-4)

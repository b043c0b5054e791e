"""Simulated losses against closed forms, a Fourier aggregate, and hand arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from calculator.blocks import Run
from calculator.calendar import Month
from calculator.editions import Edition, open_edition
from calculator.inputs import Normals
from calculator.liability import simulation
from calculator.liability.coverage import DEDUCTIBLE, Cover, Insurance
from calculator.liability.exact import Stream, aggregate, moments
from calculator.liability.losses import Liability, Losses, Quantity, chance, distribution
from calculator.liability.parameters import Parameters
from calculator.liability.reads import READS
from calculator.liability.risk import Exposure
from calculator.liability.simulation import simulate
from calculator.scenario import Scenario

DRAWS = 200_000
MONTHS = 60
# One stream of claims and nothing else: known sizes, no small claims, no defense, no delay, no growth.
ALONE = {
    "liability.severity.individual_mu": 11.6, "liability.severity.individual_sigma": 1.08,
    "liability.severity.defense_per_suit": 0, "liability.frequency.under_count": 1,
    "liability.frequency.defense_only": 0, "liability.frequency.officer_exponent": 0.5,
    "liability.timing.individual_years": 0, "economics.price_growth": 0,
}  # fmt: skip
REFERENCE = 30  # trained officers of the agency on record


def exposed(model: str, officers: Sequence[float], people: float) -> Exposure:
    relative = tuple(number / REFERENCE for number in officers)
    return Exposure(model, model, relative, relative, people)


THIRTY = exposed("tfm", (30.0,) * MONTHS, 400.0)
JAIL = exposed("jem", (6.0,) * MONTHS, 90.0)
NOT_ASKED = Insurance("not_asked")
# 2 paid claims in 196 agency-years, and half a claim for what is not known.
RECORD = Stream(shape=2.5, exposure=196, years=5, mu=11.6, sigma=1.08)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition("2026.1")


def drawn(
    edition: Edition,
    options: Mapping[str, Sequence[Exposure]],
    assume: dict[str, float] | None = None,
    *,
    draws: int = 20_000,
    insurance: Insurance = NOT_ASKED,
    indemnity: str = "none",
    people_held: float = 0,
    words: Mapping[str, str] | None = None,
    months: int = MONTHS,
) -> Liability:
    scenario = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "sheriff", "sworn_officers": 150},
            "agreement": {
                "proposed": "tfm",
                "starts": "2025-07",
                "years": MONTHS // 12,
                "ends": str(Month.of(2025, 7) + (months - 1)),
            },
            "officers": {"tfm": 30},
            "assume": {each: {"value": value, "reason": "test"} for each, value in (assume or {}).items()},
        }
    )
    run = Run(scenario, edition)
    words = {"indemnity": indemnity, "maricopa_basis": "monitor", **(words or {})}
    normals = Normals(draws=draws, seed=287)
    return simulate(run.assumptions, normals, words, insurance, options, people_held=people_held)


def losses(
    edition: Edition,
    assume: dict[str, float] | None = None,
    *exposures: Exposure,
    draws: int = 20_000,
    insurance: Insurance = NOT_ASKED,
    indemnity: str = "none",
) -> Losses:
    found = drawn(
        edition, {"x": exposures or (THIRTY,)}, assume, draws=draws, insurance=insurance, indemnity=indemnity
    )
    return found.by_option["x"]


@pytest.fixture(scope="module")
def alone(edition: Edition) -> Losses:
    return losses(edition, ALONE, draws=DRAWS, insurance=Insurance("covered", 25_000, 500_000))


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
    found = aggregate(RECORD, lambda size: size)
    mean, variance = moments(RECORD)
    assert found.mean == pytest.approx(mean, rel=1e-3)
    assert found.variance == pytest.approx(variance, rel=1e-2)


def test_the_simulation_agrees_with_both_without_layers(alone):
    exact = aggregate(RECORD, lambda size: size)
    before = alone.before
    assert agrees(before.expected, exact.mean)
    assert agrees(before.p95, exact.p95)
    assert agrees(before.p99, exact.p99)


def test_the_simulation_agrees_with_a_retention_and_a_limit(alone):
    # Kept of a claim: the first 25,000, and what lies above 525,000
    exact = aggregate(RECORD, lambda size: size - np.clip(size - 25_000, 0, 500_000))
    after = alone.covered.losses
    assert agrees(after.expected, exact.mean)
    # Most claims keep 25,000 of themselves, so both percentiles stand on the retention.
    assert (exact.p99, after.p99.value) == (25_000, 25_000)
    assert alone.kept == alone.covered


def test_the_chance_of_a_payout_is_that_of_the_negative_binomial(alone):
    # 1 - (1 + 5/196)^-2.5 = 0.06103
    assert alone.chance_of_any_payout.low <= 1 - (1 + 5 / 196) ** -2.5 <= alone.chance_of_any_payout.high
    assert alone.rates[0].expected_claims == pytest.approx(2.5 * 5 / 196, rel=0.01)


# --- what moves it, and which way ----------------------------------------------------------------


def test_claims_grow_with_officers_to_a_power(edition):
    four = exposed("tfm", (120.0,) * MONTHS, 400.0)
    base, more = (losses(edition, ALONE, each) for each in (THIRTY, four))
    # 2.5 / 196 a year for five years; 120 officers are four times 30: twice the claims at a power of one half
    assert base.rates[0].expected_claims == pytest.approx(2.5 / 196 * 5)
    assert more.rates[0].expected_claims == pytest.approx(2.5 / 196 * 5 * 2)
    # No officers in a month, no claims from it
    two = exposed("tfm", (30.0, 0.0, 0.0, 30.0, 0.0) * 12, 400.0)
    assert losses(edition, ALONE, two).rates[0].expected_claims == pytest.approx(2.5 / 196 * 2)


def test_claims_drawn_are_as_many_as_expected(edition):
    claims = {"liability.severity.individual_mu": 0, "liability.severity.individual_sigma": 1e-9}
    # Claims of one dollar each: the mean loss is their number. 36 of 60 months with 30 officers.
    part = exposed("tfm", (30.0,) * 24 + (0.0,) * 24 + (30.0,) * 12, 0.0)
    found = losses(edition, ALONE | claims, part, draws=DRAWS)
    assert agrees(found.before.expected, 2.5 / 196 * 3)
    # Paid at once: in years one, two and five only
    by_year = found.excluded.paid_by_year
    assert by_year[2:4] == (0.0, 0.0)
    assert min(by_year[0], by_year[1], by_year[4]) > 0
    assert by_year[5] == 0
    assert sum(by_year) == pytest.approx(found.before.expected.value)


def test_a_rate_the_user_enters_is_that_of_the_agency(edition):
    entered = ALONE | {"liability.frequency.individual_paid": 0.2}
    one = losses(edition, entered, exposed("tfm", (12.0,) * MONTHS, 0.0), draws=DRAWS)
    # 0.2 a year for five years, whatever its size: a Poisson number, 1 - exp(-1) = 63.2% of draws
    assert one.rates[0].expected_claims == pytest.approx(1.0)
    assert one.rates[0].events is None
    assert agrees(one.chance_of_any_payout, 1 - np.exp(-1))
    # Two models are still one agency
    assert losses(edition, entered, THIRTY, JAIL).before == losses(edition, entered).before
    # Small claims keep the rate of the record
    both = losses(edition, entered | {"liability.frequency.under_count": 3}, draws=DRAWS)
    small = 1 - (1 + 2 * 5 / 196) ** -2.5
    assert agrees(both.chance_of_any_payout, 1 - np.exp(-1) * (1 - small))


def test_a_retention_caps_each_claim_and_more_of_it_never_lowers_what_is_kept(edition):
    def kept(retention: float) -> float:
        covered = Insurance("covered", retention, 10_000_000)
        return losses(edition, insurance=covered).kept.losses.expected.value

    steps = [kept(retention) for retention in (0, 10_000, 50_000, 200_000, 1_000_000)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]


def test_cover_of_one_claim():
    payment, defense = np.array([8_000.0, 80_000.0, 500_000.0]), np.array([2_000.0, 20_000.0, 200_000.0])
    years = np.arange(3)
    # Both count: 10,000 below the retention; 100,000 keeps 25,000; 700,000 keeps 25,000 and 175,000 above 525,000
    assert Cover(25_000, 500_000).retained(payment, defense, years).tolist() == [10_000, 25_000, 200_000]
    # A deductible: 8,000, 25,000 and 25,000 of the payments; the defense is the insurer's
    deductible = Cover(25_000, 400_000, DEDUCTIBLE).retained(payment, defense, years)
    assert deductible.tolist() == [8_000, 25_000, 100_000]


def test_claims_of_one_policy_year_share_its_maximum():
    payment = np.array([125_000.0, 225_000.0, 125_000.0])
    # Insured 100,000, 200,000 and 100,000; the first two share 150,000: half of each is paid
    cover = Cover(25_000, 1_000_000, aggregate=150_000)
    assert cover.retained(payment, np.zeros(3), np.array([0, 0, 1])).tolist() == [75_000, 125_000, 25_000]


def test_a_yearly_maximum_never_lowers_what_is_kept(edition):
    often = {"liability.frequency.individual_paid": 4}
    plain, capped = (
        losses(edition, often, insurance=Insurance("covered", 10_000, 500_000, aggregate=most))
        for most in (None, 500_000)
    )
    assert capped.kept.losses.expected.value > plain.kept.losses.expected.value
    assert capped.before == plain.before


def test_excluded_work_is_paid_in_full(edition):
    excluded = losses(edition, insurance=Insurance("excluded", 25_000, 500_000, reserve=100_000))
    assert excluded.kept.losses == excluded.before
    assert excluded.kept.above_reserve is not None
    assert 0 < excluded.kept.above_reserve.value < excluded.chance_of_any_payout.value


def test_while_nobody_has_asked_both_answers_stand_side_by_side(edition):
    asked = losses(edition, insurance=Insurance("covered", 25_000, 500_000))
    not_asked = losses(edition, insurance=Insurance("not_asked", 25_000, 500_000))
    assert not_asked.covered == asked.covered
    assert not_asked.kept == not_asked.excluded == asked.excluded


def test_a_federal_promise_to_officers_takes_off_payments_of_claims_against_them_only(edition):
    defense = ALONE | {"liability.severity.defense_per_suit": 40_000}
    without, promised = (losses(edition, defense, indemnity=each) for each in ("none", "offered"))
    claims = promised.rates[0].expected_claims
    assert promised.before == without.before
    # The payments go, 40,000 a claim of own defense stays
    assert promised.excluded.losses.expected.value == pytest.approx(40_000 * claims, rel=0.1)
    # Small claims and suits that cost defense only are the agency's
    small = {"liability.frequency.under_count": 3, "liability.frequency.individual_paid": 0}
    kept = losses(edition, ALONE | small, indemnity="offered")
    assert kept.excluded.losses == kept.before
    # A promise to the agency itself reaches all
    whole = losses(edition, {"liability.federal.indemnity_entity": 0.25})
    assert whole.excluded.losses.expected.value == pytest.approx(0.75 * whole.before.expected.value)


def test_an_option_at_more_risk_meets_the_same_claims_and_more(edition):
    more = exposed("tfm", (40.0,) * MONTHS, 400.0)
    found = drawn(edition, {"less": [THIRTY], "more": [more], "pair": [THIRTY, JAIL]}).by_option
    for level in ("p90", "p95", "p99", "expected"):
        amounts = [getattr(found[each].before, level).value for each in ("less", "more")]
        assert amounts == sorted(amounts)
    # Asked alone or with others, in any order, an option's losses are the same
    assert losses(edition, None, THIRTY) == found["less"]
    turned = drawn(edition, {"pair": [JAIL, THIRTY], "more": [more], "less": [THIRTY]}).by_option
    assert {each: turned[each].before for each in turned} == {each: found[each].before for each in turned}


def test_a_pair_of_models_adds_claims_and_keeps_those_of_each(edition):
    found = drawn(edition, {"tfm": [THIRTY], "jem": [JAIL], "pair": [THIRTY, JAIL]}).by_option
    chances = {each: found[each].chance_of_any_payout.value for each in found}
    assert max(chances["tfm"], chances["jem"]) < chances["pair"] <= chances["tfm"] + chances["jem"]
    claims = {rate.model: rate.expected_claims for rate in found["pair"].rates}
    assert claims["tfm"] == found["tfm"].rates[0].expected_claims
    assert claims["jem"] == found["jem"].rates[0].expected_claims


def test_a_new_peril_moves_no_draw_of_another(edition):
    without = losses(edition, {"liability.frequency.defense_only": 0})
    every = losses(edition)
    assert every.chance_of_any_payout == without.chance_of_any_payout
    assert every.before.expected.value > without.before.expected.value


def test_a_long_run_is_drawn_in_parts_that_agree_with_the_whole(edition, monkeypatch):
    whole = losses(edition, ALONE, draws=40_000)
    monkeypatch.setattr(simulation, "PART", 5_000)
    parts = losses(edition, ALONE, draws=40_000)
    assert parts.draws == 40_000
    assert agrees(parts.before.expected, 12_466.99)
    assert parts.before != whole.before
    # Parts of other draws: eight like the first would have no more than its amounts
    first = losses(edition, ALONE, draws=5_000)
    assert parts.chance_of_any_payout != first.chance_of_any_payout


def test_expected_claims_are_the_mean_of_those_drawn(edition):
    one_dollar = {
        **{key: value for key, value in ALONE.items() if "exponent" not in key},
        "liability.severity.individual_mu": 0, "liability.severity.individual_sigma": 1e-9,
    }  # fmt: skip
    # Claims of one dollar each, the power drawn from 0.1 to 0.9: far from the agency on record the power matters
    for officers in (2.0, 600.0):
        found = losses(edition, one_dollar, exposed("tfm", (officers,) * MONTHS, 0.0), draws=DRAWS)
        assert found.rates[0].expected_claims == pytest.approx(found.before.expected.value, rel=0.05)


def test_people_with_two_roles_are_one_head_for_suits_that_cost_defense_only(edition):
    recorded = {key: value for key, value in ALONE.items() if "defense_only" not in key}
    two = replace(JAIL, model="wso", record="wso", own_relative=(0.0,) * MONTHS)
    pair, apart = (
        {rate.id: rate for rate in losses(edition, recorded, JAIL, second).rates}["frequency.defense_only"]
        for second in (two, replace(two, own_relative=JAIL.relative))
    )
    # 6 heads or 12 against 30, to the power 0.5: the square root of 2 apart
    assert apart.expected_claims == pytest.approx(pair.expected_claims * 2**0.5)


def test_amounts_grow_with_prices_from_their_date_to_the_payment(edition):
    # Prices of July 2025, the start; paid two years after the event at 10% a year
    later = ALONE | {"liability.timing.individual_years": 2, "economics.price_growth": 0.1}
    now = exposed("tfm", (30.0,) * 1 + (0.0,) * 59, 0.0)
    grown, plain = losses(edition, later, now, draws=DRAWS), losses(edition, ALONE, now, draws=DRAWS)
    # Half a month into the run on average: 1.1 to the power of 2 and a little more
    ratio = grown.before.expected.value / plain.before.expected.value
    assert 1.21 < ratio < 1.21 * 1.1 ** (1 / 12)


def test_the_drawn_curve_of_sizes_has_a_finite_mean(edition):
    known = {key: value for key, value in ALONE.items() if "individual_mu" not in key and "sigma" not in key}
    found = losses(edition, known, draws=DRAWS)
    # Mu is two half normals around 11.6 with (11.6 - 11.34) / 1.2816 = 0.203 either way; the size is then
    # lognormal with the mean of exp(11.6 + 0.203^2/2 + s^2/2), s drawn about 1.08: near 206,000, no more than 215,000
    mean = found.before.expected.value / found.rates[0].expected_claims
    assert 190_000 < mean < 225_000


# --- class and pattern suits ---------------------------------------------------------------------


def test_class_suits_are_named_outcomes_beside_the_percentiles(edition):
    found = {each.id: each for each in losses(edition).outcomes}
    # 1 - (1 + 5/196)^-1.5 = 3.708% in five years, a third each
    assert [each.chance for each in found.values()] == pytest.approx([0.03708 / 3] * 3, rel=1e-3)
    # At the medians: 700,000; 1.6 million a year for 10 years, 1 million of fees and 0.7 million of defense;
    # 400 people at 4,600, of whom 30% are paid, with fees and defense
    assert {each.id: each.central for each in found.values()} == pytest.approx(
        {"defense_only": 700_000, "monitor": 17_700_000, "class_payment": 400 * 4_600 * 0.3 + 1_700_000}
    )
    assert found["monitor"].low < found["monitor"].central < found["monitor"].high
    # Nobody held: a class payment is the lawyers' alone
    nobody = {each.id: each for each in losses(edition, None, replace(THIRTY, people=0.0)).outcomes}
    assert nobody["class_payment"].central == pytest.approx(1_700_000)
    assert nobody["monitor"] == found["monitor"]


def test_insurance_leaves_reform_to_the_agency(edition):
    covered = {
        each.id: each for each in losses(edition, insurance=Insurance("covered", 25_000, 500_000)).outcomes
    }
    # 700,000 of defense: 25,000 and 175,000 above 525,000
    assert covered["defense_only"].kept_if_covered == pytest.approx(200_000)
    # 16 million of monitoring, and of 1.7 million 25,000 and what lies above 525,000
    assert covered["monitor"].kept_if_covered == pytest.approx(16_000_000 + 25_000 + 1_175_000)


def test_the_chance_of_a_suit_is_the_larger_one_of_a_pair(edition):
    tfm, pair, jem = (losses(edition, None, *each) for each in ((THIRTY,), (THIRTY, JAIL), (JAIL,)))
    assert [each.chance for each in pair.outcomes] == [each.chance for each in tfm.outcomes]
    assert jem.outcomes[0].chance < tfm.outcomes[0].chance


def test_shares_of_the_outcomes_can_be_entered(edition):
    only = {"liability.pattern.outcome.monitor": 1}
    found = {each.id: each.chance for each in losses(edition, only).outcomes}
    assert found == pytest.approx({"defense_only": 0, "monitor": 0.03708, "class_payment": 0}, rel=1e-3)
    half = {each.id: each.chance for each in losses(edition, {next(iter(only)): 0.5}).outcomes}
    assert half == pytest.approx(
        {"defense_only": 0.00927, "monitor": 0.01854, "class_payment": 0.00927}, rel=1e-3
    )


# --- no agreement --------------------------------------------------------------------------------


def test_holding_without_an_agreement_has_a_risk_of_its_own(edition):
    found = drawn(edition, {"none": []}, ALONE, draws=DRAWS, people_held=100)
    assert found.holding is not None
    # 15.5 in 45,600 jail-years, five years: 1 - (1 + 5/45,600)^-15.5 = 0.170%
    assert agrees(found.holding.chance_of_any_payout, 0.0016981)
    assert drawn(edition, {}, people_held=0).no_holding == "this agency holds nobody past release"


def test_nothing_at_risk_nothing_lost(edition):
    none = drawn(edition, {"none": []}).by_option["none"]
    assert none.chance_of_any_payout.value == 0
    assert none.before.expected.value == 0
    assert (none.rates, none.outcomes) == ((), ())


# --- sampling error ----------------------------------------------------------------------------------


def test_percentiles_are_amounts_that_so_many_draws_do_not_exceed():
    # 1 to 1,000: 50% do not exceed 500, 99% not 990
    found = distribution(np.arange(1_000, 0, -1.0))
    assert (found.p50.value, found.p90.value, found.p99.value) == (500, 900, 990)
    assert found.expected.value == 500.5
    # 1.645 x sqrt(1,000 x 0.9 x 0.1) = 15.6 ranks either way
    assert (found.p90.low, found.p90.high) == (885, 916)
    # None of them is above 1,000, all are above 0
    assert dict(found.exceedance)[0] == 1
    assert dict(found.exceedance)[1_000] == 0
    doubled = dict(distribution(np.arange(1.0, 10_001)).exceedance)
    assert (doubled[1_000], doubled[5_000], doubled[10_000]) == (0.9, 0.5, 0)


def test_the_interval_of_a_chance():
    # Wilson, 10 of 100 at 90%: (0.1 + 2.7055/200) / 1.027055 = 0.1105, and 1.645 x sqrt(0.0009 + 2.7055/40,000)
    # / 1.027055 = 0.0498 either way
    hit = np.arange(100) < 10
    assert (chance(hit).value, round(chance(hit).low, 3), round(chance(hit).high, 3)) == (0.1, 0.061, 0.16)
    assert chance(np.zeros(100, dtype=bool)).low == 0
    assert chance(np.zeros(100, dtype=bool)).high == pytest.approx(2.706 / 102.706, abs=1e-4)


# --- what is read --------------------------------------------------------------------------------------


def test_the_list_of_what_is_read_is_what_is_read(monkeypatch):
    seen = set()
    for name in ("_resolved", "record"):
        whole = getattr(Parameters, name)

        def noted(self, parameter, *rest, whole=whole):
            seen.add(f"liability.{parameter}")
            return whole(self, parameter, *rest)

        monkeypatch.setattr(Parameters, name, noted)
    draft = open_edition("draft")
    drawn(
        draft,
        {"x": [THIRTY, JAIL]},
        people_held=5,
        words={"suffolk_award": "counted", "new_york_settlement": "counted"},
    )
    # The exposure is worked out before.
    assert seen | {"liability.frequency.reference_officers"} == READS


# --- what the figures stand on -------------------------------------------------------------------


def test_variance_agrees_with_the_closed_form(alone):
    _, variance = moments(RECORD)
    # The standard deviation of 200,000 skewed draws is within a few percent
    assert alone.before.deviation == pytest.approx(variance**0.5, rel=0.06)


def test_percentiles_agree_with_a_limit_inside_the_range(edition):
    # Kept of a claim: 10,000, and what lies above 60,000: both percentiles then move with the sizes
    covered = losses(edition, ALONE, draws=DRAWS, insurance=Insurance("covered", 10_000, 50_000))
    exact = aggregate(RECORD, lambda size: size - np.clip(size - 10_000, 0, 50_000))
    assert exact.p99 > 100_000
    assert agrees(covered.covered.losses.p99, exact.p99)
    assert agrees(covered.covered.losses.expected, exact.mean)


def test_defaults_of_the_insurance_are_those_of_the_edition(edition):
    typed = {"liability.insurance.retention_small_county": 40_000, "liability.insurance.limit": 60_000}
    assumed = losses(edition, typed, insurance=Insurance("covered"))
    entered = losses(edition, insurance=Insurance("covered", 40_000, 60_000))
    assert assumed.covered == entered.covered
    # Retention high enough to keep all
    assert losses(edition, insurance=Insurance("covered", 1e9, 1e9)).covered.losses == entered.before


def test_payments_after_a_part_of_a_year_are_after_the_horizon(edition):
    now = exposed("tfm", (30.0,) * MONTHS, 0.0)
    found = losses(edition, ALONE | {"liability.timing.individual_years": 6}, now)
    # Five years: every payment comes six years after its event
    assert sum(found.excluded.paid_by_year[:-1]) == 0
    assert found.excluded.paid_within_horizon == 0


def test_defense_of_small_claims_goes_with_their_payment(edition):
    small = ALONE | {
        "liability.frequency.individual_paid": 0, "liability.frequency.under_count": 5,
        "liability.severity.small_claim": 10_000, "liability.severity.defense_to_payment": 0.5,
    }  # fmt: skip
    found = losses(edition, small, draws=DRAWS)
    # Four small claims for each recorded one, 15,000 each: 2.5/196 x 5 x 4 x 15,000
    assert agrees(found.before.expected, 2.5 / 196 * 5 * 4 * 15_000)


def test_growth_of_defense_has_a_date_of_its_own(edition):
    later = {key: value for key, value in ALONE.items() if "defense_per_suit" not in key}
    later |= {"economics.price_growth": 0.1, "liability.severity.individual_mu": 0}
    scenario_start_2035 = losses(edition, later, draws=DRAWS)
    # Prices of July 2025, where the run starts: 100,000 grown over 2.5 years on average, and 20,000 to 250,000 wide
    each = scenario_start_2035.before.expected.value / scenario_start_2035.rates[0].expected_claims
    assert 105_000 < each < 175_000


def test_in_thirty_months_a_payment_in_the_thirty_first_is_after_the_horizon(edition):
    # Two and a half years, and every payment comes as long after its event: all after the horizon
    later = ALONE | {"liability.timing.individual_years": 2.5}
    found = drawn(edition, {"x": [exposed("tfm", (30.0,) * 30, 0.0)]}, later, months=30).by_option["x"]
    assert len(found.excluded.paid_by_year) == 4
    assert found.excluded.paid_within_horizon == 0
    assert found.excluded.paid_by_year[-1] > 0


def test_yardsticks_are_for_each_person_held_here():
    words = {"suffolk_award": "counted", "new_york_settlement": "counted"}
    found = drawn(open_edition("draft"), {"x": [THIRTY]}, words=words, draws=2_000).by_option["x"]
    # 400 people at $757, at most $4,600, and $166,000
    amounts = {each.id: each.amount for each in found.matters}
    assert amounts == {
        "maricopa": 121_600_000, "los_angeles": 302_800, "new_york": 1_840_000, "suffolk": 66_400_000,
    }  # fmt: skip
    words = dict.fromkeys(words, "left_out")
    left = drawn(open_edition("draft"), {"x": [THIRTY]}, words=words, draws=2_000).by_option["x"]
    assert {each.id for each in left.matters} == {"maricopa", "los_angeles"}


def test_a_federal_promise_to_the_agency_reaches_class_suits(edition):
    covered = Insurance("covered", 25_000, 500_000)
    promised = losses(edition, {"liability.federal.indemnity_entity": 0.5}, insurance=covered)
    # 25,000 and 175,000 above 525,000 of 700,000, halved
    assert {each.id: each.kept_if_covered for each in promised.outcomes}["defense_only"] == pytest.approx(
        100_000
    )

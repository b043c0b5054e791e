"""Losses on random agencies: what always holds, whatever is entered."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.blocks import Run
from calculator.editions import open_edition
from calculator.inputs import Normals
from calculator.liability.coverage import DEDUCTIBLE, SELF_INSURED, Insurance
from calculator.liability.losses import Liability
from calculator.liability.risk import Exposure
from calculator.liability.simulation import simulate
from calculator.scenario import Scenario

DRAWS, MONTHS = 2_000, 36
EDITION = open_edition("2026.1")
WORDS = {"indemnity": "none", "maricopa_basis": "monitor"}
LEVELS = ("expected", "p50", "p90", "p95", "p99")
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def exposures(draw: st.DrawFn) -> list[Exposure]:
    models = draw(st.lists(st.sampled_from(["tfm", "jem", "wso"]), min_size=1, max_size=3, unique=True))
    found = []
    for model in models:
        start, heads = draw(st.integers(0, MONTHS)), draw(st.floats(0, 400))
        relative = (0.0,) * start + (heads / 30,) * (MONTHS - start)
        found.append(Exposure(model, model, relative, relative, draw(st.floats(0, 5_000))))
    return found


@st.composite
def insurances(draw: st.DrawFn) -> Insurance:
    retention, limit, most = sorted(draw(st.floats(1, 5_000_000)) for _ in range(3))
    return Insurance(
        draw(st.sampled_from(["covered", "excluded", "not_asked"])),
        retention,
        limit,
        draw(st.sampled_from([SELF_INSURED, DEDUCTIBLE])),
        draw(st.sampled_from([None, most])),
        100_000,
    )


def run(
    options: dict[str, list[Exposure]], insurance: Insurance, rate: float = 2.0, seed: int = 1
) -> Liability:
    scenario = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "sheriff", "sworn_officers": 500},
            "agreement": {"proposed": "tfm", "starts": "2027-07", "years": MONTHS // 12},
            "officers": {"tfm": 1},
            # Claims are many, so that a few draws meet all of what can happen.
            "assume": {"liability.frequency.individual_paid": {"value": rate, "reason": "test"}},
        }
    )
    assumptions = Run(scenario, EDITION).assumptions
    return simulate(assumptions, Normals(draws=DRAWS, seed=seed), WORDS, insurance, options, people_held=0)


@few
@given(exposures(), insurances(), st.floats(1, 3_000_000))
def test_more_retention_never_lowers_what_is_kept(models, insurance, more):
    less = run({"x": models}, insurance).by_option["x"]
    higher = run({"x": models}, replace(insurance, retention=(insurance.retention or 0) + more)).by_option[
        "x"
    ]
    for level in LEVELS:
        assert getattr(higher.covered.losses, level).value >= getattr(less.covered.losses, level).value - 0.01
    assert higher.excluded == less.excluded


@few
@given(exposures(), insurances())
def test_what_is_kept_lies_between_nothing_and_all(models, insurance):
    found = run({"x": models}, insurance).by_option["x"]
    for level in LEVELS:
        kept, whole = (getattr(each, level).value for each in (found.covered.losses, found.before))
        assert -0.01 <= kept <= whole + 0.01
    assert found.excluded.losses == found.before
    for kept in (found.covered, found.excluded):
        assert (
            abs(sum(kept.paid_by_year) - kept.losses.expected.value)
            <= 0.01 + 1e-9 * kept.losses.expected.value
        )
    chances = [chance for _, chance in found.before.exceedance]
    assert chances == sorted(chances, reverse=True)
    assert found.chance_of_recorded_kind.value <= found.chance_of_any_payout.value


@few
@given(st.lists(exposures(), min_size=2, max_size=4), insurances(), st.randoms())
def test_the_order_and_the_company_of_options_change_nothing(groups, insurance, shuffled):
    options = {str(index): models for index, models in enumerate(groups)}
    names = list(options)
    shuffled.shuffle(names)
    whole = run(options, insurance).by_option
    turned = run({name: options[name] for name in names}, insurance).by_option
    assert {name: turned[name] for name in options} == dict(whole)
    assert run({"0": options["0"]}, insurance).by_option["0"] == whole["0"]


@few
@given(exposures(), insurances(), st.floats(1, 5))
def test_more_officers_never_lower_the_loss(models, insurance, times):
    more = [
        replace(each, relative=grown, own_relative=grown)
        for each in models
        for grown in [tuple(level * times for level in each.relative)]
    ]
    found = run({"less": models, "more": more}, insurance).by_option
    for level in LEVELS:
        less, higher = (getattr(found[name].before, level).value for name in ("less", "more"))
        assert higher >= less - 1e-6 * abs(less) - 0.01

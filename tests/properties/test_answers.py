"""What must be true, on random scenarios: answers lie in their range, and net moves one way."""

from __future__ import annotations

import dataclasses
import itertools

from hypothesis import given, settings

from calculator.answers.break_even import LAG, PAID_SHARE, Flow, lags
from calculator.answers.passes import Passes
from calculator.answers.together import moved
from calculator.estimate import estimate
from calculator.scenario import Scenario

from .test_identities import EDITION, relaxed, scenarios

SHARES = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)


def passes_of(scenario: Scenario) -> Passes:
    return Passes(estimate(scenario, EDITION, draws=0, only_proposed=True))


@relaxed
@given(scenarios())
def test_net_never_rises_with_the_share_paid_nor_falls_with_the_lag(scenario: Scenario) -> None:
    flow = Flow.of(passes_of(scenario))
    for lag in (0, 2, 12, 36):
        nets = [flow.net(share, lag) for share in SHARES]
        assert all(after <= before for before, after in itertools.pairwise(nets))
    for share in SHARES:
        nets = [flow.net(share, lag) for lag in lags()]
        assert all(after >= before for before, after in itertools.pairwise(nets))


@relaxed
@given(scenarios())
def test_values_found_lie_in_their_ranges_and_the_frontier_rises(scenario: Scenario) -> None:
    found = moved(passes_of(scenario))
    for each in found.break_even:
        assert each.least <= each.at_low <= each.most
        assert each.least <= each.at_high <= each.most
        if each.value is None:
            assert each.whole or not each.least < 0 < each.most
        else:
            assert each.low <= each.value <= each.high
    shares = [point.share for point in found.frontier]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    # Once no share is enough, none is at a longer lag
    assert shares[: len(known)] == known
    assert all(0 <= share <= 1 for share in known)


@settings(relaxed, max_examples=25)
@given(scenarios())
def test_a_run_at_the_share_found_is_paid_back(scenario: Scenario) -> None:
    passes = passes_of(scenario)
    values = {each.id: each.value for each in moved(passes).break_even}
    if values.get(PAID_SHARE) is None or LAG not in values:
        return
    terms = passes.sums.case("announced").terms
    again = passes.sums.on_terms(dataclasses.replace(terms, paid_share=values[PAID_SHARE]))
    # Half a cent at most for each line and month
    rounding = len(again.settled) * passes.sums.months / 2
    assert abs(int((passes.sums.cash - again.received).sum())) <= rounding + 1

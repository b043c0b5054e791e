"""State grants: what a state pays of cost that no federal money was claimed for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.calendar import MONTHS, Calendar, Month, month_of
from calculator.costs.receipts import state_grants
from calculator.editions import Edition
from calculator.editions.schema import Rule
from calculator.options import Option
from calculator.scenario import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Grant:
    """The grant rule of the agency's state.

    `cap` is dollars for each fiscal year, `active` 1 for months the grant runs,
    `membership` 1 where such a month lies in a fiscal year (months, fiscal years).
    """

    rule: Rule
    cap: Array
    active: Array
    membership: Array

    def applies(self, option: Option, edition: Edition) -> bool:
        """Whether one of the option's models may get it."""
        models = {edition.models[model].terms_of for model in option.models}
        return bool(option.contexts) and (self.rule.models is None or bool(models & set(self.rule.models)))

    def claim(self, gross: Array, federal: Array) -> Array:
        """Dollars claimed for each fiscal year, from its running months: (..., fiscal years) in, the same out."""
        claimed: Array = state_grants(grant_cap=self.cap, gross_cost=gross, federal=federal)
        return claimed


def grant_of(scenario: Scenario, edition: Edition, calendar: Calendar) -> Grant | None:
    """The state grant this agency may claim, if its state has one with computed tiers.

    An edition with two for one kind of agency is refused when it is read.
    """
    state = edition.states.get(scenario.agency.state)
    for rule in state.rules if state else ():
        may = rule.agency_types is None or scenario.agency.type in rule.agency_types
        if rule.grant is not None and may:
            active = np.array([_runs(rule, month) for month in calendar.each_month], dtype=np.float64)
            membership = calendar.membership * active[:, None]
            cap = _tier(rule, scenario.agency.residents) * membership.sum(axis=0) / MONTHS
            return Grant(rule, cap, active, membership)
    return None


def _runs(rule: Rule, month: Month) -> bool:
    started = rule.since is None or month_of(rule.since) <= month
    return started and (rule.until is None or month <= month_of(rule.until))


def _tier(rule: Rule, residents: int | None) -> float:
    tiers = rule.grant.tiers if rule.grant else ()
    if residents is None:
        # The smallest tier, until the number of residents is known.
        return min(tier.amount for tier in tiers)
    for tier in tiers:
        if tier.residents_below is None or residents < tier.residents_below:
            return tier.amount
    return tiers[-1].amount

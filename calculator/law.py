"""The state gate: what the agency's state requires, bars, allows or pays, for this run."""

from __future__ import annotations

from calculator.calendar import month_of
from calculator.editions.schema import Rule
from calculator.result import Estimate

NOT_RESEARCHED = "not researched"
NO_RULE = "no rule found"
STANDINGS = {
    "barred": "barred",
    "required": "required",
    "conditions": "left to the agency, with conditions",
    "open": "left to the agency",
    "pending": "unclear",
    # Money or a penalty says nothing about whether an agreement may be signed.
    "grant": NO_RULE,
    "penalty": NO_RULE,
}
_ORDER = ("barred", "required", "conditions", "pending", "open", "penalty", "grant")


def applying_rules(estimate: Estimate) -> list[Rule]:
    """The state's rules for this agency, model and time, the strongest first; none where the state has no file."""
    rules = estimate.edition.states.get(estimate.scenario.agency.state)
    found = [rule for rule in rules.rules if _applies(rule, estimate)] if rules else []
    return sorted(found, key=lambda rule: _ORDER.index(rule.kind))


def standing(estimate: Estimate) -> str:
    """One word for the strongest rule; a state without a file is not researched, never open."""
    if estimate.scenario.agency.state not in estimate.edition.states:
        return NOT_RESEARCHED
    applying = applying_rules(estimate)
    return STANDINGS[applying[0].kind] if applying else NO_RULE


def duties_elsewhere(estimate: Estimate) -> list[Rule]:
    """Rules that require this agency to sign for a model other than the proposed ones."""
    rules = estimate.edition.states.get(estimate.scenario.agency.state)
    return [
        rule
        for rule in (rules.rules if rules else ())
        if rule.kind == "required" and _concerns(rule, estimate) and not _applies(rule, estimate)
    ]


def _applies(rule: Rule, estimate: Estimate) -> bool:
    models = {estimate.edition.models[model].terms_of for model in estimate.proposed.option.models}
    return (rule.models is None or bool(models & set(rule.models))) and _concerns(rule, estimate)


def _concerns(rule: Rule, estimate: Estimate) -> bool:
    """Whether a rule is for this kind of agency and this time."""
    if rule.agency_types is not None and estimate.scenario.agency.type not in rule.agency_types:
        return False
    starts, ends = estimate.calendar.start, estimate.calendar.end
    return (rule.since is None or month_of(rule.since) <= ends) and (
        rule.until is None or month_of(rule.until) >= starts
    )

"""Options: sets of models, which contexts each sums, and what makes one unavailable.

Models are data of the edition. An option is a sum of its models' lines plus
what they share; jail enforcement and warrant service in one set divide the
jail's cases, and people with two roles are one head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from calculator.calendar import Calendar
from calculator.costs.context import SHARED_MODEL, Context, HeadcountPath, Partner
from calculator.editions import Edition
from calculator.scenario import Scenario
from calculator.scenario.values import Steps, peak

NONE = "none"
COMPARED = (("wso",), ("jem",), ("tfm",), ("jem", "tfm"), ("jem", "wso"))
_ORDER = ("jem", "tfm", "tribal-tfm", "wso")
TRAVEL = {"tfm": "tfm_travel", "jem": "jem_travel", "wso": "wso_travel"}
RECEIPT_READINGS = ("salary", "overtime", "eligible_models", "equipment", "awards")
Words = tuple[tuple[str, str], ...]
Shares = tuple[tuple[int, float], ...]  # months after the start, share from then on


@dataclass(frozen=True)
class Option:
    """One column of the comparison: models, officers for each, and why it cannot be had, if so."""

    id: str
    models: tuple[str, ...]
    label: str
    proposed: bool
    unavailable: str | None
    officers: tuple[tuple[str, float, bool], ...]  # model, number nominated, typed by the user
    contexts: tuple[Context, ...]

    @property
    def available(self) -> bool:
        """Whether the option can be computed."""
        return self.unavailable is None


def split(option_id: str) -> tuple[str, ...]:
    """Models of an id such as "jem+tfm", in canonical order."""
    return tuple(sorted(option_id.split("+"), key=_ORDER.index)) if option_id not in ("", NONE) else ()


def default_choices(edition: Edition) -> dict[str, str]:
    """The default reading or perspective of every choice, by its short name."""
    return {choice.key: choice.default for choice in edition.choices.values()}


def choices_of(scenario: Scenario, edition: Edition) -> dict[str, str]:
    """The readings and perspectives the user chose, over the defaults."""
    return default_choices(edition) | dict(scenario.readings) | dict(scenario.perspectives)


def announced_choices(scenario: Scenario, edition: Edition) -> dict[str, str]:
    """As `choices_of`, but receipts follow the published terms: their default readings."""
    defaults = default_choices(edition)
    chosen = choices_of(scenario, edition)
    return chosen | {key: defaults[key] for key in RECEIPT_READINGS if key in defaults}


NO_JAIL = "not available: runs no jail"
JAIL_NOT_KNOWN = "not computed: enter the jail population, or 0 without a jail"


def without_jail(scenario: Scenario, edition: Edition) -> str | None:
    """Why models that need a jail have no figures: it runs none, or that is not known; None where it runs one.

    A sheriff, and an agency that proposes or has such a model, runs a jail unless it says otherwise.
    """
    agency, agreement = scenario.agency, scenario.agreement
    held = agency.jail_average_daily_population
    if held is None:
        held = agency.jail_bookings
    if held is not None:
        return None if held > 0 else NO_JAIL
    named = {*split(agreement.proposed), *split(agreement.in_force or NONE)}
    runs = agency.type == "sheriff" or any(edition.models[model].needs_jail for model in named)
    return None if runs else JAIL_NOT_KNOWN


def option_ids(scenario: Scenario) -> tuple[str, ...]:
    """The options always computed, then the proposed one and the one in force where they are others."""
    task_force = "tribal-tfm" if scenario.agency.type == "tribal" else "tfm"
    found = [NONE]
    found += ["+".join(task_force if model == "tfm" else model for model in models) for models in COMPARED]
    for extra in (scenario.agreement.proposed, scenario.agreement.in_force):
        if extra and "+".join(split(extra)) not in found and split(extra):
            found.append("+".join(split(extra)))
    return tuple(found)


def build(
    scenario: Scenario,
    edition: Edition,
    calendar: Calendar,
    choices: Mapping[str, str],
    *,
    only_proposed: bool = False,
) -> tuple[Option, ...]:
    """Every option of a scenario, or the proposed one alone, under the given readings and perspectives."""
    proposed = split(scenario.agreement.proposed)
    ids = [each for each in option_ids(scenario) if not only_proposed or split(each) == proposed]
    return tuple(_option(option_id, scenario, edition, calendar, choices) for option_id in ids)


def option_label(models: tuple[str, ...], edition: Edition) -> str:
    """The words of an option, such as "Jail Enforcement and Task Force"."""
    if not models:
        return "No agreement"
    *most, last = (edition.models[model].short_label for model in models)
    return f"{', '.join(most)} and {last}" if most else last


def _option(
    option_id: str, scenario: Scenario, edition: Edition, calendar: Calendar, choices: Mapping[str, str]
) -> Option:
    models = split(option_id)
    label = option_label(models, edition)
    proposed = models == split(scenario.agreement.proposed)
    needs_jail = any(edition.models[model].needs_jail for model in models)
    unavailable = without_jail(scenario, edition) if needs_jail else None
    typed = {model: _typed_path(model, scenario, calendar) for model in models}
    fallback = _proposed_path(scenario, calendar)
    paths = {model: path or fallback for model, path in typed.items()}
    officers = tuple((model, paths[model].peak, typed[model] is not None) for model in models)
    contexts: tuple[Context, ...] = ()
    if unavailable is None and any(path.peak > 0 for path in paths.values()):
        own = own_shares(paths, scenario.officers.both or 0)
        contexts = (
            *(_context(model, paths, own[model], scenario, edition, choices) for model in models),
            Context(
                SHARED_MODEL, "officer", _any_nominated(paths.values()), (), tuple(sorted(choices.items()))
            ),
        )
    return Option(option_id, models, label, proposed, unavailable, officers, contexts)


def _context(
    model: str,
    paths: Mapping[str, HeadcountPath],
    own: Shares,
    scenario: Scenario,
    edition: Edition,
    choices: Mapping[str, str],
) -> Context:
    about = edition.models[model]
    terms = about.terms_of
    path = paths[model]
    words = dict(choices)
    words["activity"] = {"tfm": "tfm", "wso": "wso"}.get(terms, jem_activity(scenario, choices))
    words["place"] = "jail" if about.needs_jail else "community"
    partner = _partner(model, paths)
    words["case_role"] = {"jem": "first", "wso": "rest"}[terms] if partner else "alone"
    words["bookings_from"] = bookings_from(scenario)
    words["holds_from"] = "typed" if scenario.agency.holds_on_detainers is not None else "share"
    words["encounters_from"] = "trained" if scenario.agency.type == "state" else "sworn"
    words["eligible"] = "yes" if terms == "tfm" or choices.get("eligible_models") == "all_trained" else "no"
    words["travel"] = choices[TRAVEL[terms]]
    return Context(model, about.staff, path, own, tuple(sorted(words.items())), partner)


def _partner(model: str, paths: Mapping[str, HeadcountPath]) -> Partner | None:
    """The other jail model, where both have officers at some time."""
    other = {"jem": "wso", "wso": "jem"}.get(model, "")
    if other not in paths or not (paths[model].peak > 0 and paths[other].peak > 0):
        return None
    return Partner(other, paths[other])


def jem_activity(scenario: Scenario, choices: Mapping[str, str]) -> str:
    """Whether the jail model is worked by the minute or as a standing unit."""
    as_unit = "staffing.jem_unit_positions" in scenario.assume or choices.get("jem_work") == "unit"
    return "jem_unit" if as_unit else "jem_minutes"


def bookings_from(scenario: Scenario) -> str:
    """Which answer the number of bookings is worked out from."""
    agency = scenario.agency
    if agency.jail_bookings is not None:
        return "typed"
    if agency.jail_average_daily_population is not None:
        return "population"
    return "residents" if agency.residents is not None else "sworn"


def own_shares(paths: Mapping[str, HeadcountPath], both: float) -> dict[str, Shares]:
    """The share of each model's heads that no other model counts, by month.

    People with two roles count in the task force first, then in jail enforcement.
    In a month in which the other role has no officers, nobody has two.
    """
    by_claim = sorted(paths, key=lambda each: ("tfm" not in each, _ORDER.index(each)))
    months = sorted({0, *(month for path in paths.values() for month, _ in path.changes)})
    nominated = {model: paths[model].levels(months[-1] + 1)[months] for model in by_claim}
    shares: dict[str, Shares] = {}
    left = np.full(len(months), float(both))
    for index in reversed(range(len(by_claim))):
        heads = nominated[by_claim[index]]
        others = sum((nominated[each] for each in by_claim[:index]), start=np.zeros(len(months)))
        elsewhere = np.minimum(np.minimum(left, heads), others)
        left = left - elsewhere
        share = np.divide(heads - elsewhere, heads, out=np.ones(len(months)), where=heads > 0)
        changed = np.diff(share, prepend=1.0) != 0
        shares[by_claim[index]] = tuple(
            (month, value) for month, value, new in zip(months, share.tolist(), changed, strict=True) if new
        )
    return shares


def _typed(model: str, scenario: Scenario) -> int | float | Steps | None:
    field = "tfm" if model == "tribal-tfm" else model
    typed: int | float | Steps | None = getattr(scenario.officers, field)
    return typed


def _typed_path(model: str, scenario: Scenario, calendar: Calendar) -> HeadcountPath | None:
    typed = _typed(model, scenario)
    return None if typed is None else headcount_path(typed, calendar)


def _proposed_path(scenario: Scenario, calendar: Calendar) -> HeadcountPath:
    """Officers of a compared model that nobody typed: the number typed for the proposed option."""
    typed = [_typed(model, scenario) for model in split(scenario.agreement.proposed)]
    numbers = [value for value in typed if value is not None]
    largest: int | float | Steps = max(numbers, key=peak) if numbers else 0
    return headcount_path(largest, calendar)


def headcount_path(typed: int | float | Steps, calendar: Calendar) -> HeadcountPath:
    """Steps dated before the start are officers already trained; the rest are changes within the run."""
    if not isinstance(typed, tuple):
        return HeadcountPath(0.0, ((0, float(typed)),) if typed else ())
    already = level = 0.0
    changes: list[tuple[int, float]] = []
    for step in typed:
        if step.start < calendar.start:
            already = level = step.value
        elif step.start <= calendar.end:
            changes.append((step.start - calendar.start, step.value - level))
            level = step.value
    if changes and changes[0][0] == 0 and changes[0][1] < 0:
        # Given up before the run begins: never on duty in it.
        already += changes.pop(0)[1]
    return HeadcountPath(already, tuple(changes))


def _any_nominated(paths: Iterable[HeadcountPath]) -> HeadcountPath:
    """1 in the months in which some model has officers nominated, otherwise 0: what the models share runs then."""
    known = tuple(paths)
    months = sorted({0, *(month for path in known for month, _ in path.changes)})
    levels = [float(any(path.levels(month + 1)[month] > 0 for path in known)) for month in months]
    changes = zip(months[1:], np.diff(levels).tolist(), strict=True)
    return HeadcountPath(levels[0], tuple((month, change) for month, change in changes if change))

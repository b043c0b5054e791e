"""Scenario: what the user told us. Frozen, checked, and the same from a file, a link or a form."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from calculator.calendar import MONTHS, Calendar, Month, month_of
from calculator.editions import Edition
from calculator.editions.loader import read_document
from calculator.editions.schema import Choice
from calculator.editions.yaml_text import Document, parse_yaml
from calculator.errors import FIELDS_LIST, Problem, ScenarioError
from calculator.scenario.check import edition_problems, plausibility
from calculator.scenario.fields import (
    ASSUME,
    BECAUSE,
    BY_LINK,
    FIELDS,
    MOST_REASON,
    NO_AGREEMENT,
    PERSPECTIVES,
    READINGS,
    SECTIONS,
    assumption_limit,
    default_of,
)
from calculator.scenario.rules import cross_problems
from calculator.scenario.states import usual_fiscal_year_start
from calculator.scenario.values import (
    Dollars,
    Refused,
    Steps,
    amount_from_text,
    check_bounds,
    is_blank,
    number_text,
    plain_of,
    raw_from_text,
    read_number,
    read_steps,
    read_text,
    read_value,
    shown,
    text_of,
)

VERSION = 1
_ID = re.compile(r"[a-z0-9_.]{1,80}")
_BLOCKS = {"readings": READINGS, "perspectives": PERSPECTIVES, "assume": ASSUME}
# Readings that say who pays a claim, not how federal money comes.
_OF_CLAIMS = {"indemnity"}
_EXPECTED_FIELDS = ("paid_share", "lag_months", "disallowed_share", "ends", "renewed", "stops_after_months")


@dataclass(frozen=True)
class Agency:
    """The department."""

    state: str = ""
    type: str = ""
    sworn_officers: int = 0
    name: str | None = None
    jail_staff: int | None = None
    residents: int | None = None
    jail_average_daily_population: float | None = None
    jail_bookings: int | None = None
    holds_on_detainers: int | None = None


@dataclass(frozen=True)
class Agreement:
    """The agreement proposed, and the time looked at."""

    proposed: str = ""
    starts: Month | None = None
    ends: Month | None = None
    years: int = 5
    fiscal_year_starts: int | None = None
    in_force: str = NO_AGREEMENT


@dataclass(frozen=True)
class Officers:
    """Officers to be trained for each model: a number, or numbers by month."""

    tfm: int | Steps | None = None
    jem: int | Steps | None = None
    wso: int | Steps | None = None
    both: int = 0


@dataclass(frozen=True)
class Insurance:
    """What the pool or carrier answered."""

    coverage: str = "not_asked"
    retention: float | None = None
    retention_kind: str = "self_insured_retention"
    limit: float | None = None
    aggregate: float | None = None


@dataclass(frozen=True)
class Reimbursement:
    """How federal money is expected to come."""

    case: str = "announced"
    paid_share: float | None = None
    lag_months: int | None = None
    disallowed_share: float | None = None
    ends: Month | None = None
    renewed: bool | None = None
    stops_after_months: int | None = None


@dataclass(frozen=True)
class Simulation:
    """Random draws."""

    draws: int = 2_000
    seed: int = 287
    reserve: float | None = None


@dataclass(frozen=True)
class Report:
    """What is printed on a report."""

    made_on: datetime.date | None = None
    meeting_date: datetime.date | None = None
    item: str | None = None
    prepared_by: str | None = None
    budgeted_now: str | None = None
    fund: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Override:
    """The user's own value for an assumption, and why."""

    value: float | Steps
    reason: str
    in_dollars: bool = field(default=False, compare=False)


_SECTIONS: dict[str, type[Any]] = {
    "agency": Agency,
    "agreement": Agreement,
    "officers": Officers,
    "insurance": Insurance,
    "reimbursement": Reimbursement,
    "simulation": Simulation,
    "report": Report,
}


def _frozen(mapping: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    return MappingProxyType(dict(sorted((mapping or {}).items())))


@dataclass(frozen=True)
class Scenario:
    """One set of answers. None is "not known", never zero.

    Made by `from_file`, `from_text`, `from_mapping` or `from_query`; each
    raises ScenarioError with every problem found.
    """

    agency: Agency = field(default_factory=Agency)
    agreement: Agreement = field(default_factory=Agreement)
    officers: Officers = field(default_factory=Officers)
    insurance: Insurance = field(default_factory=Insurance)
    reimbursement: Reimbursement = field(default_factory=Reimbursement)
    simulation: Simulation = field(default_factory=Simulation)
    report: Report = field(default_factory=Report)
    readings: Mapping[str, str] = field(default_factory=_frozen)
    perspectives: Mapping[str, str] = field(default_factory=_frozen)
    assume: Mapping[str, Override] = field(default_factory=_frozen)
    edition: str | None = None
    title: str | None = None

    # --- in -------------------------------------------------------------------------------

    @classmethod
    def from_file(cls, path: Path, shown: str = "") -> Scenario:
        """Read a scenario file (YAML). Problems carry its name, as `shown` or as `path`, with line and column."""
        name = shown or str(path)
        document, problems = read_document(path, name)
        if problems:
            raise ScenarioError(problems)
        return cls._from_document(document, name)

    @classmethod
    def from_text(cls, text: str, shown: str = "scenario") -> Scenario:
        """Read scenario YAML."""
        return cls._from_document(parse_yaml(text), shown)

    @classmethod
    def _from_document(cls, document: Document, name: str) -> Scenario:
        if document.problems:
            raise ScenarioError(
                [
                    Problem(f"{name}:{line}:{column}", what, do)
                    for (line, column), what, do in document.problems
                ]
            )
        try:
            return cls.from_mapping(document.data)
        except ScenarioError as error:
            raise ScenarioError([_placed(problem, document, name) for problem in error.problems]) from None

    @classmethod
    def from_mapping(cls, data: object) -> Scenario:
        """Read what a scenario file holds, as plain data."""
        return _Reader().read(data)

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> Scenario:
        """Read the answers of a link or form. Blank values are not given."""
        data, problems = _query_to_mapping(pairs)
        return _Reader(problems).read(data)

    # --- out ------------------------------------------------------------------------------

    def canonical(self) -> dict[str, Any]:
        """What differs from a default, as JSON and YAML hold it, in a fixed order."""
        data: dict[str, Any] = {"scenario": VERSION}
        for each in FIELDS:
            value = self.answer(each.path)
            if value is None or value == each.default:
                continue
            target = data.setdefault(each.section, {}) if each.section else data
            target[each.key] = plain_of(value)
        for name in ("readings", "perspectives"):
            if getattr(self, name):
                data[name] = dict(getattr(self, name))
        if self.assume:
            data["assume"] = {
                each: {"value": plain_of(override.value), "reason": override.reason}
                for each, override in self.assume.items()
            }
        return data

    def to_yaml(self) -> str:
        """The scenario file that gives this scenario back."""
        return yaml.dump(self.canonical(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)

    def to_query(self) -> tuple[tuple[str, str], ...]:
        """The pairs of the link that gives this scenario back."""
        pairs = []
        for each in FIELDS:
            value = self.answer(each.path)
            if value is not None and value != each.default:
                pairs.append((each.link, text_of(value)))
        pairs += [(READINGS.prefix + key, option) for key, option in self.readings.items()]
        pairs += [(PERSPECTIVES.prefix + key, option) for key, option in self.perspectives.items()]
        for each_id, override in self.assume.items():
            pairs += [
                (ASSUME.prefix + each_id, text_of(override.value)),
                (BECAUSE.prefix + each_id, override.reason),
            ]
        return tuple(pairs)

    def answer(self, path: str) -> Any:
        """The answer at a path such as "agency.state"."""
        value: Any = self
        for part in path.split("."):
            value = getattr(value, part)
        return value

    # --- what follows from the answers ----------------------------------------------------

    @property
    def has_expected_case(self) -> bool:
        """Whether the user said anything about how federal money will come."""
        typed = any(getattr(self.reimbursement, name) is not None for name in _EXPECTED_FIELDS)
        return typed or self.reimbursement.case == "expected" or bool(set(self.readings) - _OF_CLAIMS)

    @property
    def fiscal_year_starts(self) -> int:
        """The month (1-12) the fiscal year starts in: as typed, or the usual one of the state."""
        typed = self.agreement.fiscal_year_starts
        return typed if typed is not None else usual_fiscal_year_start(self.agency.state, self.agency.type)

    def start_month(self, edition: Edition) -> Month:
        """As typed, or the first fiscal-year start after the edition's release."""
        if self.agreement.starts is not None:
            return self.agreement.starts
        month = month_of(edition.header.released) + 1
        while month.month != self.fiscal_year_starts:
            month += 1
        return month

    def calendar(self, edition: Edition) -> Calendar:
        """The months looked at; an end date cuts them short."""
        start, months = self.start_month(edition), self.agreement.years * MONTHS
        if self.agreement.ends is not None:
            months = min(months, max(1, self.agreement.ends - start + 1))
        return Calendar(start, months, self.fiscal_year_starts)

    def made_on(self, edition: Edition) -> datetime.date:
        """The date printed as made on: as typed, or the edition's release."""
        return self.report.made_on or edition.header.released

    def with_choice(self, choice: Choice, option: str) -> Scenario:
        """The same answers under one reading or perspective."""
        if choice.kind == "reading":
            return replace(self, readings=_frozen({**self.readings, choice.key: option}))
        return replace(self, perspectives=_frozen({**self.perspectives, choice.key: option}))

    def check(self, edition: Edition) -> tuple[str, ...]:
        """Check what needs the edition; return plausibility warnings. Raises ScenarioError."""
        problems = edition_problems(self, edition)
        if problems:
            raise ScenarioError(problems)
        return plausibility(self, edition)


class _Dumper(yaml.SafeDumper):
    """Writes text so that the strict reader takes it back as text."""


_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))
)


# The reader takes no exponents, so that 1e-5 in a file can never be text by accident.
_Dumper.add_representer(
    float,
    lambda dumper, number: dumper.represent_scalar(
        f"tag:yaml.org,2002:{'int' if number.is_integer() else 'float'}", number_text(number)
    ),
)


def _style(text: str) -> str | None:
    plain = text.replace("_", "").replace(".", "").replace("-", "").isalpha() and text.isascii()
    return (
        None if plain and text not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n") else '"'
    )


class _Reader:
    """Reads plain data into a Scenario, collecting every problem."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems = list(problems)

    def read(self, data: object) -> Scenario:
        if not isinstance(data, Mapping):
            raise ScenarioError(
                [
                    Problem("scenario", "A scenario is a block of keys.", "Start it with 'scenario: 1'."),
                    *self.problems,
                ]
            )
        self._unknown("", data, {"scenario", *(f.key for f in FIELDS if not f.section), *SECTIONS, *_BLOCKS})
        if data.get("scenario", VERSION) != VERSION or isinstance(data.get("scenario"), bool):
            self._note(
                "scenario",
                Refused(f"{shown(data.get('scenario'))} is not a known version.", "Write scenario: 1."),
            )
        answers = self._answers(data)
        blocks: dict[str, Any] = {name: self._block(name, data.get(name)) for name in _BLOCKS}
        if self.problems:
            raise ScenarioError(self.problems)
        parts: dict[str, Any] = {
            name: kind(**{each.name: answers[f"{name}.{each.name}"] for each in fields(kind)})
            for name, kind in _SECTIONS.items()
        }
        scenario = Scenario(**parts, **blocks, edition=answers["edition"], title=answers["title"])
        problems = cross_problems(scenario)
        if problems:
            raise ScenarioError(problems)
        return scenario

    def _note(self, where: str, refused: Refused) -> None:
        self.problems.append(Problem(where, refused.what, refused.do))

    def _unknown(self, where: str, data: Mapping[Any, Any], known: Iterable[str]) -> None:
        known = sorted(known)
        for key in data:
            if key not in known:
                path = f"{where}.{key}" if where else str(key)
                self.problems.append(
                    Problem(path[:80], f"There is no key {shown(key)} here.", *_nearest(str(key), known))
                )

    def _answers(self, data: Mapping[Any, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        blocks: dict[str, Mapping[Any, Any]] = {"": data}
        for section in SECTIONS:
            block = data.get(section)
            if is_blank(block):
                block = {}
            if not isinstance(block, Mapping):
                self._note(
                    section, Refused(f"{shown(block)} is not a block of keys.", "Indent its keys below it.")
                )
                block = {}
            self._unknown(section, block, [f.key for f in FIELDS if f.section == section])
            blocks[section] = block
        for each in FIELDS:
            raw = blocks[each.section].get(each.key)
            if is_blank(raw):
                answers[each.path] = default_of(each.path)
                if each.required:
                    self._note(each.path, Refused(f"{each.label}: an answer is needed.", each.wanted))
                continue
            try:
                answers[each.path] = read_value(each, raw)
            except Refused as refused:
                answers[each.path] = each.default
                self._note(each.path, refused)
        return answers

    def _block(self, name: str, raw: object) -> Mapping[str, Any]:
        if is_blank(raw):
            return _frozen()
        if not isinstance(raw, Mapping):
            self._note(name, Refused(f"{shown(raw)} is not a block of keys.", "Indent its keys below it."))
            return _frozen()
        found: dict[str, Any] = {}
        for key, value in raw.items():
            where = f"{name}.{key}"[:100]
            try:
                if not _ID.fullmatch(str(key)):
                    raise Refused(
                        f"{shown(str(key))} is not an id.", "Use small letters, digits, dots and _."
                    )
                found[str(key)] = (
                    self._override(str(key), value, where) if name == "assume" else _option(value)
                )
            except Refused as refused:
                self._note(where, refused)
        return _frozen(found)

    def _override(self, assumption_id: str, raw: object, where: str) -> Override:
        wanted = "Write {value: 114, reason: county jail budget}."
        if not isinstance(raw, Mapping):
            raise Refused(f"{shown(raw)} is not a value with a reason.", wanted)
        self._unknown(where, raw, ("value", "reason"))
        if is_blank(raw.get("value")) and not is_blank(raw.get("reason")):
            raise Refused("You gave a reason but no value.", "Enter the value, or clear the reason.")
        if is_blank(raw.get("value")):
            raise Refused("A value is missing.", wanted)
        if is_blank(raw.get("reason")):
            raise Refused(
                "A reason is missing.", "Say in one line why, or where the value is from; it is printed."
            )
        limit = assumption_limit(assumption_id)
        wants = f"Enter {limit.words} from {limit.minimum:,} to {limit.maximum:,}."
        value = raw["value"]
        if isinstance(value, list | tuple):
            number: float | Steps = read_steps(value, limit.minimum, limit.maximum, wants, whole=False)
        else:
            number = read_number(value, wants)
            check_bounds(number, limit.minimum, limit.maximum, wants)
        reason = read_text(raw["reason"], MOST_REASON, f"Write one line of at most {MOST_REASON} characters.")
        return Override(number, reason, _typed_in_dollars(value))


def _typed_in_dollars(raw: object) -> bool:
    """Whether a dollar sign was typed with any of the numbers."""
    entries = raw if isinstance(raw, list | tuple) else [raw]
    values = [entry.get("value") if isinstance(entry, Mapping) else entry for entry in entries]
    return any(isinstance(value, Dollars) for value in values)


def _option(raw: object) -> str:
    return read_text(raw, 60, "Name one of its options.")


def _nearest(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What to do about a name that nobody knows, and the list to see where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return (f"Did you mean '{close[0]}'?", "") if close else ("Remove it, or correct it.", FIELDS_LIST)


def _placed(problem: Problem, document: Document, name: str) -> Problem:
    path: list[str | int] = []
    data, rest = document.data, problem.where
    while isinstance(data, Mapping) and rest:
        key = next((each for each in data if rest == each or rest.startswith(f"{each}.")), None)
        if key is None:
            break
        path.append(key)
        data, rest = data[key], rest[len(str(key)) + 1 :]
    line, column = document.position(tuple(path))
    return Problem(f"{name}:{line}:{column}", f"{problem.where}: {problem.what}", problem.do, problem.see)


def _query_to_mapping(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, Any], list[Problem]]:
    data: dict[str, Any] = {"scenario": VERSION}
    problems: list[Problem] = []
    seen: set[str] = set()
    for name, text in pairs:
        if is_blank(text):
            continue
        if name in seen:
            problems.append(Problem(name[:80], "The link names it twice.", "Keep one."))
            continue
        seen.add(name)
        if not _place(data, name, text):
            known = [*BY_LINK, *(family.prefix for family in (READINGS, PERSPECTIVES, ASSUME, BECAUSE))]
            problems.append(Problem(name[:80], "The link has no such name.", *_nearest(name, known)))
    return data, problems


def _place(data: dict[str, Any], name: str, text: str) -> bool:
    answer = BY_LINK.get(name)
    if answer is not None:
        target = data.setdefault(answer.section, {}) if answer.section else data
        target[answer.key] = raw_from_text(answer.kind, text)
        return True
    for family in (READINGS, PERSPECTIVES):
        if name.startswith(family.prefix):
            data.setdefault(family.section, {})[name.removeprefix(family.prefix)] = text
            return True
    if name.startswith(ASSUME.prefix):
        entry = data.setdefault("assume", {}).setdefault(name.removeprefix(ASSUME.prefix), {})
        entry["value"] = amount_from_text(text)
        return True
    if name.startswith(BECAUSE.prefix):
        entry = data.setdefault("assume", {}).setdefault(name.removeprefix(BECAUSE.prefix), {})
        entry["reason"] = text
        return True
    return False

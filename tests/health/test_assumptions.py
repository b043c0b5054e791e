"""The shipped assumptions themselves: read, cited, dated, graded and complete."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from calculator.editions import Edition, edition_ids, open_edition
from calculator.editions.edition import DRAFT, cited_sources
from calculator.editions.schema import JUDGMENT, Cited, Computed, Fixed, Lookup, Parameter, Range
from calculator.scenario.states import NO_STATE, STATES

CODE = Path(__file__).parents[2] / "calculator"
CODES = sorted(set(STATES) - {NO_STATE})
URL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[^\s<>\"{}|\\^`]*)?", re.IGNORECASE)
TRACKING = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid|sessionid)=", re.IGNORECASE)

NEWEST = [*edition_ids()[-1:], DRAFT]


@pytest.fixture(params=NEWEST)
def edition(request: pytest.FixtureRequest) -> Edition:
    return open_edition(request.param)


@cache
def read_by_lines() -> frozenset[str]:
    from calculator import costs
    from calculator.liability.reads import READS

    return costs.reads() | READS


def test_every_assumption_is_read_or_reserved(edition: Edition) -> None:
    unread = {name for name, one in edition.parameters.items() if one.reserved_for is None} - read_by_lines()
    assert sorted(unread) == [], "nothing reads these: remove them, or say in 'reserved_for:' what will"


def test_nothing_is_reserved_that_is_read() -> None:
    # A sealed edition keeps what it said when the program read less.
    edition = open_edition(DRAFT)
    reserved = {name for name, one in edition.parameters.items() if one.reserved_for is not None}
    assert sorted(reserved & read_by_lines()) == []


def test_every_assumption_that_is_read_exists() -> None:
    assert sorted(read_by_lines() - set(open_edition(DRAFT).parameters)) == []


def test_every_choice_is_used(edition: Edition) -> None:
    used = {key for one in edition.parameters.values() for value in one.values for key in value.when or {}}
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    unused = [
        choice.id
        for choice in edition.choices.values()
        if choice.key not in used and f'"{choice.key}"' not in code
    ]
    assert unused == []


def test_every_source_is_cited(edition: Edition) -> None:
    assert sorted(set(edition.sources) - set(cited_sources(edition))) == []


def test_no_source_stands_twice(edition: Edition) -> None:
    titles = Counter(source.title.casefold().strip() for source in edition.sources.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_addresses_are_well_formed(edition: Edition) -> None:
    addresses = {
        source.id: address
        for source in edition.sources.values()
        for address in (source.url, source.archived)
        if address is not None
    }
    wrong = {name: url for name, url in addresses.items() if not URL.fullmatch(url) or TRACKING.search(url)}
    assert wrong == {}


def test_every_source_can_be_found(edition: Edition) -> None:
    lost = [
        source.id
        for source in edition.sources.values()
        if source.id != JUDGMENT and (source.url is None or source.retrieved is None) and source.note is None
    ]
    assert lost == [], "give 'url:' and 'retrieved:', or say in 'note:' where it can be read"


def test_sources_were_read_before_the_release(edition: Edition) -> None:
    late = [
        source.id
        for source in edition.sources.values()
        if source.retrieved is not None and source.retrieved > edition.header.released
    ]
    assert late == []


def test_review_dates_lie_after_the_release(edition: Edition) -> None:
    dated = {one.id: one.review_by for one in (*edition.parameters.values(), *edition.choices.values())}
    dated |= {f"states/{code}": rules.review_by for code, rules in edition.states.items()}
    dated |= {f"tables/{name}": table.about.review_by for name, table in edition.tables.items()}
    assert {name: day for name, day in dated.items() if day <= edition.header.released} == {}


def graded(edition: Edition) -> Iterator[tuple[str, Cited]]:
    for parameter in edition.parameters.values():
        yield from ((parameter.id, value) for value in parameter.values)
    for choice in edition.choices.values():
        yield from ((f"{choice.id} {option.id}", option) for option in choice.options)
    for code, rules in edition.states.items():
        yield from ((f"states/{code} {rule.id}", rule) for rule in rules.rules)
    for topic, facts in edition.facts.items():
        yield from ((f"facts/{topic} {fact.id}", fact) for fact in facts.facts)
    for name, table in edition.tables.items():
        yield f"tables/{name}", table.about


def test_judgment_is_explained_in_a_sentence(edition: Edition) -> None:
    terse = [
        where for where, one in graded(edition) if one.grade == "D" and len((one.basis or "").split()) < 4
    ]
    assert terse == []


def test_grades_stand_on_sources_that_can_be_opened(edition: Edition) -> None:
    unseen = [
        where
        for where, one in graded(edition)
        if one.grade in "AB"
        and not any(edition.sources[ref.id].url or edition.sources[ref.id].note for ref in one.sources)
    ]
    assert unseen == []


def judged_ranges(parameter: Parameter) -> list[Range]:
    return [
        value.amount for value in parameter.values if value.grade == "D" and isinstance(value.amount, Range)
    ]


def test_judged_ranges_come_with_a_question(edition: Edition) -> None:
    silent = [
        one.id
        for one in edition.parameters.values()
        if judged_ranges(one) and one.question is None and one.reserved_for is None
    ]
    assert silent == [], "a range of our own is a question to ask: add 'question:'"


def test_labels_fit_a_table(edition: Edition) -> None:
    labels = {one.id: one.label for one in (*edition.parameters.values(), *edition.choices.values())}
    assert {name: label for name, label in labels.items() if len(label) > 60} == {}
    assert [label for label, count in Counter(labels.values()).items() if count > 1] == []


@pytest.mark.parametrize("name", ["pay.officer.salary", "pay.supervisor.salary"])
def test_every_state_has_wages(edition: Edition, name: str) -> None:
    amount = edition.parameters[name].values[-1].amount
    assert isinstance(amount, Lookup)
    table = edition.tables[amount.table]
    wrong = []
    for state in CODES:
        key = {column: state if text == "{state}" else text for column, text in amount.where.items()}
        row = table.row(**key)
        cells = [row[column] for column in (amount.low, amount.central, amount.high)] if row else ["", "", ""]
        if "" in cells or sorted(cells, key=float) != cells or not 20_000 < float(cells[1]) < 250_000:
            wrong.append(f"{state} {cells}")
    assert len(CODES) == 51
    assert wrong == []


def test_an_assumption_is_never_silently_certain(edition: Edition) -> None:
    """A value of grade D that is neither zero nor computed has a range or a question."""
    certain = [
        one.id
        for one in edition.parameters.values()
        for value in one.values
        if value.grade == "D"
        and isinstance(value.amount, Fixed)
        and value.amount.value != 0
        and one.question is None
        and one.reserved_for is None
    ]
    assert certain == []


def test_computed_values_have_no_rival_number(edition: Edition) -> None:
    mixed = [
        one.id
        for one in edition.parameters.values()
        if len({isinstance(value.amount, Computed) for value in one.values}) > 1
    ]
    assert mixed == []

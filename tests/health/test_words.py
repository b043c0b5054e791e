"""Words: neutral ones only, short sentences, and American spelling, in everything a statement says."""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculator.estimate import estimate
from calculator.render.statement import Statement, statement
from calculator.scenario import Scenario

from ..conftest import ROOT, TASK_FORCE

LOADED = (
    "saving", "savings", "windfall", "burden", "burdens", "waste", "wasted", "wasteful", "free money", "illegal",
    "illegals", "alien", "aliens", "crackdown", "sanctuary", "taxpayer-funded", "boondoggle", "bargain", "costly",
    "lucrative", "unfunded", "we recommend", "should sign", "should not sign",
)  # fmt: skip
BRITISH = (
    "defence",
    "programme",
    "judgement",
    "labour",
    "favour",
    "behaviour",
    "centre",
    "organisation",
    "licence",
)
LONGEST, MEDIAN = 35, 20
# Not prose of ours: ids, links, addresses, titles of sources, worked formulas.
SKIPPED = {
    "id", "anchor", "key", "kind", "link", "url", "sources", "inputs", "formula", "worked", "identity", "marks",
    "model", "timing", "nature", "grade", "side", "months",
}  # fmt: skip
VARIANTS = (
    {"state": "TX"}, {"state": "MD"}, {"state": "FL"}, {"state": "OH"}, {"officers_tfm": "0"},
    {"type": "tribal", "proposed": "tribal-tfm"}, {"type": "police"}, {"type": "state"}, {"years": "1"},
    {"proposed": "jem+tfm+wso", "officers_jem": "6", "officers_wso": "4"}, {"proposed": "wso", "officers_wso": "3"},
    {"reimbursement_paid_share": "0.5", "reimbursement_lag_months": "6"}, {"coverage": "covered"},
    {"coverage": "excluded"}, {"in_force": "wso"}, {"report_budgeted_now": "yes"},
)  # fmt: skip


def words_of(value: object) -> Iterator[str]:
    """Every text of a statement that a reader sees as prose."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in SKIPPED:
                yield from words_of(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from words_of(each)


def prose_of(stated: Statement) -> list[str]:
    """The texts, with the bottom line put together as it is read."""
    rest = dataclasses.replace(stated, sentence=())
    return ["".join(piece.text for piece in stated.sentence), *words_of(rest)]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a point inside U.S., a name or a number ends none."""
    calm = re.sub(
        r"\b([A-Z])\.(?=[A-Z]\.|\s[A-Z][a-z])", r"\1", text.replace("U.S.", "US").replace(" v. ", " v ")
    )
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+(?=[A-Z“0-9])", calm) if part.strip()]


@pytest.fixture(scope="module")
def texts(edition, examples) -> list[str]:
    """Every text of every example and of scenarios that bring other sections and words into play."""
    runs = list(examples.values())
    runs += [
        estimate(Scenario.from_query({**dict(TASK_FORCE), **answers}.items()), edition)
        for answers in VARIANTS
    ]
    return sorted({text for run in runs for text in prose_of(statement(run))})


def found_in(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]


def test_sentences_are_told_apart():
    assert sentences("The U.S. pays $1.2 million. John F. Kelly v. Smith ended. Did it?") == [
        "The US pays $1.2 million.", "John F Kelly v Smith ended.", "Did it?",
    ]  # fmt: skip


def test_a_loaded_word_is_found():
    assert found_in("A windfall, they say.", LOADED) == ["windfall"]
    assert found_in("Wasted alienation.", LOADED) == ["wasted"]


def test_no_word_takes_a_side(texts):
    assert len(texts) > 300
    assert {text: found for text in texts if (found := found_in(text, LOADED))} == {}


def test_the_spelling_is_american(texts):
    assert {text: found for text in texts if (found := found_in(text, BRITISH))} == {}


def test_no_sentence_is_long(texts):
    long = [each for text in texts for each in sentences(text) if len(each.split()) > LONGEST]
    assert not long, "\n".join(long)


def test_most_sentences_are_short(texts):
    lengths = [len(each.split()) for text in texts for each in sentences(text) if each.endswith((".", "?"))]
    assert len(lengths) > 100
    assert statistics.median(lengths) <= MEDIAN


@pytest.mark.parametrize("folder", ["templates", "reports"])
def test_no_template_takes_a_side(folder: str):
    files = sorted(
        path for path in Path(ROOT / folder).rglob("*") if path.suffix in (".html", ".jinja", ".md")
    )
    assert files
    found = {path.name: found_in(path.read_text("utf-8"), (*LOADED, *BRITISH)) for path in files}
    assert {name: words for name, words in found.items() if words} == {}

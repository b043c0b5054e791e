"""Fixtures: the edition, example scenarios, and a client that checks every page it gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from calculator.editions import Edition, open_edition
from calculator.estimate import estimate
from calculator.result import Estimate
from calculator.scenario import Scenario

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
TASK_FORCE = (
    ("state", "VA"), ("type", "sheriff"), ("sworn_officers", "150"), ("residents", "180000"),
    ("proposed", "tfm"), ("officers_tfm", "12"), ("starts", "2027-07"), ("fiscal_year_starts", "7"),
)  # fmt: skip


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The newest edition."""
    return open_edition()


@pytest.fixture(scope="session")
def task_force(edition: Edition) -> Estimate:
    """A sheriff in Virginia with 12 task force officers."""
    return estimate(Scenario.from_query(TASK_FORCE), edition)


@pytest.fixture(scope="session")
def examples(edition: Edition) -> dict[str, Estimate]:
    """Every example scenario, estimated."""
    return {path.stem: estimate(Scenario.from_file(path), edition) for path in EXAMPLES}


class Page:
    """One answer of the web application."""

    def __init__(self, status: int, text: str, headers: dict[str, str], data: bytes) -> None:
        self.status, self.text, self.headers, self.data = status, text, headers, data

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture(scope="session")
def get() -> Callable[..., Page]:
    """GET a path; every HTML page is checked for what all pages must keep, unless a test of many says not to."""
    from calculator.web import create_app

    client = create_app().test_client()

    def fetch(path: str, *, check: bool = True) -> Page:
        response = client.get(path)
        html = response.mimetype == "text/html"
        page = Page(
            response.status_code, response.text if html else "", dict(response.headers), response.data
        )
        response.close()
        assert "Set-Cookie" not in page.headers
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        if html and check and not 300 <= response.status_code < 400:
            check_page(page.text)
        return page

    return fetch


def check_page(text: str) -> None:
    """What every page keeps.

    Valid HTML5, a language, a title, one h1, unique ids, ids that exist wherever one is named, heads of tables,
    a place every form goes to, a label for every control, nothing inline.
    """
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert [code for _, code, _ in parser.errors] == []
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id")]
    assert sorted(ids) == sorted(set(ids))
    assert tree.get("lang") == "en-US"
    assert tree.find("head/title").text.strip()
    assert len(list(tree.iter("h1"))) == 1
    for element in elements:
        named = [element.get("for"), *(element.get("aria-describedby") or "").split()]
        if (element.get("href") or "").startswith("#"):
            named.append(element.get("href")[1:])
        assert [each for each in named if each and each not in ids] == []
    labelled = {label.get("for") for label in tree.iter("label")}
    controls = [each for tag in ("input", "select", "textarea") for each in tree.iter(tag)]
    assert [each.get("id") for each in controls if each.get("id") not in labelled] == []
    assert all(form.get("action", "").startswith("/") for form in tree.iter("form"))
    for table in tree.iter("table"):
        heads = list(table.iter("th"))
        assert heads
        assert all(head.get("scope") in ("col", "row") for head in heads)
    assert "<script" not in text
    assert "<style" not in text
    assert not [each.tag for each in elements if each.get("style")]
    assert not [name for each in elements for name in each.attrib if str(name).startswith("on")]

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
def get() -> Callable[[str], Page]:
    """GET a path; every HTML page is checked for what all pages must keep."""
    from calculator.web import create_app

    client = create_app().test_client()

    def fetch(path: str) -> Page:
        response = client.get(path)
        html = response.mimetype == "text/html"
        page = Page(
            response.status_code, response.text if html else "", dict(response.headers), response.data
        )
        assert "Set-Cookie" not in page.headers
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        if html and response.status_code != 302:
            check_page(page.text)
        return page

    return fetch


def check_page(text: str) -> None:
    """What every page keeps: valid HTML5, one h1, unique ids, heads of tables, nothing inline."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(text)
    # Errors of the parser itself; svg content is foreign and not judged here.
    assert [code for _, code, _ in parser.errors if code not in ("expected-doctype-but-got-chars",)] == []
    ids = [element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")]
    assert sorted(ids) == sorted(set(ids))
    assert len(list(tree.iter("h1"))) == 1
    assert tree.find("head/title").text.strip()
    assert tree.get("lang") == "en-US"
    for table in tree.iter("table"):
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
    assert "<script" not in text
    assert not re.search(r'\sstyle="', text)
    assert not re.search(r"\son[a-z]+=", text)

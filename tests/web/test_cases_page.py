"""The litigation record: filters, rows, the chart of amounts, rates and biases, and the rows as CSV."""

from __future__ import annotations

import csv
import io
import re

import pytest

from calculator.editions import open_edition
from calculator.liability.recorded import recorded
from calculator.render.case_table import cases_csv

ROW = re.compile(r'<div class="case-row" id="([A-Z]+-\d+)">')


def rows_of(page) -> list[str]:
    return ROW.findall(page.text)


def table(page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.data.decode())))


def test_every_row_of_the_table_is_on_the_page_once(get, edition):
    page = get("/cases")
    assert rows_of(page) == [row["id"] for row in edition.tables["litigation_cases"].rows]
    assert "79 of 79 rows</strong>, in 49 of 49 matters." in page.text
    assert not re.search(r"(20[0-9]{2}) to \1", page.text)


@pytest.mark.parametrize(
    ("query", "count", "some"),
    [
        ("cooperation=287g-tfm", 18, ["MEL-01", "MORA-01", "SANTOS-01", "BUCKS-01"]),
        ("cooperation=287g-jem", 26, ["VILL-01", "ALAM-01", "MORA-01"]),
        ("cooperation=287g-wso", 1, ["BROOKS-01"]),
        ("cooperation=none", 12, ["PUENTE-01", "PSP-01", "EXET-01"]),
        ("claim_type=doj", 3, ["USMC-01", "ALAM-01", "ALAM-02"]),
        ("state=NY", 4, ["ONAD-01", "SUFF-01"]),
        ("standing=unpaid", 4, ["BUCKS-01", "SUFF-01", "SUFF-02", "SUFF-03"]),
        ("standing=ceiling", 1, ["ONAD-01"]),
        ("standing=nothing", 3, ["OUT-01", "OUT-02", "OUT-14"]),
        ("standing=unknown", 12, ["PARA-02", "OUT-03"]),
        ("standing=disputed", 12, ["MEL-01", "BUCKS-01"]),
        ("paid_from=2023&paid_to=2023", 8, ["MEL-01", "BROOKS-01", "CISN-01"]),
        ("paid_to=2008", 4, ["MEL-01", "OTER-01"]),
        ("claim_type=class&state=NM&paid_from=2017", 2, ["SANJ-01", "SANJ-02"]),
    ],
)
def test_filters(get, query, count, some):
    page = get(f"/cases?{query}")
    found = rows_of(page)
    assert page.status == 200
    assert len(found) == count
    assert set(some) <= set(found)
    assert f"{count} of 79 rows" in page.text
    download = get(f"/cases.csv?{query}")
    assert [row["id"] for row in table(download)] == found
    assert f'href="/cases.csv?{query.replace("&", "&amp;")}"' in page.text


def test_a_filter_that_matches_nothing_says_so(get):
    page = get("/cases?state=UT&standing=ceiling")
    assert page.status == 200
    assert "No row matches" in page.text
    assert "0 of 79 rows" in page.text
    assert table(get("/cases.csv?state=UT&standing=ceiling")) == []


@pytest.mark.parametrize("path", ["/cases", "/cases.csv"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("state=ZZ&claim_type=class", "State: “ZZ” is not one of the choices."),
        ("paid_from=20x9&claim_type=class", "Year paid, from: “20x9” is not a year."),
        ("paid_to=٢٠١٩&claim_type=class", "is not a year."),
        ("paid_from=2020&paid_to=2010&claim_type=class", "2020 is later than 2010."),
        ("state=NY&state=PA&claim_type=class", "holds this answer twice"),
        ("maricopa_basis=all&claim_type=class", "is not one of the choices"),
        ("cooperation=%3Cb%3E&claim_type=class", "“&lt;b&gt;” is not one of the choices"),
    ],
)
def test_what_cannot_be_filtered_by_is_said_and_kept(get, path, query, words):
    page = get(f"{path}?{query}")
    assert page.status == 400
    assert page.title.startswith("Error:")
    assert words in page.text
    assert '<option value="class" selected>' in page.text
    assert rows_of(page) == []


def test_a_link_holds_only_answers(get):
    page = get("/cases?state=NY&claim_type=&colour=red")
    assert (page.status, page.headers["Location"]) == (302, "/cases?state=NY")
    assert get("/cases.csv?claim_type=").headers["Location"] == "/cases.csv"


def test_a_row_says_what_it_paid_who_paid_and_whether_it_is_added(get):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", get("/cases").text))
    for words in (
        "settlement $100,000; plaintiffs’ fees $390,000; own defense not found",
        "In sums No: part of MEL-02",
        "In sums No: paid by the United States, not a local cost",
        "In sums Yes; may overlap MEL-03",
        "In sums Yes, though it is a ceiling",
        "In sums Yes, though unpaid",
        "by county (surety bond bought; unpaid pending appeal)",
        "Standing Recorded as paid; disputed",
        "Father and son (permanent resident and citizen) held about three hours",
        "Holding on detainers, no agreement: after 287(g) lapsed",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("query", "share", "others"),
    [
        ("", "hold 91% of all dollars", ("89% (“What no", "95% (“As the county")),
        ("?maricopa_basis=county", "hold 95% of all dollars", ("89% (“What no", "91% (“With compliance")),
        ("?maricopa_basis=undisputed", "hold 89% of all dollars", ("91% (“With", "95% (“As")),
    ],
)
def test_the_page_says_what_the_three_largest_hold(get, query, share, others):
    text = get(f"/cases{query}").text
    assert share in text
    for words in others:
        assert words in text
    for place in ("Maricopa County, $", "Suffolk County, $112M", "New York City, $92.5M"):
        assert place in text
    assert "has no finite mean: its index is 0.3" in text


def test_each_event_leads_to_its_rows(get, edition):
    for path in ("/cases", "/cases?state=NY"):
        page = get(path)
        rates = page.text[page.text.index('id="rates"') :]
        shown = rows_of(page)
        for each in recorded(edition):
            for row in each.matters:
                address = f"#{row['id']}" if row["id"] in shown else f"/cases#{row['id']}"
                assert f'href="{address}"' in rates
    for words in ("1.02%", "0.18% to 3.21%", "150 to 240", "0.03% to 2.51%", "0.55% to 1.49%", "none seen"):
        assert words in rates


def test_known_biases_have_their_figures(get):
    text = get("/cases").text
    for words in (
        "Of the 28 payments found here two are at or below $17,500",
        "2 times as large with the small ones (1 to 5",
        "came 3 years or more after the conduct",
        "Three matters in which nothing was paid and two that cost only",
        "two of the three task-force matters",
        "196 agreement-years of the first task forces",
        "904 more have passed",
    ):
        assert words in text, words


def test_the_csv_holds_the_table_and_its_sources(get, edition):
    page = get("/cases.csv")
    assert page.headers["Content-Type"].startswith("text/csv")
    assert page.headers["Content-Disposition"] == f'attachment; filename="moa287-cases-{edition.id}.csv"'
    first = table(page)[0]
    assert list(first)[:3] == ["id", "case_name", "jurisdiction"]
    assert first["amount_nominal_usd"] == "350000000"
    assert first["source_urls"].startswith("https://azfreenews.com/")
    assert "AZ Free News" in first["source_titles"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_csv_becomes_a_formula(start):
    edition = open_edition("2026.1")
    row = {**edition.tables["litigation_cases"].rows[0], "note": f"{start}HYPERLINK(1)", "payer": f"{start}1"}
    written = next(csv.DictReader(io.StringIO(cases_csv(edition, [row]), newline="")))
    assert (written["note"], written["payer"]) == (f"'{start}HYPERLINK(1)", f"'{start}1")

"""The commissioner brief: two pages, accessible, the same figures, whatever the scenario."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pytest

from calculator.estimate import estimate
from calculator.render.briefing import brief_pdf
from calculator.render.formats import prose
from calculator.scenario import Scenario

from ..conftest import TASK_FORCE
from . import verapdf

BASE = dict(TASK_FORCE)
VARIANTS = {
    "barred": {"state": "MD"},
    "grant": {"state": "TX"},
    "required": {"state": "FL"},
    "not-researched": {"state": "OH"},
    "long-names": {
        "name": "Consolidated City and County of Example Falls Sheriff’s Office, Detention Division"[:80],
        "title": "Cost of a proposed agreement between the county and the federal government, second reading",
    },
    "pair": {"proposed": "jem+wso", "officers_jem": "6", "officers_wso": "4"},
    "three-models": {"proposed": "jem+tfm+wso", "officers_jem": "6", "officers_wso": "4"},
    "expected": {"reimbursement_paid_share": "0.5", "reimbursement_lag_months": "6"},
    "meeting": {
        "report_meeting_date": "2027-01-12",
        "report_item": "14",
        "report_prepared_by": "budget office",
    },
    "one-officer": {"officers_tfm": "1", "sworn_officers": "3"},
    "no-officers": {"officers_tfm": "0"},
    "one-year": {"years": "1"},
    "ten-years": {"years": "10", "starts": "2027-03"},
    "odd-characters": {"name": "Šerif 🚓 County → مأمور"},
    "covered": {"coverage": "covered", "retention": "50000"},
}


@pytest.fixture(scope="module")
def briefs(edition, examples):
    made = {name: (each, brief_pdf(each)) for name, each in examples.items()}
    for name, answers in VARIANTS.items():
        result = estimate(Scenario.from_query({**BASE, **answers}.items()), edition)
        made[name] = (result, brief_pdf(result))
    return made


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_every_brief_has_two_pages(briefs):
    pages = {name: len(pikepdf.open(io.BytesIO(pdf)).pages) for name, (_, pdf) in briefs.items()}
    assert set(pages.values()) == {2}, pages


def test_every_brief_passes_pdf_ua(briefs):
    failures = verapdf.failures({name: pdf for name, (_, pdf) in briefs.items()})
    assert {name: rules for name, rules in failures.items() if rules} == {}


def test_the_text_can_be_taken_out_and_holds_the_figures(briefs):
    for name, (result, pdf) in briefs.items():
        text = text_of(pdf)
        assert "This is an estimate. It is not an audit, a legal opinion or a recommendation." in text, name
        net = result.proposed.cases["none"].net.total
        if net.central:
            assert prose(net.central).replace("\u00a0", " ") in text, name


def test_the_same_run_gives_the_same_bytes(task_force):
    assert brief_pdf(task_force) == brief_pdf(task_force)


def test_its_inputs_are_inside(task_force):
    document = pikepdf.open(io.BytesIO(brief_pdf(task_force)))
    assert sorted(document.attachments) == ["estimate.json", "lines.csv", "scenario.json"]
    answers = document.attachments["scenario.json"].get_file().read_bytes().decode()
    assert '"sworn_officers":150' in answers


def elements(node, kind):
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


def test_tags_language_title_and_alternatives(task_force):
    document = pikepdf.open(io.BytesIO(brief_pdf(task_force)))
    assert str(document.Root.Lang) == "en-US"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    tree = document.Root.StructTreeRoot
    figures = list(elements(tree.K, pikepdf.Name.Figure))
    assert len(figures) == 2
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    assert len(list(elements(tree.K, pikepdf.Name.H1))) == 1
    assert len(list(elements(tree.K, pikepdf.Name.H2))) == 10


def test_each_cell_names_one_row_head_and_one_column_head(task_force):
    document = pikepdf.open(io.BytesIO(brief_pdf(task_force)))
    tree = document.Root.StructTreeRoot
    heads = {str(head.ID) for head in elements(tree.K, pikepdf.Name.TH)}
    cells = list(elements(tree.K, pikepdf.Name.TD))
    assert len(cells) > 20
    for cell in cells:
        row_head, column_head = (str(head) for head in cell.A.Headers)
        assert {row_head, column_head} <= heads
        # An id is made of table, row and column: a row head is in column 0, a column head in row 0.
        table, row, column = row_head.split("-")
        other_table, other_row, other_column = column_head.split("-")
        assert (table, column, other_row) == (other_table, "0", "0")
        assert row != "0"
        assert other_column != "0"


def test_the_legend_and_the_questions_are_text(task_force):
    text = text_of(brief_pdf(task_force))
    for words in ("entered", "default", "quoted term", "disputed or not known", "Questions before a vote"):
        assert words in text

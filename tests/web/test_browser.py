"""The pages in a real browser: accessibility rules, a 320 px phone, the keyboard, and no JavaScript."""

from __future__ import annotations

import io
import shutil
import threading
from urllib.parse import urlencode

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from waitress import create_server

from calculator.scenario import Scenario
from calculator.web import create_app

from ..conftest import ROOT, TASK_FORCE

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="the system has no chromium (apt install chromium)")

LINK = urlencode(Scenario.from_query(TASK_FORCE).to_query())
PAGES = {
    "home": "/",
    "result": f"/estimate?{LINK}",
    "error": f"/estimate?{urlencode({**dict(TASK_FORCE), 'sworn_officers': 'many'})}",
    "long-words": f"/estimate?{urlencode({**dict(TASK_FORCE), 'name': 'W' * 100, 'title': 'x' * 100})}",
    "reading": "/editions/draft/terms.salary",
    "state": "/editions/draft/states/VA",
    "missing": "/nope",
    "assumptions": "/editions/draft/",
    "assumption": "/editions/draft/pay.officer.salary",
    "cases": "/cases",
    "cases-filtered": "/cases?cooperation=287g-tfm&standing=disputed&maricopa_basis=county",
    "cases-none": "/cases?state=UT&standing=ceiling",
    "cases-wrong": "/cases?paid_from=soon&state=ZZ&claim_type=class",
    "method": "/method",
}
# Two models and own values for many assumptions: the longest page of the examples.
LARGEST = f"/estimate?{urlencode(Scenario.from_file(ROOT / 'examples' / 'midsize_sheriff.yaml').to_query())}"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
CONTROLS = "main input:not([type=hidden]), main select, main button"
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
# Controls the browser shows, one per group of radio buttons, which is one stop of the keyboard.
STOPS = f"""() => new Set([...document.querySelectorAll({CONTROLS!r})]
  .filter(each => each.checkVisibility())
  .map(each => each.type === 'radio' ? each.name : each.id || each.name || each.type)).size"""
FOCUSED = f"""() => {{ const at = document.activeElement;
  return at.matches({CONTROLS!r}) ? (at.type === 'radio' ? at.name : at.id || at.name || at.type) : '' }}"""


@pytest.fixture(scope="module")
def address():
    # The production server: that of werkzeug leaves a file open when a browser drops a request.
    server = create_server(create_app(), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    with browser.new_context(base_url=address) as context:
        yield context.new_page()


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, 1280) for name in PAGES),
        *((name, 320) for name in ("error", "result", "cases", "cases-wrong")),
    ],
)
def test_no_rule_of_wcag_is_broken(page, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGES[name])
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_phone_never_scrolls_sideways(page, name):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(PAGES[name])
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("error", "cases-wrong")])
def test_the_keyboard_starts_at_the_skip_link(page, name):
    page.goto(PAGES[name])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_the_keyboard_reaches_every_control_of_the_form(page):
    page.goto("/")
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert len(reached - {""}) == page.evaluate(STOPS) > 10


def test_the_form_works_without_javascript(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.select_option("[name=state]", "VA")
        page.locator("[name=type]").select_option("sheriff")
        page.fill("[name=sworn_officers]", "150")
        page.check("[name=proposed][value=tfm]")
        page.fill("[name=officers_tfm]", "12")
        page.click("main form button")
        assert page.locator("#bottom-line").count() == 1


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(PAGES["error"])
        assert page.title().startswith("Error:")
        assert page.locator("#error-summary:focus").count() == 1
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("#sworn_officers:focus").count() == 1
        assert page.input_value("#sworn_officers") == "many"
        page.keyboard.press("Control+A")
        page.keyboard.type("150")
        page.keyboard.press("Enter")
        page.wait_for_selector("#bottom-line")


def test_a_commissioner_with_three_typed_answers(browser, address, task_force):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.select_option("#state", "VA")
        page.select_option("#type", "sheriff")
        page.fill("#sworn_officers", "150")
        page.get_by_label("Task Force Model").check()
        page.get_by_label("Task Force", exact=True).fill("12")
        page.get_by_role("button", name="Show estimate").click()
        query = page.url.partition("?")[2]
        assert query == "state=VA&type=sheriff&sworn_officers=150&proposed=tfm&officers_tfm=12"
        assert "would cost the county" in page.inner_text(".sentence")
        # A line opens without a script, and shows its formula.
        line = page.locator("#line-training-backfill-tfm")
        line.locator("summary").click()
        assert line.locator(".formula").is_visible()
        # The brief is one press away.
        brief = context.request.get(
            page.get_by_role("link", name="Two-page brief (PDF)").get_attribute("href")
        )
        assert brief.body().startswith(b"%PDF")
        # Going back to the form keeps the answers.
        page.get_by_role("link", name="Change answers").click()
        assert page.input_value("#sworn_officers") == "150"
        assert page.is_checked("#proposed")
        assert context.cookies() == []


def test_the_record_is_filtered_without_javascript_and_the_link_can_be_shared(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/cases")
        page.get_by_label("State", exact=True).select_option("NY")
        page.get_by_label("Paid, unpaid or disputed").select_option("unpaid")
        page.get_by_role("button", name="Show").click()
        assert page.url == f"{address}/cases?state=NY&standing=unpaid#cases"
        assert page.locator(".case-row").count() == 3
        page.goto(page.url)
        assert page.get_by_label("State", exact=True).input_value() == "NY"
        page.locator("#SUFF-01 summary").click()
        assert page.get_by_text("plaintiffs had asked $150M").is_visible()


def test_wrong_answers_of_the_record_take_the_focus_and_stay(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(PAGES["cases-wrong"])
        assert page.locator("#error-summary:focus").count() == 1
        assert page.input_value("#paid_from") == "soon"
        assert page.input_value("#claim_type") == "class"


def test_the_record_on_paper_has_its_rows_and_no_form(page):
    page.goto(PAGES["cases-filtered"])
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.get_by_text("Task force agreement (with hybrid agreements); Disputed").is_visible()
    assert page.locator(".case-row dl:visible").count() == 9


@pytest.mark.parametrize("name", PAGES)
def test_the_browser_reports_nothing_and_asks_nobody_else(page, address, name):
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES[name])
    told = [each for each in told if "status of 40" not in each]
    assert told == []
    assert [each for each in asked if not each.startswith((address, "data:"))] == []


def test_paper_keeps_a_line_closed_unless_the_reader_opened_it(page):
    page.goto(PAGES["result"])
    opened = page.locator("#line-training-backfill-tfm")
    opened.locator("summary").click()
    page.emulate_media(media="print")
    assert opened.locator(".formula").is_visible()
    assert page.locator(".formula:visible").count() == 1
    assert not page.locator(".contents").is_visible()
    for part in (
        "bottom-line",
        "choices",
        "readings",
        "lines",
        "money-moves",
        "liability",
        "questions",
        "not-counted",
    ):
        assert page.locator(f"#{part}").is_visible()


@pytest.mark.parametrize("name", ["result", "largest"])
def test_a_result_prints_on_at_most_sixteen_letter_pages(page, name):
    page.goto(PAGES.get(name, LARGEST))
    printed = page.pdf(format="Letter")
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) <= 16


def test_a_phone_shows_the_long_parts_when_they_are_asked_for(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(PAGES["result"])
    assert page.evaluate("document.documentElement.scrollHeight") < 11_000
    assert not page.locator("#sources .sources").is_visible()
    contents = page.locator(".contents-short")
    contents.locator("summary").click()
    # The link opens the part it leads to.
    contents.get_by_role("link", name="Sources").click()
    page.locator("#sources .sources").wait_for(state="visible")
    # A link to a part opens it, and a cited source the part it stands in.
    for fragment, shown in (("liability-part", "#liability table"), ("source-1", "#source-1")):
        page.goto(f"{PAGES['result']}#{fragment}")
        page.reload()
        page.locator(shown).first.wait_for(state="visible")


@pytest.mark.parametrize("media", ["screen", "print"])
def test_wide_pages_and_paper_show_every_part_without_a_press(page, media):
    page.goto(PAGES["result"])
    page.emulate_media(media=media)
    if media == "print":
        page.set_viewport_size({"width": 360, "height": 740})
    for part in (
        "readings",
        "lines",
        "people-and-hours",
        "liability",
        "what-changes-it",
        "outside",
        "sources",
    ):
        assert page.locator(f"#{part} .part > :nth-child(3)").is_visible(), part
    assert page.locator(".part > summary:visible").count() == 0

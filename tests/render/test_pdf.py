"""The PDF engine: accessible, closed to the outside, loud about what is missing, equal to the byte."""

from __future__ import annotations

import datetime
import io
import logging
import threading

import pikepdf
import pytest

from calculator.errors import RenderError
from calculator.render.fonts import replace_missing_glyphs
from calculator.render.pdf import Attachment, lay_out, render_pdf, warm_up

from . import verapdf

NOW = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
INPUTS = Attachment("scenario.json", b'{"officers": 12}', "What was entered", "Source")
LINES = Attachment("line-items.csv", b"line,central\n", "The figures", "Data")
PAGE = "@page{size:letter;margin:1in} body{margin:0;font-size:11pt}"


def page(body: str) -> str:
    return f'<!doctype html><html lang="en-US"><head><title>Test</title></head><body>{body}</body></html>'


def render(body: str, css: str = PAGE) -> bytes:
    return render_pdf(page(body), css, created=NOW)


GOOD = "<h1>Cost</h1><p>−$1,200 <strong>central</strong> <em>ask ICE</em></p><ul><li>one</li></ul>"


def test_same_input_same_bytes() -> None:
    first, second = (render_pdf(page(GOOD), PAGE, attachments=(INPUTS, LINES), created=NOW) for _ in range(2))
    assert first == second


def test_dates_come_from_created_alone() -> None:
    content = render_pdf(page(GOOD), PAGE, attachments=[INPUTS], created=NOW)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122093000")
        embedded = pdf.attachments["scenario.json"]
        assert embedded.get_file().read_bytes() == INPUTS.content
        assert embedded.get_file().creation_date == NOW
        assert str(embedded.obj["/AFRelationship"]) == "/Source"
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(page(GOOD), PAGE, created=NOW.replace(tzinfo=None))


def test_only_our_typeface_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(render(GOOD))) as pdf:
        names = {
            str(font["/BaseFont"]).split("+")[1] for font in pdf.pages[0]["/Resources"]["/Font"].values()
        }
    assert all(name.startswith("Public-Sans") for name in names)
    assert len(names) == 3


def test_verapdf_passes_ours_and_fails_the_bad_one() -> None:
    found = verapdf.failures(
        {
            "good": render_pdf(page(GOOD), PAGE, attachments=(INPUTS, LINES), created=NOW),
            "must fail": render("<h1>Cost</h1><ul><li><p>a paragraph in a list item</p></li></ul>"),
        }
    )
    assert found["good"] == []
    assert found["must fail"], "the checker passes everything"


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>{}</svg>'


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ('<img alt="x" src="http://localhost/x.png">', ""),
        ('<img alt="x" src="file:///etc/hostname">', ""),
        ('<img alt="x" src="x.png">', ""),
        ('<img alt="x" src="data:text/html,hello">', ""),
        ('<img alt="x" src="data:image/png;base64,AAAA">', ""),
        ('<link rel="stylesheet" href="http://localhost/x.css"><p>x</p>', ""),
        ('<link rel="attachment" href="file:///etc/hostname"><p>x</p>', ""),
        ('<p><a rel="attachment" href="file:///etc/hostname">x</a></p>', ""),
        (SVG.format('<image href="file:///etc/hostname" width="5" height="5"/>'), ""),
        ("<p>x</p>", '@import "http://localhost/x.css";'),
        ("<p>x</p>", "p{background:url(file:///etc/hostname)}"),
        ("<p>x</p>", "@font-face{font-family:Q;src:url(file:///etc/hostname)} p{font-family:Q}"),
        ("<p>x</p>", "@font-face{font-family:Q;src:url(moa287-font:../x)} p{font-family:Q}"),
        ("<p>x</p>", '@font-face{font-family:Q;src:local("DejaVu Sans")} p{font-family:Q}'),
    ],
)
def test_nothing_is_fetched(body: str, css: str) -> None:
    with pytest.raises(RenderError, match=r"outside itself|could not be drawn"):
        render(body, css)


def test_an_image_in_a_picture_is_refused_too() -> None:
    inner = SVG.format('<image href="file:///etc/hostname" width="5" height="5"/>').replace("#", "%23")
    with pytest.raises(RenderError):
        render("<p>x</p>", f"p{{background:url('data:image/svg+xml,{inner.replace(chr(34), '%22')}')}}")


def test_images_written_into_the_document_are_allowed() -> None:
    dot = SVG.format('<path d="M0 0H9V9Z"/>').replace('"', "%22")
    render("<p>x</p>", f"p{{background:url('data:image/svg+xml,{dot}')}}")


def test_a_missing_glyph_is_an_error_and_the_replacement_is_not() -> None:
    name = "Sheriff 😀 → مدينة \u202e"
    with pytest.raises(RenderError):
        render(f"<p>{name}</p>")
    render(f"<p>{replace_missing_glyphs(name)}</p>")


def test_a_character_that_no_font_has_is_an_error() -> None:
    with pytest.raises(RenderError):
        render("<p>a\U000e1234b</p>")


def test_another_font_is_an_error() -> None:
    with pytest.raises(RenderError, match="asks for another font"):
        render('<p style="font-family:DejaVu Sans,serif">x</p>')


def test_the_logger_is_left_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, list(logger.handlers))
    with caplog.at_level(logging.WARNING):
        render(GOOD)
        warm_up()
    assert not caplog.records
    assert (logger.level, list(logger.handlers)) == before


def test_a_silenced_logger_hides_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, logger="weasyprint"), pytest.raises(RenderError):
        render('<img alt="x" src="x.png">')


def test_threads_take_turns() -> None:
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(render(GOOD))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results)) == 1


def test_pages_are_counted_and_warnings_kept() -> None:
    found = lay_out(page('<p>one</p><p style="break-before:page">two</p>'), PAGE + " p{colour:red}")
    assert found.pages == 2
    assert found.overflows == ()
    assert len(found.messages) == 1
    assert "colour" in found.messages[0]


@pytest.mark.parametrize(
    ("body", "css", "side", "by"),
    [
        ('<p style="white-space:nowrap">' + "wide " * 60 + "</p>", "", "right", None),
        ('<div style="width:50pt"><svg width="80pt" height="9pt"><title>x</title></svg></div>', "", "right", 30.0),
        ('<p style="margin-left:-20pt">hanging</p>', "", "left", 20.0),
        ('<div style="height:20pt"><p style="margin:0">a<br>b<br>c<br>d</p></div>', "", "bottom", None),
        ('<table><tr><td style="width:30pt;max-width:30pt">unbreakable-word-here</td></tr></table>',
         "table{table-layout:fixed;width:30pt} td{padding:0;hyphens:none;word-break:keep-all}", "right", None),
        ("<p>x</p>", "@page{@bottom-left{content:'a very long running foot';width:20pt;white-space:nowrap}}",
         "right", None),
    ],
)  # fmt: skip
def test_overflow_is_found(body: str, css: str, side: str, by: float | None) -> None:
    found = lay_out(page(body), PAGE + css)
    assert side in {overflow.side for overflow in found.overflows}
    assert found.pages == 1
    if by is not None:
        assert found.overflows[0].by == pytest.approx(by, abs=0.1)


def test_a_full_ordinary_page_has_no_overflow() -> None:
    body = GOOD + "<table><tr><th scope='col'>Line</th></tr><tr><td>text that wraps " + "word " * 80
    body += "</td></tr></table><div style='columns:2'>" + "<p>two columns of running text</p>" * 8 + "</div>"
    found = lay_out(
        page(body), PAGE + "@page{@bottom-right{content:'Page ' counter(page)}} p{line-height:1.1}"
    )
    assert found.overflows == ()
    assert found.messages == ()

"""From HTML and CSS to an accessible PDF (PDF/UA-1). The only module that imports WeasyPrint.

The same input gives the same bytes. Nothing is fetched: no file, no address.
What WeasyPrint would only log (a failed image, a missing glyph) is an error.
"""

from __future__ import annotations

import datetime
import gc
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from calculator.errors import RenderError
from calculator.render import fonts

if TYPE_CHECKING:
    from weasyprint import Document

_FONT_SCHEME = "moa287-font:"
_IMAGE_DATA = ("data:image/png;", "data:image/svg+xml,", "data:image/svg+xml;")
_PDF_POINTS = 0.75  # one CSS pixel
_TOLERANCE = 0.75  # CSS pixels; glyph boxes are rounded
# WeasyPrint keeps global state in C libraries: renders in two threads at once corrupt the heap.
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; `relationship` is "Source" (what it was made from) or "Data" (its figures)."""

    name: str
    content: bytes
    description: str
    relationship: Literal["Source", "Data"]


@dataclass(frozen=True)
class Overflow:
    """Something that lies outside the page or the box it stands in; `by` is in points."""

    page: int
    side: str
    by: float
    element: str
    text: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.element} '{self.text}' passes the {self.side} edge by {self.by} pt"


@dataclass(frozen=True)
class LayOut:
    """What a report looks like before it is written: page count, what does not fit, what was logged."""

    pages: int
    overflows: tuple[Overflow, ...]
    messages: tuple[str, ...]


def render_pdf(
    html: str, css: str, *, attachments: Sequence[Attachment] = (), created: datetime.datetime
) -> bytes:
    """The PDF of a whole HTML document.

    `created` (with a time zone) is the document's date and that of its
    attachments. Raises RenderError when anything is missing, refused or drawn
    in another typeface.
    """
    content = render_if_fits(html, css, None, attachments=attachments, created=created)
    if isinstance(content, LayOut):
        raise RenderError("The report does not fit its pages.")
    return content


def render_if_fits(
    html: str,
    css: str,
    pages: int | None,
    *,
    attachments: Sequence[Attachment] = (),
    created: datetime.datetime,
) -> bytes | LayOut:
    """The PDF if it has exactly `pages` pages and nothing passes an edge, otherwise how it was laid out.

    With `pages` None it is always written. Raises as `render_pdf` does.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    moment = created.astimezone(datetime.UTC)
    with _quiet_engine() as records:
        document = _laid_out(html, css)
        if pages is not None:
            layout = _layout_of(document, records)
            if layout.pages != pages or layout.overflows:
                _refuse_problems(records)
                return layout
        document.metadata.created = document.metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        content: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1",
            attachments=[_embedded(attachment, moment) for attachment in attachments],
            finisher=lambda _, pdf: _name_relationships(pdf, attachments),
        )
        _refuse_problems(records)
        _refuse_other_fonts(document)
    return content


def lay_out(html: str, css: str) -> LayOut:
    """Page count and overflows of a document, without writing the PDF. Raises RenderError."""
    with _quiet_engine() as records:
        document = _laid_out(html, css)
        _refuse_problems(records)
        return _layout_of(document, records)


def _layout_of(document: Document, records: Sequence[logging.LogRecord]) -> LayOut:
    overflows = tuple(
        overflow
        for number, page in enumerate(document.pages, start=1)
        for overflow in _page_overflows(number, page._page_box)
    )
    return LayOut(len(document.pages), overflows, tuple(record.getMessage() for record in records))


def warm_up() -> None:
    """Make the fonts, import WeasyPrint and render once, so that the first reader does not wait."""
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    render_pdf('<html lang="en-US"><title>-</title><p>-</p></html>', "", created=moment)


@contextmanager
def _quiet_engine() -> Iterator[list[logging.LogRecord]]:
    """Hold the lock, keep what WeasyPrint logs, and leave the garbage collector off (7 % of a render)."""
    from weasyprint.urls import FatalURLFetchingError

    logger = logging.getLogger("weasyprint")
    with _LOCK:
        records: list[logging.LogRecord] = []
        handler = _Keeper(records)
        level, collecting = logger.level, gc.isenabled()
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        gc.disable()
        try:
            yield records
        except FatalURLFetchingError as error:  # a BaseException: "except Exception" would miss it
            raise RenderError(
                f"The report asks for something outside itself: {error.__cause__ or error}"
            ) from error
        finally:
            if collecting:
                gc.enable()
            logger.setLevel(level)
            logger.removeHandler(handler)


class _Keeper(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _laid_out(html: str, css: str) -> Document:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    fetcher = _fetcher()
    faces = fonts.font_face_css(lambda face: _FONT_SCHEME + face.stem)
    base = f'html{{font-family:"{fonts.FAMILY}"}}\n'
    sheets = [
        CSS(string=text, font_config=configuration, url_fetcher=fetcher) for text in (faces + base, css)
    ]
    source = HTML(string=html, url_fetcher=fetcher)
    return source.render(font_config=configuration, stylesheets=sheets, pdf_variant="pdf/ua-1")


def _fetcher() -> Any:
    """A fetcher that gives out our own fonts and images written into the document, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = {_FONT_SCHEME + face.stem: fonts.font_file(face) for face in fonts.FACES}

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in files:
                return URLFetcherResponse(url, files[url].read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith(_IMAGE_DATA):
                return super().fetch(url, headers)
            raise ValueError(f"refused to open {url[:200]}")

    return OwnFilesOnly(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


def _embedded(attachment: Attachment, moment: datetime.datetime) -> Any:
    from weasyprint import Attachment as Embedded

    return Embedded(
        string=attachment.content,
        url_fetcher=_fetcher(),
        name=attachment.name,
        description=attachment.description,
        created=moment,
        modified=moment,
    )


def _name_relationships(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """WeasyPrint writes the relationship for PDF/A only."""
    files = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Filespec"]
    for file, attachment in zip(files, attachments, strict=True):
        file["AFRelationship"] = f"/{attachment.relationship}"


def _refuse_problems(records: Sequence[logging.LogRecord]) -> None:
    fatal = [message for message in map(_fatal, records) if message]
    if fatal:
        raise RenderError("The report could not be drawn in full: " + "; ".join(dict.fromkeys(fatal)))


def _fatal(record: logging.LogRecord) -> str:
    message = record.getMessage()
    missing = ".notdef" in message or message.startswith("Font-face")
    return message if missing or record.levelno >= logging.ERROR else ""


def _refuse_other_fonts(document: Document) -> None:
    """A character that Public Sans lacks is drawn in whatever font the machine has: other machine, other bytes."""
    others = {font.family for font in document.fonts.values() if not font.family.startswith(fonts.FAMILY)}
    if others:
        raise RenderError(
            f"The report holds characters that {fonts.FAMILY} lacks, or asks for another font; they were drawn "
            f"with {', '.join(sorted(others))}. Pass text from users through replace_missing_glyphs()."
        )


@dataclass(frozen=True)
class _Frame:
    """The rectangle that a box must stay inside, in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, box: Any) -> _Frame:
        """The border box."""
        left, top = box.border_box_x(), box.border_box_y()
        return cls(left, top, left + box.border_width(), top + box.border_height())

    def within(self, other: _Frame) -> _Frame:
        """The part common to both."""
        return _Frame(
            max(self.left, other.left), max(self.top, other.top),
            min(self.right, other.right), min(self.bottom, other.bottom),
        )  # fmt: skip

    def passed_by(self, inner: _Frame) -> dict[str, float]:
        """How far `inner` passes each edge; only what exceeds the tolerance."""
        beyond = {
            "left": self.left - inner.left, "top": self.top - inner.top,
            "right": inner.right - self.right, "bottom": inner.bottom - self.bottom,
        }  # fmt: skip
        return {side: by for side, by in beyond.items() if by > _TOLERANCE}


def _page_overflows(number: int, page_box: Any) -> Iterator[Overflow]:
    from weasyprint.formatting_structure import boxes

    sheet = _Frame(0, 0, page_box.margin_width(), page_box.margin_height())
    left, top = page_box.content_box_x(), page_box.content_box_y()
    content = _Frame(left, top, left + page_box.width, top + page_box.height)
    for child in page_box.children:
        frame = _Frame.of(child) if isinstance(child, boxes.MarginBox) else content
        yield from _box_overflows(number, child, frame.within(sheet))


def _box_overflows(number: int, box: Any, frame: _Frame) -> Iterator[Overflow]:
    """Text and images are tested sideways and lines downward, against every box around them."""
    from weasyprint.formatting_structure import boxes

    if str(box.element_tag).endswith("::marker"):
        return  # bullets and numbers hang outside their list on purpose
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield from _tested(number, box, frame, ("left", "right"))
    if isinstance(box, boxes.LineBox | boxes.BlockReplacedBox):
        yield from _tested(number, box, frame, ("top", "bottom"))
    if isinstance(box, boxes.BlockContainerBox):
        frame = frame.within(_Frame.of(box))
    for child in getattr(box, "children", ()):
        yield from _box_overflows(number, child, frame)


def _tested(number: int, box: Any, frame: _Frame, sides: tuple[str, ...]) -> Iterator[Overflow]:
    left, top = box.position_x, box.position_y
    inner = _Frame(left, top, left + box.width, top + box.height)
    for side, by in frame.passed_by(inner).items():
        if side in sides:
            element = str(box.element_tag).rpartition("}")[2]  # without the SVG namespace
            yield Overflow(number, side, round(by * _PDF_POINTS, 1), element, _words(box))


def _words(box: Any) -> str:
    own = getattr(box, "text", "")
    return str(own) if own else " ".join(filter(None, map(_words, getattr(box, "children", ()))))

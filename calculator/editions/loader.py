"""Reads the YAML and CSV files of an edition strictly, and reports every problem at once.

Plain YAML is a trap for figures: it reads `01001` as 513, `12:30` as 750 and
`no` as false, and keeps the last of two equal keys. This reader knows only
null, true and false, plain decimals, full dates and text. What another program
could read differently must be quoted, and every problem has file, line and
column.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from calculator.editions.schema import Refused, Table, known_keys
from calculator.errors import Problem

ModelT = TypeVar("ModelT", bound=BaseModel)
Position = tuple[int, int]
Path_ = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_DIGITS = 18

_WORDS = {"null": None, "true": True, "false": False, "~": None, "": None}
_TRAP_WORDS = {"null", "true", "false", "yes", "no", "on", "off"}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRAP = re.compile(
    r"""[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?   # 01001, 1_000, 5., 1e6
      | [-+]?\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?               # .5
      | [-+]?\.(?:inf|nan)
      | [-+]?0[xob][0-9a-f_]+                              # 0o7
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?   # 12:30
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9].*)?  # 2026-1-5""",
    re.VERBOSE | re.IGNORECASE,
)
_QUOTE = "Put quotes around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31."


@dataclass(frozen=True)
class Document:
    """A parsed YAML file: plain data, and where each part of it stands.

    `problems` are those of the text itself: position, what is wrong, what to
    do. `data` is None when the text could not be read to its end; the parts at
    the paths in `suspect` already have a problem of their own.
    """

    data: Any
    positions: Mapping[Path_, Position]
    problems: tuple[tuple[Position, str, str], ...] = ()
    suspect: frozenset[Path_] = frozenset()

    def position(self, path: Path_) -> Position:
        """Line and column (from 1) of `path`, or of its nearest parent."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def parse_yaml(text: str) -> Document:
    """Parse YAML text: syntax errors, repeated keys, aliases and traps become problems with a position."""
    builder = _Builder()
    complete = False
    parser = yaml.CSafeLoader(text)
    try:
        for event in iter(parser.get_event, None):
            builder.take(event)
        complete = True
    except _StopReading:
        pass
    except yaml.MarkedYAMLError as error:
        builder.report(_mark(error.problem_mark), *_syntax(error, text))
    except yaml.reader.ReaderError as error:
        before = text.encode("utf-8", "replace")[: error.position].decode("utf-8", "ignore")
        where = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        builder.report(where, "A control character stands here.", "Save the file as plain text.")
    except UnicodeEncodeError as error:
        before = text[: error.start]
        where = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        builder.report(where, "Half a character stands here.", "Save the file as plain UTF-8 text.")
    finally:
        parser.dispose()
    if complete and not builder.positions:
        builder.report((1, 1), "The file is empty.", "Write the keys it needs.")
    return Document(
        builder.root if complete else None,
        builder.positions,
        tuple(builder.problems),
        frozenset(builder.suspect),
    )


def _mark(mark: Any) -> Position:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    line, column = _mark(error.problem_mark)
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    if rest.startswith("\t"):
        return "A tab stands where spaces are needed.", "Indent with spaces."
    if rest.startswith(("@", "`", "%")):
        return f"Text cannot begin with '{rest[0]}'.", "Put quotes around the text."
    if error.problem == "mapping values are not allowed in this context":
        return (
            "A colon stands where none can be.",
            "Put quotes around text that holds ': ', or correct the indent.",
        )
    opened = f" that opens on line {error.context_mark.line + 1}" if error.context_mark else ""
    if error.context == "while scanning a quoted scalar":
        return f"The quoted text{opened} never ends.", "Close the quotes."
    return f"This is not valid YAML ({error.problem}).", "Correct the syntax here, or the line before it."


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


class _StopReading(Exception):
    """The rest of the text cannot be read with sense."""


@dataclass
class _Open:
    """A list or block of keys whose end was not yet reached."""

    value: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None


class _Builder:
    """Builds plain data from parser events, without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.positions: dict[Path_, Position] = {}
        self.problems: list[tuple[Position, str, str]] = []
        self.suspect: set[Path_] = set()
        self._open: list[_Open] = []

    def report(self, where: Position, what: str, do: str) -> None:
        self.problems.append((where, what, do))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._doubt(event, "An alias repeats another part of the file.", "Write the part out in full.")
            self._place(None, event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.positions:
            self.report(_mark(event.start_mark), "A second document starts here.", "Keep one, without '---'.")
            raise _StopReading

    def _doubt(self, event: Any, what: str, do: str) -> None:
        self.report(_mark(event.start_mark), what, do)
        self.suspect.add(self._next_path())

    def _next_path(self) -> Path_:
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            return (*top.path, len(top.value))
        return (*top.path, top.key) if top.key is not None else top.path

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _place(self, value: Any, event: Any) -> Path_:
        if self._awaits_key():
            self.report(
                _mark(event.start_mark), "A key is not plain text.", "Write a word followed by a colon."
            )
            raise _StopReading
        path = self._next_path()
        self.positions.setdefault(path, _mark(event.start_mark))
        if not self._open:
            self.root = value
            return path
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None
        return path

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._open) == MAX_DEPTH:
            self.report(
                _mark(event.start_mark),
                f"The file nests deeper than {MAX_DEPTH} levels.",
                "Write it flatter.",
            )
            raise _StopReading
        if event.tag is not None:
            self._doubt(event, f"The tag '{_short_tag(event.tag)}' is not used here.", "Remove it.")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(value, event)
        self._open.append(_Open(value, path))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value: Any = event.value
        problem = None
        if event.tag is not None:
            problem = (f"The tag '{_short_tag(event.tag)}' is not used here.", "Remove it.")
        elif event.implicit[0]:
            value, problem = _plain(event.value)
        if self._awaits_key():
            self._key(event, value, problem)
            return
        if problem:
            self._doubt(event, *problem)
        self._place(value, event)

    def _key(self, event: yaml.ScalarEvent, value: Any, problem: tuple[str, str] | None) -> None:
        where = _mark(event.start_mark)
        top = self._open[-1]
        path = (*top.path, event.value)
        if problem:
            self.report(where, *problem)
            self.suspect.add(path)
        elif not isinstance(value, str):
            self.report(where, f"The key '{event.value}' is not text.", "Put quotes around it.")
            self.suspect.add(path)
        elif event.value in top.value:
            self.report(where, f"The key '{event.value}' stands twice.", "Remove one; only one can count.")
        self.positions[path] = where
        top.key = event.value


def _plain(text: str) -> tuple[Any, tuple[str, str] | None]:
    """Read an unquoted scalar: its value, and what is wrong with it."""
    if text in _WORDS:
        return _WORDS[text], None
    if text[0] not in "+-.0123456789":
        if text.lower() in _TRAP_WORDS:
            return text, (
                f"Programs differ on how to read {text}.",
                "Write true or false, or put quotes around it.",
            )
        return text, None
    if _WHOLE.fullmatch(text) or _DECIMAL.fullmatch(text):
        if len(text.lstrip("+-0.").replace(".", "")) > MAX_DIGITS:
            return 0, ("The number has too many digits.", f"Write at most {MAX_DIGITS} digits.")
        return (float(text) if "." in text else int(text)), None
    if _DAY.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text), None
        except ValueError:
            return text, (f"There is no day {text}.", "Correct the date.")
    if _TRAP.fullmatch(text):
        return text, (f"Programs differ on how to read {text[:40]}.", _QUOTE)
    return text, None


def read_text(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Read a bounded UTF-8 text file."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return "", [
            Problem(shown, f"The file cannot be read ({error.strerror}).", "Check its name and rights.")
        ]
    if len(raw) > MAX_BYTES:
        return "", [Problem(shown, f"The file is larger than {MAX_BYTES:,} bytes.", "Use a smaller file.")]
    if raw.startswith(b"\xef\xbb\xbf"):
        return "", [
            Problem(shown, "The file begins with a byte-order mark.", "Save it as UTF-8 without one.")
        ]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return "", [Problem(shown, "The file is not UTF-8 text.", "Save it as plain UTF-8 text.")]
    return text, []


def read_document(path: Path, shown: str) -> tuple[Document, list[Problem]]:
    """Read and parse one YAML file."""
    text, problems = read_text(path, shown)
    if problems:
        return Document(None, {}), problems
    document = parse_yaml(text)
    return document, [
        Problem(f"{shown}:{line}:{column}", what, do) for (line, column), what, do in document.problems
    ]


def read_record(path: Path, shown: str, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Read one YAML file into `model`; return it or every problem found."""
    document, problems = read_document(path, shown)
    record, found = validate(document, shown, model)
    problems += found
    return (None if problems else record), problems


def validate(document: Document, shown: str, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Check parsed YAML against `model`; positions come from the document.

    A document that could not be read to its end is not checked: its own
    problems already say so.
    """
    if (document.data is None and document.problems) or not document.positions:
        return None, []
    try:
        return model.model_validate(document.data, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, list(_problems(document, shown, error))


def _problems(document: Document, shown: str, error: ValidationError) -> Iterator[Problem]:
    found = [_Fault.of(document.data, dict(item)) for item in error.errors()]
    for fault in found:
        if fault.follows(found) or any(fault.path[: len(path)] == path for path in document.suspect):
            continue
        for what, do, path in fault.said():
            line, column = document.position(path)
            dotted = ".".join(str(part) for part in path)
            yield Problem(f"{shown}:{line}:{column}", f"{dotted}: {what}." if dotted else f"{what}.", do)


_ADVICE = {
    "string_type": ("text is needed here", "Put quotes around it."),
    "string_too_short": ("the text is empty", "Write it, or leave the key out."),
    "bool_type": ("true or false is needed here", "Write true or false, without quotes."),
    "float_type": ("a number is needed here", "Write a plain decimal such as 0.35 or 1200, without quotes."),
    "int_type": ("a whole number is needed here", "Write digits only, without quotes."),
    "int_from_float": ("a whole number is needed here", "Write digits only, without quotes."),
    "date_type": ("a date is needed here", "Write it as 2026-01-31, without quotes."),
    "model_type": ("a block of keys is needed here", "Indent the keys below it."),
    "dict_type": ("a block of keys is needed here", "Indent the keys below it."),
    "model_attributes_type": ("a block of keys is needed here", "Indent the keys below it."),
    "tuple_type": ("a list is needed here", "Start each entry with '- '."),
}


@dataclass(frozen=True)
class _Fault:
    """One error of pydantic, at a path that exists in the file (but for a missing key, named last)."""

    kind: str
    path: Path_
    found: Any
    message: str
    details: Mapping[str, Any]

    @classmethod
    def of(cls, data: Any, error: Mapping[str, Any]) -> _Fault:
        kind = str(error["type"])
        path = _present(data, error["loc"])
        details = error.get("ctx", {})
        if kind == "missing":
            path = (*path, error["loc"][-1])
        elif kind.startswith("union_tag"):
            path = (*path, details["discriminator"].strip("'"))
        return cls(kind, path, error.get("input"), str(error["msg"]), details)

    def follows(self, others: list[_Fault]) -> bool:
        """Whether this only counts the entries that another fault already explains."""
        return self.kind in ("too_short", "too_long") and any(
            other is not self and other.path[: len(self.path)] == self.path for other in others
        )

    def said(self) -> Iterator[tuple[str, str, Path_]]:
        """What is wrong, what to do, and where."""
        refused = self.details.get("error")
        if isinstance(refused, Refused):
            for breach in refused.breaches:
                yield breach.what, breach.do, (*self.path, *breach.place)
            return
        what, do = self._words()
        if self.kind not in ("missing", "extra_forbidden", "too_short", "too_long") and self._scalar():
            what = f"{what} (found: {_shortened(self.found)})"
        yield what, do, self.path

    def _scalar(self) -> bool:
        return isinstance(self.found, str | int | float | datetime.date)

    def _words(self) -> tuple[str, str]:
        if self.kind == "model_type" and not self.path:
            return (
                "The file does not hold a block of keys",
                "Write keys such as 'schema: 1' at the left margin.",
            )
        if self.kind == "extra_forbidden":
            return _unknown_key(str(self.path[-1]))
        if self.kind == "missing" or self.kind == "union_tag_not_found":
            return "a required key is missing", f"Add '{self.path[-1]}:'."
        if self.kind == "union_tag_invalid":
            tags = self.details["expected_tags"].replace("'", "")
            return f"unknown {self.path[-1]} '{self.details['tag']}'", f"Use one of: {tags}."
        if self.kind == "literal_error":
            return _not_in_list(str(self.found), self.details["expected"])
        if self.kind == "string_pattern_mismatch":
            return "the text has the wrong form", f"It must match {self.details['pattern']}."
        if self.kind == "string_too_long":
            return "the text is too long", f"Use at most {self.details['max_length']} characters."
        if self.kind == "too_short":
            return "the list has too few entries", f"Write at least {self.details['min_length']}."
        if self.kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
            return (
                "the number is out of range",
                f"Write one that is {self.message.partition(' be ')[2]}.",
            )
        return _ADVICE.get(self.kind, (self.message, ""))


def _shortened(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _unknown_key(key: str) -> tuple[str, str]:
    near = get_close_matches(key, known_keys(), 1, 0.75)
    if near and near[0] != key:
        return "unknown key", f"Did you mean '{near[0]}'?"
    return "unknown key", "Remove it, or move it to where it belongs."


def _not_in_list(found: str, expected: str) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'|([0-9]+)", expected)
    names = [text or number for text, number in choices]
    near = get_close_matches(found, names, 1, 0.6)
    if near:
        return "this is not on the list", f"Did you mean '{near[0]}'?"
    if len(names) == 1:
        return "another value is needed here", f"Write {names[0]}."
    return "this is not on the list", f"Use one of: {', '.join(names)}."


def _present(data: Any, location: tuple[str | int, ...]) -> Path_:
    """Keep the parts of a location that exist: pydantic puts the names of union branches in it."""
    path: list[str | int] = []
    for part in location:
        if isinstance(data, dict) and part in data:
            pass
        elif not (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            continue
        data = data[part]
        path.append(part)
    return tuple(path)


def read_table(
    folder: Path, name: str, shown: str
) -> tuple[tuple[Table, tuple[dict[str, str], ...]] | None, list[Problem]]:
    """Read `<name>.yaml` and `<name>.csv`; check header, keys and numbers."""
    table, problems = read_record(folder / f"{name}.yaml", f"{shown}.yaml", Table)
    text, found = read_text(folder / f"{name}.csv", f"{shown}.csv")
    problems += found
    if table is None or problems:
        return None, problems
    try:
        rows, problems = _rows(table, text, f"{shown}.csv")
    except csv.Error as error:
        problems = [Problem(f"{shown}.csv", f"This is not valid CSV ({error}).", "Close every quoted cell.")]
    return ((table, tuple(rows)), []) if not problems else (None, problems)


def _rows(table: Table, text: str, shown: str) -> tuple[list[dict[str, str]], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    if header != list(table.columns):
        return [], [_header_problem(header, list(table.columns), shown)]
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    line = reader.line_num + 1
    for cells in reader:
        where, here = f"{shown}:{line}", line
        line = reader.line_num + 1
        if len(cells) != len(header):
            what = f"The row has {len(cells)} cells; the header has {len(header)}."
            problems.append(Problem(where, what, "Match the header; quote a cell that holds a comma."))
            continue
        row = dict(zip(header, cells, strict=True))
        key = tuple(row[column] for column in table.keys)
        if first.setdefault(key, here) != here:
            shown_key = ", ".join(key)
            problems.append(
                Problem(where, f"The key {shown_key} stands on line {first[key]} too.", "Keep one row.")
            )
        problems += _bad_cells(table, row, where)
        rows.append(row)
    if not rows and not problems:
        problems.append(Problem(shown, "The table has no rows.", "Add them below the header."))
    return rows, problems


def _header_problem(header: list[str], described: list[str], shown: str) -> Problem:
    missing = [name for name in described if name not in header]
    surplus = [name for name in header if name not in described]
    parts = []
    if missing:
        parts.append(f"lacks: {', '.join(missing)}")
    if surplus:
        parts.append(f"has, but the YAML file does not describe: {', '.join(surplus)}")
    what = f"The header {'; '.join(parts)}." if parts else "The header names the columns in another order."
    return Problem(f"{shown}:1", what, f"Write: {','.join(described)}")


def _bad_cells(table: Table, row: Mapping[str, str], where: str) -> Iterator[Problem]:
    for name, column in table.columns.items():
        cell = row[name]
        if name in table.keys and not cell:
            yield Problem(where, f"{name}: the key is empty.", "Fill it in.")
        elif "\n" in cell or "\r" in cell:
            yield Problem(where, f"{name}: the cell holds a line break.", "Write it on one line.")
        elif cell != cell.strip():
            yield Problem(where, f"{name}: the cell begins or ends with a space.", "Remove the space.")
        elif column.number and cell and not (_WHOLE.fullmatch(cell) or _DECIMAL.fullmatch(cell)):
            advice = "Write a plain decimal such as 0.35 or 1200, or leave the cell empty."
            yield Problem(where, f"{name}: a number is needed here (found: {_shortened(cell)}).", advice)

"""Parses YAML text strictly: plain data, and where each part of it stands.

Plain YAML is a trap for figures: it reads `01001` as 513, `12:30` as 750 and
`no` as false, and keeps the last of two equal keys. This reader knows only
null, true and false, plain decimals, full dates and text. What another program
could read differently must be quoted, and every problem has line and column.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

Position = tuple[int, int]
Path_ = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_DIGITS = 18

_WORDS = {"null": None, "true": True, "false": False, "~": None, "": None}
_TRAP_WORDS = {"null", "true", "false", "yes", "no", "on", "off"}
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
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
    if WHOLE.fullmatch(text) or DECIMAL.fullmatch(text):
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

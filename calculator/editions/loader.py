"""Reads the YAML files of an edition strictly, and reports every problem at once, with file, line and column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from calculator.editions.schema import Refused, known_keys
from calculator.editions.yaml_text import Document, Path_, parse_yaml
from calculator.errors import Problem

ModelT = TypeVar("ModelT", bound=BaseModel)

MAX_BYTES = 2_000_000


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
            Problem(
                f"{shown}:1:1", "The file begins with a byte-order mark.", "Save it as UTF-8 without one."
            )
        ]
    try:
        text = raw.decode("utf-8")
        bad = text.find("\0")
        before = text[:bad] if bad >= 0 else None
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").partition("\0")[0]
    if before is not None:
        where = f"{shown}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        return "", [Problem(where, "The file is not UTF-8 text.", "Save it as plain UTF-8 text.")]
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
            what = f"{what} (found: {shortened(self.found)})"
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


def shortened(value: object) -> str:
    """A value as a message shows it."""
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

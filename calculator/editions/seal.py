"""Seals the draft as a new edition, and generates the JSON Schema for editors.

Sealing copies `draft/` to a folder that never changes again, and writes
`SHA256SUMS` in the format of the standard command: `sha256sum -c SHA256SUMS`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic.json_schema import models_json_schema

from calculator.editions.edition import (
    DRAFT,
    SUMS,
    Edition,
    edition_ids,
    is_edition_name,
    listed_files,
    read_edition,
)
from calculator.editions.schema import (
    Choice,
    EditionHeader,
    Facts,
    Models,
    Parameter,
    Record,
    Sources,
    StateRules,
    Table,
    Withdrawals,
)
from calculator.errors import EditionError, Problem
from calculator.paths import data_folder

CHANGELOG = "CHANGELOG.md"
SCHEMA = "schema.json"
_FILE_KINDS: tuple[type[Record], ...] = (
    Parameter,
    Choice,
    StateRules,
    Facts,
    Table,
    Models,
    Sources,
    EditionHeader,
    Withdrawals,
)


def seal(edition_id: str, assumptions: Path | None = None, *, released: datetime.date | None = None) -> str:
    """Seal `draft/` as `edition_id` and return the digest of the new edition.

    `released` replaces the date in the draft's `edition.yaml`. Raises
    EditionError, and leaves nothing behind, when the name is wrong or taken,
    the draft has problems, or `CHANGELOG.md` has no entry for the edition.
    """
    folder = assumptions or data_folder("assumptions")
    problems = list(_name_problems(edition_id, folder))
    if problems:
        raise EditionError(problems)
    draft = read_edition(folder / DRAFT)
    problems = list(_release_problems(edition_id, draft, folder, released or draft.header.released))
    if problems:
        raise EditionError(problems)
    work = Path(tempfile.mkdtemp(prefix=".sealing-", dir=folder))
    try:
        _copy(folder / DRAFT, work, edition_id, released)
        sealed = read_edition(work, edition_id)
        os.rename(work, folder / edition_id)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sealed.digest


def _name_problems(edition_id: str, folder: Path) -> Iterator[Problem]:
    if not is_edition_name(edition_id):
        what = f"'{edition_id[:40]}' is not the name of an edition."
        yield Problem("edition", what, "Write year.number, such as 2026.1; a third number is for errata.")
    elif (folder / edition_id).exists():
        yield Problem(
            "edition",
            f"The edition {edition_id} exists.",
            "A sealed edition never changes: use the next number.",
        )


def _release_problems(
    edition_id: str, draft: Edition, folder: Path, released: datetime.date
) -> Iterator[Problem]:
    header = f"{DRAFT}/edition.yaml"
    known = edition_ids(folder)
    if edition_id.count(".") == 1 and not edition_id.startswith(f"{released.year}."):
        yield Problem(
            "edition", f"{edition_id} would be released on {released}.", f"Name it {released.year}.number."
        )
    if draft.header.supersedes is None and known:
        yield Problem(header, "It names no edition that it supersedes.", f'Write supersedes: "{known[-1]}"')
    elif draft.header.supersedes is not None and draft.header.supersedes not in known:
        listed = ", ".join(known) or "none, so leave the key out"
        what = f"The superseded edition '{draft.header.supersedes}' is not sealed."
        yield Problem(header, what, f"Use one of: {listed}.")
    for overdue in draft.overdue(released):
        what = f"The review date lies before the release on {released}."
        yield Problem(
            f"{DRAFT}/{overdue.replace('.', '/')}.yaml",
            what,
            "Review the value and set a later 'review_by:'.",
        )
    if not changelog_entry(folder / CHANGELOG, edition_id):
        yield Problem(
            CHANGELOG, f"There is no entry for {edition_id}.", f"Write what changed under '## {edition_id}'."
        )


def changelog_entry(path: Path, edition_id: str) -> str:
    """The text below the heading of `edition_id`, or nothing."""
    text = path.read_text("utf-8") if path.is_file() else ""
    match = re.search(
        rf"^## {re.escape(edition_id)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    return match[1].strip() if match else ""


def _copy(draft: Path, work: Path, edition_id: str, released: datetime.date | None) -> None:
    sums = []
    for name in listed_files(draft):
        content = (draft / name).read_bytes()
        if name == "edition.yaml":
            content = _header(content.decode("utf-8"), edition_id, released).encode("utf-8")
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (work / SUMS).write_bytes("".join(sums).encode("utf-8"))
    work.chmod(0o755)


def _header(text: str, edition_id: str, released: datetime.date | None) -> str:
    text = re.sub(r"^id:[^\n]*", f'id: "{edition_id}"', text, count=1, flags=re.MULTILINE)
    if released is None:
        return text
    return re.sub(r"^released:[^\n]*", f"released: {released.isoformat()}", text, count=1, flags=re.MULTILINE)


def schema_json() -> str:
    """The JSON Schema of all files of an edition, for editors; kept in `assumptions/schema.json`."""
    refs, schema = models_json_schema([(kind, "validation") for kind in _FILE_KINDS])
    top = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "moa287 assumption files",
        "description": "Generated from calculator/editions/schema.py; the loader checks more.",
        "anyOf": [refs[kind, "validation"] for kind in _FILE_KINDS],
        **schema,
    }
    return json.dumps(top, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (data_folder("assumptions") / SCHEMA).write_text(schema_json(), "utf-8")

"""An edition in memory, and the functions that open one.

A sealed edition is opened only if every file agrees with `SHA256SUMS`. The
digest of an edition is the SHA-256 of that file: it shows that nothing was
changed since release. It does not show that a source is right.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from calculator.editions.csv_table import column_of, read_table
from calculator.editions.loader import read_document, read_record, validate
from calculator.editions.schema import (
    EDITION_NAME,
    AgreementModel,
    Choice,
    EditionHeader,
    Facts,
    Lookup,
    Models,
    Parameter,
    Source,
    SourceRef,
    Sources,
    StateRules,
    Table,
    Withdrawals,
)
from calculator.editions.yaml_text import Document, Path_
from calculator.errors import EditionError, Problem
from calculator.paths import data_folder

ModelT = TypeVar("ModelT", bound=BaseModel)

SUMS = "SHA256SUMS"
DRAFT = "draft"
WITHDRAWN = "withdrawn.yaml"
SOURCE_COLUMN = "source"
_SUM_LINE = re.compile(r"([0-9a-f]{64})  ([^\s/][^\n]*)")
_FILE_NAME = re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)*\.(?:yaml|csv)")


@dataclass(frozen=True)
class LoadedTable:
    """A table and its rows, each a mapping from column to text."""

    about: Table
    rows: tuple[Mapping[str, str], ...]

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], Mapping[str, str]]:
        return {tuple(row[column] for column in self.about.keys): row for row in self.rows}

    def row(self, **key: str) -> Mapping[str, str] | None:
        """Return the row with this whole key, or None."""
        return self._by_key.get(tuple(key[column] for column in self.about.keys))


@dataclass(frozen=True)
class Edition:
    """One assumption set. `digest` is empty for a draft; `withdrawn` says why it is no longer to be used."""

    header: EditionHeader
    digest: str
    parameters: Mapping[str, Parameter]
    choices: Mapping[str, Choice]
    models: Mapping[str, AgreementModel]
    sources: Mapping[str, Source]
    tables: Mapping[str, LoadedTable]
    states: Mapping[str, StateRules]
    facts: Mapping[str, Facts]
    files: tuple[str, ...]
    withdrawn: str | None = None

    @cached_property
    def worked_out(self) -> dict[Any, Any]:
        """Room for what others work out from this edition once, and that goes when it goes."""
        return {}

    @property
    def id(self) -> str:
        """Year.number, or "draft"."""
        return self.header.id

    @property
    def short_digest(self) -> str:
        """The first 12 hexadecimal characters of the digest, as printed."""
        return self.digest[:12]

    def overdue(self, day: datetime.date) -> tuple[str, ...]:
        """Ids of parameters and choices whose review date lies before `day`."""
        records: list[Parameter | Choice] = [*self.parameters.values(), *self.choices.values()]
        return tuple(sorted(record.id for record in records if record.review_by < day))


def edition_ids(assumptions: Path | None = None) -> tuple[str, ...]:
    """Ids of the sealed editions, oldest first."""
    folders = [path.parent.name for path in (assumptions or data_folder("assumptions")).glob(f"*/{SUMS}")]
    return tuple(
        sorted(filter(is_edition_name, folders), key=lambda name: [int(part) for part in name.split(".")])
    )


def is_edition_name(text: str) -> bool:
    """Whether `text` is a year and a number, such as "2026.1" (or "2026.1.1" for an erratum)."""
    return re.fullmatch(EDITION_NAME, text) is not None


def open_edition(edition_id: str | None = None, *, assumptions: Path | None = None) -> Edition:
    """Open a sealed edition, verifying its checksums once per process.

    None opens the newest that is not withdrawn; "draft" opens the unsealed
    next edition. Raises EditionError when there is no such edition, a checksum
    fails, or a file is malformed.
    """
    folder = assumptions or data_folder("assumptions")
    known = edition_ids(folder)
    withdrawn = withdrawals(folder)
    if edition_id is None:
        usable = [name for name in known if name not in withdrawn]
        edition_id = usable[-1] if usable else DRAFT
    if edition_id not in known and not (edition_id == DRAFT and (folder / DRAFT).is_dir()):
        listed = ", ".join(known) or "none is sealed yet"
        raise EditionError(
            [Problem("edition", f"There is no edition '{edition_id[:40]}'.", f"Use one of these: {listed}.")]
        )
    return replace(_opened(folder / edition_id), withdrawn=withdrawn.get(edition_id))


@lru_cache(maxsize=8)
def _opened(folder: Path) -> Edition:
    return read_edition(folder)


@lru_cache(maxsize=8)
def withdrawals(assumptions: Path) -> Mapping[str, str]:
    """Why each withdrawn edition is no longer to be used; empty when `withdrawn.yaml` does not exist."""
    path = assumptions / WITHDRAWN
    if not path.is_file():
        return MappingProxyType({})
    record, problems = read_record(path, WITHDRAWN, Withdrawals)
    if record is None:
        raise EditionError(problems)
    return MappingProxyType({entry.edition: entry.reason for entry in record.withdrawn})


def read_edition(folder: Path, shown: str | None = None) -> Edition:
    """Read an edition folder, called `shown` in messages. Raises EditionError with every problem found."""
    digest = ""
    if (folder / SUMS).is_file():
        digest, problems = verify_sums(folder)
        if problems:
            raise EditionError(problems)
    reading = _Reading(folder, shown or folder.name)
    edition = reading.edition(digest)
    if reading.problems or edition is None:
        raise EditionError(sorted(reading.problems, key=lambda problem: _in_order(problem.where)))
    return edition


def _in_order(where: str) -> tuple[str, list[int]]:
    name, *numbers = re.split(r":(?=[0-9]+(?::|$))", where)
    return name, [int(number) for number in numbers]


def listed_files(folder: Path) -> tuple[str, ...]:
    """Relative names of all files of an edition but its checksums, sorted."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if name != SUMS))


def verify_sums(folder: Path) -> tuple[str, list[Problem]]:
    """Compare every file with `SHA256SUMS`; return the edition's digest and the problems."""
    raw = (folder / SUMS).read_bytes()
    shown = folder.name
    what_to_do = "Install moa287 again; a sealed edition is never edited."
    stated: dict[str, str] = {}
    problems = []
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), start=1):
        match = _SUM_LINE.fullmatch(line)
        if match is None or match[2] in stated:
            problems.append(
                Problem(f"{shown}/{SUMS}:{number}", "The line is not a checksum and a name.", what_to_do)
            )
        else:
            stated[match[2]] = match[1]
    present = set(listed_files(folder))
    for name in sorted(present | set(stated)):
        if name not in stated:
            problems.append(
                Problem(f"{shown}/{name}", "The file is not part of the sealed edition.", what_to_do)
            )
        elif name not in present:
            problems.append(Problem(f"{shown}/{name}", "The file is missing.", what_to_do))
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != stated[name]:
            problems.append(Problem(f"{shown}/{name}", "The checksum does not agree.", what_to_do))
    return hashlib.sha256(raw).hexdigest(), problems


@dataclass
class _Reading:
    """One reading of an edition folder: what was found, and every problem."""

    folder: Path
    shown: str
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    tables: dict[str, LoadedTable] = field(default_factory=dict)
    states: dict[str, StateRules] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def edition(self, digest: str) -> Edition | None:
        """Read and check everything; None when a file that each edition needs is missing or malformed."""
        header = self._record("edition.yaml", EditionHeader)
        models = self._record("models.yaml", Models)
        sources = self._record("sources.yaml", Sources)
        files = listed_files(self.folder)
        for name in files:
            if name not in ("edition.yaml", "models.yaml", "sources.yaml"):
                self._file(name, files)
        if header is not None and header.id != self.shown:
            self._object(
                "edition.yaml", ("id",), f"The id '{header.id}' differs from the folder.", self._write_id()
            )
        if header is None or models is None or sources is None:
            return None
        edition = Edition(
            header=header,
            digest=digest,
            parameters=MappingProxyType(self.parameters),
            choices=MappingProxyType(self.choices),
            models=MappingProxyType({model.id: model for model in models.models}),
            sources=MappingProxyType({source.id: source for source in sources.sources}),
            tables=MappingProxyType(self.tables),
            states=MappingProxyType(self.states),
            facts=MappingProxyType(self.facts),
            files=files,
        )
        for check in (self._check_sources, self._check_models, self._check_choices, self._check_parameters):
            check(edition)
        return edition

    def _write_id(self) -> str:
        return f"Write id: {self.shown}" if self.shown == DRAFT else f'Write id: "{self.shown}"'

    def _object(self, name: str, place: Path_, what: str, do: str) -> None:
        where = f"{self.shown}/{name}"
        if name in self.documents:
            line, column = self.documents[name].position(place)
            where = f"{where}:{line}:{column}"
        elif place:  # a row of a table, whose header is line 1 and whose cells hold no line breaks
            at, cell = int(place[0]) + 1, int(place[1])
            text = (self.folder / name).read_text("utf-8").split("\n")[at]
            where = f"{where}:{at + 1}:{column_of(text, cell)}"
        self.problems.append(Problem(where, what, do))

    def _document(self, name: str) -> tuple[Document, bool]:
        document, found = read_document(self.folder / name, f"{self.shown}/{name}")
        self.documents[name] = document
        self.problems += found
        return document, not found

    def _valid(self, name: str, model: type[ModelT]) -> ModelT | None:
        record, found = validate(self.documents[name], f"{self.shown}/{name}", model)
        self.problems += found
        if record is None:
            self.broken.add(name)
        return record

    def _record(self, name: str, model: type[ModelT]) -> ModelT | None:
        self._document(name)
        return self._valid(name, model)

    def _file(self, name: str, files: Sequence[str]) -> None:
        top, _, rest = name.partition("/")
        if not _FILE_NAME.fullmatch(name) or not rest:
            self._object(name, (), "Nothing reads this file.", "Remove it, or correct its name.")
        elif top == "tables":
            self._table(name, files)
        elif name.endswith(".csv"):
            self._object(name, (), "Nothing reads this file.", "Move it to tables/.")
        elif top == "states":
            self._state(name)
        elif top == "facts":
            topic = self._record(name, Facts)
            if topic is not None:
                self.facts[Path(name).stem] = topic
        else:
            self._assumption(name)

    def _assumption(self, name: str) -> None:
        document, _ = self._document(name)
        is_choice = isinstance(document.data, dict) and "options" in document.data
        record = self._valid(name, Choice) if is_choice else self._valid(name, Parameter)
        if record is None:
            return
        expected = name.removesuffix(".yaml").replace("/", ".")
        if record.id != expected:
            self._object(
                name, ("id",), f"The id '{record.id}' differs from the path.", f"Write id: {expected}"
            )
        elif isinstance(record, Choice):
            self.choices[record.id] = record
        else:
            self.parameters[record.id] = record

    def _state(self, name: str) -> None:
        rules = self._record(name, StateRules)
        if rules is None:
            return
        if rules.state != Path(name).stem:
            what = f"The state '{rules.state}' differs from the file name."
            self._object(name, ("state",), what, f"Write state: {Path(name).stem}")
        self.states[rules.state] = rules

    def _table(self, name: str, files: Sequence[str]) -> None:
        stem, _, ending = name.rpartition(".")
        if f"{stem}.yaml" not in files:
            self._object(name, (), "Nothing describes this table.", f"Add {stem}.yaml.")
        if ending == "csv":
            return
        self.documents[name], _ = read_document(self.folder / name, f"{self.shown}/{name}")
        short = stem.removeprefix("tables/")
        loaded, found = read_table(self.folder / "tables", short, f"{self.shown}/{stem}")
        self.problems += found
        if loaded is None:
            self.broken.add(name)
            return
        about, rows = loaded
        if about.id != short:
            self._object(
                name, ("id",), f"The id '{about.id}' differs from the file name.", f"Write id: {short}"
            )
        self.tables[short] = LoadedTable(about, tuple(MappingProxyType(row) for row in rows))

    def _check_sources(self, edition: Edition) -> None:
        for name, place, source in _citations(edition):
            if source not in edition.sources:
                what = f"The source '{source}' is not in sources.yaml."
                self._object(name, place, what, "Correct the id, or add the source.")

    def _check_models(self, edition: Edition) -> None:
        for index, model in enumerate(edition.models.values()):
            if model.terms_of not in edition.models:
                place = ("models", index, "terms_of")
                what = f"The model '{model.terms_of}' is not in this file."
                self._object("models.yaml", place, what, f"Use one of: {', '.join(edition.models)}.")

    def _check_choices(self, edition: Edition) -> None:
        first: dict[str, str] = {}
        for choice in edition.choices.values():
            other = first.setdefault(choice.key, choice.id)
            if other != choice.id:
                what = f"The short name '{choice.key}' belongs to {other} too."
                self._object(_file_of(choice.id), ("id",), what, "Rename one.")

    def _check_parameters(self, edition: Edition) -> None:
        options = {
            choice.key: [option.id for option in choice.options] for choice in edition.choices.values()
        }
        unread = {Path(name).stem for name in self.broken} - set(options)
        for parameter in edition.parameters.values():
            name = _file_of(parameter.id)
            growth = parameter.grows_with
            if growth and growth not in edition.parameters and _file_of(growth) not in self.broken:
                what = f"There is no assumption '{growth}'."
                self._object(name, ("grows_with",), what, "Add it, or remove the key.")
            for index, value in enumerate(parameter.values):
                for key, option in (value.when or {}).items():
                    place = ("values", index, "when", key)
                    if key in unread:
                        continue
                    if key not in options:
                        known = ", ".join(sorted(options)) or "none yet"
                        self._object(name, place, f"There is no choice '{key}'.", f"Use one of: {known}.")
                    elif option not in options[key]:
                        what = f"The choice '{key}' has no option '{option}'."
                        self._object(name, place, what, f"Use one of: {', '.join(options[key])}.")
                if isinstance(value.amount, Lookup):
                    self._check_lookup(edition, name, ("values", index, "amount"), value.amount)

    def _check_lookup(self, edition: Edition, name: str, place: Path_, amount: Lookup) -> None:
        table = edition.tables.get(amount.table)
        if table is None and f"tables/{amount.table}.yaml" in self.broken:
            return
        if table is None:
            known = ", ".join(sorted(edition.tables)) or "none yet"
            what = f"There is no table '{amount.table}'."
            self._object(name, (*place, "table"), what, f"Use one of: {known}.")
            return
        columns = table.about.columns
        sound = True
        for key in amount.where:
            if key not in columns:
                sound = False
                what = f"The table '{amount.table}' has no column '{key}'."
                self._object(name, (*place, "where", key), what, f"Use one of: {', '.join(columns)}.")
        for part in ("low", "central", "high"):
            column = getattr(amount, part)
            if column not in columns or not columns[column].number:
                numbers = ", ".join(title for title, about in columns.items() if about.number)
                what = f"The table '{amount.table}' has no column of numbers '{column}'."
                self._object(name, (*place, part), what, f"Use one of: {numbers}.")
        if sound and table.row(**_fallback(amount)) is None:
            what = f"The table '{amount.table}' has no row for the fallback '{amount.fallback}'."
            self._object(name, (*place, "fallback"), what, "Add the row, or name another.")


def _fallback(amount: Lookup) -> dict[str, str]:
    return {key: amount.fallback if text == "{state}" else text for key, text in amount.where.items()}


def _file_of(identifier: str) -> str:
    return f"{identifier.replace('.', '/')}.yaml"


def cited_sources(edition: Edition) -> dict[str, list[str]]:
    """Where each source is cited: source id to the files that cite it, in reading order."""
    cited: dict[str, list[str]] = {}
    for name, _, source in _citations(edition):
        files = cited.setdefault(source, [])
        if name not in files:
            files.append(name)
    return cited


def _citations(edition: Edition) -> Iterator[tuple[str, Path_, str]]:
    """Each citation: the file, the place in it, and the source's id."""
    for parameter in edition.parameters.values():
        name = _file_of(parameter.id)
        for index, value in enumerate(parameter.values):
            yield from _refs(name, ("values", index), value.sources)
        for index, dispute in enumerate(parameter.disputes):
            yield from _refs(name, ("disputes", index), dispute.sources)
    for choice in edition.choices.values():
        for index, option in enumerate(choice.options):
            yield from _refs(_file_of(choice.id), ("options", index), option.sources)
    for index, model in enumerate(edition.models.values()):
        yield from _refs("models.yaml", ("models", index), model.sources)
    for rules in edition.states.values():
        for index, rule in enumerate(rules.rules):
            name = f"states/{rules.state}.yaml"
            yield from _refs(name, ("rules", index), rule.sources)
            for at, conflict in enumerate(rule.conflicts):
                yield from _refs(name, ("rules", index, "conflicts", at), conflict.sources)
    for topic, facts in edition.facts.items():
        for index, fact in enumerate(facts.facts):
            yield from _refs(f"facts/{topic}.yaml", ("facts", index), fact.sources)
    for title, table in edition.tables.items():
        yield from _refs(f"tables/{title}.yaml", (), table.about.sources)
        if SOURCE_COLUMN in table.about.columns:
            column = list(table.about.columns).index(SOURCE_COLUMN)
            for index, row in enumerate(table.rows):
                yield from (
                    (f"tables/{title}.csv", (index, column), source) for source in row[SOURCE_COLUMN].split()
                )


def _refs(name: str, place: Path_, refs: Sequence[SourceRef]) -> Iterator[tuple[str, Path_, str]]:
    return ((name, (*place, "sources", index, "id"), ref.id) for index, ref in enumerate(refs))

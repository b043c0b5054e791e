"""Numbers sources in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Iterable

from calculator.editions import Edition
from calculator.editions.schema import JUDGMENT, SourceRef
from calculator.inputs import Input
from calculator.render.statement.parts import MARK_ORDER, Source


class Numbering:
    """Hands out source numbers and lists the sources at the end."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._numbers: dict[str, int] = {}

    def of(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Numbers of some sources; our own judgment has none."""
        found = [self._numbers.setdefault(each, len(self._numbers) + 1) for each in ids if each != JUDGMENT]
        return tuple(dict.fromkeys(found))

    def refs(self, refs: Iterable[SourceRef]) -> tuple[int, ...]:
        """Numbers of cited sources."""
        return self.of(ref.id for ref in refs)

    def listed(self) -> tuple[Source, ...]:
        """All sources handed out so far."""
        return tuple(self._source(each, number) for each, number in self._numbers.items())

    def _source(self, source_id: str, number: int) -> Source:
        source = self._edition.sources[source_id]
        return Source(number, source.id, source.title, source.publisher, source.date, source.url)


def marks_of(inputs: Iterable[Input]) -> str:
    """The marks of what went into a figure, in the order E D T ?, without those only counted by the run."""
    found = {each.mark for each in inputs if not each.id.startswith(("quantity.", "derived."))}
    return "".join(mark for mark in MARK_ORDER if mark in found)

"""One small tree of exceptions.

Every message says what is wrong, where, and what to do next. The faces only
choose how to show it: status 400 on the web, exit code 2 on the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class CalculatorError(Exception):
    """Root of everything this package raises on purpose."""


class InputError(CalculatorError):
    """What the user gave cannot be used: exit code 2, status 400."""


FIELDS_LIST = "fields"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one input.

    `where` is the field's path in the scenario file ("agency.sworn_officers")
    or a file position ("training/initial_hours.yaml:12:5"); `what` says what
    is wrong; `do` says what to enter instead. `see` names what lists the names
    that can be used: "fields" of a scenario, or an edition; each face says where.
    """

    where: str
    what: str
    do: str
    see: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do} {self._listed()}".strip()

    def _listed(self) -> str:
        if not self.see:
            return ""
        command = "scenario --fields" if self.see == FIELDS_LIST else f"editions show {self.see}"
        return f"See 'moa287 {command}' for the list."


class ProblemsError(InputError):
    """Every problem found in one reading, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ScenarioError(ProblemsError):
    """The scenario file, link or form holds answers that cannot be used."""


class EditionError(ProblemsError):
    """An edition is missing, malformed, or its checksums do not agree."""


class CheckFailed(CalculatorError):
    """An identity of the model does not hold: exit code 1, no report is made."""


class RenderError(CalculatorError):
    """A page or report could not be drawn in full; nothing partial is given out."""


class NoFiniteMean(CalculatorError):
    """The mean of a curve was asked for that has none; the message says why."""

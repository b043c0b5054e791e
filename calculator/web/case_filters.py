"""The filters of the litigation record: what a link may ask for, what is wrong with it, and which rows it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculator.editions import Edition
from calculator.errors import Problem
from calculator.liability.amounts import CASES, MARICOPA_BASIS, Row, paid_years, standing_of
from calculator.scenario.states import STATES
from calculator.scenario.values import printable
from calculator.web.case_words import CLAIMS, KINDS, STANDING, kind_of

COOPERATION, CLAIM, STATE, FROM, TO, STANDING_OF, BASIS = FIELDS = (
    "cooperation",
    "claim_type",
    "state",
    "paid_from",
    "paid_to",
    "standing",
    "maricopa_basis",
)
LABELS = dict(
    zip(
        FIELDS,
        (
            "Model or other cooperation",
            "Kind of claim",
            "State",
            "Year paid, from",
            "Year paid, to",
            "Paid, unpaid or disputed",
            "Maricopa County counted",
        ),
        strict=True,
    )
)
YEARS = (FROM, TO)
DISPUTED = "disputed"
# A hybrid agreement is of both models.
ALSO = {"287g-tfm": ("287g-hybrid",), "287g-jem": ("287g-hybrid",)}
FIRST_YEAR, LAST_YEAR = 1000, 9999


@dataclass(frozen=True)
class Filter:
    """What was typed, what is wrong with it, and the choices of each field."""

    typed: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the link of this filter holds."""
        return [(name, self.typed[name]) for name in FIELDS if self.typed[name]]

    @property
    def row_pairs(self) -> list[tuple[str, str]]:
        """The part of it that chooses rows."""
        return [pair for pair in self.pairs if pair[0] != BASIS]

    @property
    def words(self) -> str:
        """The filter in words, as paper needs it."""
        return "; ".join(
            f"{LABELS[name].lower()} {text}" if name in YEARS else self.options[name].get(text, text)
            for name, text in self.row_pairs
        )

    @property
    def basis(self) -> str | None:
        """Which total of the Maricopa County case is meant; None for the usual one."""
        return (self.typed[BASIS] or None) if not self.problems else None

    def rows(self, edition: Edition) -> tuple[Row, ...]:
        """The rows that match; none while something is wrong."""
        rows = edition.tables[CASES].rows
        return () if self.problems else tuple(row for row in rows if self._holds(row))

    def _holds(self, row: Row) -> bool:
        wanted = self.typed
        kinds = (wanted[COOPERATION], *ALSO.get(wanted[COOPERATION], ()))
        return (
            (not wanted[COOPERATION] or kind_of(row) in kinds)
            and wanted[CLAIM] in ("", row["claim_type"])
            and wanted[STATE] in ("", row["state"])
            and self._paid_then(row)
            and self._stands(row)
        )

    def _paid_then(self, row: Row) -> bool:
        first, last = self.typed[FROM], self.typed[TO]
        if not first and not last:
            return True
        years = paid_years(row)
        return (
            years is not None and years[0] <= int(last or LAST_YEAR) and int(first or FIRST_YEAR) <= years[1]
        )

    def _stands(self, row: Row) -> bool:
        wanted = self.typed[STANDING_OF]
        if wanted == DISPUTED:
            return row["disputed"] == "yes"
        return wanted in ("", standing_of(row))


def read_filter(edition: Edition, arguments: Iterable[tuple[str, str]]) -> Filter:
    """The filter of a link. Unknown names are the caller's to drop."""
    typed = dict.fromkeys(FIELDS, "")
    twice = set()
    for name, text in arguments:
        if name in typed:
            text = printable(text).strip()
            if typed[name] and text and text != typed[name]:
                twice.add(name)
            typed[name] = text or typed[name]
    options = _options(edition)
    problems = [
        problem for name in FIELDS if (problem := _problem(name, typed[name], options, name in twice))
    ]
    years = [typed[name] for name in YEARS]
    if (
        not any(problem.where in YEARS for problem in problems)
        and all(years)
        and int(years[0]) > int(years[1])
    ):
        what = f"{years[0]} is later than {years[1]}."
        problems.append(Problem(FROM, what, "Enter a first year that is not after the last."))
    return Filter(typed, options, tuple(problems))


def _problem(name: str, text: str, options: Mapping[str, Mapping[str, str]], twice: bool) -> Problem | None:
    if twice:
        return Problem(name, "The link holds this answer twice.", "Choose one.")
    if name in YEARS:
        if text and not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
            return Problem(
                name, f"“{text[:20]}” is not a year.", "Enter four digits, such as 2019, or nothing."
            )
        return None
    if text and text not in options[name]:
        return Problem(name, f"“{text[:40]}” is not one of the choices.", "Choose one of the list.")
    return None


def _options(edition: Edition) -> dict[str, dict[str, str]]:
    rows = edition.tables[CASES].rows
    kinds = {kind_of(row) for row in rows}
    claims = {row["claim_type"] for row in rows}
    standings = {standing_of(row) for row in rows}
    basis = edition.choices[MARICOPA_BASIS]
    return {
        COOPERATION: {
            each: words + (" (with hybrid agreements)" if each in ALSO else "")
            for each, words in KINDS.items()
            if each in kinds
        },
        CLAIM: {each: words for each, words in CLAIMS.items() if each in claims},
        STATE: {
            code: STATES[code]
            for code in sorted({row["state"] for row in rows}, key=lambda each: STATES[each])
        },
        STANDING_OF: {
            DISPUTED: "Disputed",
            **{each: words for each, words in STANDING.items() if each in standings},
        },
        BASIS: {option.id: option.label for option in basis.options},
    }

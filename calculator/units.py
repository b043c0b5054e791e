"""The closed list of units an assumption may have, and how each is named.

Amounts are stored in the unit itself: shares as fractions of one, money in
nominal US dollars. Percent signs and thousands separators appear only in the
faces.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A unit: its `name` in files, the words printed after a number, and the kind of number."""

    name: str
    words: str
    kind: str  # "money", "share", "number" or "logarithm"


def _table(*rows: tuple[str, str, str]) -> dict[str, Unit]:
    return {name: Unit(name, words, kind) for name, words, kind in rows}


UNITS: dict[str, Unit] = _table(
    ("USD", "dollars", "money"),
    ("USD/year", "dollars a year", "money"),
    ("USD/month", "dollars a month", "money"),
    ("USD/day", "dollars a day", "money"),
    ("USD/night", "dollars a night", "money"),
    ("USD/hour", "dollars an hour", "money"),
    ("USD/mile", "dollars a mile", "money"),
    ("USD/trip", "dollars a trip", "money"),
    ("USD/officer", "dollars an officer", "money"),
    ("USD/officer/year", "dollars an officer a year", "money"),
    ("USD/officer/quarter", "dollars an officer a quarter", "money"),
    ("USD/agency", "dollars an agency", "money"),
    ("USD/person", "dollars a person", "money"),
    ("USD/hire", "dollars a hire", "money"),
    ("USD/claim", "dollars a claim", "money"),
    ("share", "share of one", "share"),
    ("share/year", "share a year", "share"),
    ("ratio", "ratio", "number"),
    ("count", "", "number"),
    ("officer", "officers", "number"),
    ("fte", "full-time positions", "number"),
    ("fte/booking", "full-time positions per booking a year", "number"),
    ("hour", "hours", "number"),
    ("hour/year", "hours a year", "number"),
    ("hour/officer", "hours an officer", "number"),
    ("hour/officer/year", "hours an officer a year", "number"),
    ("hour/case", "hours a case", "number"),
    ("hour/day", "hours a day", "number"),
    ("minute/case", "minutes a case", "number"),
    ("mile/trip", "miles a trip", "number"),
    ("day", "days", "number"),
    ("day/case", "days a case", "number"),
    ("day/year", "days a year", "number"),
    ("night", "nights", "number"),
    ("month", "months", "number"),
    ("year", "years", "number"),
    ("case/year", "cases a year", "number"),
    ("encounter/year", "encounters a year", "number"),
    ("encounter/officer/year", "encounters an officer a year", "number"),
    ("booking/resident/year", "bookings a resident a year", "number"),
    ("person/resident", "people held for each resident", "number"),
    ("trip/year", "trips a year", "number"),
    ("trip/case", "trips a case", "number"),
    ("claim/agency/year", "claims an agency a year", "number"),
    ("agency-year", "agency-years", "number"),
    ("log USD", "natural logarithm of dollars", "logarithm"),
    ("exponent", "exponent", "number"),
)

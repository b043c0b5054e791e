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

# How far an input is moved for "each extra ... adds $X a year": a step that a reader can picture, in the unit itself.
NATURAL_STEPS: dict[str, float] = {
    "USD": 1000,
    "USD/year": 1000,
    "USD/month": 100,
    "USD/day": 10,
    "USD/night": 10,
    "USD/hour": 1,
    "USD/mile": 0.1,
    "USD/trip": 10,
    "USD/officer": 100,
    "USD/officer/year": 100,
    "USD/officer/quarter": 100,
    "USD/agency": 1000,
    "USD/person": 100,
    "USD/hire": 1000,
    "USD/claim": 1000,
    "share": 0.01,
    "share/year": 0.01,
    "ratio": 0.1,
    "count": 1,
    "officer": 1,
    "fte": 1,
    "fte/booking": 0.0001,
    "hour": 10,
    "hour/year": 10,
    "hour/officer": 1,
    "hour/officer/year": 10,
    "hour/case": 1,
    "hour/day": 1,
    "minute/case": 1,
    "mile/trip": 10,
    "day": 1,
    "day/case": 1,
    "day/year": 10,
    "night": 1,
    "month": 1,
    "year": 1,
    "case/year": 10,
    "encounter/year": 10,
    "encounter/officer/year": 0.1,
    "booking/resident/year": 0.01,
    "person/resident": 0.001,
    "trip/year": 10,
    "trip/case": 0.1,
    "claim/agency/year": 0.01,
    "agency-year": 1,
    "log USD": 0.1,
    "exponent": 0.1,
}

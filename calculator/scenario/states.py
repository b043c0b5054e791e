"""State codes and names, and when a state's fiscal year begins.

`FISCAL_YEAR_STARTS` is a default of convenience (grade D): the month in which
the *state government's* fiscal year begins, which many local agencies share
and many do not. The user's own answer replaces it.
"""

from __future__ import annotations

NO_STATE = "US"

STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida",
    "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
    "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
    "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
    NO_STATE: "United States (no state chosen)",
}  # fmt: skip

JULY = 7
FISCAL_YEAR_STARTS: dict[str, int] = {"AL": 10, "DC": 10, "MI": 10, "NY": 4, "TX": 9}
# Texas counties run from October although the state runs from September.
COUNTY_FISCAL_YEAR_STARTS: dict[str, int] = {"TX": 10}
_COUNTY_TYPES = ("sheriff",)


def usual_fiscal_year_start(state: str, agency_type: str) -> int:
    """The month (1-12) assumed where the user gives none; a default of convenience, mark D."""
    if agency_type in _COUNTY_TYPES and state in COUNTY_FISCAL_YEAR_STARTS:
        return COUNTY_FISCAL_YEAR_STARTS[state]
    return FISCAL_YEAR_STARTS.get(state, JULY)

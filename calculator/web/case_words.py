"""The codes of the case table in words."""

from __future__ import annotations

import re

from calculator.liability.amounts import Row, paid_years, standing_of
from calculator.render.formats import in_unit

KINDS = {
    "287g-tfm": "Task force agreement",
    "287g-jem": "Jail enforcement agreement",
    "287g-wso": "Warrant service agreement",
    "287g-hybrid": "Task force and jail agreement (hybrid)",
    "detainer-only": "Holding on detainers, no agreement",
    "joint operation": "Joint operation",
    "Operation Stonegarden": "Operation Stonegarden",
    "none": "No agreement, other contact",
}
CLAIMS = {
    "individual": "Individual or small group",
    "class": "Class",
    "pattern-or-practice": "Pattern or practice",
    "doj": "U.S. Department of Justice",
}
LANES = {
    "individual": "Individual",
    "class": "Class",
    "pattern-or-practice": "Pattern",
    "doj": "Federal suit",
}
STANDING = {
    "paid": "Recorded as paid",
    "unpaid": "Unpaid or on appeal",
    "ceiling": "The most that may be paid",
    "nothing": "Nothing paid to plaintiffs",
    "unknown": "Amount not found",
}
PARTS = {
    "settlement": "Settlement",
    "verdict": "Verdict",
    "plaintiff_fees": "Plaintiffs’ fees",
    "compliance": "Compliance",
    "defense": "Own defense",
    "total": "Total, not split",
}
PAYERS = {"unknown": "payer not known", "none": "no payer"}
NOT_ADDED = {
    "umbrella": "No: repeats the other rows of this matter",
    "federal": "No: paid by the United States, not a local cost",
    "zero": "Adds nothing: no payment to plaintiffs",
    "no amount": "No: amount not found",
}


def kind_of(row: Row) -> str:
    """The kind of cooperation, without what stands in brackets after it."""
    return row["cooperation"].partition(" (")[0]


def kind_words(row: Row) -> str:
    """The kind of cooperation in words, with what stands in brackets after it."""
    found = re.search(r" \((.*)\)$", row["cooperation"])
    more = found[1].replace("287g", "287(g)") if found else ""
    kind = kind_of(row)
    words = KINDS.get(kind, kind)
    return f"{words}: {more}" if more else words


def amount_words(row: Row) -> str:
    """$200,000, or why there is no amount."""
    amount = row["amount_nominal_usd"]
    return in_unit(float(amount), "USD") if amount else "not found"


def ends_words(row: Row) -> str:
    """Lowest and highest published figure, where they differ."""
    low, high = row["amount_low"], row["amount_high"] or row["amount_nominal_usd"]
    return "" if not low or low == high else f"{in_unit(float(low), 'USD')} to {in_unit(float(high), 'USD')}"


def years_words(row: Row) -> str:
    """The years of payment as recorded."""
    years = paid_years(row)
    if years is None:
        return "no payment dated"
    return row["year_paid"].replace("FY", "fiscal ").replace("-", " to ")


def note_parts(row: Row) -> tuple[str, str]:
    """The first sentence of the note, and the rest."""
    first, *rest = re.split(r"(?<=\.) (?=[A-Z\d$])", row["note"], maxsplit=1)
    return first, "".join(rest)


def conduct_words(row: Row) -> str:
    """The years of the conduct."""
    start, end = row["conduct_start"], row["conduct_end"]
    return start if end in ("", start) else f"{start} to {end}"


def payer_words(row: Row) -> str:
    """Who paid or is to pay."""
    return PAYERS.get(row["payer"], f"by {row['payer']}")


def standing_words(row: Row) -> str:
    """Paid, unpaid, a ceiling or not known; and whether it is disputed."""
    words = STANDING[standing_of(row)]
    return f"{words}; disputed" if row["disputed"] == "yes" else words


def added_words(row: Row) -> tuple[str, str]:
    """Whether the row may be added and why not; and the row it is a part of or may overlap."""
    role = row["sum_role"]
    other = re.search(r"[A-Z]+-\d+", role)
    named = other[0] if other else ""
    if role in NOT_ADDED:
        return NOT_ADDED[role], ""
    if not role.startswith("count"):
        return "No: part of", named
    if named:
        return "Yes; may overlap", named
    if "ceiling" in role:
        return "Yes, though it is a ceiling", ""
    return ("Yes, though unpaid" if standing_of(row) == "unpaid" else "Yes"), ""

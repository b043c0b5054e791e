"""The amounts of the case table, each once, at one price level."""

from __future__ import annotations

import pytest

from calculator.editions import Edition, open_edition
from calculator.liability.amounts import (
    amounts,
    counted,
    maricopa_totals,
    matter_of,
    share_of_largest,
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition("2026.1")


def test_thirty_six_amounts_are_pooled_and_one_award_without_a_year_is_not(edition):
    found = amounts(edition)
    assert [each.row["id"] for each in found if not each.pooled] == ["BUCKS-01"]
    # Published: 28 payments to individuals and small groups, 8 class, pattern and federal matters
    assert [sum(each.pooled and each.small == small for each in found) for small in (True, False)] == [28, 8]


@pytest.mark.parametrize(
    ("basis", "share", "total"),
    [("monitor", 0.91, 391e6), ("county", 0.95, 675e6), ("undisputed", 0.89, None)],
)
def test_three_matters_hold_nearly_all_dollars(edition, basis, share, total):
    found = amounts(edition, basis)
    assert {matter_of(each.row) for each in found[:3]} == {"MEL", "SUFF", "ONAD"}
    assert round(share_of_largest(found, 3), 2) == share
    if total:
        # Published totals, with the Maricopa flows priced at 2020
        assert sum(each.value for each in found if each.pooled) == pytest.approx(total, rel=0.01)


def test_where_the_three_largest_stand(edition):
    standing = {matter_of(each.row): each.standing for each in amounts(edition)[:3]}
    assert standing == {"MEL": "paid", "SUFF": "unpaid", "ONAD": "ceiling"}
    (maricopa,) = (each for each in amounts(edition) if matter_of(each.row) == "MEL")
    assert (maricopa.nominal, maricopa.low < maricopa.value < maricopa.high) == (121_600_000, True)


def test_the_rows_that_may_be_added_make_the_monitor_total(edition):
    rows = [row for row in edition.tables["litigation_cases"].rows if counted(row)]
    maricopa = [row for row in rows if matter_of(row) == "MEL"]
    assert sum(float(row["amount_nominal_usd"]) for row in maricopa) == maricopa_totals(edition)["monitor"]
    # Published: $353 million may be added
    assert sum(float(row["amount_nominal_usd"]) for row in rows) == pytest.approx(353e6, rel=0.005)

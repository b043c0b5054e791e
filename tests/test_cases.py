"""Every published case: the inputs as published give the published figure, or the miss has its reason."""

from pathlib import Path

import pytest
import yaml

from calculator import backtest
from calculator.editions import open_edition
from calculator.errors import InputError

EDITION = open_edition(None)
FILES = backtest.case_files()
EVIDENCE = Path(__file__).resolve().parents[2] / "shared" / "evidence" / "published-costs.yaml"
OPEN_MISSES = {
    ("colorado-state-patrol-2006", "Two years of 24 positions"),
    ("frederick-md-audit", "Overtime as scheduled, ICE pays travel"),
    ("harris-tx-2017", "Two deputies, seven detention officers"),
    ("pwc-va-first-year-2008", "Without cameras, at the cost of one more day"),
    ("pwc-va-fy2008-jail", "Overtime, beyond budget"),
    ("pwc-va-fy2008-jail", "Both, less the federal money"),
    ("pwc-va-fy2008-jail", "People boarded out, a month"),
}
# Redone with a pocket calculator; the arithmetic stands at the head of each case file.
BY_HAND = {
    ("knox-tn-2025", "Billed, January"): 282 * 83,
    ("knox-tn-2025", "Net loss, February"): 18_616,
    ("knox-tn-2025", "Net loss, January to May"): 127_978,
    ("wake-nc-2007", "A year of 12 positions"): 584_167.68,  # 12 x 33,806 x 1.44
    ("wake-nc-2007", "Set-up money"): 89_975,
    ("gwinnett-ga-2020", "A year of 18 deputies"): 1_409_400,
    ("gwinnett-ga-2020", "The same at the top of the pay range"): 1_674_000,
    ("harris-tx-2017", "Ten deputies"): 577_880,
    ("harris-tx-2017", "Two deputies, seven detention officers"): 396_290,
    ("harris-tx-2017", "Cost of added jail days"): 0,
    ("anne-arundel-md-2017", "Screening hours, planned"): 1_248,
    ("anne-arundel-md-2017", "Screening hours, first year"): 67.5,
    ("anne-arundel-md-2017", "Revenue of the guaranteed beds"): 1_722_800,
    ("anne-arundel-md-2017", "Revenue of one bed for a year"): 43_070,
    ("anne-arundel-md-2017", "First 13 months, 40 beds"): 1_866_367,
    ("anne-arundel-md-2017", "First 13 months, 130 beds"): 6_065_692,
    ("fl-federal-startup-2025", "Local agencies"): 10_005_000,
    ("fl-federal-startup-2025", "Local, equipment alone"): 7_305_000,
    ("fl-federal-startup-2025", "Local, vehicles alone"): 2_700_000,
    ("fl-federal-startup-2025", "State agencies"): 28_570_000,
    ("fl-federal-startup-2025", "State, equipment alone"): 27_570_000,
    ("fl-federal-startup-2025", "State, vehicles alone"): 1_000_000,
    ("fl-federal-startup-2025", "Highway Safety and Motor Vehicles"): 13_600_000,
    ("frederick-md-audit", "Overtime as scheduled, ICE pays travel"): 2_904,
    ("frederick-md-audit", "Overtime as scheduled, agency pays travel"): 10_904,
    ("frederick-md-audit", "All as overtime, ICE pays travel"): 8_298,
    ("frederick-md-audit", "All as overtime, agency pays travel"): 16_298,
    ("tx-lbb-sb2094-2017", "Fiscal 2018"): 282_250,
    ("tx-lbb-sb2094-2017", "Fiscal 2019"): 56_450,
    ("tx-lbb-sb2094-2017", "Fiscal 2020"): 127_025,
    ("tx-lbb-sb2094-2017", "Fiscal 2021"): 70_565,
    ("tx-lbb-sb2094-2017", "Fiscal 2022"): 141_140,
    ("tx-lbb-sb2094-2017", "Fiscal 2018 and 2019"): 338_700,
    ("pwc-va-first-year-2008", "Cameras and monitoring"): 3_100_000,
    ("pwc-va-first-year-2008", "Without cameras, jail days at average cost"): 3_231_624,
    ("pwc-va-first-year-2008", "Without cameras, at the cost of one more day"): 1_751_398,
    ("pwc-va-fy2008-jail", "Housing and medical, beyond budget"): 634_383,
    ("pwc-va-fy2008-jail", "Overtime, beyond budget"): 270_729,
    ("pwc-va-fy2008-jail", "Both, less the federal money"): 125_937,
    ("pwc-va-fy2008-jail", "People boarded out, a month"): 368_042,
    ("travis-tx-2014", "At the low cost per day"): 3_800_377,
    ("travis-tx-2014", "At the high cost per day"): 7_300_351,
    ("texas-tcjs-2011-14", "Harris County"): 57_502_782,
    ("texas-tcjs-2011-14", "Henderson County"): 209_849.54,
    ("texas-tcjs-2011-14", "Harris County, as the agency sees it"): 0,
    ("lavaca-tx-2025", "Pending reimbursement"): 220_000,
    ("henderson-nc-2008", "Expenses"): 35_424,
    ("henderson-nc-2008", "Expenses less billed"): -44_576,
    ("colorado-state-patrol-2006", "Two years of 24 positions"): 4_672_741,
    ("alamance-nc-2019", "Contract, guaranteed beds"): 2_382_750,
    ("alamance-nc-2019", "The same at 155 a day"): 2_735_750,
    ("alamance-nc-2019", "Federal money of 2019, 55 people a day"): 3_111_625,
    ("alamance-nc-2019", "30 people hired, of the budget increase"): 1_734_134,
    ("la-justice-strategies-2012", "A year of added days"): 26_056_858,
    ("la-justice-strategies-2012", "Net of SCAAP"): 16_056_858,
    ("cook-il-2011", "The hold itself, a year"): 313_170,
    ("cook-il-2011", "All days in custody, a year"): 15_699_970,
    ("tx-sb8-2025", "150,000 residents"): 100_000,
    ("tx-sb8-2025", "1,200,000 residents"): 140_000,
    ("tx-sb8-2025", "Federal money first: 50,000 less 40,000"): 10_000,
    ("owyhee-id-2025", "Two officers"): 115_000,
    ("owyhee-id-2025", "Three officers"): 122_500,
    ("palmyra-wi-2025", "Start-up money, one officer"): 107_500,
    ("palmyra-wi-2025", "Pay of one officer with overtime, a year"): 139_000.20,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_case_holds_or_says_why_not(path: Path) -> None:
    case = backtest.run_case(path, EDITION)
    assert case.id == path.stem
    assert case.sources
    for row in case.rows:
        expected = backtest.MISS if (case.id, row.what) in OPEN_MISSES else (backtest.WITHIN, backtest.OPEN)
        assert row.verdict in expected, f"{row.what}: {row.ours:,.2f} against {row.published}"
        by_hand = BY_HAND.get((case.id, row.what))
        if by_hand is not None:
            assert row.ours == pytest.approx(by_hand, abs=1)


def test_what_was_redone_by_hand_is_still_there() -> None:
    rows = {(case.id, row.what) for case in backtest.backtest(EDITION) for row in case.rows}
    assert set(BY_HAND) <= rows
    assert rows >= OPEN_MISSES


@pytest.mark.skipif(
    not EVIDENCE.exists(), reason="the collection of published costs is not beside the project"
)
def test_every_published_case_has_a_file() -> None:
    published = {case["id"] for case in yaml.safe_load(EVIDENCE.read_text("utf-8"))}
    assert {path.stem for path in FILES} == published


def verdict(folder: Path, **changes: object) -> str:
    data = yaml.safe_load(next(path for path in FILES if path.stem == "lavaca-tx-2025").read_text("utf-8"))
    data["runs"][0]["compare"][0].update(changes)
    path = folder / "lavaca-tx-2025.yaml"
    path.write_text(yaml.dump(data, sort_keys=False), "utf-8")
    return backtest.run_case(path, EDITION).rows[0].verdict


def test_a_miss_needs_its_reason_and_a_stale_reason_is_an_error(tmp_path: Path) -> None:
    assert verdict(tmp_path) == backtest.WITHIN
    assert verdict(tmp_path, published=230_000) == backtest.BROKEN
    assert verdict(tmp_path, published=230_000, miss_reason="half of it was for radios") == backtest.MISS
    assert verdict(tmp_path, miss_reason="half of it was for radios") == backtest.BROKEN
    assert verdict(tmp_path, band=None) == backtest.OPEN
    assert verdict(tmp_path, band={"between": [1, 219_999]}) == backtest.BROKEN


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"figure": {"plus": ["receipts.salaries"]}}, "has no line 'receipts.salaries'"),
        ({"figure": {"lines": ["receipts.vehicles"]}}, "a figure may have the keys"),
        ({"figure": {"plus": ["receipts.vehicles"], "months": ["2025-09", "2025-10"]}}, "are not a span of"),
        ({"figure": {"plus": ["receipts.vehicles"], "months": ["2025-11", "2025-10"]}}, "are not a span of"),
        ({"band": {"percent": 3}}, "a band is one of between, dollars, share"),
        ({"verdict": "within"}, "a row of 'compare' may have the keys"),
    ],
)
def test_a_malformed_case_is_told_what_to_write(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        verdict(tmp_path, **changes)


def test_the_table_counts_its_rows() -> None:
    text, explained = backtest.backtest_text()
    assert explained
    lines = text.splitlines()
    assert "Harris County Sheriff, Texas; annual, ended Feb-Mar 2017; JEM" in lines
    assert lines[-1] == (
        "23 cases, 76 figures: 22 within their band, 27 within it with an input worked back from the "
        "published figure, 7 misses with a reason, 20 without a verdict."
    )
    assert sum(line.endswith("  miss") for line in lines) == 7
    assert max(map(len, lines)) <= 160

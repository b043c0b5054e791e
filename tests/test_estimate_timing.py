"""Whole runs redone by hand: when it is paid, and what draws add."""

from __future__ import annotations

import pytest

from calculator.calendar import Month
from calculator.editions import Edition, open_edition
from calculator.estimate import estimate
from calculator.render.record import to_json
from calculator.result import CaseResult, Estimate, OptionResult, Series, Spread
from calculator.scenario import Scenario

from .worked_example import (
    ASSUMED,
    GROSS,
    LAW,
    MONTHLY,
    START_UP,
    assert_net_is_gross_less_receipts,
    claimed,
    line,
    run,
    scenario,
)

# --- when it is paid ---------------------------------------------------------------------------------


def test_announced_money_comes_two_months_late(edition: Edition) -> None:
    case = run(edition).cases["announced"]
    # January's 22,000 in March; February to October in April to December: 9 x 93,937.50 = 845,437.50
    assert case.cash.received_by_month == (0, 0, START_UP, *[MONTHLY] * 9)
    assert case.receipts.total.central == 867_437.50
    # November and December are still unpaid: 2 x 93,937.50
    assert case.cash.unpaid_at_end.central == 187_875
    assert case.cash.unpaid_by_fiscal_year == (187_875,)
    # 48,179.25 - 867,437.50
    assert case.net.total.central == -819_258.25
    # 86,893.25 - 867,437.50
    assert case.net_full_cost.total.central == -780_544.25
    # Nothing is discounted at a rate of 0
    assert case.net_present_value.central == -819_258.25


def test_most_the_county_pays_first_and_its_month(edition: Edition) -> None:
    cash = run(edition).cases["announced"].cash
    # January: 33,880 bought, upkeep 100, coordination 55, records 41.25, outreach 100 = 34,176.25.
    # Later months: overtime 371.25, supervision 198, time-keeping 82.50, miles 175, seats 100, premium 50,
    # and the 296.25 of every month = 1,273.
    assert cash.costs_by_month == (34_176.25, *[1_273.0] * 11)
    # 34,176.25; 35,449.25; then March brings 22,000
    assert (cash.deepest.central, cash.deepest_month) == (35_449.25, Month.of(2028, 2))
    assert cash.paid_and_not_back[:4] == (34_176.25, 35_449.25, 14_722.25, -77_942.25)
    # 22,000; + 93,937.50 = 115,937.50; + 93,937.50 - 22,000 = 187,875, and so on
    assert cash.peak_unpaid_claims.central == 187_875


def test_without_federal_money_everything_stays_unpaid_back(edition: Edition) -> None:
    case = run(edition).cases["none"]
    assert case.receipts.total.central == 0
    assert case.cash.claimed == 0
    assert case.net.total.central == GROSS
    assert (case.cash.deepest.central, case.cash.deepest_month) == (GROSS, Month.of(2028, 12))


def test_three_cases_and_when_there_are_two(edition: Edition) -> None:
    assert set(run(edition).cases) == {"none", "announced"}
    paid = {"paid_share": 0.5, "disallowed_share": 0.2, "lag_months": 3}
    result = run(edition, reimbursement=paid)
    assert set(result.cases) == {"none", "announced", "expected"}
    costs = {case.cash.costs_by_month for case in result.cases.values()}
    assert len(costs) == 1
    assert result.cases["announced"].receipts.total.central == 867_437.50
    assert_net_is_gross_less_receipts(result)


def test_part_paid_and_part_refused(edition: Edition) -> None:
    paid = {"case": "expected", "paid_share": 0.5, "disallowed_share": 0.2, "lag_months": 3}
    case = run(edition, reimbursement=paid).cases["expected"]
    # 50% of 80% = 40%: January's 22,000 -> 8,800 in April; 93,937.50 -> 37,575 in May to December (8 months)
    assert case.cash.received_by_month == (0, 0, 0, 8_800, *[37_575.0] * 8)
    assert case.receipts.total.central == 309_400
    # Three months of 37,575 are still to come; 60% of 1,055,312.50 never comes
    assert case.cash.unpaid_at_end.central == 112_725
    assert case.cash.disallowed == 633_187.50
    assert case.cash.claimed == 309_400 + 112_725 + 633_187.50
    # January to March: 34,176.25 + 2 x 1,273 = 36,722.25; April brings 8,800
    assert (case.cash.deepest.central, case.cash.deepest_month) == (36_722.25, Month.of(2028, 3))
    assert case.net.total.central == -261_220.75


def test_federal_money_for_work_until_a_month(edition: Edition) -> None:
    paid = {"case": "expected", "paid_share": 1, "disallowed_share": 0, "lag_months": 2, "ends": "2028-06"}
    case = run(edition, reimbursement=paid).cases["expected"]
    # Work of January to June is paid, March to August: 22,000 + 5 x 93,937.50
    assert case.cash.received_by_month == (0, 0, START_UP, *[MONTHLY] * 5, 0, 0, 0, 0)
    assert case.receipts.total.central == 491_687.50
    assert case.cash.unpaid_at_end.central == 0
    assert case.cash.claimed == 491_687.50


def test_payments_that_stop_leave_claims_unpaid(edition: Edition) -> None:
    paid = {
        "case": "expected", "paid_share": 1, "disallowed_share": 0, "lag_months": 2, "stops_after_months": 6,
    }  # fmt: skip
    case = run(edition, reimbursement=paid).cases["expected"]
    # Paid in March to June only: 22,000 + 3 x 93,937.50 = 303,812.50 of 1,055,312.50
    assert case.receipts.total.central == 303_812.50
    assert case.cash.unpaid_at_end.central == 751_500


def test_a_term_that_changes_inside_a_year(edition: Edition) -> None:
    share = [{"from": "2028-01", "value": 1}, {"from": "2028-07", "value": 0}]
    result = run(edition, assume={"receipts.salary_share": share})
    salary = line(result, "receipts.salary_and_benefits")
    # February to June: 5 x 93,600; nothing from July
    assert salary.by_period == pytest.approx((468_000, 0))
    assert salary.by_month == (0, 0, 0, *[93_600.0] * 5, 0, 0, 0, 0)
    # Overtime goes on
    assert claimed(result, "receipts.overtime") == 3_712.50


def test_announced_salary_ends_with_its_term_unless_renewed() -> None:
    """The last month is a term of the edition: 2026.1 has 30 September 2029."""
    edition = open_edition(LAW)
    data = scenario(agreement={"starts": "2029-04"}).canonical()
    del data["assume"]["receipts.salary_share"]
    lapsed = estimate(Scenario.from_mapping(data), edition, draws=0, only_proposed=True)
    assert lapsed.federal_end == Month.of(2029, 9)
    # On duty from May; paid for May to September, in July to November: 5 x 93,600
    salary = line(lapsed.proposed, "receipts.salary_and_benefits")
    assert salary.by_month == (0, 0, 0, *[93_600.0] * 5, 0, 0, 0, 0)
    data["reimbursement"] = {"renewed": True}
    renewed = estimate(Scenario.from_mapping(data), edition, draws=0, only_proposed=True)
    assert renewed.federal_end is None
    assert claimed(renewed.proposed, "receipts.salary_and_benefits") == 1_029_600


def test_present_value_takes_each_month_at_its_middle(edition: Edition) -> None:
    case = run(edition, assume={"economics.discount_rate": 0.05}).cases["none"]
    # Month k (0 to 11) counts 1.05 to the power -(k + 0.5) / 12
    redone = 34_176.25 * 1.05 ** (-0.5 / 12) + sum(1_273 * 1.05 ** (-(k + 0.5) / 12) for k in range(1, 12))
    assert case.net_present_value.central == pytest.approx(redone, abs=0.0051)


# --- draws --------------------------------------------------------------------------------------------

RANGES = {
    "agency": {"state": "TX", "type": "sheriff", "sworn_officers": 150, "residents": 180_000},
    "agreement": {"starts": "2028-01", "years": 2, "proposed": "tfm"},
    "officers": {"tfm": 12},
    "reimbursement": {"case": "expected", "paid_share": 0.5, "lag_months": 3},
}


def drawn(edition: Edition, seed: int = 287, draws: int = 400) -> Estimate:
    data = RANGES | {"simulation": {"seed": seed}}
    return estimate(Scenario.from_mapping(data), edition, draws=draws)


def spreads(result: OptionResult) -> list[Spread]:
    def of(series: Series) -> list[Spread]:
        return [*series.by_fiscal_year, series.first_12_months, series.total]

    def of_case(case: CaseResult) -> list[Spread]:
        cash = case.cash
        money = (case.receipts, case.federal_receipts, case.state_receipts, case.net, case.net_full_cost)
        return [
            *(spread for series in money for spread in of(series)),
            case.net_present_value, cash.deepest, cash.peak_unpaid_claims, cash.unpaid_at_end,
        ]  # fmt: skip

    found = [spread for case in result.cases.values() for spread in of_case(case)]
    for series in (result.gross, result.gross_full_cost, result.one_time, result.recurring):
        found += of(series)
    return found + [each.total for each in result.lines]


def test_no_draws_no_spread(edition: Edition) -> None:
    result = drawn(edition, draws=0)
    assert result.draws == 0
    for option in result.options:
        assert all(each.low == each.central == each.high for each in spreads(option))
        assert option.gross.median_total == option.gross.total.central


def test_draws_leave_the_central_figures_and_add_a_range(edition: Edition) -> None:
    plain, ranged = drawn(edition, draws=0), drawn(edition)
    for one, many in zip(plain.options, ranged.options, strict=True):
        assert [each.central for each in spreads(one)] == [each.central for each in spreads(many)]
        assert all(each.low <= each.central <= each.high for each in spreads(many))
    gross = ranged.proposed.gross.total
    assert gross.low < gross.central < gross.high
    # Full cost is budget cost and something that is never negative, draw by draw, so each percentile too.
    full = ranged.proposed.gross_full_cost.total
    assert full.low >= gross.low
    assert full.high >= gross.high


def test_one_seed_one_record_and_another_seed_another(edition: Edition) -> None:
    first, again, other = (to_json(drawn(edition, seed)) for seed in (287, 287, 288))
    assert first == again
    gross, others = drawn(edition, 287).proposed.gross.total, drawn(edition, 288).proposed.gross.total
    assert first != other
    assert gross.central == others.central
    assert (gross.low, gross.high) != (others.low, others.high)


def test_where_every_value_is_entered_draws_change_nothing(edition: Edition) -> None:
    certain = estimate(scenario(), edition, draws=200, only_proposed=True).proposed
    assert (certain.gross.total.low, certain.gross.total.high) == pytest.approx((GROSS, GROSS), abs=0.011)
    announced = certain.cases["announced"].receipts.total
    assert (announced.low, announced.high) == pytest.approx((867_437.50, 867_437.50), abs=0.011)


def test_overtime_and_hired_hours_never_add_up_to_more_than_all_in_a_draw(edition: Edition) -> None:
    kept = {key: value for key, value in ASSUMED.items() if key != "staffing.overtime_share"}
    halves = scenario(assume={"staffing.hired_share": 0.6})
    data = halves.canonical()
    data["assume"] = {key: value for key, value in data["assume"].items() if key in kept}
    result = estimate(Scenario.from_mapping(data), edition, draws=2_000, only_proposed=True).proposed
    # The default range of the overtime share reaches beyond the 40% left: there the diverted part is 0, not less
    diverted = line(result, "operations.time").total
    assert diverted.low == 0
    assert diverted.central > 0

"""Whole runs redone by hand: the worked example below is a pocket-calculator page, its lines follow in comments.

Every value that matters is set in the scenario, so the figures hold for any
edition. State law cannot be set; those tests name the edition they read.

The agency: 12 task force officers, all nominated in January 2028 and trained
within the month, so 12 officers are on duty in the 11 months from February:
11 officer-years, and 11/12 of a year of program work.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculator.editions import Edition
from calculator.estimate import estimate
from calculator.result import Line, OptionResult
from calculator.scenario import Scenario

LAW = "2026.1"  # the edition whose state rules are quoted below

ASSUMED: dict[str, Any] = {
    "economics.pay_growth": 0, "economics.price_growth": 0, "economics.discount_rate": 0,
    # $62,400 / 2,080 = $30 an hour; overtime 30 x 1.5 x 1.1 = $49.50; pay with benefits $93,600, an hour $52.
    "pay.officer.salary": 62_400, "pay.officer.benefit_load": 0.5,
    # $40 an hour; overtime $66; 124,800 / 1,800 = $69.3333.
    "pay.supervisor.salary": 83_200, "pay.supervisor.benefit_load": 0.5,
    # $20 an hour; overtime $33; 62,400 / 1,800 = $34.6667.
    "pay.clerk.salary": 41_600, "pay.clerk.benefit_load": 0.5,
    "pay.standard_hours": 2_080, "pay.overtime_multiplier": 1.5, "pay.overtime_load": 0.1,
    "pay.straight_time_slack": 0,
    "staffing.net_work_hours": 1_800, "staffing.overtime_share": 0.25, "staffing.hired_share": 0,
    "staffing.ramp_up_months": 1, "staffing.officer.turnover": 0, "staffing.officer.hiring_cost": 0,
    "training.attrition": 0, "training.initial_hours": 40, "training.backfill_share": 0.5,
    "training.refresher_hours": 8, "training.refresher_interval": 1, "training.travel_nights": 0,
    # 120 encounters of 2 h; 120 x 50% x 50% = 30 runs of 4 h: 240 + 120 = 360 h a year.
    "operations.encounters": 120, "operations.encounter_hours": 2, "operations.arrest_share": 0.5,
    "operations.ice_collects_share": 0.5, "operations.transport_hours": 4,
    "operations.round_trip_miles": 100, "operations.cost_per_mile": 0.7,
    "operations.supervision_hours": 12, "operations.coordination_hours": 40,
    "operations.timekeeping_hours": 10,
    "administration.records_hours": 60, "administration.outreach_cost": 1_200,
    "administration.equipment_cost": 1_000, "administration.equipment_life": 5,
    "administration.vehicle_purchase": 10_000, "administration.vehicle_life": 5,
    "administration.vehicle_upkeep": 0.12, "administration.it_seat_cost": 100,
    "liability.premium_change": 50,
    "receipts.salary_share": 1, "receipts.overtime_salary_cap": 0.25, "receipts.award_amount": 0,
    "receipts.equipment_ceiling": 7_500, "receipts.vehicle_ceiling": 100_000,
    "receipts.announced_lag_months": 2,
}  # fmt: skip

# Cost of the 12 months. 330 h of program work, a quarter of them overtime.
COSTS = {
    "training.backfill": 11_880.00,  # 12 x 40 h x 50% x $49.50
    "training.travel": 0.00,
    "training.refresher": 0.00,  # the first falls in the thirteenth month
    "operations.overtime": 4_083.75,  # 360 x 11/12 = 330 h x 25% = 82.5 h x $49.50
    "operations.supervision": 2_178.00,  # 11 x 12 h x 25% x $66
    "operations.transport": 1_925.00,  # 30 runs x 11/12 x 100 miles x $0.70
    "operations.positions": 0.00,
    "operations.hiring": 0.00,
    "operations.timekeeping": 907.50,  # 11 x 10 h x 25% x $33
    "operations.coordination": 660.00,  # 40 h x 25% x $66
    "administration.equipment": 12_000.00,  # 12 x $1,000
    "administration.vehicles": 10_000.00,
    "administration.vehicle_upkeep": 1_200.00,  # 10,000 x 12%
    "administration.it": 1_100.00,  # 11 x $100
    "administration.records_and_complaints": 495.00,  # 60 h x 25% x $33
    "administration.outreach": 1_200.00,
    "liability.premium": 550.00,  # 11 x $50
}
GROSS = 48_179.25
DIVERTED = {
    "tfm": 19_734.00,  # (330 h x $52 + 11 x 12 h x $69.3333) x 75% = (17,160 + 9,152) x 75%
    "shared": 3_640.00,  # (40 h x $69.3333 + 60 h x $34.6667) x 75% = 4,853.33 x 75%
    "class": 12_480.00,  # 12 x 40 h x 50% x $52
    "claims": 2_860.00,  # 11 x 10 h x $34.6667 x 75%
}
CLAIMS = {
    "receipts.salary_and_benefits": 1_029_600.00,  # 11 x $93,600
    "receipts.overtime": 3_712.50,  # 82.5 h x $45 of wages; 25% of pay would be 171,600
    "receipts.performance_awards": 0.00,
    "receipts.equipment": 12_000.00,  # 12 x the lesser of $7,500 and $1,000
    "receipts.vehicles": 10_000.00,  # the lesser of $100,000 and $10,000
    "receipts.travel": 0.00,
    "receipts.replacement_travel": 0.00,
}
START_UP = 22_000.00  # equipment and vehicles, claimed in January
MONTHLY = 93_937.50  # February on: 12 x 93,600 / 12 + 3,712.50 / 11 = 93,600 + 337.50


def scenario(
    officers: Any = 12,
    /,
    *,
    agency: dict[str, Any] | None = None,
    agreement: dict[str, Any] | None = None,
    assume: dict[str, Any] | None = None,
    **sections: Any,
) -> Scenario:
    """The worked example with something changed."""
    values = ASSUMED | (assume or {})
    return Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "police", "sworn_officers": 100} | (agency or {}),
            "agreement": {"starts": "2028-01", "years": 1, "fiscal_year_starts": 1, "proposed": "tfm"}
            | (agreement or {}),
            "officers": {"tfm": officers},
            "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
        }
        | sections
    )


def run(edition: Edition, *args: Any, **changes: Any) -> OptionResult:
    return estimate(scenario(*args, **changes), edition, draws=0, only_proposed=True).proposed


def line(result: OptionResult, line_id: str, model: str = "tfm") -> Line:
    (found,) = (each for each in result.lines if each.id == line_id and each.model == model)
    return found


def total(result: OptionResult, line_id: str, model: str = "tfm") -> float:
    return line(result, line_id, model).total.central


def claimed(result: OptionResult, line_id: str) -> float:
    return sum(line(result, line_id).claimed or ())


def assert_net_is_gross_less_receipts(result: OptionResult) -> None:
    gross, full = result.gross.total.central, result.gross_full_cost.total.central
    for case in result.cases.values():
        assert case.net.total.central == pytest.approx(gross - case.receipts.total.central, abs=0.001)
        assert case.net_full_cost.total.central == pytest.approx(
            full - case.receipts.total.central, abs=0.001
        )
        assert case.receipts.total.central == pytest.approx(
            case.federal_receipts.total.central + case.state_receipts.total.central, abs=0.001
        )

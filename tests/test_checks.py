"""A check that fails stops the report and names itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.checks import reconcile
from calculator.errors import CheckFailed
from calculator.estimate import estimate
from calculator.result import Estimate, Line
from calculator.scenario import Scenario


@pytest.fixture(scope="module")
def jail() -> Estimate:
    scenario = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": "sheriff", "sworn_officers": 100},
            "agreement": {"proposed": "wso", "years": 2},
            "officers": {"wso": 6},
            "assume": {"detention.ice_per_diem": {"value": 45, "reason": "a separate agreement"}},
        }
    )
    return estimate(scenario, draws=0, only_proposed=True)


def with_line(run: Estimate, line_id: str, **changes: object) -> Estimate:
    def changed(line: Line) -> Line:
        return replace(line, **changes) if line.id == line_id else line

    options = [replace(option, lines=tuple(changed(line) for line in option.lines)) for option in run.options]
    return replace(run, options=tuple(options))


def found(run: Estimate, line_id: str) -> Line:
    return next(line for line in run.proposed.lines if line.id == line_id)


def test_all_hold(jail: Estimate) -> None:
    assert {finding.severity for finding in reconcile(jail).checks} <= {"passed", "warning"}


def test_a_day_claimed_twice_stops_the_report(jail: Estimate) -> None:
    with pytest.raises(CheckFailed, match="R09: no base is claimed twice does not hold for wso"):
        reconcile(
            with_line(jail, "receipts.scaap", by_period=found(jail, "receipts.detention_per_diem").by_period)
        )


def test_a_claim_above_its_base_stops_the_report(jail: Estimate) -> None:
    line = found(jail, "receipts.detention_per_diem")
    base = tuple(value - 1 for value in line.base or ())
    with pytest.raises(CheckFailed, match="R08"):
        reconcile(with_line(jail, line.id, base=base))


def test_a_line_that_does_not_add_up_stops_the_report(jail: Estimate) -> None:
    line = found(jail, "operations.overtime")
    years = (line.by_fiscal_year[0] + 1, *line.by_fiscal_year[1:])
    with pytest.raises(CheckFailed, match=r"R01.*R02"):
        reconcile(with_line(jail, line.id, by_fiscal_year=years))

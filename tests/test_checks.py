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


def loaded(cases: int, *, kind: str = "sheriff", proposed: str = "wso", **assume: float) -> list[str]:
    """W05 where 2 officers serve warrants, an hour each."""
    values = {
        "operations.jail_cases": cases, "operations.warrant_minutes": 60, "operations.transport_runs": 0,
        "staffing.net_work_hours": 1_800,
    } | assume  # fmt: skip
    scenario = Scenario.from_mapping(
        {
            "agency": {"state": "US", "type": kind, "sworn_officers": 100},
            "agreement": {"proposed": proposed, "years": 2},
            "officers": {proposed: 2},
            "assume": {each: {"value": value, "reason": "test"} for each, value in values.items()},
        }
    )
    checks = estimate(scenario, draws=0, only_proposed=True).checks
    return [finding.message for finding in checks if finding.id == "W05"]


def test_more_work_than_the_officers_have_hours_is_said() -> None:
    # 3,600 hours of 2 officers are all they have; one case more is 1,800.5 hours each.
    assert loaded(3_600) == []
    assert loaded(3_602) == [
        "Warrant Service: the work comes to 1,801 program hours a year for each trained officer, more than the "
        "1,800 hours one officer works. The volume of work does not follow the number of officers: enter the "
        "jail cases a year that they can handle, or the number of officers that the work takes."
    ]
    # The encounters of a state agency do follow its officers: 1,000 of 2 hours for each.
    (state,) = loaded(
        0, kind="state", proposed="tfm",
        **{"operations.encounters_per_trained_officer": 1_000, "operations.encounter_hours": 2},
    )  # fmt: skip
    assert state.endswith("Enter the encounters of each officer a year that they can handle.")
    assert "2,000 program hours" in state
    (typed,) = loaded(
        0, kind="state", proposed="tfm", **{"operations.encounters": 2_000, "operations.encounter_hours": 2}
    )
    assert "does not follow the number of officers: enter the encounters a year that" in typed
    # A unit of 3 positions is 3 x 1,800 = 5,400 hours, 2,700 for each of 2 officers.
    (unit,) = loaded(0, proposed="jem", **{"staffing.jem_unit_positions": 3})
    assert "2,700 program hours" in unit
    assert "enter the positions of the jail unit" in unit

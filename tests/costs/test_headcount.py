"""Heads by month redone by hand: ramp-up, attrition, turnover, dated officers, refreshers, second purchases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calculator.calendar import Calendar, Month
from calculator.costs.context import Context, HeadcountPath
from calculator.costs.headcount import Rates, monthly
from calculator.options import headcount_path, own_shares
from calculator.scenario.values import Step

PLAIN = Rates(
    ramp_up_months=1.0, turnover=0.0, attrition=0.0, refresher_interval=1.0, equipment_life=5.0, vehicle_life=5.0
)  # fmt: skip
TWELVE = HeadcountPath(0.0, ((0, 12.0),))


def heads(
    path: HeadcountPath, months: int, rates: Rates = PLAIN, own: tuple[tuple[int, float], ...] = ()
) -> dict[str, list[float]]:
    context = Context("tfm", "officer", path, own, ())
    return {name: values.tolist() for name, values in monthly(context, months, rates).items()}


def near(*values: float) -> object:
    return pytest.approx(values, abs=1e-12)


def test_three_months_with_ramp_up_attrition_and_turnover() -> None:
    found = heads(TWELVE, 3, replace(PLAIN, ramp_up_months=2.0, attrition=0.2, turnover=0.12))
    # 12 officers over 2 months: 6 finish in each; on duty from the month after.
    assert found["new_positions"] == near(6, 6, 0)
    # 80% finish: 6 / 0.8 = 7.5 enter.
    assert found["entries"] == near(7.5, 7.5, 0)
    # On duty 0, 6, 12; in years a twelfth of that.
    assert found["officer_years"] == near(0, 0.5, 1)
    # 1% leave each month: 0, 0.06, 0.12 are replaced; at 80%, 0, 0.075, 0.15 enter.
    assert found["replacements"] == near(0, 0.075, 0.15)
    # Program work at 0%, 50%, 100%, in years.
    assert found["duty_years"] == near(0, 0.5 / 12, 1 / 12)
    # Each position is equipped once; a replacement takes over the set.
    assert found["equipment_sets"] == near(6, 6, 0)
    # Hired people: all in the first month, then 1% a month anew.
    assert found["hires"] == near(1.01, 0.01, 0.01)


def test_a_ramp_that_ends_inside_a_month() -> None:
    # 12 officers over 1.5 months: 8 in the first month, 4 in the second.
    found = heads(TWELVE, 3, replace(PLAIN, ramp_up_months=1.5))
    assert found["entries"] == near(8, 4, 0)
    assert found["officer_years"] == near(0, 8 / 12, 1)


def test_dated_officers_in_three_months() -> None:
    # 4 on duty at the start, 6 from the second month, 3 from the third.
    found = heads(HeadcountPath(4.0, ((1, 2.0), (2, -3.0))), 3)
    # The two new ones are in class in the second month: on duty 4, 4, 6 - 3 = 3.
    assert found["officer_years"] == near(4 / 12, 4 / 12, 3 / 12)
    assert found["entries"] == near(0, 2, 0)
    # Of the fewest nominated so far, on duty: 4/4, 4/4, 3/3.
    assert found["duty_years"] == near(1 / 12, 1 / 12, 1 / 12)
    # Sets last 60 months. Those of the 4 come round evenly, 4/60 a month; of 6 then on duty half are given up.
    assert found["equipment_sets"] == near(4 / 60, 2 + 4 / 60, 2 / 60)
    # One vehicle is kept already, and replaced evenly over its 60 months; no start-up money is due for it.
    assert found["vehicle_purchases"] == near(1 / 60, 1 / 60, 1 / 60)
    assert found["first_purchase"] == near(0, 0, 0)
    assert found["hires"] == near(0, 0, 0)


def test_added_officers_take_no_work_from_those_already_there() -> None:
    ramp = replace(PLAIN, ramp_up_months=2.0)
    # 6 at 3 a month, 4 more from the fourth month at 2: on duty 0, 3, 6, 6, 8, 10; 6 do all the work.
    found = heads(HeadcountPath(0.0, ((0, 6.0), (3, 4.0))), 6, ramp)
    assert found["officer_years"] == near(0, 3 / 12, 6 / 12, 6 / 12, 8 / 12, 10 / 12)
    assert found["duty_years"] == near(0, 0.5 / 12, *[1 / 12] * 4)
    # 10 at 5 a month, 6 from the fourth month: on duty 0, 5, 10, 6: 5/10, 10/10, 6/6.
    assert heads(HeadcountPath(0.0, ((0, 10.0), (3, -4.0))), 4, ramp)["duty_years"] == near(
        0, 0.5 / 12, 1 / 12, 1 / 12
    )
    # 6 trained before the start, 10 from the first month on: the 6 do all the work.
    assert heads(HeadcountPath(6.0, ((0, 4.0),)), 2, ramp)["duty_years"] == near(1 / 12, 1 / 12)
    # All 6 given up, and 8 new ones two months later at 4 a month: on duty 6, 0, 0, 4 of 6, 8.
    gap = HeadcountPath(6.0, ((1, -6.0), (2, 8.0)))
    assert heads(gap, 5, ramp)["duty_years"] == near(1 / 12, 0, 0, 4 / 6 / 12, 1 / 12)


def test_officers_dated_after_the_start_are_bought_for_and_hired_then() -> None:
    found = heads(HeadcountPath(0.0, ((2, 12.0),)), 5, replace(PLAIN, turnover=0.12, vehicle_life=1 / 6))
    assert found["first_purchase"] == near(0, 0, 1, 0, 0)
    # A life of two months: bought in the third month and again in the fifth.
    assert found["vehicle_purchases"] == near(0, 0, 1, 0, 1)
    assert found["hires"] == near(0, 0, 1.01, 0.01, 0.01)
    assert found["vehicle_years"] == near(0, 0, 1 / 12, 1 / 12, 1 / 12)


def test_a_cut_during_the_ramp_up_stops_the_courses() -> None:
    # 12 over 6 months are 2 a month; all are given up in the second month, after 2 courses.
    found = heads(HeadcountPath(0.0, ((0, 12.0), (1, -12.0))), 8, replace(PLAIN, ramp_up_months=6.0))
    assert found["entries"] == near(2, 0, 0, 0, 0, 0, 0, 0)
    assert found["equipment_sets"] == near(2, 0, 0, 0, 0, 0, 0, 0)
    assert found["officer_years"] == near(0, 0, 0, 0, 0, 0, 0, 0)
    # Cut to 7 in the fourth month, when 6 are trained: one more course, then none.
    found = heads(HeadcountPath(0.0, ((0, 12.0), (3, -5.0))), 6, replace(PLAIN, ramp_up_months=6.0))
    assert found["entries"] == near(2, 2, 2, 1, 0, 0)
    assert found["officer_years"] == near(0, 2 / 12, 4 / 12, 6 / 12, 7 / 12, 7 / 12)


def test_a_second_rise_does_not_bring_back_courses_that_stopped() -> None:
    # 12 over 4 months are 3 a month; none from the second month; 4 more from the third, 1 a month.
    path = HeadcountPath(0.0, ((0, 12.0), (1, -12.0), (2, 4.0)))
    found = heads(path, 7, replace(PLAIN, ramp_up_months=4.0))
    assert found["entries"] == near(3, 0, 1, 1, 1, 1, 0)


def test_those_given_up_take_no_refresher_and_get_no_new_equipment() -> None:
    # 12 on duty from the second month, 3 of them kept from the seventh: a quarter.
    path = HeadcountPath(0.0, ((0, 12.0), (6, -9.0)))
    found = heads(path, 14, replace(PLAIN, equipment_life=1.0))
    assert found["refreshers"][12] == pytest.approx(3)
    assert {month: value for month, value in enumerate(found["equipment_sets"]) if value} == pytest.approx(
        {0: 12, 12: 3}
    )
    # Given up in the month in which the refresher falls due: not taken.
    assert heads(HeadcountPath(0.0, ((0, 12.0), (12, -12.0))), 14)["refreshers"] == near(*[0] * 14)
    # 4 trained before the start, none from the third month: 4/12 a month until then.
    assert heads(HeadcountPath(4.0, ((2, -4.0),)), 4)["refreshers"] == near(4 / 12, 4 / 12, 0, 0)


def test_courses_of_the_latest_rise_stop_first() -> None:
    # 6 from the first month at 1.5 a month, 8 more from the second at 2; 4 are given up in the third.
    # Trained by then 3 and 2; of 6 courses left of the second rise 4 stop, all 3 of the first go on.
    path = HeadcountPath(0.0, ((0, 6.0), (1, 8.0), (2, -4.0)))
    found = heads(path, 6, replace(PLAIN, ramp_up_months=4.0))
    assert found["entries"] == near(1.5, 3.5, 3.5, 1.5, 0, 0)


def test_each_draw_stops_its_own_courses() -> None:
    rates = replace(PLAIN, ramp_up_months=np.array([[2.0], [4.0]]))
    found = heads(HeadcountPath(0.0, ((0, 12.0), (2, -6.0))), 5, rates)
    # Row 1: all 12 trained, 6 given up. Row 2: 6 trained, the 6 courses left stop.
    assert found["entries"] == [near(6, 6, 0, 0, 0), near(3, 3, 0, 0, 0)]
    assert found["officer_years"] == [near(0, 0.5, 0.5, 0.5, 0.5), near(0, 0.25, 0.5, 0.5, 0.5)]


def test_dates_become_months_after_the_start() -> None:
    steps = tuple(
        Step(Month.parse(month), value)
        for month, value in (("2026-05", 2), ("2027-01", 4), ("2028-02", 6), ("2028-04", 3), ("2029-02", 9))
    )
    calendar = Calendar(Month.parse("2028-02"), 12, 7)
    # The last step before February 2028 is 4. Then 6 at once (+2) and 3 two months on (-3); 2029-02 is after the end.
    path = headcount_path(steps, calendar)
    assert path == HeadcountPath(4, ((0, 2), (2, -3)))
    assert path.peak == 6
    # Fewer from the first month on: those given up before are never on duty.
    fewer = (Step(Month.parse("2027-01"), 12), Step(Month.parse("2028-02"), 4))
    assert headcount_path(fewer, calendar) == HeadcountPath(4, ())
    # One number is a start from nobody trained.
    assert headcount_path(12, calendar) == HeadcountPath(0.0, ((0, 12.0),))
    assert headcount_path(0, calendar) == HeadcountPath(0.0, ())


def test_nobody_nominated_gives_nothing() -> None:
    assert all(value == 0 for values in heads(HeadcountPath(0.0, ()), 15).values() for value in values)


def test_an_agreement_ended_for_all_leaves_nobody_on_duty() -> None:
    found = heads(HeadcountPath(0.0, ((0, 12.0), (2, -12.0))), 4)
    # On duty 0, 12, then none.
    assert found["officer_years"] == near(0, 1, 0, 0)
    assert found["vehicle_years"] == near(1 / 12, 1 / 12, 0, 0)


def test_refreshers_come_after_a_whole_interval_for_those_still_there() -> None:
    found = heads(TWELVE, 26, replace(PLAIN, turnover=0.1))
    refreshers = found["refreshers"]
    assert refreshers[:12] == [0.0] * 12
    # 12 certified in the first month; a year on 90% are left: 10.8.
    assert refreshers[12] == pytest.approx(10.8)
    # In the second month 12 x 10% / 12 = 0.1 were certified as replacements: 0.09 a year on.
    assert refreshers[13] == pytest.approx(0.09)
    # Two years on: 12 x 0.81 = 9.72, and 0.9 x 0.1 = 0.09 of those certified in the thirteenth month.
    assert refreshers[24] == pytest.approx(9.72 + 0.09)


def test_an_interval_of_two_years_brings_none_in_the_first_two() -> None:
    refreshers = heads(TWELVE, 25, replace(PLAIN, refresher_interval=2.0, turnover=0.1))["refreshers"]
    assert refreshers[:24] == [0.0] * 24
    # 12 x 0.9 x 0.9 = 9.72
    assert refreshers[24] == pytest.approx(9.72)


def test_those_trained_before_the_start_come_round_evenly() -> None:
    # 6 officers once a year: half an officer a month.
    assert heads(HeadcountPath(6.0, ()), 3)["refreshers"] == near(0.5, 0.5, 0.5)


def test_equipment_and_vehicles_are_bought_again_at_the_end_of_their_life() -> None:
    found = heads(TWELVE, 26, replace(PLAIN, equipment_life=1.0, vehicle_life=2.0))
    bought = {month: value for month, value in enumerate(found["equipment_sets"]) if value}
    assert bought == pytest.approx({0: 12, 12: 12, 24: 12})
    assert [month for month, value in enumerate(found["vehicle_purchases"]) if value] == [0, 24]
    # Only the first purchase counts for start-up money, and only new positions for equipment money.
    assert sum(found["first_purchase"]) == 1
    assert sum(found["new_positions"]) == pytest.approx(12)


def test_people_with_two_roles_are_one_head() -> None:
    # 3 of 12 already counted elsewhere: 9 / 12 = 0.75 of heads; courses are taken by all.
    found = heads(TWELVE, 3, own=((0, 0.75),))
    assert found["entries"] == near(12, 0, 0)
    assert found["officer_years"] == near(0, 1, 1)
    assert found["unique_officer_years"] == near(0, 0.75, 0.75)
    assert found["equipment_sets"] == near(9, 0, 0)
    assert found["new_positions"] == near(9, 0, 0)


def test_people_with_two_roles_are_one_head_in_the_months_in_which_they_have_both() -> None:
    # 12 of one model from the start; 8 of the other from the second month, none from the fourth; 3 people in both.
    first = HeadcountPath(0.0, ((1, 8.0), (3, -8.0)))
    shares = own_shares({"wso": TWELVE, "tfm": first}, 3)
    # Warrant service: 12/12, then (12 - 3) / 12, then 12/12. The task force keeps all its heads.
    assert shares == {"tfm": (), "wso": ((1, 0.75), (3, 1.0))}
    found = heads(TWELVE, 5, replace(PLAIN, ramp_up_months=2.0), own=shares["wso"])
    # 6 trained in each of two months: 6 and 6 x 75% are heads of its own.
    assert found["new_positions"] == near(6, 4.5, 0, 0, 0)
    assert found["equipment_sets"] == near(6, 4.5, 0, 0, 0)
    # On duty 0, 6, 12, 12, 12; own heads 0, 4.5, 9, 12, 12.
    assert found["unique_officer_years"] == near(0, 4.5 / 12, 0.75, 1, 1)
    assert found["entries"] == near(6, 6, 0, 0, 0)


def test_no_more_people_have_two_roles_than_either_role_has() -> None:
    four, two = HeadcountPath(4.0, ()), HeadcountPath(2.0, ())
    # 3 in both, but only 2 in the other: 4 - 2 = 2 of 4. Then 2 of its own: 2 - 2 = 0.
    assert own_shares({"tfm": two, "jem": four}, 3) == {"tfm": (), "jem": ((0, 0.5),)}
    assert own_shares({"tfm": four, "jem": two}, 3) == {"tfm": (), "jem": ((0, 0.0),)}
    # Three models, 4, 4 and 2 with 3 in two of them: 2 of warrant service, and 1 of 4 of jail enforcement.
    three = own_shares({"jem": four, "tfm": four, "wso": two}, 3)
    assert three == {"tfm": (), "jem": ((0, 0.75),), "wso": ((0, 0.0),)}
    # Nobody nominated: nothing to share.
    none = HeadcountPath(0.0, ())
    assert own_shares({"jem": four, "tfm": four, "wso": none}, 3)["jem"] == ((0, 0.25),)
    assert own_shares({"jem": four, "wso": four}, 0) == {"jem": (), "wso": ()}


def test_each_draw_has_its_own_path() -> None:
    rates = replace(
        PLAIN, ramp_up_months=np.array([[1.0], [2.0]]), turnover=np.array([[0.0], [0.12]]),
        attrition=np.array([[0.0], [0.2]]),
    )  # fmt: skip
    found = heads(TWELVE, 3, rates)
    # The first row as with one month and nobody leaving; the second as in the first test.
    assert found["entries"] == [near(12, 0, 0), near(7.5, 7.5, 0)]
    assert found["replacements"] == [near(0, 0, 0), near(0, 0.075, 0.15)]

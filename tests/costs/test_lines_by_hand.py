"""Each line redone by hand from a worked example; the arithmetic stands in the comments."""

import pytest

from calculator.costs import administration, detention, hours, operations, rates, receipts, training, volumes


def run(spec, **inputs):
    return float(spec.formula.function(**inputs))


def test_rates():
    # $65,870 / 2,080 = 31.668269 an hour
    assert run(rates.straight_hourly_wage, salary=65_870, hours=2_080) == pytest.approx(31.668269, abs=1e-6)
    # 31.668269 x 1.5 x 1.0765 = 51.136...
    assert run(
        rates.overtime_rate, straight_hourly_wage=31.668269, overtime_multiplier=1.5, overtime_load=0.0765
    ) == pytest.approx(51.136338, abs=1e-5)
    # 65,870 x 1.53 = 100,781.10; / 1,760 = 57.261988...
    assert run(
        rates.fully_loaded_hourly_rate, salary=65_870, benefit_load=0.53, net_work_hours=1_760
    ) == pytest.approx(57.261989, abs=1e-5)
    # 65,870 x 1.53 / 2,080 = 48.452...
    assert run(rates.payroll_rate, salary=65_870, benefit_load=0.53, standard_hours=2_080) == pytest.approx(
        48.452452, abs=1e-5
    )


def test_one_position_of_hours_costs_one_position_of_pay():
    rate = run(rates.fully_loaded_hourly_rate, salary=80_000, benefit_load=0.5, net_work_hours=1_600)
    # 80,000 x 1.5 = 120,000 for 1,600 hours
    assert rate * 1_600 == pytest.approx(120_000)


def test_training_cover():
    # 12 officers x 40 h x 35% x $50 = 8,400
    assert (
        run(training.backfill, entries=12, initial_hours=40, backfill_share=0.35, overtime_rate=50) == 8_400
    )


def test_training_time_is_what_nobody_covers():
    # 12 x 40 = 480 h; 65% uncovered = 312 h; x $60 = 18,720
    assert run(
        training.training_time, entries=12, initial_hours=40, backfill_share=0.35, hourly_rate=60
    ) == pytest.approx(18_720)
    # 6 x 8 + 1 x 40 = 88 h; 65% = 57.2 h; x $60 = 3,432
    assert run(
        training.refresher_time,
        refreshers=6, refresher_hours=8, replacements=1, initial_hours=40, backfill_share=0.35, hourly_rate=60,
    ) == pytest.approx(3_432)  # fmt: skip


def test_training_travel_counts_part_days_and_nothing_for_an_online_course():
    trip = dict(lodging_rate=245, meals_rate=92, first_and_last_day=69, fare=382)
    # 27 x 245 + 26 x 92 + 2 x 69 + 382 = 6,615 + 2,392 + 138 + 382 = 9,527
    assert run(training.travel_cost, nights=27, **trip) == 9_527
    assert run(training.travel_cost, nights=0, **trip) == 0


def test_refreshers_and_replacements():
    # (6 x 8 + 2 x 40) x 35% x $50 + 2 x $1,000 = 128 x 17.5 + 2,000 = 4,240
    assert run(
        training.refresher,
        refreshers=6, refresher_hours=8, replacements=2, initial_hours=40, backfill_share=0.35, overtime_rate=50,
        travel_paid=1_000,
    ) == pytest.approx(4_240)  # fmt: skip


def test_program_hours():
    # 75 encounters x 3 h + 40 runs x 6 h = 465 h
    assert (
        run(hours.program_hours_tfm, encounters=75, encounter_hours=3, transport_runs=40, transport_hours=6)
        == 465
    )
    # 614 x 30 min + 184 x 2.5 h + 0 = 307 + 460 = 767 h
    assert run(
        hours.program_hours_jem,
        screenings=614, screening_minutes=30, cases=184, case_hours=2.5, transport_runs=0, transport_hours=6,
    ) == 767  # fmt: skip
    # 2.1 positions x 1,760 h = 3,696 h
    assert run(
        hours.program_hours_unit, positions=2.1, net_work_hours=1_760, transport_runs=0, transport_hours=6
    ) == pytest.approx(3_696)
    # 90 warrants x 20 min = 30 h, 2 runs x 6 h = 12 h
    assert run(
        hours.program_hours_wso, warrants=90, warrant_minutes=20, transport_runs=2, transport_hours=6
    ) == pytest.approx(42)


def test_jail_volumes():
    # 180,000 residents x 0.0227 = 4,086 bookings; 15% screened = 612.9; 30% = 183.87 cases
    assert run(
        volumes.bookings_from_residents, residents=180_000, bookings_per_resident=0.0227
    ) == pytest.approx(4_086)
    assert run(volumes.screenings, bookings=4_086, screened_share=0.15) == pytest.approx(612.9)
    assert run(volumes.jail_cases, screenings=612.9, yield_share=0.30) == pytest.approx(183.87)
    # 356 held x 11.4 = 4,058.4 bookings
    assert run(
        volumes.bookings_from_population, average_daily_population=356, bookings_per_person_held=11.4
    ) == pytest.approx(4_058.4)


def test_bed_days_count_only_those_beyond_today():
    # (184 - 92) x 2 days = 184 days; x $36.30 = 6,679.20
    assert run(volumes.added_cases, jail_cases=184, baseline_holds=92) == 92
    assert run(volumes.added_cases, jail_cases=50, baseline_holds=92) == 0
    assert run(volumes.bed_days, added_cases=92, days_per_case=2) == 184
    # Those held today are driven today: 92 x (1 - 25%) = 69 runs more
    assert run(volumes.transport_runs_jail, added_cases=92, ice_collects_share=0.25) == 69
    assert run(detention.bed_days, bed_days=184, duty_years=1, bed_cost=36.30) == pytest.approx(6_679.20)
    # average: $121; marginal: 30% of it
    assert run(volumes.bed_cost_marginal, cost_per_day=121, marginal_share=0.30) == pytest.approx(36.30)
    assert run(volumes.bed_cost_average, cost_per_day=121) == 121


def test_program_overtime_and_the_straight_time_slack():
    common = dict(
        program_hours=1_000, duty_years=1, overtime_share=0.4, overtime_rate=50, officer_years=2,
        straight_hourly_wage=30, overtime_multiplier=1.5, overtime_load=0.1,
    )  # fmt: skip
    # 400 h x $50 = 20,000
    assert run(operations.overtime, straight_time_slack=0, **common) == pytest.approx(20_000)
    # 2 officers x 149 h = 298 h carry no half-time premium: 298 x 30 x 0.5 x 1.1 = 4,917
    assert run(operations.overtime, straight_time_slack=149, **common) == pytest.approx(15_083)
    # No more hours than there are: 400 x 16.5 = 6,600
    assert run(operations.overtime, straight_time_slack=500, **common) == pytest.approx(13_400)


def test_time_supervision_transport_positions_hiring():
    # (465 h x $57 + 12 x 12 h x $80) x 65% = (26,505 + 11,520) x 0.65 = 24,716.25
    assert run(
        operations.time,
        program_hours=465, duty_years=1, hourly_rate=57, officer_years=12, supervision_hours=12,
        supervisor_hourly_rate=80, diverted_share=0.65,
    ) == pytest.approx(24_716.25)  # fmt: skip
    # 12 x 12 h x $25 = 3,600
    assert run(operations.supervision, officer_years=12, supervision_hours=12, cash_rate=25) == 3_600
    # 40 runs x 120 miles x $0.725 = 3,480
    assert run(
        operations.transport, transport_runs=40, duty_years=1, round_trip_miles=120, cost_per_mile=0.725
    ) == pytest.approx(3_480)
    # 2.1 positions of 1,760 h, all hired, at $57: 3,696 x 57 = 210,672
    assert run(
        operations.positions, program_hours=3_696, duty_years=1, hired_share=1, hourly_rate=57
    ) == pytest.approx(210_672)
    # 3,696 / 1,760 = 2.1 positions filled 1.16 times in the first year at $35,000 = 85,260
    assert run(
        operations.hiring,
        program_hours=3_696,
        hired_share=1,
        net_work_hours=1_760,
        hires=1.16,
        hiring_cost=35_000,
    ) == pytest.approx(85_260)


def test_administration():
    assert run(administration.equipment, equipment_sets=12, equipment_cost=800) == 9_600
    assert run(administration.vehicles, vehicle_purchases=1, vehicle_purchase=10_000) == 10_000
    assert (
        run(administration.vehicle_upkeep, vehicle_years=5, vehicle_purchase=10_000, vehicle_upkeep=0.1)
        == 5_000
    )
    assert run(administration.it, officer_years=12, it_seat_cost=200) == 2_400
    assert (
        run(administration.records_and_complaints, agreement_years=1, records_hours=60, cash_rate=12) == 720
    )
    assert run(administration.outreach, agreement_years=5, outreach_cost=2_500) == 12_500
    assert run(administration.premium, officer_years=12, premium_change=250) == 3_000


def test_salary_readings():
    # $65,870 x 1.53 = 100,781.10; 12 officer-years = 1,209,373.20
    pay = run(receipts.yearly_pay, salary=65_870, benefit_load=0.53)
    assert pay == pytest.approx(100_781.10)
    assert run(
        receipts.salary_full_pay, officer_years=12, yearly_pay=pay, salary_share=1, eligible_share=1
    ) == pytest.approx(1_209_373.20)
    # 465 h x 65% x $48.45 = 14,644.01
    assert run(
        receipts.salary_hours_spent,
        program_hours=465, duty_years=1, overtime_share=0.35, payroll_rate=48.45, salary_share=1, eligible_share=1,
    ) == pytest.approx(14_644.0125)  # fmt: skip
    # 5 arrests qualify at most 5 of 12 officers: 5 x 100,000
    first = dict(duty_years=1, yearly_pay=100_000, salary_share=1, eligible_share=1)
    assert run(receipts.salary_after_first_arrest, officer_years=12, arrests=5, **first) == 500_000
    assert run(receipts.salary_after_first_arrest, officer_years=12, arrests=60, **first) == 1_200_000
    assert run(receipts.salary_nothing) == 0


def test_three_readings_of_25_percent():
    # A: overtime wages of $9,000, under a cap of 25% x $65,870 x 12 = 197,610
    a = dict(salary_cap=0.25, salary=65_870, officer_years=12, eligible_share=1)
    assert run(receipts.overtime_up_to_share_of_salary, overtime_wages=9_000, **a) == 9_000
    assert run(receipts.overtime_up_to_share_of_salary, overtime_wages=250_000, **a) == pytest.approx(197_610)
    # B: 25% of $9,000
    assert (
        run(receipts.overtime_share_of_overtime, overtime_wages=9_000, share_refunded=0.25, eligible_share=1)
        == 2_250
    )
    # C: at most $21,740.50 for each officer
    c = dict(yearly_limit=21_740.50, officer_years=2, eligible_share=1)
    assert run(receipts.overtime_federal_rule, overtime_wages=9_000, **c) == 9_000
    assert run(receipts.overtime_federal_rule, overtime_wages=90_000, **c) == 43_481


def test_start_up_money():
    # Up to cost: 12 x $800; flat: 12 x $7,500
    assert (
        run(
            receipts.equipment_up_to_cost,
            new_positions=12,
            equipment_ceiling=7_500,
            equipment_cost=800,
            eligible_share=1,
        )
        == 9_600
    )
    assert run(receipts.equipment_flat, new_positions=12, equipment_ceiling=7_500, eligible_share=1) == 90_000
    assert (
        run(receipts.vehicles_up_to_cost, first_purchase=1, vehicle_ceiling=100_000, vehicle_purchase=160_000)
        == 100_000
    )
    assert run(receipts.vehicles_flat, first_purchase=1, vehicle_ceiling=100_000) == 100_000


def test_awards_are_four_quarters():
    assert run(receipts.awards_to_agency, officer_years=12, award_amount=1_000) == 48_000
    assert run(receipts.awards_to_officers) == 0


def test_state_grant_pays_only_what_federal_money_does_not_and_no_more_than_its_cap():
    assert run(receipts.state_grants, grant_cap=100_000, gross_cost=150_000, federal=20_000) == 100_000
    assert run(receipts.state_grants, grant_cap=100_000, gross_cost=150_000, federal=90_000) == 60_000
    assert run(receipts.state_grants, grant_cap=100_000, gross_cost=150_000, federal=900_000) == 0

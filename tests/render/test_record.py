"""The record holds what a reader needs to redo it: terms of each case, claim bases, state law."""

from __future__ import annotations

from calculator.estimate import estimate
from calculator.render.record import record
from calculator.scenario import Scenario


def made(state: str = "VA", **sections: object) -> dict[str, object]:
    data = {
        "edition": "2026.1",
        "agency": {"state": state, "type": "sheriff", "sworn_officers": 150},
        "agreement": {"proposed": "tfm", "years": 1},
        "officers": {"tfm": 12},
    }
    return record(estimate(Scenario.from_mapping(data | sections), draws=0, only_proposed=True))


def test_each_case_says_how_claims_turn_into_money():
    paid = {
        "case": "expected",
        "paid_share": 0.8,
        "disallowed_share": 0.1,
        "lag_months": 6,
        "stops_after_months": 9,
    }
    cases = made(reimbursement=paid)["options"]["tfm"]["views"]["budget"]["cases"]
    assert cases["announced"]["terms"] == {
        "paid_share": 1.0, "disallowed_share": 0.0, "lag_months": 2, "stops_after_months": None,
    }  # fmt: skip
    assert cases["expected"]["terms"] == {
        "paid_share": 0.8, "disallowed_share": 0.1, "lag_months": 6, "stops_after_months": 9,
    }  # fmt: skip


def test_a_receipt_names_its_claim_base():
    lines = made()["options"]["tfm"]["views"]["budget"]["lines"]
    salary = next(line for line in lines if line["id"] == "receipts.salary_and_benefits")
    assert salary["claim_base_formula"] == "officer_years × yearly_pay"
    # A cost has no claim
    assert "claim_base_formula" not in next(line for line in lines if line["id"] == "training.backfill")


def test_state_law_stands_in_the_record():
    assert made("CA")["state_law"]["standing"] == "barred"
    assert [rule["kind"] for rule in made("CA")["state_law"]["rules"]] == ["barred"]
    assert made("VA")["state_law"]["standing"] != "not researched"
    unknown = made("US")["state_law"]
    assert (unknown["standing"], unknown["rules"]) == ("not researched", [])


def test_a_figure_beside_the_totals_lists_its_inputs():
    beside = {each["id"]: each for each in made()["options"]["tfm"]["beside_the_totals"]}
    assert [each["name"] for each in beside["memo.sworn_payroll"]["inputs"]][:3] == [
        "sworn_officers", "yearly_pay", "agreement_years",
    ]  # fmt: skip

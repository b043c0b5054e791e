"""What the README says is so: the worked example, the commands, the files it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calculator.cli import main
from calculator.editions import open_edition
from calculator.estimate import estimate
from calculator.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_worked_example_is_what_the_program_prints() -> None:
    # 76,210 x 1.035^3 = 84,495.39; / 2,080 x 1.5 x 1.0765 = 65.595639; 15 / 0.95 x 40 x 0.35 = 221.052632
    by_hand = 76_210 * 1.035**3 / 2_080 * 1.5 * 1.0765 * (15 / 0.95 * 40 * 0.35)
    assert f"{by_hand:,.2f}" == "14,500.09"
    assert "**$14,500.09**" in README
    scenario = Scenario.from_file(ROOT / "examples" / "midsize_sheriff.yaml")
    proposed = estimate(scenario, open_edition("2026.1"), draws=0, only_proposed=True).proposed
    lines = [line for line in proposed.lines if (line.id, line.model) == ("training.backfill", "tfm")]
    assert [line.by_fiscal_year[0] for line in lines] == [14_500.09]


def test_every_file_named_is_there() -> None:
    named = set(re.findall(r"`((?:examples|assumptions|reports|calculator|tests)/[\w./]*)`", README))
    named |= set(re.findall(r"\]\(([\w./-]+)\)", README))
    assert len(named) >= 7
    missing = [name for name in named if not (ROOT / name).exists()]
    # The brief is made by the reader's own command.
    assert missing == []


def test_every_command_named_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    for name in set(re.findall(r"^ {2,}moa287 (\w+)", README, re.MULTILINE)):
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0
        assert name in capsys.readouterr().out

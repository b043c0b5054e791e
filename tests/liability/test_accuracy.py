"""The bench of accuracy sets simulation, closed form and Fourier transform side by side."""

from __future__ import annotations

import re

import pytest

from calculator import accuracy
from calculator.bench import EXAMPLE
from calculator.editions import open_edition


def test_three_ways_to_the_same_figures_stand_side_by_side(monkeypatch):
    monkeypatch.setattr(accuracy, "DRAWS", 50_000)
    text = accuracy.accuracy_text(EXAMPLE, open_edition("2026.1"))
    rows = [line for line in text.splitlines() if line.startswith("  ")]
    names = [re.split(r" {2,}", row.strip())[0] for row in rows if not row.startswith("    9")]
    assert "2 in 196 agency-years, 5 years" in text
    # 2.5 x 5/196 claims of exp(11.6 + 1.08^2/2) = 195,482 dollars: 12,467; the square root of
    # n E[X^2] + n 5/196 E[X]^2 with E[X^2] = exp(23.2 + 2.3328): 88,802
    closed = next(row.split() for row in rows if "closed form" in row)
    assert closed[2:] == ["12,467", "88,802"]
    simulated = next(float(row.split()[1].replace(",", "")) for row in rows if "simulated" in row)
    assert simulated == pytest.approx(12_467, rel=0.1)
    assert sum("Fourier" in name for name in names) == 2

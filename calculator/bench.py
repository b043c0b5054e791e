"""`moa287 bench`: how long things take on this machine, warm, as medians, and as ratios where possible.

A benchmark, not a test: nothing here passes or fails. Ratios compare with
work of known size in the same run, so that they mean the same on any machine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from calculator.answers.passes import Passes
from calculator.answers.together import moved
from calculator.editions import open_edition
from calculator.estimate import estimate
from calculator.scenario import Scenario

ROUNDS = 9
DRAWS = 2_000
EXAMPLE = {
    "scenario": 1,
    "agency": {"state": "VA", "type": "sheriff", "sworn_officers": 150, "residents": 180_000},
    "agreement": {"proposed": "tfm", "starts": "2027-07", "fiscal_year_starts": 7, "years": 5},
    "officers": {"tfm": 12},
}
NEAR_EMPTY = (
    '<html lang="en-US"><head><title>t</title></head><body>' + "<h1>p</h1><p>p</p>" * 6 + "</body></html>"
)
PAGE_BREAKS = "h1 { break-before: page }"


def median_ms(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median wall time in milliseconds, after one call that warms up."""
    action()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1_000)
    return statistics.median(taken)


def bench_text() -> str:
    """The table of measurements."""
    scenario = Scenario.from_mapping(EXAMPLE)
    edition = open_edition()
    result = estimate(scenario, edition)
    generator = np.random.default_rng(1)
    inputs = sum(not parameter.reserved_for for parameter in edition.parameters.values())
    normals = median_ms(lambda: [generator.standard_normal((DRAWS, 1)) for _ in range(inputs)])
    central = median_ms(lambda: estimate(scenario, edition, draws=0))
    drawn = median_ms(lambda: estimate(scenario, edition, draws=DRAWS))
    rows = [
        ("central estimate, all options, 5 years", central, 10, None),
        (f"with {DRAWS:,} draws", drawn, 40, f"{drawn / normals:.1f} x filling {inputs} x {DRAWS:,} normals"),
        ("tornado and break-even together", median_ms(lambda: moved(Passes(result))), 100, None),
        *_web_rows(scenario),
        *_brief_rows(result),
    ]
    out = [f"Medians of {ROUNDS} warm rounds, wall time.", f"{'':<44}{'ms':>9}{'target':>9}  ratio"]
    out += [
        f"{name:<44}{taken:>9.1f}{target:>9}  {ratio or ''}".rstrip() for name, taken, target, ratio in rows
    ]
    return "\n".join(out)


def _web_rows(scenario: Scenario) -> list[tuple[str, float, int, str | None]]:
    from urllib.parse import urlencode

    from calculator.web import create_app

    client = create_app().test_client()
    link = f"/estimate?{urlencode(scenario.to_query())}"
    return [("/estimate", median_ms(lambda: client.get(link)), 120, None)]


def _brief_rows(result: object) -> list[tuple[str, float, int, str | None]]:
    import datetime

    from calculator.render.briefing import brief_pdf
    from calculator.render.pdf import render_pdf
    from calculator.result import Estimate

    if not isinstance(result, Estimate):
        raise TypeError("an Estimate is needed")
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    empty = median_ms(lambda: render_pdf(NEAR_EMPTY, PAGE_BREAKS, created=day), rounds=3)
    brief = median_ms(lambda: brief_pdf(result), rounds=3)
    return [("commissioner brief (PDF)", brief, 700, f"{brief / empty:.1f} x six near-empty pages")]

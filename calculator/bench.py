"""`moa287 bench`: how long things take on this machine, warm, as medians, and as ratios where possible.

A benchmark, not a test: nothing here passes or fails. Ratios compare with
work of known size in the same run, so that they mean the same on any machine.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from calculator.answers.passes import Passes
from calculator.answers.together import moved
from calculator.blocks import Run
from calculator.costs.evaluate import Evaluator
from calculator.editions import Edition, open_edition
from calculator.estimate import Composer, estimate
from calculator.inputs import Normals
from calculator.scenario import Scenario

ROUNDS = 9
FEW, MANY, MOST = 2_000, 10_000, 1_000_000
# Draws worked out one at a time, to be compared with many at once.
ONE_BY_ONE = 4
MEBIBYTE = 2**20
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


Row = tuple[str, float, int | None, str]


def bench_text(*, full: bool = False) -> str:
    """The table of measurements; `full` adds those that take long."""
    scenario, edition = Scenario.from_mapping(EXAMPLE), open_edition()
    rows = [*_model_rows(scenario, edition), *_web_rows(scenario), *_brief_rows(scenario, edition)]
    out = [f"Medians of {ROUNDS} warm rounds, wall time.", f"{'':<44}{'ms':>9}{'target':>9}  ratio"]
    out += [
        f"{name:<44}{taken:>9.1f}{target or '':>9}  {ratio}".rstrip() for name, taken, target, ratio in rows
    ]
    if full:
        peak, seconds = _longest_run()
        out += ["", f"{MOST:,} draws: peak memory {peak:,.0f} MiB (target 1,024), {seconds:.1f} s"]
    return "\n".join(out)


def _model_rows(scenario: Scenario, edition: Edition) -> Iterator[Row]:
    central = median_ms(lambda: estimate(scenario, edition, draws=0))
    yield "central estimate, all options, 5 years", central, 10, ""
    each = _one_by_one_ms(scenario, edition)
    for draws, target in ((FEW, 40), (MANY, 60)):
        taken = median_ms(partial(estimate, scenario, edition, draws=draws))
        filling = _normals_ms(edition, draws)
        ratio = (
            f"{taken / filling:.1f} x filling the same normals; 1/{each * draws / taken:,.0f} of one by one"
        )
        yield f"with {draws:,} draws", taken, target, ratio
    result = estimate(scenario, edition, draws=MANY)
    yield "tornado and break-even together", median_ms(lambda: moved(Passes(result))), 100, ""
    yield f"losses of all options, {MANY:,} draws", median_ms(result.simulate), None, ""


def _normals_ms(edition: Edition, draws: int) -> float:
    """The time to fill a normal for each input and draw."""
    generator = np.random.default_rng(1)
    inputs = sum(not parameter.reserved_for for parameter in edition.parameters.values())
    return median_ms(lambda: [generator.standard_normal((draws, 1)) for _ in range(inputs)])


class _OneDraw(Normals):
    """Every input fixed at its deviate in one of the draws."""

    def __init__(self, drawn: Normals, row: int) -> None:
        super().__init__()
        self._drawn, self._row = drawn, row

    def of(self, input_id: str) -> Any:
        return float(self._drawn.of(input_id)[self._row, 0])


def _one_by_one_ms(scenario: Scenario, edition: Edition) -> float:
    """The time for one draw of a loop that works out the same lines one draw at a time."""
    composer = Composer(Run(scenario, edition))
    contexts = {
        context: composer.run.block(context) for each in composer.options for context in each.contexts
    }
    normals = Normals(draws=ONE_BY_ONE, seed=1)

    def loop() -> None:
        for row in range(ONE_BY_ONE):
            assumptions, one = composer.run.assumptions.afresh(), _OneDraw(normals, row)
            for context, block in contexts.items():
                evaluator = Evaluator(assumptions, context, one)
                for line in block.lines:
                    evaluator.line(line.spec)

    return median_ms(loop) / ONE_BY_ONE


def _longest_run() -> tuple[float, float]:
    """Peak memory in MiB and seconds of the longest run, in a process of its own."""
    program = (
        "import json, resource, sys, time; from calculator.estimate import estimate; "
        "from calculator.scenario import Scenario; start = time.perf_counter(); "
        f"estimate(Scenario.from_mapping(json.loads(sys.argv[1])), draws={MOST}).liability; "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", program, json.dumps(EXAMPLE)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    kibibytes, seconds = ran.stdout.split()
    return float(kibibytes) * 1_024 / MEBIBYTE, float(seconds)


def _web_rows(scenario: Scenario) -> Iterator[Row]:
    from urllib.parse import urlencode

    from calculator.web import create_app

    client = create_app().test_client()
    for draws, target in ((FEW, 120), (MANY, 200)):
        drawn = replace(scenario, simulation=replace(scenario.simulation, draws=draws))
        link = f"/estimate?{urlencode(drawn.to_query())}"
        yield f"/estimate, {draws:,} draws", median_ms(partial(client.get, link)), target, ""


def _brief_rows(scenario: Scenario, edition: Edition) -> Iterator[Row]:
    import datetime

    from calculator.render.briefing import brief_pdf
    from calculator.render.pdf import render_pdf

    result, day = estimate(scenario, edition), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    empty = median_ms(lambda: render_pdf(NEAR_EMPTY, PAGE_BREAKS, created=day), rounds=3)
    brief = median_ms(lambda: brief_pdf(result), rounds=3)
    yield "commissioner brief (PDF)", brief, 600, f"{brief / empty:.1f} x six near-empty pages"

"""`moa287 bench --accuracy`: one stream of claims three ways, side by side.

Simulated, in closed form, and by Fourier transform; without insurance, and with
the retention and limit that the edition holds at its middle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from calculator.blocks import Run
from calculator.calendar import MONTHS
from calculator.editions import Edition
from calculator.inputs import Normals
from calculator.liability.coverage import Insurance, central_cover
from calculator.liability.exact import Stream, aggregate, moments
from calculator.liability.losses import Distribution
from calculator.liability.parameters import PRIOR_EVENTS, Parameters
from calculator.liability.risk import Exposure
from calculator.liability.simulation import simulate
from calculator.scenario import Scenario

DRAWS = 200_000
RECORD, OPTION = "tfm", "tfm"
# What else would add to the stream is switched off: defense, small claims, delay, growth.
OFF = {
    "liability.severity.defense_per_suit": 0,
    "liability.frequency.defense_only": 0,
    "liability.frequency.under_count": 1,
    "liability.timing.individual_years": 0,
    "economics.price_growth": 0,
}
CURVE = ("liability.severity.individual_mu", "liability.severity.individual_sigma")
HEADS = ("mean", "standard deviation", "95th percentile", "99th percentile")
Row = tuple[str, tuple[str, ...]]


def accuracy_text(scenario: dict[str, Any], edition: Edition) -> str:
    """The table of the three ways for the task-force record at the agency on record."""
    plain = _run(scenario, edition, {})
    medians = Parameters(plain.assumptions, Normals(), {})
    known = OFF | {name: medians.central(name.removeprefix("liability.")) for name in CURVE}
    run = _run(scenario, edition, known)
    parameters = Parameters(run.assumptions, Normals(), {})
    retention, limit = (medians.central(f"insurance.{each}") for each in ("retention_small_county", "limit"))
    insurance = Insurance("covered", retention, limit)
    cover = central_cover(parameters, insurance)
    months = run.calendar.months
    # The agency on record itself.
    whole = (1.0,) * months
    exposure = Exposure(RECORD, RECORD, whole, whole, 0.0)
    words = {choice.key: choice.default for choice in edition.choices.values()}
    normals = Normals(draws=DRAWS, seed=run.scenario.simulation.seed)
    found = simulate(run.assumptions, normals, words, insurance, {OPTION: [exposure]}, people_held=0)
    losses = found.by_option[OPTION]
    counts = parameters.record("frequency.individual_paid", RECORD)
    mu, sigma = (medians.central(name.removeprefix("liability.")) for name in CURVE)
    stream = Stream(counts.events + PRIOR_EVENTS, counts.exposure, months / MONTHS, mu, sigma)
    mean, variance = moments(stream)
    closed: Row = ("closed form", (f"{mean:,.0f}", f"{np.sqrt(variance):,.0f}", "", ""))
    out = [
        f"One stream of paid claims: {counts.events:g} in {counts.exposure:g} agency-years, "
        f"{months // MONTHS} years at the agency on record, {DRAWS:,} draws, dollars.",
        f"{'':<28}" + "".join(f"{head:>26}" for head in HEADS),
    ]
    for title, distribution, retained, rows in (
        ("without insurance", losses.before, lambda size: size, [closed]),
        (
            f"retention {retention:,.0f}, limit {limit:,.0f}",
            losses.covered.losses,
            lambda size: size - cover.insured(size, 0.0),
            [],
        ),
    ):
        out.append(title)
        out += [_line(*row) for row in (*_simulated(distribution), *rows, _fourier(stream, retained))]
    return "\n".join(out)


def _run(scenario: dict[str, Any], edition: Edition, entered: dict[str, float]) -> Run:
    assume = {name: {"value": value, "reason": "measured alone"} for name, value in entered.items()}
    return Run(Scenario.from_mapping(scenario | {"assume": assume}), edition)


def _simulated(found: Distribution) -> Iterator[Row]:
    figures = [found.expected, found.p95, found.p99]
    mean, p95, p99 = (f"{each.value:,.0f}" for each in figures)
    ends = [f"{each.low:,.0f} to {each.high:,.0f}" for each in figures]
    yield "simulated", (mean, f"{found.deviation:,.0f}", p95, p99)
    yield "  9 in 10 such simulations", (ends[0], "", ends[1], ends[2])


def _fourier(stream: Stream, retained: Callable[[Any], Any]) -> Row:
    found = aggregate(stream, retained)
    return "Fourier", (
        f"{found.mean:,.0f}",
        f"{np.sqrt(found.variance):,.0f}",
        f"{found.p95:,.0f}",
        f"{found.p99:,.0f}",
    )


def _line(name: str, figures: tuple[str, ...]) -> str:
    return (f"  {name:<26}" + "".join(f"{figure:>26}" for figure in figures)).rstrip()

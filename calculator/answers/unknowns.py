"""Value of information: how much knowing one input would narrow the range of net, from the draws already made.

Draws are sorted by the input and cut into equal bins; within a bin the input is
nearly known, so the mean width of the bins is the width that would be left.
The same with orders that have nothing to do with the net shows what bins of
this size lose by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calculator.answers.passes import Passes
from calculator.answers.uncertain import Uncertain
from calculator.costs.context import Context
from calculator.drawn import Drawn
from calculator.editions.schema import Question
from calculator.inputs import Normals
from calculator.line import Assumed, computed
from calculator.percentiles import HIGH, LOW, quantile_of_sorted
from calculator.sample import Sample

Array = NDArray[np.float64]
BINS = 20
# Orders without any meaning: what the bins lose by chance, and how much that varies.
BLANKS = 20
_BLANK = "answers.blank.{}"
RESIDENTS_PER_SWORN, BOOKINGS, HOLDS = (
    "operations.residents_per_sworn",
    "operations.bookings",
    "detention.baseline_holds",
)


@dataclass(frozen=True)
class Unknown:
    """Something not known, and by how many dollars knowing it would narrow the p10 to p90 range of net as announced.

    `width` is that range, `left` what would remain of it. `replaces` names the
    inputs that an answer makes needless; empty for an input itself.
    """

    id: str
    label: str
    width: float
    left: float
    question: Question | None
    replaces: tuple[str, ...] = ()

    @property
    def narrowing(self) -> float:
        """Dollars by which the range would be narrower."""
        return self.width - self.left

    @property
    def share(self) -> float:
        """The narrowing as a part of the whole range."""
        return self.narrowing / self.width if self.width else 0.0


@dataclass(frozen=True)
class Narrowing:
    """Width of the range of some draws, widths left by each order, and the most that a blank order takes away."""

    width: float
    left: Array
    chance: float


def unknowns(passes: Passes, moving: Sequence[Uncertain]) -> tuple[Unknown, ...]:
    """Everything not known that narrows the range by more than chance does, most first; none without draws."""
    sample = passes.few
    # A bin needs two draws to have a width.
    if sample is None or sample.draws < 2 * BINS or not moving:
        return ()
    money = passes.sums.case("announced")
    net = sample.of(lambda drawn: money.receipts(drawn).total)
    rows = list(_rows(passes, moving, sample))
    orders = np.array([values for *_, values in rows])
    blanks = np.array([_normal(sample, _BLANK.format(index)) for index in range(BLANKS)])
    narrowing = narrowings(net, orders, blanks)
    found = [
        Unknown(unknown_id, label, narrowing.width, float(left), question, replaces)
        for (unknown_id, label, question, replaces, _), left in zip(rows, narrowing.left, strict=True)
        if narrowing.width - left > narrowing.chance
    ]
    return tuple(sorted(found, key=lambda each: (-each.narrowing, each.id)))


def narrowings(net: Array, orders: Array, blanks: Array) -> Narrowing:
    """What is left of the width of net (draws,) once each order (orders, draws) is known."""
    blank = _within(net, blanks)
    width = float(np.diff(_ends(np.sort(net)[None, :]))[0, 0])
    lost = width - float(blank.mean())
    return Narrowing(width, _within(net, orders) + lost, float((blank.mean() - blank).max()))


def _within(net: Array, orders: Array) -> Array:
    """The mean width of the bins of each order. Shape (orders,)."""
    size = net.shape[0] // BINS
    sorted_by = net[np.argsort(orders, axis=1)][:, : size * BINS]
    bins = np.sort(sorted_by.reshape(len(orders), BINS, size), axis=2).reshape(-1, size)
    widths: Array = np.diff(_ends(bins), axis=1).reshape(len(orders), BINS).mean(axis=1)
    return widths


def _ends(ordered: Array) -> Array:
    """Low and high of each row. Shape (rows, 2)."""
    return np.stack([quantile_of_sorted(ordered, share) for share in (LOW, HIGH)], axis=1)


def _normal(sample: Sample, input_id: str) -> Array:
    normals = Normals(draws=sample.draws, seed=sample.seed)
    column: Array = normals.of(input_id)[:, 0]
    return column


Row = tuple[str, str, Question | None, tuple[str, ...], Array]


def _rows(passes: Passes, moving: Sequence[Uncertain], sample: Sample) -> Iterator[Row]:
    """Unanswered questions with the inputs they replace, then the inputs that no answer replaces."""
    parameters = passes.base.edition.parameters
    ids = {each.id for each in moving}
    replaced: set[str] = set()
    for answer, label, parameter_id, behind, values in _answers(passes, sample):
        needless = tuple(each for each in behind if each in ids)
        if needless:
            replaced.update(needless)
            yield answer, label, parameters[parameter_id].question, needless, values
    for each in moving:
        if each.id not in replaced:
            yield each.id, each.label, parameters[each.id].question, (), _normal(sample, each.id)


def _answers(passes: Passes, sample: Sample) -> Iterator[tuple[str, str, str, tuple[str, ...], Array]]:
    """Answers not given: id, label, the parameter with their question, the inputs behind them, values by draw."""
    agency = passes.base.scenario.agency
    contexts = [
        each for each in passes.base.proposed.option.contexts if each.model in passes.base.edition.models
    ]
    jail = next((each for each in contexts if passes.base.edition.models[each.model].needs_jail), None)
    if jail is None:
        return
    if jail.words["bookings_from"] == "sworn":
        yield (
            "agency.residents", "Residents served", RESIDENTS_PER_SWORN, (RESIDENTS_PER_SWORN,),
            _normal(sample, RESIDENTS_PER_SWORN),
        )  # fmt: skip
    for missing, path, label, derived in (
        (agency.jail_bookings, "agency.jail_bookings", "Jail bookings a year", BOOKINGS),
        (agency.holds_on_detainers, "agency.holds_on_detainers", "People held today, a year", HOLDS),
    ):
        if missing is None and derived not in passes.base.scenario.assume:
            yield path, label, derived, _behind(passes, jail, derived), _values(sample, jail, derived)


def _values(sample: Sample, context: Context, name: str) -> Array:
    """A derived value in the first period, by draw. Shape (draws,)."""

    def first(drawn: Drawn) -> Array:
        value = np.atleast_1d(drawn.evaluator(context).value(computed(name)))
        return np.broadcast_to(value, (drawn.normals.draws, value.shape[-1]))[:, 0]

    return sample.of(first)


def _behind(passes: Passes, context: Context, name: str) -> tuple[str, ...]:
    """The assumptions that a derived value is worked out from beside other derived values."""
    reads = passes.central.run.evaluator(context).derived(name).formula.reads()
    return tuple(origin.id for origin in reads if isinstance(origin, Assumed))

"""What a statement is made of: sections and rows in reading order, with finished wording.

Nothing here computes. `Spread`s are taken from the estimate as they are; the
faces choose only the printed form of a number.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculator.calendar import Month
from calculator.inputs import Input
from calculator.result import Spread

MARK_ORDER = "EDT?"


@dataclass(frozen=True)
class Piece:
    """A run of a sentence; strong pieces are the figures."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Source:
    """A numbered source, in order of first use."""

    number: int
    id: str
    title: str
    publisher: str
    date: str | None
    url: str | None


@dataclass(frozen=True)
class Marked:
    """Words with their marks and source numbers."""

    text: str
    marks: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Identity:
    """What makes the run: printed on page one and in every footer."""

    report_id: str
    title: str
    agency: str
    state_name: str
    made_on: str
    edition: str
    digest: str
    program_version: str
    seed: int
    draws: int


@dataclass(frozen=True)
class Banner:
    """State law: the same look in every state, other words."""

    word: str
    lines: tuple[Marked, ...]


@dataclass(frozen=True)
class CaseFigure:
    """A figure in one case: a spread, or words where none can be given."""

    case: str
    spread: Spread | None
    words: str = ""


@dataclass(frozen=True)
class Headline:
    """One of the four numbers."""

    title: str
    figures: tuple[CaseFigure, ...]
    note: str = ""


@dataclass(frozen=True)
class ImpactRow:
    """A row of the fiscal impact statement; one spread for each column."""

    label: str
    marks: str
    sources: tuple[int, ...]
    spreads: tuple[Spread, ...]
    total: bool = False


@dataclass(frozen=True)
class Impact:
    """The fiscal impact statement: columns of time, two blocks."""

    columns: tuple[str, ...]
    rows: tuple[ImpactRow, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """One option of the comparison."""

    id: str
    label: str
    proposed: bool
    detail: str
    assumed: bool
    unavailable: str | None
    gross: Spread | None
    receipts: Spread | None
    net: Spread | None
    net_without: Spread | None
    first: Spread | None
    never_back: bool
    receipts_marked: bool
    claim: str


@dataclass(frozen=True)
class Path:
    """Paid and not got back, by month, in one case."""

    case: str
    label: str
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class Money:
    """When the money moves."""

    start: Month
    months: tuple[str, ...]
    paths: tuple[Path, ...]
    costs: tuple[float, ...]
    received: tuple[float, ...]
    deepest: Spread
    deepest_month: Month
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ReadingRow:
    """One way to read a term, with what it means here."""

    id: str
    label: str
    words: str
    made_by: str
    grade: str
    sources: tuple[int, ...]
    receipts: float
    net: Spread
    gap: float
    default: bool
    chosen: bool
    link: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadingGroup:
    """A term or perspective with its readings."""

    id: str
    key: str
    kind: str
    label: str
    definition: str
    widest: float
    ranged: bool
    rows: tuple[ReadingRow, ...]
    ask: str | None


@dataclass(frozen=True)
class LineRow:
    """A line of the schedule with its working."""

    id: str
    anchor: str
    model: str
    label: str
    marks: str
    total: Spread
    formula: str
    worked: str
    inputs: tuple[Input, ...]
    years: tuple[tuple[str, float], ...]
    claimed: tuple[tuple[str, float], ...]
    refundable: str
    timing: str
    nature: str


@dataclass(frozen=True)
class LineGroup:
    """The lines of one category."""

    category: str
    label: str
    rows: tuple[LineRow, ...]
    central: float


@dataclass(frozen=True)
class DriverRow:
    """An input that moves the answer."""

    id: str
    label: str
    span: str
    ends: str
    at_low: float
    at_high: float
    sentence: str
    each: str


@dataclass(frozen=True)
class Question:
    """A question before a vote, and who can answer it."""

    ask: str
    text: str


@dataclass(frozen=True)
class BreakEvenRow:
    """A lever, its range, its value now, and the value at which net is zero, or that there is none."""

    id: str
    label: str
    span: str
    now: str
    answer: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class FrontierRow:
    """The least share of claims paid that is enough at a lag, or that none is."""

    months: int
    lag: str
    share: str


@dataclass(frozen=True)
class UnknownRow:
    """Something not known: how much of the range of net knowing it would take away, and whom to ask."""

    id: str
    label: str
    share: str
    narrowing: float
    question: Question | None


@dataclass(frozen=True)
class StressRow:
    """What if payments come otherwise: net, what is paid first, and the difference to as announced."""

    id: str
    label: str
    net: Spread
    pays_first: Spread
    difference: float
    words: str
    link: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AnswersPart:
    """What would change the answer, beside the strongest inputs.

    `shares` are the least shares paid from a lag of 0 months on, as far as any
    is enough; `longest` is the longest lag looked at.
    """

    sentence: str
    break_even: tuple[BreakEvenRow, ...]
    frontier: tuple[FrontierRow, ...]
    shares: tuple[float, ...]
    longest: int
    unknowns: tuple[UnknownRow, ...]
    stresses: tuple[StressRow, ...]


@dataclass(frozen=True)
class RateRow:
    """A recorded frequency."""

    label: str
    events: int
    exposure: float
    rate: float
    low: float | None
    high: float | None
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Liability:
    """Historical exposure: the record, what it cannot tell, and the coverage question."""

    insurance: Marked
    insurance_more: Marked
    lead: Marked
    recorded: tuple[str, ...]
    rates: tuple[RateRow, ...]
    size: str
    largest: tuple[Marked, ...]
    largest_short: str
    cannot_tell: str
    unseen: str
    without_agreement: str
    case_count: int
    row_count: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class LossRow:
    """Mean, 50th, 90th, 95th and 99th percentile as printed, each with its interval from sampling."""

    label: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OptionLossRow:
    """Chance and size of claims under one option."""

    label: str
    proposed: bool
    chance: str
    recorded_kind: str
    expected: tuple[tuple[str, str], ...]
    rare: str


@dataclass(frozen=True)
class OutcomeRow:
    """One way in which a class or pattern suit can end."""

    label: str
    chance: str
    amount: str
    kept: str


@dataclass(frozen=True)
class RateUse:
    """A recorded frequency, and what it becomes for this agency."""

    id: str
    label: str
    record: str
    yearly: str
    claims: str


@dataclass(frozen=True)
class LossStressRow:
    """What if a claim goes otherwise: what it comes to, the difference, and the link that says so."""

    label: str
    amount: str
    difference: str
    link: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class LossesView:
    """Simulated losses of the proposed option, in reading order."""

    chance: str
    chance_ends: str
    recorded_kind: str
    given: str
    no_comfort: str
    rows: tuple[LossRow, ...]
    expected: str
    later: str
    reserve: tuple[str, ...]
    joined: tuple[str, str]
    exceedance: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    options: tuple[OptionLossRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    matters: tuple[tuple[str, str | None, str], ...]
    rates: tuple[RateUse, ...]
    holding: str
    stresses: tuple[LossStressRow, ...]
    suit: str
    terms: str
    draws: int


@dataclass(frozen=True)
class FactRow:
    """A quoted fact outside the totals."""

    side: str
    topic: str
    statement: str
    grade: str
    sources: tuple[int, ...]
    note: str | None


@dataclass(frozen=True)
class Statement:
    """Everything a face may print, in reading order."""

    identity: Identity
    standing: str
    facts: tuple[tuple[str, str], ...]
    before_board: str
    banner: Banner
    sentence: tuple[Piece, ...]
    late_start: str
    headlines: tuple[Headline, ...]
    pair: tuple[CaseFigure, ...]
    horizon: str
    impact: Impact
    choices: tuple[Choice, ...]
    also_computed: tuple[Choice, ...]
    choice_notes: tuple[str, ...]
    readings: tuple[ReadingGroup, ...]
    lines: tuple[LineGroup, ...]
    beside: tuple[tuple[str, str], ...]
    unrefunded: tuple[tuple[str, float], ...]
    hours: tuple[tuple[str, str], ...]
    money: Money
    liability: Liability
    losses: LossesView | None
    drivers: tuple[DriverRow, ...]
    central_gross: float
    answers: AnswersPart
    benefits: tuple[FactRow, ...]
    effects: tuple[FactRow, ...]
    questions: tuple[Question, ...]
    not_counted: tuple[str, ...]
    limitations: tuple[str, ...]
    notes: tuple[str, ...]
    decides: str
    overrides: tuple[tuple[str, str, str, str], ...]
    sources: tuple[Source, ...]
    checks: tuple[str, ...]

"""How often matters are on record, by model: events, agreement-years, rate, and the rate without Maricopa County."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculator.editions import Edition
from calculator.editions.schema import Counts, DatedValue, Fixed, Range
from calculator.liability.amounts import CASES, MARICOPA, Row, matter_of
from calculator.liability.fit import RECORDED, poisson_interval

INDIVIDUAL, PATTERN = "liability.frequency.individual_paid", "liability.frequency.pattern"
ALL_MODELS, SUITS = "liability.frequency.all_models", "liability.frequency.suit_any_outcome"
HOLDS = "liability.frequency.hold_without_agreement"
BY_MODEL, TOGETHER = "liability.exposure.agency_years", "liability.exposure.all_models"

# The matters behind the counts, which the edition names in its notes. Puente and Roy did not turn on
# a 287(g) power; they stand with the model their agency had.
PATTERN_MATTERS: dict[str, tuple[str, ...]] = {"tfm": ("MEL",), "jem": ("ALAM", "ROY"), "wso": ()}
SUIT_MATTERS = {
    "tfm": ("MEL", "USMC", "MORA", "PUENTE", "SANTOS"),
    "jem": ("VILL", "MEDR", "ALAM", "OUT-02", "OUT-03", "OUT-13", "ROY"),
    "wso": ("BROOKS",),
}
MODELS = tuple(SUIT_MATTERS)


@dataclass(frozen=True)
class Rate:
    """Events over years, as a yearly rate with its exact 90 percent interval."""

    events: int
    years: float

    @property
    def rate(self) -> float:
        """Events for each agency-year."""
        return self.events / self.years

    @property
    def interval(self) -> tuple[float, float]:
        """The exact Poisson interval of the rate; doubt about the years is not in it."""
        low, high = poisson_interval(self.events)
        return low / self.years, high / self.years


@dataclass(frozen=True)
class Recorded:
    """One measure of one model. `without` leaves out one county's matters and its agreement-years."""

    measure: str
    model: str | None
    matters: tuple[Row, ...]
    rate: Rate
    years: Range | None
    without: Rate | None


def recorded(edition: Edition) -> tuple[Recorded, ...]:
    """Every measure, model by model, then of all models, then of holds without an agreement."""
    matters = {each: _rows(edition, each) for each in _ids(edition)}
    found: list[Recorded] = []
    for measure, by_model in ((INDIVIDUAL, RECORDED), (PATTERN, PATTERN_MATTERS), (SUITS, SUIT_MATTERS)):
        for model in MODELS:
            rows = tuple(matters[each] for each in by_model[model])
            found.append(_measure(edition, measure, model, rows))
    paid = (*RECORDED["tfm"], MARICOPA, *RECORDED["jem"], *RECORDED["wso"])
    found.append(_measure(edition, ALL_MODELS, None, tuple(matters[each] for each in paid)))
    suits = [each for model in MODELS for each in SUIT_MATTERS[model]]
    found.append(_measure(edition, SUITS, None, tuple(matters[each] for each in suits)))
    counts = _counts(edition, HOLDS)
    found.append(Recorded(HOLDS, None, (), Rate(counts.events, counts.exposure), None, None))
    return tuple(found)


def _measure(edition: Edition, measure: str, model: str | None, rows: tuple[Row, ...]) -> Recorded:
    years = _years(edition, model)
    return Recorded(
        measure, model, rows, Rate(len(rows), years.central), years, _without(edition, rows, years)
    )


def _without(edition: Edition, rows: Iterable[Row], years: Range) -> Rate | None:
    """The same with one county left out; None where none of the matters is that county's."""
    places = [row["jurisdiction"] for row in rows]
    place = _rows(edition, MARICOPA)["jurisdiction"]
    if place not in places:
        return None
    return Rate(len(places) - places.count(place), years.central - maricopa_years(edition))


def maricopa_years(edition: Edition) -> float:
    """Agreement-years of Maricopa County: what the edition's rate without it leaves of all task-force years."""
    disputes = edition.parameters[INDIVIDUAL].disputes
    rate = next(each.amount for each in disputes if each.effect == "lowers" and each.models == ("tfm",))
    if not isinstance(rate, Fixed):
        raise TypeError("the rate without Maricopa County is one figure")
    place = _rows(edition, MARICOPA)["jurisdiction"]
    left = sum(_rows(edition, each)["jurisdiction"] != place for each in RECORDED["tfm"])
    return _years(edition, "tfm").central - left / rate.value


def _ids(edition: Edition) -> Iterator[str]:
    for row in edition.tables[CASES].rows:
        yield matter_of(row)
        yield row["id"]


def _rows(edition: Edition, matter: str) -> Row:
    """The first row of a matter, or the row of that name."""
    return next(row for row in edition.tables[CASES].rows if matter in (matter_of(row), row["id"]))


def _years(edition: Edition, model: str | None) -> Range:
    amount = _value(edition, BY_MODEL if model else TOGETHER, model).amount
    if not isinstance(amount, Range):
        raise TypeError("agreement-years are a range")
    return amount


def _counts(edition: Edition, parameter_id: str) -> Counts:
    amount = _value(edition, parameter_id, None).amount
    if not isinstance(amount, Counts):
        raise TypeError(f"{parameter_id} holds no counts")
    return amount


def _value(edition: Edition, parameter_id: str, model: str | None) -> DatedValue:
    values = edition.parameters[parameter_id].values
    return next(value for value in values if not value.models or model in value.models)

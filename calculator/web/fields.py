"""Inputs of the form: label, hint, default and options of each, taken from the scenario's table or the edition."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from wtforms import StringField

from calculator.editions.schema import AgreementModel, Choice, DatedValue, Parameter
from calculator.render.formats import in_unit
from calculator.render.statement.wording import growth_rule
from calculator.scenario.fields import ASSUME, BECAUSE, MODEL_WORDS, MOST_REASON, NO_AGREEMENT, Field
from calculator.scenario.states import STATES
from calculator.units import UNITS

LONGEST_TYPED = 600
MOST_RADIOS = 5
_FISCAL_YEAR = "agreement.fiscal_year_starts"
DRAWS = "simulation.draws"
# The most a page accepts where the command line accepts more: ten thousand draws take a few seconds.
WEB_MOST = {DRAWS: 10_000}
# What a blank means where nobody would ask.
_PLAIN_BLANKS = ("not known", "not printed")
_NUMBERS = ("whole", "number", "share", "money")
_WIDTHS = {
    "text": 34,
    "date": 12,
    "month": 9,
    "money": 14,
    "headcount": 9,
    "whole": 9,
    "number": 9,
    "share": 9,
}
# Words of options that a scenario file names in one word: what it is called, and what follows from it.
OPTION_WORDS = {
    "sheriff": ("Sheriff", ""),
    "police": ("City or town police", ""),
    "state": ("State police or agency", ""),
    "campus": ("Campus police", ""),
    "district": ("District police", ""),
    "tribal": ("Tribal police", ""),
    "covered": ("Covered", ""),
    "excluded": ("Excluded", ""),
    "self_insured_retention": (
        "Self-insured retention",
        "The agency defends itself too, and that counts toward it",
    ),
    "deductible": ("Deductible", "The insurer defends from the start"),
    "not_asked": ("Not asked yet", "Becomes question one for the board"),
    "announced": ("As announced", "In full and on time"),
    "expected": ("Slowly or in part", "How slowly stands under “Federal money you expect” in more detail"),
    "none": ("Do not count on it", ""),
    "yes": ("Yes", ""),
    "no": ("No", ""),
    "part": ("In part", ""),
    "en": ("English", ""),
}


@dataclass(frozen=True)
class Pick:
    """One option of a field with fixed answers."""

    value: str
    label: str
    words: str = ""
    grade: str = ""


@dataclass(frozen=True)
class About:
    """What stands around an input."""

    hint: str = ""
    example: str = ""
    before: str = ""
    after: str = ""
    size: int = 12
    mode: str = "text"
    longest: int = LONGEST_TYPED
    required: bool = False
    may_be_unknown: bool = False
    default: str = ""
    assumption: str = ""
    because: str = ""
    picks: tuple[Pick, ...] = ()
    usual: str = ""


class Answer(StringField):
    """An input that keeps what was typed, whatever it is."""

    def __init__(self, label: str, about: About, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.about = about

    @property
    def typed(self) -> str:
        """What was typed, empty when nothing was."""
        return self.data or ""

    @property
    def radios(self) -> bool:
        """Whether the options stand open, each with its words."""
        return len(self.about.picks) <= MOST_RADIOS

    @property
    def picks(self) -> Iterator[tuple[Pick, bool]]:
        """The options with the chosen one marked; an answer that is none of them stays, as typed."""
        chosen = self.typed or self.about.usual
        for pick in self.about.picks:
            yield pick, pick.value == chosen
        if chosen not in [pick.value for pick in self.about.picks]:
            yield Pick(chosen, f"“{chosen}”, as it was sent"), True


def scenario_answer(field: Field, models: Sequence[AgreementModel]) -> Answer:
    """An input for one field of the scenario. `models` are those an agency can have signed."""
    picks = tuple(_picks(field, models))
    about = About(
        hint=" ".join(f"{each[:1].upper()}{each[1:]}." for each in _hints(field, picks) if each),
        example="" if picks else field.example,
        before="$" if field.kind == "money" else "",
        size=_WIDTHS.get(field.kind, 12),
        mode="decimal" if field.kind in _NUMBERS else "text",
        required=field.required,
        may_be_unknown=not field.required
        and field.kind in (*_NUMBERS, "headcount")
        and field.default is None,
        picks=picks,
        usual=str(field.default) if picks and field.default is not None else "",
        default="" if picks or field.default is None else f"{field.default:,}",
    )
    return Answer(field.label, about)


def _hints(field: Field, picks: Sequence[Pick]) -> Iterator[str]:
    yield field.hint
    if field.kind != "models" and field.path != _FISCAL_YEAR:
        # The form writes models and months out; only a file needs their codes.
        yield field.note
    if field.path in WEB_MOST:
        yield f"at most {WEB_MOST[field.path]:,} here; the command line allows more"
    if not (picks or field.required) and field.default is None and field.blank not in _PLAIN_BLANKS:
        yield f"left blank: {field.blank}"


def _picks(field: Field, models: Sequence[AgreementModel]) -> Iterator[Pick]:
    if field.kind == "state":
        yield Pick("", "Choose a state")
        yield from (Pick(code, name) for code, name in STATES.items())
    elif field.kind in ("choice", "yes_no"):
        options = field.options or ("yes", "no")
        if field.default is None:
            yield Pick("", "Choose one" if field.required else "Not known")
        yield from (Pick(option, *OPTION_WORDS[option]) for option in options)
    elif field.kind == "models" and not field.required:
        yield Pick(NO_AGREEMENT, "None")
        for count in range(1, len(models) + 1):
            for several in combinations(models, count):
                option = "+".join(sorted(model.id for model in several))
                yield Pick(option, " and ".join(model.short_label for model in several))
    elif field.path == _FISCAL_YEAR:
        yield Pick("", "The usual month of the state")
        yield from (Pick(str(number), calendar.month_name[number]) for number in range(1, 13))


def choice_answer(choice: Choice) -> Answer:
    """An input for a reading or a perspective."""
    picks = (
        Pick(
            "" if option.id == choice.default else option.id,
            option.label + (" (default)" if option.id == choice.default else ""),
            option.words,
            option.grade,
        )
        for option in choice.options
    )
    about = About(hint=choice.definition, assumption=choice.id, picks=tuple(picks))
    return Answer(choice.label, about)


def assumption_answers(parameter: Parameter) -> Iterator[tuple[str, Answer]]:
    """The input for an own value, and the one for its reason."""
    unit = UNITS[parameter.unit]
    because = BECAUSE.prefix + parameter.id
    about = About(
        hint=f"{parameter.definition} {growth_rule(parameter.grows_with, dated=False)}".strip(),
        before="$" if unit.kind == "money" else "",
        after=unit.words.removeprefix("dollars ") if unit.kind != "share" else "such as 0.35 or 35%",
        size=9,
        mode="text",
        may_be_unknown=True,
        default=default_words(parameter),
        assumption=parameter.id,
        because=because,
    )
    yield ASSUME.prefix + parameter.id, Answer(parameter.label, about)
    why = About(size=24, longest=MOST_REASON)
    yield because, Answer(f"Why, or from where: {parameter.label}", why)


def default_words(parameter: Parameter) -> str:
    """The default of an assumption in few words: "35%, 10% to 70%"."""
    texts = [_value_words(value, parameter, len(parameter.values) > 1) for value in parameter.values[:2]]
    unique = list(dict.fromkeys(texts))
    return "; ".join(unique) + ("; and more" if len(parameter.values) > 2 else "")


def _value_words(value: DatedValue, parameter: Parameter, several: bool) -> str:
    amount, unit = value.amount, parameter.unit
    who = f" ({_joined(value.models)})" if value.models and several else ""
    if amount.kind == "fixed":
        return in_unit(amount.value, unit) + who
    if amount.kind == "range":
        low, central, high = (in_unit(each, unit) for each in (amount.low, amount.central, amount.high))
        return f"{low} to {high}, central {central}{who}"
    return "the figure of the state" if amount.kind == "lookup" else "worked out from other answers"


def _joined(models: Sequence[str]) -> str:
    return ", ".join(MODEL_WORDS.get(model, model) for model in models)

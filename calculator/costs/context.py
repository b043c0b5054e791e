"""For whom a line is computed: one model in one kind of set, or what all models share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

SHARED_MODEL = "shared"


@dataclass(frozen=True)
class HeadcountPath:
    """Officers nominated, month by month: changes of the target, and those trained before the start.

    `changes` are (months after the start, officers added or removed); `already` are
    on duty in the first month and enter no course.
    """

    already: float
    changes: tuple[tuple[int, float], ...]

    @property
    def peak(self) -> float:
        """The largest number nominated at any time."""
        level = largest = self.already
        for _, change in self.changes:
            level += change
            largest = max(largest, level)
        return largest

    def levels(self, months: int) -> NDArray[np.float64]:
        """The number nominated in each month. Shape (months,)."""
        level = np.full(months, self.already)
        for start, change in self.changes:
            level[start:] += change
        return level


@dataclass(frozen=True)
class Partner:
    """The other jail model of an option that has both, with its officers."""

    model: str
    path: HeadcountPath


@dataclass(frozen=True)
class Context:
    """One model as it takes part in an option.

    `variants` selects among derived values and lines: the readings and
    perspectives in force, and words such as activity ("tfm", "jem_unit") or
    case_role ("alone", "first", "rest"). `own_shares` are (months after the start,
    share from then on) of the heads that no other model of the option counts;
    empty where all are its own. `partner` shares the jail's cases, where the
    case_role is not "alone".
    """

    model: str
    staff: str
    path: HeadcountPath
    own_shares: tuple[tuple[int, float], ...]
    variants: tuple[tuple[str, str], ...]
    partner: Partner | None = None

    def own_share(self, months: int) -> NDArray[np.float64]:
        """The share of heads that no other model of the option counts, in each month. Shape (months,)."""
        share = np.ones(months)
        for start, value in self.own_shares:
            share[start:] = value
        return share

    @property
    def words(self) -> Mapping[str, str]:
        """The variants as a mapping."""
        return MappingProxyType(dict(self.variants))

    @property
    def scope(self) -> str:
        """The word a line's scope must hold: jem, tfm, wso or shared."""
        return "tfm" if self.model == "tribal-tfm" else self.model

"""Who pays a claim: what the agency retains, what its insurer pays, and what lies above the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Cover:
    """Cover of one claim, in dollars.

    The agency pays each claim up to `retention` (a self-insured retention:
    payments and defense count toward it). Of the part above it, up to `limit`,
    the insurer pays `insured_share`. What lies above the limit is the agency's
    own, and so is everything where the work is excluded (`insured_share` 0).
    Each is a number or an array that broadcasts with the losses.
    """

    retention: Any
    limit: Any
    insured_share: Any

    def retained(self, loss: Any) -> Any:
        """What the agency pays of a claim of that size."""
        above = np.clip(loss - self.retention, 0.0, self.limit)
        return loss - self.insured_share * above


NO_COVER = Cover(0.0, 0.0, 0.0)

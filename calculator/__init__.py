"""moa287: what a 287(g) agreement would cost a local agency.

Map of the package; imports point one way, left to right:

    errors, units, calendar, paths → editions → scenario → line, inputs → costs
      → options → result, checks → estimate → answers → render → web, cli

Everything left of `render` does no input or output but reading editions and
scenario files, and knows nothing of pages or reports.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# The matrices here are small: threads of the linear algebra library cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from calculator.editions import open_edition
    from calculator.estimate import estimate
    from calculator.scenario import Scenario

__all__ = ["Scenario", "estimate", "open_edition"]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `moa287 --version` and small commands start quickly.
    if name == "Scenario":
        from calculator.scenario import Scenario

        return Scenario
    if name == "open_edition":
        from calculator.editions import open_edition

        return open_edition
    if name == "estimate":
        from calculator.estimate import estimate

        return estimate
    raise AttributeError(f"module 'calculator' has no attribute {name!r}")

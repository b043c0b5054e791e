"""Where charts are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Medium:
    """Where a chart is shown: unit of all lengths, text size, usual width, height of the cash plot."""

    name: str
    unit: str
    size: float
    width: float
    plot_height: float

    @property
    def weight(self) -> float:
        """What one point of line is here."""
        return self.size / 9


PRINT = Medium("print", "pt", 9, 242, 106)
WEB = Medium("web", "px", 14, 832, 235)
PHONE = Medium("phone", "px", 12.5, 343, 180)

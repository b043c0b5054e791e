"""Figures that stay on one line."""

from __future__ import annotations

from markupsafe import Markup, escape


def unbroken(text: str) -> Markup:
    """The text with each figure kept on one line: a line may otherwise break after a minus sign."""
    return Markup(" ").join(
        Markup('<span class="nw">{}</span>').format(word) if "$" in word else escape(word)
        for word in text.split(" ")
    )

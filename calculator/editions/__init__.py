"""Editions: the versioned, sealed assumption sets. `open_edition` is the way in."""

from calculator.editions.edition import Edition, edition_ids, open_edition, read_edition

__all__ = ["Edition", "edition_ids", "open_edition", "read_edition"]

"""Litigation losses: how often, how large, who pays, and when. A block of its own, never added to the totals."""

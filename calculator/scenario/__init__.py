"""Scenario: what the user told us, from a file, a link or a form."""

from calculator.scenario.fields import fields_table
from calculator.scenario.model import Override, Scenario

__all__ = ["Override", "Scenario", "fields_table"]

"""A small sound edition to copy, change and seal."""

import shutil
from pathlib import Path

import pytest

from calculator.editions.seal import seal


@pytest.fixture
def assumptions(tmp_path: Path) -> Path:
    """A folder of assumptions that holds a sound draft and a changelog."""
    return Path(shutil.copytree(Path(__file__).parent / "sound", tmp_path / "assumptions"))


@pytest.fixture
def sealed(assumptions: Path) -> Path:
    """The same folder with the draft sealed as 2026.1."""
    seal("2026.1", assumptions)
    return assumptions

"""The only module that knows where the data folders are.

In a wheel they are packed under `calculator/_data`; in a checkout they stand
beside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder `name` ("assumptions", "templates", "reports" or "cases").

    Raises FileNotFoundError when the installation is incomplete.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name, _PACKAGE.parent / "tests" / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The folder '{name}' is missing from this installation. Install moa287 again.")

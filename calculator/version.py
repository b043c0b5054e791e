"""The program's version, and those of the libraries a result depends on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("numpy", "weasyprint", "jinja2", "pydantic", "fontpkg-public-sans")


def _of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


VERSION = _of("moa287")


def versions() -> dict[str, str]:
    """Version of the program and of each library named in `LIBRARIES`."""
    return {"moa287": VERSION} | {name: _of(name) for name in LIBRARIES}

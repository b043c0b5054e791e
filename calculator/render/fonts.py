"""Public Sans: the one typeface of the page and the reports.

The package `fontpkg-public-sans` brings two variable fonts. Drawn as they are
they cost eight times the render time and change the PDF's bytes from run to
run, so four static instances are made once and kept in a cache folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from calculator.errors import RenderError

FAMILY = "Public Sans"
_PACKAGE = "fontpkg-public-sans"
_REPLACEMENT = "?"


@dataclass(frozen=True)
class Face:
    """One static instance: what CSS calls it, its file stem, and the variable font it is cut from."""

    weight: int
    style: str
    source: str

    @property
    def stem(self) -> str:
        """File name without its ending: PublicSans-600, PublicSans-400-italic."""
        return f"PublicSans-{self.weight}" + ("-italic" if self.style == "italic" else "")


_UPRIGHT = "PublicSans[wght].ttf"
FACES = (
    Face(400, "normal", _UPRIGHT),
    Face(600, "normal", _UPRIGHT),
    Face(700, "normal", _UPRIGHT),
    Face(400, "italic", "PublicSans-Italic[wght].ttf"),
)


def font_file(face: Face) -> Path:
    """The TrueType file of `face`, made on first use. Raises RenderError."""
    return _folder() / f"{face.stem}.ttf"


def web_font_file(face: Face) -> Path:
    """The WOFF2 file of `face`, for the web page to serve. Raises RenderError."""
    return _folder() / f"{face.stem}.woff2"


def font_face_css(address: Callable[[Face], str]) -> str:
    """The `@font-face` rules, each loading its font from `address(face)`."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-style:{face.style};'
        f'font-display:swap;src:url("{address(face)}")}}\n'
        for face in FACES
    )


def font_version() -> str:
    """Name and version of the typeface and of the package it came from: part of a result's identity."""
    with _open(_source_folder() / _UPRIGHT) as font:
        version = str(font["name"].getDebugName(5)).removeprefix("Version ")
    return f"{FAMILY} {version} ({_PACKAGE} {_version(_PACKAGE)})"


def font_license() -> str:
    """The font's license text (SIL Open Font License 1.1), to be served beside the font files."""
    return (_source_folder().parent / "LICENSE").read_text(encoding="utf-8")


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Advance width of one line of `text`, in the unit of `size`; kerning, which only narrows it, is left out."""
    advances, missing, units_per_em = _advances(weight)
    return sum([advances.get(char, missing) for char in text]) * size / units_per_em


def missing_glyphs(text: str) -> str:
    """The characters of `text` that Public Sans cannot draw, each once, in order."""
    return "".join(dict.fromkeys(char for char in text if not _drawable(char)))


def replace_missing_glyphs(text: str) -> str:
    """User text that can always be drawn.

    Emoji, arrows and other scripts become "?"; rare spaces become a space, rare
    hyphens a hyphen; invisible controls (joiners, direction marks) are dropped.
    """
    return "".join(map(_substitute, unicodedata.normalize("NFC", text)))


def _substitute(char: str) -> str:
    if _drawable(char):
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Mn", "Me"):
        return ""
    return {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}.get(category, _REPLACEMENT)


def _drawable(char: str) -> bool:
    return char in "\n\t\r" or char in _advances(400)[0]


@lru_cache(maxsize=len(FACES))
def _advances(weight: int) -> tuple[dict[str, int], int, int]:
    """Advance by character, advance of a missing glyph, units per em."""
    face = next(face for face in FACES if face.weight == weight and face.style == "normal")
    with _open(font_file(face)) as font:
        widths = font["hmtx"].metrics
        advances = {chr(code): widths[name][0] for code, name in font.getBestCmap().items()}
        return advances, widths[".notdef"][0], font["head"].unitsPerEm


@cache
def _folder() -> Path:
    """A folder that holds every instance, in the user's cache or, if that cannot be written, a private one."""
    made_with = f"fonts-{_version(_PACKAGE)}-{_version('fonttools')}"
    kept = _cache_home() / "moa287" / _version("moa287") / made_with
    try:
        kept.mkdir(parents=True, exist_ok=True)
        _build(kept)
    except OSError:
        private = Path(tempfile.mkdtemp(prefix="moa287-fonts-"))
        atexit.register(shutil.rmtree, private, ignore_errors=True)
        _build(private)
        return private
    return kept


def _cache_home() -> Path:
    home = os.environ.get("XDG_CACHE_HOME", "")
    return Path(home) if os.path.isabs(home) else Path("~/.cache").expanduser()


def _build(folder: Path) -> None:
    for face in FACES:
        ttf, woff2 = folder / f"{face.stem}.ttf", folder / f"{face.stem}.woff2"
        if not ttf.exists():
            _write(ttf, partial(_instance, face))
        if not woff2.exists():
            _write(woff2, partial(_compress, ttf))


def _write(path: Path, make: Callable[[Path], None]) -> None:
    """Make `path` under another name first, so that no process ever sees half a font."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    os.close(handle)
    temporary = Path(name)
    try:
        make(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _instance(face: Face, target: Path) -> None:
    from fontTools.varLib import instancer

    with _open(_source_folder() / face.source) as variable:
        static = instancer.instantiateVariableFont(variable, {"wght": face.weight}, updateFontNames=True)
        static.save(target)


def _compress(ttf: Path, target: Path) -> None:
    with _open(ttf) as font:
        font.flavor = "woff2"
        font.save(target)


def _open(path: Path) -> Any:
    """The font at `path`; saving it keeps its time stamp, so that the bytes never change."""
    from fontTools.ttLib import TTFont

    return TTFont(path, recalcTimestamp=False)


def _source_folder() -> Path:
    try:
        package = import_module("fontpkg_public_sans")
    except ModuleNotFoundError as error:
        raise RenderError(
            f"The typeface {FAMILY} is not installed. Run: python -m pip install {_PACKAGE}"
        ) from error
    return Path(package.ROOT) / "files"


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "unversioned"

"""The typeface: made once, the same bytes everywhere, in a folder of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from calculator.errors import RenderError
from calculator.render import fonts

HASHES = (
    "import hashlib; from calculator.render import fonts as f\n"
    "print([hashlib.sha256(g(x).read_bytes()).hexdigest() for x in f.FACES for g in (f.font_file, f.web_font_file)])"
)


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Forget the folder before and after, so that a test can choose another."""
    fonts._folder.cache_clear()
    yield
    fonts._folder.cache_clear()


def test_four_static_instances() -> None:
    for face in fonts.FACES:
        with TTFont(fonts.font_file(face)) as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == face.weight
    assert [face.stem for face in fonts.FACES] == [
        "PublicSans-400", "PublicSans-600", "PublicSans-700", "PublicSans-400-italic",
    ]  # fmt: skip


def test_web_fonts_are_woff2() -> None:
    assert all(fonts.web_font_file(face).read_bytes().startswith(b"wOF2") for face in fonts.FACES)
    assert "SIL OPEN FONT LICENSE Version 1.1" in fonts.font_license()


def test_another_process_and_hash_seed_make_the_same_bytes(tmp_path: Path) -> None:
    checkout = Path(fonts.__file__).parents[2]
    environment = os.environ | {
        "XDG_CACHE_HOME": str(tmp_path), "PYTHONHASHSEED": "287", "PYTHONPATH": str(checkout),
    }  # fmt: skip
    made = subprocess.run(
        [sys.executable, "-c", HASHES], env=environment, capture_output=True, text=True, check=True
    )
    here = [
        hashlib.sha256(file(face).read_bytes()).hexdigest()
        for face in fonts.FACES
        for file in (fonts.font_file, fonts.web_font_file)
    ]
    assert made.stdout.strip() == str(here)
    assert len(list(tmp_path.rglob("*.ttf"))) == 4
    assert not list(tmp_path.rglob(".*")), "temporary files are left over"


@pytest.mark.usefixtures("forgetful")
def test_a_cache_that_cannot_be_written_is_replaced_by_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moa287").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = fonts.font_file(fonts.FACES[0])
    assert file.is_file()
    assert tmp_path not in file.parents


def test_a_relative_cache_home_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert fonts._cache_home() == Path("~/.cache").expanduser()


@pytest.mark.usefixtures("forgetful")
def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fonts, "import_module", absent)
    with pytest.raises(RenderError, match="pip install fontpkg-public-sans"):
        fonts.font_file(fonts.FACES[0])


def test_the_version_is_part_of_the_identity() -> None:
    assert fonts.font_version() == "Public Sans 2.001 (fontpkg-public-sans 2.1)"


def test_text_width_is_the_sum_of_advances() -> None:
    with TTFont(fonts.font_file(fonts.FACES[1])) as font:
        advance = font["hmtx"]["zero"][0] / font["head"].unitsPerEm
    assert fonts.text_width("000", 9, 600) == pytest.approx(27 * advance)
    assert fonts.text_width("", 9) == 0
    assert fonts.text_width("Net", 9, 700) > fonts.text_width("Net", 9, 400)


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("Doña Ana County", "Doña Ana County"),
        ("Don\u0303a", "Doña"),
        ("Sheriff 😀", "Sheriff ?"),
        ("a → b", "a ? b"),
        ("family 👨\u200d👩", "family ??"),
        ("\u202eabc\u2069", "abc"),
        ("مدينة", "?????"),
        ("five\u2009per\u3000cent, x\u2011y", "five per cent, x-y"),
        ("two\nlines\t− “quoted” · ½ × 3", "two\nlines\t− “quoted” · ½ × 3"),
        ("bell\x07", "bell"),
    ],
)
def test_user_text_can_always_be_drawn(given: str, drawn: str) -> None:
    assert fonts.replace_missing_glyphs(given) == drawn
    assert fonts.missing_glyphs(drawn) == ""


def test_missing_glyphs_are_listed_once() -> None:
    assert fonts.missing_glyphs("a→b😀→") == "→😀"


def test_css_names_each_face() -> None:
    css = fonts.font_face_css(lambda face: f"/fonts/{face.stem}.woff2")
    assert css.count("@font-face") == 4
    assert (
        'font-weight:400;font-style:italic;font-display:swap;src:url("/fonts/PublicSans-400-italic.woff2")'
        in css
    )

"""The repository itself: nothing of one machine, nothing unfinished, and a README that tells the truth."""

from __future__ import annotations

import re
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from calculator.cli import main

ROOT = Path(__file__).parents[2]
TEXT = {
    *(
        ".cfg",
        ".css",
        ".csv",
        ".html",
        ".ini",
        ".java",
        ".jinja",
        ".js",
        ".json",
        ".md",
        ".py",
        ".sh",
        ".svg",
    ),
    *(".toml", ".txt", ".xml", ".yaml", ".yml", ""),
}
# Each pattern is put together from parts, so that this file does not match itself.
REFUSED = {
    "a path of one machine": r"(?<![\w.%-])/(?:work" + r"|tmp|root|home)/|\.py" + "env",
    "the host of a package registry": r"pypi\.org/sim"
    + r"ple|python"
    + r"hosted|arti"
    + "factory|index-"
    + "url",
    "something unfinished": r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b|(?i:lorem ip" + "sum)",
    "a place to fill in": r"(?i:\bplace" + r"holders?\b)(?!=)",
    "a merge that is not finished": r"(?m:^(?:<{7}|>{7}) )",
    "a debugger": r"\bbreak" + r"point\(\)|\bset_" + r"trace\(",
}
SCRATCH = re.compile(
    r"(^|/)(\.DS_Store|Thumbs\.db|nohup\.out|[^/]*\.(orig|rej|bak|tmp|swp|log)|[^/]*~|scratch[^/]*)$"
)
LARGEST = 3_000_000
CACHES = {".venv", ".git", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}


def repository_files() -> list[str]:
    """Files that are committed or would be; all but the caches when this is no checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if listed.returncode == 0:
        names = set(listed.stdout.decode("utf-8").split("\0"))
    else:
        paths = {path.relative_to(ROOT) for path in ROOT.rglob("*")}
        names = {path.as_posix() for path in paths if not CACHES & set(path.parts)}
    return sorted(name for name in names if name and (ROOT / name).is_file())


FILES = repository_files()
MALFORMED = "tests/editions/malformed"


def texts() -> dict[str, str]:
    names = [name for name in FILES if Path(name).suffix in TEXT and not name.startswith(MALFORMED)]
    return {name: (ROOT / name).read_bytes().decode("utf-8") for name in names}


def found(pattern: str, text: str) -> list[str]:
    return [match[0] for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_no_file_holds(what: str) -> None:
    hits = {
        f"{name}:{number}": line.strip()[:80]
        for name, text in texts().items()
        if re.search(REFUSED[what], text)
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(REFUSED[what], line)
    }
    assert hits == {}


@pytest.mark.parametrize(
    ("what", "text", "hit"),
    [
        ("a path of one machine", "cd /wo" + "rk/main", True),
        ("a path of one machine", "open('/tm" + "p/x')", True),
        ("a path of one machine", "https://example.org/wo" + "rk/paper", False),
        ("a path of one machine", "net/wo" + "rk/time", False),
        ("something unfinished", "# TO" + "DO: later", True),
        ("something unfinished", "mastodon", False),
        ("a place to fill in", "Placeh" + "older text", True),
        ("the host of a package registry", "--index-" + "url=x", True),
        ("a merge that is not finished", "a\n" + "<" * 7 + " HEAD\n", True),
    ],
)
def test_the_rules_themselves(what: str, text: str, hit: bool) -> None:
    assert bool(found(REFUSED[what], text)) is hit


def test_no_scratch_or_huge_files() -> None:
    assert [name for name in FILES if SCRATCH.search(name)] == []
    assert [name for name in FILES if (ROOT / name).stat().st_size > LARGEST] == []


def test_text_files_end_with_one_line_break_and_hold_no_carriage_return() -> None:
    authored = {
        name: text for name, text in texts().items() if text and not name.startswith(("tests/golden/",))
    }
    assert [name for name, text in authored.items() if not text.endswith("\n") or text.endswith("\n\n")] == []
    assert [name for name, text in authored.items() if "\r" in text] == []


def test_checksums_survive_every_checkout() -> None:
    assert "assumptions/** -text" in (ROOT / ".gitattributes").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_scripts_run(name: str) -> None:
    path = ROOT / name
    assert path.stat().st_mode & stat.S_IXUSR
    shell = path.read_text("utf-8").splitlines()[0].removeprefix("#!")
    subprocess.run([shell, "-n", str(path)], check=True)


def test_continuous_integration_adds_nothing_of_its_own() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    own = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert own == ["exec ./run test"]


def requirement_name(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_constraints_pin_every_dependency_exactly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []
    pinned = [requirement_name(line) for line in lines]
    assert sorted(set(pinned)) == sorted(pinned)
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert sorted({requirement_name(line) for line in wanted} - set(pinned)) == []


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def readme_commands() -> list[str]:
    """Command lines of the README's code blocks, and the commands it names in running text."""
    blocks = re.findall(r"^```(?:sh|console|bash)?\n(.*?)^```", readme(), re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`((?:\./run|moa287)[^`]*)`", readme())
    return [line for line in lines if line.startswith(("./run", "moa287"))]


def test_readme_names_the_two_commands() -> None:
    assert "./run" in readme_commands()
    assert "./run test" in readme_commands()


def test_readme_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for command in readme_commands():
        words = command.split()
        if words[0] == "./run":
            assert len(words) == 1 or words[1] == "test" or words[1].startswith("-"), command
        elif len(words) > 1 and not words[1].startswith("-"):
            with pytest.raises(SystemExit) as left:
                main([words[1], "--help"])
            assert left.value.code == 0, command
            assert words[1] in capsys.readouterr().out


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (name, target)
        for name, text in texts().items()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if "://" not in target
    ]
    broken = [f"{name}: {target}" for name, target in links if not ((ROOT / name).parent / target).exists()]
    assert broken == []

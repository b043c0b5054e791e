"""The command: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from calculator.cli import main
from calculator.editions import edition_ids
from calculator.render.formats import inline
from calculator.render.screen import to_text
from calculator.result import Estimate, Finding
from calculator.scenario.fields import FIELDS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
CITY = ROOT / "examples" / "city_police.yaml"
ELSEWHERE = "Choose another place with -o."
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    try:
        code = main(arguments)
    except SystemExit as left:
        code = int(left.code or 0)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return code, printed.out, printed.err


def scenario(folder: Path, old: str, new: str) -> str:
    """The city example with one thing changed."""
    text = CITY.read_text("utf-8")
    assert old in text
    (folder / "changed.yaml").write_text(text.replace(old, new, 1), "utf-8")
    return str(folder / "changed.yaml")


def test_no_command_prints_the_help(capsys: Capture) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("usage: moa287 ")
    assert all(name in out for name in ("estimate", "report", "scenario", "editions", "serve"))


def test_version_names_the_program_and_its_libraries(capsys: Capture) -> None:
    code, out, err = run(capsys, "--version")
    assert (code, err) == (0, "")
    names = [line.split(" ", 1)[0] for line in out.splitlines()]
    assert names == ["moa287", "numpy", "weasyprint", "jinja2", "pydantic", "fontpkg-public-sans"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_screen_fits_and_its_columns_line_up(
    path: Path, examples: dict[str, Estimate], capsys: Capture
) -> None:
    code, out, err = run(capsys, "estimate", str(path))
    assert (code, err) == (0, "")
    assert out == to_text(examples[path.stem])
    lines = out.splitlines()
    assert max(map(len, lines)) <= 100
    head = next(line for line in lines if line.startswith("Option "))
    high_ends = len(head)
    gross = [line for line in lines if line.startswith("  Gross cost")]
    available = [result for result in examples[path.stem].options if result.option.available]
    assert [tuple(line.split()[2:]) for line in gross] == [inline(result.gross.total) for result in available]
    assert {len(line) for line in gross} == {high_ends}
    for word in ("Low", "Central"):
        end = head.index(word) + len(word)
        assert all(line[end] == " " and line[end - 1] != " " for line in gross)


def test_screen_shows_without_federal_money_before_as_announced(capsys: Capture) -> None:
    _, out, _ = run(capsys, "estimate", str(CITY))
    lines = out.splitlines()
    first = lines.index("Task Force *")
    assert [line.split("  $")[0].split("  −")[0].strip() for line in lines[first + 1 : first + 8]] == [
        "Gross cost",
        "Without federal money: receipts",
        "Without federal money: net",
        "Without federal money: most the county pays first",
        "As announced: receipts",
        "As announced: net",
        "As announced: most the county pays first",
    ]
    assert "Warrant Service: not available: runs no jail" in lines


def test_screen_keeps_a_space_between_a_line_and_its_amounts(capsys: Capture) -> None:
    _, out, _ = run(capsys, "estimate", str(CITY))
    row = next(line for line in out.splitlines() if "records_and_complaints" in line)
    assert row.split()[:2] == ["administration.records_and_complaints", "[shared]"]
    assert row.split()[-1] == "cash"
    assert len(row.split()) == 6


def test_json_and_csv_hold_the_same_totals(capsys: Capture) -> None:
    code, out, err = run(capsys, "estimate", str(CITY), "--json")
    assert (code, err) == (0, "")
    record = json.loads(out)
    code, out, err = run(capsys, "estimate", str(CITY), "--csv")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows
    for option_id, option in record["options"].items():
        mine = [row for row in rows if row["option"] == option_id]
        if not option["available"]:
            assert mine == []
            continue
        costs = [row for row in mine if row["nature"] != "receipt"]
        cash = sum(float(row["central"]) for row in costs if row["nature"] == "cash")
        everything = sum(float(row["central"]) for row in costs)
        receipts = sum(float(row["central"]) for row in mine if row["nature"] == "receipt")
        budget, full = option["views"]["budget"], option["views"]["full_cost"]
        assert cash == pytest.approx(budget["gross"]["total"]["central"], abs=0.05)
        assert everything == pytest.approx(full["gross"]["total"]["central"], abs=0.05)
        assert receipts == pytest.approx(budget["receipts"]["total"]["central"], abs=0.05)


def test_csv_head_and_no_formulas(capsys: Capture) -> None:
    _, out, _ = run(capsys, "estimate", str(CITY), "--csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0][:8] == ["option", "model", "line", "label", "category", "timing", "nature", "case"]
    assert rows[0][-5:] == ["low", "central", "high", "formula", "refundable"]
    assert {len(row) for row in rows} == {len(rows[0])}
    words = [cell for row in rows for cell in (*row[:8], *row[-2:])]
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("flag", ["", "--json", "--csv"])
def test_output_file_holds_what_the_screen_would(flag: str, tmp_path: Path, capsys: Capture) -> None:
    flags = [flag] if flag else []
    _, shown, _ = run(capsys, "estimate", str(CITY), *flags)
    target = tmp_path / "out.txt"
    target.write_text("old")
    code, out, err = run(capsys, "estimate", str(CITY), *flags, "-o", str(target))
    assert (code, out, err) == (0, "", f"Wrote {target}\n")
    assert target.read_bytes().decode() == shown
    assert os.listdir(tmp_path) == ["out.txt"]


def test_output_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out.txt"
    target.write_text("old")
    monkeypatch.setattr("calculator.cli.os.replace", full)
    code, out, err = run(capsys, "estimate", str(CITY), "-o", str(target))
    assert (code, out) == (2, "")
    assert err == f"{target}: cannot be written (No space left on device). {ELSEWHERE}\n"
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_output_in_a_place_that_cannot_be_written(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "no" / "out.txt"
    assert run(capsys, "estimate", str(CITY), "-o", str(target)) == (
        2, "", f"{target}: cannot be written (No such file or directory). {ELSEWHERE}\n",
    )  # fmt: skip
    assert run(capsys, "estimate", str(CITY), "-o", str(tmp_path)) == (
        2, "", f"{tmp_path}: it is a folder. Name the file to write with -o.\n",
    )  # fmt: skip
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_output_in_a_folder_without_the_right_to_write(tmp_path: Path, capsys: Capture) -> None:
    tmp_path.chmod(0o500)
    code, out, err = run(capsys, "estimate", str(CITY), "-o", str(tmp_path / "x"))
    tmp_path.chmod(0o700)
    assert (code, out) == (2, "")
    assert err == f"{tmp_path / 'x'}: cannot be written (Permission denied). {ELSEWHERE}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- a\n", ":1:1: scenario: A scenario is a block of keys. Start it with 'scenario: 1'."),
        (b"", ":1:1: The file is empty. Write the keys it needs."),
        (b"\x00\xff\xfe\x80", ":1:1: The file is not UTF-8 text. Save it as plain UTF-8 text."),
        (None, ": The file cannot be read (No such file or directory). Check its name and rights."),
    ],
)
def test_files_that_are_no_scenario(
    content: bytes | None, message: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "s.yaml"
    if content is not None:
        path.write_bytes(content)
    assert run(capsys, "estimate", str(path)) == (2, "", f"{path}{message}\n")
    pdf = tmp_path / "x.pdf"
    assert run(capsys, "report", "brief", str(path), "-o", str(pdf)) == (2, "", f"{path}{message}\n")
    assert not pdf.exists()


@pytest.mark.parametrize("typed", ["./s.yaml", "../{folder}/s.yaml", "{path}/s.yaml", "missing//s.yaml"])
def test_a_file_is_named_as_it_was_typed(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.yaml").write_text("")
    typed = typed.format(folder=tmp_path.name, path=tmp_path)
    code, out, err = run(capsys, "estimate", typed)
    assert (code, out) == (2, "")
    assert err.startswith(f"{typed}:")


def test_file_names_that_are_not_utf8_can_be_named(tmp_path: Path) -> None:
    def made(*arguments: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "calculator.cli", "estimate", *arguments],
            cwd=ROOT, capture_output=True, check=False, timeout=120,
        )  # fmt: skip

    missing = made(b"no-\xff.yaml")
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"no- .yaml: The file cannot be read")
    written = made(os.fsencode(CITY), b"--csv", b"-o", os.fsencode(tmp_path) + b"/\xff.csv")
    assert written.returncode == 0
    assert written.stderr.startswith(b"Wrote ")


def test_unknown_key_and_bad_value(tmp_path: Path, capsys: Capture) -> None:
    path = scenario(tmp_path, "sworn_officers:", "sworn_oficers:")
    code, out, err = run(capsys, "estimate", path)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith(f"{path}:8:3: agency.sworn_oficers: ")
    assert lines[0].endswith("There is no key 'sworn_oficers' here. Did you mean 'sworn_officers'?")
    assert lines[1:] == [
        f"{path}:4:1: agency.sworn_officers: Sworn officers: an answer is needed. "
        "Enter a whole number from 0 to 100,000."
    ]
    path = scenario(tmp_path, "sworn_officers: 60", "sworn_officers: -4")
    assert run(capsys, "estimate", path) == (
        2,
        "",
        f"{path}:8:3: agency.sworn_officers: -4 is less than 0. Enter a whole number from 0 to 100,000.\n",
    )


def test_escape_codes_do_not_reach_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    for written in (r'"Red \e[31m title"', r'"Red \x9b31m title"'):
        path = scenario(tmp_path, "City police department, illustrative", written)
        code, out, err = run(capsys, "estimate", path)
        assert (code, out) == (2, "")
        assert err == (
            f"{path}:3:1: title: It holds a line break or another control character. "
            "Write it on one line of plain text.\n"
        )
    path = scenario(tmp_path, "agency:", 'title2: 1\n"\\e[31mkey": 1\nagency:')
    code, _, err = run(capsys, "estimate", path)
    assert code == 2
    assert "[31mkey" in err
    assert "\x1b" not in err


def test_screen_prints_no_control_characters(task_force: Estimate) -> None:
    title = "Red \x1b[31m title\x07"
    changed = dataclasses.replace(
        task_force,
        scenario=dataclasses.replace(task_force.scenario, title=title),
        checks=(Finding("W01", "warning", "Look \x1b]0;{here}"),),
    )
    lines = to_text(changed).splitlines()
    assert lines[0] == "Red  [31m title "
    assert "Note: Look  ]0;{here}" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("estimate", "moa287 estimate: the following arguments are required: FILE."),
        ("estimate x --json --csv", "moa287 estimate: argument --csv: not allowed with argument --json."),
        ("report brief x", "moa287 report: the following arguments are required: -o/--output."),
        (
            "serve --port 0",
            "moa287 serve: argument --port: the port is a whole number from 1 to 65535, not '0'.",
        ),
        (
            "serve --port ²",
            "moa287 serve: argument --port: the port is a whole number from 1 to 65535, not '²'.",
        ),
        (
            "serve --port 65536",
            "moa287 serve: argument --port: the port is a whole number from 1 to 65535, not '65536'.",
        ),
        (
            "serve --workers 0",
            "moa287 serve: argument --workers: workers is a whole number from 1 to 64, not '0'.",
        ),
        ("editions seal", "moa287 editions seal: the following arguments are required: id."),
    ],
)
def test_arguments_that_cannot_be_used(arguments: str, message: str, capsys: Capture) -> None:
    command = message.split(":", 1)[0]
    assert run(capsys, *arguments.split()) == (2, "", f"{message} See '{command} --help'.\n")


def test_unknown_command(capsys: Capture) -> None:
    code, out, err = run(capsys, "nonsense")
    assert (code, out) == (2, "")
    assert "invalid choice: 'nonsense'" in err
    assert err.endswith("See 'moa287 --help'.\n")
    assert err.count("\n") == 1


def test_brief_is_a_pdf_of_two_pages(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "brief.pdf"
    assert run(capsys, "report", "brief", str(CITY), "-o", str(target)) == (0, "", f"Wrote {target}\n")
    assert target.read_bytes().startswith(b"%PDF-")
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 2


def test_every_field_is_listed(capsys: Capture) -> None:
    code, out, err = run(capsys, "scenario", "--fields")
    assert (code, err) == (0, "")
    words = [line.split() for line in out.splitlines()]
    missing = [
        field.path
        for field in FIELDS
        if not any(line and line[0].rstrip(":") == field.path for line in words)
    ]
    assert missing == []


def test_every_field_says_what_it_means_its_unit_and_where_to_find_it(capsys: Capture) -> None:
    _, out, _ = run(capsys, "scenario", "--fields")
    entries = re.split(r"\n(?=\S)", out.rstrip())
    assert len(entries) == len(FIELDS) + 4
    for entry in entries:
        text = " ".join(entry.split())
        assert re.search(
            r"\) [A-Z0-9].*[.?] Enter .+\. Unit: [a-z].+\. Example: .+ Comes from: [a-z].+\.$", text
        ), text
        assert not re.search(r"printed in|[?]:|: one of:.*:", text), text


def test_editions(capsys: Capture) -> None:
    code, out, err = run(capsys, "editions", "list")
    assert (code, err) == (0, "")
    assert run(capsys, "editions") == (0, out, "")
    for edition_id in edition_ids():
        assert f"{edition_id}  released " in out
    assert out != ""
    code, out, err = run(capsys, "editions", "check", "draft")
    assert (code, err) == (0, "")
    assert out.startswith("draft: ")
    assert out.endswith(" files agree, digest none (not sealed)\n")
    code, out, err = run(capsys, "editions", "show", "draft")
    assert (code, err) == (0, "")
    assert out.startswith("Edition draft, released ")
    code, out, err = run(capsys, "editions", "show", "training.initial_hours", "--edition", "draft")
    assert (code, err) == (0, "")
    assert out.startswith("training.initial_hours: ")
    assert "Unit: hour/officer\n" in out


def test_unknown_editions_and_assumptions(capsys: Capture) -> None:
    code, out, err = run(capsys, "editions", "check", "1999.1")
    assert (code, out) == (2, "")
    assert err.startswith("edition: There is no edition '1999.1'. Use one of these: ")
    assert err.count("\n") == 1
    assert run(capsys, "editions", "show", "no.such", "--edition", "draft") == (
        2,
        "",
        "editions show: there is no edition or assumption 'no.such'. "
        "List them with 'moa287 editions show draft'.\n",
    )


def test_editions_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    folder = Path(shutil.copytree(Path(__file__).parent / "editions" / "sound", tmp_path / "assumptions"))
    monkeypatch.setattr("calculator.paths.data_folder", lambda name: tmp_path / name)
    code, out, err = run(capsys, "editions", "seal", "2026.1")
    assert (code, err) == (0, "")
    assert out.startswith("Sealed 2026.1, digest ")
    assert (folder / "2026.1" / "SHA256SUMS").is_file()
    assert run(capsys, "editions", "seal", "2026.1") == (
        2,
        "",
        "edition: The edition 2026.1 exists. A sealed edition never changes: use the next number.\n",
    )


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "calculator.cli", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_exit_codes_of_the_process() -> None:
    good = command("estimate", str(CITY))
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("City police department, illustrative\n")
    bad = command("estimate", "no.yaml")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr == (
        "no.yaml: The file cannot be read (No such file or directory). Check its name and rights.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_screen_that_cannot_be_written() -> None:
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "calculator.cli", "estimate", str(CITY)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr == "The output cannot be written (No space left on device). Name a file with -o.\n"


def test_screen_with_an_older_encoding() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "calculator.cli", "estimate", str(CITY)],
        cwd=ROOT, capture_output=True, check=False, timeout=120, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, b"")
    assert "\u2212$" in run.stdout.decode("utf-8")


def test_serve_on_a_host_that_has_no_address(capsys: Capture) -> None:
    code, out, err = run(capsys, "serve", "--host", "no.such.invalid")
    assert (code, out) == (2, "")
    assert err.startswith("serve: no.such.invalid:8287 cannot be used (")
    assert err.endswith("). Choose another --host or --port.\n")


def test_serve_on_a_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        # In a process of its own: waitress leaves the socket it could not bind to the garbage collector.
        served = command("serve", "--port", str(port))
    assert (served.returncode, served.stdout) == (2, "")
    assert served.stderr == (
        f"serve: 127.0.0.1:{port} cannot be used (Address already in use). Choose another --host or --port.\n"
    )


def test_failed_check_ends_with_1(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    from calculator.errors import CheckFailed

    def broken(*_: object, **__: object) -> None:
        raise CheckFailed("Totals do not agree.")

    monkeypatch.setattr("calculator.estimate.estimate", broken)
    assert run(capsys, "estimate", str(CITY)) == (1, "", "Totals do not agree.\n")


def test_an_interruption_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("calculator.estimate.estimate", interrupted)
    assert run(capsys, "estimate", str(CITY)) == (130, "", "\nInterrupted; nothing was written.\n")


@pytest.mark.parametrize("terminal", [True, False])
def test_a_long_run_tells_how_far_it_is_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path, terminal: bool
) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(CITY.read_text("utf-8") + "\nsimulation: {draws: 4000}\n", "utf-8")
    monkeypatch.setattr("calculator.sample.PART", 2_000)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    code, _, told = run(capsys, "estimate", str(path))
    assert code == 0
    assert told == ("\r2,000 of 4,000 draws\r4,000 of 4,000 draws\n" if terminal else "")


def test_the_fit_of_claims_stands_beside_what_the_edition_states(capsys: Capture) -> None:
    code, out, _ = run(capsys, "editions", "fit", "2026.1")
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["mu", "11.598", "11.6"] in lines
    assert ["sigma", "1.082", "1.08"] in lines
    assert [
        "tfm",
        "2",
        "196",
        "0.0102",
        "0.0018",
        "0.0321",
        "2",
        "in",
        "196,",
        "0.0018",
        "to",
        "0.032",
    ] in lines
    code, _, err = run(capsys, "editions", "fit", "1999.1")
    assert code == 2
    assert "1999.1" in err

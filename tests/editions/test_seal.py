"""Sealing a draft, and the JSON Schema for editors."""

from __future__ import annotations

import datetime
import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from calculator.editions import edition_ids, open_edition
from calculator.editions import seal as module
from calculator.editions.edition import SUMS, listed_files
from calculator.editions.seal import changelog_entry, schema_json, seal
from calculator.errors import EditionError
from calculator.paths import data_folder


def refusal(edition_id: str, assumptions: Path, released: datetime.date | None = None) -> list[str]:
    """Sealing must fail and leave the folder as it was; return the problems."""
    before = {path: path.read_bytes() for path in assumptions.rglob("*") if path.is_file()}
    with pytest.raises(EditionError) as caught:
        seal(edition_id, assumptions, released=released)
    assert {path: path.read_bytes() for path in assumptions.rglob("*") if path.is_file()} == before
    assert not list(assumptions.glob(".sealing*"))
    return [str(problem) for problem in caught.value.problems]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_sealed_folder_is_the_draft_with_its_name_and_checksums(assumptions: Path) -> None:
    digest = seal("2026.1", assumptions)
    folder = assumptions / "2026.1"
    edition = open_edition("2026.1", assumptions=assumptions)
    assert edition.id == "2026.1"
    assert edition.digest == digest
    assert listed_files(folder) == listed_files(assumptions / "draft")
    for name in listed_files(folder):
        if name != "edition.yaml":
            assert (folder / name).read_bytes() == (assumptions / "draft" / name).read_bytes()
    draft = (assumptions / "draft" / "edition.yaml").read_text("utf-8")
    assert (folder / "edition.yaml").read_text("utf-8") == draft.replace("id: draft", 'id: "2026.1"')
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_standard_command_checks_the_sealed_folder(sealed: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(command, cwd=sealed / "2026.1", check=False).returncode == 0
    edit(sealed / "2026.1" / "models.yaml", "notice_days: 90", "notice_days: 91")
    run = subprocess.run(command, cwd=sealed / "2026.1", check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "models.yaml: FAILED" in run.stdout


def test_same_draft_gives_the_same_digest(assumptions: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(assumptions, tmp_path / "other"))
    assert seal("2026.1", assumptions) == seal("2026.1", other)


def test_release_date_is_replaced_on_request(assumptions: Path) -> None:
    seal("2026.1", assumptions, released=datetime.date(2026, 12, 24))
    edition = open_edition("2026.1", assumptions=assumptions)
    assert edition.header.released == datetime.date(2026, 12, 24)
    assert "released: 2026-12-24\n" in (assumptions / "2026.1" / "edition.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["", "draft", "2026", "2026.0", "2026.01", "26.1", "2026.1.0", "../2026.1", "2026.1\n"]
)
def test_wrong_name(name: str, assumptions: Path) -> None:
    assert refusal(name, assumptions) == [
        f"edition: '{name}' is not the name of an edition. "
        "Write year.number, such as 2026.1; a third number is for errata."
    ]


def test_existing_edition_is_never_replaced(sealed: Path) -> None:
    edit(sealed / "draft" / "models.yaml", "notice_days: 90", "notice_days: 30")
    assert refusal("2026.1", sealed) == [
        "edition: The edition 2026.1 exists. A sealed edition never changes: use the next number."
    ]


def test_draft_with_problems(assumptions: Path) -> None:
    edit(assumptions / "draft" / "training" / "initial_hours.yaml", "low: 150", "low: 165")
    assert refusal("2026.1", assumptions) == [
        "draft/training/initial_hours.yaml:16:27: values.1.amount.low: low (165) is above central (160). "
        "They are the 10th, 50th and 90th percentile and rise in that order."
    ]


def test_release_rules_come_at_once(assumptions: Path) -> None:
    edit(assumptions / "draft" / "edition.yaml", "released:", 'supersedes: "2025.1"\nreleased:')
    (assumptions / "CHANGELOG.md").unlink()
    assert refusal("2028.1", assumptions, datetime.date(2027, 8, 1)) == [
        "edition: 2028.1 would be released on 2027-08-01. Name it 2027.number.",
        "draft/edition.yaml: The superseded edition '2025.1' is not sealed. "
        "Use one of: none, so leave the key out.",
        *(
            f"draft/{name}.yaml: The review date lies before the release on 2027-08-01. "
            "Review the value and set a later 'review_by:'."
            for name in (
                "economics/pay_growth",
                "pay/officer/salary",
                "terms/course",
                "training/initial_hours",
            )
        ),
        "CHANGELOG.md: There is no entry for 2028.1. Write what changed under '## 2028.1'.",
    ]


def test_later_edition_says_what_it_supersedes(sealed: Path) -> None:
    (sealed / "CHANGELOG.md").write_text("## 2026.2\nOne value.\n\n## 2026.1\nFirst.\n", "utf-8")
    assert refusal("2026.2", sealed) == [
        'draft/edition.yaml: It names no edition that it supersedes. Write supersedes: "2026.1"'
    ]
    edit(sealed / "draft" / "edition.yaml", "released:", 'supersedes: "2026.1"\nreleased:')
    seal("2026.2", sealed)
    assert open_edition("2026.2", assumptions=sealed).header.supersedes == "2026.1"


def test_erratum_may_follow_in_a_later_year(sealed: Path) -> None:
    (sealed / "CHANGELOG.md").write_text("## 2026.1.1\nA misprint.\n", "utf-8")
    edit(sealed / "draft" / "edition.yaml", "released:", 'supersedes: "2026.1"\nreleased:')
    seal("2026.1.1", sealed, released=datetime.date(2027, 1, 5))
    assert edition_ids(sealed) == ("2026.1", "2026.1.1")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("## 2026.1\nFirst.\n", "First."),
        ("# Log\n\n## 2026.1 (2026-11-24)\n\n- One\n- Two\n\n## 2025.9\nOld.\n", "- One\n- Two"),
        ("## 2026.1\n\n## 2025.9\nOld.\n", ""),
        ("## 2026.10\nOther.\n", ""),
        ("## 2026x1\nOther.\n", ""),
        ("In 2026.1 we will see.\n", ""),
    ],
)
def test_changelog_entry(text: str, entry: str, tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text(text, "utf-8")
    assert changelog_entry(tmp_path / "CHANGELOG.md", "2026.1") == entry


def test_nothing_is_left_when_the_last_step_fails(assumptions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(module.os, "rename", full)
    with pytest.raises(OSError, match="no space left"):
        seal("2026.1", assumptions)
    assert sorted(path.name for path in assumptions.iterdir()) == ["CHANGELOG.md", "draft"]


def test_schema_for_editors_is_current() -> None:
    kept = (data_folder("assumptions") / "schema.json").read_text("utf-8")
    assert kept == schema_json(), "write it anew: python -m calculator.editions.seal"


def test_schema_for_editors_covers_every_kind_of_file() -> None:
    schema = json.loads(schema_json())
    assert [entry["$ref"].rpartition("/")[2] for entry in schema["anyOf"]] == [
        "Parameter",
        "Choice",
        "StateRules",
        "Facts",
        "Table",
        "Models",
        "Sources",
        "EditionHeader",
        "Withdrawals",
    ]
    parameter = schema["$defs"]["Parameter"]
    assert parameter["additionalProperties"] is False
    assert parameter["required"] == ["schema", "id", "label", "definition", "unit", "values", "review_by"]
    assert "from" in schema["$defs"]["DatedValue"]["properties"]
    assert "since" not in schema["$defs"]["DatedValue"]["properties"]

"""Opening an edition: digest, tampering, cache, names, withdrawal, references."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from calculator.editions import edition as module
from calculator.editions import edition_ids, open_edition, read_edition
from calculator.editions.edition import SUMS, cited_sources
from calculator.errors import EditionError

ADVICE = "Install moa287 again; a sealed edition is never edited."
SOUND = Path(__file__).parent / "sound" / "draft"


def refusal(assumptions: Path, edition_id: str | None = "2026.1") -> list[str]:
    with pytest.raises(EditionError) as caught:
        open_edition(edition_id, assumptions=assumptions)
    return [str(problem) for problem in caught.value.problems]


def test_sound_draft_has_every_part() -> None:
    edition = read_edition(SOUND)
    assert edition.id == "draft"
    assert edition.digest == "" == edition.short_digest
    assert sorted(edition.parameters) == [
        "economics.pay_growth",
        "pay.officer.salary",
        "training.initial_hours",
    ]
    assert sorted(edition.choices) == ["terms.course"]
    assert edition.choices["terms.course"].key == "course"
    assert list(edition.models) == ["tfm"]
    assert list(edition.sources) == ["judgment", "notice", "survey"]
    assert list(edition.states) == ["VA"]
    assert list(edition.facts) == ["context"]
    row = edition.tables["wages"].row(state="VA")
    assert row is not None
    assert row["median"] == "66000"
    assert edition.tables["wages"].row(state="PR") is None
    assert edition.files[0] == "economics/pay_growth.yaml"
    assert len(edition.files) == 11


def test_digest_is_the_checksum_of_the_checksums(sealed: Path) -> None:
    edition = open_edition("2026.1", assumptions=sealed)
    assert edition.digest == hashlib.sha256((sealed / "2026.1" / SUMS).read_bytes()).hexdigest()
    assert edition.short_digest == edition.digest[:12]
    assert len(edition.digest) == 64


def change(folder: Path) -> None:
    path = folder / "training" / "initial_hours.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 40", "value: 41"), "utf-8")


def change_one_table_cell(folder: Path) -> None:
    path = folder / "tables" / "wages.csv"
    path.write_text(path.read_text("utf-8").replace("70000", "70001"), "utf-8")


def add(folder: Path) -> None:
    (folder / "training" / "extra.yaml").write_text("schema: 1\n", "utf-8")


def add_hidden(folder: Path) -> None:
    (folder / ".note").write_text("", "utf-8")


def remove(folder: Path) -> None:
    (folder / "states" / "VA.yaml").unlink()


def rename(folder: Path) -> None:
    (folder / "states" / "VA.yaml").rename(folder / "states" / "MD.yaml")


def drop_a_checksum(folder: Path) -> None:
    lines = (folder / SUMS).read_text("utf-8").splitlines(keepends=True)
    (folder / SUMS).write_text("".join(line for line in lines if "models.yaml" not in line), "utf-8")


def empty_the_checksums(folder: Path) -> None:
    (folder / SUMS).write_text("", "utf-8")
    for path in folder.iterdir():
        if path.name not in (SUMS, "models.yaml"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def point_outside(folder: Path) -> None:
    with (folder / SUMS).open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  ../draft/models.yaml\n{'0' * 64}  /etc/hostname\nnonsense\n")


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (change, ["2026.1/training/initial_hours.yaml: The checksum does not agree."]),
        (change_one_table_cell, ["2026.1/tables/wages.csv: The checksum does not agree."]),
        (add, ["2026.1/training/extra.yaml: The file is not part of the sealed edition."]),
        (add_hidden, ["2026.1/.note: The file is not part of the sealed edition."]),
        (remove, ["2026.1/states/VA.yaml: The file is missing."]),
        (
            rename,
            [
                "2026.1/states/MD.yaml: The file is not part of the sealed edition.",
                "2026.1/states/VA.yaml: The file is missing.",
            ],
        ),
        (drop_a_checksum, ["2026.1/models.yaml: The file is not part of the sealed edition."]),
        (empty_the_checksums, ["2026.1/models.yaml: The file is not part of the sealed edition."]),
        (
            point_outside,
            [
                "2026.1/SHA256SUMS:13: The line is not a checksum and a name.",
                "2026.1/SHA256SUMS:14: The line is not a checksum and a name.",
                "2026.1/../draft/models.yaml: The file is missing.",
            ],
        ),
    ],
)
def test_tampering_names_the_file_and_opens_nothing(
    tamper: Callable[[Path], None], expected: list[str], sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(sealed / "2026.1")

    def parsed(*_: object) -> None:
        raise AssertionError("a file was parsed although a checksum fails")

    monkeypatch.setattr(module, "read_document", parsed)
    assert refusal(sealed) == [f"{line} {ADVICE}" for line in expected]


def test_checksums_are_verified_and_files_read_once(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[Path] = []
    verify = module.verify_sums

    def counted(folder: Path) -> object:
        verified.append(folder)
        return verify(folder)

    monkeypatch.setattr(module, "verify_sums", counted)
    first = open_edition("2026.1", assumptions=sealed)
    change(sealed / "2026.1")
    assert open_edition("2026.1", assumptions=sealed) == first
    assert open_edition(None, assumptions=sealed).parameters is first.parameters
    assert verified == [sealed / "2026.1"]


def test_a_refused_edition_is_verified_again_after_repair(sealed: Path) -> None:
    path = sealed / "2026.1" / "states" / "VA.yaml"
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    assert len(refusal(sealed)) == 1
    path.write_bytes(content)
    assert open_edition("2026.1", assumptions=sealed).id == "2026.1"


@pytest.mark.parametrize(
    "name",
    [
        "2026.2",
        "2026.01",
        "2026",
        "",
        "..",
        ".",
        "../draft",
        "2026.1/../draft",
        "2026.1/",
        "/etc",
        "draft/training",
        "DRAFT",
        "2026.1\n",
        "2026.1\0",
        "２０２６.1",
    ],
)
def test_unknown_edition_and_path_traversal(name: str, sealed: Path) -> None:
    assert refusal(sealed, name) == [f"edition: There is no edition '{name}'. Use one of these: 2026.1."]


def test_long_name_is_cut_in_the_message(sealed: Path) -> None:
    (problem,) = refusal(sealed, "9" * 500)
    assert problem == f"edition: There is no edition '{'9' * 40}'. Use one of these: 2026.1."


def test_no_edition_at_all(tmp_path: Path) -> None:
    assert refusal(tmp_path, None) == [
        "edition: There is no edition 'draft'. Use one of these: none is sealed yet."
    ]


def test_draft_is_opened_by_name_and_when_nothing_is_sealed(assumptions: Path) -> None:
    assert open_edition(None, assumptions=assumptions).id == "draft"
    assert open_edition("draft", assumptions=assumptions).digest == ""


def test_editions_are_ordered_by_number_and_strange_folders_ignored(tmp_path: Path) -> None:
    for name in ("2026.10", "2026.9", "2026.9.1", "2025.2", "old", "2026.x", "draft", ".sealing-1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / SUMS).touch()
    (tmp_path / "2027.1").mkdir()
    assert edition_ids(tmp_path) == ("2025.2", "2026.9", "2026.9.1", "2026.10")


WITHDRAWN = """\
schema: 1
withdrawn:
  - edition: "2026.1"
    since: 2026-12-01
    reason: A wage was transcribed wrongly.
    use: "2026.2"
"""


def test_withdrawn_edition_opens_with_its_reason_but_is_not_the_default(sealed: Path) -> None:
    (sealed / "withdrawn.yaml").write_text(WITHDRAWN, "utf-8")
    assert open_edition("2026.1", assumptions=sealed).withdrawn == "A wage was transcribed wrongly."
    assert open_edition("draft", assumptions=sealed).withdrawn is None
    assert open_edition(None, assumptions=sealed).id == "draft"


def test_edition_that_is_not_withdrawn(sealed: Path) -> None:
    (sealed / "withdrawn.yaml").write_text("schema: 1\nwithdrawn: []\n", "utf-8")
    assert open_edition("2026.1", assumptions=sealed).withdrawn is None


def test_malformed_withdrawals(sealed: Path) -> None:
    (sealed / "withdrawn.yaml").write_text(WITHDRAWN.replace('"2026.1"', "2026.1"), "utf-8")
    assert refusal(sealed) == [
        "withdrawn.yaml:3:5: withdrawn.0.edition: text is needed here (found: '2026.1'). "
        "Put quotes around it."
    ]


def test_overdue_values_are_named() -> None:
    edition = read_edition(SOUND)
    assert edition.overdue(datetime.date(2027, 6, 30)) == ()
    assert edition.overdue(datetime.date(2027, 7, 1)) == (
        "economics.pay_growth",
        "pay.officer.salary",
        "terms.course",
        "training.initial_hours",
    )


def test_where_sources_are_cited() -> None:
    assert cited_sources(read_edition(SOUND)) == {
        "survey": [
            "economics/pay_growth.yaml",
            "pay/officer/salary.yaml",
            "terms/course.yaml",
            "tables/wages.yaml",
            "tables/wages.csv",
        ],
        "notice": [
            "training/initial_hours.yaml",
            "terms/course.yaml",
            "models.yaml",
            "states/VA.yaml",
            "facts/context.yaml",
            "tables/wages.csv",
        ],
        "judgment": ["training/initial_hours.yaml"],
    }


def test_an_edition_cannot_be_changed_in_memory(sealed: Path) -> None:
    edition = open_edition("2026.1", assumptions=sealed)
    with pytest.raises(TypeError):
        edition.parameters["pay.officer.salary"] = edition.parameters["economics.pay_growth"]  # type: ignore[index]
    with pytest.raises(TypeError):
        edition.tables["wages"].rows[0]["median"] = "1"  # type: ignore[index]


def test_a_hundred_files_are_read_quickly(assumptions: Path) -> None:
    growth = (assumptions / "draft" / "economics" / "pay_growth.yaml").read_text("utf-8")
    for number in range(100):
        path = assumptions / "draft" / "economics" / f"growth_{number}.yaml"
        path.write_text(growth.replace("id: economics.pay_growth", f"id: economics.growth_{number}"), "utf-8")
    times = []
    for _ in range(3):
        start = time.process_time()
        edition = read_edition(assumptions / "draft")
        times.append(time.process_time() - start)
    assert len(edition.parameters) == 103
    assert min(times) < 0.15

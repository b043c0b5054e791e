"""Sealed editions never change: each agrees with its checksums, and with the digest recorded here."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from calculator.editions import edition_ids, open_edition
from calculator.editions.edition import DRAFT, SUMS, WITHDRAWN
from calculator.editions.loader import read_record
from calculator.editions.schema import Withdrawals
from calculator.editions.seal import CHANGELOG, changelog_entry
from calculator.paths import data_folder

# Recorded at release. Never correct a line here: seal a new edition.
DIGESTS: dict[str, str] = {
    "2026.1": "f867bdf2b84234896af7c06d1271a7beb0350d1487ff005cb903f075c73413a9",
}

ASSUMPTIONS = data_folder("assumptions")


def test_every_sealed_edition_has_its_recorded_digest() -> None:
    assert {name: open_edition(name).digest for name in edition_ids()} == DIGESTS


def test_a_folder_without_checksums_is_the_draft() -> None:
    assert {path.name for path in ASSUMPTIONS.iterdir() if path.is_dir()} == {DRAFT, *edition_ids()}


def test_standard_command_agrees() -> None:
    command = shutil.which("sha256sum")
    if command is None:
        pytest.fail("the command sha256sum is missing (package coreutils)")
    for name in edition_ids():
        run = [command, "--check", "--strict", "--quiet", SUMS]
        assert subprocess.run(run, cwd=ASSUMPTIONS / name, check=False).returncode == 0, name


def test_every_sealed_edition_is_explained() -> None:
    unexplained = [name for name in edition_ids() if not changelog_entry(ASSUMPTIONS / CHANGELOG, name)]
    assert unexplained == []


def test_supersession_forms_one_line() -> None:
    known = edition_ids()
    superseded = [open_edition(name).header.supersedes for name in known]
    assert superseded[:1] == [None][: len(known)]
    assert all(earlier in known for earlier in superseded[1:])


def test_withdrawals_name_sealed_editions() -> None:
    record, problems = read_record(ASSUMPTIONS / WITHDRAWN, WITHDRAWN, Withdrawals)
    assert problems == []
    assert record is not None
    named = {entry.edition for entry in record.withdrawn} | {
        entry.use for entry in record.withdrawn if entry.use
    }
    assert named <= set(edition_ids())

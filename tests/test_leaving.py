"""What is left when Radar has to end: private, without values but in the drafts, and found again."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from radar_tui.leaving import Draft, Typed, keep_crash, keep_drafts, kept_drafts

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = Draft(
    "New contact", "Aurora\x1b Tissue", "2026-12-03T11:00:00Z", (Typed("name", "Name", "Róssi", "Róssi"),)
)


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))


def test_drafts_come_back_and_go(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    assert kept_drafts(path) == []
    keep_drafts(path, [DRAFT, DRAFT])
    assert kept_drafts(path) == [DRAFT, DRAFT]
    keep_drafts(path, [])
    assert kept_drafts(path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    path, before = tmp_path / "radar.db", os.umask(0)
    try:
        keep_drafts(path, [DRAFT])
        keep_crash(path, ValueError("x"))
    finally:
        os.umask(before)
    assert [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()] == [0o600] * 2


def test_where_nothing_can_be_written_beside_the_database_the_state_folder_takes_it(tmp_path: Path) -> None:
    (tmp_path / "radar.db.drafts.json").mkdir()
    keep_drafts(tmp_path / "radar.db", [DRAFT])
    assert kept_drafts(tmp_path / "radar.db") == [DRAFT]
    assert kept_drafts(tmp_path / "other.db") == []
    keep_drafts(tmp_path / "radar.db", [])
    assert kept_drafts(tmp_path / "radar.db") == []


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"title": 1}]', "[" * 9000, "\x00"])
def test_what_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "radar.db.drafts.json").write_text(text)
    assert kept_drafts(tmp_path / "radar.db") == []


def test_a_crash_text_holds_types_and_lines_and_no_values(tmp_path: Path) -> None:
    try:
        try:
            int("Rossi is unhappy")
        except ValueError as error:
            raise KeyError("ACME//user:SECRET@host") from error
    except KeyError as error:
        report = keep_crash(tmp_path / "radar.db", error)
    told = report.read_text()
    assert "Rossi" not in told
    assert "SECRET" not in told
    assert told.index("builtins.ValueError") < told.index("builtins.KeyError")
    assert "test_leaving.py:" in told

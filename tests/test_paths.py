"""Where the files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar_tui import paths


def test_radar_db_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RADAR_DB", str(tmp_path / "team.db"))
    assert paths.database() == tmp_path / "team.db"
    monkeypatch.setenv("RADAR_DB", "~/team.db")
    assert paths.database() == Path.home() / "team.db"


@pytest.mark.parametrize("empty", [None, ""])
def test_else_the_data_folder(monkeypatch: pytest.MonkeyPatch, empty: str | None) -> None:
    if empty is None:
        monkeypatch.delenv("RADAR_DB", raising=False)
    else:
        monkeypatch.setenv("RADAR_DB", empty)
    assert paths.database().name == "radar.db"
    assert paths.database().parent == paths.demo_database().parent
    assert paths.demo_database().name == "demo.db"


def test_backups_stand_beside_the_file(tmp_path: Path) -> None:
    assert paths.backups(tmp_path / "team.db") == tmp_path.resolve() / "team.db.backups"


def test_own_checklists_are_in_the_config_folder() -> None:
    assert paths.user_checklists().parts[-2:] == ("radar", "checklists")


def test_the_sample_is_at_the_top_or_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "radar_tui"
    package.mkdir()
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.sample() == tmp_path.resolve() / "sample.db"
    (package / "sample.db").touch()
    assert paths.sample() == package.resolve() / "sample.db"

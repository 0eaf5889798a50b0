"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.files import replace_bytes, written

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    target, database = tmp_path / "out.csv", tmp_path / "radar.db"
    with written(target, database=database) as scratch:
        scratch.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"
    assert names(tmp_path) == ["out.csv"]
    if os.name != "nt":
        assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    target, database = tmp_path / "out.csv", tmp_path / "radar.db"
    target.write_text("old")
    with pytest.raises(RadarError, match=r"already.\n.*--force"), written(target, database=database):
        raise AssertionError("nothing is written for nothing")
    with written(target, database=database, force=True) as scratch:
        scratch.write_text("new")
    assert target.read_text() == "new"


@pytest.mark.parametrize("links", [True, False])
def test_one_that_comes_in_between_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if not links:
        monkeypatch.setattr(os, "link", none)
    target = tmp_path / "out.csv"
    with (
        pytest.raises(RadarError, match="already"),
        written(target, database=tmp_path / "radar.db") as scratch,
    ):
        scratch.write_text("ours")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    assert names(tmp_path) == ["out.csv"]


def test_a_full_disk_and_a_failing_writer_leave_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, database = tmp_path / "out.csv", tmp_path / "radar.db"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), written(target, database=database, force=True) as scratch:
        scratch.write_text("half")
        raise ZeroDivisionError

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(RadarError, match="no space"),
        written(target, database=database, force=True) as scratch,
    ):
        scratch.write_text("new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["out.csv"]


def test_the_database_and_folders_are_never_written_over(tmp_path: Path) -> None:
    database = tmp_path / "radar.db"
    database.write_bytes(b"precious")
    (tmp_path / "link.xlsx").symlink_to(database)
    for name in ("radar.db", "link.xlsx", "radar.db-wal", "x/../radar.db-journal", "."):
        with pytest.raises(RadarError), written(tmp_path / name, database=database, force=True):
            raise AssertionError(name)
    with pytest.raises(RadarError, match="no such file"), written(tmp_path / "no" / "out", database=database):
        raise AssertionError("there is no such folder")
    assert database.read_bytes() == b"precious"


@pytest.mark.skipif(os.name == "nt", reason="no signals")
def test_a_kill_in_the_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    program = (
        "import os, signal, sys; from pathlib import Path; from radar_tui.files import written\n"
        "with written(Path(sys.argv[1]), database=Path('radar.db'), force=True) as scratch:\n"
        "    scratch.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text() == "old"


def test_a_file_of_radars_own_is_replaced(tmp_path: Path) -> None:
    replace_bytes(tmp_path / "one", b"first")
    replace_bytes(tmp_path / "one", b"second")
    assert (tmp_path / "one").read_bytes() == b"second"
    assert names(tmp_path) == ["one"]

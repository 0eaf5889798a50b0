"""Checked copies of the database: made on start, before migration, import and sync; the last seven stay."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui import paths
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store

KEPT = 7
_STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """The backups of one open store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def make(self) -> Path:
        """Write and check a backup now; returns its path."""
        return write_backup(self.store.connection, self.store.path, self.store.clock())

    def make_if_due(self) -> Path | None:
        """A backup if the last one is older than a day."""
        found = good_backups(self.store.path, checked=False)
        if found and self.store.clock().replace(tzinfo=None) - made_at(found[0]) < timedelta(days=1):
            return None
        return self.make()


def made_at(backup: Path) -> datetime:
    """When a backup was made, local time, from its name."""
    return datetime.strptime(backup.stem, _STAMP)  # noqa: DTZ007 -- the stamp is local time


def good_backups(database: Path, *, checked: bool = True) -> list[Path]:
    """The backups of a database file, newest first; `checked` leaves out those that SQLite cannot read."""
    found = []
    for file in sorted(paths.backups(database).glob("*.db"), reverse=True):
        with contextlib.suppress(ValueError):
            made_at(file)
            if not checked or is_sound(file):
                found.append(file)
    return found


def is_sound(file: Path) -> bool:
    """Whether SQLite reads every page of `file` without complaint."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def write_backup(connection: sqlite3.Connection, database: Path, now: datetime) -> Path:
    """Copy the database with VACUUM INTO, check the copy, and only then count it as one of the seven."""
    folder = paths.backups(database)
    target = folder / f"{now.strftime(_STAMP)}.db"
    scratch = target.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", [str(scratch)])
        os.chmod(scratch, 0o600)
    except (sqlite3.OperationalError, OSError) as error:
        scratch.unlink(missing_ok=True)
        raise RadarError(
            f"No backup could be written to {folder} ({error}).", "Your data is safe. Free some space there."
        ) from error
    if not is_sound(scratch):
        scratch.unlink(missing_ok=True)
        raise RadarError(
            "The backup could not be read back, so it was not kept.", "`radar check` looks at the database."
        )
    os.replace(scratch, target)
    for old in good_backups(database, checked=False)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def restore(database: Path, backup: Path, now: datetime) -> Path | None:
    """Put `backup` in the place of `database`; the file that was there is kept, its new path is returned."""
    import shutil

    if not is_sound(backup):
        raise RadarError(f"{backup.name} cannot be read as a backup.", "Choose another: radar restore --list")
    aside: Path | None = None
    incoming = database.with_name(database.name + ".incoming")
    shutil.copyfile(backup, incoming)
    os.chmod(incoming, 0o600)
    if database.exists():
        aside = database.with_name(f"{database.name}.before-restore-{now.strftime(_STAMP)}")
        os.replace(database, aside)
    for journal in ("-wal", "-shm", "-journal"):
        leftover = database.with_name(database.name + journal)
        if leftover.exists():
            os.replace(leftover, (aside or database).with_name((aside or database).name + journal))
    os.replace(incoming, database)
    return aside

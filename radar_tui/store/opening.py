"""Opening a file: pragmas, refusing what is damaged or newer, migrating what is older."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.store.migrations import NAMES, SET, migrations
from radar_tui.store.store import private_file, save_failed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

MIGRATIONS_TABLE = "_sqlite_migrations"


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection with the pragmas of the design; transactions are ours to begin."""
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def opened(path: Path, clock: Callable[[], datetime], busy_seconds: float) -> sqlite3.Connection:
    """The ready connection of `Store.open`; closed again if anything is wrong with the file."""
    connection = None
    try:
        private_file(path)
        connection = connect(path, busy_seconds)
        applied = applied_migrations(connection, path)
        if unknown := [name for name in applied if name not in NAMES]:
            raise RadarError(
                f"{path.name} was made by a newer Radar (it knows “{unknown[-1]}”). It was not touched.",
                "Install the newest Radar: pip install --upgrade radar-tui",
            )
        if len(applied) < len(NAMES):
            _migrate(connection, path, clock, fresh=not applied)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, OSError):
            raise RadarError(
                f"{path} cannot be opened: {error.strerror or error}.",
                "Choose another file with --db, or change who may read and write it.",
            ) from error
        if isinstance(error, sqlite3.OperationalError) and not _is_damage(error):
            raise save_failed(error) from error
        if isinstance(error, sqlite3.DatabaseError):
            raise damaged(path) from error
        raise
    return connection


def applied_migrations(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The names of the migrations that a file has; refuses a SQLite file of another program."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return []
    if MIGRATIONS_TABLE not in tables:
        raise RadarError(
            f"{path.name} belongs to another program. It was not touched.", "Choose another file with --db."
        )
    found = connection.execute(
        f"SELECT name FROM {MIGRATIONS_TABLE} WHERE migration_set = ? ORDER BY rowid",  # noqa: S608
        [SET],
    )
    return [row[0] for row in found]


def damaged(path: Path) -> RadarError:
    """What is said of a file that SQLite cannot read."""
    return RadarError(
        f"{path.name} is damaged and was not touched.",
        f"The last good backup comes back with: radar restore --db {path}",
    )


def _is_damage(error: sqlite3.OperationalError) -> bool:
    return "malformed" in str(error) or "disk I/O" in str(error)


def _migrate(
    connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime], *, fresh: bool
) -> None:
    from sqlite_utils import Database

    if not fresh:
        from radar_tui.store.backup import write_backup

        write_backup(connection, path, clock())
    migrations().apply(Database(connection))

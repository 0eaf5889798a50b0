"""Whose file it is: which migrations it has, and whether this Radar knows them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.store.schema import migrations

if TYPE_CHECKING:
    from pathlib import Path

MIGRATIONS_TABLE = "_sqlite_migrations"


def accepted_migrations(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The migrations a file has, all known here; refuses a file of another program or of a newer Radar."""
    applied = applied_migrations(connection, path)
    if unknown := [name for name in applied if name not in migrations.NAMES]:
        raise RadarError(
            f"{path.name} was made by a newer Radar (it knows “{unknown[-1]}”). It was not touched.",
            "Install the newest Radar: pip install --upgrade radar-tui",
        )
    return applied


def applied_migrations(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The names of the migrations that a file has; refuses a SQLite file of another program."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return []
    found: list[str] = []
    if MIGRATIONS_TABLE in tables:
        names = connection.execute(
            f"SELECT name FROM {MIGRATIONS_TABLE} WHERE migration_set = ? ORDER BY rowid",  # noqa: S608
            [migrations.SET],
        )
        found = [row[0] for row in names]
    if not found:
        raise RadarError(
            f"{path.name} belongs to another program. It was not touched.", "Choose another file with --db."
        )
    return found


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)

"""What disks, copiers and other programs do to a database file. The file must not be open."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = 4096
_INTERIOR = (2, 5)
"""The first byte of a page that holds no rows: of an index, of a table (sqlite.org/fileformat2.html §1.6)."""


def halve(database: Path, name: str) -> int:
    """Half of the cells of the last leaf of a table or an index are gone: no program reads them any more. Returns how
    many."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
    raw = bytearray(database.read_bytes())
    *_, leaf = _leaves(raw, root)
    place = (leaf - 1) * PAGE + 3
    cells = int.from_bytes(raw[place : place + 2], "big")
    raw[place : place + 2] = (cells // 2).to_bytes(2, "big")
    database.write_bytes(raw)
    return cells - cells // 2


def _leaves(raw: bytes | bytearray, page: int) -> Iterator[int]:
    start = (page - 1) * PAGE
    if raw[start] not in _INTERIOR:
        yield page
        return
    for cell in range(int.from_bytes(raw[start + 3 : start + 5], "big")):
        pointer = start + 12 + 2 * cell
        place = start + int.from_bytes(raw[pointer : pointer + 2], "big")
        yield from _leaves(raw, int.from_bytes(raw[place : place + 4], "big"))
    yield from _leaves(raw, int.from_bytes(raw[start + 8 : start + 12], "big"))


def copied_slowly(source: Path, target: Path, meanwhile: Callable[[], object], pieces: int) -> None:
    """Copy a database and its journal as a backup program does which knows nothing of transactions: piece by piece,
    and after each of those of the database `meanwhile` something is written."""
    size = max(1, source.stat().st_size // pieces // PAGE) * PAGE
    for name in ("", "-wal"):
        with contextlib.suppress(FileNotFoundError):
            with (
                source.with_name(source.name + name).open("rb") as there,
                target.with_name(target.name + name).open("wb") as here,
            ):
                while piece := there.read(size):
                    here.write(piece)
                    if not name:
                        meanwhile()


def behind_the_triggers(database: Path, *statements: str) -> None:
    """What another program does to the file that drops its triggers and makes them again."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in made:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)
        for _, sql in made:
            connection.execute(sql)

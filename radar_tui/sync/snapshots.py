"""Snapshots from the hub: proven by the log, not trusted.

An entry states what all rows come to after it, so a snapshot of that number is right or it is not. Where that entry is
of an older Radar, a later one may give the snapshot's hash, and the state after a later one shows what it began with.
What none of these can tell apart from the log's own rows, and every later entry fits, is taken.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from typing import TYPE_CHECKING, NamedTuple

import apsw

from radar_tui.files import private
from radar_tui.store.schema.migrations import NAMES, migrations
from radar_tui.store.schema.touched import SYNCED
from radar_tui.sync.base import SCHEMA, Base, migrations_in, opened_base
from radar_tui.sync.sync_folder import clear

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.sync.hub.hub import Hub


class Snapshot(NamedTuple):
    """One that was unpacked. `proven`: its rows come to what the log states at its number. `marked`: it says which
    outboxes are in the log, which no state covers."""

    seq: int
    hash: str
    proven: bool
    marked: bool

    def is_borne_out(self, vouched: set[str]) -> bool:
        """Whether it may be used where the entries after it `vouched` for these (NUMBER/HASH)."""
        hashes = {
            hash for number, _, hash in (one.partition("/") for one in vouched) if int(number) == self.seq
        }
        if self.proven and not self.marked:
            return True
        return self.hash in hashes or not (hashes or self.proven)


class Altered(Exception):
    """A snapshot that is whole is not what the log comes to."""


def unpack_snapshot(hub: Hub, seq: int, scratch: Path) -> Snapshot | None:
    """Unpack a snapshot into `scratch`, as a base at entry `seq`; None if it is not whole, not of our making, or not of
    the entry that it says."""
    clear(scratch)
    entry = None if seq < hub.first() else hub.read(seq, None)
    rows = sum(entry.header.counts.values()) if entry else 0
    with (
        tempfile.TemporaryFile(dir=scratch.parent) as packed,
        open(scratch, "xb", opener=private) as file,
    ):
        found = hub.read_snapshot(seq, packed, file, rows)
    if found is None:
        return None
    header, hash = found
    if header.schema > SCHEMA or (entry and entry.digest != header.parent):
        return None
    if not is_sound_snapshot(scratch, header.schema):
        return None
    with contextlib.closing(Base(scratch)) as base, base.moving():
        # Its own words about its place are not needed: the log has been asked.
        base.believe_nothing()
        marked = base.database.execute("SELECT 1 FROM local").fetchone() is not None
        base.note(sync_head=seq, sync_hash=header.parent, snapshot=seq)
        stated = entry.header.state if entry else ""
        if stated and base.changed({}, {}).state != stated:
            return None
    return Snapshot(seq, hash, bool(stated), marked)


def is_sound_snapshot(path: Path, schema: int) -> bool:
    """Whether a file from the hub holds exactly our tables and indexes as of `schema` migrations, whole and with every
    reference kept: nothing in it may act when it is opened."""
    try:
        with contextlib.closing(opened_base(path)) as database:
            made = set(database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
            return (
                made == expected_schema(schema)
                and migrations_in(database) == list(NAMES[:schema])
                and database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                and database.execute("PRAGMA foreign_key_check").fetchone() is None
                and _is_all_text(database)
            )
    except (apsw.Error, UnicodeError):
        return False


def _is_all_text(database: apsw.Connection) -> bool:
    """Reads every row once; raises UnicodeError at bytes that no other place would take as text. A snapshot of an older
    Radar lacks the tables that came later."""
    there = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in there.intersection(SYNCED):
        for _ in database.execute(f"SELECT * FROM {table}"):  # noqa: S608
            pass
    return True


def expected_schema(schema: int) -> set[tuple[str, str, str]]:
    """Type, name and SQL of everything that the first `schema` migrations make."""
    from sqlite_utils import Database

    with contextlib.closing(sqlite3.connect(":memory:")) as scratch:
        migrations(schema).apply(Database(scratch, execute_plugins=False))
        return set(scratch.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))

"""The base file: the database as everybody had it at entry N, the common ground of a three-way merge.

Only apsw opens it, and only sync does. It has the schema of the live file with triggers and foreign keys off. Its place
in the log stands in its own `local` table and moves in the same transaction as its rows. It can always be made again
from the hub, so that it never has to be waited for on the disk.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import apsw

from radar_tui.errors import RadarError
from radar_tui.files import private
from radar_tui.store.connection import is_damage, read_failed
from radar_tui.store.file.accepting import MIGRATIONS_TABLE
from radar_tui.store.schema.migrations import NAMES, SET, migrations
from radar_tui.store.schema.touched import SYNCED, RowKey
from radar_tui.sync.changesets import longest_value
from radar_tui.sync.hub.entry import Entry, Header, HubDamaged, NewerRadar
from radar_tui.sync.merge import Brought, Shape, SqlValue, SqlValues, SyncedRows
from radar_tui.sync.state import RowTally
from radar_tui.sync.sync_folder import clear, in_words, join_again

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

SCHEMA = len(NAMES)
MOST_OUTBOXES = 10**9
"""Numbers of a device's outbox files stay below; a higher one in the log is a lie that would leave no room."""
MOST_ROW = 8 << 20
"""Bytes of one row, and of one text of an entry."""
_CACHE_KB = 64 * 1024
_WAL_PAGES = 2000


class Busy(RadarError):
    """Another sync of the same database is running."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second sync of the same database out; a killed one lets go by itself. Raises Busy.

    Whatever else SQLite or the disk say inside is raised as a RadarError.
    """
    with in_words(folder), _sqlite_in_words(folder), contextlib.closing(_locked(folder / "lock.db")):
        yield


def _locked(path: Path, *, again: bool = True) -> apsw.Connection:
    # SQLite would make it readable by whoever the umask lets.
    with contextlib.suppress(FileExistsError):
        os.close(private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    lock = apsw.Connection(str(path))
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError as error:
        lock.close()
        raise Busy(
            "A sync of this database is already running.", "Wait until it has ended; nothing is lost."
        ) from error
    except (apsw.NotADBError, apsw.CorruptError):
        lock.close()
        if not again:
            raise
        clear(path)  # it holds nothing
        return _locked(path, again=False)
    except BaseException:
        lock.close()
        raise
    return lock


@contextlib.contextmanager
def _sqlite_in_words(folder: Path) -> Iterator[None]:
    """Errors of the live file, which sqlite3 raises, and of the base, which apsw does."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise read_failed(folder.with_name(folder.name.removesuffix(".sync")), error) from error
    except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError, UnicodeError) as error:
        raise _base_lost() from error
    except apsw.TooBigError as error:
        raise RadarError(
            f"A row of this database is longer than {MOST_ROW >> 20} MB, which is more than sync carries. Nothing of "
            "it was sent.",
            "Shorten its text, then sync again.",
        ) from error
    except apsw.Error as error:
        raise _unusable(folder, full=isinstance(error, apsw.FullError)) from error


def _base_lost() -> RadarError:
    return join_again("What it had in common with the hub cannot be read any more.")


def _unusable(folder: Path, *, full: bool) -> RadarError:
    happened = "the disk is full" if full else "it cannot be read or written"
    return RadarError(
        f"Sync cannot use what it keeps in {folder}: {happened}.",
        "Nothing is lost. See whether the disk is full and who may write there, then sync again.",
    )


@dataclass(slots=True)
class Pulled:
    """What the entries applied since `Base.begin` changed: rows as this laptop knew them before and as they are `now`,
    which of them are gone, the values that a field had on the way with the numbers of the entries that said so last,
    number and hash of the last entry that changed a row, what the entries say of themselves, and how many changes there
    were."""

    before: dict[RowKey, SqlValues | None] = field(default_factory=dict)
    passed: dict[tuple[RowKey, int], dict[SqlValue, int]] = field(default_factory=dict)
    last: dict[RowKey, tuple[int, str]] = field(default_factory=dict)
    gone: set[RowKey] = field(default_factory=set)
    now: dict[RowKey, SqlValues | None] = field(default_factory=dict)
    headers: dict[int, Header] = field(default_factory=dict)
    changes: int = 0

    def values(self, key: RowKey, place: int) -> Collection[SqlValue]:
        return self.passed.get((key, place), {})

    def brought(self, key: RowKey, place: int | None) -> Brought:
        """What brought a row as it is now, and whose what stands in a place of it is."""
        entry, digest = self.last.get(key, (0, ""))
        wrote = self.passed.get((key, -1 if place is None else place), {})
        header = self.headers.get(next(reversed(wrote.values()), entry))
        return Brought(entry, digest, header.writer().as_text() if header else None)


class Forget(Exception):
    """Raised inside `Base.moving` when what was tried there must leave no trace."""


class Base:
    """The open base file. `hub`, `head` and `digest` say what it is the state of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = _ready(path)
        self.shape = Shape.of(self.database)
        self.rows = SyncedRows(self.database, self.shape, apsw.ConstraintError)

    def close(self) -> None:
        self.database.close()

    @property
    def hub(self) -> str:
        return self.noted("hub_id")

    @property
    def head(self) -> int:
        return self.number("sync_head")

    @property
    def digest(self) -> str:
        return self.noted("sync_hash")

    def noted(self, key: str) -> str:
        """What `note` kept, "" if nothing."""
        row = self.database.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    def number(self, key: str) -> int:
        """A number that `note` kept, 0 if none. Raises RadarError if something else stands there."""
        noted = self.noted(key)
        if not re.fullmatch("[0-9]{0,15}", noted):
            raise _base_lost()
        return int(noted or 0)

    def note(self, **values: object) -> None:
        """Keep what is said in the base's own `local` table."""
        for key, value in values.items():
            self.database.execute(
                "INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", (key, str(value))
            )

    def believe_nothing(self) -> None:
        """Forget what a file from the hub says of itself, except which outboxes are in the log already."""
        self.database.execute(
            "DELETE FROM local WHERE NOT (key GLOB 'taken:*' AND value NOT GLOB '*[^0-9]*' "
            "AND length(value) BETWEEN 1 AND 10)"
        )
        self.database.execute("DELETE FROM touched")

    @contextlib.contextmanager
    def moving(self) -> Iterator[None]:
        """One step along the log: what is done inside stays only if all of it went well; Forget ends it quietly."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.database.execute("COMMIT")
        except BaseException as error:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            if not isinstance(error, Forget):
                raise

    def apply(self, entry: Entry, pulled: Pulled) -> None:
        """Move on by one entry. It was made against exactly this state, so anything that does not fit is damage.

        Raises HubDamaged, and RadarError for an entry of a newer Radar; the caller rolls back.
        """
        header = entry.header
        if header.schema > SCHEMA:
            raise NewerRadar(
                f"Entry {header.seq} on the hub was written by a newer Radar. Nothing was changed; your changes stay "
                "here.",
                "Install the newest Radar, then sync again: pip install --upgrade radar-tui",
            )
        touched = self._told(entry, pulled)
        try:
            # What could not be taken back after a restore is not taken: a patchset, which knows no old values.
            apsw.Changeset.invert(entry.body)
        except (apsw.Error, MemoryError) as error:
            raise _refused(header.seq, "its changes cannot be turned round") from error
        self._apply_raw(entry.body, header.seq)
        now = {key: self.rows.get(key) for key in touched}
        pulled.now.update(now)
        if orphan := self.orphan(now):
            raise _refused(header.seq, f"a {orphan[0].replace('_', ' ')} in it would point to nothing")
        _must_lead_to(self.changed(touched, now), header)
        self.moved(header.seq, entry.digest, len(entry.raw))
        if header.snapshot and header.snapshot == self.noted("vouch"):
            self.note(vouch="")  # this laptop's own word has arrived
        if header.outbox:
            device, number, hash = header.outbox.split("/", 2)
            self.note(**{f"taken:{hash}": header.seq})
            if int(number) < MOST_OUTBOXES:
                self.note(**{f"outbox:{device}": int(number)})

    def _told(self, entry: Entry, pulled: Pulled) -> dict[RowKey, SqlValues | None]:
        """Tell `pulled` what an entry will change; returns the rows of it as they are. Raises HubDamaged."""
        touched: dict[RowKey, SqlValues | None] = {}
        pulled.headers[entry.header.seq] = entry.header
        for change in self._changes(entry):
            key = self._accepted(change, entry)
            if key not in touched:
                touched[key] = self.rows.get(key)
            pulled.before.setdefault(key, touched[key])
            pulled.last[key] = (entry.header.seq, entry.digest)
            (pulled.gone.add if change.new is None else pulled.gone.discard)(key)
            for place, value in enumerate(change.new or ()):
                if value is not apsw.no_change:
                    passed = pulled.passed.setdefault((key, place), {})
                    passed.pop(value, None)
                    passed[value] = entry.header.seq
        pulled.changes += len(touched)
        return touched

    def tally(self) -> RowTally:
        """Counts and state of all rows. They move on with each change; a base of before is counted once."""
        try:
            known = RowTally(self.shape, self.noted("tally"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _base_lost() from error
        if not self.noted("tally"):
            for table in self.shape.columns:
                known.count(table, self.stream(table))
        return known

    def changed(
        self, before: Mapping[RowKey, SqlValues | None], now: Mapping[RowKey, SqlValues | None]
    ) -> RowTally:
        """Note what the rows come to, after those in `before` have become those in `now`."""
        tally = self.tally()
        if self.noted("tally"):  # else these are counted already
            for key, row in before.items():
                if row != now[key]:
                    tally.change(key[0], row, now[key])
        self.note(tally=tally.as_text())
        return tally

    def moved(self, seq: int, digest: str, stored: int) -> None:
        """Say that the rows are now as of entry `seq`."""
        self.note(sync_head=seq, sync_hash=digest, log_bytes=self.number("log_bytes") + stored)

    def take_back(self, entry: Entry) -> None:
        """Undo the newest entry: a changeset can be turned round."""
        before = {key: self.rows.get(key) for key in self.keys_in(entry)}
        self._apply_raw(apsw.Changeset.invert(entry.body), entry.header.seq)
        self.changed(before, {key: self.rows.get(key) for key in before})
        self.back_to(entry.header.seq - 1, entry.header.parent)

    def back_to(self, seq: int, digest: str) -> None:
        """Say that the rows are as of an earlier entry again."""
        self.note(sync_head=seq, sync_hash=digest)

    def conflicts_in(self, entry: Entry) -> set[tuple[RowKey, int | None]]:
        """What the conflicts that an entry added are about: a row, and the place of a column or None for all of it."""
        conflicts: set[tuple[RowKey, int | None]] = set()
        for change in self._changes(entry):
            if change.name == "conflict" and change.old is None:
                row = dict(zip(self.shape.columns["conflict"], change.new, strict=False))
                columns = self.shape.columns.get(str(row["tbl"]), ())
                place = columns.index(str(row["col"])) if row["col"] in columns else None
                conflicts.add(((str(row["tbl"]), str(row["key"])), place))
        return conflicts

    def count(self, changeset: bytes) -> int:
        """How many rows a changeset of ours is about."""
        return sum(1 for _ in apsw.Changeset.iter(changeset))

    def accepted(self, entry: Entry, changeset: bytes) -> Iterator[tuple[RowKey, SqlValues]]:
        """The whole rows that a part of an outbox holds, with the columns of this schema. Raises HubDamaged."""
        for change in self._changes(replace(entry, body=changeset)):
            key = self._accepted(change, entry)
            row = change.new if change.old is None else change.old
            if None not in (change.old, change.new) or any(
                value is apsw.no_change or isinstance(value, bytes) for value in row
            ):
                raise _refused(entry.header.seq, "it does not hold whole rows")
            yield key, (*row, *self.shape.defaults[key[0]][len(row) :])

    def keys_in(self, entry: Entry) -> set[RowKey]:
        """The rows that an entry changes."""
        return {key for key, _ in self.fields_in(entry)}

    def fields_in(self, entry: Entry) -> set[tuple[RowKey, str]]:
        """The columns of rows that an entry changes; of a row that it takes back its id."""
        return {
            (_key_of(change), column)
            for change in self._changes(entry)
            for column, value in zip(
                self.shape.columns[change.name], change.new or change.old[:1], strict=False
            )
            if value is not apsw.no_change
        }

    def _changes(self, entry: Entry) -> Iterator[Any]:
        if len(entry.body) > MOST_ROW and longest_value(entry.body) > MOST_ROW:
            raise _refused(entry.header.seq, "a text in it is longer than any that Radar writes")
        try:
            for change in apsw.Changeset.iter(entry.body):
                # Texts are decoded when they are asked for; they are asked for here.
                _ = change.name, change.old, change.new
                yield change
        except (apsw.Error, UnicodeError, MemoryError) as error:
            raise _refused(entry.header.seq, "its changes cannot be read") from error

    def _accepted(self, change: Any, entry: Entry) -> RowKey:
        seq = entry.header.seq
        old, new = change.old, change.new
        if change.name not in self.shape.columns:
            raise _refused(seq, "it changes a table that does not travel")
        if change.column_count > len(self.shape.columns[change.name]) or change.pk_columns != {0}:
            raise _refused(seq, f"its {change.name.replace('_', ' ')} has other columns than ours")
        id = (old or new)[0]
        if not isinstance(id, str):
            raise _refused(seq, "it changes a row without an id")
        if old is not None and new is not None and new[0] is not apsw.no_change:
            raise _refused(seq, "it gives a row another id")
        return change.name, id

    def _apply_raw(self, changeset: bytes, seq: int) -> None:
        try:
            apsw.Changeset.apply(
                changeset, self.database, conflict=lambda reason, change: apsw.SQLITE_CHANGESET_ABORT
            )
        except (apsw.Error, UnicodeError, MemoryError) as error:
            raise _refused(seq, "its changes do not fit what came before") from error

    def orphan(self, rows: Mapping[RowKey, SqlValues | None]) -> RowKey | None:
        """One of `rows`, as they stand here, that refers to nothing, or is gone and referred to."""
        for key, row in rows.items():
            if row is None:
                broken = bool(self.rows.children(key))
            else:
                broken = not all(self.rows.there(parent) for parent in self.rows.parents(key[0], row))
            if broken:
                return key
        return None

    def written_by_us(self, entry: Entry, pulled: Pulled) -> None:
        """After `apply` of an entry of our own that we had not heard of: we know its values already."""
        for change in self._changes(entry):
            key = _key_of(change)
            known, now = pulled.before.get(key), self.rows.get(key)
            if known is None or now is None:
                pulled.before[key] = now
            else:
                new = change.new or ()
                ours = {place for place, value in enumerate(new) if value is not apsw.no_change}
                pulled.before[key] = tuple(now[p] if p in ours else value for p, value in enumerate(known))

    @contextlib.contextmanager
    def recorded(self) -> Iterator[list[bytes]]:
        """What is written inside, as a changeset, in the list once it is left."""
        session = apsw.Session(self.database, "main")
        changesets: list[bytes] = []
        try:
            for table in SYNCED:
                session.attach(table)
            yield changesets
            changesets.append(session.changeset())
        finally:
            session.close()

    def before(self, changeset: bytes) -> dict[RowKey, SqlValues | None]:
        """The rows that a changeset of our own, written just now, has changed, as they were before."""
        rows: dict[RowKey, SqlValues | None] = {}
        for change in apsw.Changeset.iter(changeset):
            old: Any = change.old
            new: Any = change.new
            key = _key_of(change)
            if old is None or new is None:
                rows[key] = old
            else:
                now = self.rows.get(key) or ()
                rows[key] = tuple(
                    is_ if was is apsw.no_change else was for was, is_ in zip(old, now, strict=True)
                )
        return rows

    def stream(self, table: str) -> Iterator[SqlValues]:
        """All rows of a table in the order of their ids."""
        columns = ", ".join(self.shape.columns[table])
        return iter(self.database.execute(f"SELECT {columns} FROM {table} ORDER BY id"))  # noqa: S608

    def check_sound(self) -> None:
        """Raises RadarError if the file is damaged, or holds other rows than those that were written into it: an entry
        made against such rows would fit nobody else's."""
        if self.database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise _base_lost()
        known, counted = self.tally(), RowTally(self.shape)
        for table in self.shape.columns:
            counted.count(table, self.stream(table))
        if known.state != counted.state:
            raise _base_lost()

    def copy_to(self, target: Path) -> None:
        """Write the committed state into a new file."""
        clear(target)
        self.database.execute("VACUUM INTO ?", (str(target),))


def opened_base(path: Path) -> apsw.Connection:
    database = apsw.Connection(str(path))
    database.limit(apsw.SQLITE_LIMIT_LENGTH, MOST_ROW)
    database.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    database.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    # What was written goes home now and then, not at the end of every sync: at 1M rows that is a thousand pages.
    database.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = OFF",
        "cell_size_check = ON",
        f"cache_size = -{_CACHE_KB}",
        f"wal_autocheckpoint = {_WAL_PAGES}",
    ):
        database.execute(f"PRAGMA {pragma}").fetchall()
    return database


def _ready(path: Path) -> apsw.Connection:
    """The base, opened, in the schema of this version."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        database = opened_base(path)
        if migrations_in(database) == list(NAMES):
            return database
        database.close()
    else:
        os.close(private(path, os.O_CREAT | os.O_RDWR))
    _bring_up(path)
    return opened_base(path)


def _bring_up(path: Path) -> None:
    """The schema of this version, from nothing or from an older one. Columns are only appended by migrations, so an
    entry of an older Radar fits either way."""
    from sqlite_utils import Database

    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            migrations().apply(Database(connection, recursive_triggers=False, execute_plugins=False))
            connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        if is_damage(error) or error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise _base_lost() from error
        raise _unusable(path.parent, full=error.sqlite_errorcode == sqlite3.SQLITE_FULL) from error


def migrations_in(database: apsw.Connection) -> list[str]:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (MIGRATIONS_TABLE,)).fetchone():
        return []
    rows = database.execute(
        f"SELECT name FROM {MIGRATIONS_TABLE} WHERE migration_set = ? ORDER BY rowid",  # noqa: S608
        (SET,),
    )
    return [str(row[0]) for row in rows]


def _key_of(change: Any) -> RowKey:
    """The row that one change of a changeset is about."""
    return change.name, str((change.old or change.new)[0])


def _must_lead_to(tally: RowTally, header: Header) -> None:
    """Raises HubDamaged if an entry says that the rows come to something else after it."""
    if header.state not in ("", tally.state) or (header.counts and header.counts != tally.counts):
        raise HubDamaged(
            f"Entry {header.seq} on the hub leads to other rows than it says. Nothing on this laptop was changed.",
            "Join again: radar hub join ADDRESS. If that says the same, the entry is at fault: radar hub void "
            f"{header.seq} leaves it out for everybody.",
        )


def _refused(seq: int, what: str) -> HubDamaged:
    return HubDamaged(
        f"Entry {seq} on the hub was refused: {what}. Nothing on this laptop was changed.",
        "Bring it back from a copy of the hub; `radar hub verify` looks at the whole log.",
    )

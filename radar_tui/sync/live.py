"""The live file as sync sees it, through the store's own connection."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import Writer, question_of
from radar_tui.domain.days import iso
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.store.connection import quoted
from radar_tui.store.schema.counted import COUNT_AGAIN
from radar_tui.store.schema.touched import CHANGED_UNSEEN, SYNCED, RowKey
from radar_tui.sync.merge import Shape, SqlValues, SyncedRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from radar_tui.store.store import Store

_BATCH = 10_000
_MOST_LETTERS = 4_000_000
"""Of the rows that go along at once, so that an entry stays far below the most that is read."""
_STEPS_BETWEEN = 100_000
"""Instructions of SQLite between two questions whether to go on."""
_MOST_OF_MEMBER = 64
_NUMBER = re.compile("[0-9]{1,10}")


class Live:
    """The rows of one store, what is touched among them, and how far along the log they are."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.database = store.connection
        self.rows = SyncedRows(self.database, Shape.of(self.database), sqlite3.IntegrityError)

    def hub(self) -> tuple[str, str]:
        """Id and address of the hub, "" if there is none."""
        return self._local("hub_id"), self._local("hub_address")

    def joined(self) -> tuple[str, str]:
        """Id and address of the hub. Raises RadarError if there is none."""
        if not self.hub()[0]:
            raise RadarError(
                "This database has no hub yet.", "Start one: radar hub create, or join: radar hub join"
            )
        return self.hub()

    def head(self) -> tuple[int, str]:
        """The number and the hash of the last entry taken; the beginning where the file says nothing sensible."""
        number = self._local("sync_head")
        return (int(number), self._local("sync_hash")) if _NUMBER.fullmatch(number) else (0, "")

    def author(self) -> str:
        """The name of the BRM, for the log."""
        row = self.store.row("SELECT name FROM colleague WHERE id = ?", [self.member()])
        return "" if row is None else str(row[0])

    def writer(self, device: str) -> Writer:
        """The BRM on this laptop, whose id is `device`."""
        return Writer(self.author(), device, self.member())

    def member(self) -> str:
        """The id of the BRM, "" if it is none that fits into an entry."""
        me = self.store.local.settings().me
        return me if len(me) <= _MOST_OF_MEMBER and one_line(me) == me else ""

    def _local(self, key: str) -> str:
        row = self.store.row("SELECT value FROM local WHERE key = ?", [key])
        return "" if row is None else str(row[0])

    def note(self, **values: object) -> None:
        """Keep what is said in the `local` table; None takes it out."""
        with self.store.transaction() as connection:
            for key, value in values.items():
                connection.execute("DELETE FROM local WHERE key = ?", [key])
                if value is not None:
                    connection.execute("INSERT INTO local (key, value) VALUES (?, ?)", [key, str(value)])

    @contextlib.contextmanager
    def transaction(self, head: int) -> Iterator[None]:
        """One durable step. Raises RadarError, with nothing written, if the file is not at entry `head` any more."""
        with self.store.transaction() as connection:
            if self.head()[0] != head:
                raise RadarError(
                    "The database was replaced while it was syncing. Nothing was changed.", "Sync again."
                )
            # Rows come in any order; the references hold again at the end.
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield

    def move(self, head: int, digest: str) -> None:
        """Say that entry `head` is taken; inside `transaction`. What was sent has been seen by then, or can no longer
        arrive: its number is taken."""
        self.note(sync_head=head, sync_hash=digest, sync_sent=None)

    # What was sent stands in the file itself: one brought back from a backup does not know of it

    def sent(self) -> frozenset[str]:
        """The hashes of entries that hold what this file says, written or tried to and not yet seen in the log."""
        return frozenset(self._local("sync_sent").split())

    def intend(self, digest: str) -> None:
        """On the disk before an entry leaves, so that it is recognised as ours if the answer to the put is lost.
        Earlier ones stay: a put that seemed lost may still arrive."""
        self.note(sync_sent=" ".join(sorted({*self.sent(), digest})))

    def outbox(self) -> str:
        """The hash of the outbox file that holds what this file says, "" if none waits."""
        return self._local("sync_outbox")

    def intend_outbox(self, digest: str) -> None:
        """On the disk before an outbox file is."""
        self.note(sync_outbox=digest)

    def synced_at(self) -> str:
        """When a sync last went through, as an ISO moment, or ""."""
        return self._local("synced_at")

    def synced(self) -> None:
        self.note(synced_at=iso(self.store.clock()))

    def part(self) -> None:
        """Know of no hub any more."""
        with self.store.transaction() as connection:
            connection.execute("DELETE FROM local WHERE key IN ('hub_id', 'hub_address') OR key GLOB 'sync*'")
            connection.execute("DELETE FROM touched")

    def counted_on(self) -> str:
        """The day on which `counts` was last compared with the log, or ""."""
        return self._local("sync_counted")

    def counts(self) -> dict[str, int]:
        """Rows of each table that travels; one without any is not named."""
        counts = {t: int(self.store.row(f"SELECT count(*) FROM main.{t}")[0]) for t in SYNCED}  # noqa: S608
        return {table: count for table, count in counts.items() if count}

    # What is touched

    def trusted(self, schema: int) -> bool:
        """Whether `touched` knows every row that differs from the base; if triggers were gone, they are made again."""
        if not self.store.touched.trusted():
            self.store.touched.set_up_again()
            return False
        return not self._local("sync_full") and self._local("sync_schema") == str(schema)

    def changes_are_ours(self) -> bool:
        """Whether nothing was noted for a while, so that rows that differ were changed here and not torn."""
        return self._local("sync_full") == CHANGED_UNSEEN

    def compare_next_time(self) -> None:
        self.note(sync_full="1")

    def compared(self, schema: int) -> None:
        self.note(sync_full=None, sync_schema=schema)

    def touched(self, most: int) -> dict[RowKey, SqlValues | None]:
        """At most `most` touched rows as they are now, in an order in which a part of them can stand alone: parents
        before children, and what was taken back last of all, children before parents.

        Raises RadarError if a row cannot be found that nobody took back: what is unseen must not be told as deleted.
        """
        count = self.store.row("SELECT count(*) FROM (SELECT 1 FROM touched LIMIT ?)", [most + 1])[0]
        # One moment for all of them, while editing goes on.
        self.database.execute("BEGIN")
        try:
            there: dict[RowKey, SqlValues | None] = {}
            gone: list[RowKey] = []
            letters = 0
            for table in SYNCED:
                if len(there) >= most or letters >= _MOST_LETTERS:
                    break
                for id, taken_back in self._some(table, most):
                    row = self.rows.get((table, id))
                    if row is None:
                        if not taken_back:
                            raise self._unseen(table)
                        gone.append((table, id))
                    else:
                        there[table, id] = row
                        letters += sum(len(value) for value in row if isinstance(value, str))
                        if len(there) >= most or letters >= _MOST_LETTERS:
                            break
        finally:
            self.database.execute("ROLLBACK")
        if (count > most and there) or letters >= _MOST_LETTERS:
            return there
        return there | dict.fromkeys(gone[::-1][:most])

    def untouched(self, table: str) -> Iterator[SqlValues]:
        """The rows of a table that are as everybody had them at the head."""
        columns = ", ".join(self.rows.shape.columns[table])
        rows = self.database.execute(
            f"SELECT {columns} FROM main.{table} WHERE id NOT IN (SELECT key FROM touched WHERE tbl = ?)",  # noqa: S608
            [table],
        )
        return map(tuple, rows)

    def _unseen(self, table: str) -> RadarError:
        path = self.store.path
        return RadarError(
            f"A {table.replace('_', ' ')} that was changed here cannot be found in {path.name} any more, and nobody "
            "took it back: the file may be damaged. Nothing was sent.",
            _where_to_look(path),
        )

    def mark(self, key: RowKey, *, gone: bool, edited: str = "") -> None:
        """Note a row as touched, as one taken back here if `gone`, and as `edited` then if that is known better."""
        self.database.execute(
            "INSERT INTO touched (tbl, key, gone, edited_at) VALUES (?, ?, ?, coalesce(julianday(?), 0)) "
            "ON CONFLICT (tbl, key) DO UPDATE SET gone = excluded.gone, "
            "edited_at = coalesce(nullif(excluded.edited_at, 0), edited_at)",
            (*key, gone, edited),
        )

    def edited(self, keys: Iterable[RowKey]) -> dict[RowKey, str]:
        """When each of the rows was last edited here, as an ISO moment, as far as that is noted."""
        moment = "strftime('%Y-%m-%dT%H:%M:%fZ', edited_at)"
        sql = f"SELECT {moment} FROM touched WHERE tbl = ? AND key = ? AND edited_at > 0"  # noqa: S608
        found = {key: self.database.execute(sql, key).fetchone() for key in keys}
        return {key: str(row[0]) for key, row in found.items() if row is not None and row[0]}

    def unmark(self, keys: Iterable[RowKey]) -> None:
        """Note rows as synced."""
        self.database.executemany("DELETE FROM touched WHERE tbl = ? AND key = ?", keys)

    def noted(self, table: str) -> dict[str, bool]:
        """The touched rows of a table, and whether each was taken back."""
        rows = self.database.execute("SELECT key, gone FROM touched WHERE tbl = ?", [table])
        return {str(row[0]): bool(row[1]) for row in rows}

    def _some(self, table: str, most: int) -> Iterator[tuple[str, bool]]:
        """At most `most` of the touched rows that are there, then of those taken back: to read all of a table for each
        of its parts would take the longer the more there is."""
        for gone in (False, True):
            sql = "SELECT key FROM touched WHERE tbl = ? AND gone = ? LIMIT ?"
            for row in self.database.execute(sql, [table, gone, most]).fetchall():
                yield str(row[0]), gone

    def note_touched(self, keys: Iterable[RowKey]) -> None:
        """Note rows as touched, in steps that hold up nobody's edit for long."""
        waiting = list(keys)
        for start in range(0, len(waiting), _BATCH):
            with self.store.transaction():
                for key in waiting[start : start + _BATCH]:
                    self.mark(key, gone=not self.rows.there(key))

    def check_sound(self, cancelled: Callable[[], bool]) -> None:
        """Raises RadarError if pages, or indexes and tables, do not belong together: rows may be there unseen."""
        self.database.set_progress_handler(cancelled, _STEPS_BETWEEN)
        try:
            said = str(self.database.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.OperationalError:
            if cancelled():
                return  # the next step says so
            raise
        finally:
            self.database.set_progress_handler(None, 0)
        if said != "ok":
            name = self.store.path
            raise RadarError(
                f"{name.name} is damaged ({one_line(said)}). Nothing was sent, so the team has all it had.",
                _where_to_look(name),
            )

    def differences(
        self, table: str, base: Iterator[SqlValues]
    ) -> Iterator[tuple[str, SqlValues | None, SqlValues | None]]:
        """Id, row of the base and row here, wherever the two differ."""
        columns = ", ".join(self.rows.shape.columns[table])
        here = (tuple(r) for r in self.database.execute(f"SELECT {columns} FROM main.{table} ORDER BY id"))  # noqa: S608
        return differences(base, here)

    # Conflicts

    def keep_conflicts(self, rows: Iterable[SqlValues]) -> int:
        """Keep what is not known yet; returns how many questions of those wait for a decision."""
        waiting = set()
        for row in rows:
            if self.rows.get(("conflict", str(row[0]))) is None:
                self.rows.put("conflict", row)
                said = self.rows.shape.as_object("conflict", row) or {}
                if said["resolution"] is None:
                    waiting.add(question_of(str(said["tbl"]), str(said["key"]), said["col"]))  # type: ignore[arg-type]
        return len(waiting)

    # Joining

    def is_empty(self) -> bool:
        """Whether nothing that travels is in the file."""
        return not any(self.store.row(f"SELECT 1 FROM main.{table} LIMIT 1") for table in SYNCED)  # noqa: S608

    def fill(self, table: str, rows: Iterator[SqlValues]) -> int:
        """Insert all rows of a table; inside `without_triggers`. Returns how many."""
        columns = self.rows.shape.columns[table]
        sql = f"INSERT INTO main.{table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"  # noqa: S608
        return self.database.executemany(sql, rows).rowcount

    @contextlib.contextmanager
    def without_triggers(self) -> Iterator[None]:
        """Filling a file row by row through its triggers takes ten times as long; the due dates and
        quarters are counted at the end instead. Inside a transaction, which takes everything back if it fails."""
        made = self.database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in made:
            self.database.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in made:
            self.database.execute(sql)
        for statement in COUNT_AGAIN:
            self.database.execute(statement)


def differences(
    one: Iterator[SqlValues], other: Iterator[SqlValues]
) -> Iterator[tuple[str, SqlValues | None, SqlValues | None]]:
    """Id and both rows, wherever two tables differ; both are walked once, in the order of their ids."""
    theirs, ours = next(one, None), next(other, None)
    while ours is not None or theirs is not None:
        if theirs is None or (ours is not None and str(ours[0]) < str(theirs[0])):
            yield str(ours[0]), None, ours  # type: ignore[index]
            ours = next(other, None)
        elif ours is None or str(theirs[0]) < str(ours[0]):
            yield str(theirs[0]), theirs, None
            theirs = next(one, None)
        else:
            if ours != theirs:
                yield str(ours[0]), theirs, ours
            theirs, ours = next(one, None), next(other, None)


def _where_to_look(path: Path) -> str:
    """What to do about a file that may be damaged."""
    return f"Look at it: radar check --db {quoted(path)}. The last good backup: radar restore --db {quoted(path)}"

"""The ground: one connection to a database file, its transactions, and what is said when one of them fails."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from radar_tui.errors import RadarError
from radar_tui.files import private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

BUSY_SECONDS = 0.4
"""How long somebody at the screen waits for another program that writes."""


class SaveFailed(RadarError):
    """A write that did not reach the disk; nothing was half-written, and it may be tried again.

    `hint` is what removes the cause. Whoever says it adds what becomes of the change.
    """


class FileGone(SaveFailed):
    """The file was moved away or deleted while it was open: what it held is still there to be backed up."""


def system_clock() -> datetime:
    """Now, in the laptop's time zone."""
    return datetime.now(UTC).astimezone()


class Connection:
    """One connection to one file; each thread opens its own.

    `clock` gives an aware local datetime. Writes go through `transaction()` and are durable when it returns.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.connection = connection
        self.clock = clock
        self._looked_at: tuple[int, int] | None = None
        self._finding: tuple[str, str] | None = None
        self.unreadable: list[tuple[str, str]] = []
        """Table and id of each row that no Radar wrote, parents first, when this was last looked at."""
        self.notice = ""
        """What the user should know of the file, to be said when it is opened."""
        self.looks_only = bool(connection.execute("PRAGMA query_only").fetchone()[0])

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One durable unit of writing; inside another it is a part of it, undone alone if it fails.

        Raises SaveFailed, with nothing written, if the disk did not take it, and RadarError if a rule of the
        schema forbids it.
        """
        begin, commit, undo = _WHOLE if not self.connection.in_transaction else _PART
        if begin == _WHOLE[0] and not os.path.exists(self.path):
            # SQLite would go on writing into a file that has no name any more and is gone when Radar closes.
            raise FileGone(
                f"{self.path.name} is no longer where it was: nothing can be saved.", "Put it back."
            )
        try:
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute(commit)
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self.connection.in_transaction:
                    for statement in undo:
                        self.connection.execute(statement)
                raise
        except sqlite3.ProgrammingError:
            raise
        except (OverflowError, UnicodeEncodeError) as error:
            raise RadarError(
                "The database cannot hold this number or text.",
                "Nothing was changed. Write it in another way.",
            ) from error
        except sqlite3.OperationalError as error:
            raise save_failed(error) from error
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise damaged(self.path) from error
            raise RadarError(
                f"The database refused this change ({error}).",
                "Nothing was changed. `radar check` looks closer.",
            ) from error

    @contextmanager
    def everything(self) -> Iterator[sqlite3.Connection]:
        """The connection without its views of readable rows: SQLite's VACUUM INTO takes them for the tables."""
        for (name,) in self.connection.execute(
            "SELECT name FROM temp.sqlite_master WHERE type = 'view'"
        ).fetchall():
            self.connection.execute(f"DROP VIEW temp.{name}")
        self.connection.execute("DROP TABLE IF EXISTS temp.left_out")
        self._looked_at = None
        yield self.connection

    def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """All rows of a query, as `sqlite3.Row`. Raises RadarError if the file cannot be read."""
        found: list[Any] = self._read(lambda: self.connection.execute(sql, parameters).fetchall())
        return found

    def row(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """The first row of a query, or None. Raises RadarError if the file cannot be read."""
        return self._read(lambda: self.connection.execute(sql, parameters).fetchone())

    def _read(self, query: Callable[[], Any]) -> Any:
        try:
            self.look()
            try:
                return query()
            except sqlite3.OperationalError as error:
                if "decode" not in str(error):
                    raise
            # A mark stands for each odd byte of a text that is no UTF-8. Here alone: sync must not send it as a change.
            self.connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            try:
                return query()
            finally:
                self.connection.text_factory = str
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise read_failed(self.path, error) from error

    def version(self) -> tuple[int, int]:
        """Changes whenever anything in the file did, here or in another process."""
        try:
            return self._version()
        except sqlite3.DatabaseError as error:
            raise read_failed(self.path, error) from error

    def _version(self) -> tuple[int, int]:
        return self.connection.execute("PRAGMA data_version").fetchone()[0], self.connection.total_changes

    def look(self) -> None:
        """Read no unreadable row and nothing of a discarded visit: what came since the last look may hold some."""
        if not self.connection.in_transaction and self._looked_at != self._version():
            self.look_again()

    def look_again(self) -> None:
        """As `look`, whatever was found before; within a transaction, what it has changed so far."""
        if self._finding is None:
            self._finding = _finding(self.connection)
        if self.looks_only:
            # What a connection notes for itself is no change of the file.
            self.connection.execute("PRAGMA query_only = OFF")
        self.unreadable = leave_out(self.connection, *self._finding)
        if self.looks_only:
            self.connection.execute("PRAGMA query_only = ON")
        # What a transaction changes may be undone, and the look with it.
        self._looked_at = None if self.connection.in_transaction else self._version()


def _finding(connection: sqlite3.Connection) -> tuple[str, str]:
    """SQL: table and id of every unreadable row, and of every discarded visit, by the conditions of the indexes that
    hold them. Either is empty where the file is of an earlier Radar, and about to be brought here."""
    unreadable, discarded = (
        " UNION ALL ".join(
            f"SELECT '{table}', id FROM main.{table} INDEXED BY {index}{sql[sql.index(' WHERE ') :]}"  # noqa: S608
            for table, index, sql in connection.execute(
                "SELECT tbl_name, name, sql FROM main.sqlite_master WHERE type = 'index' AND name GLOB ?",
                [names],
            )
        )
        for names in ("*_unreadable", "visit_discarded")
    )
    return unreadable, discarded


def leave_out(connection: sqlite3.Connection, finding: str, discarded: str) -> list[tuple[str, str]]:
    """From here on `connection` reads no row that no Radar wrote (schema/unreadable.py), nor one that means nothing
    without such a row; `finding` finds those. Nor does it read what hangs on a discarded visit, which `discarded`
    finds. Called again, it looks anew. Returns table and id of those that no Radar wrote.

    A table that lacks rows so is read through a view of its name; whoever writes, syncs or checks says `main.` and
    means all rows.
    """
    found: list[tuple[str, str]] = [tuple(row) for row in connection.execute(finding)] if finding else []
    hidden = bool(discarded) and connection.execute(f"{discarded} LIMIT 1").fetchone() is not None
    there = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'left_out'").fetchone()
    if not found and not hidden and not there:
        return []
    if not there:
        connection.execute(
            "CREATE TEMP TABLE left_out (tbl TEXT, key TEXT, PRIMARY KEY (tbl, key)) WITHOUT ROWID"
        )
    connection.execute("DELETE FROM temp.left_out")
    connection.executemany("INSERT INTO temp.left_out VALUES (?, ?)", found)
    if hidden:
        connection.execute("INSERT OR IGNORE INTO temp.left_out SELECT tbl, key FROM main.set_aside")
    if found:
        _leave_out_what_hangs(connection)
    seen = "SELECT name FROM temp.sqlite_master WHERE type = 'view'"
    for (table,) in connection.execute(
        f"SELECT DISTINCT tbl FROM temp.left_out WHERE tbl NOT IN ({seen})"  # noqa: S608 -- our own words only
    ).fetchall():
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT rowid, * FROM main.{table} "  # noqa: S608 -- our own words only
            f"WHERE id NOT IN (SELECT key FROM temp.left_out WHERE tbl = '{table}')"
        )
    return found


def _leave_out_what_hangs(connection: sqlite3.Connection) -> None:
    """Leave out what means nothing without a row that is left out, as long as there is more of it."""
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT t.name FROM main.sqlite_master t, pragma_table_info(t.name, 'main') c "
            "WHERE t.type = 'table' AND c.name = 'id' AND c.pk AND c.type = 'TEXT'"
        )
    ]
    hanging = [
        (table, key[3], key[2])
        for table in tables
        for key in connection.execute(f"PRAGMA main.foreign_key_list({table})").fetchall()
        if key[2] == "customer" or key[3] in _needed(connection, table)
    ]
    before = -1
    while connection.total_changes > before:
        before = connection.total_changes
        for table, column, parent in hanging:
            connection.execute(
                f"INSERT OR IGNORE INTO temp.left_out SELECT '{table}', id FROM main.{table} "  # noqa: S608
                f"WHERE {column} IN (SELECT key FROM temp.left_out WHERE tbl = '{parent}')"
            )


def _needed(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table that may not be empty."""
    return {row[1] for row in connection.execute(f"PRAGMA main.table_info({table})") if row[3]}


_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))


def save_failed(error: sqlite3.OperationalError) -> SaveFailed:
    """What a BRM reads when the disk did not take a write."""
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return SaveFailed("Another program is writing to the database.", "Let it finish.")
    if "full" in said:
        return SaveFailed("The disk is full.", "Free some space.")
    if "readonly" in said or "read-only" in said:
        return SaveFailed("The database may only be read.", "Allow writing to the file.")
    return SaveFailed(f"The database did not take it ({error}).", "See that the disk is well.")


def read_failed(path: Path, error: sqlite3.DatabaseError) -> RadarError:
    """What a BRM reads when a query came to nothing."""
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return RadarError("Another program holds the database.", "Wait a moment and look again.")
    if is_damage(error):
        return damaged(path)
    if "decode" in said:
        return RadarError("A text in this database cannot be read.", "`radar check` names its row.")
    return RadarError(f"The database could not be read ({error}).", "`radar check` looks closer.")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file itself is broken; such errors have no class of their own."""
    said = str(error).lower()
    return any(words in said for words in ("malformed", "not a database"))


def damaged(path: Path) -> RadarError:
    """What is said of a file that SQLite cannot read."""
    return RadarError(
        f"{path.name} is damaged and was not changed.",
        f"The last good backup comes back with: radar restore --db {quoted(path)}",
    )


def quoted(path: Path) -> str:
    """A path as a word of a command line that can be pasted."""
    text = str(path)
    return text if all(letter.isalnum() or letter in "/\\:._-+~" for letter in text) else f'"{text}"'


def private_file(path: Path) -> None:
    """Create `path`, readable by its owner only, if it is not there yet.

    A file that is there is never opened: closing it again would drop the locks that this process holds through SQLite,
    and another process could then delete the journal under us (sqlite.org/howtocorrupt.html §2.2).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path = path.resolve()
    with suppress(FileExistsError):
        os.close(private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    if not os.access(path, os.R_OK | os.W_OK):
        whole_disk = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
        why = errno.EROFS if whole_disk else errno.EACCES
        raise OSError(why, os.strerror(why), str(path))

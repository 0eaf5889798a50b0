"""Opening a file: pragmas, refusing what is damaged or newer, migrating what is older."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.files import refuse_no_file
from radar_tui.store.connection import BUSY_SECONDS, damaged, is_damage, private_file
from radar_tui.store.file.accepting import accepted_migrations, read_only
from radar_tui.store.file.looking import as_it_stands, copied, only_readable
from radar_tui.store.schema import migrations
from radar_tui.store.schema.counted import COUNT_DUE_AGAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

MIGRATION_WAIT_SECONDS = 10
_ROOM_OF_A_JOURNAL = 1 << 16
_MAGIC = b"SQLite format 3\0"


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection with the pragmas of the design; transactions are ours to begin."""
    return _prepared(
        sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    )


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    with _closed_if_refused(connection):
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def opened(
    path: Path, clock: Callable[[], datetime], busy_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """The ready connection of `Store.open`; closed again if anything is wrong with the file.

    On a disk that can only be read it is one that looks: `PRAGMA query_only` tells. Raises RadarError if the file is
    damaged, of another program, of a newer version, or may not be written.
    """
    try:
        refuse_no_file(path)
        _refuse_an_emptied(path)
        looks = only_readable(path)
        if looks and (connection := as_it_stands(path, busy_seconds)) is not None:
            with _closed_if_refused(connection):
                if len(accepted_migrations(_prepared(connection), path)) == len(migrations.NAMES):
                    connection.execute("PRAGMA query_only = ON")
                    return connection
            connection.close()
        if not looks:
            private_file(path)
        place = copied(path) if looks else path
        _refuse_before_touching(place)
        return _migrated(connect(place, busy_seconds), place, path, clock, looks=looks)
    except OSError as error:
        raise RadarError(
            f"{path} cannot be opened: {error.strerror or error}.",
            "Choose another file with --db, or change who may read and write it.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _cannot_open(path, error) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a broken schema quotes it, and it need not be text.
        raise damaged(path) from error


@contextmanager
def _closed_if_refused(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _migrated(
    connection: sqlite3.Connection, place: Path, path: Path, clock: Callable[[], datetime], *, looks: bool
) -> sqlite3.Connection:
    """The connection to `place`, brought to this version; `path` is what it is called."""
    with _closed_if_refused(connection):
        applied = accepted_migrations(connection, path)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            _use_wal(connection)
        if len(applied) < len(migrations.NAMES):
            _migrate(connection, place, clock, fresh=not applied)
        if not looks:
            _count_days_here(connection)
        connection.execute(f"PRAGMA query_only = {looks:d}")
    return connection


def _count_days_here(connection: sqlite3.Connection) -> None:
    """A visit completed before its day was kept counts for that day on this laptop: where the laptop has moved to
    another time zone, the due dates are counted again. A file that cannot be written now waits for the next opening,
    and whoever reads a damaged one is told."""
    here = f"{time.timezone} {time.altzone}"
    with suppress(sqlite3.DatabaseError):
        moved = connection.execute(
            "SELECT 1 FROM visit INDEXED BY visit_without_day WHERE status = 'completed' AND completed_on IS NULL "
            "AND (SELECT value FROM local WHERE key = 'zone') IS NOT ? LIMIT 1",
            [here],
        )
        if moved.fetchone() is None:
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in COUNT_DUE_AGAIN:
                connection.execute(statement)
            connection.execute("INSERT OR REPLACE INTO local (key, value) VALUES ('zone', ?)", [here])
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _refuse_an_emptied(path: Path) -> None:
    """A file of no bytes with backups beside it was emptied by a power cut or a program that copies files: it must not
    begin anew as if nothing had ever been there. Raises RadarError for one."""
    if path.exists() and not path.stat().st_size:
        from radar_tui.store.file.backup import good_backups

        if good_backups(path, checked=False):
            raise damaged(path)


def _refuse_before_touching(path: Path) -> None:
    """Look through a read-only window first where a journal waits: our own connection would play it back into
    the file, and a file that we refuse stays byte for byte as it was."""
    if not any(os.path.exists(f"{path.resolve()}{journal}") for journal in ("-wal", "-journal")):
        return
    try:
        with closing(read_only(path)) as connection:
            accepted_migrations(connection, path)
    except sqlite3.DatabaseError as error:
        # A writing connection would throw away the journal of a file that it cannot read; what else went wrong,
        # only a writing connection can put right.
        if is_damage(error):
            raise


def _cannot_open(path: Path, error: sqlite3.DatabaseError) -> RadarError:
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return RadarError(
            f"{path.name} is locked by another program.",
            "Close that program, or wait a moment and try again.",
        )
    if "readonly" in said or "read-only" in said:
        return RadarError(
            f"{path.name} may only be read.",
            "Allow writing to the file and its folder, or name another: --db",
        )
    unreadable = "disk i/o" in said
    # Without room for the shared memory of a journal SQLite speaks of the disk in general: that is no damage.
    if "full" in said or (unreadable and _no_room(path)):
        return RadarError(f"The disk of {path.name} is full.", "Free some space and try again.")
    if "not a database" in said and not _looks_like_sqlite(path):
        from radar_tui.store.file.backup import good_backups

        if not good_backups(path, checked=False):
            return RadarError(
                f"{path.name} is not a Radar database. It was not touched.", "Choose another file with --db."
            )
        return damaged(path)
    if is_damage(error) or error.sqlite_errorname == "SQLITE_IOERR_SHORT_READ":
        return damaged(path)
    if unreadable:
        return RadarError(
            f"{path.name} cannot be read: its disk does not answer as it should.",
            "See whether stick or network are still connected and try again. radar check looks closer.",
        )
    return RadarError(
        f"{path.name} cannot be opened ({error}).", "Look at its folder, or name another file with --db."
    )


def _no_room(path: Path) -> bool:
    """Whether the disk has less room than a journal needs beside it."""
    from shutil import disk_usage

    with suppress(OSError):
        return disk_usage(path.resolve().parent).free < _ROOM_OF_A_JOURNAL
    return False


def _looks_like_sqlite(path: Path) -> bool:
    """By its first bytes, or by the journal beside it."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC or os.path.exists(f"{path.resolve()}-wal")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switching asks for the file alone and does not wait; two first starts at once meet here."""
    for pause in (0.01, 0.05, 0.2, 0.5, 0):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or not pause:
                raise
            time.sleep(pause)


def _migrate(
    connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime], *, fresh: bool
) -> None:
    """Backup, then every pending migration and the record of it in one transaction: all or none."""
    from sqlite_utils import Database

    if not fresh:
        from radar_tui.store.file.backup import write_backup

        write_backup(connection, path, clock())
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute(f"PRAGMA busy_timeout = {MIGRATION_WAIT_SECONDS * 1000}")
    # A table rebuilt by a migration must not take its children along; the keys are checked before COMMIT.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Whoever waited here for another process finds its work done: only what is still pending is applied.
        migrations.migrations().apply(Database(connection, recursive_triggers=False, execute_plugins=False))
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(f"a row of {broken[0]} would point to nothing")
        connection.execute("COMMIT")
    except Exception as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError) and fresh:
            raise
        raise RadarError(
            f"{path.name} could not be brought to this version ({error}). Nothing in it was changed.",
            "Go on with the Radar that made it; `radar check` looks closer.",
        ) from error
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {patience}")

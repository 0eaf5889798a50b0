"""Checked copies of the database: made on start, before migration, import and sync; thinned by their age."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui import paths
from radar_tui.errors import RadarError
from radar_tui.files import JOURNALS, flush, keep, refuse_no_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from radar_tui.store.connection import Connection

KEPT = "the newest three, then one an hour for a day, one a day for a week, one a week for five weeks"
_NEWEST = 3
_SLOTS = ((3600, timedelta(days=1)), (86400, timedelta(days=7)), (7 * 86400, timedelta(days=35)))
"""Seconds of a slot, and for how long one backup a slot stays."""
# UTC, so that the order holds on a laptop that travels or changes to winter time.
_STAMP = "%Y%m%d-%H%M%SZ"


class Backups:
    """The backups of one open store."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def make(self) -> Path:
        """Write and check a backup now; returns its path."""
        with self.db.everything() as connection:
            return write_backup(connection, self.db.path, self.db.clock())

    def make_if_due(self) -> Path | None:
        """A backup if the last one is older than a day."""
        now = self.db.clock()
        # One from the future was made under a wrong clock and says nothing.
        ages = [now - made_at(file) for file in good_backups(self.db.path, checked=False)]
        if any(timedelta(0) <= age < timedelta(days=1) for age in ages):
            return None
        return self.make()


def made_at(backup: Path) -> datetime:
    """When a backup was made, in the laptop's time zone, from its name. Raises ValueError for other files."""
    return datetime.strptime(backup.stem, _STAMP).replace(tzinfo=UTC).astimezone()


def good_backups(database: Path, *, checked: bool = True) -> list[Path]:
    """The backups of a database file, newest first; `checked` leaves out those that SQLite cannot read."""
    found = []
    for file in sorted(paths.backups(database).glob("*.db"), reverse=True):
        with contextlib.suppress(ValueError):
            made_at(file)
            if not checked or is_sound(file):
                found.append(file)
    return found


def newest_good(database: Path) -> Path | None:
    """The newest backup that SQLite can read from end to end."""
    return next((file for file in good_backups(database, checked=False) if is_sound(file)), None)


def is_sound(file: Path) -> bool:
    """Whether SQLite reads every page of `file` without complaint."""
    from radar_tui.store.file.accepting import read_only

    try:
        with contextlib.closing(read_only(file)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def write_backup(connection: sqlite3.Connection, database: Path, now: datetime) -> Path:
    """Copy the database with VACUUM INTO, check the copy, and only then take away what is no longer to be kept."""
    folder = paths.backups(database)
    target = _unused(folder, "", ".db", now)
    scratch = target.with_name(f"{target.stem}.{os.getpid()}.part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", [str(scratch)])
        os.chmod(scratch, 0o600)
    except (sqlite3.DatabaseError, OSError) as error:
        for name in ("", *JOURNALS):
            with contextlib.suppress(OSError):
                scratch.with_name(scratch.name + name).unlink(missing_ok=True)
        raise _not_written(folder, error) from error
    if not is_sound(scratch):
        scratch.unlink(missing_ok=True)
        raise RadarError(
            "The backup could not be read back, so it was not kept.", "`radar check` looks at the database."
        )
    try:
        keep(scratch, target, force=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    made = {made_at(file): file for file in good_backups(database, checked=False)}
    for moment in made.keys() - to_keep(made, now) - {made_at(target)}:
        made[moment].unlink(missing_ok=True)
    return target


def to_keep(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which of the moments at which backups were made stay: at most some forty, see KEPT.

    Those from the future were made under a wrong clock, or the clock is wrong now: they are thinned by themselves.
    """
    made = sorted(made, reverse=True)
    ahead = [moment for moment in made if moment > now]
    return _thinned(made[len(ahead) :], now) | _thinned(ahead, ahead[0] if ahead else now)


def _thinned(made: Sequence[datetime], now: datetime) -> set[datetime]:
    """Of `made`, newest first, the newest and the first of each slot: what stood before several imports at once."""
    kept = set(made[:_NEWEST])
    for seconds, span in _SLOTS:
        kept.update(
            {moment.timestamp() // seconds: moment for moment in made if now - moment < span}.values()
        )
    return kept


def _unused(folder: Path, before: str, after: str, now: datetime) -> Path:
    """A name with the moment in it that no file has yet."""
    moment = now.astimezone(UTC)
    while (file := folder / f"{before}{moment.strftime(_STAMP)}{after}").exists():
        moment += timedelta(seconds=1)
    return file


def _not_written(folder: Path, error: sqlite3.DatabaseError | OSError) -> RadarError:
    from radar_tui.store.connection import is_damage

    if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
        return RadarError(
            "The database is damaged, so no backup was made of it; the earlier ones are still there.",
            "See them with: radar restore --list",
        )
    said = error.strerror if isinstance(error, OSError) and error.strerror else error
    return RadarError(
        f"No backup could be written to {folder} ({said}).", "Your data is safe. Look at the space there."
    )


def restore(database: Path, backup: Path, now: datetime) -> Path | None:
    """Put `backup` in the place of `database`; the file that was there is kept, its new path is returned.

    At every moment a whole database stands at its place: a power cut leaves the old one or the new one.
    Raises RadarError if the backup is no good, or if another Radar has the database open.
    """
    refuse_no_file(database)
    database = database.resolve()
    _accept(backup)
    incoming = database.with_name(database.name + ".incoming")
    try:
        copy_private(backup, incoming)
        aside = _put_aside(database, now) if database.exists() else None
        keep(incoming, database, force=True)
    except OSError as error:
        # A part of a copy helps nobody, and on a full disk it takes the last room.
        with contextlib.suppress(OSError):
            incoming.unlink(missing_ok=True)
        raise RadarError(
            f"The backup could not be put in place: {error.strerror or error}.",
            f"Nothing was lost. Look at the folder {database.parent}.",
        ) from error
    return aside


def _accept(backup: Path) -> None:
    from radar_tui.store.file.accepting import accepted_migrations, read_only

    if not backup.is_file():
        raise RadarError(f"There is no backup {backup}.", "See what there is: radar restore --list")
    if not is_sound(backup):
        raise RadarError(f"{backup.name} cannot be read as a backup.", "Choose another: radar restore --list")
    with contextlib.closing(read_only(backup)) as connection:
        if not accepted_migrations(connection, backup):
            raise RadarError(f"{backup.name} is empty.", "Choose another: radar restore --list")


def close_others_out(database: Path) -> bool:
    """Bring what stands in the journal home into the file; False if the file is too damaged for that.

    Raises RadarError if another connection is there: replacing a file under it would lose what it writes
    (sqlite.org/howtocorrupt.html). Leaving WAL needs the file alone.
    """
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=0.2, isolation_level=None)) as connection:
            return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise RadarError(
                f"{database.name} is open in another Radar.", "Close it there, then restore again."
            ) from error
        return False


def _put_aside(database: Path, now: datetime) -> Path:
    """Keep the file that is replaced under a name of its own, with its journal if that could not go home."""
    aside = _unused(database.parent, f"{database.name}.before-restore-", "", now)
    # SQLite throws away the journal of a file it cannot read, so it is copied before SQLite is let near.
    journals = [name for name in JOURNALS if database.with_name(database.name + name).exists()]
    for name in journals:
        copy_private(database.with_name(database.name + name), aside.with_name(aside.name + name))
    whole = True
    try:
        whole = close_others_out(database)
    finally:
        if whole:
            for name in journals:
                aside.with_name(aside.name + name).unlink(missing_ok=True)
    try:
        os.link(database, aside)
    except OSError:
        # FAT and some network disks know no links.
        copy_private(database, aside)
    # One left behind would be played into the restored file.
    for name in JOURNALS:
        database.with_name(database.name + name).unlink(missing_ok=True)
    return aside


def copy_private(source: Path, target: Path) -> None:
    import shutil

    from radar_tui.store.connection import private_file

    target.unlink(missing_ok=True)
    private_file(target)
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        flush(file.fileno())

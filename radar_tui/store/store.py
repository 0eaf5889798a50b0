"""One open database file: the connection, its transactions, and one attribute per noun."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from radar_tui.errors import RadarError
from radar_tui.store.unreadable import leave_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from radar_tui.store import (
        action,
        answer,
        backup,
        checklist,
        colleague,
        conflict,
        contact,
        counterpart,
        customer,
        finding,
        follow_up,
        imports,
        item,
        local,
        market,
        measure,
        opportunity,
        part,
        promise,
        radar,
        response,
        scorecard,
        stream,
        ticket,
        touched,
        visit,
        want,
    )


class SaveFailed(RadarError):
    """A write that did not reach the disk; nothing was half-written, and it may be tried again."""


def system_clock() -> datetime:
    """Now, in the laptop's time zone."""
    return datetime.now(UTC).astimezone()


class Store:
    """One connection to one file. Made by `Store.open`; each thread opens its own.

    `clock` gives an aware local datetime. Writes go through `transaction()` and are durable when it returns.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.connection = connection
        self.clock = clock
        self._read_at: tuple[int, int] | None = None

    @classmethod
    def open(
        cls, path: Path, *, clock: Callable[[], datetime] = system_clock, busy_seconds: float = 0.4
    ) -> Store:
        """Open `path`, creating it readable by its owner only, and bring it to this version's schema.

        Raises RadarError if the file is damaged, not a Radar file, read-only, or made by a newer version.
        """
        from radar_tui.store.opening import opened

        return cls(path, opened(path, clock, busy_seconds), clock)

    def again(self) -> Store:
        """A second connection to the same file, for a worker thread."""
        return Store.open(self.path, clock=self.clock, busy_seconds=5)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        """Close. What went wrong for no reason but what stands in the file becomes a RadarError that says so."""
        self.close()
        if isinstance(error, Exception) and (words := self.blamed(error)):
            raise words from error

    def blamed(self, error: Exception) -> RadarError | None:
        """Words for an error that no code of ours expected, if the file is damaged or holds what no Radar writes."""
        if not isinstance(error, _MAY_BE_OF_THE_FILE):
            return None
        from radar_tui.store.check import unsound

        if words := unsound(self.path):
            return words
        of_sqlite = isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.ProgrammingError
        )
        return read_failed(self.path, error) if of_sqlite else None  # type: ignore[arg-type]

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One durable unit of writing; inside another it is a part of it, undone alone if it fails.

        Raises SaveFailed, with nothing written, if the disk did not take it, and RadarError if a rule of the
        schema forbids it.
        """
        begin, commit, undo = _WHOLE if not self.connection.in_transaction else _PART
        if begin == _WHOLE[0] and not os.path.exists(self.path):
            # SQLite would go on writing into a file that has no name any more and is gone when Radar closes.
            raise SaveFailed(
                f"{self.path.name} is no longer where it was: nothing can be saved.",
                "Put it back, or keep what is there with ctrl+p, Back up the database now.",
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

    def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """All rows of a query, as `sqlite3.Row`. Raises RadarError if the file cannot be read."""
        try:
            self._leave_out()
            return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise read_failed(self.path, error) from error

    def row(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """The first row of a query, or None. Raises RadarError if the file cannot be read."""
        try:
            self._leave_out()
            return self.connection.execute(sql, parameters).fetchone()
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

    def _leave_out(self) -> None:
        """Read no unreadable row; what came into the file since the last look may hold some."""
        if not self.connection.in_transaction and self._read_at != self._version():
            leave_out(self.connection)
            self._read_at = self._version()

    # Each noun loads its own module, so that the first screen pays for none it does not show.

    @cached_property
    def action(self) -> action.Actions:
        from radar_tui.store.action import Actions

        return Actions(self)

    @cached_property
    def answer(self) -> answer.Answers:
        from radar_tui.store.answer import Answers

        return Answers(self)

    @cached_property
    def backup(self) -> backup.Backups:
        from radar_tui.store.backup import Backups

        return Backups(self)

    @cached_property
    def checklist(self) -> checklist.Checklists:
        from radar_tui.store.checklist import Checklists

        return Checklists(self)

    @cached_property
    def colleague(self) -> colleague.Colleagues:
        from radar_tui.store.colleague import Colleagues

        return Colleagues(self)

    @cached_property
    def conflict(self) -> conflict.Conflicts:
        from radar_tui.store.conflict import Conflicts

        return Conflicts(self)

    @cached_property
    def contact(self) -> contact.Contacts:
        from radar_tui.store.contact import Contacts

        return Contacts(self)

    @cached_property
    def counterpart(self) -> counterpart.Counterparts:
        from radar_tui.store.counterpart import Counterparts

        return Counterparts(self)

    @cached_property
    def customer(self) -> customer.Customers:
        from radar_tui.store.customer import Customers

        return Customers(self)

    @cached_property
    def finding(self) -> finding.Findings:
        from radar_tui.store.finding import Findings

        return Findings(self)

    @cached_property
    def follow_up(self) -> follow_up.FollowUps:
        from radar_tui.store.follow_up import FollowUps

        return FollowUps(self)

    @cached_property
    def imports(self) -> imports.Imports:
        from radar_tui.store.imports import Imports

        return Imports(self)

    @cached_property
    def item(self) -> item.Items:
        from radar_tui.store.item import Items

        return Items(self)

    @cached_property
    def local(self) -> local.Local:
        from radar_tui.store.local import Local

        return Local(self)

    @cached_property
    def market(self) -> market.Markets:
        from radar_tui.store.market import Markets

        return Markets(self)

    @cached_property
    def measure(self) -> measure.Measures:
        from radar_tui.store.measure import Measures

        return Measures(self)

    @cached_property
    def opportunity(self) -> opportunity.Opportunities:
        from radar_tui.store.opportunity import Opportunities

        return Opportunities(self)

    @cached_property
    def part(self) -> part.Parts:
        from radar_tui.store.part import Parts

        return Parts(self)

    @cached_property
    def promise(self) -> promise.Promises:
        from radar_tui.store.promise import Promises

        return Promises(self)

    @cached_property
    def radar(self) -> radar.Radar:
        from radar_tui.store.radar import Radar

        return Radar(self)

    @cached_property
    def response(self) -> response.Responses:
        from radar_tui.store.response import Responses

        return Responses(self)

    @cached_property
    def scorecard(self) -> scorecard.Scorecards:
        from radar_tui.store.scorecard import Scorecards

        return Scorecards(self)

    @cached_property
    def stream(self) -> stream.Streams:
        from radar_tui.store.stream import Streams

        return Streams(self)

    @cached_property
    def ticket(self) -> ticket.Tickets:
        from radar_tui.store.ticket import Tickets

        return Tickets(self)

    @cached_property
    def touched(self) -> touched.Touched:
        from radar_tui.store.touched import Touched

        return Touched(self)

    @cached_property
    def visit(self) -> visit.Visits:
        from radar_tui.store.visit import Visits

        return Visits(self)

    @cached_property
    def want(self) -> want.Wants:
        from radar_tui.store.want import Wants

        return Wants(self)


_MAY_BE_OF_THE_FILE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, sqlite3.Error)
_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))


def save_failed(error: sqlite3.OperationalError) -> SaveFailed:
    """What a BRM reads when the disk did not take a write."""
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return SaveFailed("Another program is writing to the database.", "Radar tries again by itself.")
    if "full" in said:
        return SaveFailed("The disk is full.", "Free some space; Radar tries again by itself.")
    if "readonly" in said or "read-only" in said:
        return SaveFailed("The database may only be read.", "Allow writing to the file; Radar tries again.")
    return SaveFailed(f"The database did not take it ({error}).", "Radar tries again by itself.")


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
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if not os.access(path, os.R_OK | os.W_OK):
        whole_disk = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
        why = errno.EROFS if whole_disk else errno.EACCES
        raise OSError(why, os.strerror(why), str(path))

"""The roof: one open database file, with one attribute per noun."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

from radar_tui.errors import RadarError
from radar_tui.files import keep_private
from radar_tui.store.connection import BUSY_SECONDS, Connection, read_failed, system_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from radar_tui.store.file.backup import Backups
    from radar_tui.store.lists.radar import Radar
    from radar_tui.store.rows.action import Actions
    from radar_tui.store.rows.answer import Answers
    from radar_tui.store.rows.checklist import Checklists
    from radar_tui.store.rows.colleague import Colleagues
    from radar_tui.store.rows.conflict import Conflicts
    from radar_tui.store.rows.contact import Contacts
    from radar_tui.store.rows.counterpart import Counterparts
    from radar_tui.store.rows.customer import Customers
    from radar_tui.store.rows.finding import Findings
    from radar_tui.store.rows.follow_up import FollowUps
    from radar_tui.store.rows.imports import Imports
    from radar_tui.store.rows.item import Items
    from radar_tui.store.rows.leaving import Leaving
    from radar_tui.store.rows.local import Local
    from radar_tui.store.rows.market import Markets
    from radar_tui.store.rows.measure import Measures
    from radar_tui.store.rows.opportunity import Opportunities
    from radar_tui.store.rows.part import Parts
    from radar_tui.store.rows.promise import Promises
    from radar_tui.store.rows.response import Responses
    from radar_tui.store.rows.scorecard import Scorecards
    from radar_tui.store.rows.setting import TeamSettings
    from radar_tui.store.rows.stream import Streams
    from radar_tui.store.rows.ticket import Tickets
    from radar_tui.store.rows.visit import Visits
    from radar_tui.store.rows.want import Wants
    from radar_tui.store.schema.touched import Touched

N = TypeVar("N")


class Noun(Generic[N]):
    """An attribute of a store: the class named by its annotation, from the module of the attribute's name in `package`.

    Loaded when it is first asked for, so that the first screen pays for no noun it does not show, and kept.
    """

    def __init__(self, package: str = "rows") -> None:
        self.package = package

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.cls = owner.__annotations__[name].removeprefix("Noun[").removesuffix("]")

    def __get__(self, store: Connection, _: object) -> N:
        module = import_module(f"radar_tui.store.{self.package}.{self.name}")
        made: N = getattr(module, self.cls)(store)
        # From now on found before this descriptor, which sets nothing.
        store.__dict__[self.name] = made
        return made


class Store(Connection):
    """A connection with the nouns on it. Made by `Store.open`; each thread opens its own."""

    action: Noun[Actions] = Noun()
    answer: Noun[Answers] = Noun()
    backup: Noun[Backups] = Noun("file")
    checklist: Noun[Checklists] = Noun()
    colleague: Noun[Colleagues] = Noun()
    conflict: Noun[Conflicts] = Noun()
    contact: Noun[Contacts] = Noun()
    counterpart: Noun[Counterparts] = Noun()
    customer: Noun[Customers] = Noun()
    finding: Noun[Findings] = Noun()
    follow_up: Noun[FollowUps] = Noun()
    imports: Noun[Imports] = Noun()
    item: Noun[Items] = Noun()
    leaving: Noun[Leaving] = Noun()
    local: Noun[Local] = Noun()
    market: Noun[Markets] = Noun()
    measure: Noun[Measures] = Noun()
    opportunity: Noun[Opportunities] = Noun()
    part: Noun[Parts] = Noun()
    promise: Noun[Promises] = Noun()
    radar: Noun[Radar] = Noun("lists")
    response: Noun[Responses] = Noun()
    scorecard: Noun[Scorecards] = Noun()
    setting: Noun[TeamSettings] = Noun()
    stream: Noun[Streams] = Noun()
    ticket: Noun[Tickets] = Noun()
    touched: Noun[Touched] = Noun("schema")
    visit: Noun[Visits] = Noun()
    want: Noun[Wants] = Noun()

    @classmethod
    def open(
        cls, path: Path, *, clock: Callable[[], datetime] = system_clock, busy_seconds: float = BUSY_SECONDS
    ) -> Store:
        """Open `path`, creating it readable by its owner only, and bring it to this version's schema.

        Raises RadarError if the file is damaged, not a Radar file, read-only, or made by a newer version.
        """
        from radar_tui.store.file.opening import opened

        store = cls(path, opened(path, clock, busy_seconds), clock)
        parts = [path, *(path.with_name(path.name + journal) for journal in ("-wal", "-shm"))]
        if True in {keep_private(part) for part in parts}:
            store.notice = f"{path.name} could be read by others on this computer; now only you can."
        if store.looks_only:
            store.notice = (
                f"The disk of {path.name} can only be read: look, report and export; nothing can be saved."
            )
        with suppress(sqlite3.DatabaseError):  # said where somebody reads
            store.look()
        if count := len(store.unreadable):
            store.notice = (
                f"{store.notice} {count:,} {'row' if count == 1 else 'rows'} of {path.name} cannot be read and "
                f"{'is' if count == 1 else 'are'} left out of lists and figures. `radar check` says which."
            ).lstrip()
        return store

    def again(self) -> Store:
        """A second connection to the same file, for a worker thread."""
        return Store.open(self.path, clock=self.clock, busy_seconds=5)

    @contextmanager
    def for_an_index(self) -> Iterator[Store]:
        """This store, or where nothing can be written a private copy in which an index can be made."""
        if not self.looks_only:
            yield self
            return
        from radar_tui.store.file.looking import copied

        try:
            place = copied(self.path)
        except OSError as error:
            raise RadarError(
                "There is no room to search a disk that can only be read.", "Free some space and look again."
            ) from error
        with Store.open(place, clock=self.clock, busy_seconds=5) as store:
            yield store

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
        from radar_tui.store.file.check import unsound

        if words := unsound(self.path):
            return words
        of_sqlite = isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.ProgrammingError
        )
        return read_failed(self.path, error) if of_sqlite else None  # type: ignore[arg-type]


_MAY_BE_OF_THE_FILE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, sqlite3.Error)

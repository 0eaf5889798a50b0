"""The roof: one open database file, with one attribute per noun."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING

from radar_tui.store.connection import Connection, read_failed, system_clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from radar_tui.errors import RadarError
    from radar_tui.store.file import backup
    from radar_tui.store.lists import radar
    from radar_tui.store.rows import (
        action,
        answer,
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
        response,
        scorecard,
        stream,
        ticket,
        visit,
        want,
    )
    from radar_tui.store.schema import touched


class Store(Connection):
    """A connection with the nouns on it. Made by `Store.open`; each thread opens its own."""

    @classmethod
    def open(
        cls, path: Path, *, clock: Callable[[], datetime] = system_clock, busy_seconds: float = 0.4
    ) -> Store:
        """Open `path`, creating it readable by its owner only, and bring it to this version's schema.

        Raises RadarError if the file is damaged, not a Radar file, read-only, or made by a newer version.
        """
        from radar_tui.store.file.opening import opened

        return cls(path, opened(path, clock, busy_seconds), clock)

    def again(self) -> Store:
        """A second connection to the same file, for a worker thread."""
        return Store.open(self.path, clock=self.clock, busy_seconds=5)

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

    # Each noun loads its own module, so that the first screen pays for none it does not show.

    @cached_property
    def action(self) -> action.Actions:
        from radar_tui.store.rows.action import Actions

        return Actions(self)

    @cached_property
    def answer(self) -> answer.Answers:
        from radar_tui.store.rows.answer import Answers

        return Answers(self)

    @cached_property
    def backup(self) -> backup.Backups:
        from radar_tui.store.file.backup import Backups

        return Backups(self)

    @cached_property
    def checklist(self) -> checklist.Checklists:
        from radar_tui.store.rows.checklist import Checklists

        return Checklists(self)

    @cached_property
    def colleague(self) -> colleague.Colleagues:
        from radar_tui.store.rows.colleague import Colleagues

        return Colleagues(self)

    @cached_property
    def conflict(self) -> conflict.Conflicts:
        from radar_tui.store.rows.conflict import Conflicts

        return Conflicts(self)

    @cached_property
    def contact(self) -> contact.Contacts:
        from radar_tui.store.rows.contact import Contacts

        return Contacts(self)

    @cached_property
    def counterpart(self) -> counterpart.Counterparts:
        from radar_tui.store.rows.counterpart import Counterparts

        return Counterparts(self)

    @cached_property
    def customer(self) -> customer.Customers:
        from radar_tui.store.rows.customer import Customers

        return Customers(self)

    @cached_property
    def finding(self) -> finding.Findings:
        from radar_tui.store.rows.finding import Findings

        return Findings(self)

    @cached_property
    def follow_up(self) -> follow_up.FollowUps:
        from radar_tui.store.rows.follow_up import FollowUps

        return FollowUps(self)

    @cached_property
    def imports(self) -> imports.Imports:
        from radar_tui.store.rows.imports import Imports

        return Imports(self)

    @cached_property
    def item(self) -> item.Items:
        from radar_tui.store.rows.item import Items

        return Items(self)

    @cached_property
    def local(self) -> local.Local:
        from radar_tui.store.rows.local import Local

        return Local(self)

    @cached_property
    def market(self) -> market.Markets:
        from radar_tui.store.rows.market import Markets

        return Markets(self)

    @cached_property
    def measure(self) -> measure.Measures:
        from radar_tui.store.rows.measure import Measures

        return Measures(self)

    @cached_property
    def opportunity(self) -> opportunity.Opportunities:
        from radar_tui.store.rows.opportunity import Opportunities

        return Opportunities(self)

    @cached_property
    def part(self) -> part.Parts:
        from radar_tui.store.rows.part import Parts

        return Parts(self)

    @cached_property
    def promise(self) -> promise.Promises:
        from radar_tui.store.rows.promise import Promises

        return Promises(self)

    @cached_property
    def radar(self) -> radar.Radar:
        from radar_tui.store.lists.radar import Radar

        return Radar(self)

    @cached_property
    def response(self) -> response.Responses:
        from radar_tui.store.rows.response import Responses

        return Responses(self)

    @cached_property
    def scorecard(self) -> scorecard.Scorecards:
        from radar_tui.store.rows.scorecard import Scorecards

        return Scorecards(self)

    @cached_property
    def stream(self) -> stream.Streams:
        from radar_tui.store.rows.stream import Streams

        return Streams(self)

    @cached_property
    def ticket(self) -> ticket.Tickets:
        from radar_tui.store.rows.ticket import Tickets

        return Tickets(self)

    @cached_property
    def touched(self) -> touched.Touched:
        from radar_tui.store.schema.touched import Touched

        return Touched(self)

    @cached_property
    def visit(self) -> visit.Visits:
        from radar_tui.store.rows.visit import Visits

        return Visits(self)

    @cached_property
    def want(self) -> want.Wants:
        from radar_tui.store.rows.want import Wants

        return Wants(self)


_MAY_BE_OF_THE_FILE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, sqlite3.Error)

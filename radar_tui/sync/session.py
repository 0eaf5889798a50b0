"""One sync of one database: what all its parts work with, and how rows come into the file and go out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import question_of
from radar_tui.domain.days import iso
from radar_tui.errors import Cancelled, RadarError
from radar_tui.sync.asking import ASK, SyncAnswers
from radar_tui.sync.base import SCHEMA, Base, Pulled
from radar_tui.sync.following import HubLog
from radar_tui.sync.hub.entry import Header, pack
from radar_tui.sync.merge import Brought, Fold, SqlValues, conflict_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.sync.hub.hub import Hub
    from radar_tui.sync.live import Live
    from radar_tui.sync.progress import SyncProgress
    from radar_tui.sync.sync_folder import SyncFolder


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync did: rows taken and given, conflicts that now wait, entries read and the number of the newest.

    `waiting`: what is ours lies in the outbox until the keeper moves it. `copied`: this file was copied from another
    laptop and has a device id of its own now. `refused`: outboxes that the keeper could not move, in words.
    `unreadable`: rows that no Radar wrote and that it brought; no list or figure has them. `brought`: what a file that
    has just joined has from the hub, in words. `decided`: open conflicts that somebody else decided.
    """

    pulled: int = 0
    pushed: int = 0
    conflicts: int = 0
    entries: int = 0
    head: int = 0
    waiting: bool = False
    copied: bool = False
    refused: tuple[str, ...] = ()
    unreadable: int = 0
    brought: str = ""
    decided: int = 0


def quiet(_: object) -> None:
    """Nobody listens."""


class Session:
    """A database and its hub, opened for one sync."""

    def __init__(
        self,
        live: Live,
        files: SyncFolder,
        base: Base,
        hub: Hub,
        *,
        answers: SyncAnswers = ASK,
        report: Callable[[SyncProgress], None] = quiet,
        cancelled: Callable[[], bool] = lambda: False,
        at: Callable[[str], None] = quiet,
    ) -> None:
        self.live, self.files, self.base, self.hub, self.log = live, files, base, hub, HubLog(hub)
        self.answers = answers
        self._backed_up = False
        live.store.look()
        self._unreadable = len(live.store.unreadable)
        self.report, self.cancelled, self.at = report, cancelled, at
        self.device, copied = files.device()
        self.result = SyncResult(copied=copied)

    def go_on(self) -> None:
        if self.cancelled():
            raise Cancelled("The sync was ended.", "Nothing is lost; the next one goes on from here.")

    def take_of_team(self, rows: Mapping[RowKey, SqlValues]) -> None:
        """Put rows of the base where they are missing or other here; what they refer to comes along."""
        with self.live.transaction(self.base.head):
            here = self.live.rows
            fold = Fold(here, self.base.rows.get)
            fold.run(rows, here.get, rows.get, here.get)
            self.keep_conflicts(fold, lambda key, column: Brought(self.base.head, self.base.digest))
            self.forget(set(rows) | fold.written | fold.removed)

    def merge_into_live(self, start: int, pulled: Pulled) -> int:
        """Everything that was pulled and the new head, in one transaction; returns the new conflicts to look at."""
        with self.live.transaction(start):
            rows, edited = self.live.rows, self.live.edited(pulled.before)
            decided = self._decided(pulled)
            columns = rows.shape.columns
            fold = Fold(rows, lambda key: pulled.before.get(key) or self.base.rows.get(key))
            fold.run(
                pulled.before, pulled.before.__getitem__, self._known(pulled.now), rows.get, pulled.values
            )
            self.at("taking")
            waiting = self.keep_conflicts(
                fold,
                lambda key, one: pulled.brought(key, columns[key[0]].index(one) if one else None),
                edited,
            )
            if fold.written or fold.removed:
                # What is taken back with ctrl+z from here on may no longer be what stands.
                self.live.note(sync_taken=self.base.head)
            self.forget(set(pulled.before) | fold.written | fold.removed, pulled.now, edited)
            self.live.move(self.base.head, self.base.digest)
        self.result = replace(self.result, decided=self.result.decided + decided)
        return waiting

    def _decided(self, pulled: Pulled) -> int:
        """How many questions that are open here somebody else has decided."""
        shape, found = self.live.rows.shape, set()
        for key in (key for key in pulled.before if key[0] == "conflict"):
            here = shape.as_object("conflict", self.live.rows.get(key))
            now = shape.as_object("conflict", pulled.now.get(key))
            if here and now and here["resolution"] is None and now["resolution"] is not None:
                found.add(question_of(str(now["tbl"]), str(now["key"]), now["col"]))  # type: ignore[arg-type]
        return len(found)

    def keep_conflicts(
        self,
        fold: Fold,
        brought: Callable[[RowKey, str | None], Brought],
        edited: Mapping[RowKey, str] = MappingProxyType({}),
    ) -> int:
        """Keep what a fold could not merge; returns how many questions of those wait for a decision."""
        now = iso(self.live.store.clock())
        return self.live.keep_conflicts(
            conflict_rows(
                self.live.rows.shape,
                fold.clashes,
                mine=self.live.writer(self.device),
                brought=brought,
                edited=lambda key: edited.get(key, now),
            )
        )

    def forget_unchanged(self, keys: Iterable[RowKey]) -> None:
        """Of `keys`, only the rows that differ from the base stay touched."""
        with self.live.store.transaction():
            self.forget(keys)

    def forget(
        self,
        keys: Iterable[RowKey],
        known: Mapping[RowKey, SqlValues | None] = MappingProxyType({}),
        edited: Mapping[RowKey, str] = MappingProxyType({}),
    ) -> None:
        """Only those of the rows `keys` that differ from the base stay touched; of it some may be `known`. `edited`
        says when they were, where sync itself has written them since."""
        of_base, same = self._known(known), []
        for key in keys:
            here = self.live.rows.get(key)
            if here == of_base(key):
                same.append(key)
            else:
                self.live.mark(key, gone=here is None, edited=edited.get(key, ""))
        self.live.unmark(same)

    def _known(self, rows: Mapping[RowKey, SqlValues | None]) -> Callable[[RowKey], SqlValues | None]:
        """Rows of the base, some of which were read already."""
        return lambda key: rows[key] if key in rows else self.base.rows.get(key)

    def came_unreadable(self) -> int:
        """How many rows that no Radar wrote came with this sync."""
        self.live.store.look()
        return max(len(self.live.store.unreadable) - self._unreadable, 0)

    def changes_of(self, mine: Mapping[RowKey, SqlValues | None]) -> bytes:
        """Write rows into the base, and what that changed there as a changeset; every reference must hold after it."""
        before = {key: self.base.rows.get(key) for key in mine}
        with self.base.recorded() as found:
            for key, row in mine.items():
                if row is None:
                    self.base.rows.delete(key)
                elif row != before[key]:
                    self._put(key[0], row)
        self.base.changed(before, mine)
        if orphan := self.base.orphan(mine):
            self.live.compare_next_time()
            raise RadarError(
                f"A {orphan[0].replace('_', ' ')} points to a row that sync does not know. Nothing was sent.",
                "Sync again: it compares everything then. If it stays: radar check --repair puts such rows aside.",
            )
        return found[0]

    def _put(self, table: str, row: SqlValues) -> None:
        try:
            self.base.rows.put(table, row)
        except self.base.rows.refusal as error:
            raise RadarError(
                f"A {table.replace('_', ' ')} of this file breaks a rule of the database, so another program wrote it. "
                "Nothing was sent.",
                "`radar check` names it, and puts it aside with --repair. Then sync again.",
            ) from error

    def header(self, seq: int, of: Iterable[RowKey] = ()) -> Header:
        """Of an object that this laptop writes on top of the base's head, with the touched rows `of`."""
        moments = self.live.edited(key for key in of if key[0] != "conflict").values()
        return Header(
            hub=self.hub.charter.hub,
            seq=seq,
            parent=self.base.digest,
            device=self.device,
            author=self.live.author(),
            schema=SCHEMA,
            time=iso(self.live.store.clock()),
            size=0,
            member=self.live.member(),
            edited=f"{min(moments)}/{max(moments)}" if moments else "",
        )

    def packed(
        self, changeset: bytes, rows: Iterable[RowKey] = (), *, of: Header | None = None, mark: str = ""
    ) -> bytes:
        """An entry with touched rows to follow the base's head; `of` and `mark` where the keeper writes it for another
        laptop."""
        tally = self.base.tally()
        header = replace(
            self.header(self.base.head + 1, rows),
            outbox=mark,
            counts=tally.counts,
            state=tally.state,
            snapshot=self.base.noted("vouch"),
        )
        if of:
            said = {key: getattr(of, key) for key in ("device", "author", "member", "time", "edited")}
            header = replace(header, **said)
        return pack(header, changeset)

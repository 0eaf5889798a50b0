"""Taking entries of the log back, as an ordinary change that goes with the next sync.

The state before an entry is merged field by field onto what stands now, as if somebody who had seen the state after it
had set everything back: what was changed since stays and becomes a conflict. One transaction does all of it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.days import iso
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.sync import audit
from radar_tui.sync.asking import Loss, losses
from radar_tui.sync.live import Live
from radar_tui.sync.merge import Brought, Fold, conflict_rows
from radar_tui.sync.sync_folder import SyncFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.sync.audit import LogEntry
    from radar_tui.sync.merge import Shape, SqlValue, SqlValues, SyncedRows


class Undone(NamedTuple):
    """What undoing does: rows that come back and that go, how many get former values back, and how many conflicts say
    what stays because it was changed since."""

    back: tuple[Loss, ...] = ()
    gone: tuple[Loss, ...] = ()
    changed: int = 0
    conflicts: int = 0

    def words(self) -> list[str]:
        """One line for each of them, where there is any."""
        return [
            *([f"Brings back {_listed(self.back)}."] if self.back else []),
            *([f"Takes away {_listed(self.gone)}."] if self.gone else []),
            *([f"Gives {plural(self.changed, 'row')} the former values."] if self.changed else []),
            *(
                [f"What was changed since stays: {plural(self.conflicts, 'conflict')} to decide."]
                if self.conflicts
                else []
            ),
        ]


def undo(
    store: Store, numbers: Collection[int], *, write: bool, at: Callable[[str], None] = lambda step: None
) -> Undone:
    """Take the entries with these numbers back, the newest first; without `write` only find out what that would do.

    A backup is made before. `at` is called with `undoing` and `undone`, at which a test may end the process. Raises
    RadarError, with nothing changed, if one of them is not taken here, cannot be read any more, or nothing of them is
    left to undo.
    """
    wanted = sorted(set(numbers), reverse=True)
    entries = [audit.entry(store, seq) for seq in wanted]
    if wanted[0] > Live(store).head()[0]:
        raise RadarError(
            f"Entry {wanted[0]} is not taken here yet. Nothing was changed.",
            "Take it first: radar sync --yes. Then undo it.",
        )
    plan = _run(store, entries, write=False)
    if plan == Undone():
        named = f"Entry {wanted[0]} is" if len(wanted) == 1 else f"Entries {', '.join(map(str, wanted))} are"
        raise RadarError(
            f"{named} undone already: nothing that it did stands here any more.", "See: radar log"
        )
    if write:
        store.backup.make()
        return _run(store, entries, write=True, at=at)
    return plan


class _OnlyLooking(Exception):
    """Raised so that the database forgets what was tried."""


def _run(
    store: Store, entries: Sequence[LogEntry], *, write: bool, at: Callable[[str], None] = lambda step: None
) -> Undone:
    live = Live(store)
    rows, before = live.rows, _Before(store, entries[-1].seq)
    with suppress(_OnlyLooking), live.transaction(live.head()[0]):
        fold = Fold(rows, before.spare)
        for entry in entries:
            seen, former = _sides(rows, entry, before.known)
            fold.run(former, seen.__getitem__, rows.get, former.__getitem__)
        at("undoing")
        conflicts = _keep_conflicts(live, fold, entries[0].seq)
        stands = {key: rows.get(key) for key in fold.written | fold.removed}
        was = {key: before.known.get(key) for key in stands}
        back = losses(store, _objects(rows, {k: row for k, row in stands.items() if was[k] is None}))
        # What is taken back with ctrl+z from here on may no longer be what stands.
        live.note(sync_taken=f"{live.head()[0]}, {entries[0].seq} undone at {iso(store.clock())}")
        at("undone")
        if not write:
            raise _OnlyLooking
    gone = losses(store, _objects(rows, {k: row for k, row in was.items() if stands[k] is None}))
    changed = sum(None not in (was[key], row) and was[key] != row for key, row in stands.items())
    return Undone(back, gone, changed, conflicts)


class _Before:
    """Rows as they stood before anything was undone, and those that were deleted since entry `first`."""

    def __init__(self, store: Store, first: int) -> None:
        self.known: dict[RowKey, SqlValues | None] = {}
        self._store, self._first = store, first
        self._deleted: dict[RowKey, SqlValues | None] | None = None

    def spare(self, key: RowKey) -> SqlValues | None:
        """The last content of a row that is needed again."""
        if (row := self.known.get(key)) is not None:
            return row
        if self._deleted is None:
            shape, self._deleted = Live(self._store).rows.shape, {}
            for entry in audit.history(self._store):
                if entry.seq < self._first:
                    break
                for change in entry.changes:
                    if change.before is not None and change.after is None:
                        row = _row(shape, change.table, change.before, None)
                        self._deleted.setdefault((change.table, change.id), row)
        return self._deleted.get(key)


def _sides(
    rows: SyncedRows, entry: LogEntry, before: dict[RowKey, SqlValues | None]
) -> tuple[dict[RowKey, SqlValues | None], dict[RowKey, SqlValues | None]]:
    """The rows of an entry as it left them, and as they were before; `before` learns how they stand now."""
    seen: dict[RowKey, SqlValues | None] = {}
    former: dict[RowKey, SqlValues | None] = {}
    for change in entry.changes:
        key = (change.table, change.id)
        now = rows.get(key)
        before.setdefault(key, now)
        if change.before is None and change.table == "conflict":
            continue  # it may keep what is nowhere else
        if now is None and change.before is not None and change.after is not None:
            continue  # the row went since, and stays away
        seen[key] = _row(rows.shape, change.table, change.after, now)
        former[key] = _row(rows.shape, change.table, change.before, None if change.after is None else now)
    return seen, former


def _row(
    shape: Shape, table: str, said: Mapping[str, SqlValue] | None, now: SqlValues | None
) -> SqlValues | None:
    """A whole row of what an entry says of it; where it says nothing, as the row stands `now`."""
    if said is None:
        return None
    rest = now or shape.defaults[table]
    return tuple(said.get(column, value) for column, value in zip(shape.columns[table], rest, strict=True))


def _keep_conflicts(live: Live, fold: Fold, seq: int) -> int:
    device, copied = SyncFolder(live.store.path).device()
    if copied:  # the next sync would no longer see it
        live.compare_next_time()
    made = conflict_rows(
        live.rows.shape,
        fold.clashes,
        mine=live.writer(device),
        # The same entry undone a second time, or by two people, meets itself.
        brought=lambda key, column: Brought(live.head()[0], f"undo of {seq}"),
        edited=lambda key: iso(live.store.clock()),
    )
    return live.keep_conflicts(made)


def _objects(rows: SyncedRows, known: Mapping[RowKey, SqlValues | None]) -> dict[RowKey, dict[str, SqlValue]]:
    return {key: rows.shape.as_object(key[0], row) or {} for key, row in known.items() if row is not None}


def _listed(lost: tuple[Loss, ...]) -> str:
    return ", ".join(f"{loss.words} ({', '.join(loss.told)})" for loss in lost)

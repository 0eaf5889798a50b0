"""Looking at a hub: where things stand, whether the whole log is sound, and who changed what."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import apsw

from radar_tui.domain.text import plural
from radar_tui.errors import RadarError, without_secrets
from radar_tui.store.lists.conflict import open_count
from radar_tui.sync.base import SCHEMA, Base, Pulled
from radar_tui.sync.comparing import look
from radar_tui.sync.engine import opened
from radar_tui.sync.following import other_history
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.entry import HubDamaged
from radar_tui.sync.hub.hub import Hub, entry_name
from radar_tui.sync.live import Live
from radar_tui.sync.progress import SyncProgress
from radar_tui.sync.snapshots import unpack_snapshot
from radar_tui.sync.sync_folder import SyncFolder, clear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from radar_tui.store.store import Store
    from radar_tui.sync.engine import Sync
    from radar_tui.sync.hub.entry import Entry
    from radar_tui.sync.merge import SqlValue
    from radar_tui.sync.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Status:
    """Where a hub and this laptop stand. Times are ISO moments, `entries` the number of the newest entry on the hub,
    `keeper` the device that keeps the log or "", `conflicts` those that wait."""

    address: str
    hub_id: str
    founded_at: str
    founded_by: str
    keeper: str
    entries: int
    last_author: str
    last_time: str
    snapshot: int
    head: int
    device: str
    synced_at: str
    unsynced: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that an entry added (`before` None), changed (only its changed columns) or took back (`after` None)."""

    table: str
    id: str
    before: dict[str, SqlValue] | None
    after: dict[str, SqlValue] | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry as `radar log` tells it; `time` is an ISO moment by the clock of the laptop that wrote it. `void`: the
    number of the entry that it leaves out for everybody, 0 for none."""

    seq: int
    author: str
    device: str
    time: str
    changes: tuple[RowChange, ...]
    void: int = 0


def status(store: Store) -> Status:
    """Raises RadarError if the database has no hub, HubUnreachable if that cannot be reached."""
    live = Live(store)
    _, address = live.joined()
    hub = Hub.open(open_store(address))
    head, _ = live.head()
    newest = max(hub.numbers(head), default=head)
    last = hub.read(newest, None).header if newest else None
    return Status(
        address=without_secrets(address),
        hub_id=hub.charter.hub,
        founded_at=hub.charter.founded_at,
        founded_by=hub.charter.founded_by,
        keeper=hub.charter.keeper,
        entries=newest,
        last_author=last.author if last else "",
        last_time=last.time if last else "",
        snapshot=next(iter(hub.snapshots()), 0),
        head=head,
        device=SyncFolder(store.path).device()[0],
        synced_at=live.synced_at(),
        unsynced=store.touched.count(10**9),
        conflicts=open_count(store),
    )


def verify(
    store: Store,
    *,
    full: bool = False,
    report: Callable[[SyncProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[str]:
    """What is wrong, in words; [] if all is whole.

    The whole log is read and played from nothing, and the newest snapshot and the base must be what it comes to. `full`
    compares every row of the database with the base as well; what nobody had noted is sent with the next sync.
    """
    with opened(store, report=report, cancelled=cancelled) as sync:
        sync.level()
        try:
            sync.recall()
            faults = _replayed(sync, report)
        except RadarError as error:
            return [error.message]
        if full:
            noted = store.touched.count(10**9)
            doubtful = look(sync)
            if doubtful:
                sync.live.compare_next_time()
                faults.append(
                    f"{plural(len(doubtful), 'row')} missing here, or other than the team's, and nothing says that "
                    "anybody changed them. The next sync asks."
                )
            if missed := store.touched.count(10**9) - noted:
                faults.append(
                    f"{missed} changed rows had not been noted; they are noted now and go with the next sync."
                )
        return faults


def _replayed(sync: Sync, report: Callable[[SyncProgress], None]) -> list[str]:
    scratch, hub = sync.files.folder / "verify.db", sync.hub
    faults: list[str] = []
    vouched = set[str]()
    try:
        clear(scratch)
        begun, newest = _beginning(hub, scratch), next(iter(hub.snapshots()), 0)
        numbers = hub.numbers(begun.seq if begun else 0)
        last = numbers[-1] if numbers else (begun.seq if begun else 0)
        if last < sync.base.head:
            return [f"Entry {last + 1} is missing on the hub; this laptop has read up to {sync.base.head}."]
        with contextlib.closing(Base(scratch)) as base:
            base.database.execute("PRAGMA synchronous = OFF")
            if begun:
                faults += _compared(sync, base, 0)
            for seq in numbers:
                report(SyncProgress(f"Looking at entry {seq}", seq, len(numbers)))
                if (entry := sync.log.follow_alone(base, seq, Pulled())) is not None:
                    vouched.add(entry.header.snapshot)
                    faults += _compared(sync, base, newest)
        if begun and not begun.proven and f"{begun.seq}/{begun.hash}" not in vouched:
            faults.append(
                f"The log begins with entry {hub.first()}, and nothing in it vouches for snapshot/"
                f"{entry_name(begun.seq)}, which holds what was before."
            )
    finally:
        clear(scratch)
    return faults


def _beginning(hub: Hub, scratch: Path) -> Snapshot | None:
    """The oldest snapshot behind which all entries are there, in `scratch`, where the log no longer begins with 1."""
    if (first := hub.first()) <= 1:
        return None
    for seq in reversed(hub.snapshots()):
        if seq >= first - 1 and (snapshot := unpack_snapshot(hub, seq, scratch)):
            return snapshot
    clear(scratch)
    return None


def _compared(sync: Sync, base: Base, newest: int) -> list[str]:
    """What is wrong with the snapshot `newest` or with what this laptop has, where they are of the entry of `base`."""
    faults = []
    if base.head == newest and not _snapshot_agrees(sync, base):
        faults.append(
            f"snapshot/{entry_name(base.head)} is damaged or altered: it is not what the log comes to. Remove that "
            "file before another laptop joins."
        )
    if base.head == sync.base.head and not _same(base, sync.base):
        faults.append(
            "What this laptop has in common with the hub is not what the log comes to; join again: radar hub join "
            "ADDRESS"
        )
    return faults


def _snapshot_agrees(sync: Sync, base: Base) -> bool:
    other = sync.files.folder / "verify-snapshot.db"
    try:
        if not unpack_snapshot(sync.hub, base.head, other):
            return False
        with contextlib.closing(Base(other)) as snapshot:
            return _same(base, snapshot)
    finally:
        clear(other)


def _same(ours: Base, other: Base) -> bool:
    return all(
        a == b
        for table in ours.shape.columns
        for a, b in zip_longest(ours.stream(table), other.stream(table))
    )


def history(store: Store) -> Iterator[LogEntry]:
    """The entries that this laptop has read, newest first, without a network; older ones are only on the hub.

    Raises RadarError if the database has no hub.
    """
    live = Live(store)
    hub_id, _ = live.hub()
    if not hub_id:
        raise RadarError(
            "This database has no hub, so there is no log.",
            "Start one: radar hub create, or join: radar hub join",
        )
    files, columns = SyncFolder(store.path), live.rows.shape.columns
    void = 0
    for seq in range(live.head()[0], 0, -1):
        if seq == void:
            continue
        entry = files.mirrored(seq)
        if entry is None or (entry.header.hub, entry.header.seq) != (hub_id, seq):
            return
        void = entry.header.void
        try:
            yield _told(entry, columns)
        except (apsw.Error, UnicodeError):
            return


def entry(store: Store, seq: int) -> LogEntry:
    """Entry `seq`, taken here or not: from beside the database, or else from the hub. Raises RadarError if there is no
    such entry, or it was replaced or damaged."""
    live = Live(store)
    hub_id, address = live.joined()
    head, digest = live.head()
    files = SyncFolder(store.path)
    known = files.mirrored(seq)
    if known is None or (known.header.hub, known.header.seq) != (hub_id, seq):
        hub = Hub.open(open_store(address))
        if seq > max(hub.numbers(head), default=head):
            raise RadarError(f"There is no entry {seq} in the log.", "See: radar log")
        known = hub.read(seq, None)
        if seq < head:
            digest = (files.mirrored(seq + 1) or hub.read(seq + 1, None)).header.parent
        if hub.charter.hub != hub_id or (seq <= head and known.digest != digest):
            raise other_history(known, None)
    if known.header.schema > SCHEMA:
        raise RadarError(
            f"Entry {seq} was written by a newer Radar. Nothing was changed.",
            "Install the newest Radar: pip install --upgrade radar-tui",
        )
    try:
        return _told(known, live.rows.shape.columns)
    except (apsw.Error, UnicodeError) as error:
        raise HubDamaged(f"The changes of entry {seq} cannot be read.", "radar hub verify") from error


def _told(entry: Entry, columns: Mapping[str, tuple[str, ...]]) -> LogEntry:
    header = entry.header
    changes = tuple(_changes(entry, columns))
    return LogEntry(header.seq, header.author, header.device, header.time, changes, header.void)


def _changes(entry: Entry, columns: Mapping[str, tuple[str, ...]]) -> Iterator[RowChange]:
    for change in apsw.Changeset.iter(entry.body):
        names = columns.get(change.name)
        if names is None:
            continue
        id = str((change.old or change.new)[0])  # type: ignore[index]
        yield RowChange(change.name, id, _known(names, change.old), _known(names, change.new))


def _known(names: tuple[str, ...], values: tuple[Any, ...] | None) -> dict[str, SqlValue] | None:
    if values is None:
        return None
    return {name: value for name, value in zip(names, values, strict=False) if value is not apsw.no_change}

"""Founding a hub, and joining one: a new laptop, a copied file, or a file that must find its hub again."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.domain.changes import count_words
from radar_tui.domain.days import iso
from radar_tui.errors import Cancelled, RadarError
from radar_tui.sync.asking import ASK, SyncAnswers
from radar_tui.sync.base import SCHEMA, Base, Pulled, alone
from radar_tui.sync.engine import Sync
from radar_tui.sync.following import HubLog
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.entry import HubDamaged
from radar_tui.sync.hub.hub import Hub, LogBegins, NoHub, entry_name
from radar_tui.sync.hub.stores import NotThere
from radar_tui.sync.live import Live, differences
from radar_tui.sync.merge import Brought, Fold
from radar_tui.sync.progress import SyncProgress
from radar_tui.sync.session import SyncResult, quiet
from radar_tui.sync.snapshots import Altered, Snapshot, unpack_snapshot
from radar_tui.sync.sync_folder import SyncFolder, clear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from radar_tui.store.store import Store
    from radar_tui.sync.hub.entry import Entry


_TOLD = ("customer", "contact", "visit")
"""What whoever joins hears of."""


def create(
    store: Store,
    address: str,
    *,
    answers: SyncAnswers = ASK,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> SyncResult:
    """Found a hub at `address` and send everything in the database. Raises RadarError if either has a hub already."""
    live = Live(store)
    if live.hub()[0]:
        raise RadarError(f"This database has a hub already: {live.hub()[1]}", "See: radar hub status")
    objects = open_store(address)
    files = SyncFolder(store.path)
    with alone(files.folder):
        report(SyncProgress("Founding the hub"))
        hub = Hub.found(objects, author=live.author(), device=files.device()[0], at=iso(store.clock()))
        at("founded")
        files.start_anew()
        with contextlib.closing(Base(files.base)) as base:
            with base.moving():
                base.note(hub_id=hub.charter.hub)
            live.note(
                hub_id=hub.charter.hub, hub_address=objects.address, sync_head=0, sync_hash="", sync_full="1"
            )
            at("joined")
            return Sync(
                live, files, base, hub, answers=answers, report=report, cancelled=cancelled, at=at
            ).run()


def join(
    store: Store,
    address: str,
    *,
    answers: SyncAnswers = ASK,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> SyncResult:
    """Take everything from the hub at `address`, then send what only this database has.

    Rows that both have and that differ keep the hub's values; mine become conflicts. A file that knows the hub already
    gets its common ground back and carries its unsynced changes over; where the log has gone another way since (a hub
    brought back from a backup, a fork that was mended), that is the last entry both have, and all that this laptop knew
    beyond it goes along. Raises RadarError, with the database untouched, if it belongs to another hub.
    """
    live, files = Live(store), SyncFolder(store.path)
    hub = hub_at(address)
    known = _known_to(live, hub)
    with alone(files.folder):
        behind = known and live.head()[0] < hub.first() > 1
        common, beyond = _common_ground(files, hub, live.head()) if known and not behind else (None, [])
        made = _made_base(files, hub, common, report, cancelled)
        if behind:
            _catch_up(live, files, hub, made)
        _replace_base(files, made)
        at("based")
        with contextlib.closing(Base(files.base)) as base:
            # Whoever joins takes the hub's history, whatever this laptop remembers of another.
            files.see(base.head, base.digest)
            sync = Sync(live, files, base, hub, answers=answers, report=report, cancelled=cancelled, at=at)
            if common is not None or behind:
                # What the team had and the hub lost is known to be a change, not a difference that nobody noted.
                live.note_touched({key for entry in beyond for key in base.keys_in(entry)})
                head, digest = common or (base.head, base.digest)
                live.note(hub_address=hub.objects.address, sync_head=head, sync_hash=digest, sync_full="1")
            else:
                report(SyncProgress("Filling the database"))
                _take_all(sync)
                at("joined")
            return sync.run(known=True)


def hub_at(address: str) -> Hub:
    """The hub at an address that somebody has just typed. Raises RadarError if there is none."""
    try:
        return Hub.open(open_store(address))
    except (NoHub, NotThere) as error:
        error.hint = f"Check the spelling. If it is right: {error.hint[:1].lower()}{error.hint[1:]}"
        raise


def _known_to(live: Live, hub: Hub) -> bool:
    """Whether the file knows this hub already; backed up where it holds anything. Raises RadarError if it knows
    another."""
    known, where = live.hub()
    if known not in ("", hub.charter.hub):
        raise RadarError(
            f"This database belongs to another hub: {where}. Nothing was changed.",
            "Join with a database of its own: radar hub join ADDRESS --db NEW.db",
        )
    if known or not live.is_empty():
        live.store.backup.make()
    return bool(known)


def _common_ground(
    files: SyncFolder, hub: Hub, head: tuple[int, str]
) -> tuple[tuple[int, str] | None, list[Entry]]:
    """Number and hash of the last entry that both this laptop and the hub have, and the entries beyond it that only
    this laptop knows; None if that cannot be told any more, because those are not beside the database."""
    seq, taken = head
    beyond: list[Entry] = []
    numbers = hub.all_numbers()
    first, last = (numbers or [0])[0], max(numbers, default=0)
    log = HubLog(hub)
    while seq > last or (seq and (hub.digest(seq) != taken or log.void_behind(seq))):
        entry = files.mirrored(seq)
        if entry is None or entry.digest != taken or 1 < first == seq:
            return None, []
        beyond.append(entry)
        seq, taken = seq - 1, entry.header.parent
    return (seq, taken), beyond


def leave(store: Store) -> Path:
    """Part from the hub, which may be lost: the database keeps everything and can found or join another. Returns the
    backup made before. What had not been sent stays here; nothing is sent any more. Raises RadarError."""
    live = Live(store)
    live.joined()
    files = SyncFolder(store.path)
    with alone(files.folder):
        backup = store.backup.make()
        live.part()
        files.start_anew()
    return backup


def _made_base(
    files: SyncFolder,
    hub: Hub,
    until: tuple[int, str] | None,
    report: Callable[[SyncProgress], None],
    cancelled: Callable[[], bool],
) -> Path:
    """A new base from the newest snapshot that the log bears out and the entries after it, up to entry `until` (number,
    hash); else from the beginning. Raises HubDamaged, LogBegins if there is neither."""
    scratch, altered = files.folder / "joining.db", 0
    report(SyncProgress("Fetching the newest snapshot"))
    snapshots = [seq for seq in hub.snapshots() if until is None or seq <= until[0]]
    for seq in [*snapshots, 0]:
        if seq and altered and hub.first() <= 1:
            continue  # each try costs more than the one before; from the beginning nothing needs to be believed
        clear(scratch)
        snapshot = unpack_snapshot(hub, seq, scratch) if seq else None
        if seq and snapshot is None:
            continue
        try:
            with contextlib.closing(Base(scratch)) as base:
                _replay(base, files, hub, snapshot, until, report, cancelled)
            return scratch
        except Altered:
            altered = seq
        except LogBegins:
            if not seq:
                break
    raise _nothing_to_begin_with(hub.first(), snapshots)


def _replay(
    base: Base,
    files: SyncFolder,
    hub: Hub,
    snapshot: Snapshot | None,
    until: tuple[int, str] | None,
    report: Callable[[SyncProgress], None],
    cancelled: Callable[[], bool],
) -> None:
    """Play the log onto `base`. Raises Altered where the snapshot it began with shows not to be the log's."""
    with base.moving():
        base.note(hub_id=hub.charter.hub)
    numbers = [seq for seq in hub.numbers(base.head) if until is None or seq <= until[0]]
    log, vouched = HubLog(hub), set[str]()
    for seq in numbers:
        if cancelled():
            raise Cancelled("Joining was ended.", "Nothing is lost; join again when you like.")
        report(SyncProgress(f"Taking entry {seq}", seq - numbers[0], len(numbers)))
        try:
            entry = log.follow_alone(base, seq, Pulled())
        except HubDamaged as error:
            if snapshot and not snapshot.proven:
                raise Altered from error
            raise
        if entry is not None:
            vouched |= {entry.header.snapshot} - {""}
            files.mirror(entry.header.seq, entry.raw)
    if snapshot and not snapshot.is_borne_out(vouched):
        raise Altered
    if until and (base.head, base.digest) != until:
        raise HubDamaged(
            f"Entry {until[0]} on the hub was replaced while it was read. Nothing was changed.",
            "Join again: radar hub join ADDRESS",
        )
    base.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _nothing_to_begin_with(first: int, snapshots: Sequence[int]) -> HubDamaged:
    names = ", ".join(f"snapshot/{entry_name(seq)}" for seq in snapshots if seq >= first - 1)
    return HubDamaged(
        f"The hub keeps its log from entry {first} on, and the log does not bear out what was before: {names} was "
        "altered or damaged. Nothing on this laptop was changed.",
        "Bring that file back from a copy of the hub, or the entries before it.",
    )


def _replace_base(files: SyncFolder, made: Path) -> None:
    clear(files.base)
    made.replace(files.base)
    clear(made)


def _catch_up(live: Live, files: SyncFolder, hub: Hub, made: Path) -> None:
    """Take what changed between the entry that this laptop knows and the new base, as if one entry had brought it: the
    log no longer holds the entries on the way. What is mine stays on top; what others took back is not mine."""
    pulled = Pulled()
    with _known_rows(live, files, hub) as old, contextlib.closing(Base(made)) as base:
        for table in base.shape.columns:
            for id, before, _ in differences(old.stream(table), base.stream(table)):
                pulled.before[table, id] = before
        Sync(live, files, base, hub).merge_into_live(live.head()[0], pulled)


@contextlib.contextmanager
def _known_rows(live: Live, files: SyncFolder, hub: Hub) -> Iterator[Base]:
    """The rows as they were at the entry that the live file has taken: the base, brought there by the entries beside
    it, or else the file itself without what it notes as its own."""
    if files.base.exists():
        with contextlib.closing(Base(files.base)) as base:
            if base.hub == hub.charter.hub and _levelled(base, files, live.head()):
                yield base
                return
    place = files.folder / "known.db"
    clear(place)
    try:
        with contextlib.closing(Base(place)) as base:
            if live.trusted(SCHEMA):
                with base.moving():
                    for table in base.shape.columns:
                        for row in live.untouched(table):
                            base.rows.put(table, row)
            yield base
    finally:
        clear(place)


def _levelled(base: Base, files: SyncFolder, head: tuple[int, str]) -> bool:
    """Bring the base to `head` (number, hash) by the entries that lie beside it; whether that went."""
    try:
        with base.moving():
            while base.head > head[0]:
                entry = files.mirrored(base.head)
                if entry is None or entry.digest != base.digest:
                    return False
                base.take_back(entry)
            while base.head < head[0]:
                entry = files.mirrored(base.head + 1)
                if entry is None or entry.header.parent != base.digest:
                    return False
                base.apply(entry, Pulled())
    except HubDamaged:
        return False
    return base.digest == head[1]


def _take_all(sync: Sync) -> None:
    """Everything in the base into a file that has no hub yet, in one transaction with the new head."""
    live, base = sync.live, sync.base
    counts = base.tally().counts
    brought = [count_words(table, counts[table]) for table in _TOLD if counts.get(table)]
    sync.result = replace(sync.result, brought=", ".join(brought) or "nothing is in the hub yet")
    with live.transaction(live.head()[0]):
        if live.is_empty():
            with live.without_triggers():
                for table in base.shape.columns:
                    live.fill(table, base.stream(table))
        else:
            _merge_all(sync)
        live.note(
            hub_id=base.hub,
            hub_address=sync.hub.objects.address,
            sync_head=base.head,
            sync_hash=base.digest,
            sync_full="1",
            sync_taken=base.head,
        )


def _merge_all(sync: Sync) -> None:
    """What only the hub has is taken, what both have is merged as if both had just been made."""
    live, base = sync.live, sync.base
    differing = [
        (table, id)
        for table in base.shape.columns
        for id, theirs, _ in live.differences(table, base.stream(table))
        if theirs is not None
    ]
    fold = Fold(live.rows, base.rows.get)
    fold.run(differing, lambda key: None, base.rows.get, live.rows.get)
    sync.keep_conflicts(fold, lambda key, column: Brought(base.head, base.digest))

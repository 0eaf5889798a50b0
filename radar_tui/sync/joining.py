"""Founding a hub, and joining one: a new laptop, a copied file, or a file that must find its hub again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from radar_tui.domain.row import iso
from radar_tui.errors import Cancelled, RadarError
from radar_tui.files import private
from radar_tui.sync.asking import ASK, Answers
from radar_tui.sync.base import SCHEMA, Base, Pulled, alone, is_sound_snapshot
from radar_tui.sync.beside import Beside, clear
from radar_tui.sync.engine import Result, Sync, quiet
from radar_tui.sync.entry import HubDamaged
from radar_tui.sync.hub import Hub
from radar_tui.sync.live import Live
from radar_tui.sync.merge import Fold, conflict_rows
from radar_tui.sync.progress import Progress
from radar_tui.sync.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from radar_tui.store.store import Store
    from radar_tui.sync.entry import Entry


def create(
    store: Store,
    address: str,
    *,
    answers: Answers = ASK,
    report: Callable[[Progress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> Result:
    """Found a hub at `address` and send everything in the database. Raises RadarError if either has a hub already."""
    live = Live(store)
    if live.hub()[0]:
        raise RadarError(f"This database has a hub already: {live.hub()[1]}", "See: radar hub status")
    objects = open_store(address)
    beside = Beside(store.path)
    with alone(beside.folder):
        report(Progress("Founding the hub"))
        hub = Hub.found(objects, author=live.author(), device=beside.device()[0], at=iso(store.clock()))
        at("founded")
        beside.start_anew()
        with contextlib.closing(Base(beside.base)) as base:
            with base.moving():
                base.note(hub_id=hub.charter.hub)
            live.note(
                hub_id=hub.charter.hub, hub_address=objects.address, sync_head=0, sync_hash="", sync_full="1"
            )
            at("joined")
            return Sync(
                live, beside, base, hub, answers=answers, report=report, cancelled=cancelled, at=at
            ).run()


def join(
    store: Store,
    address: str,
    *,
    answers: Answers = ASK,
    report: Callable[[Progress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> Result:
    """Take everything from the hub at `address`, then send what only this database has.

    Rows that both have and that differ keep the hub's values; mine become conflicts. A file that knows the hub already
    gets its common ground back and carries its unsynced changes over; where the log has gone another way since (a hub
    brought back from a backup, a fork that was mended), that is the last entry both have, and all that this laptop knew
    beyond it goes along. Raises RadarError, with the database untouched, if it belongs to another hub.
    """
    live = Live(store)
    objects = open_store(address)
    hub = Hub.open(objects)
    known, where = live.hub()
    if known not in ("", hub.charter.hub):
        raise RadarError(
            f"This database belongs to another hub: {where}. Nothing was changed.",
            "Join with a database of its own: radar hub join ADDRESS --db NEW.db",
        )
    if known or not live.is_empty():
        store.backup.make()
    beside = Beside(store.path)
    with alone(beside.folder):
        common, beyond = _common_ground(beside, hub, live.head()) if known else (None, [])
        _make_base(beside, hub, common, report, cancelled)
        at("based")
        with contextlib.closing(Base(beside.base)) as base:
            one = Sync(live, beside, base, hub, answers=answers, report=report, cancelled=cancelled, at=at)
            if common is not None:
                # What the team had and the hub lost is known to be a change, not a difference that nobody noted.
                live.note_touched({key for entry in beyond for key in base.keys_in(entry)})
                live.note(
                    hub_address=objects.address, sync_head=common[0], sync_hash=common[1], sync_full="1"
                )
            else:
                report(Progress("Filling the database"))
                _take_all(one)
                at("joined")
            return one.run()


def _common_ground(
    beside: Beside, hub: Hub, head: tuple[int, str]
) -> tuple[tuple[int, str] | None, list[Entry]]:
    """Number and hash of the last entry that both this laptop and the hub have, and the entries beyond it that only
    this laptop knows; None if that cannot be told any more, because those are not beside the database."""
    seq, taken = head
    beyond: list[Entry] = []
    last = max(hub.numbers(0), default=0)
    while seq > last or (seq and hub.read(seq, None).digest != taken):
        entry = beside.mirrored(seq)
        if entry is None or entry.digest != taken:
            return None, []
        beyond.append(entry)
        seq, taken = seq - 1, entry.header.parent
    return (seq, taken), beyond


def leave(store: Store) -> Path:
    """Part from the hub, which may be lost: the database keeps everything and can found or join another. Returns the
    backup made before. What had not been sent stays here; nothing is sent any more. Raises RadarError."""
    live = Live(store)
    live.joined()
    beside = Beside(store.path)
    with alone(beside.folder):
        backup = store.backup.make()
        live.part()
        beside.start_anew()
    return backup


def _make_base(
    beside: Beside,
    hub: Hub,
    until: tuple[int, str] | None,
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> None:
    """A new base from the newest usable snapshot and the entries after it, up to entry `until` (number, hash)."""
    scratch = beside.folder / "joining.db"
    clear(scratch)
    head = until[0] if until else None
    report(Progress("Fetching the newest snapshot"))
    for seq in hub.snapshots():
        if (head is None or seq <= head) and unpack_snapshot(hub, seq, scratch):
            break
    else:
        clear(scratch)
    with contextlib.closing(Base(scratch)) as base:
        with base.moving():
            base.note(hub_id=hub.charter.hub)
        numbers = [n for n in hub.numbers(base.head) if head is None or n <= head]
        with base.moving():
            for seq in numbers:
                if cancelled():
                    raise Cancelled("Joining was ended.", "Nothing is lost; join again when you like.")
                report(Progress(f"Taking entry {seq}", seq - numbers[0], len(numbers)))
                entry = hub.read(seq, base.digest)
                base.apply(entry, Pulled())
                beside.mirror(seq, entry.raw)
        if until and (base.head, base.digest) != until:
            raise HubDamaged(
                f"Entry {until[0]} on the hub was replaced while it was read. Nothing was changed.",
                "Join again: radar hub join ADDRESS",
            )
        base.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    clear(beside.base)
    scratch.replace(beside.base)
    clear(scratch)


def unpack_snapshot(hub: Hub, seq: int, scratch: Path) -> bool:
    """Whether the snapshot stands in `scratch` now: whole, of our making, and of the entry it says."""
    clear(scratch)
    with open(scratch, "xb", opener=private) as file:
        header = hub.read_snapshot(seq, file)
    if header is None or header.schema > SCHEMA:
        return False
    if hub.read(seq, None).digest != header.parent:
        return False
    if not is_sound_snapshot(scratch, header.schema):
        return False
    with contextlib.closing(Base(scratch)) as base, base.moving():
        # Its own words about its place are not needed: the log has been asked.
        base.believe_nothing()
        base.note(sync_head=seq, sync_hash=header.parent, snapshot=seq)
    return True


def _take_all(one: Sync) -> None:
    """Everything in the base into a file that has no hub yet, in one transaction with the new head."""
    live, base = one.live, one.base
    with live.transaction(live.head()[0]):
        if live.is_empty():
            with live.without_triggers():
                for table in base.shape.columns:
                    live.fill(table, base.stream(table))
        else:
            _merge_all(one)
        live.note(
            hub_id=base.hub,
            hub_address=one.hub.objects.address,
            sync_head=base.head,
            sync_hash=base.digest,
            sync_full="1",
            sync_taken=base.head,
        )


def _merge_all(one: Sync) -> None:
    """What only the hub has is taken, what both have is merged as if both had just been made."""
    live, base = one.live, one.base
    differing = [
        (table, id)
        for table in base.shape.columns
        for id, theirs, _ in live.differences(table, base.stream(table))
        if theirs is not None
    ]
    fold = Fold(live.rows, base.rows.get)
    fold.run(differing, lambda key: None, base.rows.get, live.rows.get)
    live.keep_conflicts(
        conflict_rows(
            base.shape,
            fold.clashes,
            device=one.device,
            author=live.author(),
            entry=lambda key: (base.head, base.digest),
            at=iso(live.store.clock()),
        )
    )

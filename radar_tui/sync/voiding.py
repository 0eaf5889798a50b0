"""The ways on where an entry of the log is gone or cannot be taken: putting back a good copy, or where nobody has one
leaving it out for everybody."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.sync.base import Forget, Pulled
from radar_tui.sync.engine import opened
from radar_tui.sync.following import VOID, Lifted, copies
from radar_tui.sync.hub.entry import HubDamaged, NewerRadar, pack
from radar_tui.sync.hub.hub import entry_name
from radar_tui.sync.hub.stores import TooLarge
from radar_tui.sync.session import SyncResult, quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.store.store import Store
    from radar_tui.sync.progress import SyncProgress
    from radar_tui.sync.session import Session
    from radar_tui.sync.state import RowTally


def void(
    store: Store,
    seq: int,
    *,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> SyncResult:
    """Leave entry `seq` out, and sync. Only the newest entry, only where this laptop cannot take it, and not where a
    keeper writes the log and this laptop is not it. Raises RadarError, with nothing written."""
    with opened(store, report=report, cancelled=cancelled, at=at) as sync:
        sync.recall()
        sync.level()
        if sync.hub.charter.keeper not in ("", sync.device):
            raise RadarError(
                "Only the keeper writes into this hub's log. Nothing was changed.",
                "See who: radar hub status",
            )
        if not sync.hub.append(seq + 1, _void_entry(sync, seq)):
            raise RadarError("Somebody wrote behind that entry just now. Nothing was changed.", "Sync again.")
        at("put")
        return sync.run()


def _void_entry(sync: Session, seq: int) -> bytes:
    """What leaves entry `seq` out, once it has shown that it cannot be taken."""
    raw = b""
    while not raw:
        with contextlib.suppress(Lifted), sync.base.moving():
            numbers = sync.hub.numbers(sync.base.head)
            for number in numbers:
                if number > sync.base.head:
                    before = sync.base.tally()
                    try:
                        sync.log.follow(sync.base, number, Pulled())
                    except (HubDamaged, NewerRadar, TooLarge):
                        if number != seq or numbers[-1] != seq:
                            raise
                        raw = _packed(sync, seq, before)
                        raise Forget from None
            raise RadarError(
                f"Entry {seq} is sound or not there; nothing was left out.",
                f"What it did can be taken back: radar hub undo {seq}",
            )
    return raw


def _packed(sync: Session, seq: int, tally: RowTally) -> bytes:
    header = sync.header(seq + 1)
    parent = sync.hub.digest(seq)
    return pack(
        replace(header, parent=parent, kind=VOID, void=seq, counts=tally.counts, state=tally.state), b""
    )


def put_back(store: Store) -> list[int]:
    """Put the copies beside this database where entries are missing on the hub; their numbers. Raises RadarError if
    there are none, or if another laptop keeps the log."""
    with opened(store) as sync:
        if sync.hub.charter.keeper not in ("", sync.device):
            raise RadarError(
                "Another laptop keeps this hub's log.", "Sync there: only that one writes into it."
            )
        found = copies(sync.hub, sync.files, sync.live.head())[::-1]
        if not found:
            raise RadarError("No entry that is missing lies beside this database.", "See: radar hub verify")
        for entry in found:
            sync.hub.objects.create(f"log/{entry_name(entry.header.seq)}", entry.raw)
    return [entry.header.seq for entry in found]

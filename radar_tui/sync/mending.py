"""Putting entries back that are missing on the hub: each laptop keeps copies of those it has read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.entry import HubDamaged
from radar_tui.sync.hub.hub import Hub, entry_name
from radar_tui.sync.live import Live
from radar_tui.sync.sync_folder import SyncFolder

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from radar_tui.sync.hub.entry import Entry

_NUMBER = re.compile("[0-9]{10}")


def copies(hub: Hub, files: SyncFolder, head: tuple[int, str]) -> list[Entry]:
    """The entries up to `head` (number, hash) that are missing in the log and lie whole beside the database, the newest
    first: each is the one that the entry after it names, or that this laptop has taken last."""
    there = {int(name) for name in hub.objects.names("log") if _NUMBER.fullmatch(name)}
    found: list[Entry] = []
    for seq in range(head[0], min(there, default=1) - 1, -1):
        if seq in there:
            continue
        known = head[1] if seq == head[0] else _parent_of(seq + 1, hub, files, seq + 1 in there)
        copy = files.mirrored(seq)
        if copy is not None and copy.digest == known and copy.header.hub == hub.charter.hub:
            found.append(copy)
    return found


def _parent_of(seq: int, hub: Hub, files: SyncFolder, on_hub: bool) -> str:
    """The hash that entry `seq` names as the one before it, "" if it cannot be read."""
    try:
        entry = hub.read(seq, None) if on_hub else files.mirrored(seq)
    except HubDamaged:
        return ""
    return entry.header.parent if entry else ""


def put_back(store: Store) -> list[int]:
    """Put the copies beside this database where they are missing on the hub; their numbers. Raises RadarError if there
    are none, or if another laptop keeps the log."""
    live, files = Live(store), SyncFolder(store.path)
    hub = Hub.open(open_store(live.joined()[1]))
    if hub.charter.keeper not in ("", files.device()[0]):
        raise RadarError("Another laptop keeps this hub's log.", "Sync there: only that one writes into it.")
    found = copies(hub, files, live.head())
    if not found:
        raise RadarError("No entry that is missing lies beside this database.", "See: radar hub verify")
    for entry in reversed(found):
        hub.objects.create(f"log/{entry_name(entry.header.seq)}", entry.raw)
    return [entry.header.seq for entry in reversed(found)]

"""Comparing everything with the base, where `touched` may not know what differs: after a copy, a restore, an upgrade.

A file may have been torn on its way: copied while it was written, damaged on the disk. So neither file is compared
before it is known to be sound, and a row that is missing or other here is not taken for somebody's change because it
differs: what nothing noted is asked about. What is only here was added here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.sync.asking import Asks, losses
from radar_tui.sync.base import SCHEMA
from radar_tui.sync.progress import SyncProgress

if TYPE_CHECKING:
    from radar_tui.store.schema.touched import RowKey
    from radar_tui.sync.merge import SqlValues
    from radar_tui.sync.session import Session


def compare(sync: Session) -> None:
    """Note what differs as touched. Raises Asks if something differs that nobody noted and nobody answered for, and
    RadarError if one of the two files is damaged."""
    doubtful = look(sync)
    if doubtful:
        if sync.answers.unnoted == "ask":
            shape = sync.live.rows.shape
            rows = {key: shape.as_object(key[0], row) or {} for key, row in doubtful.items()}
            raise Asks("unnoted", losses(sync.live.store, rows))
        sync.live.store.backup.make()
        if sync.answers.unnoted == "team":
            sync.take_of_team(doubtful)
        else:
            sync.live.note_touched(doubtful)
    sync.live.compared(SCHEMA)


def look(sync: Session) -> dict[RowKey, SqlValues]:
    """Note as touched what was certainly changed here; returns the other rows that differ, as the base has them."""
    sync.report(SyncProgress("Checking the file before it is compared"))
    sync.live.check_sound(sync.cancelled)
    sync.base.check_sound()
    changes_are_ours = sync.live.changes_are_ours()
    doubtful: dict[RowKey, SqlValues] = {}
    for table in sync.base.shape.columns:
        sync.go_on()
        sync.report(SyncProgress(f"Comparing everything: {table.replace('_', ' ')}"))
        noted = sync.live.noted(table)
        ours: list[RowKey] = []
        for id, theirs, here in sync.live.differences(table, sync.base.stream(table)):
            gone = here is None
            if theirs is None or noted.get(id) is gone or (changes_are_ours and not gone):
                ours.append((table, id))
            else:
                doubtful[table, id] = theirs
        sync.live.note_touched(ours)
    return doubtful

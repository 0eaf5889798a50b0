"""What stands over the three columns of a conflict: whose they are, and when they were written."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from radar_tui.ui.screens.sync.rows import when
from radar_tui.ui.widgets.side_by_side import in_columns

if TYPE_CHECKING:
    from radar_tui.store.rows.conflict import OpenConflict
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.sheet import SheetLine

Written = tuple[str, datetime]
"""By whom and when an entry was written."""

NOTHING_TO_CHOOSE = ("deleted there", "parent back")
"""Here mine stands already, or nobody wrote anything: it is only to be looked at."""


def heads(
    width: int, one: OpenConflict, written: Written | None, now: datetime, *, own: bool
) -> list[SheetLine]:
    """What the three columns are, who wrote them and when."""
    if one.kind in NOTHING_TO_CHOOSE:
        titles = ("Before", "Stands", "Mine" if own else "The change")
    elif one.changed_since:
        titles = ("Before", "Stands now", "Mine" if own else "Not taken")
    else:
        titles = ("Before", "Theirs (stands)" if own else "Stands", "Mine" if own else "Not taken")
    theirs = ("", "")
    if one.changed_since:
        theirs = ("changed since", "")
    elif written is not None:
        theirs = (written[0], when(written[1], now))
    return [
        *in_columns(width, ("", ""), [(title, "label") for title in titles]),
        *in_columns(width, ("", ""), [("", ""), (theirs[0], "muted"), (one.author, "muted")], 1),
        *in_columns(width, ("", ""), [("", ""), (theirs[1], "muted"), (when(one.at, now), "muted")], 1),
    ]


def entries(store: Store, numbers: set[int]) -> dict[int, Written]:
    """Who wrote these entries of the log and when, as far as they were read on this laptop."""
    if not numbers - {0} or not store.local.get("hub_id"):
        return {}
    from radar_tui.sync.sync_folder import SyncFolder

    log, found = SyncFolder(store.path), {}
    for number in numbers - {0}:
        entry = log.mirrored(number)
        # Another program may have written any time there.
        with suppress(ValueError):
            if entry is not None:
                found[number] = (entry.header.author, datetime.fromisoformat(entry.header.time))
    return found

"""A database as it stands after a sync: a hub, changes that it has not seen, and conflicts of every kind."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import Conflict
from radar_tui.store.ids import new_id

if TYPE_CHECKING:
    from radar_tui.domain.conflict import ConflictKind
    from radar_tui.store.store import Store

ADDRESS = "s3://toller-radar/team"


def set_local(store: Store, **values: str) -> None:
    """Write keys of the `local` table, as sync does."""
    with store.transaction() as connection:
        for key, value in values.items():
            connection.execute(
                "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            )


def with_hub(store: Store, address: str = ADDRESS) -> None:
    """From here on the file has a hub, last met an hour ago."""
    synced = (store.clock() - timedelta(hours=1)).isoformat()
    set_local(store, hub_id="hub", hub_address=address, sync_head="12", synced_at=synced)


def conflict(
    store: Store,
    kind: ConflictKind,
    row: tuple[str, str],
    col: str | None,
    values: tuple[object, object, object],
    author: str = "Marta Ricci",
) -> str:
    """An open conflict of a row (table, id); values are base, kept and mine. Returns its id."""
    base, kept, mine = (json.dumps(value, ensure_ascii=False) for value in values)
    found = Conflict(
        id=new_id(), kind=kind, tbl=row[0], key=row[1], col=col, base=base, kept=kept, mine=mine,
        device="elsewhere", author=author, entry=12, at=store.clock() - timedelta(hours=1),
    )  # fmt: skip
    return store.conflict.save(found).id


def columns(store: Store, table: str, id: str) -> dict[str, object]:
    """A row as sync sees it."""
    return dict(store.row(f"SELECT * FROM {table} WHERE id = ?", [id]))

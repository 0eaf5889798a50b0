"""A database as it stands after a sync: a hub, changes that it has not seen, and conflicts of every kind."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import Conflict, Writer
from radar_tui.store.ids import new_id

if TYPE_CHECKING:
    from radar_tui.domain.conflict import ConflictKind
    from radar_tui.store.store import Store

WHOLE_ROWS: dict[ConflictKind, str] = {
    "deleted there": "action",
    "deleted here": "opportunity",
    "refused": "response",
    "parent gone": "finding",
    "parent back": "visit",
}
YESTERDAY = "2026-12-02T16:05:00.000Z"
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
    """An open conflict of a row (table, id); values are base, kept and mine, which is the BRM's own where that is the
    author. Luca Bianchi wrote what stands, yesterday. Returns its id."""
    base, kept, mine = (json.dumps(value, ensure_ascii=False) for value in values)
    found = Conflict(
        id=new_id(), kind=kind, tbl=row[0], key=row[1], col=col, base=base, kept=kept, mine=mine,
        device=f"laptop of {author}", author=author, entry=12, at=store.clock() - timedelta(hours=1),
        member=store.local.settings().me if author == "Marta Ricci" else author,
        kept_by=Writer("Luca Bianchi", "laptop of Luca", "luca", YESTERDAY, YESTERDAY).as_text(),
    )  # fmt: skip
    return store.conflict.save(found).id


def words_of_people(store: Store) -> str:
    """What somebody wrote somewhere in this file."""
    return str(store.customer.where(order="name, id LIMIT 1")[0].name)


def with_everything(store: Store) -> None:
    """A hub, unsynced changes and a conflict of every kind, all with words that people wrote in this file."""
    words = words_of_people(store)
    with store.transaction():
        with_hub(store, words)
        item, customer = (
            store.item.where(order="tag, id LIMIT 1")[0],
            store.customer.where(order="id LIMIT 1")[0],
        )
        for column in ("model", "tag"):
            stands = columns(store, "item", item.id)[column]
            conflict(store, "both changed", ("item", item.id), column, (None, stands, words), author=words)
        conflict(store, "both added", ("customer", customer.id), "notes", (None, words, words * 3))
        for kind, table in WHOLE_ROWS.items():
            id = str(store.row(f"SELECT id FROM {table} ORDER BY id LIMIT 1")[0])
            whole = columns(store, table, id)
            gone = None if kind in ("deleted here", "parent back") else whole
            conflict(store, kind, (table, id), None, (whole, whole, gone), author=words)


def columns(store: Store, table: str, id: str) -> dict[str, object]:
    """A row as sync sees it."""
    return dict(store.row(f"SELECT * FROM main.{table} WHERE id = ?", [id]))

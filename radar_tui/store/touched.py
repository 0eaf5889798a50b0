"""Which rows were changed here since the last sync: noted by triggers, so that sync costs what was changed.

The header asks for the count at every paint, so only the standard library is imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radar_tui.store.store import Store

SYNCED: tuple[str, ...] = (
    "market",
    "colleague",
    "customer",
    "contact",
    "counterpart",
    "benchmark",
    "stream",
    "item",
    "part",
    "checklist",
    "visit",
    "attendee",
    "answer",
    "finding",
    "opportunity",
    "opportunity_line",
    "response",
    "follow_up",
    "measure",
    "action",
    "ticket",
    "reading",
    "scorecard",
    "promise",
    "promise_check",
    "want",
    "conflict",
)
"""Every table that travels, parents before children; all others stay in their file."""


def _noting(table: str, happens: str, suffix: str, row: str) -> str:
    # DO NOTHING instead of OR IGNORE: the OR of the outer statement, and an upsert's ABORT, would override that.
    return (
        f"CREATE TRIGGER touched_{table}_{suffix} AFTER {happens} ON {table}\n"
        "    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN\n"
        f"        INSERT INTO touched (tbl, key) VALUES {row} ON CONFLICT (tbl, key) DO NOTHING; END"
    )


def _triggers() -> dict[str, str]:
    made = {}
    for table in SYNCED:
        new, old = f"('{table}', NEW.id)", f"('{table}', OLD.id)"
        for happens, suffix, rows in (
            ("INSERT", "added", new),
            ("UPDATE", "changed", f"{old}, {new}"),
            ("DELETE", "gone", old),
        ):
            made[f"touched_{table}_{suffix}"] = _noting(table, happens, suffix, rows)
    return made


TRIGGERS: dict[str, str] = _triggers()
"""Name to SQL. A file without a hub notes nothing."""


class Touched:
    """The `touched` table: keys of rows that were added, changed or taken back here and are not synced yet."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def count(self, limit: int = 1000) -> int:
        """How many rows are unsynced, at most `limit`; 0 in a file without a hub."""
        found = self.store.row(
            "SELECT count(*) FROM (SELECT 1 FROM touched "
            "WHERE EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') LIMIT ?)",
            [limit],
        )
        return int(found[0])

    def trusted(self) -> bool:
        """Whether every trigger is there as Radar made it; what changed without one was not noted."""
        there = self.store.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'touched_*'"
        )
        return {row["name"]: row["sql"] for row in there} == TRIGGERS

    def set_up_again(self) -> None:
        """Make the triggers anew. What changed without them is unknown, so the next sync compares everything."""
        with self.store.transaction() as connection:
            for name, sql in TRIGGERS.items():
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
                connection.execute(sql)
            connection.execute(
                "INSERT INTO local (key, value) SELECT 'sync_full', '1' "
                "WHERE EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            )

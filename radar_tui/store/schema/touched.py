"""Which rows were changed here since the last sync: noted by triggers, so that sync costs what was changed.

The header asks for the count at every paint, so only the standard library is imported here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from radar_tui.store.connection import Connection

RowKey = tuple[str, str]
"""The name of a table and the id of a row in it."""
EVERYTHING_ELSE = "Everything else"
"""What belongs to no customer."""
CHANGED_UNSEEN = "changed"
"""What `local.sync_full` says after a time in which no change was noted."""
MOST_TOLD = 5_000
"""How many unsynced rows are put into words."""

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
    "setting",
    "kind_measure",
    "conflict",
)
"""Every table that travels, parents before children; all others stay in their file."""
PLACE_OF = {table: place for place, table in enumerate(SYNCED)}


_NOW = "julianday('now')"
"""The moment of the edit by this laptop's clock; a number, since every edit pays for making a text of it."""


def _noting(table: str, happens: str, suffix: str, ids: tuple[str, ...], gone: int) -> str:
    # DO UPDATE instead of OR REPLACE: the OR of the outer statement, and an upsert's ABORT, would override that.
    rows = ", ".join(f"('{table}', {id}, {gone}, {_NOW})" for id in ids)
    return (
        f"CREATE TRIGGER touched_{table}_{suffix} AFTER {happens} ON {table}\n"  # noqa: S608 -- our own words
        "    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN\n"
        f"        INSERT INTO touched (tbl, key, gone, edited_at) VALUES {rows}\n"
        f"            ON CONFLICT (tbl, key) DO UPDATE SET gone = {gone}, edited_at = excluded.edited_at; END"
    )


def _triggers() -> dict[str, str]:
    made = {}
    for table in SYNCED:
        for happens, suffix, ids, gone in (
            ("INSERT", "added", ("NEW.id",), 0),
            ("UPDATE", "changed", ("OLD.id", "NEW.id"), 0),
            ("DELETE", "gone", ("OLD.id",), 1),
        ):
            made[f"touched_{table}_{suffix}"] = _noting(table, happens, suffix, ids, gone)
    return made


TRIGGERS: dict[str, str] = _triggers()
"""Name to SQL. A file without a hub notes nothing."""


class Unsynced(NamedTuple):
    """What is unsynced of one customer: `Aurora Tissue`, `12 findings, 2 responses, next visit`, 15 rows.

    `customer_id` is None for rows of no customer, for rows taken back, and for what is too much to tell.
    """

    customer_id: str | None
    customer: str
    words: str
    rows: int


class Touched:
    """The `touched` table: keys of rows that were added, changed or taken back here and are not synced yet."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def count(self, limit: int = 1000) -> int:
        """How many rows are unsynced, at most `limit`; 0 in a file without a hub."""
        row = self.db.row(
            "SELECT count(*) FROM (SELECT 1 FROM touched "
            "WHERE EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') LIMIT ?)",
            [limit],
        )
        return int(row[0])

    def words(self) -> list[Unsynced]:
        """What is unsynced, by customer in the order of their names, then everything else; of `MOST_TOLD` rows."""
        rows = self.db.rows(
            "SELECT tbl, key FROM touched WHERE EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') LIMIT ?",
            [MOST_TOLD + 1],
        )
        keys: list[RowKey] = [(row[0], row[1]) for row in rows[:MOST_TOLD]]
        customers = self.customers_of(keys)
        there, planned = self._there(keys), self._planned(keys)
        counts: dict[tuple[str | None, str], dict[tuple[str, str], int]] = defaultdict(
            lambda: defaultdict(int)
        )
        for key in keys:
            state = "gone" if key not in there else "planned" if key in planned else "there"
            counts[customers[key]][key[0], state] += 1
        told = [
            Unsynced(id, name or EVERYTHING_ELSE, count_by_table(of), sum(of.values()))
            for (id, name), of in counts.items()
        ]
        told.sort(
            key=lambda told_row: (
                told_row.customer_id is None,
                told_row.customer.casefold(),
                told_row.customer_id or "",
            )
        )
        if len(rows) > MOST_TOLD:
            told.append(Unsynced(None, "And more", f"only {MOST_TOLD:,} changes are told here", 0))
        return told

    def customers_of(self, keys: Iterable[RowKey]) -> dict[RowKey, tuple[str | None, str]]:
        """The customer of each row as (id, name): (None, "") for rows of no customer and rows that are not there.

        For a row that is gone, ask about what it referred to (`domain.changes.WAY_TO_CUSTOMER`).
        """
        customers: dict[RowKey, tuple[str | None, str]] = {}
        asked: dict[str, list[str]] = defaultdict(list)
        for table, id in keys:
            customers[table, id] = (None, "")
            asked[table].append(id)
        about = self._conflicts_about(asked.pop("conflict", []))
        for table, id in about.values():
            asked[table].append(id)
        of: dict[RowKey, tuple[str | None, str]] = {}
        for table, ids in asked.items():
            if sql := _customer_of(table):
                for row in self.db.rows(sql, [json.dumps(ids)]):
                    of[table, row[0]] = (row[1], row[2])
        return {key: of.get(about.get(key, key), nobody) for key, nobody in customers.items()}

    def customers_with(
        self, rows: Mapping[RowKey, Mapping[str, object]]
    ) -> dict[RowKey, tuple[str | None, str]]:
        """The same where some rows are gone: `rows` says what was known of each, and so what it referred to."""
        from radar_tui.domain.changes import WAY_TO_CUSTOMER

        def way(key: RowKey) -> RowKey:
            """To the first row on the way to its customer that `rows` does not know, or to the customer."""
            while key[0] != "customer" and key in rows:
                column, through = WAY_TO_CUSTOMER.get(key[0], ("customer_id", "customer"))
                if not isinstance(id := rows[key].get(column), str):
                    break
                key = (through, id)
            return key

        customers = self.customers_of(rows)
        instead = {key: way(key) for key in rows if customers[key][0] is None}
        known = self.customers_of(instead.values())
        for other in known:
            if other[0] == "customer" and known[other][0] is None and other in rows:
                known[other] = (other[1], str(rows[other].get("name") or ""))
        return {**customers, **{key: known[other] for key, other in instead.items()}}

    def _conflicts_about(self, ids: list[str]) -> dict[RowKey, RowKey]:
        """The row that each conflict is about."""
        rows = self.db.rows(
            "SELECT id, tbl, key FROM main.conflict WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(ids)],
        )
        return {("conflict", row[0]): (row[1], row[2]) for row in rows if row[1] != "conflict"}

    def _there(self, keys: list[RowKey]) -> set[RowKey]:
        asked: dict[str, list[str]] = defaultdict(list)
        for table, id in keys:
            asked[table].append(id)
        return {
            (table, row[0])
            for table, ids in asked.items()
            if table in SYNCED
            for row in self.db.rows(
                f"SELECT id FROM main.{table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
                [json.dumps(ids)],
            )
        }

    def _planned(self, keys: list[RowKey]) -> set[RowKey]:
        visits = json.dumps([id for table, id in keys if table == "visit"])
        rows = self.db.rows(
            "SELECT id FROM main.visit WHERE status = 'planned' AND id IN (SELECT value FROM json_each(?))",
            [visits],
        )
        return {("visit", row[0]) for row in rows}

    def trusted(self) -> bool:
        """Whether every trigger is there as Radar made it; what changed without one was not noted."""
        there = self.db.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'touched_*'"
        )
        return {row["name"]: row["sql"] for row in there} == TRIGGERS

    def set_up_again(self) -> None:
        """Make the triggers anew. What changed without them is unknown, so the next sync compares everything."""
        with self.db.everything(), self.db.transaction() as connection:
            for name, sql in TRIGGERS.items():
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
                connection.execute(sql)
            connection.execute(
                "INSERT INTO local (key, value) SELECT 'sync_full', ? "
                "WHERE EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [CHANGED_UNSEEN],
            )


def _customer_of(table: str) -> str | None:
    """The query that finds id, customer and its name for a JSON list of ids; None for rows of no customer."""
    from radar_tui.domain.changes import OF_CUSTOMER, WAY_TO_CUSTOMER

    if table == "customer":
        return "SELECT c.id, c.id, c.name FROM json_each(?) k JOIN main.customer c ON c.id = k.value"
    if table in OF_CUSTOMER:
        step, last = "", "r"
    elif table in WAY_TO_CUSTOMER:
        column, through = WAY_TO_CUSTOMER[table]
        step, last = f"JOIN main.{through} t ON t.id = r.{column}", "t"
    else:
        return None
    return (
        f"SELECT r.id, c.id, c.name FROM json_each(?) k JOIN main.{table} r ON r.id = k.value {step} "  # noqa: S608
        f"JOIN main.customer c ON c.id = {last}.customer_id"
    )


def count_by_table(counts: Mapping[tuple[str, str], int]) -> str:
    """What rows of which table there are, by (table, state) – there, gone, planned –:
    `details, 12 findings, 2 responses, 1 answer taken back, next visit`."""
    from radar_tui.domain.changes import count_words
    from radar_tui.domain.text import plural

    parts = []
    for table in SYNCED:
        if count := counts.get((table, "there")):
            parts.append("details" if table == "customer" else count_words(table, count))
    for table in SYNCED:
        if count := counts.get((table, "gone")):
            parts.append(f"{count_words(table, count)} taken back")
    if count := counts.get(("visit", "planned")):
        parts.append("next visit" if count == 1 else f"{plural(count, 'visit')} planned")
    return ", ".join(parts)

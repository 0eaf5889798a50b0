"""The schema, as append-only migrations. Each runs in one transaction with the record of it.

A released migration is never edited: add another one below it. Columns are only ever appended to a table,
because a changeset addresses columns by position. A migration never changes rows of a synced table: laptops that join
later play the log from its first entry and would not have that change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.schema.first import FIRST_TABLES, FIRST_TRIGGERS
from radar_tui.store.schema.quarters import COUNT_AGAIN, NEWEST_FIRST, QUARTER_TABLE, QUARTER_TRIGGERS
from radar_tui.store.schema.search_sources import SEARCH_TRIGGERS, STALE_TABLE
from radar_tui.store.schema.touched import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

SET = "radar"
_TRAVELLED_FIRST = (
    *("market", "colleague", "customer", "contact", "counterpart", "benchmark", "stream", "item", "part"),
    *("checklist", "visit", "attendee", "answer", "finding", "opportunity", "opportunity_line", "response"),
    *("follow_up", "measure", "action", "ticket", "reading", "scorecard", "promise", "promise_check", "want"),
    "conflict",
)
"""The tables that travelled when they were first tracked."""


def first_schema(db: Database) -> None:
    """All tables of the design, their indexes, and the triggers that keep `customer_due`."""
    for statement in (*FIRST_TABLES, *FIRST_TRIGGERS):
        db.execute(statement)


def track_changes(db: Database) -> None:
    """Triggers that note which rows changed since the last sync."""
    for table in _TRAVELLED_FIRST:
        new, old = f"('{table}', NEW.id)", f"('{table}', OLD.id)"
        for happens, suffix, rows in (
            ("INSERT", "added", new),
            ("UPDATE", "changed", f"{old}, {new}"),
            ("DELETE", "gone", old),
        ):
            db.execute(
                f"CREATE TRIGGER touched_{table}_{suffix} AFTER {happens} ON {table}\n"  # noqa: S608
                "    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN\n"
                f"        INSERT INTO touched (tbl, key) VALUES {rows} ON CONFLICT (tbl, key) DO NOTHING; END"
            )


def count_quarters(db: Database) -> None:
    """The answers by quarter, counted once and kept by triggers; the newest answer of a contact first in its index."""
    for statement in (*NEWEST_FIRST, QUARTER_TABLE, *QUARTER_TRIGGERS, *COUNT_AGAIN):
        db.execute(statement)


def note_what_to_search(db: Database) -> None:
    """Triggers that note which rows the search has to read again."""
    for statement in (STALE_TABLE, *SEARCH_TRIGGERS):
        db.execute(statement)


def note_what_is_gone(db: Database) -> None:
    """A touched row that was taken back is noted as such: one that cannot be found for another reason is damage."""
    db.execute("ALTER TABLE touched ADD COLUMN gone INTEGER NOT NULL DEFAULT 0")
    for table in _TRAVELLED_FIRST:
        db.execute(
            f"UPDATE touched SET gone = 1 WHERE tbl = '{table}' AND key NOT IN (SELECT id FROM {table})"  # noqa: S608
        )
    for name, statement in TRIGGERS.items():
        db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)


ALL: tuple[Callable[[Database], None], ...] = (
    first_schema,
    track_changes,
    count_quarters,
    note_what_to_search,
    note_what_is_gone,
)
NAMES: tuple[str, ...] = tuple(step.__name__ for step in ALL)


def migrations(first: int | None = None) -> Migrations:
    """The set that sqlite-utils applies, or only the `first` of them; imported only when something is pending."""
    from sqlite_utils import Migrations

    known = Migrations(SET)
    for step in ALL[:first]:
        known()(step)
    return known

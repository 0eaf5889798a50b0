"""The rows that no Radar wrote (schema/unreadable.py), each by its name, and putting them aside.

What is put aside is kept whole in an open conflict, so that somebody may write it again, and travels like any change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.changes import column_words, row_words
from radar_tui.domain.columns import clipped
from radar_tui.domain.days import iso
from radar_tui.store.file.backup import Backups
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.names import Names
from radar_tui.store.schema.touched import Touched
from radar_tui.store.schema.unreadable import RULES, broken, broken_column, references

if TYPE_CHECKING:
    import sqlite3

    from radar_tui.store.connection import Connection

_NAMELESS = "(no name)"


class UnreadableRow(NamedTuple):
    """A row that breaks a rule: `Ticket T-204 of Aurora Tissue`, and `opened is “0000-00-00”`."""

    table: str
    key: str
    name: str
    why: str


def unreadable(db: Connection) -> list[UnreadableRow]:
    """Every row that no Radar wrote. Raises RadarError if the file cannot be read."""
    db.look()
    names, customers, found = Names(db), Touched(db).customers_of(db.unreadable), []
    for table, key in db.unreadable:
        row = dict(db.row(f"SELECT *, {broken_column(table)} FROM main.{table} WHERE id = ?", [key]))  # noqa: S608
        column = row.popitem()[1]
        name, customer = row_words(table, row, names.name, names.today), customers[table, key][1]
        value = " × ".join(str(row[one]) for one in column.split(" * "))
        found.append(
            UnreadableRow(
                table,
                key,
                clipped(f"{name} of {customer}" if customer and table != "customer" else name, 100),
                f"{' × '.join(column_words(table, one) for one in column.split(' * '))} is “{clipped(value, 40)}”",
            )
        )
    return found


def put_aside(db: Connection) -> int:
    """Put every row that no Radar wrote aside, and every one that points to nothing, in one transaction; returns how
    many.

    Where only a field that may be empty is at fault and other rows hang on the row, only the field is: a customer does
    not go because of a day. A backup is made first. Raises RadarError, with nothing changed, if that fails.
    """
    Backups(db).make()
    db.look()
    with db.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        aside = _Aside(connection, iso(db.clock()))
        for table, key in db.unreadable:
            aside.put(table, key)
        orphans = aside.put_orphans()
    return len(db.unreadable) + orphans


@dataclass(slots=True)
class _Aside:
    connection: sqlite3.Connection
    at: str
    children: dict[str, list[tuple[str, str, bool]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for table, column, parent, needed in references(self.connection):
            self.children[parent].append((table, column, needed))

    def put(self, table: str, key: str) -> None:
        row = self._row(table, key)
        if row is None:
            return  # it went with another one
        wrong = [
            column
            for column, rule in RULES[table].items()
            if self._one(f"SELECT {broken(column, rule)} FROM main.{table} WHERE id = ?", key)[0]  # noqa: S608
        ]
        if not wrong:
            return  # another Radar has written it anew
        empty = self._empty(table)
        if not (all(column in empty for column in wrong) and any(self._hanging(table, key))):
            self._remove(table, key, "unreadable")
            return
        for column in wrong:
            self._keep("unreadable", table, key, column, empty[column], row[column])
            self._set(table, key, column, empty[column])

    def put_orphans(self) -> int:
        """Rows whose parent is gone: kept whole, or without the reference where they can do without. How many."""
        count = 0
        for table, column, parent, needed in references(self.connection):
            orphans = self.connection.execute(
                f"SELECT id FROM main.{table} WHERE {column} IS NOT NULL "  # noqa: S608
                f"AND {column} NOT IN (SELECT id FROM main.{parent})"
            ).fetchall()
            for (key,) in orphans:
                count += 1
                if needed:
                    self._remove(table, key, "parent gone")
                elif (row := self._row(table, key)) is not None:
                    self._keep("unreadable", table, key, column, None, row[column])
                    self._set(table, key, column, None)
        return count

    def _remove(self, table: str, key: str, kind: str) -> None:
        """The row and all that has to hang on it; what only refers to it stays, and lets go of it."""
        for child, column, needed, id in list(self._hanging(table, key)):
            if needed:
                self._remove(child, id, "parent gone")
            elif (row := self._row(child, id)) is not None:
                self._keep("unreadable", child, id, column, None, row[column])
                self._set(child, id, column, None)
        if (row := self._row(table, key)) is not None:
            self._keep(kind, table, key, None, None, row)
            self.connection.execute(f"DELETE FROM main.{table} WHERE id = ?", [key])  # noqa: S608

    def _one(self, sql: str, key: str) -> Any:
        return self.connection.execute(sql, [key]).fetchone()

    def _set(self, table: str, key: str, column: str, value: object) -> None:
        self.connection.execute(f"UPDATE main.{table} SET {column} = ? WHERE id = ?", [value, key])  # noqa: S608

    def _row(self, table: str, key: str) -> dict[str, Any] | None:
        row = self._one(f"SELECT * FROM main.{table} WHERE id = ?", key)  # noqa: S608 -- our own words only
        return None if row is None else dict(row)

    def _hanging(self, table: str, key: str) -> list[tuple[str, str, bool, str]]:
        return [
            (child, column, needed, row[0])
            for child, column, needed in self.children[table]
            for row in self.connection.execute(f"SELECT id FROM main.{child} WHERE {column} = ?", [key])  # noqa: S608
        ]

    def _empty(self, table: str) -> dict[str, Any]:
        """What stands in a column of which nothing is known, for those that can hold that."""
        found: dict[str, Any] = {}
        for _, column, _, needed, default, _ in self.connection.execute(f"PRAGMA main.table_info({table})"):
            if not needed:
                found[column] = None
            elif default is not None:
                found[column] = self.connection.execute(f"SELECT {default}").fetchone()[0]
            elif RULES[table].get(column) == "name":
                found[column] = _NAMELESS
        return found

    def _keep(self, kind: str, table: str, key: str, column: str | None, kept: object, mine: object) -> None:
        values = [json.dumps(value, ensure_ascii=False, sort_keys=True) for value in (None, kept, mine)]
        id = fact_id("conflict", kind, table, key, column or "", *values)
        self.connection.execute(
            "INSERT INTO main.conflict (id, kind, tbl, key, col, base, kept, mine, entry, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET resolution = NULL",
            [id, kind, table, key, column, *values, self.at],
        )

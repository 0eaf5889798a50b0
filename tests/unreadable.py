"""Rows as no Radar writes them, planted beside readable ones: a copy of a row with one field broken, for every rule."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from radar_tui.store.schema.unreadable import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE: dict[str, tuple[object, ...]] = {
    "day": (
        "0000-00-00", "2026-02-30", "9999-12-31", "0001-01-01", "now", "", "2026-12-03T10:00:00.000Z", "20261203",
        "2026-W49-4", "2026-12-03\0x", "\x1b[2J", "1899-12-31", "2201-01-01", "2461378.5", " 2026-12-03", "１",
    ),
    "moment": (
        "0000-00-00", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999Z", "now", "",
        "2026-12-03", "2026-12-03T10:00:00Z", "2026-12-03T10:00:00.000", "2026-13-01T00:00:00.000Z",
        "2026-12-03T24:00:00.000Z", "2026-12-03T10:00:00.000Z\0", "1764756000",
    ),
    "name": ("", "  ", "\t\n", "\u2003"),
    "3 letters": ("", "EURO", "E€R", "EU\x1b", "EUR\0", "12€", "\u00e9\u00e9"),
    "2 letters": ("", "eng", "e", "1\x1b"),
    "words": ("", "nobody", "\x1b[31m"),
    "0|1": (2, -1, 2**62),
    "number": (float("inf"), -float("inf"), 1e308, -1e16, 2.0**63),
    "whole": (2**63 - 1, -(2**63), -1),
}  # fmt: skip
"""Values that are none, by the kind of rule."""

WHOLE = frozenset(
    {
        "cadence_days",
        "annual_value",
        "year",
        "unit_price",
        "lead_days",
        "probability",
        "quantity",
        "score",
        "valid_days",
    }
)


def hostile(column: str, rule: str) -> tuple[object, ...]:
    """Values that break a rule."""
    if " * " in column:
        return ()
    if ".." in rule:
        return HOSTILE["whole" if column in WHOLE else "number"]
    if "'" in rule:
        return HOSTILE["words"]
    return HOSTILE[rule.rstrip("?")]


def planted(
    connection: sqlite3.Connection, *, checked: bool = False
) -> Iterator[tuple[str, str, str, object]]:
    """Plant a copy of a row of every table for every value that breaks a rule of it; gives table, id, column and value.
    Tables without a row are passed over, and what the tables themselves refuse if `checked`."""
    connection.execute(f"PRAGMA ignore_check_constraints = {'OFF' if checked else 'ON'}")
    for table, rules in RULES.items():
        names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        first = connection.execute(f"SELECT * FROM main.{table} ORDER BY rowid LIMIT 1").fetchone()
        if first is None:
            continue
        for column, rule in rules.items():
            for number, value in enumerate(hostile(column, rule)):
                id = f"{table}-{column}-{number}"
                row = {**dict(zip(names, tuple(first), strict=True)), "id": id, column: value}
                if table == "visit" and column == "status":
                    row["completed_at"] = None
                with suppress(*[sqlite3.IntegrityError] * checked):
                    put(connection, table, row)
                    yield table, id, column, value
    connection.execute("PRAGMA ignore_check_constraints = OFF")


def put(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    """Insert a row by its columns."""
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO main.{table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])

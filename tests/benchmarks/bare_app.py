"""The least that Textual can be: what Radar is measured against.

`python tests/benchmarks/bare_app.py` says “ready”, then counts keys. With `--commit FILE` each key also inserts
one finding into FILE and commits it, with Radar's own pragmas, before the number is painted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult


class BareApp(App[None]):
    """One line of text; `on_count` runs before each number is painted."""

    def __init__(self, on_count: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self.on_count = on_count
        self.count = 0

    def compose(self) -> ComposeResult:
        yield Static("ready")

    def on_key(self, event: events.Key) -> None:
        self.count += 1
        if self.on_count is not None:
            self.on_count(self.count)
        self.query_one(Static).update(f"count {self.count}.")


def committing(file: str) -> Callable[[int], None]:
    """Insert and commit one finding per call, on the first visit of the file that has an item to grade."""
    import sqlite3
    import uuid

    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    visit, item = connection.execute(
        "SELECT v.id, i.id FROM visit v JOIN item i USING (customer_id) LIMIT 1"
    ).fetchone()

    def commit(_count: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO finding (id, visit_id, item_id, verdict, found_at) VALUES (?, ?, ?, 'serviceable', ?)",
            [str(uuid.uuid4()), visit, item, "2026-01-01T00:00:00.000Z"],
        )
        connection.execute("COMMIT")

    return commit


if __name__ == "__main__":
    BareApp(committing(sys.argv[2]) if sys.argv[1:2] == ["--commit"] else None).run()

"""What belongs to this file and never travels: settings and, later, the state of sync."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from radar_tui.settings import Settings

if TYPE_CHECKING:
    from radar_tui.store.connection import Connection

_MOST_DIGITS = 4
"""As the form takes them: a number of days beyond 9999 leads out of the calendar."""


class Local:
    """The `local` table: one text value a key."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def settings(self) -> Settings:
        """The settings of this file; what is missing or unreadable has its default."""
        stored = {row[0]: row[1] for row in self.db.rows("SELECT key, value FROM local")}
        values: dict[str, str | int | bool] = {}
        for field in fields(Settings):
            text = stored.get(field.name)
            if text is None:
                continue
            if field.type == "int":
                if text.isdecimal() and len(text) <= _MOST_DIGITS:
                    values[field.name] = int(text)
            elif field.type == "bool":
                values[field.name] = text == "1"
            else:
                values[field.name] = text
        return Settings(**values)  # type: ignore[arg-type]

    def get(self, key: str) -> str:
        """One text; empty if it was never written."""
        found = self.db.row("SELECT value FROM local WHERE key = ?", [key])
        return str(found[0]) if found else ""

    def put(self, key: str, text: str | None) -> None:
        """Keep one text; None forgets it."""
        with self.db.transaction() as connection:
            if text is None:
                connection.execute("DELETE FROM local WHERE key = ?", [key])
                return
            connection.execute(
                "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, text],
            )

    def forget(self, beginning: str) -> None:
        """Forget every text whose key begins so."""
        with self.db.transaction() as connection:
            connection.execute("DELETE FROM local WHERE substr(key, 1, ?) = ?", [len(beginning), beginning])

    def save(self, settings: Settings) -> None:
        """Keep all settings."""
        with self.db.transaction():
            for key, value in asdict(settings).items():
                self.put(key, str(int(value) if isinstance(value, bool) else value))

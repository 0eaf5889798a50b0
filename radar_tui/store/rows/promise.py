"""Promises as rows: at most three in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.promise import Promise, check_count
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Promises(Table[Promise]):
    """The `promise` table."""

    name = "promise"
    model = Promise

    def in_force(self, today: date) -> list[Promise]:
        """The promises that we make, the oldest first."""
        return [promise for promise in self.where(order="made_on, id") if promise.in_force(today)]

    def save_all(self, rows: Iterable[Promise]) -> None:
        """Save several promises, all or none. Raises RadarError if that would make a fourth one in force."""
        today = self.db.clock().date()
        with self.db.transaction():
            before = len(self.in_force(today))
            super().save_all(rows)
            after = self.in_force(today)
            # More may have come by sync: rewording or retiring one of those must not be refused.
            if len(after) > before:
                check_count(after, today)

"""Customers as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Customer
from radar_tui.store.reading import holding
from radar_tui.store.rows.table import Table


class Customers(Table[Customer]):
    """The `customer` table."""

    name = "customer"
    model = Customer

    def off_radar(self, words: str) -> list[tuple[str, str, str]]:
        """Id, name and why of the archived and former customers whose name holds every word; by name."""
        rows = self.db.rows(
            "SELECT id, name, CASE WHEN archived_at IS NULL THEN status ELSE 'archived' END FROM customer "
            "WHERE archived_at IS NOT NULL OR status = 'former' ORDER BY name, id"
        )
        return [tuple(row) for row in holding(words, rows)]

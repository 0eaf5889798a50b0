"""Items as rows."""

from __future__ import annotations

from radar_tui.domain.integrity import Item
from radar_tui.store.rows.table import Table


class Items(Table[Item]):
    """The `item` table."""

    name = "item"
    model = Item

    def usual_model(self, customer_id: str) -> str | None:
        """The model that a customer has most of."""
        row = self.db.row(
            "SELECT model FROM item WHERE customer_id = ? AND model <> '' AND retired_on IS NULL "
            "GROUP BY model ORDER BY count(*) DESC, model LIMIT 1",
            [customer_id],
        )
        return str(row[0]) if row else None

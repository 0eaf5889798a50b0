"""Items as rows."""

from __future__ import annotations

from radar_tui.domain.integrity import Item
from radar_tui.store.facts.verdicts import IN_SERVICE
from radar_tui.store.rows.table import Table


class Items(Table[Item]):
    """The `item` table."""

    name = "item"
    model = Item

    def usual_model(self, customer_id: str) -> str | None:
        """The model that a customer has most of."""
        row = self.db.row(
            "SELECT i.model FROM item i WHERE i.customer_id = :customer AND i.model <> '' "  # noqa: S608
            f"AND {IN_SERVICE.format(item='i')} GROUP BY i.model ORDER BY count(*) DESC, i.model LIMIT 1",
            {"customer": customer_id, "today": self.db.clock().date().isoformat()},
        )
        return str(row[0]) if row else None

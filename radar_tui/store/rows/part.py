"""The price list as rows."""

from __future__ import annotations

from radar_tui.domain.opportunity import Part, PartKind
from radar_tui.store.rows.table import Table


class Parts(Table[Part]):
    """The `part` table."""

    name = "part"
    model = Part

    def on_list(self) -> list[Part]:
        """What the price list offers, spares first."""
        return self.where("archived_at IS NULL", order="kind <> 'spares', name")

    def fitting(self, model: str, kind: PartKind, currency: str) -> Part | None:
        """The part that fits an item's model, in the customer's currency; the lowest known price of several."""
        return self.first(
            "model = ? AND model <> '' AND kind = ? AND currency = ? AND archived_at IS NULL",
            [model, kind, currency],
            "unit_price = 0, unit_price, sku",
        )

    def models(self) -> list[str]:
        """Every item model that the price list has widgets for, by name."""
        rows = self.db.rows(
            "SELECT DISTINCT model FROM part WHERE model <> '' AND archived_at IS NULL "
            "AND kind = 'replacement' ORDER BY model"
        )
        return [str(row[0]) for row in rows]

"""Contacts as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Contact
from radar_tui.store.reading import ROLE_ORDER
from radar_tui.store.rows.table import Table


class Contacts(Table[Contact]):
    """The `contact` table."""

    name = "contact"
    model = Contact

    def languages(self, customer_id: str) -> set[str]:
        """The languages of a customer's people."""
        rows = self.db.rows("SELECT DISTINCT language FROM contact WHERE customer_id = ?", [customer_id])
        return {str(row[0]) for row in rows}

    def decision_maker_in(self, visit_id: str) -> Contact | None:
        """The weightiest contact in the room; before anybody is ticked, the customer's decision maker."""
        met = "id IN (SELECT contact_id FROM attendee WHERE visit_id = ?)"
        return self.first(met, [visit_id], f"{ROLE_ORDER}, name, id") or self.first(
            "customer_id = (SELECT customer_id FROM visit WHERE id = ?) "
            "AND role = 'decision maker' AND (left_on IS NULL OR left_on > ?)",
            [visit_id, self.db.clock().date().isoformat()],
            "name, id",
        )

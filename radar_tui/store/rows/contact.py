"""Contacts as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Contact
from radar_tui.store.facts.people import THERE
from radar_tui.store.reading import ROLE_ORDER
from radar_tui.store.rows.table import Table


class Contacts(Table[Contact]):
    """The `contact` table."""

    name = "contact"
    model = Contact

    def here(self, customer_id: str) -> list[Contact]:
        """The people of a customer who have not left by today, the newest first."""
        wanted = {"customer": customer_id, "today": self.db.clock().date().isoformat()}
        return self.where(
            f"customer_id = :customer AND {THERE.format(person='contact', day='today')}", wanted, "id DESC"
        )

    def languages(self, customer_id: str) -> set[str]:
        """The languages of a customer's people."""
        rows = self.db.rows("SELECT DISTINCT language FROM contact WHERE customer_id = ?", [customer_id])
        return {str(row[0]) for row in rows}

    def decision_maker_in(self, visit_id: str) -> Contact | None:
        """The weightiest contact in the room; before anybody is ticked, the customer's decision maker."""
        met = "id IN (SELECT contact_id FROM attendee WHERE visit_id = ?)"
        return self.first(met, [visit_id], f"{ROLE_ORDER}, name, id") or self.first(
            "customer_id = (SELECT customer_id FROM visit WHERE id = :visit) "  # noqa: S608
            f"AND role = 'decision maker' AND {THERE.format(person='contact', day='today')}",
            {"visit": visit_id, "today": self.db.clock().date().isoformat()},
            "name, id",
        )

"""Who was in the room."""

from __future__ import annotations

from radar_tui.domain.visit import Attendee
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.table import Table


class Attendees(Table[Attendee]):
    """The `attendee` table; its key is the visit and the contact, so that two laptops make one row."""

    name = "attendee"
    model = Attendee

    def is_here(self, visit_id: str, contact_id: str) -> bool:
        """Whether a contact is in the room."""
        return bool(self.where("visit_id = ? AND contact_id = ?", [visit_id, contact_id]))

    def put(self, visit_id: str, contact_id: str, *, here: bool) -> None:
        """Note that a contact is in the room, or is not."""
        id = fact_id("attendee", visit_id, contact_id)
        if here:
            self.save(Attendee(id=id, visit_id=visit_id, contact_id=contact_id))
        else:
            with self.db.transaction() as connection:
                connection.execute(
                    "DELETE FROM main.attendee WHERE visit_id = ? AND contact_id = ?", [visit_id, contact_id]
                )

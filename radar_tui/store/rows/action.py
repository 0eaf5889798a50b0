"""Actions as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.action import Action
from radar_tui.errors import RadarError
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.action import ActionStatus


class Actions(Table[Action]):
    """The `action` table."""

    name = "action"
    model = Action

    def turned(self, id: str, shown: str, status: ActionStatus, today: date) -> tuple[Action, Action]:
        """An action as it is, and done or dropped (open again if it is that already).

        `shown` is the status that one saw. Raises RadarError if it has another by now, or if it is gone.
        """
        before = self.get(id)
        if before.status != shown:
            raise RadarError(f"{before.title} is {before.status} by now.", "Nothing was changed.")
        now: ActionStatus = "open" if shown == status else status
        done_on = today if now == "done" else None
        return before, before.model_copy(update={"status": now, "done_on": done_on})

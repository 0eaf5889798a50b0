"""Actions as rows."""

from __future__ import annotations

from radar_tui.domain.action import Action
from radar_tui.store.table import Table


class Actions(Table[Action]):
    """The `action` table."""

    name = "action"
    model = Action

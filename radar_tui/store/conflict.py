"""Conflicts as rows, and deciding them."""

from __future__ import annotations

from radar_tui.domain.conflict import Conflict
from radar_tui.store.table import Table


class Conflicts(Table[Conflict]):
    """The `conflict` table."""

    name = "conflict"
    model = Conflict

    def open_count(self) -> int:
        """How many conflicts nobody has decided yet."""
        return int(self.store.row("SELECT count(*) FROM conflict WHERE resolution IS NULL")[0])

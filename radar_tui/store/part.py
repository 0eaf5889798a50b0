"""The price list as rows."""

from __future__ import annotations

from radar_tui.domain.opportunity import Part
from radar_tui.store.table import Table


class Parts(Table[Part]):
    """The `part` table."""

    name = "part"
    model = Part

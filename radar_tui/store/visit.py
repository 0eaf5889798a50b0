"""Visits and who was there."""

from __future__ import annotations

from radar_tui.domain.visit import Visit
from radar_tui.store.table import Table


class Visits(Table[Visit]):
    """The `visit` table."""

    name = "visit"
    model = Visit

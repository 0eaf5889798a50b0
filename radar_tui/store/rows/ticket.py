"""Tickets as rows."""

from __future__ import annotations

from radar_tui.domain.service import Ticket
from radar_tui.store.rows.table import Table


class Tickets(Table[Ticket]):
    """The `ticket` table."""

    name = "ticket"
    model = Ticket

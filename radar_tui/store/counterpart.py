"""Counterpart pairs as rows."""

from __future__ import annotations

from radar_tui.domain.relationship import Counterpart
from radar_tui.store.table import Table


class Counterparts(Table[Counterpart]):
    """The `counterpart` table."""

    name = "counterpart"
    model = Counterpart

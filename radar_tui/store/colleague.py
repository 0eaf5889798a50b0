"""Colleagues as rows."""

from __future__ import annotations

from radar_tui.domain.relationship import Colleague
from radar_tui.store.table import Table


class Colleagues(Table[Colleague]):
    """The `colleague` table."""

    name = "colleague"
    model = Colleague

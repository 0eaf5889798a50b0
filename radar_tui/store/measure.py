"""Measures and their readings as rows."""

from __future__ import annotations

from radar_tui.domain.scorecard import Measure
from radar_tui.store.table import Table


class Measures(Table[Measure]):
    """The `measure` table."""

    name = "measure"
    model = Measure

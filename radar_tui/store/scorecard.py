"""Scorecards as rows."""

from __future__ import annotations

from radar_tui.domain.scorecard import Scorecard
from radar_tui.store.table import Table


class Scorecards(Table[Scorecard]):
    """The `scorecard` table."""

    name = "scorecard"
    model = Scorecard

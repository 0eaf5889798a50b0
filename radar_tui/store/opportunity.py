"""Opportunities and their lines as rows."""

from __future__ import annotations

from radar_tui.domain.opportunity import Opportunity
from radar_tui.store.table import Table


class Opportunities(Table[Opportunity]):
    """The `opportunity` table."""

    name = "opportunity"
    model = Opportunity

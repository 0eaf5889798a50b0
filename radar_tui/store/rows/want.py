"""What customers asked for, as rows."""

from __future__ import annotations

from radar_tui.domain.promise import Want
from radar_tui.store.rows.table import Table


class Wants(Table[Want]):
    """The `want` table."""

    name = "want"
    model = Want

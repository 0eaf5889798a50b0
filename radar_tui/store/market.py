"""Markets and their benchmarks as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Market
from radar_tui.store.table import Table


class Markets(Table[Market]):
    """The `market` table."""

    name = "market"
    model = Market

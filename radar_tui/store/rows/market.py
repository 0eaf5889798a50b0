"""Markets and their benchmarks as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Market
from radar_tui.store.rows.table import Table

_AVERAGE = """
SELECT sum(nps * customers) / nullif(sum(customers), 0) FROM (
    SELECT b.nps, (SELECT count(*) FROM customer c JOIN customer_due d ON d.customer_id = c.id
        WHERE c.market_id = m.id) AS customers
    FROM market m JOIN benchmark b ON b.id = (SELECT x.id FROM benchmark x WHERE x.market_id = m.id
        ORDER BY x.year DESC, x.id DESC LIMIT 1))"""


class Markets(Table[Market]):
    """The `market` table."""

    name = "market"
    model = Market

    def average(self) -> float | None:
        """The newest benchmark of each market, weighted by how many customers on the radar belong to it; None where
        no market has one."""
        row = self.db.row(_AVERAGE)
        return None if row[0] is None else float(row[0])

"""Benchmarks of markets as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Benchmark
from radar_tui.store.table import Table


class Benchmarks(Table[Benchmark]):
    """The `benchmark` table."""

    name = "benchmark"
    model = Benchmark

    def newest(self, market_id: str) -> Benchmark | None:
        """The benchmark of the latest year of a market, if one was entered."""
        found = self.where("market_id = ?", [market_id], "year DESC, id DESC")
        return found[0] if found else None

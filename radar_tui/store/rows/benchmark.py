"""Benchmarks of markets as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Benchmark
from radar_tui.store.rows.table import Table


class Benchmarks(Table[Benchmark]):
    """The `benchmark` table."""

    name = "benchmark"
    model = Benchmark

    def newest(self, market_id: str) -> Benchmark | None:
        """The benchmark of the latest year of a market, if one was entered."""
        return next(iter(self.of(market_id)), None)

    def of(self, market_id: str) -> list[Benchmark]:
        """All benchmarks of a market, the newest first."""
        return self.where("market_id = ?", [market_id], "year DESC, id DESC")

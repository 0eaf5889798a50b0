"""The market that the company's score stands against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Benchmark, Customer, Market
from radar_tui.store.ids import new_id
from radar_tui.store.rows.benchmark import Benchmarks

if TYPE_CHECKING:
    from radar_tui.store.store import Store


def market(store: Store, name: str, customers: int, *benchmarks: tuple[int, float]) -> None:
    """A market with so many customers and benchmarks (year, nps)."""
    row = store.market.save(Market(id=new_id(), name=name))
    for year, nps in benchmarks:
        Benchmarks(store).save(
            Benchmark(id=new_id(), market_id=row.id, nps=nps, source="Invented", year=year)
        )
    for number in range(customers):
        store.customer.save(Customer(id=new_id(), name=f"{name} {number}", market_id=row.id))


def test_no_benchmark_no_average(store: Store) -> None:
    market(store, "Paper", 2)
    assert store.market.average() is None


def test_the_newest_benchmarks_weighted_by_customers(store: Store) -> None:
    market(store, "Paper", 3, (2024, 90), (2025, 20))
    market(store, "Dairy", 1, (2025, 40))
    market(store, "Nobody", 0, (2025, -100))
    market(store, "Unknown", 5)
    assert store.market.average() == pytest.approx(25)

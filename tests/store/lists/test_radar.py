"""What a page of the Radar costs: as many reads for many customers as for one, none of them of a whole table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.customer import Customer
from radar_tui.store.ids import new_id

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.store.conftest import Plant


def statements(store: Store, customers: int) -> list[str]:
    """What is asked of the database for a page of so many customers, with its parameters."""
    today, said = store.clock().date(), list[str]()
    store.radar.counts(today)
    store.connection.set_trace_callback(said.append)
    try:
        assert len(store.radar.page(today, 0, customers)) == customers
    finally:
        store.connection.set_trace_callback(None)
    return [statement for statement in said if "FROM json_each" in statement or "kind_measure" in statement]


def test_a_page_reads_as_often_for_twenty_customers_as_for_two(plant: Plant) -> None:
    kinds = ("product", "service", "both")
    for number in range(20):
        customer = Customer(id=new_id(), name=f"Customer {number:02}", kind=kinds[number % 3])
        plant.store.customer.save(customer)
    few, many = (statements(plant.store, count) for count in (6, 20))
    assert len(few) == len(many) > 10


def test_no_read_of_a_page_looks_at_every_row(plant: Plant) -> None:
    for statement in statements(plant.store, 1):
        plan = [row[3] for row in plant.store.rows(f"EXPLAIN QUERY PLAN {statement}")]
        scanned = {
            step.split()[1] for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step
        }
        tables = {name for name in scanned if not name.startswith("(subquery")}
        # Two names of what was found of these customers; the measures of a kind are a handful.
        assert tables <= {"given", "their", "kind_measure"}, (statement, plan)

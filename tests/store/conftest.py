"""A plant to visit: one customer, its people, items and our prices, and a visit in progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.opportunity import Part
from radar_tui.domain.relationship import Colleague

if TYPE_CHECKING:
    from datetime import datetime

    from radar_tui.domain.visit import Visit
    from radar_tui.store.store import Store


@dataclass
class Plant:
    """The store with `aurora` in it: items W-1 to W-4 (`RX-40`, twice; `RX-60`; no model), Ada who decides, Bo."""

    store: Store
    visit: Visit

    def earlier_visit(self, days_ago: int) -> Visit:
        """A visit completed before the one in progress."""
        store, now = self.store, self.store.clock
        store.clock = lambda: now() - timedelta(days=days_ago)
        try:
            return store.visit.complete(store.visit.start("aurora", "checklist", "marta").id)
        finally:
            store.clock = now

    def at(self, moment: datetime) -> None:
        """Let the clock stand at another moment."""
        self.store.clock = lambda: moment


@pytest.fixture
def plant(store: Store) -> Plant:
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO checklist (id, key, version, title, definition) "
            "VALUES ('checklist', 'refurbishment', 1, 'Refurbishment visit', '{}')"
        )
        store.colleague.save_all([Colleague(id="marta", name="Marta"), Colleague(id="olof", name="Olof")])
        store.customer.save(Customer(id="aurora", name="Aurora", owner_id="olof", cadence_days=90))
        store.contact.save_all(
            [
                Contact(id="bo", customer_id="aurora", name="Bo", role="user"),
                Contact(id="ada", customer_id="aurora", name="Ada", role="decision maker", language="it"),
                Contact(id="cy", customer_id="aurora", name="Cy", left_on=date(2026, 1, 1)),
            ]
        )
        store.item.save_all(
            Item(id=tag, customer_id="aurora", tag=tag, model=model)
            for tag, model in [("W-1", "RX-40"), ("W-2", "RX-40"), ("W-3", "RX-60"), ("W-4", "")]
        )
        store.part.save_all(
            [
                Part(id="unit", sku="R", name="RX-40 unit", model="RX-40", unit_price=124_000, lead_days=21),
                Part(id="dear", sku="R2", name="RX-40 de luxe", model="RX-40", unit_price=200_000),
                Part(
                    id="set", sku="S", name="RX-40 seal set", model="RX-40", kind="spares", unit_price=43_000
                ),
                Part(id="house", sku="H", name="Housing", model="RX-40", kind="housing", unit_price=310_000),
                Part(id="franc", sku="R6", name="RX-60 unit", model="RX-60", unit_price=1, currency="CHF"),
                Part(id="any", sku="A", name="Bolts", unit_price=100),
                Part(id="free", sku="F", name="No price yet", model="RX-40"),
                Part(id="gone", sku="R7", name="Old", model="RX-60", archived_at=store.clock()),
            ]
        )
        visit = store.visit.start("aurora", "checklist", "marta")
    return Plant(store, visit)

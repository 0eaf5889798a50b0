"""Customers as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Customer
from radar_tui.store.table import Table


class Customers(Table[Customer]):
    """The `customer` table."""

    name = "customer"
    model = Customer

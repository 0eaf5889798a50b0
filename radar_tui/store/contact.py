"""Contacts as rows."""

from __future__ import annotations

from radar_tui.domain.customer import Contact
from radar_tui.store.table import Table


class Contacts(Table[Contact]):
    """The `contact` table."""

    name = "contact"
    model = Contact

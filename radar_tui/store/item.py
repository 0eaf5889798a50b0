"""Items as rows."""

from __future__ import annotations

from radar_tui.domain.integrity import Item
from radar_tui.store.table import Table


class Items(Table[Item]):
    """The `item` table."""

    name = "item"
    model = Item

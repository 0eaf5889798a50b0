"""Promises and the checks of them as rows."""

from __future__ import annotations

from radar_tui.domain.promise import Promise
from radar_tui.store.table import Table


class Promises(Table[Promise]):
    """The `promise` table."""

    name = "promise"
    model = Promise

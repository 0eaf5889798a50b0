"""Process streams as rows."""

from __future__ import annotations

from radar_tui.domain.integrity import Stream
from radar_tui.store.rows.table import Table


class Streams(Table[Stream]):
    """The `stream` table."""

    name = "stream"
    model = Stream

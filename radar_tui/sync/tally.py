"""What the rows of a base come to: how many there are by table, and their state; both move on with each change."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from radar_tui.sync.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from radar_tui.sync.merge import Shape, Values


class Tally:
    """Counts and state of all rows of a database; `text` goes on from what `as_text` gave."""

    def __init__(self, shape: Shape, text: str = "") -> None:
        known = json.loads(text or '{"counts": {}, "sum": ""}')
        self._counts: Counter[str] = Counter(known["counts"])
        self._state = State(shape.columns, shape.defaults, known["sum"])

    def count(self, table: str, rows: Iterable[Values]) -> None:
        """Take in all rows of a table."""
        for row in rows:
            self.change(table, None, row)

    def change(self, table: str, before: Values | None, after: Values | None) -> None:
        """Take in that a row was added (`before` None), changed or taken back (`after` None)."""
        if before is not None:
            self._state.remove(table, before)
            self._counts[table] -= 1
        if after is not None:
            self._state.add(table, after)
            self._counts[table] += 1

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table; a table without any is not named."""
        return {table: count for table, count in sorted(self._counts.items()) if count}

    @property
    def state(self) -> str:
        """The digest of all rows (hex)."""
        return self._state.hex()

    def as_text(self) -> str:
        return json.dumps({"counts": self.counts, "sum": self._state.total()})

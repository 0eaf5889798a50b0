"""What all rows of a database come to: how many there are by table, and as one number. Both move on with each change
and never need all rows again.

state = SHA-256 of the sum over all rows of SHAKE-256(table, columns that do not hold their default; 512 bytes), modulo
2^4096. A sum knows no order, and taking a row out undoes putting it in. A column that holds its default is left out, so
that a column appended by a migration changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from radar_tui.sync.merge import Shape, SqlValue, SqlValues

_BYTES = 512
_ALL = (1 << 8 * _BYTES) - 1


def row_hash(
    table: str, columns: Sequence[str], row: Sequence[SqlValue], defaults: Sequence[SqlValue]
) -> int:
    """The summand of one row, below 2^4096. Values are told apart by type and length: 1, 1.0, "1", b"1" and NULL all
    differ."""
    parts = [table]
    for name, value, default in zip(columns, row, defaults, strict=True):
        if value == default and type(value) is type(default):
            continue
        if type(value) is str:
            parts.append(f"{name}:t{len(value)}:{value}")
        elif value is None:
            parts.append(f"{name}:n")
        elif isinstance(value, bytes):
            parts.append(f"{name}:b{value.hex()}")
        else:
            # The shortest text that reads back as the same number; only that of a float has a point, an e or letters.
            parts.append(f"{name}:{'f' if isinstance(value, float) else 'i'}{value!r}")
    words = ";".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.shake_256(words).digest(_BYTES), "big")


class State:
    """The sum over rows of tables with these columns and defaults; `total` goes on from an earlier one."""

    def __init__(
        self, columns: Mapping[str, Sequence[str]], defaults: Mapping[str, SqlValues], total: str = ""
    ) -> None:
        self._columns, self._defaults = columns, defaults
        self._sum = int(total, 16) if total else 0

    def add(self, table: str, row: SqlValues) -> None:
        """Count a row that is there now."""
        self._sum += row_hash(table, self._columns[table], row, self._defaults[table])

    def remove(self, table: str, row: SqlValues) -> None:
        """Count a row no more, as it was."""
        self._sum -= row_hash(table, self._columns[table], row, self._defaults[table])

    def total(self) -> str:
        """The sum itself (hex), to be kept and gone on from; the digest cannot be."""
        return f"{self._sum & _ALL:x}"

    def hex(self) -> str:
        """The state, 64 hex digits."""
        return hashlib.sha256((self._sum & _ALL).to_bytes(_BYTES, "big")).hexdigest()


class RowTally:
    """Counts and state of all rows of a database; `text` goes on from what `as_text` gave."""

    def __init__(self, shape: Shape, text: str = "") -> None:
        known = json.loads(text or '{"counts": {}, "sum": ""}')
        self._counts: Counter[str] = Counter(known["counts"])
        self._state = State(shape.columns, shape.defaults, known["sum"])

    def count(self, table: str, rows: Iterable[SqlValues]) -> None:
        """Take in all rows of a table."""
        for row in rows:
            self.change(table, None, row)

    def change(self, table: str, before: SqlValues | None, after: SqlValues | None) -> None:
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

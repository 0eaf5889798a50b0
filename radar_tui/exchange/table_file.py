"""A file of rows under headings, whatever its format; hostile ones are refused with a clear message."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.spreadsheet import from_cell
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FileCell = str | int | float | bool | date | datetime | time | timedelta | None
MOST_COLUMNS = 2000
"""More than any export has; Jira's repeat theirs to some hundreds."""


class TableFile(NamedTuple):
    """`rows` starts at the top each time: (line from 1, cells), the headings among them. `read` is how much of the
    file (0–1) was read. `decimal` is what stands before decimals where a number could be read in two ways."""

    path: Path
    said: str
    rows: Callable[[], Iterator[tuple[int, list[FileCell]]]]
    read: Callable[[], float]
    decimal: str = "."
    ragged_is_bad: bool = False

    def headings(self) -> tuple[int, list[str]]:
        """Line and words of the first row that is not empty. Raises RadarError if there is none."""
        for line, row in self.rows():
            headings = [text(cell) for cell in row]
            if any(headings):
                if len(headings) > MOST_COLUMNS:
                    raise RadarError(f"{self.path.name} has {len(headings):,} columns.", "That is no export.")
                return line, headings
        raise RadarError(f"{self.path.name} is empty.", "Nothing was imported.")


def text(cell: FileCell) -> str:
    """A cell as text without spaces around it, `12` for 12.0. Zero bytes go: SQLite would stop reading there."""
    if isinstance(cell, str):
        words = cell.strip()
        if "\0" in words:
            words = words.replace("\0", "").strip()
        return from_cell(words).strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)

"""A file of rows under headings, whatever its format; hostile ones are refused with a clear message."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.spreadsheet import from_cell
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FileCell = str | int | float | bool | date | datetime | time | timedelta | None
MOST_COLUMNS = 2000
"""More than any export has; Jira's repeat theirs to some hundreds."""
NO_VALUE = "#NO VALUE"
"""Stands for a formula whose value was never stored: nobody knows what its cell shows."""
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"\Z')


class Shown(float):
    """A number, and the text that its cell shows of it: 712 as `00712`, 97 as `97%`."""

    __slots__ = ("shown",)
    shown: str

    @classmethod
    def of(cls, value: float, shown: str) -> Shown:
        """`value` is what a number column takes, `shown` what a text column takes."""
        made = cls(value)
        made.shown = shown
        return made


class TableFile(NamedTuple):
    """One sheet; a csv file is one. `rows` starts at the top each time: (line from 1, cells), the headings among them.
    `read` is how much of the file (0–1) was read. `decimal` is what stands before decimals where a number could be read
    in two ways. `unseen` are the lines that a filter hides, `unseen_columns` the places of hidden columns, `epoch` what
    is added to a day that stands as a number."""

    path: Path
    said: str
    rows: Callable[[], Iterator[tuple[int, list[FileCell]]]]
    read: Callable[[], float]
    decimal: str = "."
    ragged: bool = False
    name: str = ""
    hidden: bool = False
    unseen: frozenset[int] = frozenset()
    unseen_columns: frozenset[int] = frozenset()
    epoch: int = 0


class Unclear(RadarError):
    """Something that only somebody can say: `option` is the field of `Options` that says it, `choices` what it may be,
    each with words for it."""

    def __init__(self, message: str, option: str, choices: Sequence[tuple[object, str]]) -> None:
        self.option, self.choices = option, tuple(choices)
        flag = "--as" if option == "kind" else f"--{option.replace('_', '-')}"
        said = ", or ".join(
            f"{flag} {quote(str(value))}{f' ({words})' if words else ''}" for value, words in self.choices
        )
        super().__init__(message, f"Nothing was imported. Say which: {said}")


def text(cell: FileCell) -> str:
    """A cell as text without spaces around it, `12` for 12.0, `00712` for `="00712"`. Zero bytes go: SQLite would stop
    reading there."""
    if isinstance(cell, str):
        found = cell.strip()
        if "\0" in found:
            found = found.replace("\0", "").strip()
        if found.startswith('="') and (formula := _AS_TEXT.match(found)):
            return formula[1].replace('""', '"').strip()
        return from_cell(found).strip()
    if cell is None:
        return ""
    if isinstance(cell, Shown):
        return cell.shown
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)

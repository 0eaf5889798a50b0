"""Where the table begins: titles and periods may stand above its headings, and these may take two rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.exchange.headings import plain
from radar_tui.exchange.tables.table_file import MOST_COLUMNS, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.exchange.tables.table_file import TableFile

_LOOKED_AT = 40
"""Rows that are not empty. Nobody writes more above a table."""


class Found(NamedTuple):
    """The headings, the lines they take, how many of them are known, and the lines above that hold something."""

    names: list[str]
    lines: tuple[int, ...]
    known: int
    above: tuple[int, ...]


def headings_of(table: TableFile, words: frozenset[str]) -> Found | None:
    """The row, or two rows, with the most headings of `words`; where none has one, the first of the widest. None for a
    table that is empty. Raises RadarError for one too wide."""
    rows: list[tuple[int, list[str]]] = []
    filled = ((line, found) for line, row in table.rows() if any(found := [text(cell) for cell in row]))
    for line, found in islice(filled, _LOOKED_AT):
        if len(found) > MOST_COLUMNS:
            raise RadarError(
                f"{table.path.name} has {len(found):,} columns.", "That is no export. Nothing was imported."
            )
        rows.append((line, found))
    if not rows:
        return None
    best = max(range(len(rows)), key=lambda at: (_known(rows[at][1], words), _width(rows[at][1]), -at))
    if not _known(rows[best][1], words):
        best = max(range(len(rows)), key=lambda at: (_width(rows[at][1]), -at))
    names = rows[best][1]
    lines: tuple[int, ...] = (rows[best][0],)
    first = best
    for upper in (best - 1, best):
        if upper >= 0 and upper + 1 < len(rows):
            both = _merged(rows[upper][1], rows[upper + 1][1], words)
            if both and _known(both, words) > _known(names, words):
                names, lines, first = both, (rows[upper][0], rows[upper + 1][0]), upper
    above = tuple(line for line, _ in rows[:first])
    return Found(names, lines, _known(names, words), above)


def _known(row: Sequence[str], words: frozenset[str]) -> int:
    return len({plain(cell) for cell in row if len(cell) < 100} & words)


def _width(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)


def _merged(upper: Sequence[str], lower: Sequence[str], words: frozenset[str]) -> list[str]:
    """Of each column the lower heading, the one that both make, or the upper one; nothing if a row holds no words."""
    if any(cell and not any(letter.isalpha() for letter in cell) for row in (upper, lower) for cell in row):
        return []
    wide = max(len(upper), len(lower))
    above = [*upper, *[""] * (wide - len(upper))]
    made = []
    for place, below in enumerate([*lower, *[""] * (wide - len(lower))]):
        # A cell over several columns stands in the first of them.
        over = next((above[at] for at in range(place, -1, -1) if above[at]), "") if below else above[place]
        both = f"{over} {below}".strip()
        made.append(both if plain(both) in words and plain(below) not in words else below or above[place])
    return made

"""How the columns of a table share its width: first what stands in them, then air."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from radar_tui.ui.widgets.cells import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from radar_tui.ui.widgets.cells import ListColumn, ListRow

GAP = 2
AIR = 6
"""What a column keeps beyond its widest text, for a wider one further down."""

MOST = 200
"""No text is measured beyond this, however long."""


def measured(rows: Iterable[ListRow], needs: dict[int, int]) -> bool:
    """Note in `needs` how many cells the widest text of each column takes; True if one takes more than was known.

    It only grows: a list that becomes shorter under a filter does not move its columns.
    """
    grew = False
    for row in rows:
        for index, cell in enumerate(row.cells):
            size = min(MOST, sum(cell_len(text[:MOST]) for text, _ in parts_of(cell)))
            if size > needs.get(index, 0):
                needs[index] = size
                grew = True
    return grew


def shared_out(
    columns: list[ListColumn], width: int, needs: Mapping[int, int]
) -> list[tuple[int, ListColumn, int]]:
    """Which columns stand at this width, and how wide: (index, column, cells).

    Columns go by priority when space is short. What ends at the right, a figure or a day, is never cut where a narrower
    text can be: it would read as another one. What is left goes to those whose text is cut: first the first that may
    grow, which names the row, then the shortest text; then the growing ones get some air. A text column at the end
    takes the rest, which nobody sees; else it stays empty, so that what belongs together stands together.
    """
    whole = [
        column._replace(width=max(column.width, needs.get(index, 0))) if column.right else column
        for index, column in enumerate(columns)
    ]
    if sum(column.width + GAP for column in whole if column.priority == 0) <= width:
        columns = whole
    shown = list(enumerate(columns))
    for priority in sorted({column.priority for column in columns}, reverse=True):
        if _needed(shown) <= width or priority == 0:
            break
        shown = [(index, column) for index, column in shown if column.priority < priority]
    last = shown[-1][0] if shown else -1
    name = next((index for index, column in shown if column.grow), -1)
    edge = bool(shown) and not shown[-1][1].right
    spare = max(0, width - _needed(shown) - edge)
    cells = {index: column.width for index, column in shown}
    for asked in (
        {index: needs.get(index, 0) - column.width for index, column in shown},
        {index: AIR for index, column in shown if column.grow and index != last},
    ):
        for index in sorted(asked, key=lambda index: (index != name, asked[index])):
            given = max(0, min(asked[index], spare))
            cells[index] += given
            spare -= given
    if edge:
        cells[last] += spare
    return [(index, column, cells[index]) for index, column in shown]


def _needed(shown: list[tuple[int, ListColumn]]) -> int:
    """Cells of these columns with the gaps between them; what ends at the right edge keeps one cell from it."""
    edge = bool(shown) and shown[-1][1].right
    return sum(column.width for _, column in shown) + GAP * max(0, len(shown) - 1) + edge

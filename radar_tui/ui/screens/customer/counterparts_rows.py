"""How who knows whom looks: a line a pair, or their functions by ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import short_day
from radar_tui.ui.widgets.cells import ListColumn, fitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.relationship import Colleague, Grid, Link
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part
    from radar_tui.ui.widgets.sheet import SheetLine

COLUMNS = [
    ListColumn("Their function", 14),
    ListColumn("Contact", 14, grow=True),
    ListColumn("Our function", 13, grow=True),
    ListColumn("Of ours", 14, grow=True),
    ListColumn("Met", 10, right=True),
]
EMPTY = """Nobody known here yet: who of ours should know whom of theirs.
Press esc, then n on the tab People to add the first contact."""
THEIRS = 16
NARROW, WIDE = 13, 21
MORE = "and {} more"


def pair_cells(link: Link, fit: Colleague | None, today: date, glyphs: Glyphs) -> list[ListCell]:
    """A pair, or a contact whom nobody of ours knows with the colleague who fits."""
    bond = link.bond(today)
    who: ListCell = (link.colleague, "" if bond == "met" else "muted")
    function = link.our_function
    if bond == "nobody":
        who = (f"{fit.name} fits" if fit else glyphs.none, "muted")
        function = fit.function if fit else ""
    met: ListCell = (short_day(link.met_on, today), "")
    if bond != "met":
        met = (f"{glyphs.due} {bond}", "due")
    return [
        (link.function or glyphs.none, "muted"),
        link.contact,
        (function or glyphs.none, "muted"),
        who,
        met,
    ]


def grid_lines(grid: Grid, unknown: Sequence[str], width: int, glyphs: Glyphs) -> list[SheetLine]:
    """A line a function of theirs, a column a function of ours, as many as there is room for: pairs met of all pairs,
    those without a pair first."""
    columns = ["nobody", *grid.ours] if grid.nobody else grid.ours
    room = max(1, (width - THEIRS - len(MORE)) // NARROW)
    left, columns = len(columns) - room, columns[:room]
    wide = min(WIDE, max(NARROW, (width - THEIRS - len(MORE)) // max(1, len(columns))))
    head = _line("Theirs", [(name or glyphs.none, "label") for name in columns], wide, "label")
    lines = [[*head, (MORE.format(left) if left > 0 else "", "muted")]]
    for their in grid.theirs:
        count = grid.nobody.get(their, 0)
        cells: list[ListCell] = [(f"{glyphs.due} {count}", "due") if count else ""] if grid.nobody else []
        for our in grid.ours[: len(columns) - len(cells)]:
            met, of = grid.pairs.get((their, our), (0, 0))
            some: ListCell = f"{met} of {of}" if met else [(f"{glyphs.due} ", "due"), (f"0 of {of}", "")]
            cells.append(some if of else "")
        lines.append(_line(their or glyphs.none, cells, wide))
    gap: list[ListCell] = [(f"{glyphs.none} nobody known there", "muted")]
    lines += [_line(name, gap, max(wide, len("– nobody known there") + 2), "muted") for name in unknown]
    return lines


def _line(name: str, cells: Sequence[ListCell], wide: int, style: str = "") -> list[Part]:
    found = fitted((name, style), THEIRS)
    for cell in cells:
        found += [*fitted(cell, wide - 2), ("  ", "")]
    return found

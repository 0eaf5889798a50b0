"""Cells of text: what a table paints, made safe and fitted to a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from radar_tui.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence


Part = tuple[str, str]
"""A text and the name of its style: one of STYLES."""

ListCell = str | Part | list[Part]
"""What stands in one cell."""

STYLES = ("", "muted", "strong", "late", "due", "accent", "on", "label")


def parts_of(cell: ListCell) -> list[Part]:
    """A cell as parts, each safe to paint on one line."""
    if isinstance(cell, str):
        return [(one_line(cell), "")]
    if isinstance(cell, tuple):
        return [(one_line(cell[0]), cell[1])]
    return [(one_line(text), style) for text, style in cell]


def text_of(cell: ListCell) -> str:
    """A cell as plain text."""
    return "".join(text for text, _ in parts_of(cell)).strip()


def fitted(cell: ListCell, width: int, *, right: bool = False, more: str = "…") -> list[Part]:
    """The parts of `cell` cut or padded to exactly `width` cells; what is cut ends in `more`."""
    parts = parts_of(cell)
    used = sum(cell_len(text) for text, _ in parts)
    if used <= width:
        space = (" " * (width - used), "")
        return [space, *parts] if right else [*parts, space]
    kept: list[Part] = []
    left = width - cell_len(more)
    for text, style in parts:
        if (size := cell_len(text)) <= left:
            kept.append((text, style))
            left -= size
            continue
        kept.append((set_cell_size(text, max(left, 0)) + more, style))
        break
    return kept if width > 0 else []


def shortened(text: str, width: int) -> str:
    """A text on one line of at most `width` cells, so that what stands after it is still seen."""
    return "".join(part for part, _ in fitted(text, width)).rstrip()


class ListColumn(NamedTuple):
    """A column at least `width` cells wide, wider where its text is cut and there is room. `priority` 0 always stands,
    the highest goes first when space is short; a column that may `grow` gets some air as well. A `secret` one is not
    shown while a visit is discreet."""

    title: str
    width: int
    priority: int = 0
    right: bool = False
    grow: bool = False
    secret: bool = False


class ListRow(NamedTuple):
    """A row: its key (an id) and one cell a column."""

    key: str
    cells: Sequence[ListCell]

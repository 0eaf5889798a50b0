"""Breaking text into lines by the cells it takes on screen."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells

READABLE = 100
"""Cells that a line of prose may take: a longer one loses the eye on its way back."""


def balanced(text: str, width: int) -> list[str]:
    """`text` wrapped at spaces into as few lines of at most `width` cells as it needs, all about equally long."""
    fewest = len(filled(text, width))
    low, high = 1, width
    while low < high:
        middle = (low + high) // 2
        lines = filled(text, middle)
        if len(lines) <= fewest and all(cell_len(line) <= middle for line in lines):
            high = middle
        else:
            low = middle + 1
    return filled(text, high)


def filled(text: str, width: int) -> list[str]:
    """`text` filled greedily into lines of at most `width` cells; a word wider than that is broken."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
            continue
        # A letter wider than the line leaves an empty piece before it.
        pieces = [piece for piece in chop_cells(word, width) if piece] if cell_len(word) > width else [word]
        lines[-1:] = pieces if not lines[-1] else [lines[-1], *pieces]
    return lines

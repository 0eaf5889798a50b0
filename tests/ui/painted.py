"""What a person would see: the text of a screen as it is painted, line by line."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

if TYPE_CHECKING:
    from textual.app import App

CELL = 12.2
"""How wide Rich paints one cell."""

_TEXT = re.compile(
    r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*clip-path="[^"]*"[^>]*>(.*?)</text>', re.DOTALL
)


def painted(app: App[Any]) -> str:
    """Each line of the terminal as it stands there; the window's title is not among them."""
    lines: dict[float, list[tuple[int, str]]] = {}
    for x, y, text in _TEXT.findall(app.export_screenshot()):
        words = html.unescape(text).replace("\u00a0", " ")
        lines.setdefault(float(y), []).append((round(float(x) / CELL), words))
    return "\n".join(_line(sorted(parts)) for _, parts in sorted(lines.items()))


def _line(parts: list[tuple[int, str]]) -> str:
    line, at = "", 0
    for column, words in parts:
        line += " " * (column - at) + words
        at = max(at, column) + cell_len(words)
    return line

"""What a person would see: the text of a screen as it is painted, line by line."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

_TEXT = re.compile(
    r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*clip-path="[^"]*"[^>]*>(.*?)</text>', re.DOTALL
)


def painted(app: App[Any]) -> str:
    """The words of each line of the terminal, joined; the window's title is not among them."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for x, y, text in _TEXT.findall(app.export_screenshot()):
        lines.setdefault(float(y), []).append((float(x), html.unescape(text).replace("\u00a0", " ")))
    return "\n".join("".join(text for _, text in sorted(parts)) for _, parts in sorted(lines.items()))

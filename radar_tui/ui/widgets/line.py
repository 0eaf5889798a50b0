"""One line of text in named styles, for headings and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from radar_tui.ui.widgets.cells import ListCell, fitted, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STYLES = {
    "": "",
    "muted": "$muted",
    "strong": "bold",
    "late": "$late",
    "due": "$due",
    "accent": "$accent bold",
    "on": "$background on $accent bold",
    "label": "$muted bold",
}


def content(parts: Sequence[tuple[str, str]]) -> Content:
    """Parts (text, style name) as Textual content; nothing in them is parsed."""
    return Content.assemble(*((text, _STYLES.get(style, style)) for text, style in parts))


GAP = 2


class Line(Widget):
    """A line with something on the left and, where there is room, something on the right."""

    DEFAULT_CSS = "Line { height: 1; padding: 0 1; }"

    def __init__(
        self, left: ListCell = "", right: ListCell = "", *, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._left, self._right = left, right

    def show(self, left: ListCell, right: ListCell | None = None) -> None:
        """Replace what stands there."""
        now = left, self._right if right is None else right
        if now != (self._left, self._right):
            self._left, self._right = now
            self.refresh()

    @property
    def words(self) -> str:
        """What stands on the left, as text."""
        return text_of(self._left)

    def render(self) -> Content:
        width = self.content_size.width
        right = parts_of(self._right)
        taken = content(right).cell_length
        if not taken or taken + GAP > width:
            return content(fitted(self._left, width))
        return content([*fitted(self._left, width - taken - GAP), (" " * GAP, ""), *right])

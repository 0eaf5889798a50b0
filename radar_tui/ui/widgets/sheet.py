"""Lines to read: painted one by one, scrolled when there are more than fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from radar_tui.domain.text import block
from radar_tui.ui.widgets.cells import STYLES, Part, fitted
from radar_tui.ui.widgets.wrapping import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

SheetLine = list[Part]
"""One line: texts with the names of their styles."""
LABEL = 12


def labelled(label: str, lines: Sequence[SheetLine]) -> list[SheetLine]:
    """Lines behind a label of `LABEL` cells, which stands before the first one."""
    return [[(f"{label if place == 0 else '':<{LABEL}}", "muted"), *line] for place, line in enumerate(lines)]


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the lines that a function makes for the width there is; nothing in them is parsed."""

    DEFAULT_CSS = """
    Sheet { padding: 0 1; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; height: 1fr; }
    Sheet > .sheet--muted { color: $muted; }
    Sheet > .sheet--strong { text-style: bold; }
    Sheet > .sheet--late { color: $late; }
    Sheet > .sheet--due { color: $due; }
    Sheet > .sheet--accent { color: $accent; text-style: bold; }
    Sheet > .sheet--on { color: $background; background: $accent; }
    Sheet > .sheet--label { color: $muted; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sheet--{style}" for style in STYLES if style}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "up", show=False, tooltip="One line up"),
        Binding("down", "line(1)", "down", show=False, tooltip="One line down"),
        Binding("pageup", "page(-1)", "page up", show=False, tooltip="One page up"),
        Binding("pagedown", "page(1)", "page down", show=False, tooltip="One page down"),
        Binding("home", "to(0)", "first", show=False, tooltip="To the first line"),
        Binding("end", "to(-1)", "last", show=False, tooltip="To the last line"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[SheetLine]] | None = None
        self._lines: Sequence[SheetLine] = ()

    def show(self, make: Callable[[int], Sequence[SheetLine]]) -> None:
        """Show what `make` gives for a width in cells; it is asked again when the width changes."""
        self._make = make
        self._renew()

    def action_line(self, by: int) -> None:
        self.scroll_to(y=self.scroll_y + by, animate=False, immediate=True)

    def action_page(self, direction: int) -> None:
        self.action_line(direction * max(1, self.size.height - 1))

    def action_to(self, place: int) -> None:
        self.scroll_to(y=self.max_scroll_y if place < 0 else 0, animate=False, immediate=True)

    def on_resize(self) -> None:
        self._renew()

    def _renew(self) -> None:
        width = self.scrollable_content_region.width
        if self._make is None or width <= 0:
            return
        self._lines = list(self._make(width))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _style(self, name: str) -> Style:
        if not name:
            return self.rich_style
        return self.rich_style + self.get_component_rich_style(f"sheet--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        index = y + int(self.scroll_y)
        width = self.scrollable_content_region.width
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        parts = fitted(list(self._lines[index]), width)
        return Strip([Segment(text, self._style(style)) for text, style in parts if text]).adjust_cell_length(
            width, self.rich_style
        )


def wrapped(text: str, width: int, most: int = 0) -> list[str]:
    """`text` safe to paint, broken between words into lines of at most `width` cells.

    `most` lines at most (0: all); what does not fit ends in `…`. Blank lines at both ends are dropped.
    """
    lines: list[str] = []
    for paragraph in block(text).strip().split("\n"):
        lines += filled(paragraph, max(1, width))
        if most and len(lines) > most:
            last = lines[most - 1]
            while last and cell_len(last) > width - 1:
                last = last[:-1]
            return [*lines[: most - 1], last.rstrip() + "…"]
    return lines

"""Values beside each other, whole and wrapped, in blocks of lines; the cursor stands on a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from radar_tui.ui.base.glyphs import UNICODE, Glyphs
from radar_tui.ui.widgets.cells import fitted
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from radar_tui.ui.widgets.cells import Part

GAP = 2
MARK = 2
LEAST_COLUMN = 8
Block = Callable[[int], "list[SheetLine]"]
"""Makes the lines of a block, when so many cells are there."""


def widths(width: int, columns: int = 3) -> tuple[int, int]:
    """Cells for the label and for each of so many columns, when `width` cells are there."""
    label = 13 if width < 96 else 20
    return label, max(LEAST_COLUMN, (width - MARK - label - columns * GAP) // columns)


def in_columns(width: int, label: Part, values: Sequence[Part], most: int = 0) -> list[SheetLine]:
    """The label and the values wrapped in their columns, as many lines as the longest needs, `most` at most (0: all);
    the cells of the cursor's mark are left free."""
    first, column = widths(width, len(values))
    texts = [wrapped(label[0], first, most), *(wrapped(text, column, most) for text, _ in values)]
    styles = [label[1], *(style for _, style in values)]
    lines: list[SheetLine] = []
    for place in range(max(map(len, texts))):
        line: SheetLine = [(" " * MARK, "")]
        for index, (text, style) in enumerate(zip(texts, styles, strict=True)):
            shown = text[place] if place < len(text) else ""
            line += [(" " * GAP, "")] if index else []
            line += fitted((shown, style), column if index else first)
        lines.append(line)
    return lines


class SideBySide(Sheet):
    """Blocks by keys: up and down go from one to the next, and through one that is longer than the screen."""

    DEFAULT_CSS = """
    SideBySide > .side-by-side--cursor { background: $panel; }
    SideBySide > .side-by-side--mark { color: $accent; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"side-by-side--cursor", "side-by-side--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "up", show=False, tooltip="The one before, or one line up"),
        Binding("down", "line(1)", "down", show=False, tooltip="The next one, or one line down"),
    ]

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor went to another block."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._starts: list[int] = [0]

    @property
    def glyphs(self) -> Glyphs:
        return getattr(self.app, "glyphs", UNICODE)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks; the cursor stays on its place."""
        self._blocks = blocks
        self.cursor = max(0, min(self.cursor, len(blocks) - 1))
        self.show(self._lines_of)

    def _lines_of(self, width: int) -> list[SheetLine]:
        lines: list[SheetLine] = []
        self._starts = [0]
        for block in self._blocks:
            lines += block(width)
            self._starts.append(len(lines))
        return lines

    # Cursor

    def _place(self, block: int) -> tuple[int, int]:
        """The first line of a block, and the one after its last."""
        return self._starts[block], self._starts[block + 1]

    def action_line(self, by: int) -> None:
        if not self._blocks:
            return
        top, height = int(self.scroll_y), self.size.height
        start, end = self._place(self.cursor)
        if (by > 0 and end > top + height) or (by < 0 and start < top):
            super().action_line(by)
        else:
            self.cursor = max(0, min(self.cursor + by, len(self._blocks) - 1))

    def action_page(self, direction: int) -> None:
        super().action_page(direction)
        top, bottom = int(self.scroll_y), int(self.scroll_y) + self.size.height - 1
        seen = [block for block in range(len(self._blocks)) if self._starts[block] <= bottom]
        seen = [block for block in seen if self._starts[block + 1] > top]
        if seen:
            self.set_reactive(SideBySide.cursor, seen[-1] if direction > 0 else seen[0])
            self._turned()

    def action_to(self, place: int) -> None:
        self.cursor = max(0, len(self._blocks) - 1) if place < 0 else 0
        super().action_to(place)

    def watch_cursor(self) -> None:
        if self.cursor + 1 < len(self._starts):
            start, end = self._place(self.cursor)
            top, height = int(self.scroll_y), self.size.height
            if start < top or end - start >= height:
                self.scroll_to(y=start, animate=False, immediate=True)
            elif end > top + height:
                self.scroll_to(y=end - height, animate=False, immediate=True)
        self._turned()

    def _turned(self) -> None:
        self.refresh()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        line = int(event.y + self.scroll_y)
        for block in range(len(self._blocks)):
            start, end = self._place(block)
            if start <= line < end:
                self.cursor = block

    # Painting

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        line = y + int(self.scroll_y)
        if self.cursor + 1 >= len(self._starts):
            return strip
        start, end = self._place(self.cursor)
        if not start <= line < end:
            return strip
        style = self.get_component_rich_style("side-by-side--cursor", partial=True)
        mark = self.rich_style + style + self.get_component_rich_style("side-by-side--mark", partial=True)
        rest = [Segment(part.text, (part.style or self.rich_style) + style) for part in strip.crop(1)]
        return Strip([Segment(self.glyphs.cursor, mark), *rest])

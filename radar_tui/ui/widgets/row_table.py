"""One virtual table for every list: rows come by page, only the lines in view are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from radar_tui.domain.text import one_line
from radar_tui.ui.base.glyphs import UNICODE, Glyphs
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.widgets.cells import STYLES, ListCell, ListColumn, ListRow, fitted
from radar_tui.ui.widgets.column_widths import GAP, measured, shared_out
from radar_tui.ui.widgets.wrapping import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.style import Style
    from textual import events

PAGE = 40


class RowTable(Saying, ScrollView, can_focus=True, inherit_bindings=False):
    """A table of any length. `load(count, fetch)` gives it rows; `fetch(offset, limit)` is asked page by page."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row-table--{style}" for style in STYLES if style} | {
        "row-table--head",
        "row-table--cursor",
        "row-table--mark",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", id="row.choose", tooltip="Open the row under the cursor"),
        Binding("up", "move(-1)", "up", show=False, tooltip="One row up"),
        Binding("down", "move(1)", "down", show=False, tooltip="One row down"),
        Binding("pageup", "page(-1)", "page up", show=False, tooltip="One page up"),
        Binding("pagedown", "page(1)", "page down", show=False, tooltip="One page down"),
        Binding("home", "jump(0)", "first", show=False, tooltip="The first row"),
        Binding("end", "jump(-1)", "last", show=False, tooltip="The last row"),
    ]

    cursor = reactive(0, repaint=False)

    class Chosen(Message):
        """Enter or a click on the row under the cursor."""

        def __init__(self, table: RowTable, index: int, key: str) -> None:
            super().__init__()
            self.table, self.index, self.key = table, index, key

        @property
        def control(self) -> RowTable:
            return self.table

    class Moved(Message):
        """The cursor went to another row."""

        def __init__(self, table: RowTable, index: int) -> None:
            super().__init__()
            self.table, self.index = table, index

        @property
        def control(self) -> RowTable:
            return self.table

    def __init__(
        self,
        columns: Sequence[ListColumn],
        *,
        id: str | None = None,
        classes: str | None = None,
        empty: str = "",
        head: bool = True,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = list(columns)
        self.empty = empty
        self.head = int(head)
        self.count = 0
        self._fetch: Callable[[int, int], Sequence[ListRow]] | None = None
        self._other_list = False
        self._pages: dict[int, Sequence[ListRow]] = {}
        self._painted_styles: dict[tuple[str, bool], Style] = {}
        self._placed: list[tuple[int, ListColumn, int]] = []
        self._placed_for = 0
        self._needs: dict[int, int] = {}
        self._needs_of = self.columns

    @property
    def glyphs(self) -> Glyphs:
        return getattr(self.app, "glyphs", UNICODE)

    # Rows

    def load(
        self, count: int, fetch: Callable[[int, int], Sequence[ListRow]], *, cursor: int | None = None
    ) -> None:
        """Show `count` rows; unless a cursor is given it stays on its row, and where that is gone, in its place.

        Where as many rows stand as before, only the lines that read otherwise are painted again.
        """
        before = self._pages if 0 < count == self.count else None
        key = self._known_key()
        turned, self.count = bool(count) != bool(self.count), count
        self._fetch = fetch
        self._pages = {}
        if before is None:
            self._resized()
        self.cursor = max(0, min(self._place_of(key) if cursor is None else cursor, count - 1))
        self._into_view()
        if before is not None and not self._outgrown():
            self._refresh_changed(before)
        if turned:
            self.refresh_bindings()

    def start_over(self) -> None:
        """The rows that come next are another list: the cursor begins at its top."""
        self.cursor, self._other_list = 0, True

    def go_to(self, key: str) -> None:
        """Put the cursor on the row with this key, if it is there; reads page after page."""
        for index in range(self.count):
            row = self.row_at(index)
            if row is not None and row.key == key:
                self.cursor = index
                return

    def _known_key(self) -> str:
        """The key under the cursor as it was painted; "" where the next rows are another list."""
        page, place = divmod(self.cursor, PAGE)
        known = self._pages.get(page, ())
        key = known[place].key if place < len(known) and not self._other_list else ""
        self._other_list = False
        return key

    def _place_of(self, key: str) -> int:
        """Where the row stands now that others, pulled by a sync perhaps, came before it: keys pressed for it must not
        hit its neighbour. It is looked for no further than a page away."""
        row = self.row_at(self.cursor) if key else None
        if row is None or row.key == key:
            return self.cursor
        page = self.cursor // PAGE
        near = range(max(0, page - 1) * PAGE, min(self.count, (page + 2) * PAGE))
        for index in sorted(near, key=lambda index: abs(index - self.cursor)):
            row = self.row_at(index)
            if row is not None and row.key == key:
                return index
        return self.cursor

    def _refresh_changed(self, before: dict[int, Sequence[ListRow]]) -> None:
        """Paint again the lines in view whose rows are not those of the pages `before`."""
        top = int(self.scroll_y)
        for index in range(top, min(self.count, top + max(0, self.size.height - self.head))):
            page, place = divmod(index, PAGE)
            known = before.get(page, ())
            if place >= len(known) or known[place] != self.row_at(index):
                self._refresh_line(index)

    def show_rows(self, rows: Sequence[ListRow], *, cursor: int | None = None) -> None:
        """Show a short list that is already in memory."""
        self.load(len(rows), lambda offset, limit: rows[offset : offset + limit], cursor=cursor)

    def rows(self) -> Iterator[ListRow]:
        """All rows, read page by page."""
        for index in range(self.count):
            if row := self.row_at(index):
                yield row

    def row_at(self, index: int) -> ListRow | None:
        """The row at `index`, fetched with its page if it is not there yet."""
        if not 0 <= index < self.count or self._fetch is None:
            return None
        page, place = divmod(index, PAGE)
        if page not in self._pages:
            if len(self._pages) > 32:
                self._pages.clear()
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    @property
    def current(self) -> ListRow | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    def set_row(self, index: int, row: ListRow) -> None:
        """Replace one row in view without asking for its page again."""
        page, place = divmod(index, PAGE)
        if page in self._pages:
            rows = list(self._pages[page])
            rows[place] = row
            self._pages[page] = rows
        if not self._outgrown():
            self._refresh_line(index)

    # Cursor

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, self.count - 1))

    def action_page(self, direction: int) -> None:
        self.action_move(direction * max(1, self.size.height - self.head - 1))

    def action_jump(self, to: int) -> None:
        self.cursor = max(0, self.count - 1) if to < 0 else to

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to open where there are no rows."""
        return action != "choose" or self.count > 0

    def action_choose(self) -> None:
        if row := self.current:
            self.post_message(self.Chosen(self, self.cursor, row.key))

    def watch_cursor(self, before: int, now: int) -> None:
        self._into_view()
        self._refresh_line(before)
        self._refresh_line(now)
        self.post_message(self.Moved(self, now))

    def _into_view(self) -> None:
        lines = self.size.height - self.head
        if lines <= 0:
            return
        top = int(self.scroll_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + lines:
            self.scroll_to(y=self.cursor - lines + 1, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        index = int(event.y + self.scroll_y) - self.head
        if 0 <= index < self.count and event.y >= self.head:
            again = index == self.cursor
            self.cursor = index
            if again:
                self.action_choose()

    # Painting

    def on_resize(self) -> None:
        self._resized()
        self._into_view()

    def watch_show_vertical_scrollbar(self) -> None:
        """A list grew too long for its lines, or short enough: the columns share what is left beside the bar."""
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, self.count + self.head)
        self._placed_for = 0
        self.refresh()

    def _place(self) -> None:
        """Lay the columns out for the room there is and the rows in view."""
        self._measured()
        self._placed_for = self._room()
        self._placed = shared_out(self.columns, self._placed_for - 2, self._needs)

    def _measured(self) -> bool:
        """Whether a text in view is wider than any was before."""
        if self._needs_of is not self.columns:
            self._needs, self._needs_of = {}, self.columns
        top = min(int(self.scroll_y), self.count - 1)
        return self.row_at(top) is not None and measured(self._pages[top // PAGE], self._needs)

    def _outgrown(self) -> bool:
        """Lay everything out again where a text came that is wider than its column knew; False if there is none."""
        outgrown = self.is_mounted and self._measured()
        if outgrown:
            self._resized()
        return outgrown

    def _room(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def notify_style_update(self) -> None:
        self._painted_styles.clear()
        super().notify_style_update()

    def _style(self, name: str, *, cursor: bool) -> Style:
        key = (name, cursor)
        if key not in self._painted_styles:
            style = self.rich_style
            if cursor:
                style += self.get_component_rich_style("row-table--cursor", partial=True)
            if name:
                style += self.get_component_rich_style(f"row-table--{name}", partial=True)
            self._painted_styles[key] = style
        return self._painted_styles[key]

    def _refresh_line(self, index: int) -> None:
        y = index - int(self.scroll_y) + self.head
        self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._placed_for != self._room():
            # The bar came or went since; what is painted now must not jump with the next word of the layout.
            self._place()
        if self.head and y == 0 and self._fetch is None:
            # Until its rows are read nobody knows where the columns will stand.
            return self._strip([], cursor=False)
        if self.head and y == 0:
            return self._line([column.title for column in self.columns], "head", marked=False)
        index = y + int(self.scroll_y) - self.head
        if self.count == 0:
            words = [
                line for text in self.empty.splitlines() for line in filled(one_line(text), max(1, width - 3))
            ]
            # Until its rows are read nobody knows whether it is empty.
            known = y > self.head and self._fetch is not None
            text = words[y - self.head - 1 : y - self.head] if known else []
            return self._strip([("  ", ""), (text[0] if text else "", "muted")], cursor=False)
        row = self.row_at(index)
        if row is None:
            return Strip.blank(width, self.rich_style)
        return self._line(row.cells, "", marked=index == self.cursor)

    def _line(self, cells: Sequence[ListCell], style: str, *, marked: bool) -> Strip:
        glyphs = self.glyphs
        parts: list[tuple[str, str]] = [(glyphs.cursor if marked else " ", "mark"), (" ", "")]
        for place, (index, column, width) in enumerate(self._placed):
            if place:
                parts.append((" " * GAP, ""))
            cell = cells[index] if index < len(cells) else ""
            if style and isinstance(cell, str):
                cell = (cell, style)
            parts += fitted(cell, width, right=column.right, more=glyphs.more)
        return self._strip(parts, cursor=marked)

    def _strip(self, parts: list[tuple[str, str]], *, cursor: bool) -> Strip:
        segments = [Segment(text, self._style(style, cursor=cursor)) for text, style in parts if text]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("", cursor=cursor))

"""A step that is one list: heading with a total, table, and a line to type into."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from radar_tui.store.lists.visit import VisitLists
from radar_tui.ui.steps.base.asking import AskLine
from radar_tui.ui.steps.base.step import StepPane, StepTable
from radar_tui.ui.widgets.line import Line, content
from radar_tui.ui.widgets.sheet import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.geometry import Size

    from radar_tui.domain.checklist import Step
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.widgets.cells import ListCell, ListColumn, ListRow, Part

MOST_HELP = 2
HEADING = "#"
"""Keys of rows that are headings start so: the cursor passes over them."""


class HeadedTable(StepTable):
    """A table in which the cursor passes over headings."""

    def is_heading(self, index: int) -> bool:
        row = self.row_at(index)
        return row is not None and row.key.startswith(HEADING)

    def action_move(self, by: int) -> None:
        target, step = self.cursor + by, 1 if by > 0 else -1
        while 0 <= target < self.count and self.is_heading(target):
            target += step
        if 0 <= target < self.count:
            self.cursor = target
        elif by < 0:
            # The heading above the first row comes into view again.
            self.scroll_to(y=0, animate=False, immediate=True)

    def action_jump(self, to: int) -> None:
        super().action_jump(to)
        self.settle()

    def settle(self) -> None:
        """Off a heading, to the row below it (or above, at the end)."""
        if self.is_heading(self.cursor):
            before = self.cursor
            self.action_move(1)
            if self.cursor == before:
                self.action_move(-1)

    def show_headed(self, rows: Sequence[ListRow]) -> None:
        """Show rows; the cursor stays on the row it was on, as long as that is there."""
        here = self.current.key if self.current else None
        keys = [row.key for row in rows]
        self.show_rows(rows, cursor=keys.index(here) if here in keys else None)
        self.settle()


class Help(Widget):
    """The checklist's word on a step, on one or two lines."""

    DEFAULT_CSS = "Help { height: auto; margin-bottom: 1; }"

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrapped(self.words, width, MOST_HELP))

    def render(self) -> Content:
        return content([("\n".join(wrapped(self.words, self.content_size.width, MOST_HELP)), "muted")])


class Below(Widget):
    """The row under the cursor in full, on up to three lines; always there, so that nothing jumps."""

    DEFAULT_CSS = "Below { height: 4; padding: 0 2; border-top: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def show(self, words: str) -> None:
        self.words = words
        self.refresh()

    def render(self) -> Content:
        return content([("\n".join(wrapped(self.words, self.content_size.width, 3)), "muted")])


def heading(step: Step) -> ComposeResult:
    """The title, with room for a total, and the checklist's word of help."""
    yield Line((step.title, "strong"), classes="heading -helped" if step.help else "heading")
    if step.help:
        yield Help(step.help)


class ListPane(StepPane):
    """Composes heading, table and line; a subclass says columns and the words for an empty list."""

    columns: ClassVar[Sequence[ListColumn]]
    empty: ClassVar[str]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.lists = VisitLists(book.store, book.visit)

    def compose(self) -> ComposeResult:
        yield from heading(self.step)
        table = HeadedTable(self.columns, empty=self.empty)
        yield table
        yield Below()
        yield AskLine(table)

    @property
    def table(self) -> HeadedTable:
        return self.query_one(HeadedTable)

    @property
    def ask_line(self) -> AskLine:
        return self.query_one(AskLine)

    def on_mount(self) -> None:
        self.table.focus()

    def in_full(self, key: str) -> str:
        """What stands below the list for the row with this key."""
        return ""

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show the list, and below it the row under the cursor."""
        self.table.show_headed(rows)
        self._show_below()

    def show_pages(self, ids: Sequence[str], fetch: Callable[[Sequence[str]], Sequence[ListRow]]) -> None:
        """Show a list of any length by its ids; `fetch` makes the rows of a page of them."""
        here = self.table.current
        self.table.load(
            len(ids),
            lambda offset, limit: fetch(ids[offset : offset + limit]),
            cursor=ids.index(here.key) if here and here.key in ids else None,
        )
        self._show_below()

    def on_row_table_moved(self) -> None:
        self.moved()

    def moved(self) -> None:
        """The cursor stands on another row."""
        self._show_below()

    def _show_below(self) -> None:
        row = self.table.current
        self.query_one(Below).show(self.book.seen(self.in_full(row.key)) if row else "")

    def may_leave(self) -> bool:
        return not self.ask_line.is_open or self.ask_line.keep()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a text is typed the keys of the list are letters."""
        return not (self.is_mounted and self.ask_line.is_open) and self.means(action, parameters)

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether an action has a meaning for the row under the cursor."""
        return True

    def head(self, total: ListCell, about: str = "") -> None:
        """The step's title with a total on the right, and of what it is the total."""
        title: list[Part] = [(self.step.title, "strong"), (f"  {about}" if about else "", "muted")]
        self.query_one(".heading", Line).show(title, total)

    def with_unsaved(self, key: str, cell: ListCell) -> ListCell:
        """The cell, or what waits to be saved in its place."""
        if key not in self.unsaved:
            return cell
        return [(f"{self.unsaved[key]} ", ""), ("unsaved", "late")]

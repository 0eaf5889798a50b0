"""A step that is one list: heading with a total, table, and a line to type into."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.steps.asking import AskLine
from radar_tui.ui.steps.step import Book, StepPane, StepTable
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.ui.widgets.cells import Cell
    from radar_tui.ui.widgets.row_table import Column, Row

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

    def show_headed(self, rows: Sequence[Row]) -> None:
        """Show rows; the cursor stays on the row it was on, as long as that is there."""
        here = self.current.key if self.current else None
        keys = [row.key for row in rows]
        self.show_rows(rows, cursor=keys.index(here) if here in keys else None)
        self.settle()

    def go_to(self, key: str) -> None:
        """Put the cursor on the row with this key, if it is there."""
        for index in range(self.count):
            row = self.row_at(index)
            if row is not None and row.key == key:
                self.cursor = index
                return


class ListPane(StepPane):
    """Composes heading, table and line; a subclass says columns and the words for an empty list."""

    columns: ClassVar[Sequence[Column]]
    empty: ClassVar[str]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.lists = VisitLists(book.store, book.visit)

    def compose(self) -> ComposeResult:
        yield from self.compose_heading()
        yield HeadedTable(self.columns, empty=self.empty)
        yield AskLine()

    def compose_heading(self) -> ComposeResult:
        """The title with a total, and the checklist's word of help."""
        yield Line((self.step.title, "strong"), classes="heading")
        if self.step.help:
            yield Line((self.step.help, "muted"), classes="help")

    @property
    def table(self) -> HeadedTable:
        return self.query_one(HeadedTable)

    @property
    def ask_line(self) -> AskLine:
        return self.query_one(AskLine)

    def on_mount(self) -> None:
        self.table.focus()

    def may_leave(self) -> bool:
        return not self.ask_line.is_open or self.ask_line.keep()

    def head(self, total: Cell) -> None:
        """The step's title with a total on the right."""
        self.query_one(".heading", Line).show((self.step.title, "strong"), total)

    def with_unsaved(self, key: str, cell: Cell) -> Cell:
        """The cell, or what waits to be saved in its place."""
        if key not in self.unsaved:
            return cell
        return [(f"{self.unsaved[key]} ", ""), ("unsaved", "late")]

"""A tab that is a list: its rows are read by page, filtered, told in full below, added and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from textual.containers import Vertical

from radar_tui.ui.frame.tabs import P, PageTab
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widget import Widget

    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import ListCell, ListColumn
    from radar_tui.ui.widgets.sheet import SheetLine


class Identified(Protocol):
    """A row that is read, with its id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Identified)


class ListTab(PageTab[P], Generic[P, R]):
    """A tab that is a list of rows `R`, read by page; `filtered` are the words of its empty filter, if it has one."""

    columns: ClassVar[Sequence[ListColumn]]
    empty: ClassVar[str]
    no_match: ClassVar[str] = ""
    filtered: ClassVar[str] = ""

    def __init__(self, page: P) -> None:
        super().__init__(page)
        self.words = ""
        self._found: dict[str, R] = {}

    def body(self) -> Widget:
        table = RowTable(self.columns, empty=self.empty)
        return Vertical(FilterLine(table, self.filtered), table) if self.filtered else table

    @property
    def table(self) -> RowTable:
        body = self.page.query_one(f"#tab-{self.tab.name}")
        return body if isinstance(body, RowTable) else body.query(RowTable).first()

    @property
    def row(self) -> R | None:
        """The row under the cursor, as it is shown."""
        return self._found.get(self.page.chosen or "")

    def fetch(self, offset: int, limit: int) -> Sequence[R]:
        """One page of rows."""
        raise NotImplementedError

    def cells(self, row: R) -> list[ListCell]:
        """In the order of the columns."""
        raise NotImplementedError

    def form(self, id: str | None) -> FormScreen | None:
        """The form that edits a row, or adds one."""
        return None

    def fill(self) -> None:
        self.load(self.count() or 0, self.fetch)

    def load(self, count: int, fetch: Callable[[int, int], Sequence[R]]) -> None:
        """Give the table its rows, which are kept to be shown in full."""
        self._found.clear()

        def page(offset: int, limit: int) -> Sequence[ListRow]:
            rows = fetch(offset, limit)
            self.keep(rows)
            return [ListRow(row.id, self.cells(row)) for row in rows]

        self.table.load(count, page)

    def detail(self, row: R, width: int) -> list[SheetLine]:
        """The row under the cursor in full, where a column may have cut its words."""
        raise NotImplementedError

    def show_below(self) -> None:
        row, sheet = self.row, self.page.query_one("#detail", Sheet)
        sheet.display = True
        sheet.show(lambda width: self.detail(row, width) if row is not None else [])

    def keep(self, rows: Sequence[R]) -> None:
        """These are shown: they can be asked for as `row`."""
        self._found.update({row.id: row for row in rows})

    # Keys

    def add(self) -> None:
        self.page.show_form(self.form(None))

    def edit(self) -> None:
        if id := self.page.chosen:
            self.page.show_form(self.form(id))

    def opened(self, key: str) -> None:
        self.edit()

    def open_filter(self) -> None:
        self.page.query_one(f"#tab-{self.tab.name}").query_one(FilterLine).open()

    def clear_filter(self) -> None:
        self.page.query_one(f"#tab-{self.tab.name}").query_one(FilterLine).action_clear()

    def filter_by(self, words: str) -> None:
        """Show only what holds these words."""
        self.words = words
        self.table.start_over()
        self.page.fill(self.tab.name)
        self.page.refresh_bindings()

    def leave(self) -> bool:
        if not self.words:
            return False
        self.clear_filter()
        return True

"""4 Ourselves: what we promise and how it was kept, what they want, our self-checks and observation days, who we are,
what we sell, which checklists we use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from radar_tui.domain.observation import progress
from radar_tui.domain.self_check import due_on
from radar_tui.ui.frame.tabbed import tab_keys
from radar_tui.ui.screens.ourselves import rounds, rows
from radar_tui.ui.screens.ourselves.keys import OurselvesKeys
from radar_tui.ui.widgets.cells import Row
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.checklists.loader import Library
    from radar_tui.store.lists.ourselves import ColleagueRow, PartRow, PromiseRow, WantRow
    from radar_tui.store.lists.own_rounds import CheckRow, ObservationRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.cells import Cell
    from radar_tui.ui.widgets.sheet import SheetLine

    ListRow = PromiseRow | WantRow | CheckRow | ObservationRow | ColleagueRow | PartRow
    R = TypeVar("R", WantRow, CheckRow, ObservationRow)

TABS = (
    Tab("promises", "Promises", "p"),
    Tab("wants", "Wants", "w"),
    Tab("checks", "Self-checks", "s"),
    Tab("observations", "Observed", "o"),
    Tab("colleagues", "Colleagues", "c"),
    Tab("parts", "Price list", "l"),
    Tab("checklists", "Checklists", "k"),
)

BESIDE = ("promises", "wants", "colleagues")
"""Tabs that are read beside the screen: they go through every row of what they count."""


class OurselvesScreen(OurselvesKeys):
    """One list a tab; the full words of a row stand below."""

    CSS_PATH = "screen.tcss"
    TABS = TABS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="ourselves.new", tooltip="Add to this list; self-checks and days are planned"),
        Binding("e", "edit", "edit", id="ourselves.edit", tooltip="Change what the cursor is on"),
        Binding("v", "visit", "check ourselves", id="ourselves.visit",
                tooltip="Do business with yourself: start or resume a self-check"),
        Binding("h", "history", "over time", id="ourselves.history",
                tooltip="How promises were kept by quarter, or the scores of self-checks, as a plot or a table"),
        Binding("i", "about", "about", id="ourselves.about", tooltip="Where each figure comes from"),
        Binding("slash", "filter", "filter", id="ourselves.filter", tooltip="Only parts with these letters"),
        Binding("escape", "all", "all again", id="ourselves.all", tooltip="Empty the filter"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="ourselves.tab", tooltip="The next tab"),
        *tab_keys("ourselves", TABS),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._library: Library | None = None
        self._found: dict[str, ListRow] = {}
        self._ahead: SheetLine = []

    # What it shows

    def compose(self) -> ComposeResult:
        yield HeaderLine("ourselves")
        yield from self.compose_tabs()
        yield Sheet(id="detail")
        yield KeyBar()

    def body(self, name: str) -> Widget:
        table = RowTable({**rows.COLUMNS, **rounds.COLUMNS}[name], empty={**rows.EMPTY, **rounds.EMPTY}[name])
        if name != "parts":
            return table
        from textual.containers import Vertical

        return Vertical(FilterLine(table, "letters of a SKU, name or model"), table)

    def counts(self) -> dict[str, int]:
        from radar_tui.store.lists.ourselves import OurselvesLists
        from radar_tui.store.lists.own_rounds import OwnRounds

        lists, own = OurselvesLists(self.store), OwnRounds(self.store)
        return {**lists.counts(), **own.counts(), "checklists": len(self.library.checklists)}

    def marks(self) -> dict[str, tuple[str, str]]:
        from radar_tui.store.lists.own_rounds import OwnRounds

        due = due_on(OwnRounds(self.store).last_check(), self.radar.settings.self_check_days, self.today)
        mark = rounds.due_mark(due, self.today, self.radar.glyphs)
        return {"checks": mark} if mark[0] else {}

    @property
    def library(self) -> Library:
        """The checklists there are; the folder is looked at again when the screen comes to the front."""
        if self._library is None:
            from radar_tui import paths
            from radar_tui.checklists.loader import library

            self._library = library(paths.user_checklists())
        return self._library

    def on_screen_resume(self) -> None:
        self._library = None
        super().on_screen_resume()

    def fill(self, name: str) -> None:
        table = self.table
        if table is None:
            return
        self._ahead = []
        if name in BESIDE:
            self.beside(f"read {name}", partial(self._read, name), partial(self._show_read, name))
        elif name == "parts":
            self._fill_parts(table)
        elif name == "checklists":
            self._fill_checklists(table)
        else:
            self._fill_list(name, table)
        self._show_detail()

    def _fill_list(self, name: str, table: RowTable) -> None:
        from radar_tui.store.lists.own_rounds import OwnRounds

        own, today, glyphs, settings = (
            OwnRounds(self.store),
            self.today,
            self.radar.glyphs,
            self.radar.settings,
        )
        if name == "checks":
            last, planned = own.last_check(), own.planned_check()
            self._ahead = rounds.checks_due(last, planned, settings.self_check_days, today, glyphs)
            check = rounds.check_cells
            self._load(table, own.counts()[name], own.checks, lambda row: check(row, today, glyphs))
        else:
            done = progress(own.observed_days(), settings.observation_goal, today)
            self._ahead = rounds.goal_line(done, glyphs)
            day = rounds.observation_cells
            self._load(table, own.counts()[name], own.observations, lambda row: day(row, today, glyphs))

    def _load(
        self,
        table: RowTable,
        count: int,
        fetch: Callable[[int, int], list[R]],
        cells: Callable[[R], list[Cell]],
    ) -> None:
        def page(offset: int, limit: int) -> Sequence[Row]:
            found = fetch(offset, limit)
            self._found.update({row.id: row for row in found})
            return [Row(row.id, cells(row)) for row in found]

        table.load(count, page)

    def _read(self, name: str, store: Store) -> Callable[[], None]:
        from radar_tui.store.lists.ourselves import OurselvesLists

        lists = OurselvesLists(store)
        if name == "promises":
            return partial(self._show_promises, lists.promises())
        if name == "wants":
            return partial(self._show_wants, lists.want_ids(), lists.want_counts())
        return partial(self._show_colleagues, lists.colleagues())

    def _show_read(self, name: str, show: Callable[[], None]) -> None:
        if self.here == name:
            show()
            self._show_detail()
            self.refresh_bindings()

    def _show_promises(self, found: list[PromiseRow]) -> None:
        today, glyphs = self.today, self.radar.glyphs
        self._ahead = rows.too_many(found, today, glyphs)
        self._found.update({row.id: row for row in found})
        cells = [Row(row.id, rows.promise_cells(row, today, glyphs)) for row in found]
        self.query_one("#tab-promises", RowTable).show_rows(cells)

    def _show_wants(self, ids: list[str], counts: dict[str, int]) -> None:
        from radar_tui.store.lists.ourselves import OurselvesLists

        self._ahead = rounds.wants_line(counts)
        lists, glyphs = OurselvesLists(self.store), self.radar.glyphs
        table = self.query_one("#tab-wants", RowTable)
        self._load(
            table,
            len(ids),
            lambda offset, limit: lists.wants(ids[offset : offset + limit]),
            lambda row: rounds.want_cells(row, glyphs),
        )

    def _show_colleagues(self, found: list[ColleagueRow]) -> None:
        self._found.update({row.id: row for row in found})
        today, glyphs = self.today, self.radar.glyphs
        cells = [Row(row.id, rows.colleague_cells(row, today, glyphs)) for row in found]
        self.query_one("#tab-colleagues", RowTable).show_rows(cells)

    def _fill_parts(self, table: RowTable) -> None:
        from radar_tui.store.lists.ourselves import OurselvesLists

        lists, glyphs = OurselvesLists(self.store), self.radar.glyphs
        ids = lists.parts_with(self._words) if self._words else None
        table.empty = rows.NO_MATCH if self._words else rows.EMPTY["parts"]

        def page(offset: int, limit: int) -> Sequence[Row]:
            found = lists.parts(offset, limit, ids)
            self._found.update({row.id: row for row in found})
            return [Row(row.id, rows.part_cells(row, glyphs)) for row in found]

        table.load(lists.counts()["parts"] if ids is None else len(ids), page)

    def _fill_checklists(self, table: RowTable) -> None:
        library = self.library
        table.show_rows(
            [
                Row(checklist.key, rows.checklist_cells(checklist, library.sources[checklist.key]))
                for checklist in library.checklists
            ]
        )

    # The row under the cursor in full

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        if event.table is self.table:
            self._show_detail()
            self.refresh_bindings()

    def _show_detail(self) -> None:
        from radar_tui.store.lists.ourselves import WantRow
        from radar_tui.store.lists.own_rounds import CheckRow, ObservationRow

        chosen, today = self.chosen, self.today
        sheet = self.query_one("#detail", Sheet)
        sheet.set_class(self.here == "checklists", "-tall")
        if self.here == "checklists":
            library = self.library
            sheet.show(lambda width: rows.checklist_lines(library, chosen, width))
            return
        row, ahead = self._found.get(chosen or ""), self._ahead
        if isinstance(row, WantRow | CheckRow | ObservationRow) or self.here in rounds.COLUMNS:
            sheet.show(lambda width: rounds.lines(row, ahead, width, today))
        else:
            sheet.show(lambda width: [*([ahead] if ahead else []), *rows.detail(row, width, today)])

    # The filter

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self._words = event.words
        if (table := self.table) is not None:
            table.start_over()
            self._fill_parts(table)
            self._show_detail()
            self.refresh_bindings()

"""4 Ourselves: what we promise and how it was kept, who we are, what we sell, which checklists we use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.errors import RadarError
from radar_tui.ui.screens import ourselves_rows as rows
from radar_tui.ui.screens.tabbed import TabbedPage, tab_keys
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.row_table import Row, RowTable
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.checklists.loader import Library
    from radar_tui.store.ourselves_lists import ColleagueRow, PartRow, PromiseRow
    from radar_tui.ui.screens.form import FormScreen

TABS = (
    Tab("promises", "Promises", "p"),
    Tab("colleagues", "Colleagues", "c"),
    Tab("parts", "Price list", "l"),
    Tab("checklists", "Checklists", "k"),
)


class OurselvesScreen(TabbedPage):
    """Four lists; the full words of a row stand below."""

    CSS_PATH = "ourselves.tcss"
    TABS = TABS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="ourselves.new", tooltip="Add to this list"),
        Binding("e", "edit", "edit", id="ourselves.edit", tooltip="Change what the cursor is on"),
        Binding("v", "visit", "check ourselves", id="ourselves.visit",
                tooltip="Do business with yourself: start or resume a self-check"),
        Binding("slash", "filter", "filter", id="ourselves.filter", tooltip="Only parts with these letters"),
        Binding("escape", "all", "all again", id="ourselves.all", tooltip="Empty the filter"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="ourselves.tab", tooltip="The next tab"),
        *tab_keys("ourselves", TABS),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._library: Library | None = None
        self._found: dict[str, PromiseRow | ColleagueRow | PartRow] = {}

    # What it shows

    def compose(self) -> ComposeResult:
        yield HeaderLine("ourselves")
        yield from self.compose_tabs()
        yield Sheet(id="detail")
        yield KeyBar()

    def body(self, name: str) -> Widget:
        table = RowTable(rows.COLUMNS[name], empty=rows.EMPTY[name])
        if name != "parts":
            return table
        from textual.containers import Vertical

        return Vertical(FilterLine(table, "letters of a SKU, name or model"), table)

    def counts(self) -> dict[str, int]:
        from radar_tui.store.ourselves_lists import OurselvesLists

        return {**OurselvesLists(self.store).counts(), "checklists": len(self.library.checklists)}

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
        from radar_tui.store.ourselves_lists import OurselvesLists

        lists = OurselvesLists(self.store)
        table = self.table
        if table is None:
            return
        if name == "promises":
            self.run_worker(self._read_promises, thread=True, exclusive=True, group="promises")
        elif name == "colleagues":
            table.load(lists.counts()[name], lambda offset, limit: self._colleagues(offset, limit))
        elif name == "parts":
            self._fill_parts(table)
        else:
            self._fill_checklists(table)
        self._show_detail()

    def _read_promises(self) -> None:
        from radar_tui.store.ourselves_lists import OurselvesLists

        try:
            with self.store.again() as store:
                found = OurselvesLists(store).promises()
        except RadarError as error:
            self.app.call_from_thread(self.radar.say, error)
        else:
            self.app.call_from_thread(self._show_promises, found)

    def _show_promises(self, found: list[PromiseRow]) -> None:
        if not self.is_attached:
            return
        self._found.update({row.id: row for row in found})
        cells = [Row(row.id, rows.promise_cells(row, self.today, self.radar.glyphs)) for row in found]
        self.query_one("#tab-promises", RowTable).show_rows(cells)
        self._show_detail()
        self.refresh_bindings()

    def _colleagues(self, offset: int, limit: int) -> Sequence[Row]:
        from radar_tui.store.ourselves_lists import OurselvesLists

        found = OurselvesLists(self.store).colleagues(offset, limit)
        self._found.update({row.id: row for row in found})
        return [Row(row.id, rows.colleague_cells(row, self.today, self.radar.glyphs)) for row in found]

    def _fill_parts(self, table: RowTable) -> None:
        from radar_tui.store.ourselves_lists import OurselvesLists

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
        chosen, today = self.chosen, self.today
        sheet = self.query_one("#detail", Sheet)
        sheet.set_class(self.here == "checklists", "-tall")
        if self.here == "checklists":
            library = self.library
            sheet.show(lambda width: rows.checklist_lines(library, chosen, width))
            return
        row = self._found.get(chosen or "")
        sheet.show(lambda width: rows.detail(row, width, today))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":
            return self.here == "parts"
        if action == "all":
            return self.here == "parts" and bool(self._words)
        if action == "new":
            return self.here != "checklists"
        if action == "edit":
            return self.here != "checklists" and self.chosen is not None
        return True

    def action_visit(self) -> None:
        from radar_tui.ui.visiting import start_visit

        start_visit(self.radar, None)

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def action_all(self) -> None:
        self.query_one(FilterLine).action_clear()

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self._words = event.words
        if (table := self.table) is not None:
            table.start_over()
            self._fill_parts(table)
            self._show_detail()
            self.refresh_bindings()

    def on_row_table_chosen(self) -> None:
        if self.here != "checklists":
            self.action_edit()
        elif key := self.chosen:
            from radar_tui.ui.screens.checklist import ChecklistScreen

            self.app.push_screen(ChecklistScreen(self.library.get(key)))

    def action_new(self) -> None:
        self._open(self._form(None))

    def action_edit(self) -> None:
        if id := self.chosen:
            self._open(self._form(id))

    def _form(self, id: str | None) -> FormScreen:
        from radar_tui.ui import forms

        app, store = self.radar, self.store
        if self.here == "promises":
            return forms.promise_form(app, store.promise.get(id) if id else None)
        if self.here == "colleagues":
            return forms.colleague_form(app, store.colleague.get(id) if id else None)
        return forms.part_form(app, store.part.get(id) if id else None)

    def _open(self, form: FormScreen) -> None:
        from radar_tui.ui.forms import after_saving

        self.app.push_screen(form, after_saving(self.radar))

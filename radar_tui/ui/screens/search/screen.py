"""Search over everything that was typed; a worker looks, so that typing never waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import get_current_worker

from radar_tui.domain.text import plural
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.search import rows
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.store.lists.search import SearchHit
    from radar_tui.store.store import Store


class SearchScreen(Page):
    """What is typed on top, what holds it below; enter goes there."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", "open", priority=True, id="search.open", tooltip="Go to what the cursor is on"
        ),
        Binding("up", "move(-1)", "up", show=False, id="search.up", tooltip="One row up"),
        Binding("down", "move(1)", "down", show=False, id="search.down", tooltip="One row down"),
        Binding("escape", "back", "back", id="search.back", tooltip="Empty the line, then back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._found: dict[str, SearchHit] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Input(placeholder="words of a name, a note, a ticket, what was said")
        yield RowTable(rows.COLUMNS, empty=rows.EMPTY)
        yield Sheet(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).can_focus = False
        self.query_one(Input).focus()

    # Looking

    def reload(self) -> None:
        self.query_one("#title", Line).show([("Search", "strong")])
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value
        self.query_one(RowTable).start_over()
        self._look()

    def _look(self) -> None:
        self.in_background("search", self._find, self._show)

    def _find(self, store: Store) -> list[SearchHit]:
        with store.for_an_index() as place:
            return self._find_in(place)

    def _find_in(self, store: Store) -> list[SearchHit]:
        from radar_tui.store.lists.search import Search

        worker, words, search = get_current_worker(), self._words, Search(store)

        def stop() -> bool:
            return worker.is_cancelled

        if not search.ready:
            self.app.call_from_thread(self._say, "Reading everything once …")
            # Who types on makes the next worker go on with it.
            search.make(lambda: stop() or not self.is_attached)
        if not stop():
            search.refresh(stop)
        return search.find(words) if not stop() else []

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#title", Line).show([("Search", "strong")], [(words, "muted")])

    def _show(self, found: list[SearchHit]) -> None:
        from radar_tui.store.lists.search import MOST

        words, glyphs, today, table = self._words, self.host.glyphs, self.today, self.query_one(RowTable)
        self._found = {f"{each.table} {each.key}": each for each in found}
        table.empty = rows.NOTHING if words.strip() else rows.EMPTY
        table.show_rows(
            [ListRow(key, rows.cells(each, words, today, glyphs)) for key, each in self._found.items()]
        )
        more = f"the best {MOST}" if len(found) == MOST else plural(len(found), "place")
        self._say(more if found else "")
        self._show_detail()
        self.refresh_bindings()

    @property
    def current(self) -> SearchHit | None:
        """What the cursor is on."""
        row = self.query_one(RowTable).current if self.is_mounted and self.query(RowTable) else None
        return self._found.get(row.key) if row else None

    def on_row_table_moved(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        found, words, today = self.current, self._words, self.today
        self.query_one("#detail", Sheet).show(
            lambda width: rows.detail(found, words, width, today) if found else []
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.current is not None if action == "open" else True

    def action_move(self, by: int) -> None:
        self.query_one(RowTable).action_move(by)

    def action_back(self) -> None:
        if self._words:
            self.query_one(Input).value = ""
        else:
            super().action_back()

    def on_row_table_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        from radar_tui.ui.screens.search.places import place_of

        if found := self.current:
            with self.host.saying():
                self.host.open(place_of(self.store, found))

"""2 Follow-ups: the duties that answers created, by due time; those closed; and the stories that were learned."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.ui.base.place import BriefOf, FollowUpAt, VisitTo
from radar_tui.ui.frame.tabbed import TabbedPage, tab_keys
from radar_tui.ui.frame.words.follow_ups import SHORT, due_time_words, follow_up_band
from radar_tui.ui.screens.follow_ups import rows
from radar_tui.ui.widgets.cells import Row
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.store.lists.follow_up import FollowUpRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.cells import Part

__all__ = ["SHORT", "FollowUpsScreen", "due_time_words", "follow_up_band"]


class FollowUpsScreen(TabbedPage):
    """Three lists; enter opens one follow-up."""

    CSS_PATH = "screen.tcss"
    TABS = rows.TABS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "visit", "visit", id="follow_ups.visit", tooltip="Start or resume a visit there"),
        Binding("b", "brief", "brief", id="follow_ups.brief", tooltip="The card to read in the car park"),
        Binding("slash", "filter", "filter", id="follow_ups.filter",
                tooltip="Only those with these letters: names, what was said and what came of it"),
        Binding("escape", "all", "all again", id="follow_ups.all", tooltip="Empty the filter"),
        Binding("i", "about", "about", id="follow_ups.about", tooltip="Where each figure comes from"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="follow_ups.tab", tooltip="The next tab"),
        *tab_keys("follow_ups", rows.TABS),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, FollowUpRow] = {}
        self._words: dict[str, str] = {}
        self._ids: dict[str, list[str]] = {}
        self._open = self._late = 0

    def compose(self) -> ComposeResult:
        yield HeaderLine("follow_ups")
        yield from self.compose_tabs(Line(id="summary"))
        yield Sheet(id="detail")
        yield KeyBar()

    def body(self, name: str) -> Widget:
        table = RowTable(rows.COLUMNS[name], empty=rows.EMPTY["queue"] if name == "queue" else "")
        return Vertical(FilterLine(table, "letters of a name, of what was said or what came of it"), table)

    # Reading

    def reload(self) -> None:
        self._found.clear()
        super().reload()

    def counts(self) -> dict[str, int]:
        from radar_tui.domain.row import iso
        from radar_tui.store.lists.follow_up import FollowUpLists

        self._open, self._late = FollowUpLists(self.store).counts(iso(self.store.clock()))
        self._show_summary()
        return {"queue": self._open}

    def _show_summary(self) -> None:
        from radar_tui.store.lists.follow_up import MOST_CLOSED

        left: list[Part] = [
            (f"{self._open:,}", "strong"),
            (" follow-up open   " if self._open == 1 else " follow-ups open   ", "muted"),
            (f"{self._late:,}", "late" if self._late else "muted"),
            (" late", "muted"),
        ]
        full = self.here != "queue" and len(self._ids.get(self.here, ())) >= MOST_CLOSED
        more = f"the newest {MOST_CLOSED}; / looks at all" if full else ""
        self.query_one("#summary", Line).show(left, (more, "muted"))

    def fill(self, name: str) -> None:
        """The queue is read at once; whatever reads all of them is read beside the screen."""
        if name == "queue" and not self._words.get(name):
            self._ids.pop(name, None)
            self._show(name, self._open, None)
        else:
            words = self._words.get(name, "")
            self.beside("follow-ups", partial(self._read, name, words), partial(self._show_read, name, words))
        self._show_detail()

    def _read(self, name: str, words: str, store: Store) -> list[str]:
        from textual.worker import get_current_worker

        from radar_tui.store.lists.follow_up import FollowUpLists

        worker, lists = get_current_worker(), FollowUpLists(store)

        def stop() -> bool:
            return worker.is_cancelled

        if name == "queue":
            return lists.open_with(words, stop)
        return lists.closed(words, "learn" if name == "stories" else "", stop)

    def _show_read(self, name: str, words: str, found: list[str]) -> None:
        self._ids[name] = found
        self._table_of(name).empty = rows.NO_MATCH if words else rows.EMPTY[name]
        self._show(name, len(found), found)
        self._show_summary()
        self._show_detail()
        self.refresh_bindings()

    def _table_of(self, name: str) -> RowTable:
        return self.query_one(f"#tab-{name}").query_one(RowTable)

    def _show(self, name: str, count: int, ids: list[str] | None) -> None:
        from radar_tui.store.lists.follow_up import FollowUpLists

        lists, now, glyphs = FollowUpLists(self.store), self.store.clock(), self.radar.glyphs

        def page(offset: int, limit: int) -> Sequence[Row]:
            found = lists.page(offset, limit, ids)
            self._found.update({row.id: row for row in found})
            return [Row(row.id, rows.cells(name, row, now, glyphs)) for row in found]

        self._table_of(name).load(count, page)

    @property
    def current(self) -> FollowUpRow | None:
        """The follow-up under the cursor."""
        return self._found.get(self.chosen or "")

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        if event.table is self.table:
            self._show_detail()

    def _show_detail(self) -> None:
        row, today, here = self.current, self.today, self.here
        self.query_one("#detail", Sheet).show(
            lambda width: rows.detail(here, row, width, today) if row else []
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("visit", "brief"):
            return bool(self.is_mounted and self.query(RowTable) and self.table and self.table.count)
        if action == "all":
            return bool(self._words.get(self.here))
        return True

    def action_filter(self) -> None:
        self.query_one(f"#tab-{self.here}").query_one(FilterLine).open()

    def action_all(self) -> None:
        self.query_one(f"#tab-{self.here}").query_one(FilterLine).action_clear()

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self._words[self.here] = event.words
        if (table := self.table) is not None:
            table.start_over()
        if self.here == "queue" and not event.words:
            self._table_of("queue").empty = rows.EMPTY["queue"]
        self.fill(self.here)
        self.refresh_bindings()

    def on_row_table_chosen(self) -> None:
        if row := self.current:
            self.radar.open(FollowUpAt(row.id))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.follow_ups.about import about

        self.app.push_screen(AboutScreen(about(self.radar.settings)))

    def action_visit(self) -> None:
        if row := self.current:
            self.radar.open(VisitTo(row.customer_id))

    def action_brief(self) -> None:
        if row := self.current:
            self.radar.open(BriefOf(row.customer_id))

"""The log as this laptop has read it: who sent what and when, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.sync.rows import moment, who
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from radar_tui.store.store import Store
    from radar_tui.sync.log import ToldEntry

READ = 100
"""Entries read at first, and as many more each time."""
COLUMNS = [
    ListColumn("Entry", 6, right=True),
    ListColumn("Who", 14),
    ListColumn("When", 14),
    ListColumn("What", 30, grow=True),
]


class LogScreen(Page):
    """A worker reads the entries; enter opens one."""

    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "older", "older", id="log.older", tooltip="Read older entries too"),
        Binding("escape", "back", "back", id="log.back", tooltip="Back to Sync"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._most = READ
        self._found: Sequence[ToldEntry] = ()
        self._rest = ""

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(COLUMNS, empty="Nothing was sent to the hub or taken from it yet.")
        yield Sheet(id="words")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.query_one("#words", Sheet).can_focus = False
        self.table.focus()

    def reload(self) -> None:
        self.in_background("log", self._read, self._show)

    def _read(self, store: Store) -> tuple[Sequence[ToldEntry], str]:
        from radar_tui.sync.log import LocalLog

        log = LocalLog(store, self._most)
        told = list(log)
        if not log.ended:
            return told, "older entries: o" if log.oldest > 1 else ""
        return told, f"{plural(log.only_on_hub, 'older entry', 'older entries')} only on the hub" * bool(
            log.only_on_hub
        )

    def _show(self, read: tuple[Sequence[ToldEntry], str]) -> None:
        self._found, self._rest = read
        now = self.store.clock()
        self.query_one("#title", Line).show([("The log", "strong")], (self._rest, "muted"))
        self.table.show_rows(
            [
                ListRow(
                    str(told.entry.seq),
                    [f"{told.entry.seq:,}", who(told.entry), moment(told.entry, now), "; ".join(told.lines)],
                )
                for told in self._found
            ]
        )
        self.on_row_table_moved()
        self.refresh_bindings()

    def on_row_table_moved(self) -> None:
        place = self.table.cursor
        words = "; ".join(self._found[place].lines) if place < len(self._found) else ""
        self.query_one("#words", Sheet).show(
            lambda width: [[(line, "")] for line in wrapped(words, width, 3)]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._rest.endswith(": o") if action == "older" else True

    def action_older(self) -> None:
        self._most += READ
        self.reload()

    def on_row_table_chosen(self, chosen: RowTable.Chosen) -> None:
        from radar_tui.ui.screens.sync.entry import EntryScreen

        self.app.push_screen(EntryScreen(int(chosen.key)))

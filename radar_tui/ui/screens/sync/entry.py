"""One entry of the log: every change of it in words, and undoing it for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.store.schema.touched import EVERYTHING_ELSE
from radar_tui.ui.base.place import CustomerAt
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.sync.rows import moment, who
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.sync.audit import LogEntry
    from radar_tui.sync.log import Customer
    from radar_tui.sync.undo import Undone

COLUMNS = [ListColumn("Customer", 20, grow=True), ListColumn("What changed", 40, grow=True)]


class EntryScreen(Page):
    """The changes are put into words page by page, as far as somebody scrolls."""

    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u",
            "undo_entry",
            "undo for all",
            id="entry.undo",
            tooltip="See what undoing it does, then decide",
        ),
        Binding("escape", "back", "back", id="entry.back", tooltip="Back to the log"),
    ]

    def __init__(self, seq: int) -> None:
        super().__init__()
        self.seq = seq
        self._entry: LogEntry | None = None
        self._taken = False
        self._customers: Mapping[RowKey, Customer] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(COLUMNS)
        yield Sheet(id="words")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.query_one("#words", Sheet).can_focus = False
        self.query_one("#title", Line).show([(f"Entry {self.seq:,}", "strong")])
        self.table.focus()

    def reload(self) -> None:
        self.in_background("entry", self._read, self._show)

    def _read(self, store: Store) -> tuple[LogEntry, Mapping[RowKey, Customer], bool]:
        from radar_tui.sync import audit
        from radar_tui.sync.live import Live
        from radar_tui.sync.log import LocalLog

        entry = audit.entry(store, self.seq)
        return entry, LocalLog(store, 1).customers(entry), self.seq <= Live(store).head()[0]

    def _show(self, found: tuple[LogEntry, Mapping[RowKey, Customer], bool]) -> None:
        self._entry, self._customers, self._taken = found
        entry = self._entry
        title = [
            (f"Entry {self.seq:,}", "strong"),
            (f" · {who(entry)} · {moment(entry, self.store.clock())}", ""),
        ]
        self.query_one("#title", Line).show(title, (plural(len(entry.changes), "change"), "muted"))
        self.table.load(len(entry.changes), self._rows)
        self.on_row_table_moved()
        self.refresh_bindings()

    def _rows(self, offset: int, limit: int) -> Sequence[ListRow]:
        from radar_tui.sync.log import LocalLog

        assert self._entry is not None
        told = LocalLog(self.store, 1).whole(self._entry, self._customers, offset, offset + limit)
        return [
            ListRow(id or "", [(name or EVERYTHING_ELSE, "" if name else "muted"), line])
            for (id, name), line in zip(told.customers, told.lines, strict=True)
        ]

    def on_row_table_moved(self) -> None:
        row = self.table.row_at(self.table.cursor)
        words = str(row.cells[1]) if row is not None else ""
        self.query_one("#words", Sheet).show(
            lambda width: [[(line, "")] for line in wrapped(words, width, 3)]
        )

    def on_row_table_chosen(self, chosen: RowTable.Chosen) -> None:
        if chosen.key and self.store.row("SELECT 1 FROM customer WHERE id = ?", [chosen.key]):
            self.host.open(CustomerAt(chosen.key))

    # Undoing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._taken if action == "undo_entry" else True

    def action_undo_entry(self) -> None:
        """Find out what it would do, and ask."""
        self.in_background("undo", lambda store: self._undo(store, write=False), self._ask)

    def _undo(self, store: Store, *, write: bool) -> Undone:
        from radar_tui.sync.undo import undo

        return undo(store, [self.seq], write=write)

    def _ask(self, plan: Undone) -> None:
        from radar_tui.ui.screens.sync.ask import AskScreen, about_undo

        def answered(_: str) -> None:
            self.in_background("undo", lambda store: self._undo(store, write=True), self._undone)

        self.app.push_screen(AskScreen(about_undo(self.seq, plan), answered))

    def _undone(self, _: Undone) -> None:
        self.host.tell(f"Entry {self.seq:,} is undone here; the next sync sends that to the others.")
        self.host.show_unsynced()

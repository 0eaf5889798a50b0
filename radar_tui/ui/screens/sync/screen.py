"""5 Sync: the team's hub, what it has not seen, and the conflicts to look at; without a hub, what one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.ui.base.host import MOST_UNSYNCED
from radar_tui.ui.base.place import CustomerAt, Room
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.screens.sync.rows import (
    COLUMNS,
    EMPTY,
    HubStanding,
    SyncLists,
    hub_lines,
    listed,
    no_hub_lines,
    state_lines,
    words_of,
)
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from radar_tui.store.store import Store
    from radar_tui.ui.frame.syncing import Job, Syncing, SyncingApp
    from radar_tui.ui.screens.sync.conflict import UndoableDecision
    from radar_tui.ui.widgets.sheet import SheetLine

PLACE_HINT = "/mnt/team/radar, s3://bucket/team"


class SyncScreen(Undoing):
    """The list holds the conflicts, then what is unsynced by customer; a worker reads both."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sync", "sync now", id="sync.now", tooltip="Send your changes, take the others'"),
        Binding("escape", "cancel", "stop", id="sync.stop", tooltip="Stop the sync; the next one goes on"),
        Binding("x", "cancel", "stop", id="sync.stop_too", tooltip="Stop the sync; the next one goes on"),
        Binding(
            "c", "create", "create a hub", id="sync.create", tooltip="Found the hub, as the first of the team"
        ),
        Binding("j", "join", "join a hub", id="sync.join", tooltip="Join the hub that the team has"),
        Binding(
            "j",
            "rejoin",
            "join again",
            id="sync.rejoin",
            tooltip="Where the hub has moved, or Radar asks for it; nothing is lost",
        ),
        Binding("l", "log", "log", id="sync.log", tooltip="Who sent what and when; undo an entry"),
        Binding(
            "p", "put_back", "put back", id="sync.put_back", tooltip="Put entries back that the hub lost"
        ),
        Binding("a", "answer", "answer", id="sync.answer", tooltip="See what the sync asks, and answer"),
        Binding(
            "b", "back_up", "back up now", id="sync.backup", tooltip="Write a checked copy beside the file"
        ),
        Binding(
            "f", "file", "import a file", id="sync.file", tooltip="Import a file: tickets, customers and more"
        ),
        Binding("e", "export", "export", id="sync.export", tooltip="Export all tables, as xlsx or csv"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._has_hub = False
        self._found = SyncLists()

    def compose(self) -> ComposeResult:
        yield HeaderLine("sync")
        yield Sheet(id="top")
        yield Sheet(id="state")
        yield RowTable(COLUMNS)
        yield Sheet(id="words")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    @property
    def _top(self) -> Sheet:
        return self.query_one("#top", Sheet)

    @property
    def syncing(self) -> Syncing:
        """The app's: it goes on when this screen is left."""
        return cast("SyncingApp", self.app).syncing

    def on_mount(self) -> None:
        self.syncing.changed.subscribe(self, lambda _: self._moved_on())

    def _moved_on(self) -> None:
        self._show_state()
        # Whoever works elsewhere, perhaps before a customer, is not asked now.
        if self.syncing.asks is not None and self.is_current:
            self.action_answer()

    # Reading

    def reload(self) -> None:
        self._has_hub = bool(self.store.local.get("hub_id"))
        self.set_class(self._has_hub, "-hub")
        self._show_top()
        self._show_state()
        wanted = self.table if self._has_hub else self._top
        if self.focused is not wanted:
            wanted.focus()
        if self._has_hub:
            self.in_background("sync", _read, self._show)

    def _show_top(self) -> None:
        from radar_tui.store.file.backup import good_backups, made_at

        path, now = self.store.path, self.store.clock()
        made = [made_at(file) for file in good_backups(path, checked=False)]
        if self._has_hub:
            local, count = self.store.local, self.store.touched.count(MOST_UNSYNCED)
            hub = HubStanding.of(local.get("hub_address"), local.get("synced_at"), count)
            self._fit(self._top, lambda width: hub_lines(width, hub, made, now))
        else:
            size = path.stat().st_size if path.exists() else 0
            self._top.show(lambda width: no_hub_lines(width, path.resolve(), size, made, now))

    def _fit(self, sheet: Sheet, make: Callable[[int], list[SheetLine]]) -> None:
        """Show lines in a sheet that is as high as they are."""
        sheet.styles.height = len(make(max(1, self.size.width - 2)))
        sheet.show(make)

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show_top()
            self._show_state()

    def _show(self, found: SyncLists) -> None:
        self._found = found
        self.host.show_conflicts(sum(len(row.conflicts) for row in found.conflicts if row.concerns(found.me)))
        self.table.empty = EMPTY
        self.table.show_rows(listed(found, self.store.clock(), self.host.glyphs))
        self._show_words()
        self.refresh_bindings()

    def _show_state(self) -> None:
        state, syncing = self.query_one("#state", Sheet), self.syncing
        glyphs, has_hub = self.host.glyphs, self._has_hub
        self._fit(state, lambda width: state_lines(width, syncing, glyphs, has_hub=has_hub))
        self.refresh_bindings()

    def on_row_table_moved(self) -> None:
        self._show_words()

    def _show_words(self) -> None:
        found, place = self._found, self.table.cursor
        self.query_one("#words", Sheet).show(lambda width: words_of(found, place, width))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        running = bool(self.syncing.running)
        if action == "cancel":
            return running and not self.syncing.stopping
        if action == "answer":
            return self.syncing.asks is not None
        if action == "log":
            return self._has_hub
        if action == "put_back":
            return bool(getattr(self.syncing.error, "copies", ())) and not running
        if action in ("sync", "rejoin"):
            return self._has_hub and not running
        if action in ("create", "join"):
            return not (self._has_hub or running)
        return True

    def action_sync(self) -> None:
        self.syncing.start("sync")

    def action_log(self) -> None:
        from radar_tui.ui.screens.sync.log import LogScreen

        self.app.push_screen(LogScreen())

    def action_answer(self) -> None:
        if self.syncing.asks is not None:
            from radar_tui.ui.screens.sync.ask import AskScreen, about_sync

            self.app.push_screen(AskScreen(about_sync(self.syncing.asks), self._answered))

    def _answered(self, answer: str) -> None:
        from radar_tui.sync.asking import SyncAnswers

        given = {
            "take": SyncAnswers(take=True),
            "team": SyncAnswers(unnoted="team"),
            "mine": SyncAnswers(unnoted="mine"),
        }
        self.syncing.start("sync", answers=given[answer])

    def action_put_back(self) -> None:
        self.in_background("put back", _put_back, self._are_back)

    def _are_back(self, numbers: Sequence[int]) -> None:
        self.host.tell(f"{plural(len(numbers), 'entry is', 'entries are')} on the hub again.")
        self.syncing.start("sync")

    def action_cancel(self) -> None:
        self.syncing.cancel()

    def action_create(self) -> None:
        self._ask("create", "Create a hub. Where shall the team's databases meet?")

    def action_join(self) -> None:
        self._ask("join", "Join a hub. Where do the team's databases meet?")

    def action_rejoin(self) -> None:
        title = "Join again, where the hub has moved or Radar asks for it. Where is it?"
        self._ask("join", title, self.store.local.get("hub_address"))

    def _ask(self, job: Job, title: str, known: str = "") -> None:
        from radar_tui.ui.frame.form import FormField, FormScreen

        if self.syncing.error is not None and self.syncing.job == job:
            known = self.syncing.address or known  # a slip of one letter is not typed anew

        def chosen(address: str | None) -> None:
            if address is not None:
                self.syncing.start(job, address)

        place = FormField("address", "Folder or bucket", value=known, hint=PLACE_HINT, required=True)
        form = FormScreen(title, [place], lambda values: str(values["address"]).strip())
        self.app.push_screen(form, chosen)

    def on_row_table_chosen(self, chosen: RowTable.Chosen) -> None:
        if chosen.index < len(self._found.conflicts):
            from radar_tui.ui.screens.sync.conflict import ConflictScreen

            row, me = self._found.conflicts[chosen.index], self._found.me
            self.app.push_screen(ConflictScreen(row, me, self._decided))
        elif chosen.key:
            self.host.open(CustomerAt(chosen.key))

    def _decided(self, decision: UndoableDecision) -> None:
        """The decision that closed the conflict can still be taken back here."""
        self.remember(lambda: decision.take_back(self.host), self.taken())

    def action_file(self) -> None:
        self.host.open(Room.IMPORT)

    def action_export(self) -> None:
        self.host.open(Room.EXPORT_TABLES)

    def action_back_up(self) -> None:
        made = self.store.backup.make()
        self.host.tell(f"Backup written and checked: {made.name}")
        self.reload()


def _put_back(store: Store) -> Sequence[int]:
    from radar_tui.sync.voiding import put_back

    return put_back(store)


def _read(store: Store) -> SyncLists:
    from radar_tui.store.lists.conflict import decided, open_rows
    from radar_tui.sync.sync_folder import me

    mine, rows = me(store), open_rows(store)
    rows.sort(key=lambda row: not row.concerns(mine))
    news = [one for one in decided(store) if one.is_news(mine)]
    return SyncLists(rows, news, store.touched.words(), mine)

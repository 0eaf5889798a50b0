"""The lists of the Follow-ups screen: what is to do, what was closed, and the stories, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from radar_tui.domain.follow_up import to_do
from radar_tui.ui.base.place import FollowUpAt
from radar_tui.ui.frame.list_tab import ListTab
from radar_tui.ui.frame.tabs import TabsPage
from radar_tui.ui.frame.words.follow_ups import SHORT, due_time_words, follow_up_band
from radar_tui.ui.screens.follow_ups import rows
from radar_tui.ui.widgets.cells import ListColumn
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from radar_tui.store.lists.follow_up import FollowUpLists, FollowUpRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.cells import ListCell
    from radar_tui.ui.widgets.sheet import SheetLine


class FollowUpsPage(TabsPage):
    """The page as its tabs know it: how many follow-ups are open, and how many of these late."""

    open = late = 0

    def show_summary(self) -> None:
        """Paint the line of how many there are."""
        raise NotImplementedError


class FollowUpList(ListTab[FollowUpsPage, "FollowUpRow"]):
    """What reads all of them is read beside the screen; `ids` are those that are shown, None for all that are open."""

    no_match = "Nothing with these letters. Press esc for all."
    filtered = "letters of a name, of what was said or what came of it"
    closed: ClassVar[bool] = True
    ids: list[str] | None = None

    @property
    def lists(self) -> FollowUpLists:
        from radar_tui.store.lists.follow_up import FollowUpLists

        return FollowUpLists(self.store)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        all_again = {"all": self.clear_filter} if self.words else {}
        return {"filter": self.open_filter, **all_again}

    def find(self, lists: FollowUpLists, words: str, stop: Callable[[], bool]) -> list[str]:
        """The ids of those that hold all words."""
        raise NotImplementedError

    def fill(self) -> None:
        words = self.words
        self.page.in_background(
            "follow-ups", lambda store: self._read(store, words), lambda found: self._show(found, words)
        )

    def _read(self, store: Store, words: str) -> list[str]:
        from textual.worker import get_current_worker

        from radar_tui.store.lists.follow_up import FollowUpLists

        worker = get_current_worker()
        return self.find(FollowUpLists(store), words, lambda: worker.is_cancelled)

    def _show(self, found: list[str], words: str) -> None:
        self.ids = found
        self.table.empty = self.no_match if words else self.empty
        self.load(len(found), self.fetch)
        self.page.show_summary()
        self.page.show_detail()
        self.page.refresh_bindings()

    def fetch(self, offset: int, limit: int) -> Sequence[FollowUpRow]:
        return self.lists.page(offset, limit, self.ids)

    def detail(self, row: FollowUpRow, width: int) -> list[SheetLine]:
        return rows.detail(row, width, self.today, closed=self.closed)

    def opened(self, key: str) -> None:
        self.page.host.open(FollowUpAt(key))


class Queue(FollowUpList):
    """What is to do, by due time; read at once."""

    tab = Tab("queue", "To do", "t")
    columns = [
        ListColumn("", 2, right=True),
        ListColumn("Due", 14, right=True),
        ListColumn("Customer", 10, grow=True),
        ListColumn("Contact", 11, grow=True),
        ListColumn("Score", 7),
        ListColumn("To do", 23),
        ListColumn("Owner", 16, priority=2),
        ListColumn("Reason", 20, grow=True, priority=3),
    ]
    empty = """Nothing to follow up. Each answer to the two questions lands here,
with what to do and by when.
Press 1 for the Radar and v there for a visit: its NPS step asks."""
    closed = False

    def count(self) -> int:
        return self.page.open

    def fill(self) -> None:
        if self.words:
            super().fill()
            return
        self.ids, self.table.empty = None, self.empty
        self.load(self.page.open, self.fetch)

    def find(self, lists: FollowUpLists, words: str, stop: Callable[[], bool]) -> list[str]:
        return lists.open_with(words, stop)

    def cells(self, row: FollowUpRow) -> list[ListCell]:
        now = self.store.clock()
        mark, style = follow_up_band(row.due_at, now, self.glyphs)
        return [
            (mark, style),
            (due_time_words(row.due_at, now), style),
            row.customer,
            (row.contact, ""),
            [(f"{row.score:>2} ", ""), (SHORT[row.question], "muted")],
            to_do(row.play, row.status),
            (row.owner or self.glyphs.none, "muted"),
            (row.verbatim, "muted"),
        ]


class Closed(FollowUpList):
    """What came of each."""

    tab = Tab("closed", "Closed", "c")
    columns = [
        ListColumn("Closed", 6, right=True),
        ListColumn("Customer", 16, grow=True),
        ListColumn("Contact", 18, priority=2),
        ListColumn("Score", 7),
        ListColumn("Play", 7),
        ListColumn("What came of it", 28, grow=True),
        ListColumn("Owner", 16, priority=3),
    ]
    empty = """Nothing is closed yet. What came of each call stands here.
Press t for what is to do, enter there to go on with one."""

    def find(self, lists: FollowUpLists, words: str, stop: Callable[[], bool]) -> list[str]:
        return lists.closed(words, "", stop)

    def cells(self, row: FollowUpRow) -> list[ListCell]:
        return [
            (rows.closed_day(row, self.store.clock()), "muted"),
            row.customer,
            (row.contact, "muted"),
            [(f"{row.score:>2} ", ""), (SHORT[row.question], "muted")],
            row.play,
            rows.outcome_now(row),
            (row.owner or self.glyphs.none, "muted"),
        ]


class Stories(FollowUpList):
    """What we did right, kept for the team."""

    tab = Tab("stories", "Stories", "s")
    columns = [
        ListColumn("Day", 6, right=True),
        ListColumn("Customer", 16, grow=True),
        ListColumn("Contact", 16, priority=2),
        ListColumn("What we did right", 40, grow=True),
        ListColumn("What we do with it", 24, grow=True, priority=1),
    ]
    empty = """No stories yet. What a customer with a 9 or 10 says we did right
is kept here for the team. Press t, and enter on one that says learn:
c once you called, d to write the story down."""

    def find(self, lists: FollowUpLists, words: str, stop: Callable[[], bool]) -> list[str]:
        return lists.closed(words, "learn", stop)

    def cells(self, row: FollowUpRow) -> list[ListCell]:
        outcome = rows.outcome_now(row)
        return [
            (rows.closed_day(row, self.store.clock()), "muted"),
            row.customer,
            (row.contact, "muted"),
            row.cause or outcome,
            (outcome, "muted"),
        ]

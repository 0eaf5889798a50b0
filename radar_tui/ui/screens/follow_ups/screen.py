"""2 Follow-ups: the duties that answers created, by due time; those closed; and the stories that were learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.base.place import BriefOf, VisitTo
from radar_tui.ui.screens.follow_ups.lists import Closed, FollowUpList, FollowUpsPage, Queue, Stories
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import tab_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.store.lists.follow_up import FollowUpRow
    from radar_tui.ui.widgets.cells import Part

PARTS = (Queue, Closed, Stories)
TABS = tuple(part.tab for part in PARTS)


class FollowUpsScreen(FollowUpsPage):
    """Three lists; enter opens one follow-up."""

    CSS_PATH = "screen.tcss"
    PARTS = PARTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "visit", "visit", id="follow_ups.visit", tooltip="Start or resume a visit there"),
        Binding("b", "brief", "brief", id="follow_ups.brief", tooltip="The card to read in the car park"),
        Binding("slash", "act('filter')", "filter", id="follow_ups.filter",
                tooltip="Only those with these letters: names, what was said and what came of it"),
        Binding("escape", "act('all')", "all again", id="follow_ups.all", tooltip="Empty the filter"),
        Binding("i", "about", "about", id="follow_ups.about", tooltip="Where each figure comes from"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="follow_ups.tab", tooltip="The next tab"),
        *tab_keys("follow_ups", TABS),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield HeaderLine("follow_ups")
        yield from self.compose_tabs(Line(id="summary"))
        yield Sheet(id="detail")
        yield KeyBar()

    # Reading

    def counts(self) -> dict[str, int]:
        from radar_tui.domain.days import iso
        from radar_tui.store.lists.follow_up import FollowUpLists

        self.open, self.late = FollowUpLists(self.store).counts(iso(self.store.clock()))
        self.show_summary()
        return super().counts()

    def show_summary(self) -> None:
        from radar_tui.store.lists.follow_up import MOST_CLOSED

        left: list[Part] = [
            (f"{self.open:,}", "strong"),
            (" follow-up open   " if self.open == 1 else " follow-ups open   ", "muted"),
            (f"{self.late:,}", "late" if self.late else "muted"),
            (" late", "muted"),
        ]
        part = self.list_shown
        full = part.closed and len(part.ids or ()) >= MOST_CLOSED
        more = f"the newest {MOST_CLOSED}; / looks at all" if full else ""
        self.query_one("#summary", Line).show(left, (more, "muted"))

    @property
    def list_shown(self) -> FollowUpList:
        assert isinstance(self.part, FollowUpList)
        return self.part

    @property
    def current(self) -> FollowUpRow | None:
        """The follow-up under the cursor."""
        return self.list_shown.row

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("visit", "brief"):
            return bool(self.is_mounted and self.query(RowTable) and self.table and self.table.count)
        return super().check_action(action, parameters)

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.follow_ups.about import about

        self.app.push_screen(AboutScreen(about(self.host.settings)))

    def action_visit(self) -> None:
        if row := self.current:
            self.host.open(VisitTo(row.customer_id))

    def action_brief(self) -> None:
        if row := self.current:
            self.host.open(BriefOf(row.customer_id))

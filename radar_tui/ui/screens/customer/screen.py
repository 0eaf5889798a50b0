"""One customer: why to go there, the people, the items with their verdicts, visits, business, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from radar_tui.domain.cadence import band
from radar_tui.domain.days import day_words
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.ui.base.place import BriefOf, ReportOf, VisitTo
from radar_tui.ui.frame.reporting import REPORT_KEY
from radar_tui.ui.frame.words.common import dotted, due_words
from radar_tui.ui.screens.customer.business import ActionsTab, OpportunitiesTab
from radar_tui.ui.screens.customer.glance import OverviewTab
from radar_tui.ui.screens.customer.lists import ItemsTab, PeopleTab, StreamsTab, VisitsTab
from radar_tui.ui.screens.customer.page import CustomerPage
from radar_tui.ui.screens.customer.service import ServiceTab
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import GAP, Line
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import tab_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.store.lists.customer import Head
    from radar_tui.ui.widgets.cells import Part

PARTS = (OverviewTab, PeopleTab, ItemsTab, StreamsTab, VisitsTab, OpportunitiesTab, ActionsTab, ServiceTab)
TABS = tuple(part.tab for part in PARTS)


class CustomerScreen(CustomerPage):
    """The customer with this id; everything typed here is saved when its form closes."""

    CSS_PATH = "screen.tcss"
    PARTS = PARTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "act('pair')", "counterpart", id="customer.pair", tooltip="Who of ours this contact should know"),
        Binding("w", "act('map')", "who knows whom", id="customer.map",
                tooltip="Their functions and ours; empty pairs first"),
        Binding("s", "act('stage')", "stage on", id="customer.stage", tooltip="Idea to quoted, quoted to won"),
        Binding("space", "act('done')", "done", id="customer.done", tooltip="The action is done, or open again"),
        Binding("slash", "act('filter')", "filter", id="customer.filter", tooltip="Only items with these letters"),
        Binding("n", "act('new')", "new", id="customer.new", tooltip="Add to this list"),
        Binding("e", "act('edit')", "edit", id="customer.edit", tooltip="Change what the cursor is on"),
        Binding("x", "act('export')", "export", id="customer.export",
                tooltip="These contacts as a file for a phone (vcf)"),
        Binding("k", "act('card')", "card", id="customer.card",
                tooltip="The scorecard: its measures and their sources"),
        Binding("h", "act('history')", "over time", id="customer.history",
                tooltip="Both scores, the card and visits over time, as a plot or a table"),
        Binding("v", "visit", "visit", id="customer.visit", tooltip="Start or resume a visit here"),
        Binding("b", "brief", "brief", id="customer.brief", tooltip="The card to read in the car park"),
        Binding("i", "act('about')", "about", show=False, id="customer.about", tooltip="Where each figure comes from"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="customer.tab", tooltip="The next tab"),
        REPORT_KEY,
        Binding("ctrl+d", "archive", "archive", show=False, id="customer.archive",
                tooltip="Take this customer off the Radar, or put it back"),
        Binding("ctrl+z", "app.undo", "undo", show=False, id="customer.undo",
                tooltip="Take the last one-key change back"),
        Binding("escape", "back", "back", id="customer.back", tooltip="Back"),
        *tab_keys("customer", TABS),
    ]  # fmt: skip

    # What it shows

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Line(id="kind")
        yield from self.compose_tabs()
        yield Sheet(id="detail")
        yield KeyBar()

    def reload(self) -> None:
        self.head = self.lists.head()
        if self.head is None:
            raise RadarError("This customer is no longer there.", "Press esc to go back.")
        self._show_title()
        super().reload()

    def on_resize(self) -> None:
        self._show_title()

    def _show_title(self) -> None:
        if self.head is not None:
            self.query_one("#title", Line).show((self.head.name, "strong"), self._due(self.head))
            count = self.lists.unreadable()
            unread = f"{plural(count, 'row')} cannot be read: radar check" if count else ""
            room = self.size.width - 2 - (len(unread) + GAP if unread else 0)
            self.query_one("#kind", Line).show((kind_words(self.head, room), "muted"), (unread, "due"))

    def _due(self, head: Head) -> list[Part]:
        glyphs, begun = self.host.glyphs, head.in_progress_since
        since = "" if begun == self.today else f" since {day_words(begun, self.today)}"
        here: list[Part] = [(f"{glyphs.here} visit in progress{since}   ", "accent")] if begun else []
        return [*here, *self._when_due(head)]

    def _when_due(self, head: Head) -> list[Part]:
        if not head.on_radar:
            return [("archived" if head.archived else "former", "muted")]
        urgency = band(head.due_on, self.today, head.cadence_days)
        style = urgency if urgency in ("late", "due") else ""
        glyphs = self.host.glyphs
        mark = {"late": f"{glyphs.late} ", "due": f"{glyphs.due} "}.get(urgency, "")
        words = due_words(head.due_on, self.today)
        due = "visit due now, never visited" if head.due_on is None else f"visit due {words}"
        seen = f"seen {day_words(head.last_seen, self.today)}   " if head.last_seen else ""
        return [(seen, "muted"), (f"{mark}{words if 'late' in words else due}", style)]

    # Keys

    def reported(self) -> ReportOf:
        """What a tab has of its own, or else the review for the office."""
        return self.part.reported() or ReportOf("customer", self.customer_id)

    def action_visit(self) -> None:
        self.go(VisitTo(self.customer_id))

    def action_brief(self) -> None:
        self.go(BriefOf(self.customer_id))

    def action_back(self) -> None:
        if not self.part.leave():
            super().action_back()

    def action_archive(self) -> None:
        from radar_tui.ui.frame.confirm import ConfirmScreen

        if self.head is None:
            return
        if self.head.archived:
            self._archive(False)
            return
        self.app.push_screen(
            ConfirmScreen(
                f"Archive {self.head.name}?",
                "It leaves the Radar; nothing is deleted. The palette (ctrl+p) finds it by its name.",
            ),
            self._archive_confirmed,
        )

    def _archive_confirmed(self, yes: bool | None) -> None:
        if yes:
            with self.host.saying():
                self._archive(True)

    def _archive(self, archived: bool) -> None:
        before = self.store.customer.get(self.customer_id)
        moment = self.store.clock() if archived else None
        after = self.store.customer.change(before, before.model_copy(update={"archived_at": moment}))
        words = "is archived" if archived else "is back"
        self.changed(f"{before.name} {words}.", lambda: self.store.customer.change_back(before, after))


def kind_words(head: Head, width: int) -> str:
    """Kind, status, market, place, cadence and BRM; the country goes first where space is short, then the status of
    those that are simply active."""
    kind = "product and service" if head.kind == "both" else head.kind
    place = ", ".join(words for words in (head.city, head.country) if words)
    cadence, brm = f"every {head.cadence_days} days", head.owner or "no BRM"
    status = head.status if head.status != "active" else ""
    tries = [
        dotted(kind, head.status, head.market, place, cadence, brm),
        dotted(kind, head.status, head.market, head.city, cadence, brm),
        dotted(kind, status, head.market, head.city, cadence, brm),
        dotted(kind, status, head.market),
    ]
    return next((words for words in tries if cell_len(words) <= width), tries[-1])

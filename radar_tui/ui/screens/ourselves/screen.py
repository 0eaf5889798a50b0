"""4 Ourselves: what we promise and how it was kept, what they want, our self-checks and observation days, who we are,
what we sell, which checklists we use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.base.place import VisitTo
from radar_tui.ui.screens.ourselves.held import ChecksTab, ObservationsTab
from radar_tui.ui.screens.ourselves.lists import ChecklistsTab, ColleaguesTab, PartsTab, PromisesTab, WantsTab
from radar_tui.ui.screens.ourselves.page import OurselvesPage
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import tab_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

PARTS = (PromisesTab, WantsTab, ChecksTab, ObservationsTab, ColleaguesTab, PartsTab, ChecklistsTab)
TABS = tuple(part.tab for part in PARTS)


class OurselvesScreen(OurselvesPage):
    """One list a tab; the full words of a row stand below."""

    CSS_PATH = "screen.tcss"
    PARTS = PARTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "act('new')", "new", id="ourselves.new",
                tooltip="Add to this list; self-checks and days are planned"),
        Binding("e", "act('edit')", "edit", id="ourselves.edit", tooltip="Change what the cursor is on"),
        Binding("v", "visit", "check ourselves", id="ourselves.visit",
                tooltip="Do business with yourself: start or resume a self-check"),
        Binding("h", "act('history')", "over time", id="ourselves.history",
                tooltip="How promises were kept by quarter, or the scores of self-checks, as a plot or a table"),
        Binding("i", "about", "about", id="ourselves.about", tooltip="Where each figure comes from"),
        Binding("slash", "act('filter')", "filter", id="ourselves.filter", tooltip="Only parts with these letters"),
        Binding("escape", "act('all')", "all again", id="ourselves.all", tooltip="Empty the filter"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="ourselves.tab", tooltip="The next tab"),
        *tab_keys("ourselves", TABS),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield HeaderLine("ourselves")
        yield from self.compose_tabs()
        yield Sheet(id="detail")
        yield KeyBar()

    def action_visit(self) -> None:
        self.host.open(VisitTo(None))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.ourselves.rounds import ABOUT

        self.app.push_screen(AboutScreen(ABOUT))

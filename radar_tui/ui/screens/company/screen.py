"""3 Company: both questions on their own, by market against its benchmark, by quarter, levers, and value found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.company import Filters
from radar_tui.ui.frame.reporting import REPORT_KEY
from radar_tui.ui.screens.company.lists import ByQuarterTab, LeversTab, MarketsTab, ScoreTab, ValueTab
from radar_tui.ui.screens.company.page import CompanyPage, CompanyTab
from radar_tui.ui.screens.company.read import CompanyRead, read
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import tab_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.nps import NpsCounts

PARTS = (ScoreTab, MarketsTab, ByQuarterTab, LeversTab, ValueTab)
TABS = tuple(part.tab for part in PARTS)


class CompanyScreen(CompanyPage):
    """A worker reads the figures, since it goes to every contact."""

    CSS_PATH = "screen.tcss"
    PARTS = PARTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", id="company.filter", tooltip="Only a market, BRM, role or period"),
        Binding("escape", "all", "all again", id="company.all", tooltip="Look at everybody again"),
        Binding("g", "act('group')", "by BRM, role", id="company.group", tooltip="By market, by BRM or by role"),
        Binding("n", "act('new')", "new benchmark", id="company.new", tooltip="Add a market's published NPS"),
        Binding("n", "act('act')", "new action", id="company.act", tooltip="An action that is to move this contact"),
        Binding("e", "act('edit')", "edit", id="company.edit", tooltip="Change the newest benchmark of this market"),
        Binding("m", "act('rename')", "name of market", id="company.rename", tooltip="Change what a market is called"),
        Binding("t", "act('table')", "another view", id="company.table", tooltip="Plots, a table, or how near we were"),
        Binding("o", "act('other')", "other question", id="company.other", tooltip="Levers of the other question"),
        Binding("i", "about", "about", id="company.about", tooltip="Where each figure comes from"),
        REPORT_KEY,
        Binding("right", "turn(1)", "tab", key_display="← →", id="company.tab", tooltip="The next tab"),
        *tab_keys("company", TABS),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield HeaderLine("company")
        yield from self.compose_tabs(Line(id="looked-at"))
        yield KeyBar()

    @property
    def shown(self) -> CompanyTab:
        assert isinstance(self.part, CompanyTab)
        return self.part

    def focus_body(self) -> None:
        self.shown.focus()

    # Reading

    def reload(self) -> None:
        if self.found is None:
            self.query_one("#tab-score", Sheet).show(lambda width: [[("Counting the answers …", "muted")]])
        super().reload()
        self.workers.cancel_group(self, "before")
        filters, needs, today = self.filters, self.shown.needs, self.today
        self.in_background("company", lambda store: read(store, filters, needs, today), self._show)

    def _show(self, found: CompanyRead) -> None:
        """Once the figures stand, those of a quarter ago are read, for the arrows."""
        from radar_tui.store.lists.company import before

        self.found = found
        self.again()
        filters, today = self.filters, self.today
        self.in_background("before", lambda store: before(store, today, filters), self._show_before)

    def _show_before(self, before: tuple[NpsCounts, NpsCounts]) -> None:
        self.before = before
        self.fill(self.here)

    def fill(self, name: str) -> None:
        from radar_tui.ui.screens.company.places import names_of

        names = names_of(self.store, self.filters, self.today, name)
        look = (self.shown.look(), "strong")
        self.query_one("#looked-at", Line).show((" · ".join(names), "muted"), look)
        super().fill(name)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "all":
            return self.filters != Filters()
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        from radar_tui.ui.screens.company.places import filter_form

        self.app.push_screen(filter_form(self.host, self.filters, self.look_at))

    def action_all(self) -> None:
        self.look_at(Filters())

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.company.about import about

        if self.found is not None:
            words = self.filters.window(self.today).words
            self.app.push_screen(AboutScreen(about(self.found.company, words, self.host.glyphs)))

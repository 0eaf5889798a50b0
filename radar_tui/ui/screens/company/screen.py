"""3 Company: both questions on their own, by market against its benchmark, by quarter, levers, and value found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.domain.company import Filters, quarter_period
from radar_tui.domain.nps import QUESTIONS
from radar_tui.ui.base.place import CustomerAt
from radar_tui.ui.frame.reporting import REPORT_KEY, Reporting
from radar_tui.ui.frame.tabbed import TabbedPage, tab_keys
from radar_tui.ui.screens.company import benchmarks, rows, value_rows
from radar_tui.ui.screens.company.quarters import VIEW_WORDS, Quarters
from radar_tui.ui.screens.company.read import Read, read
from radar_tui.ui.widgets.cells import Row
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.domain.nps import Counts
    from radar_tui.reports.kinds import Subject
    from radar_tui.store.lists.company import MarketRow
    from radar_tui.store.lists.company_levers import LeverRow

TABS = (
    Tab("score", "Score", "s"),
    Tab("markets", "Markets", "k"),
    Tab("quarters", "Quarters", "q"),
    Tab("levers", "Levers", "l"),
    Tab("value", "Value found", "f"),
)
GROUPS = ("market", "owner", "role")
KEY_TABS = {"new": ["score", "markets"], "group": ["markets"], "table": ["quarters"], "other": ["levers"]}
GROUP_WORDS = ("market", "BRM", "role")


class CompanyScreen(Reporting, TabbedPage):
    """A worker reads the figures, since it goes to every contact."""

    CSS_PATH = "screen.tcss"
    TABS = TABS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", id="company.filter", tooltip="Only a market, BRM, role or period"),
        Binding("escape", "all", "all again", id="company.all", tooltip="Look at everybody again"),
        Binding("g", "group", "by BRM, role", id="company.group", tooltip="By market, by BRM or by role"),
        Binding("n", "new", "new benchmark", id="company.new", tooltip="Add a market's published NPS"),
        Binding("n", "act", "new action", id="company.act", tooltip="An action that is to move this contact"),
        Binding("e", "edit", "edit", id="company.edit", tooltip="Change the newest benchmark of this market"),
        Binding("m", "rename", "name of market", id="company.rename", tooltip="Change what a market is called"),
        Binding("t", "table", "another view", id="company.table", tooltip="Plots, a table, or how near we were"),
        Binding("o", "other", "other question", id="company.other", tooltip="Levers of the other question"),
        Binding("i", "about", "about", id="company.about", tooltip="Where each figure comes from"),
        REPORT_KEY,
        Binding("right", "turn(1)", "tab", key_display="← →", id="company.tab", tooltip="The next tab"),
        *tab_keys("company", TABS),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.filters = Filters()
        self._read: Read | None = None
        self._before: tuple[Counts, Counts] | None = None
        self._question = 0
        self._group = 0

    def reported(self) -> tuple[Subject, str]:
        return "company", ""

    def compose(self) -> ComposeResult:
        yield HeaderLine("company")
        yield from self.compose_tabs(Line(id="looked-at"))
        yield KeyBar()

    def body(self, name: str) -> Widget:
        if name == "score":
            return Sheet()
        if name == "quarters":
            return Quarters()
        columns = {"levers": rows.LEVERS, "value": value_rows.VALUE}
        table = RowTable(columns.get(name, rows.MARKETS), empty=rows.EMPTY[name])
        return Vertical(table, Sheet(id="benchmark")) if name == "markets" else table

    def counts(self) -> dict[str, int]:
        return {}

    def focus_body(self) -> None:
        if self.here == "quarters":
            self.query_one(Quarters).focus_shown()
        else:
            super().focus_body()

    # Reading

    def reload(self) -> None:
        if self._read is None:
            self.query_one("#tab-score", Sheet).show(lambda width: [[("Counting the answers …", "muted")]])
        super().reload()
        self.workers.cancel_group(self, "before")
        filters, here, today = self.filters, self._looked_at, self.today
        self.beside("company", lambda store: read(store, filters, here, today), self._show)

    @property
    def _looked_at(self) -> str:
        """The tab, or of the quarters what their view needs."""
        return self.query_one(Quarters).needs if self.here == "quarters" else self.here

    def _show(self, found: Read) -> None:
        """Once the figures stand, those of a quarter ago are read, for the arrows."""
        from radar_tui.store.lists.company import before

        self._read = found
        self.fill(self.here)
        self.refresh_bindings()
        filters, today = self.filters, self.today
        self.beside("before", lambda store: before(store, today, filters), self._show_before)

    def _show_before(self, before: tuple[Counts, Counts]) -> None:
        self._before = before
        self.fill(self.here)

    def fill(self, name: str) -> None:
        from radar_tui.ui.screens.company.places import names_of

        names = names_of(self.store, self.filters, self.today, name)
        more = {"levers": QUESTIONS[self._question], "markets": f"by {GROUP_WORDS[self._group]}"}
        more["quarters"] = VIEW_WORDS[self.query_one(Quarters).view]
        self.query_one("#looked-at", Line).show((" · ".join(names), "muted"), (more.get(name, ""), "strong"))
        if self._read is not None and self._read.holds(self._looked_at):
            getattr(self, f"_fill_{name}")(self._read)

    def _fill_score(self, found: Read) -> None:
        before, glyphs = self._before, self.radar.glyphs
        self.query_one("#tab-score", Sheet).show(lambda w: rows.scores(found.company, before, w, glyphs))

    def _fill_markets(self, found: Read) -> None:
        if table := self.table:
            table.columns = rows.MARKETS if GROUPS[self._group] == "market" else rows.GROUPS
        self._show_rows(rows.groups(found.company, GROUPS[self._group], self.radar.glyphs))
        self._show_benchmark()

    def _fill_quarters(self, found: Read) -> None:
        self.query_one(Quarters).show(found, self.radar.glyphs)

    def _fill_levers(self, found: Read) -> None:
        self._show_rows([Row(row.contact_id, rows.lever_cells(row, self.today)) for row in self._levers])

    def _fill_value(self, found: Read) -> None:
        cells, glyphs = value_rows.value_cells, self.radar.glyphs
        self._show_rows([Row(f"{row.start} {row.currency}", cells(row, glyphs)) for row in found.value])

    def _show_rows(self, made: list[Row]) -> None:
        if (table := self.table) is not None:
            table.show_rows(made)

    @property
    def market(self) -> MarketRow | None:
        """The market under the cursor."""
        if self._read is None or self.here != "markets" or GROUPS[self._group] != "market":
            return None
        key = self.chosen
        return next((row for row in self._read.company.markets if (row.id or "none") == key), None)

    @property
    def _levers(self) -> list[LeverRow]:
        """The levers of the question looked at."""
        return self._read.levers.get(QUESTIONS[self._question], []) if self._read else []

    @property
    def lever(self) -> LeverRow | None:
        """The contact under the cursor of the lever list."""
        key = self.chosen if self.here == "levers" else None
        return next((row for row in self._levers if row.contact_id == key), None)

    def on_row_table_moved(self) -> None:
        self._show_benchmark()
        self.refresh_bindings()

    def _show_benchmark(self) -> None:
        row = self.market
        self.query_one("#benchmark", Sheet).show(lambda width: benchmarks.lines(row, width) if row else [])

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "rename"):
            return bool(self.is_mounted and self.market and self.market.id)
        if action == "act":
            return bool(self.is_mounted and self.lever)
        if action in KEY_TABS:
            return self.here in KEY_TABS[action]
        return self.filters != Filters() if action == "all" else True

    def action_new(self) -> None:
        from radar_tui.ui.forms.market import benchmark_form

        row = self.market
        self.app.push_screen(benchmark_form(self.radar, row.id if row else None, None))

    def action_act(self) -> None:
        from radar_tui.ui.forms.business import action_about
        from radar_tui.ui.frame.form import after_saving

        if row := self.lever:
            form = action_about(self.radar, row.customer_id, row.contact, QUESTIONS[self._question])
            self.app.push_screen(form, after_saving(self.radar))

    def action_edit(self) -> None:
        from radar_tui.store.rows.benchmark import Benchmarks
        from radar_tui.ui.forms.market import benchmark_form

        if (row := self.market) and row.id:
            known = Benchmarks(self.store).newest(row.id)
            self.app.push_screen(benchmark_form(self.radar, row.id, known))

    def action_rename(self) -> None:
        from radar_tui.ui.forms.market import market_form

        if (row := self.market) and row.id:
            self.app.push_screen(market_form(self.radar, self.store.market.get(row.id)))

    def action_group(self) -> None:
        self._group = (self._group + 1) % len(GROUPS)
        self._again()

    def action_table(self) -> None:
        self.query_one(Quarters).turn()
        self.reload()
        self.focus_body()

    def action_other(self) -> None:
        self._question = 1 - self._question
        self._again()

    def _again(self) -> None:
        self.fill(self.here)
        self.refresh_bindings()

    def action_filter(self) -> None:
        from radar_tui.ui.screens.company.places import filter_form

        self.app.push_screen(filter_form(self.radar, self.filters, self.look_at))

    def action_all(self) -> None:
        self.look_at(Filters())

    def look_at(self, filters: Filters) -> None:
        """Look only at some answers from here on."""
        self.filters, self._before = filters, None
        self.reload()

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.company.about import about

        if self._read is not None:
            words = self.filters.window(self.today).words
            self.app.push_screen(AboutScreen(about(self._read.company, words, self.radar.glyphs)))

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        """A market's benchmarks, or what a row is about: its answers, customer or visits."""
        if market := self.market:
            if market.id:
                self.app.push_screen(benchmarks.BenchmarksScreen(market))
        elif row := self.lever:
            self.radar.open(CustomerAt(row.customer_id))
        elif self.here == "value":
            from radar_tui.ui.screens.company.places import VisitsScreen

            self.app.push_screen(VisitsScreen(event.key.split()[0], self.filters))
        elif self.here == "quarters":
            self.look_at(replace(self.filters, period=quarter_period(date.fromisoformat(event.key))))
            self.go_to("score")
        elif self.here == "markets":
            key = "" if event.key == "none" else event.key
            self.look_at(replace(self.filters, **{GROUPS[self._group]: key}))  # type: ignore[arg-type]
            self.go_to("score")

"""The tabs of the Company screen: the score, markets, quarters, levers, and the value found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical

from radar_tui.domain.company import quarter_period
from radar_tui.domain.nps import QUESTIONS
from radar_tui.ui.base.place import CustomerAt
from radar_tui.ui.screens.company import benchmarks, rows, value_rows
from radar_tui.ui.screens.company.page import CompanyPage, CompanyTab
from radar_tui.ui.screens.company.quarters import VIEW_WORDS, Quarters
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from textual.widget import Widget

    from radar_tui.store.lists.company import GroupRow, MarketRow
    from radar_tui.store.lists.company_levers import LeverRow
    from radar_tui.ui.screens.company.read import CompanyRead
    from radar_tui.ui.widgets.cells import ListColumn

GROUPS = ("market", "owner", "role")
GROUP_WORDS = ("market", "BRM", "role")


class ScoreTab(CompanyTab):
    """Both questions, each on its own."""

    tab = Tab("score", "Score", "s")

    def body(self) -> Widget:
        return Sheet()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"new": lambda: new_benchmark(self.page, None)}

    def paint(self, found: CompanyRead) -> None:
        before, glyphs = self.page.before, self.glyphs
        self.page.query_one("#tab-score", Sheet).show(
            lambda width: rows.scores(found.company, before, width, glyphs)
        )


class TableTab(CompanyTab):
    """A tab that is one table."""

    columns: list[ListColumn]

    def body(self) -> Widget:
        return RowTable(self.columns, empty=rows.EMPTY[self.tab.name])

    def show(self, made: list[ListRow]) -> None:
        """Fill the table, where it is the one that is shown."""
        if self.page.part is self and (table := self.page.table) is not None:
            table.show_rows(made)


class MarketsTab(TableTab):
    """By market beside its benchmark, by BRM or by role."""

    tab = Tab("markets", "Markets", "k")
    columns = rows.MARKETS

    def __init__(self, page: CompanyPage) -> None:
        super().__init__(page)
        self._by = 0
        self._shown: dict[str, MarketRow | GroupRow] = {}

    def look(self) -> str:
        return f"by {GROUP_WORDS[self._by]}"

    def body(self) -> Widget:
        return Vertical(super().body(), Sheet(id="benchmark"))

    @property
    def row(self) -> MarketRow | GroupRow | None:
        """The group under the cursor."""
        key = self.page.chosen
        return self._shown.get(key) if key is not None else None

    @property
    def market(self) -> MarketRow | None:
        """The market under the cursor."""
        from radar_tui.store.lists.company import MarketRow

        return row if isinstance(row := self.row, MarketRow) else None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        market = self.market
        found: dict[str, Callable[[], None]] = {
            "new": lambda: new_benchmark(self.page, market.id if market else None),
            "group": self._group,
        }
        if market and market.id:
            found |= {"edit": self._edit, "rename": self._rename}
        return found

    def paint(self, found: CompanyRead) -> None:
        by, company = GROUPS[self._by], found.company
        groups: Mapping[str, Sequence[MarketRow | GroupRow]] = {
            "market": company.markets,
            "owner": company.owners,
            "role": company.roles,
        }
        self._shown = {row.id or "": row for row in groups[by]}
        if table := self.page.table:
            table.columns = rows.MARKETS if by == "market" else rows.GROUPS
        self.show(rows.groups(company, by, self.glyphs))
        self.show_below()

    def show_below(self) -> None:
        row = self.market
        self.page.query_one("#benchmark", Sheet).show(
            lambda width: benchmarks.lines(row, width) if row else []
        )

    def opened(self, key: str) -> None:
        """A market's benchmarks; of a BRM or a role, and of those without a market, the answers."""
        if (market := self.market) and market.id:
            self.page.app.push_screen(benchmarks.BenchmarksScreen(market))
        elif market is None and self.row is not None:
            self.page.look_at(replace(self.page.filters, **{GROUPS[self._by]: key}))  # type: ignore[arg-type]
            self.page.go_to("score")

    def _group(self) -> None:
        self._by = (self._by + 1) % len(GROUPS)
        self.page.again()

    def _edit(self) -> None:
        from radar_tui.store.rows.benchmark import Benchmarks
        from radar_tui.ui.forms.market import benchmark_form

        if (row := self.market) and row.id:
            known = Benchmarks(self.store).newest(row.id)
            self.page.app.push_screen(benchmark_form(self.page.host, row.id, known))

    def _rename(self) -> None:
        from radar_tui.ui.forms.market import market_form

        if (row := self.market) and row.id:
            self.page.app.push_screen(market_form(self.page.host, self.store.market.get(row.id)))


class ByQuarterTab(CompanyTab):
    """Quarter by quarter, as plots, as a table, or how near we were to our customers."""

    tab = Tab("quarters", "Quarters", "q")

    def body(self) -> Widget:
        return Quarters()

    @property
    def quarters(self) -> Quarters:
        return self.page.query_one(Quarters)

    @property
    def needs(self) -> str:
        return self.quarters.needs

    def look(self) -> str:
        return VIEW_WORDS[self.quarters.view]

    def focus(self) -> None:
        self.quarters.focus_shown()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"table": self._turn}

    def opens_from(self, table: RowTable) -> bool:
        return True

    def _turn(self) -> None:
        self.quarters.turn()
        self.page.reload()
        self.page.focus_body()

    def paint(self, found: CompanyRead) -> None:
        self.quarters.show(found, self.glyphs)

    def opened(self, key: str) -> None:
        self.page.look_at(replace(self.page.filters, period=quarter_period(self.quarters.start_of(key))))
        self.page.go_to("score")


class LeversTab(TableTab):
    """Whose move would add most to the score, by question."""

    tab = Tab("levers", "Levers", "l")
    columns = rows.LEVERS

    def __init__(self, page: CompanyPage) -> None:
        super().__init__(page)
        self._question = 0
        self._shown: dict[str, LeverRow] = {}

    def look(self) -> str:
        question, found = QUESTIONS[self._question], self.page.found
        listed = found.levers.get(question) if found else None
        if found is None or listed is None or (of := found.company.movable(self._question)) <= len(listed):
            return question
        return f"{question}, the first {len(listed):,} of {of:,}"

    def acts(self) -> Mapping[str, Callable[[], None]]:
        act: dict[str, Callable[[], None]] = {"act": self._act} if self.row else {}
        return {"other": self._other, **act}

    @property
    def row(self) -> LeverRow | None:
        """The contact under the cursor."""
        return self._shown.get(self.page.chosen or "")

    def paint(self, found: CompanyRead) -> None:
        levers = found.levers.get(QUESTIONS[self._question], [])
        self._shown = {row.contact_id: row for row in levers}
        self.show([ListRow(row.contact_id, rows.lever_cells(row, self.today)) for row in levers])

    def opened(self, key: str) -> None:
        if row := self.row:
            self.page.host.open(CustomerAt(row.customer_id))

    def _other(self) -> None:
        self._question = 1 - self._question
        self.page.again()

    def _act(self) -> None:
        from radar_tui.ui.forms.business import action_about

        if row := self.row:
            # The answers of nobody else move the measure.
            moves = QUESTIONS[self._question] if row.role == "decision maker" else None
            self.page.show_form(action_about(self.page.host, row.customer_id, row.contact, moves))


class ValueTab(TableTab):
    """What was found on visits, by quarter and currency."""

    tab = Tab("value", "Value found", "f")
    columns = value_rows.VALUE

    def __init__(self, page: CompanyPage) -> None:
        super().__init__(page)
        self._starts: dict[str, date] = {}

    def paint(self, found: CompanyRead) -> None:
        keyed = {f"{row.start} {row.currency}": row for row in found.value}
        self._starts = {key: row.start for key, row in keyed.items()}
        self.show([ListRow(key, value_rows.value_cells(row, self.glyphs)) for key, row in keyed.items()])

    def opened(self, key: str) -> None:
        from radar_tui.ui.screens.company.places import VisitsScreen

        self.page.app.push_screen(VisitsScreen(self._starts[key], self.page.filters))


def new_benchmark(page: CompanyPage, market_id: str | None) -> None:
    """Add a market's published NPS."""
    from radar_tui.ui.forms.market import benchmark_form

    page.app.push_screen(benchmark_form(page.host, market_id, None))

"""The published NPS of a market, year by year: how our scores stand to each, and where each is added and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.columns import clipped
from radar_tui.domain.company import few_words
from radar_tui.domain.nps import FEW, against, signed
from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.customer import Benchmark
    from radar_tui.store.lists.company import MarketRow
    from radar_tui.ui.widgets.cells import ListCell

COLUMNS = [
    ListColumn("Year", 4),
    ListColumn("NPS", 4, right=True),
    ListColumn("Published by", 20, grow=True),
    ListColumn("Region", 10, grow=True),
    ListColumn("Recommend", 19),
    ListColumn("Retain", 19, priority=1),
]
EMPTY = """No benchmark of this market yet: a published NPS to stand beside ours.
n adds one: figure, publisher and year. A newer one never replaces an older one."""
REGION = 20
WAYS = {1: "above it", -1: "below it", 0: "no clear difference"}


def cells(row: MarketRow, known: Benchmark) -> list[ListCell]:
    """One benchmark in the order of COLUMNS, and how the scores of its market stand to it."""
    return [
        str(known.year),
        (signed(known.nps), "strong"),
        known.source,
        (known.region, "muted"),
        *(
            WAYS[against(counts, known.nps)] if counts.n >= FEW else (f"n {counts.n}", "muted")
            for counts in (row.recommend, row.retain)
        ),
    ]


def lines(row: MarketRow, width: int) -> list[SheetLine]:
    """How a market stands to its newest benchmark, and every benchmark with its whole source, the newest first."""
    if not row.id:
        return [[("Customers without a market: e on a customer's overview names one.", "muted")]]
    if row.benchmark is None:
        return [[(row.name, "strong"), ("   no benchmark yet: n adds one with its source", "muted")]]
    parts = [
        f"{question} {WAYS[against(counts, row.benchmark.nps)]}"
        if counts.n >= FEW
        else f"{question} {few_words(counts) if counts.n else 'not asked'}"
        for question, counts in (("recommend", row.recommend), ("retain", row.retain))
    ]
    found: list[SheetLine] = [
        [(line, "strong")] for line in wrapped(f"{row.name}: {', '.join(parts)}", width, 2)
    ]
    for known in row.benchmarks:
        # The year first and a region only so long, so that a long source hides neither.
        region = f", {clipped(known.region, REGION)}" if known.region else ""
        text = wrapped(f"{signed(known.nps)} in {known.year}{region}: {known.source}", width, 2)
        found += [[(line, "" if known is row.benchmark else "muted")] for line in text]
    return found


class BenchmarksScreen(Page):
    """All benchmarks of one market, the newest first, beside the scores that Company shows of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", id="benchmarks.edit", tooltip="Change the one under the cursor"),
        Binding("n", "new", "new benchmark", id="benchmarks.new", tooltip="One more; the others stay as they are"),
        Binding("i", "about", "about", id="benchmarks.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="benchmarks.back", tooltip="Back to the markets"),
    ]  # fmt: skip

    def __init__(self, market: MarketRow) -> None:
        super().__init__()
        self.market = market

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(COLUMNS, empty=EMPTY)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def reload(self) -> None:
        from radar_tui.store.rows.benchmark import Benchmarks

        found = Benchmarks(self.store).of(self.market.id)
        self.query_one("#title", Line).show((self.market.name, "strong"), ("benchmarks", "muted"))
        self.query_one(RowTable).show_rows([ListRow(known.id, cells(self.market, known)) for known in found])
        self.refresh_bindings()

    @property
    def chosen(self) -> str | None:
        """The benchmark under the cursor."""
        row = self.query_one(RowTable).current if self.is_mounted and self.query(RowTable) else None
        return row.key if row else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action == "edit" else True

    def on_row_table_chosen(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        from radar_tui.store.rows.benchmark import Benchmarks

        if id := self.chosen:
            self._open(Benchmarks(self.store).get(id))

    def action_new(self) -> None:
        self._open(None)

    def _open(self, before: Benchmark | None) -> None:
        from radar_tui.ui.forms.market import benchmark_form
        from radar_tui.ui.frame.form import after_saving

        self.app.push_screen(benchmark_form(self.host, self.market.id, before), after_saving(self.host))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.company.about import BENCHMARK

        self.app.push_screen(AboutScreen(BENCHMARK))

"""3 Company: both questions on their own, by market against its benchmark, and who was seen in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.nps import interval, nps
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.ui.screens.page import Page
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.row_table import Column, Row, RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.nps import Counts
    from radar_tui.store.company_lists import Company, MarketRow
    from radar_tui.ui.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell, Part

FEW = 5
"""Under so many answers the counts stand beside the score (design §6)."""

LABEL = 13
QUESTION = 26
COLUMNS = [
    Column("Market", 16, grow=True),
    Column("Customers", 9, priority=2, right=True),
    Column("Recommend", 17),
    Column("Answers", 9),
    Column("Retain", 17, priority=1),
    Column("Answers", 9, priority=3),
    Column("Benchmark", 9, right=True),
    Column("Source", 10, grow=True),
]
EMPTY = """No markets yet: here stands our score in each, beside a published one.
Press n to add a market with its benchmark: figure, publisher and year."""


class CompanyScreen(Page):
    """A worker reads the figures, since it goes through every answer of a year."""

    CSS_PATH = "company.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new benchmark", id="company.new", tooltip="Add a market's published NPS"),
        Binding("e", "edit", "edit", id="company.edit", tooltip="Change the newest benchmark of this market"),
        Binding(
            "m", "rename", "name of market", id="company.rename", tooltip="Change what a market is called"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._company: Company | None = None

    def compose(self) -> ComposeResult:
        yield HeaderLine("company")
        yield Sheet(id="scores")
        yield RowTable(COLUMNS)
        yield Sheet(id="benchmark")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.table.focus()

    # Reading

    def reload(self) -> None:
        if self._company is None:
            self.query_one("#scores", Sheet).show(lambda width: [[("Counting the answers …", "muted")]])
        self.run_worker(self._read, thread=True, exclusive=True, group="company", exit_on_error=False)

    def _read(self) -> None:
        from radar_tui.store.company_lists import company

        try:
            with self.store.again() as store:
                found = company(store, self.today)
        except RadarError as error:
            self.app.call_from_thread(self.radar.say, error)
        else:
            self.app.call_from_thread(self._show, found)

    def _show(self, found: Company) -> None:
        if not self.is_attached:
            return
        self._company = found
        glyphs = self.radar.glyphs
        self.query_one("#scores", Sheet).show(lambda width: scores(found, glyphs))
        self.table.empty = EMPTY
        self.table.show_rows([Row(row.id or "none", cells(row, glyphs)) for row in found.markets])
        self._show_benchmark()
        self.refresh_bindings()

    @property
    def current(self) -> MarketRow | None:
        """The market under the cursor."""
        if self._company is None or not 0 <= self.table.cursor < len(self._company.markets):
            return None
        return self._company.markets[self.table.cursor]

    def on_row_table_moved(self) -> None:
        self._show_benchmark()
        self.refresh_bindings()

    def _show_benchmark(self) -> None:
        row = self.current
        self.query_one("#benchmark", Sheet).show(lambda width: benchmark(row, width) if row else [])

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "rename"):
            return bool(self.is_mounted and self.query(RowTable) and self.current and self.current.id)
        return True

    def action_new(self) -> None:
        from radar_tui.ui.forms import benchmark_form

        row = self.current
        self.app.push_screen(benchmark_form(self.radar, row.id if row else None, None))

    def action_edit(self) -> None:
        from radar_tui.store.benchmark import Benchmarks
        from radar_tui.ui.forms import benchmark_form

        if (row := self.current) and row.id:
            known = Benchmarks(self.store).newest(row.id)
            self.app.push_screen(benchmark_form(self.radar, row.id, known))

    def action_rename(self) -> None:
        from radar_tui.ui.forms import market_form

        if (row := self.current) and row.id:
            self.app.push_screen(market_form(self.radar, self.store.market.get(row.id)))

    def on_row_table_chosen(self) -> None:
        self.action_edit()


def scores(found: Company, glyphs: Glyphs) -> list[SheetLine]:
    """Both questions beside each other, and how many customers were seen in time."""
    both = (found.recommend, found.retain)
    lines: list[SheetLine] = [
        [(" " * LABEL, ""), *_wide([("Recommend", "muted")]), ("Retain", "muted")],
        [(f"{'NPS':<{LABEL}}", "muted"), *_wide(score(both[0], glyphs)), *score(both[1], glyphs)],
        [(f"{'Answers':<{LABEL}}", "muted"), *_wide(_answers(both[0])), *_answers(both[1])],
    ]
    for label, place in (("Promoters", 0), ("Passives", 1), ("Detractors", 2)):
        lines.append(
            [
                (f"{label:<{LABEL}}", "muted"),
                *_wide(_share(both[0], place, glyphs)),
                *_share(both[1], place, glyphs),
            ]
        )
    seen: SheetLine = [(f"{'Seen in time':<{LABEL}}", "muted"), (glyphs.none, "muted")]
    if found.customers:
        share = found.in_time / found.customers
        seen = [
            seen[0],
            (f"{100 * share:.0f} %", "strong"),
            (f"  {found.in_time:,} of {plural(found.customers, 'customer')} within their cadence", "muted"),
        ]
    return [*lines, [], seen]


def _wide(parts: list[Part]) -> list[Part]:
    return [*parts, (" " * max(1, QUESTION - sum(len(text) for text, _ in parts)), "")]


def _answers(counts: Counts) -> list[Part]:
    return [(f"{counts.n:,}", ""), (" in the last 365 days", "muted")]


def _share(counts: Counts, place: int, glyphs: Glyphs) -> list[Part]:
    if not counts.n:
        return [(glyphs.none, "muted")]
    return [(f"{counts[place]:>5,}", ""), (f"  {100 * counts[place] / counts.n:>3.0f} %", "muted")]


def score(counts: Counts, glyphs: Glyphs) -> list[Part]:
    """`+31 [+17, +45]`, or the glyph for no value."""
    value, between = nps(counts), interval(counts)
    if value is None:
        return [(glyphs.none, "muted")]
    parts: list[Part] = [(signed(value), "strong")]
    if between is not None:
        parts.append((f" [{signed(between[0])}, {signed(between[1])}]", "muted"))
    return parts


def signed(value: float) -> str:
    """`+31`, `0`, `−12`."""
    rounded = round(value)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"


def answers(counts: Counts) -> Cell:
    """How many answers; under five also how many of each band, so that no score stands bare."""
    words = f"{counts.n:,}"
    if 0 < counts.n < FEW:
        words += f" ({counts.promoters}/{counts.passives}/{counts.detractors})"
    return (words, "muted")


def cells(row: MarketRow, glyphs: Glyphs) -> list[Cell]:
    """The cells of one market, in the order of COLUMNS."""
    known = row.benchmark
    source = f"{known.source}, {known.year}" if known else ""
    return [
        row.name if row.id else ("no market", "muted"),
        (f"{row.customers:,}", "muted"),
        score(row.recommend, glyphs),
        answers(row.recommend),
        score(row.retain, glyphs),
        answers(row.retain),
        signed(known.nps) if known else (glyphs.none, "muted"),
        (source, "muted"),
    ]


def benchmark(row: MarketRow, width: int) -> list[SheetLine]:
    """The whole source of a market's benchmark, and what the counts in brackets are."""
    few: list[SheetLine] = []
    if any(0 < counts.n < FEW for counts in (row.recommend, row.retain)):
        few.append([("In brackets: promoters, passives, detractors, where answers are under five.", "muted")])
    if not row.id:
        return [[("Customers without a market: e on a customer's overview names one.", "muted")], *few]
    if row.benchmark is None:
        return [[(row.name, "strong"), ("   no benchmark yet: n adds one with its source", "muted")], *few]
    known = row.benchmark
    region = f", {known.region}" if known.region else ""
    text = wrapped(f"{row.name}: {signed(known.nps)} says {known.source}, {known.year}{region}", width, 2)
    return [*([(line, "")] for line in text), *few]

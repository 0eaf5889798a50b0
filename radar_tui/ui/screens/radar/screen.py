"""1 Radar: the customers, the most overdue first, each with the best reason to visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.cadence import band, cycle
from radar_tui.domain.days import short_day
from radar_tui.ui.base.place import BriefOf, CustomerAt, Room, VisitTo
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.frame.words.common import due_words, number
from radar_tui.ui.frame.words.scores import score_cell
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from radar_tui.store.lists.radar import RadarRow
    from radar_tui.store.store import Store
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part

COLUMNS = [
    ListColumn("   Customer", 24, grow=True),
    ListColumn("Seen", 6, priority=2, right=True),
    ListColumn("Due", 13, right=True),
    ListColumn("Cycle", 9, priority=3),
    ListColumn("Rec.", 4, right=True),
    ListColumn("Ret.", 4, priority=1, right=True),
    ListColumn("Card", 4, priority=1, right=True),
    ListColumn("Open", 4, priority=1, right=True),
    ListColumn("Reason to visit", 20, grow=True),
]
EMPTY = """Nobody on the radar yet: here stand the customers to visit,
the most overdue first. Press n to add the first one."""
NO_MATCH = "No customer with these letters. Press esc for all."


class RadarScreen(Undoing):
    """The customer list."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "visit", "visit", id="radar.visit", tooltip="Start or resume a visit to this customer"),
        Binding("b", "brief", "brief", id="radar.brief", tooltip="The card to read in the car park"),
        Binding("n", "new", "new customer", id="radar.new", tooltip="Add a customer"),
        Binding("i", "about", "about", show=False, id="radar.about", tooltip="Where each figure comes from"),
        Binding(
            "x",
            "calendar",
            "calendar",
            show=False,
            id="radar.calendar",
            tooltip="Export the calendar: visits, calls and actions as ics",
        ),
        Binding("slash", "filter", "filter", id="radar.filter", tooltip="Show only names with these letters"),
        Binding("escape", "all", "all again", id="radar.all", tooltip="Empty the filter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._counted: list[Part] = []
        self._score: list[Part] = []
        self._answers = 0

    def compose(self) -> ComposeResult:
        table = RowTable(COLUMNS, empty=EMPTY)
        yield HeaderLine("radar")
        yield Line(id="summary")
        yield FilterLine(table, "letters of a customer's name")
        yield table
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.table.focus()
        self.call_after_refresh(self._start_score)

    def reload(self) -> None:
        radar, today = self.store.radar, self.today
        counts = radar.counts(today)
        self.host.brm_name = radar.name_of(self.host.settings.me)
        self._counted = [
            (f"{counts.all:,}", "strong"),
            (" customer   " if counts.all == 1 else " customers   ", "muted"),
            (f"{counts.late:,}", "late" if counts.late else "muted"),
            (" late   ", "muted"),
            (f"{counts.due:,}", "due" if counts.due else "muted"),
            (" due   ", "muted"),
        ]
        self._show_summary()
        ids = radar.matching(self._words, today) if self._words else None
        count = counts.all if ids is None else len(ids)
        self.table.empty = NO_MATCH if self._words else EMPTY
        self.table.load(count, lambda offset, limit: self._rows(radar.page(today, offset, limit, ids), today))
        if self.is_mounted and self._score:
            self._start_score()

    def _rows(self, found: list[RadarRow], today: date) -> list[ListRow]:
        return [ListRow(row.customer_id, cells(row, today, self.host.glyphs)) for row in found]

    def _show_summary(self) -> None:
        self.query_one("#summary", Line).show([*self._counted, *self._score])

    # The company's score takes a moment on a large file, so a worker reads it after the first paint.

    def _start_score(self) -> None:
        self.in_background("score", self._read_score, self._score_read)

    def _read_score(self, store: Store) -> tuple[list[Part], int]:
        from radar_tui.domain.nps import signed
        from radar_tui.ui.frame.words.scores import short_score

        counts = store.response.company("recommend", self.today)
        market = store.market.average()
        parts: list[Part] = [("NPS ", "muted"), *short_score(counts, self.host.glyphs)]
        if market is not None:
            parts += [("   market ", "muted"), (signed(market), "")]
        return parts, counts.n

    def _score_read(self, found: tuple[list[Part], int]) -> None:
        self._score, self._answers = found
        self._show_summary()

    # Keys

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self._words = event.words
        self.table.start_over()
        self.reload()
        self.refresh_bindings()

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def action_about(self) -> None:
        from radar_tui.ui.frame import about

        self.app.push_screen(about.AboutScreen(about.radar(self._answers)))

    def action_all(self) -> None:
        self.query_one(FilterLine).action_clear()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        self.host.open(CustomerAt(event.key))

    def action_visit(self) -> None:
        if row := self.table.current:
            self.host.open(VisitTo(row.key))

    def action_brief(self) -> None:
        if row := self.table.current:
            self.host.open(BriefOf(row.key))

    def action_calendar(self) -> None:
        self.host.open(Room.EXPORT_CALENDAR)

    def action_new(self) -> None:
        from radar_tui.ui.forms.customer import customer_form

        self.app.push_screen(customer_form(self.host, None), self._created)

    def _created(self, customer_id: str | None) -> None:
        if customer_id:
            self.host.open(CustomerAt(customer_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("visit", "brief"):
            return bool(self.is_mounted and self.query(RowTable) and self.table.count)
        if action == "all":
            return bool(self._words)
        return True


def cells(row: RadarRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """The cells of one customer, in the order of COLUMNS."""
    urgency = band(row.due_on, today, row.cadence_days)
    style = {"late": "late", "due": "due"}.get(urgency, "")
    mark = {"late": glyphs.late, "due": glyphs.due}.get(urgency, glyphs.fine)
    here: list[Part] = [(f"{glyphs.here} ", "accent")] if row.in_progress_since else []
    return [
        [(f"{mark:>2} ", style), *here, (row.name, "")],
        (short_day(row.last_seen, today) or glyphs.none, "muted"),
        (due_words(row.due_on, today), style),
        cycle_bar(row, today, glyphs, style),
        score_cell(row.recommend, row.recommend_moved, glyphs),
        score_cell(row.retain, row.retain_moved, glyphs),
        number(row.card, glyphs),
        number(row.open or None, glyphs),
        row.reason,
    ]


def cycle_bar(row: RadarRow, today: date, glyphs: Glyphs, style: str) -> ListCell:
    """How much of the cadence is used; an arrow where it is more than all."""
    used = cycle(row.due_on, today, row.cadence_days)
    full = 8
    bars = min(full, max(0, round(used * full)))
    over = glyphs.bar_over if used > 1 else ""
    rest = "" if over else glyphs.bar_left * (full - bars)
    return [(glyphs.bar * bars + over, style), (rest, "muted")]

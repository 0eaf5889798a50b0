"""One customer: why to go there, the people, the items with their verdicts, visits, business, actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.domain.cadence import band
from radar_tui.domain.days import day_words
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.store.lists.customer import LISTS, ActionRow
from radar_tui.ui.frame.reporting import REPORT_KEY
from radar_tui.ui.frame.tabbed import tab_keys
from radar_tui.ui.frame.words.actions import action_cells, action_words
from radar_tui.ui.frame.words.common import dotted, due_words
from radar_tui.ui.screens.customer import rows
from radar_tui.ui.screens.customer.keys import CustomerKeys
from radar_tui.ui.screens.customer.overview import Overview
from radar_tui.ui.widgets.cells import Row
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import GAP, Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.store.lists.customer import Head, ItemRow, OpportunityRow, PersonRow, StreamRow, VisitRow
    from radar_tui.store.store import Store
    from radar_tui.ui.screens.customer.service import Service
    from radar_tui.ui.widgets.cells import Cell, Part

    ListRow = PersonRow | ItemRow | StreamRow | VisitRow | OpportunityRow | ActionRow
    R = TypeVar("R", PersonRow, ItemRow, StreamRow, VisitRow, OpportunityRow, ActionRow)

TABS = (
    Tab("overview", "Overview", "o"),
    Tab("people", "People", "p"),
    Tab("items", "Items", "m"),
    Tab("streams", "Streams", "f"),
    Tab("visits", "Visits", "t"),
    Tab("opportunities", "Opportunities", "u"),
    Tab("actions", "Actions", "a"),
    Tab("service", "Service", "y"),
)
DETAIL_LINES = 3
NO_LINES = "No lines: its value is not known yet."


class CustomerScreen(CustomerKeys):
    """The customer with this id; everything typed here is saved when its form closes."""

    CSS_PATH = "screen.tcss"
    TABS = TABS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "pair", "counterpart", id="customer.pair", tooltip="Who of ours this contact should know"),
        Binding("w", "map", "who knows whom", id="customer.map", tooltip="Their functions and ours; empty pairs first"),
        Binding("s", "stage", "stage on", id="customer.stage", tooltip="Idea to quoted, quoted to won"),
        Binding("space", "done", "done", id="customer.done", tooltip="The action is done, or open again"),
        Binding("slash", "filter", "filter", id="customer.filter", tooltip="Only items with these letters"),
        Binding("n", "new", "new", id="customer.new", tooltip="Add to this list"),
        Binding("e", "edit", "edit", id="customer.edit", tooltip="Change what the cursor is on"),
        Binding("x", "export", "export", id="customer.export", tooltip="These contacts as a file for a phone (vcf)"),
        Binding("k", "card", "card", id="customer.card", tooltip="The scorecard: its measures and their sources"),
        Binding("h", "history", "over time", id="customer.history",
                tooltip="Both scores, the card and visits over time, as a plot or a table"),
        Binding("v", "visit", "visit", id="customer.visit", tooltip="Start or resume a visit here"),
        Binding("b", "brief", "brief", id="customer.brief", tooltip="The card to read in the car park"),
        Binding("i", "about", "about", show=False, id="customer.about", tooltip="Where each figure comes from"),
        Binding("right", "turn(1)", "tab", key_display="← →", id="customer.tab", tooltip="The next tab"),
        REPORT_KEY,
        Binding("ctrl+d", "archive", "archive", show=False, id="customer.archive",
                tooltip="Take this customer off the Radar, or put it back"),
        Binding("ctrl+z", "app.undo", "undo", show=False, id="customer.undo",
                tooltip="Take the last one-key change back"),
        Binding("escape", "back", "back", id="customer.back", tooltip="Back"),
        *tab_keys("customer", TABS),
    ]  # fmt: skip

    def __init__(self, customer_id: str) -> None:
        super().__init__(customer_id)
        self._found: dict[str, ListRow] = {}

    # What it shows

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Line(id="kind")
        yield from self.compose_tabs()
        yield Sheet(id="detail")
        yield KeyBar()

    def body(self, name: str) -> Widget:
        if name in ("overview", "service"):
            return Sheet()
        table = RowTable(rows.COLUMNS[name], empty=rows.EMPTY[name])
        if name == "items":
            return Vertical(FilterLine(table, "letters of a tag, a model or a stream"), table)
        if name != "opportunities":
            return table
        lines = RowTable(rows.LINE_COLUMNS, id="lines", empty=NO_LINES)
        return Vertical(table, lines)

    def counts(self) -> dict[str, int]:
        return {name: self.lists.count(name) for name in LISTS}

    def reload(self) -> None:
        self.head = self.lists.head()
        if self.head is None:
            raise RadarError("This customer is no longer there.", "Press esc to go back.")
        self._show_title()
        self.query_one("#detail").display = self.here not in ("overview", "opportunities", "service")
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
        if not head.on_radar:
            return [("archived" if head.archived else "former", "muted")]
        urgency = band(head.due_on, self.today, head.cadence_days)
        style = urgency if urgency in ("late", "due") else ""
        glyphs = self.radar.glyphs
        mark = {"late": f"{glyphs.late} ", "due": f"{glyphs.due} "}.get(urgency, "")
        words = due_words(head.due_on, self.today)
        due = "visit due now, never visited" if head.due_on is None else f"visit due {words}"
        seen = f"seen {day_words(head.last_seen, self.today)}   " if head.last_seen else ""
        return [(seen, "muted"), (f"{mark}{words if 'late' in words else due}", style)]

    def fill(self, name: str) -> None:
        lists, today, glyphs = self.lists, self.today, self.radar.glyphs
        currency = self.head.currency if self.head else "EUR"
        if name == "overview":
            self._fill_overview()
        elif name == "service":
            self._fill_service()
        elif name == "people":
            self._load(name, lists.people, lambda row: rows.person_cells(row, today, glyphs))
        elif name == "items":
            ids = lists.item_ids(self.words) if self.words else None
            self.query_one("#tab-items RowTable", RowTable).empty = (
                rows.NO_MATCH if ids == [] else rows.EMPTY[name]
            )
            fetch = partial(lists.items, ids=ids)
            count = None if ids is None else len(ids)
            self._load(name, fetch, lambda row: rows.item_cells(row, today, glyphs), count)
        elif name == "streams":
            self._load(name, lists.streams, lambda row: rows.stream_cells(row, today, glyphs))
        elif name == "visits":
            self._load(name, lists.visits, lambda row: rows.visit_cells(row, currency, today, glyphs))
        elif name == "opportunities":
            self._load(name, lists.opportunities, lambda row: rows.opportunity_cells(row, today, glyphs))
        else:
            self._load(name, lists.actions, lambda row: action_cells(row, today, glyphs))
        self._show_detail()

    def _fill_overview(self) -> None:
        if self.head is None:
            return
        found = self.store.radar.page(self.today, ids=[self.customer_id])
        overview = Overview.read(
            self.lists, self.head, found[0] if found else None, self.store.clock(), self.radar.glyphs
        )
        sheet = self.query_one("#tab-overview", Sheet)
        sheet.show(lambda width: overview.lines(width, sheet.size.height))

    def _fill_service(self) -> None:
        self.beside("service", self._read_service, self._show_service)

    def _read_service(self, store: Store) -> Service:
        from radar_tui.ui.screens.customer.service import Service

        return Service.read(store, self.customer_id, self.today)

    def _show_service(self, service: Service) -> None:
        glyphs = self.radar.glyphs
        if self.here == "service":
            self.query_one("#tab-service", Sheet).show(lambda width: service.lines(width, glyphs))

    def _load(
        self,
        name: str,
        fetch: Callable[[int, int], list[R]],
        cells: Callable[[R], list[Cell]],
        count: int | None = None,
    ) -> None:
        self._found.clear()

        def page(offset: int, limit: int) -> Sequence[Row]:
            found = fetch(offset, limit)
            self._found.update({row.id: row for row in found})
            return [Row(row.id, cells(row)) for row in found]

        if (table := self.table) is not None:
            table.load(self.lists.count(name) if count is None else count, page)

    # What stands below the list: the row under the cursor in full

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        if event.table is self.table:
            self._show_detail()
            self.refresh_bindings()

    @property
    def shown_row(self) -> ListRow | None:
        return self._found.get(self.chosen or "")

    def _show_detail(self) -> None:
        row = self._found.get(self.chosen or "")
        if self.here == "opportunities":
            self._show_lines(row)
        self.query_one("#detail", Sheet).show(lambda width: self._detail(row, width))

    def _detail(self, row: ListRow | None, width: int) -> list[SheetLine]:
        words = {
            "people": rows.person_words,
            "items": rows.item_words,
            "streams": rows.stream_words,
            "visits": rows.visit_words,
            "actions": action_words,
        }.get(self.here)
        if row is None or words is None:
            return []
        head, text = words(row, self.today)  # type: ignore[operator]
        return [head, *([(line, "")] for line in wrapped(text, width, DETAIL_LINES - 1))]

    def _show_lines(self, row: ListRow | None) -> None:
        table = self.query_one("#lines", RowTable)
        table.display = row is not None
        found = self.lists.lines(row.id) if row is not None else []
        currency = getattr(row, "currency", "EUR")
        glyphs = self.radar.glyphs
        table.show_rows(
            [Row(line.id, rows.line_cells(line, currency, self.today, glyphs)) for line in found], cursor=0
        )


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
    ]
    return next((words for words in tries if cell_len(words) <= width), tries[-1])

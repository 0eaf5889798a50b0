"""Support tickets and service requests since the last visit, and those still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import short_day
from radar_tui.domain.room import for_customer
from radar_tui.store.lists.service import REVIEW_DAYS, ServiceLists
from radar_tui.ui.steps.base.asking import AskLine
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import Below, HeadedTable, ListPane, heading
from radar_tui.ui.steps.base.step import StepSheet
from radar_tui.ui.steps.tickets_figures import lines
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.service import ServiceFigures
    from radar_tui.store.lists.service import Standing, TicketRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.cells import ListCell

KINDS = {"ticket": ("ticket", "tickets"), "service request": ("service request", "service requests")}
EMPTY = """No tickets or service requests since the last visit (or in 90 days), and none open.
Here they stand to be gone through together."""
SHORT = {"ticket": "ticket", "service request": "request"}


COUNTED = True


def tally(book: Book, step: Step) -> StepTally:
    """How many are still open."""
    still = book.counted.open if book.counted else 0
    return StepTally(False, f"{still:,} open" if still else "")


def recap(book: Book, step: Step) -> ListCell:
    """Open and closed, once a worker has counted them."""
    counted = book.counted
    if counted is None or not counted.tickets:
        return ""
    period = "since the last visit" if counted.visited else f"in {REVIEW_DAYS} days"
    return f"{counted.open:,} open, {counted.closed:,} closed {period}"


class Pane(ListPane):
    """Figures to show, and the list behind them to go through together; nothing is changed here."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("Reference", 9),
        ListColumn("Kind", 7, priority=2),
        ListColumn("Priority", 8, priority=1),
        ListColumn("Subject", 14, grow=True),
        ListColumn("Opened", 6, right=True),
        ListColumn("Closed", 6, right=True),
    ]
    empty = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "table", "figures or list", id="tickets.table", tooltip="The figures, or the list of tickets"
        ),
        Binding("i", "about", "about", id="tickets.about", tooltip="Where each figure comes from"),
    ]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.tickets: dict[str, TicketRow] = {}
        self.ids: list[str] = []
        self.as_list = False

    def reload(self) -> None:
        """A customer may have ten thousand tickets, so they are read beside the screen."""
        self.show_counted()
        self.in_background("tickets", self._read, self._show_read)

    def _read(self, store: Store) -> tuple[list[str], ServiceFigures]:
        lists = ServiceLists.around(store, self.book.visit)
        return lists.ticket_ids(), lists.figures()

    def _show_read(self, found: tuple[list[str], ServiceFigures]) -> None:
        ids, figures = found
        glyphs = self.host.glyphs
        self.ids = ids
        self.tickets.clear()
        self.table.empty = EMPTY
        self.show_pages(ids, self._page)
        self.query_one(StepSheet).show(lambda width: lines(figures, width, glyphs))
        self._show_one()
        self.refresh_bindings()

    def _page(self, ids: Sequence[str]) -> list[ListRow]:
        rows = ServiceLists.around(self.store, self.book.visit).tickets(ids)
        if self.book.discreet:
            rows = [row._replace(subject=for_customer(row.subject)) for row in rows]
        self.tickets.update({row.id: row for row in rows})
        return [ListRow(row.id, self._cells(row)) for row in rows]

    def show_counted(self) -> None:
        of_kind = self.book.counted.tickets if self.book.counted else {}
        first, *second = [
            total(of_kind, kind) for kind in ("ticket", "service request") if kind in of_kind
        ] or [""]
        self.head((first, "muted"))
        requests = self.query_one("#requests", Line)
        requests.show("", ("".join(second), "muted"))
        requests.display = bool(second)

    def compose(self) -> ComposeResult:
        title, *more = heading(self.step)
        yield title
        yield Line(id="requests")
        yield from more
        yield StepSheet(id="figures")
        # Until they are read nothing says that there are none.
        table = HeadedTable(self.columns, empty="")
        yield table
        yield Below()
        yield AskLine(table)

    def _show_one(self) -> None:
        """Either the figures or the list; where there is nothing to count, the words of the empty list."""
        listed = self.as_list or not self.ids
        self.query_one(StepSheet).display = not listed
        self.table.display = self.query_one(Below).display = listed
        if self.screen.focused in (self.table, self.query_one(StepSheet), None):
            self.focus_shown()

    def focus_shown(self) -> None:
        (self.table if self.table.display else self.query_one(StepSheet)).focus()

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        return bool(self.ids)

    def action_table(self) -> None:
        self.as_list = not self.as_list
        self._show_one()

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.steps.tickets_figures import ABOUT

        self.app.push_screen(AboutScreen(ABOUT))

    def in_full(self, key: str) -> str:
        row = self.tickets.get(key)
        if row is None:
            return ""
        return f"{SHORT[row.kind].capitalize()} {row.reference}, {row.priority}: {row.subject}"

    def _cells(self, row: TicketRow) -> list[ListCell]:
        today, closed = self.book.today, short_day(row.closed_on, self.book.today)
        style = "muted" if row.closed_on else ""
        return [
            (row.reference or self.host.glyphs.none, "muted"),
            (SHORT[row.kind], style),
            (row.priority, "due" if row.priority == "urgent" and not row.closed_on else style),
            (row.subject, style),
            (short_day(row.opened_on, today), "muted"),
            (closed, "muted") if closed else ("open", ""),
        ]


def total(of_kind: Mapping[str, Standing], kind: str) -> str:
    """`tickets: 2 open, 3 closed`; empty where there are none of a kind."""
    if kind not in of_kind:
        return ""
    standing = of_kind[kind]
    noun = KINDS[kind][0 if sum(standing) == 1 else 1]
    return f"{noun}: {standing.open:,} open, {standing.closed:,} closed"

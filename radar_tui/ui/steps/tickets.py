"""Support tickets and service requests since the last visit, and those still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.steps.asking import AskLine
from radar_tui.ui.steps.listing import Below, HeadedTable, ListPane, heading
from radar_tui.ui.steps.step import Book, StepSheet, Tally
from radar_tui.ui.steps.tickets_figures import Review, lines
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.store.visit_lists import TicketRow
    from radar_tui.ui.widgets.cells import Cell

KINDS = {"ticket": ("ticket", "tickets"), "service request": ("service request", "service requests")}
SHORT = {"ticket": "ticket", "service request": "request"}


def tally(book: Book, step: Step) -> Tally:
    """How many are still open."""
    still = sum(ticket.closed_on is None for ticket in VisitLists(book.store, book.visit).tickets())
    return Tally(False, f"{still} open" if still else "")


class Pane(ListPane):
    """Figures to show, and the list behind them to go through together; nothing is changed here."""

    columns: ClassVar[Sequence[Column]] = [
        Column("Reference", 9),
        Column("Kind", 7, priority=2),
        Column("Priority", 8, priority=1),
        Column("Subject", 14, grow=True),
        Column("Opened", 6, right=True),
        Column("Closed", 6, right=True),
    ]
    empty = """No tickets or service requests since the last visit, and none open.
Here they stand to be gone through together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "table", "figures or list", id="tickets.table", tooltip="The figures, or the list of tickets"
        ),
        Binding("i", "about", "about", id="tickets.about", tooltip="Where each figure comes from"),
    ]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.tickets: dict[str, TicketRow] = {}
        self.as_list = False

    def reload(self) -> None:
        tickets = self.lists.tickets()
        self.tickets = {ticket.id: ticket for ticket in tickets}
        self.head((total(tickets, "ticket"), "muted"))
        requests = self.query_one("#requests", Line)
        requests.show("", (total(tickets, "service request"), "muted"))
        requests.display = any(row.kind == "service request" for row in tickets)
        self.show_rows([Row(row.id, self._cells(row)) for row in tickets])
        review, glyphs = Review(*self.lists.review()), self.radar.glyphs
        self.query_one(StepSheet).show(lambda width: lines(review, width, glyphs))
        self._show_one()

    def compose(self) -> ComposeResult:
        title, *more = heading(self.step)
        yield title
        yield Line(id="requests")
        yield from more
        yield StepSheet(id="figures")
        table = HeadedTable(self.columns, empty=self.empty)
        yield table
        yield Below()
        yield AskLine(table)

    def _show_one(self) -> None:
        """Either the figures or the list; where there is nothing to count, the words of the empty list."""
        listed = self.as_list or not self.tickets
        self.query_one(StepSheet).display = not listed
        self.table.display = self.query_one(Below).display = listed
        if self.screen.focused in (self.table, self.query_one(StepSheet), None):
            self.focus_shown()

    def focus_shown(self) -> None:
        (self.table if self.table.display else self.query_one(StepSheet)).focus()

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        return bool(self.tickets)

    def action_table(self) -> None:
        self.as_list = not self.as_list
        self._show_one()

    def action_about(self) -> None:
        from radar_tui.ui.screens.about import AboutScreen
        from radar_tui.ui.steps.tickets_figures import ABOUT

        self.app.push_screen(AboutScreen(ABOUT))

    def in_full(self, key: str) -> str:
        row = self.tickets[key]
        return f"{SHORT[row.kind].capitalize()} {row.reference}, {row.priority}: {row.subject}"

    def _cells(self, row: TicketRow) -> list[Cell]:
        today, closed = self.book.today, day_month(row.closed_on, self.book.today)
        style = "muted" if row.closed_on else ""
        return [
            (row.reference or self.radar.glyphs.none, "muted"),
            (SHORT[row.kind], style),
            (row.priority, "due" if row.priority == "urgent" and not row.closed_on else style),
            (row.subject, style),
            (day_month(row.opened_on, today), "muted"),
            (closed, "muted") if closed else ("open", ""),
        ]


def total(tickets: Sequence[TicketRow], kind: str) -> str:
    """`tickets: 2 open, 3 closed`; empty where there are none of a kind."""
    of_kind = [ticket for ticket in tickets if ticket.kind == kind]
    if not of_kind:
        return ""
    still = sum(ticket.closed_on is None for ticket in of_kind)
    noun = KINDS[kind][0 if len(of_kind) == 1 else 1]
    return f"{noun}: {still} open, {len(of_kind) - still} closed"

"""The car-park card: one screen to read before going in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.brief import LABEL
from radar_tui.domain.cadence import band
from radar_tui.store.lists.brief import brief, lines
from radar_tui.ui.base.place import CustomerAt, VisitTo
from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.store.lists.brief import Brief

_MORE = re.compile(r" {2,}\+\d+$")

LEAST_HEIGHT = 22
"""What an 80×24 terminal leaves; a smaller one scrolls."""


class BriefScreen(Page):
    """The brief of one customer, as `radar brief` prints it, in the look of the app."""

    CSS_PATH = "brief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "visit", "visit", id="brief.visit", tooltip="Start or resume the visit"),
        Binding("o", "open", "customer", id="brief.open", tooltip="Everything about this customer"),
        Binding("escape", "back", "back", id="brief.back", tooltip="Back"),
    ]

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id

    def compose(self) -> ComposeResult:
        yield Sheet()
        yield KeyBar()

    @property
    def sheet(self) -> Sheet:
        return self.query_one(Sheet)

    def on_mount(self) -> None:
        self.sheet.focus()

    def reload(self) -> None:
        card = brief(self.store, self.customer_id, self.today)
        self.sheet.show(lambda width: painted(card, width, max(LEAST_HEIGHT, self.sheet.size.height)))

    # Keys

    def action_visit(self) -> None:
        self.host.open(VisitTo(self.customer_id))

    def action_open(self) -> None:
        from radar_tui.ui.screens.customer.screen import CustomerScreen

        if any(isinstance(screen, CustomerScreen) for screen in self.app.screen_stack[:-1]):
            self.action_back()
        else:
            self.host.open(CustomerAt(self.customer_id))


def painted(card: Brief, width: int, height: int) -> list[SheetLine]:
    """The lines of the card: name strong, due words in their colour, labels dimmed."""
    first, second, *rest = lines(card, width, height)
    name, _, due = first.rpartition("  ")
    gap = " " * (len(name) + 2 - len(name.rstrip()))
    urgency = band(card.due_on, card.today, card.cadence_days)
    style = urgency if urgency in ("late", "due") else "muted"
    mark = {"late": "!! ", "due": "! "}.get(urgency, "")
    if len(gap) > len(mark):
        gap, due = gap[len(mark) :], mark + due
    return [
        [(name.rstrip(), "strong"), (gap, ""), (due, style)],
        [(second, "muted")],
        *(_part(line) for line in rest),
    ]


def _part(line: str) -> SheetLine:
    """A line behind its label: the mark of what is late or due in its colour, the count of what is hidden dimmed."""
    label, text = line[:LABEL], line[LABEL:]
    mark = text[:4]
    style = {"!!": "late", "!": "due"}.get(mark.strip(), "")
    more = _MORE.search(text)
    end = more.start() if more else len(text)
    return [(label, "muted"), (mark, style), (text[4:end], ""), (text[end:], "muted")]

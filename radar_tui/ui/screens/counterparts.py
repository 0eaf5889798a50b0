"""Who knows whom at a customer: their functions and ours, the pairs that are empty first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.relationship import counterpart_for, counterpart_map, coverage
from radar_tui.domain.text import plural
from radar_tui.ui.screens.page import Page
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import Column, Row, RowTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.relationship import Colleague, Link
    from radar_tui.ui.widgets.cells import Cell

COLUMNS = [
    Column("Their function", 14),
    Column("Contact", 16, grow=True),
    Column("Our function", 18, priority=1),
    Column("Of ours", 16, grow=True),
    Column("Met", 12, right=True),
]
EMPTY = """Nobody known here yet: who of ours should know whom of theirs.
Press esc, then n on the tab People to add the first contact."""
ABOUT = [
    ("Know their counterpart", "Contacts who have met a colleague of ours that they are paired with, of all contacts "
        "who have not left; a pair with a colleague who left does not count. The card and 3 Company count the same."),
    ("Met", "The day on the pair: a tick on a visit sets it for the BRM, m there for the counterpart too."),
    ("fits", "Where nobody is paired: the colleague whose function answers theirs, e.g. receivables for payables."),
]  # fmt: skip


class CounterpartsScreen(Page):
    """The map of one customer; enter pairs the contact under the cursor."""

    CSS_PATH = "counterparts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "pair", "counterpart", id="counterparts.pair", tooltip="Who of ours this contact should know"),
        Binding("i", "about", "about", id="counterparts.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="counterparts.back", tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self._links: list[Link] = []

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(COLUMNS, empty=EMPTY)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def reload(self) -> None:
        links = self.store.counterpart.links(self.customer_id)
        ours = self.store.colleague.here()
        self._links = counterpart_map(links, self.today)
        met, people = coverage(links, self.today)
        name = self.store.radar.customer_name(self.customer_id)
        share = f"{met} of {plural(people, 'contact')} know their counterpart" if people else ""
        self.query_one("#title", Line).show(
            [(name, "strong"), ("  who knows whom", "muted")], (share, "muted")
        )
        table = self.query_one(RowTable)
        here = table.current.key if table.current else None
        rows = [
            Row(f"{link.contact_id} {link.colleague_id}", self._cells(link, ours)) for link in self._links
        ]
        keys = [row.key for row in rows]
        table.show_rows(rows, cursor=keys.index(here) if here in keys else None)

    def _cells(self, link: Link, ours: list[Colleague]) -> list[Cell]:
        glyphs, bond = self.radar.glyphs, link.bond(self.today)
        who: Cell = (link.colleague, "" if bond == "met" else "muted")
        function = link.our_function
        if bond == "nobody":
            fit = counterpart_for(link.function, ours, self.today)
            who = (f"{fit.name} fits", "muted") if fit else (glyphs.none, "muted")
            function = fit.function if fit else ""
        met: Cell = (day_month(link.met_on, self.today), "")
        if bond != "met":
            met = (f"{glyphs.due} {'nobody' if bond == 'nobody' else 'not met'}", "due")
        return [
            (link.function or glyphs.none, "muted"),
            link.contact,
            (function or glyphs.none, "muted"),
            who,
            met,
        ]

    def on_row_table_chosen(self) -> None:
        self.action_pair()

    def action_pair(self) -> None:
        from radar_tui.ui.forms import after_saving, counterpart_form

        if self._links:
            link = self._links[self.query_one(RowTable).cursor]
            form = counterpart_form(self.radar, self.store.contact.get(link.contact_id))
            self.app.push_screen(form, after_saving(self.radar))

    def action_about(self) -> None:
        from radar_tui.ui.screens.about import AboutScreen

        self.app.push_screen(AboutScreen(ABOUT))

"""Who knows whom at a customer: their functions and ours, the pairs that are empty first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import day_words
from radar_tui.domain.relationship import (
    counterpart_for,
    counterpart_map,
    coverage,
    function_grid,
    unknown_functions,
)
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.store.rows.counterpart import introduction_id
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.frame.words.common import heading
from radar_tui.ui.screens.customer import counterparts_rows as rows
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.relationship import Colleague, Link
    from radar_tui.ui.frame.form import FormScreen


class CounterpartsScreen(Undoing):
    """The map of one customer; enter edits the pair under the cursor."""

    CSS_PATH = "counterparts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "pair", "counterpart", id="counterparts.pair", tooltip="Who of ours this contact should know"),
        Binding("n", "another", "one more", id="counterparts.another",
                tooltip="Another colleague whom this contact should know too"),
        Binding("p", "introduce", "introduce", id="counterparts.introduce",
                tooltip="Agree to introduce the counterpart whom they have not met"),
        Binding("t", "turn", "pairs or functions", id="counterparts.turn",
                tooltip="Their functions by ours, or a line a pair"),
        Binding("i", "about", "about", id="counterparts.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="counterparts.back", tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self._links: list[Link] = []
        self._ours: list[Colleague] = []
        self._unknown: list[str] = []
        self._by_function = False

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(rows.COLUMNS, empty=rows.EMPTY)
        yield Sheet(id="grid")
        yield Sheet(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("pair", "another", "introduce") or (bool(self._links) and not self._by_function)

    def reload(self) -> None:
        links = self.store.counterpart.links(self.customer_id)
        self._ours = self.store.colleague.here()
        self._links = counterpart_map(links, self.today)
        # What is matched in small letters is an abbreviation.
        self._unknown = [
            "IT" if one == "it" else one for one in unknown_functions(links, self._ours, self.today)
        ]
        met, people = coverage(links, self.today)
        name = self.store.radar.customer_name(self.customer_id)
        share = f"{met} of {plural(people, 'contact')} know their counterpart" if people else ""
        self.query_one("#title", Line).show(
            [(name, "strong"), ("  who knows whom", "muted")], (share, "muted")
        )
        grid, unknown, glyphs = function_grid(links, self.today), self._unknown, self.host.glyphs
        self.query_one("#grid", Sheet).show(lambda width: rows.grid_lines(grid, unknown, width, glyphs))

        def fit(function: str) -> Colleague | None:
            return counterpart_for(function, self._ours, self.today)

        table = self.query_one(RowTable)
        here = table.current.key if table.current else None
        shown = [
            ListRow(
                f"{link.contact_id} {link.colleague_id}",
                rows.pair_cells(link, fit(link.function), self.today, glyphs),
            )
            for link in self._links
        ]
        keys = [row.key for row in shown]
        # A contact who got a counterpart has another row than before.
        same = [place for place, key in enumerate(keys) if here and key.split()[0] == here.split()[0]]
        table.show_rows(shown, cursor=keys.index(here) if here in keys else same[0] if same else None)
        self._show_detail()
        self.refresh_bindings()

    # The pair under the cursor in full

    def on_row_table_moved(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        link, unknown = self._here, self._unknown
        words = self._words(link) if link else ""

        def lines(width: int) -> list[SheetLine]:
            head = [heading(link.contact, link.function)] if link else []
            gaps = f"Nobody known in: {', '.join(unknown)}." if unknown else ""
            return [
                *head,
                *([(line, "")] for line in wrapped(words, width, 2) if line),
                *([(line, "muted")] for line in wrapped(gaps, width, 1) if line),
            ]

        self.query_one("#detail", Sheet).show(lines)

    def _words(self, link: Link) -> str:
        if link.bond(self.today) == "met":
            return f"Knows {link.colleague}, {link.our_function}; met {day_words(link.met_on, self.today)}."
        colleague, name = link.colleague_id, link.colleague
        if colleague is None:
            fit = counterpart_for(link.function, self._ours, self.today)
            if fit is None:
                return "Knows nobody of ours, and no function of ours fits: c chooses somebody."
            colleague, name = fit.id, fit.name
        action = self.store.action.find(introduction_id(link.contact_id, colleague))
        if action is not None and action.status == "open":
            by = f" by {day_words(action.due_on, self.today)}" if action.due_on else ""
            return f"Has not met {name} yet; introduction agreed{by}."
        return f"Has not met {name} yet: p agrees to introduce them."

    @property
    def _here(self) -> Link | None:
        return self._links[self.query_one(RowTable).cursor] if self._links else None

    # Keys

    def action_turn(self) -> None:
        """A line a pair, or their functions by ours."""
        self._by_function = not self._by_function
        table, grid = self.query_one(RowTable), self.query_one("#grid", Sheet)
        grid.set_class(self._by_function, "-here")
        table.display = self.query_one("#detail").display = not self._by_function
        (grid if self._by_function else table).focus()
        self.refresh_bindings()

    def on_row_table_chosen(self) -> None:
        self.action_pair()

    def action_pair(self) -> None:
        if link := self._here:
            self._open(link, link.colleague_id)

    def action_another(self) -> None:
        if link := self._here:
            self._open(link, None)

    def _open(self, link: Link, colleague_id: str | None) -> None:
        from radar_tui.ui.forms.customer import counterpart_form
        from radar_tui.ui.frame.form import after_saving

        contact = self.store.contact.get(link.contact_id)
        form: FormScreen = counterpart_form(self.host, contact, colleague_id)
        self.app.push_screen(form, after_saving(self.host))

    def action_introduce(self) -> None:
        """Agree to introduce somebody of ours, between two visits."""
        if (link := self._here) is None:
            return
        pairs = self.store.counterpart
        try:
            unmet = link.colleague_id if link.bond(self.today) == "not met" else None
            colleague = pairs.to_introduce(link.contact_id, unmet)
        except RadarError as error:
            self.host.tell(f"{error.message} {error.hint}")
            return
        made = pairs.introduce(link.contact_id, colleague, self.host.settings.me or None)
        by = day_words(made.action.due_on, self.today)
        self.changed(f"Agreed: {made.action.title}, by {by}.", lambda: pairs.put_back(made))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import COUNTERPARTS, AboutScreen

        self.app.push_screen(AboutScreen(COUNTERPARTS))

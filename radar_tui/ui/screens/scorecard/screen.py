"""The scorecard of a customer: every measure with its score, where its value comes from, and how it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.base.place import OverTimeAt
from radar_tui.ui.frame.page import Page
from radar_tui.ui.frame.words.scorecard import card_lines
from radar_tui.ui.screens.scorecard import rows
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.card import Measured
    from radar_tui.store.rows.scorecard import Computed
    from radar_tui.store.store import Store
    from radar_tui.ui.frame.form import FormScreen

_NEEDS_ROW = ("edit", "act")


class ScorecardScreen(Page):
    """The card of this customer, as it stands today."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reading", "reading", id="scorecard.reading", tooltip="Write a reading of this measure down"),
        Binding("e", "edit", "edit", id="scorecard.edit",
                tooltip="Change scale and weight, here or for all customers of the kind"),
        Binding("n", "new", "new measure", id="scorecard.new", tooltip="A measure of your own, read by hand"),
        Binding("a", "act", "action", id="scorecard.act", tooltip="An action that is to raise this measure"),
        Binding("h", "history", "over time", id="scorecard.history", tooltip="Both scores and the card over time"),
        Binding("i", "about", "about", id="scorecard.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="scorecard.back", tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self._measures: dict[str, Measured] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Sheet(id="card")
        yield RowTable(rows.COLUMNS, empty=rows.EMPTY)
        yield Sheet(id="origin")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.table.focus()

    def reload(self) -> None:
        """A customer may have ten thousand tickets, so the card is computed beside the screen."""
        self.query_one("#title", Line).show(
            (self.store.radar.customer_name(self.customer_id), "strong"), ("scorecard", "muted")
        )
        self.in_background("card", self._read, self._show)

    def _read(self, store: Store) -> tuple[Computed, list[Measured]]:
        found = store.scorecard.computed(self.customer_id, self.today)
        before = store.measure.measured(self.customer_id, found.changed.since) if found.changed else []
        return found, before

    def _show(self, read: tuple[Computed, list[Measured]]) -> None:
        (found, before), today = read, self.today
        self.query_one("#card", Sheet).show(lambda width: card_lines(found, today, width))
        self._measures = {measure.id: measure for measure in found.measures}
        self.table.show_rows(self._rows(found, {each.id: each for each in before}))
        self._show_origin()
        self.refresh_bindings()

    def _rows(self, found: Computed, before: dict[str, Measured]) -> list[ListRow]:
        made, perspective = [], ""
        for each in found.measures:
            first = each.perspective != perspective
            perspective = each.perspective
            cells = rows.measure_cells(each, before.get(each.id), first, found, self.today, self.host.glyphs)
            made.append(ListRow(each.id, cells))
        return made

    @property
    def chosen(self) -> Measured | None:
        """The measure under the cursor."""
        row = self.table.current if self.is_mounted and self.query(RowTable) else None
        return self._measures.get(row.key) if row else None

    def on_row_table_moved(self) -> None:
        self._show_origin()
        self.refresh_bindings()

    def _show_origin(self) -> None:
        measure, today = self.chosen, self.today

        def lines(width: int) -> list[SheetLine]:
            return rows.measure_words(measure, today, width) if measure else []

        self.query_one("#origin", Sheet).show(lines)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "reading":
            return self.chosen is not None and not self.chosen.key
        return self.chosen is not None if action in _NEEDS_ROW else True

    def on_row_table_chosen(self) -> None:
        if measure := self.chosen:
            self.host.open(OverTimeAt(self.customer_id, measure.id))

    def action_history(self) -> None:
        self.host.open(OverTimeAt(self.customer_id))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import CARD, AboutScreen

        self.app.push_screen(AboutScreen(CARD))

    def action_new(self) -> None:
        from radar_tui.ui.screens.scorecard.forms import measure_form

        self._open(measure_form(self.host, self.customer_id, None))

    def action_edit(self) -> None:
        from radar_tui.ui.screens.scorecard.forms import measure_form

        if measure := self.chosen:
            self._open(measure_form(self.host, self.customer_id, measure))

    def action_reading(self) -> None:
        from radar_tui.ui.screens.scorecard.forms import reading_form

        if measure := self.chosen:
            self._open(reading_form(self.host, self.customer_id, measure))

    def action_act(self) -> None:
        from radar_tui.ui.forms.business import action_form

        if measure := self.chosen:
            self._open(action_form(self.host, self.customer_id, None, measure_id=measure.id))

    def _open(self, form: FormScreen) -> None:
        from radar_tui.ui.frame.form import after_saving

        self.app.push_screen(form, after_saving(self.host))

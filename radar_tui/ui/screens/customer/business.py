"""What is to be sold to a customer and done for it: its opportunities and actions, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from radar_tui.domain.days import short_day
from radar_tui.domain.money import money
from radar_tui.domain.opportunity import PROBABILITY
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.ui.frame.words.actions import action_cells, action_words
from radar_tui.ui.screens.customer.page import CustomerList
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.widget import Widget

    from radar_tui.domain.opportunity import Stage
    from radar_tui.store.lists.customer import (
        CustomerActionRow,
        OpportunityLineRow,
        OpportunityRow,
    )
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.frame.words.common import Detail
    from radar_tui.ui.widgets.cells import ListCell

LINE_COLUMNS = [
    ListColumn("Line", 24, grow=True),
    ListColumn("Item", 8, grow=True),
    ListColumn("Qty", 5, right=True),
    ListColumn("Unit price", 10, right=True),
    ListColumn("Value", 12, right=True),
    ListColumn("Decision", 9),
    ListColumn("Needed by", 9, priority=1, right=True),
]
NO_LINES = "No lines: its value is not known yet."
NEXT_STAGE: dict[str, Stage] = {"idea": "quoted", "quoted": "won"}


class OpportunitiesTab(CustomerList["OpportunityRow"]):
    """Business found, with its lines below."""

    tab = Tab("opportunities", "Opportunities", "u")
    columns = [
        ListColumn("Opportunity", 22, grow=True),
        ListColumn("Kind", 11, grow=True),
        ListColumn("Stage", 6),
        ListColumn("Prob.", 5, right=True),
        ListColumn("Value", 12, right=True),
        ListColumn("Expected", 8, right=True),
    ]
    empty = """No business found yet: replacements, spares and new streams from visits.
Press v to start one, or n to write down what you heard elsewhere."""
    of_row = frozenset({"edit", "stage"})

    def body(self) -> Widget:
        return Vertical(super().body(), RowTable(LINE_COLUMNS, id="lines", empty=NO_LINES))

    @property
    def lines(self) -> RowTable:
        """The lines of the opportunity under the cursor."""
        return self.page.query_one("#lines", RowTable)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {**super().acts(), "stage": self._stage}

    def fetch(self, offset: int, limit: int) -> Sequence[OpportunityRow]:
        return self.lists.opportunities(offset, limit)

    def cells(self, row: OpportunityRow) -> list[ListCell]:
        """Business found; what is decided is dimmed."""
        style = {"won": "", "lost": "muted"}.get(row.stage, "")
        return [
            (row.title, style),
            (row.kind, "muted"),
            (row.stage, "strong" if row.stage in ("quoted", "won") else "muted"),
            (f"{row.probability} %", "muted"),
            money(row.value, row.currency) if row.value else (self.glyphs.none, "muted"),
            (short_day(row.expected_on, self.today) or self.glyphs.none, "muted"),
        ]

    def show_below(self) -> None:
        """Its lines have a list of their own."""
        self.page.query_one("#detail").display = False
        row, table = self.row, self.lines
        table.display = row is not None
        found = self.lists.lines(row.id) if row is not None else []
        currency = row.currency if row is not None else ""
        table.show_rows([ListRow(line.id, self._line(line, currency)) for line in found], cursor=0)

    def _line(self, row: OpportunityLineRow, currency: str) -> list[ListCell]:
        """One line of an opportunity."""
        declined = row.decision == "declined"
        return [
            (row.words, "muted" if declined else ""),
            (row.item or self.glyphs.none, "muted"),
            f"{row.quantity:,}",
            (money(row.unit_price, currency), "muted"),
            (money(row.quantity * row.unit_price, currency), "muted" if declined else ""),
            (row.decision, "strong" if row.decision == "agreed" else "muted"),
            (short_day(row.needed_by, self.today) or self.glyphs.none, "muted"),
        ]

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.business import opportunity_form

        row = self.store.opportunity.get(id) if id else None
        return opportunity_form(self.page.host, self.page.customer_id, row)

    def opened(self, key: str) -> None:
        self.lines.focus()

    def leave(self) -> bool:
        inside = self.lines.has_focus
        if inside:
            self.page.focus_body()
        return inside

    def _stage(self) -> None:
        if (row := self.row) is None:
            return
        page, opportunities = self.page, self.store.opportunity
        before = opportunities.get(row.id)
        if before.stage != row.stage:
            page.reload()
            raise RadarError(f"{before.title} is {before.stage} by now.", "Nothing was changed.")
        stage = NEXT_STAGE.get(before.stage)
        if stage is None:
            page.host.tell(f"{before.title} is {before.stage}: e changes that.")
            return
        change: dict[str, object] = {"stage": stage, "probability": PROBABILITY[stage]}
        if stage == "won" and before.expected_on is None:
            # The card counts what was won within a year, so the day must be known.
            change["expected_on"] = self.today
        after = opportunities.change(before, before.model_copy(update=change))
        left = sum(line.decision == "to quote" for line in self.lists.lines(row.id)) if stage == "won" else 0
        words = f" {plural(left, 'line')} to quote: only what they agreed to counts as won." if left else ""
        page.changed(f"{before.title} is {stage}.{words}", lambda: opportunities.change_back(before, after))


class ActionsTab(CustomerList["CustomerActionRow"]):
    """What a colleague of ours will do for them by a date."""

    tab = Tab("actions", "Actions", "a")
    columns = [
        ListColumn("", 2, right=True),
        ListColumn("Action", 28, grow=True),
        ListColumn("Owner", 16),
        ListColumn("Due", 13, right=True),
        ListColumn("Done", 7, priority=1, right=True),
        ListColumn("To raise", 18, priority=2),
        ListColumn("Expected", 8, priority=3, right=True),
        ListColumn("Came to", 7, priority=3, right=True),
    ]
    empty = """Nothing to do yet: what a colleague of ours will do for them by a date.
Press n to add one."""
    of_row = frozenset({"edit", "done"})

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {**super().acts(), "done": self._done}

    def fetch(self, offset: int, limit: int) -> Sequence[CustomerActionRow]:
        return self.lists.actions(offset, limit)

    def cells(self, row: CustomerActionRow) -> list[ListCell]:
        return action_cells(row, self.today, self.glyphs)

    def words_of(self, row: CustomerActionRow) -> Detail:
        return action_words(row, self.today)

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.business import action_form

        return action_form(self.page.host, self.page.customer_id, self.store.action.get(id) if id else None)

    def _done(self) -> None:
        if row := self.row:
            self.page.turn_action(row.id, row.status, "done")

"""The quarters of both questions, as two plots with intervals or as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from radar_tui.ui.screens import company_rows as rows
from radar_tui.ui.screens.company_read import QUESTIONS, points
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from radar_tui.store.company_lists import QuarterRow
    from radar_tui.ui.glyphs import Glyphs
    from radar_tui.ui.widgets.plot import Plot


class Quarters(Vertical):
    """The tab; `as_table` says which of the two is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.as_table = False

    def compose(self) -> ComposeResult:
        yield Horizontal(id="plots")
        yield RowTable(rows.QUARTERS, empty=rows.EMPTY["quarters"])

    def show(self, quarters: Sequence[QuarterRow], glyphs: Glyphs) -> None:
        """Paint these, the oldest first."""
        for plot, question in zip(self._plots(), QUESTIONS, strict=True):
            plot.show(points(quarters, question))
        table = self.query_one(RowTable)
        table.show_rows(rows.quarters(quarters, glyphs))
        self.query_one("#plots").display = not self.as_table
        table.display = self.as_table

    def focus_shown(self) -> None:
        """Put the keys where one looks."""
        (self.query_one(RowTable) if self.as_table else self._plots()[0]).focus()

    def _plots(self) -> Sequence[Plot]:
        """Both plots, made when they are shown first."""
        from radar_tui.ui.widgets.plot import Plot

        place = self.query_one("#plots")
        if not place.children:
            place.mount(*(Plot(question.capitalize(), id=question) for question in QUESTIONS))
        return [place.query_one(f"#{question}", Plot) for question in QUESTIONS]

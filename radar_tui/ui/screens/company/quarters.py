"""The quarters: both questions as plots with intervals or as a table, and how near we were to our customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from radar_tui.domain.nps import QUESTIONS
from radar_tui.ui.screens.company import rows
from radar_tui.ui.screens.company.read import points
from radar_tui.ui.screens.company.shares_rows import EMPTY, SHARES, shares_rows
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.screens.company.read import CompanyRead
    from radar_tui.ui.widgets.plot import Plot

VIEWS = ("plots", "scores", "shares")
VIEW_WORDS = {"plots": "as plots", "scores": "as a table", "shares": "how near we were"}


class Quarters(Vertical):
    """The tab; `view` says which of VIEWS is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.view = VIEWS[0]
        self._starts: dict[str, date] = {}

    def compose(self) -> ComposeResult:
        yield Horizontal(id="plots")
        yield RowTable(rows.QUARTERS, empty=rows.EMPTY["quarters"], id="scores")
        yield RowTable(SHARES, empty=EMPTY, id="shares")

    @property
    def needs(self) -> str:
        """What is to be read for the view: the quarters, or the shares, which take longer."""
        return "shares" if self.view == "shares" else "quarters"

    def show(self, found: CompanyRead, glyphs: Glyphs) -> None:
        """Paint what was read."""
        shown = found.shares if found.here == "shares" else found.quarters
        self._starts = {row.start.isoformat(): row.start for row in shown}
        if found.here == "shares":
            self.query_one("#shares", RowTable).show_rows(shares_rows(found.shares, glyphs))
            return
        both = [points(found.quarters, question) for question in QUESTIONS]
        for plot, own, other in zip(self._plots(), both, reversed(both), strict=True):
            plot.show(own, other)
        self.query_one("#scores", RowTable).show_rows(rows.quarters(found.quarters, glyphs))

    def start_of(self, key: str) -> date:
        """The first day of the quarter that is shown in a row."""
        return self._starts[key]

    def turn(self) -> None:
        """The next view."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        for name in VIEWS:
            self.query_one(f"#{name}").display = name == self.view

    def focus_shown(self) -> None:
        """Put the keys where one looks."""
        shown: Widget = self._plots()[0] if self.view == "plots" else self.query_one(f"#{self.view}")
        shown.focus()

    def _plots(self) -> Sequence[Plot]:
        """Both plots, made when they are shown first."""
        from radar_tui.ui.widgets.plot import Plot

        place = self.query_one("#plots")
        if not place.children:
            place.mount(*(Plot(question.capitalize(), id=question) for question in QUESTIONS))
        return [place.query_one(f"#{question}", Plot) for question in QUESTIONS]

"""The customer's KPIs: target, newest reading, and what counts as worst and best."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from radar_tui.domain.text import plural
from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.steps.listing import HEADING, ListPane
from radar_tui.ui.steps.step import Book, Tally
from radar_tui.ui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.store.visit_lists import MeasureRow
    from radar_tui.ui.widgets.cells import Cell


def tally(book: Book, step: Step) -> Tally:
    """On target of those that have a target."""
    aimed = [row.on_target for row in VisitLists(book.store, book.visit).measures(book.today)]
    known = [reached for reached in aimed if reached is not None]
    return Tally(False, f"{sum(known)}/{len(known)}" if known else "")


class Pane(ListPane):
    """Measures by perspective; nothing is changed here."""

    columns: ClassVar[Sequence[Column]] = [
        Column("   Measure", 19, grow=True),
        Column("Target", 6, right=True),
        Column("Newest", 6, right=True),
        Column("Unit", 6, priority=1),
        Column("Before", 8, priority=2, right=True),
        Column("Read on", 7, right=True),
        Column("Worst", 7, priority=3, right=True),
        Column("Best", 7, priority=3, right=True),
    ]
    empty = """No KPIs of this customer yet.
Here each stands with its target and its newest reading."""

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.measures: dict[str, MeasureRow] = {}

    def reload(self) -> None:
        measures = self.lists.measures(self.book.today)
        self.measures = {row.id: row for row in measures}
        aimed = [row.on_target for row in measures if row.on_target is not None]
        self.head((f"{sum(aimed)} of {plural(len(aimed), 'KPI')} on target" if aimed else "", "muted"))
        rows: list[Row] = []
        perspective = ""
        for measure in measures:
            if measure.perspective != perspective:
                perspective = measure.perspective
                rows.append(Row(f"{HEADING}{perspective}", [(perspective.capitalize(), "label")]))
            rows.append(Row(measure.id, self._cells(measure)))
        self.show_rows(rows)

    def in_full(self, key: str) -> str:
        row = self.measures.get(key)
        if row is None:
            return ""
        unit = f" {row.unit}" if row.unit else ""
        stale = "; the newest reading is too old to count" if row.stale else ""
        return f"{row.name}: worst {row.worst:g}, best {row.best:g}{unit}{stale}"

    def _cells(self, row: MeasureRow) -> list[Cell]:
        glyphs = self.radar.glyphs
        none: Cell = (glyphs.none, "muted")
        style = "due" if row.on_target is False else ""
        day = day_month(row.as_of, self.book.today)
        return [
            [(f"{glyphs.due}  " if row.on_target is False else "   ", "due"), (row.name, "")],
            none if row.target is None else f"{row.target:g}",
            none if row.value is None else (f"{row.value:g}", "muted" if row.stale else style),
            (row.unit, "muted"),
            none if row.before is None else (f"{row.before:g}", "muted"),
            (day or glyphs.none, "due" if row.stale else "muted"),
            (f"{row.worst:g}", "muted"),
            (f"{row.best:g}", "muted"),
        ]

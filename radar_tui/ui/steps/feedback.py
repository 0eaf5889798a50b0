"""How satisfied they were with what we did on their tickets, and what became of every "not satisfied"."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.steps.listing import ListPane
from radar_tui.ui.steps.step import Book, Tally
from radar_tui.ui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.store.visit_lists import FeedbackRow
    from radar_tui.ui.widgets.cells import Cell, Part


def tally(book: Book, step: Step) -> Tally:
    """How many "not satisfied" nobody followed through yet."""
    rows = VisitLists(book.store, book.visit).not_satisfied(book.today)
    waiting = sum(row.followed_up_on is None for row in rows)
    return Tally(False, f"{waiting} open" if waiting else "")


class Pane(ListPane):
    """Every "not satisfied" with who followed through, when, and what came of it."""

    columns: ClassVar[Sequence[Column]] = [
        Column("   Not satisfied with", 21, grow=True),
        Column("Opened", 6, priority=1, right=True),
        Column("Followed by", 14),
        Column("On", 6, right=True),
        Column("Outcome", 12, priority=2, grow=True),
        Column("Shown", 6, priority=3, right=True),
    ]
    empty = """Nobody was "not satisfied" in the last year.
Here stands what became of each one: who followed through, when, and the outcome."""

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.unhappy: dict[str, FeedbackRow] = {}

    def reload(self) -> None:
        satisfied, unhappy, unsaid = self.lists.verdicts(self.book.today)
        words = f"{satisfied} satisfied, {unhappy} not, {unsaid} silent"
        self.head((words, "muted"), "1 year")
        rows = self.lists.not_satisfied(self.book.today)
        self.unhappy = {row.id: row for row in rows}
        self.show_rows([Row(row.id, self._cells(row)) for row in rows])

    def in_full(self, key: str) -> str:
        row = self.unhappy[key]
        outcome = f"Outcome: {row.outcome}" if row.outcome else "no outcome yet"
        words = [f"{row.reference} {row.subject}".strip(), f"“{row.comment}”" if row.comment else "", outcome]
        return ". ".join(word for word in words if word)

    def _cells(self, row: FeedbackRow) -> list[Cell]:
        glyphs, today = self.radar.glyphs, self.book.today
        words = row.subject or row.comment or row.reference
        followed = row.followed_up_on is not None
        mark: Part = ("   " if followed else f"{glyphs.due}  ", "due")
        what = [mark, (words, ""), (f"  {row.comment}" if row.subject and row.comment else "", "muted")]
        return [
            what,
            (day_month(row.opened_on, today), "muted"),
            row.followed_up_by or (glyphs.none if followed else "nobody yet", "muted" if followed else "due"),
            (day_month(row.followed_up_on, today) or glyphs.none, "muted"),
            row.outcome or (glyphs.none, "muted"),
            (day_month(row.shown_on, today) or glyphs.none, "muted"),
        ]

"""The integrity report: one key an item, the cursor moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.steps.step import Book, Tally
from radar_tui.ui.widgets.row_table import Column

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Step

COLUMNS = [
    Column("Item", 10),
    Column("Model", 7, priority=1),
    Column("Refurb.", 6, priority=2, right=True),
    Column("History", 7),
    Column("Today", 14),
    Column("Note", 6, grow=True),
]
EMPTY = """No items of ours in this plant yet: here each one gets its verdict.
Press + to add the first one you see."""
STYLES = {"serviceable": "", "deteriorating": "due", "unserviceable": "late", "not inspected": "muted"}


def tally(book: Book, step: Step) -> Tally:
    """Graded of all items."""
    graded, of = book.store.finding.graded(book.visit.id)
    return Tally(bool(of) and graded == of, f"{graded}/{of}" if of else "")

"""Spares: one line for each deteriorating item, with the day it is needed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.steps.base.lines import LinesPane, lines_recap, lines_tally

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Step
    from radar_tui.ui.steps.base.book import Book, StepTally
    from radar_tui.ui.widgets.cells import ListCell


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many spares lines."""
    return lines_tally(book, "spares")


def recap(book: Book, step: Step) -> ListCell:
    """Lines and value by decision."""
    return lines_recap(book, "spares")


class Pane(LinesPane):
    """Each spare agreed, to quote or declined."""

    kind = "spares"
    empty = """No spares needed: a line appears for each item graded deteriorating.
Press n to add a part by hand."""

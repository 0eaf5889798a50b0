"""Replacements: one line for each unserviceable item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.steps.base.lines import LinesPane, lines_recap, lines_tally

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Step
    from radar_tui.ui.steps.base.book import Book, StepTally
    from radar_tui.ui.widgets.cells import ListCell


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many replacement lines."""
    return lines_tally(book, "replacement")


def recap(book: Book, step: Step) -> ListCell:
    """Lines and value by decision."""
    return lines_recap(book, "replacement")


class Pane(LinesPane):
    """Each replacement agreed, to quote or declined."""

    kind = "replacement"
    empty = """Nothing to replace: a line appears for each item graded unserviceable.
Press n to add a part by hand."""

"""What came back with the laptop. That something was sealed stands there for everybody; what it says, score and reason
and what follows from it, only while the BRM asks to see it: the next of theirs may be looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from radar_tui.domain.days import day_words
from radar_tui.domain.text import one_line
from radar_tui.ui.widgets.line import content
from radar_tui.ui.widgets.wrapping import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from radar_tui.store.lists.response import GivenRow
    from radar_tui.ui.widgets.cells import Part

INDENT = 16
LINES_IN_VIEW = 8


class GivenBlock(VerticalScroll, can_focus=False):
    """What the contact under the cursor answered; it takes the focus only where it must be scrolled."""

    DEFAULT_CSS = """
    GivenBlock { height: auto; max-height: 60%; border-top: solid $panel; margin-top: 1; padding: 0 2; }
    GivenBlock Static { width: 100%; height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static()

    def show(self, head: list[Part], given: Sequence[GivenRow], today: date, *more: str) -> None:
        """A line on the contact, then each response: the reason in a column of its own, below it what follows; `more`
        is what could not be kept."""
        width = max(20, self.content_size.width - INDENT)
        parts = [*head]
        for row in given:
            parts += given_parts(row, today, width)
        parts += [(f"\n{line}", "due") for words in more for line in filled(one_line(words), width + INDENT)]
        self.query_one(Static).update(content(parts))
        self.can_focus = sum(text.count("\n") for text, _ in parts) > LINES_IN_VIEW


def given_parts(given: GivenRow, today: date, width: int) -> list[Part]:
    """One response: question, score, the reason wrapped to `width` cells, and what follows from it."""
    written = given.reason.strip()
    reason = filled(f"“{one_line(written)}”" if written else "no reason given", width)
    style = "muted" if given.voided or not written else ""
    if given.voided:
        after = filled(f"voided: {one_line(given.void_reason)}", width)
    elif given.play and given.due_at is not None:
        after = [f"{given.play} by {day_words(given.due_at.astimezone().date(), today)}"]
    else:
        after = []
    parts: list[Part] = [
        (f"\n{given.question.capitalize():<10}", "muted"),
        (f"{given.score:>{INDENT - 13}}   ", "muted" if given.voided else "strong"),
        (f"\n{' ' * INDENT}".join(reason), style),
    ]
    return [*parts, *((f"\n{' ' * INDENT}{line}", "muted") for line in after)]

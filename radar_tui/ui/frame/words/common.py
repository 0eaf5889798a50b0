"""Words that many screens share: days, what is due, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.cadence import days_late
from radar_tui.domain.text import plural
from radar_tui.ui.widgets.sheet import SheetLine

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell


def due_words(due_on: date | None, today: date) -> str:
    """`50 days late`, `today`, `in 17 days`, `now` for one never visited."""
    late = days_late(due_on, today)
    if due_on is None:
        return "now"
    if late > 0:
        return f"{plural(late, 'day')} late"
    return "today" if late == 0 else f"in {plural(-late, 'day')}"


def number(value: float | None, glyphs: Glyphs) -> ListCell:
    """A whole number, or the glyph for no value."""
    return (glyphs.none, "muted") if value is None else f"{value:.0f}"


Detail = tuple[SheetLine, str]


def heading(first: str, *more: str) -> SheetLine:
    """`first` strong, the rest dimmed, with space between; what is empty is left out."""
    return [(first, "strong"), *((f"   {words}", "muted") for words in more if words)]


def dotted(*words: str) -> str:
    """Words with a dot between; what is empty is left out."""
    return " · ".join(word for word in words if word)


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shown_days(digits: str) -> str:
    """`Mon Tue Wed Thu Fri` for `12345`."""
    return " ".join(DAYS[int(digit) - 1] for digit in digits if digit in "1234567")

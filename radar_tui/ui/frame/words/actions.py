"""How an action looks, on its customer and in the plan of all: its mark, what it aims at and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.ui.frame.words.common import Detail, dotted, due_words, heading

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.lists.action import ActionRow, Gain
    from radar_tui.store.lists.customer import CustomerActionRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import ListCell, Part

ACTION_SOON_DAYS = 7


def action_cells(row: CustomerActionRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """Something to do; what is done or dropped is dimmed."""
    mark, style = action_band(row, today, glyphs)
    is_open = row.status == "open"
    due: ListCell = (glyphs.none, "muted") if row.due_on is None else (due_words(row.due_on, today), style)
    if not is_open:
        due = (row.status, "muted")
    return [
        (mark, style),
        (row.title, "" if is_open else "muted"),
        (row.owner or glyphs.none, "muted"),
        due,
        (short_day(row.done_on, today) or glyphs.none, "muted"),
        (row.measure, "muted"),
        (signed(row.expected_gain) or glyphs.none, "muted"),
        came_to(row.gain, glyphs),
    ]


def signed(points: float | None) -> str:
    """`+12`, `−3.5`; empty where there are none."""
    return "" if points is None else f"{round(points, 1):+g}".replace("-", "−")


def came_to(gain: Gain | None, glyphs: Glyphs) -> ListCell:
    """What an action came to, once its measure was read again; dimmed while it is open."""
    if gain is None or gain.points is None:
        return (glyphs.none, "muted")
    return (signed(gain.points), "muted" if gain.is_open else "strong")


def aim_words(measure: str, expected: float | None, gain: Gain | None, today: date) -> str:
    """What an action is to raise and what came of it: `raises First reply: expected +10, came to +14 (40 → 54)`."""
    if not measure:
        return ""
    words = f"to raise {measure}" + (f" by {expected:g}" if expected is not None else "")
    if gain is None:
        return words
    if gain.now is None:
        return f"{words}; not read since"
    was = "–" if gain.before is None else f"{gain.before:.0f}"
    came = (
        f"{'so far' if gain.is_open else 'came to'} {signed(gain.points)}, "
        if gain.points is not None
        else ""
    )
    return f"{words}; {came}{was} → {gain.now:.0f} on {day_words(gain.read_on, today)}"


def action_band(row: CustomerActionRow | ActionRow, today: date, glyphs: Glyphs) -> Part:
    """The mark of an action and its style: late, due within a week, or in order."""
    if row.status != "open":
        return (glyphs.done if row.status == "done" else "", "muted")
    if row.due_on is None or (row.due_on - today).days > ACTION_SOON_DAYS:
        return (glyphs.fine, "")
    return (glyphs.late, "late") if row.due_on < today else (glyphs.due, "due")


def action_words(row: CustomerActionRow, today: date) -> Detail:
    """The whole title, and what it is to raise."""
    aim = aim_words(row.measure, row.expected_gain, row.gain, today)
    return heading(row.owner or "nobody yet"), dotted(row.title, aim)

"""The words of follow-ups in lists: what is due, what to do next, what came of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from radar_tui.domain.days import day_words
from radar_tui.domain.follow_up import to_do
from radar_tui.ui.frame.words.follow_ups import SHORT, due_time_words, follow_up_band
from radar_tui.ui.widgets.cells import Column
from radar_tui.ui.widgets.sheet import SheetLine, wrapped
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from datetime import datetime

    from radar_tui.store.lists.follow_up import FollowUpRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell, Part

TABS = (
    Tab("queue", "To do", "t"),
    Tab("closed", "Closed", "c"),
    Tab("stories", "Stories", "s"),
)
COLUMNS = {
    "queue": [
        Column("", 2, right=True),
        Column("Due", 14, right=True),
        Column("Customer", 16, grow=True),
        Column("Contact", 18, priority=1),
        Column("Score", 7),
        Column("To do", 23),
        Column("Owner", 16, priority=2),
        Column("Reason", 20, grow=True, priority=3),
    ],
    "closed": [
        Column("Closed", 6, right=True),
        Column("Customer", 16, grow=True),
        Column("Contact", 18, priority=2),
        Column("Score", 7),
        Column("Play", 7),
        Column("What came of it", 28, grow=True),
        Column("Owner", 16, priority=3),
    ],
    "stories": [
        Column("Day", 6, right=True),
        Column("Customer", 16, grow=True),
        Column("Contact", 16, priority=2),
        Column("What we did right", 40, grow=True),
        Column("What we do with it", 24, grow=True, priority=1),
    ],
}
EMPTY = {
    "queue": """Nothing to follow up. Each answer to the two questions lands here,
with what to do and by when.
Press 1 for the Radar and v there for a visit: its NPS step asks.""",
    "closed": """Nothing is closed yet. What came of each call stands here.
Press t for what is to do, enter there to go on with one.""",
    "stories": """No stories yet. What a customer with a 9 or 10 says we did right
is kept here for the team. Press t, and enter on one that says learn:
c once you called, d to write the story down.""",
}
NO_MATCH = "Nothing with these letters. Press esc for all."
TOLD = {"recover": "Cause", "nudge": "What just missed", "learn": "What we did right"}
"""What stands in `cause`, by play."""
OUTCOME = {"recover": "Outcome", "nudge": "What follows", "learn": "What we do with it"}
VERBATIM_LINES = 3


def cells(name: str, row: FollowUpRow, now: datetime, glyphs: Glyphs) -> list[Cell]:
    """The cells of one follow-up, in the order of COLUMNS[name]."""
    if name == "queue":
        return queue_cells(row, now, glyphs)
    day = closed_day(row, now)
    outcome = outcome_now(row)
    if name == "stories":
        return [
            (day, "muted"),
            row.customer,
            (row.contact, "muted"),
            row.cause or outcome,
            (outcome, "muted"),
        ]
    score: list[Part] = [(f"{row.score:>2} ", ""), (SHORT[row.question], "muted")]
    return [
        (day, "muted"),
        row.customer,
        (row.contact, "muted"),
        score,
        row.play,
        outcome,
        (row.owner or glyphs.none, "muted"),
    ]


def queue_cells(row: FollowUpRow, now: datetime, glyphs: Glyphs) -> list[Cell]:
    """The cells of one that is open."""
    mark, style = follow_up_band(row.due_at, now, glyphs, row.status)
    return [
        (mark, style),
        (due_time_words(row.due_at, now, row.status), style),
        row.customer,
        (row.contact, "muted"),
        [(f"{row.score:>2} ", ""), (SHORT[row.question], "muted")],
        to_do(row.play, row.status),
        (row.owner or glyphs.none, "muted"),
        (row.verbatim, "muted"),
    ]


def closed_day(row: FollowUpRow, now: datetime) -> str:
    """The day on which it was closed; empty while it is open."""
    return day_words(row.closed_at.astimezone(now.tzinfo).date(), now.date()) if row.closed_at else ""


def outcome_now(row: FollowUpRow) -> str:
    """The outcome that stands, without those from before it was opened again."""
    from radar_tui.domain.follow_up import history

    return history(row.outcome)[1]


def detail(name: str, row: FollowUpRow, width: int, today: date) -> list[SheetLine]:
    """Below the list: who said it and when, and the reason they gave, or what came of it."""
    asked = day_words(date.fromisoformat(row.asked_on), today)
    head: SheetLine = [
        (row.contact, "strong"),
        (f"   {row.customer}", ""),
        (f"   {row.question} {row.score}, {asked}", "muted"),
    ]
    owner = f"   {row.owner} follow{'s' if name == 'queue' else 'ed'} up"
    # Whole or not at all: it stands with the follow-up itself, too.
    if row.owner and sum(cell_len(text) for text, _ in head) + cell_len(owner) <= width:
        head.append((owner, "muted"))
    if name != "queue":
        told = [(TOLD[row.play], row.cause), (OUTCOME[row.play], outcome_now(row)), ("Gesture", row.gesture)]
        return [head, *([(f"{label}  ", "muted"), (text, "")] for label, text in told if text.strip())]
    if not row.verbatim.strip():
        return [head, [("No reason given.", "muted")]]
    return [head, *([(line, "")] for line in wrapped(row.verbatim, width, VERBATIM_LINES))]

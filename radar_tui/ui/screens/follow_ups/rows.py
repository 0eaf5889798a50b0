"""The words of follow-ups in lists: what is due, what to do next, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from radar_tui.domain.days import day_words
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from datetime import date, datetime

    from radar_tui.store.lists.follow_up import FollowUpRow

TOLD = {"recover": "Cause", "nudge": "What just missed", "learn": "What we did right"}
"""What stands in `cause`, by play."""
OUTCOME = {"recover": "Outcome", "nudge": "What follows", "learn": "What we do with it"}
VERBATIM_LINES = 3


def closed_day(row: FollowUpRow, now: datetime) -> str:
    """The day on which it was closed; empty while it is open."""
    return day_words(row.closed_at.astimezone(now.tzinfo).date(), now.date()) if row.closed_at else ""


def outcome_now(row: FollowUpRow) -> str:
    """The outcome that stands, without those from before it was opened again."""
    from radar_tui.domain.follow_up import history

    return history(row.outcome)[1]


def detail(row: FollowUpRow, width: int, today: date, *, closed: bool) -> list[SheetLine]:
    """Below the list: who said it and when, and the reason they gave, or what came of it."""
    asked = day_words(row.asked_on, today)
    head: SheetLine = [
        (row.contact, "strong"),
        (f"   {row.customer}", ""),
        (f"   {row.question} {row.score}, {asked}", "muted"),
    ]
    owner = f"   {row.owner} follow{'ed' if closed else 's'} up"
    # Whole or not at all: it stands with the follow-up itself, too.
    if row.owner and sum(cell_len(text) for text, _ in head) + cell_len(owner) <= width:
        head.append((owner, "muted"))
    if closed:
        told = [(TOLD[row.play], row.cause), (OUTCOME[row.play], outcome_now(row)), ("Gesture", row.gesture)]
        return [head, *([(f"{label}  ", "muted"), (text, "")] for label, text in told if text.strip())]
    if not row.verbatim.strip():
        return [head, [("No reason given.", "muted")]]
    return [head, *([(line, "")] for line in wrapped(row.verbatim, width, VERBATIM_LINES))]

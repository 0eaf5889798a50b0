"""Follow-ups in words: what is due and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.text import plural

if TYPE_CHECKING:
    from datetime import datetime

    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Part


SHORT = {"recommend": "rec.", "retain": "ret."}


def follow_up_band(due_at: datetime, now: datetime, glyphs: Glyphs) -> Part:
    """The mark of a due time and its style: late, due by tomorrow, or in order."""
    if due_at < now:
        return glyphs.late, "late"
    soon = due_at.astimezone(now.tzinfo).date() <= now.date() + timedelta(days=1)
    return (glyphs.due, "due") if soon else (glyphs.fine, "")


def due_time_words(due_at: datetime, now: datetime) -> str:
    """`3 days late`, `2 hours late`, `today 16:00`, `tomorrow 9:30`, `in 4 days`."""
    due_at = due_at.astimezone(now.tzinfo)
    days = (due_at.date() - now.date()).days
    if due_at < now:
        if days < 0:
            return f"{plural(-days, 'day')} late"
        return f"{plural(max(1, round((now - due_at).total_seconds() / 3600)), 'hour')} late"
    if days == 0:
        return f"today {due_at:%H:%M}"
    return f"tomorrow {due_at:%H:%M}" if days == 1 else f"in {plural(days, 'day')}"

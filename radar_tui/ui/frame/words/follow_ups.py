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
    soon = on_the_wall(due_at, now).date() <= now.date() + timedelta(days=1)
    return (glyphs.due, "due") if soon else (glyphs.fine, "")


def on_the_wall(moment: datetime, now: datetime) -> datetime:
    """What the clock that says `now` will show at a moment: it knows only the offset of today."""
    here, there = now.astimezone().replace(tzinfo=None), moment.astimezone().replace(tzinfo=None)
    return now.replace(tzinfo=None) + (there - here)


def due_time_words(due_at: datetime, now: datetime) -> str:
    """`3 days late`, `2 hours late`, `today 16:00`, `tomorrow 9:30`, `in 4 days`."""
    wall = on_the_wall(due_at, now)
    days = (wall.date() - now.date()).days
    if due_at < now:
        if days < 0:
            return f"{plural(-days, 'day')} late"
        return f"{plural(max(1, round((now - due_at).total_seconds() / 3600)), 'hour')} late"
    if days == 0:
        return f"today {wall:%H:%M}"
    return f"tomorrow {wall:%H:%M}" if days == 1 else f"in {plural(days, 'day')}"

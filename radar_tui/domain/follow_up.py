"""The duty that a response creates: which play, by when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal

from radar_tui.domain.nps import band
from radar_tui.domain.row import Moment, Row

Play = Literal["recover", "nudge", "learn"]
FollowUpStatus = Literal["open", "called", "cause", "fixed", "confirmed", "closed"]


class FollowUp(Row):
    """One follow-up, one per response. `gesture` may only be logged once the customer confirmed the fix."""

    response_id: str
    play: Play
    status: FollowUpStatus = "open"
    owner_id: str | None = None
    due_at: Moment
    cause: str = ""
    outcome: str = ""
    gesture: str = ""
    closed_at: Moment | None = None


WORKING_DAYS: dict[Play, int] = {"recover": 1, "nudge": 5, "learn": 10}
"""Within how many working days after the answer each play is due (design §5)."""
_CALL_BY = time(17, 0)


def play_for(score: int) -> Play:
    """recover for 0–6, nudge for 7–8, learn for 9–10."""
    plays: dict[str, Play] = {"detractor": "recover", "passive": "nudge", "promoter": "learn"}
    return plays[band(score)]


def due_at(play: Play, asked: datetime) -> datetime:
    """17:00 local time on the last working day (Monday to Friday) allowed; `asked` is aware and local."""
    day = asked.date()
    left = WORKING_DAYS[play]
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return datetime.combine(day, _CALL_BY, asked.tzinfo)

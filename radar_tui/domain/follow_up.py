"""The duty that a response creates: which play, by when."""

from __future__ import annotations

from typing import Literal

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

"""One answer to one NPS question by one contact."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from radar_tui.domain.nps import ResponseQuestion
from radar_tui.domain.row import Day, Moment, Row

Channel = Literal["visit", "phone", "email", "survey"]


class Response(Row):
    """A sealed answer: never edited, only voided with a reason. `score` 0–10; `asked` is the question as they read it,
    "" where nobody knows."""

    customer_id: str
    contact_id: str
    visit_id: str | None = None
    question: ResponseQuestion
    score: int = Field(ge=0, le=10)
    verbatim: str = ""
    asked_on: Day
    channel: Channel = "visit"
    voided_at: Moment | None = None
    void_reason: str = ""
    asked: str = ""


def resting_until(asked_on: date | None, today: date, rest_days: int) -> date | None:
    """The first day on which a contact last asked on `asked_on` may be asked again; None if that is today."""
    if asked_on is None:
        return None
    free = asked_on + timedelta(days=rest_days)
    return free if free > today else None

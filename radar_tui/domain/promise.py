"""At most three promises to our niche, and what customers asked for."""

from __future__ import annotations

from typing import Literal

from radar_tui.domain.row import Day, Name, Row

WantDecision = Literal["open", "served", "parked"]
MOST_PROMISES = 3


class Promise(Row):
    """One of at most three promises that we make."""

    title: Name
    made_on: Day
    retired_on: Day | None = None


class PromiseCheck(Row):
    """Whether a promise was kept, as seen on one visit."""

    promise_id: str
    visit_id: str
    kept: bool | None = None
    note: str = ""


class Want(Row):
    """Something a customer asked for: tied to a promise, served, or parked with the reason in `note`."""

    customer_id: str | None = None
    visit_id: str | None = None
    title: Name
    promise_id: str | None = None
    decision: WantDecision = "open"
    note: str = ""

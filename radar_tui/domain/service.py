"""Support tickets, service requests, and the satisfaction verdict on them."""

from __future__ import annotations

from typing import Literal

from radar_tui.domain.row import Day, Moment, Row

TicketKind = Literal["ticket", "service request"]
TicketPriority = Literal["low", "normal", "high", "urgent"]


class Ticket(Row):
    """One ticket. `satisfied` is None until the customer said; `followed_up_*` and `outcome` are ISO 10002's
    follow-through on "not satisfied"; `shown_on` is the day the decision maker saw it."""

    customer_id: str
    reference: str = ""
    kind: TicketKind = "ticket"
    category: str = ""
    priority: TicketPriority = "normal"
    subject: str = ""
    opened_at: Moment
    closed_at: Moment | None = None
    satisfied: bool | None = None
    comment: str = ""
    followed_up_by: str | None = None
    followed_up_on: Day | None = None
    outcome: str = ""
    shown_on: Day | None = None

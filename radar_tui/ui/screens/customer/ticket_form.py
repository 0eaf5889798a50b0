"""A ticket that was told and not imported: what it is about, when it came, and what they said of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from radar_tui.domain.service import Ticket, TicketKind, TicketPriority
from radar_tui.errors import RadarError
from radar_tui.ui.forms.common import build, words
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host

SAID = [("", "not said"), ("yes", "satisfied"), ("no", "not satisfied")]
_SATISFIED = {"": None, "yes": True, "no": False}


def ticket_form(app: Host, customer_id: str) -> FormScreen:
    """Add a ticket or service request of a customer; its follow-through is written down on a visit."""

    def save(values: FormValues) -> str:
        opened, closed = values.pop("opened_on"), values.pop("closed_on")
        said = _SATISFIED[str(values.pop("satisfied") or "")]
        ticket = build(
            Ticket,
            None,
            values,
            customer_id=customer_id,
            opened_at=_moment(app, opened) or app.store.clock(),
            closed_at=_moment(app, closed),
            satisfied=said,
        )
        return app.store.ticket.save(ticket).id

    return FormScreen(
        "New ticket",
        [
            FormField("subject", "About", required=True, hint="what they asked for, in their words"),
            FormField("kind", "Kind", "choice", "ticket", words(TicketKind)),
            FormField("priority", "Priority", "choice", "normal", words(TicketPriority)),
            FormField("category", "Category", hint="delivery, invoice, documents …"),
            FormField("reference", "Reference", hint="their number or ours"),
            FormField("opened_on", "Opened on", "date", app.today, required=True, past=True),
            FormField("closed_on", "Closed on", "date", None, hint="empty while it is open", past=True),
            FormField("satisfied", "They are", "choice", "", SAID),
            FormField("comment", "They said"),
        ],
        save,
    )


def _moment(app: Host, day: object) -> datetime | None:
    """Now for today, else noon of the day: no earlier or later day in any time zone near."""
    if not isinstance(day, date):
        return None
    now = app.store.clock()
    if day > now.date():
        raise RadarError("This day has not come yet.", "Say today or a day before.")
    return now if day == now.date() else datetime.combine(day, time(12), tzinfo=now.tzinfo)

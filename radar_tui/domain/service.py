"""Support tickets, service requests, and the satisfaction verdict on them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.row import Day, Moment, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class Told(NamedTuple):
    """What an export tells of a ticket's end: `status` "open", "closed", "gone" or None, moments as they are stored."""

    status: str | None
    opened_at: str
    closed_at: str | None
    updated_at: str | None


Contradiction = Literal["", "closed by its last update", "open in spite of an end"]


def settled(told: Told, now: str) -> tuple[str | None, Contradiction]:
    """When the ticket was closed, None for an open one, and what had to be decided for that. The status decides; a
    closed one without an end was closed by its last update.

    Raises ValueError for what cannot be: closed before it was opened, opened in the future, closed nobody knows when.
    """
    if told.opened_at > now:
        raise ValueError(f"it was opened in the future ({told.opened_at[:10]})")
    if told.status == "open":
        return None, "open in spite of an end" if told.closed_at else ""
    closed, decided = told.closed_at, ""
    if told.status == "closed" and closed is None:
        if told.updated_at is None:
            raise ValueError("its status is closed, but no column says since when")
        closed, decided = told.updated_at, "closed by its last update"
    if closed is not None and closed < told.opened_at:
        if closed[:10] != told.opened_at[:10] or NOON not in (closed[10:], told.opened_at[10:]):
            raise ValueError(f"it was closed ({closed[:10]}) before it was opened ({told.opened_at[:10]})")
        # Of a day alone nobody knows the hour.
        closed = told.opened_at
    return closed, decided  # type: ignore[return-value]


NOON = "T12:00:00.000Z"
"""A day alone, as a moment: the same day on every laptop."""


class Ticketed(NamedTuple):
    """What the figures of a review need to know of a ticket."""

    id: str
    reference: str
    kind: str
    category: str
    priority: str
    subject: str
    opened_at: datetime
    closed_at: datetime | None
    satisfied: bool | None


def as_of(ticket: Ticketed, end: datetime | None) -> Ticketed | None:
    """A ticket as it stood at a moment; None if it came later."""
    if end is None:
        return ticket
    if ticket.opened_at > end:
        return None
    return ticket._replace(closed_at=None) if ticket.closed_at and ticket.closed_at > end else ticket


class Nature(NamedTuple):
    """Tickets of a period: how many were opened and closed in it and stood open at its end, the median days from
    opened to closed of those closed in it (None without any), and how many were opened of each sort, most first."""

    opened: int
    closed: int
    open_at_end: int
    median_days: float | None
    kinds: dict[str, int]
    categories: dict[str, int]
    priorities: dict[str, int]


class Month(NamedTuple):
    """A calendar month by its first day."""

    start: date
    opened: int
    closed: int


class ServiceFigures(NamedTuple):
    """What a service review shows: a period beside one of the same length before it, the newest calendar months, and
    what hurt most in the period."""

    since: datetime
    until: datetime
    now: Nature
    was: Nature
    months: list[Month]
    worst: list[Ticketed]


def figures(tickets: Sequence[Ticketed], since: datetime, until: datetime, months: int) -> ServiceFigures:
    """All figures of a review; months are those of the time zone of `until`."""
    return ServiceFigures(
        since,
        until,
        nature(tickets, since, until),
        nature(tickets, since - (until - since), since),
        per_month(tickets, until.date(), months, until.tzinfo),
        hurt_most(tickets, since, until),
    )


def nature(tickets: Sequence[Ticketed], since: datetime, until: datetime) -> Nature:
    """The tickets after `since`, up to and with `until`. A ticket closed before it was opened took no time."""
    opened = [ticket for ticket in tickets if since < ticket.opened_at <= until]
    closed = [
        ticket for ticket in tickets if ticket.closed_at is not None and since < ticket.closed_at <= until
    ]
    still = sum(
        ticket.opened_at <= until and (ticket.closed_at is None or ticket.closed_at > until)
        for ticket in tickets
    )
    days = [days_open(ticket, until) for ticket in closed]
    return Nature(
        len(opened),
        len(closed),
        still,
        median(days) if days else None,
        _sorts(ticket.kind for ticket in opened),
        _sorts(ticket.category or "other" for ticket in opened),
        _sorts(ticket.priority for ticket in opened),
    )


def _sorts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def days_open(ticket: Ticketed, until: datetime) -> float:
    """Days from opened to closed, or to `until` for one that was open then; never negative."""
    end = until if ticket.closed_at is None or ticket.closed_at > until else ticket.closed_at
    return max(0.0, (end - ticket.opened_at).total_seconds() / 86_400)


def per_month(tickets: Sequence[Ticketed], today: date, months: int, zone: tzinfo | None) -> list[Month]:
    """The newest calendar months of a time zone, the one of `today` last."""
    starts = [today.replace(day=1)]
    while len(starts) < months:
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    # A day earlier is before the first month in every time zone, and turning a moment into another zone is slow.
    first = datetime.combine(starts[-1], time(), tzinfo=UTC) - timedelta(days=1)
    opened = Counter(
        ticket.opened_at.astimezone(zone).date().replace(day=1)
        for ticket in tickets
        if ticket.opened_at >= first
    )
    closed = Counter(
        ticket.closed_at.astimezone(zone).date().replace(day=1)
        for ticket in tickets
        if ticket.closed_at and ticket.closed_at >= first
    )
    return [Month(start, opened[start], closed[start]) for start in reversed(starts)]


_WEIGHTS = {"low": 1, "normal": 2, "high": 3, "urgent": 4}


def hurt_most(tickets: Sequence[Ticketed], since: datetime, until: datetime, most: int = 3) -> list[Ticketed]:
    """Of those that stood open at some time of the period the worst: days open × priority (low 1 … urgent 4), and
    twice as bad where the customer was not satisfied. The rule is ours: long, important, and not made good."""

    def pain(ticket: Ticketed) -> float:
        return _WEIGHTS[ticket.priority] * days_open(ticket, until) * (2 if ticket.satisfied is False else 1)

    there = [
        ticket
        for ticket in tickets
        if ticket.opened_at <= until and (ticket.closed_at is None or ticket.closed_at > since)
    ]
    return sorted(there, key=lambda ticket: (-pain(ticket), ticket.id))[:most]

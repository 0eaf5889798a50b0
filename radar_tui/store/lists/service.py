"""What a service review shows, read fast: tickets, feedback and KPIs of one customer as plain rows, no models.

`counted`, `ticket_ids` and `figures` look at every ticket of the customer and belong into a worker; the rest costs the
same however many there are, or goes to the few that were not satisfactory.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.card import Trend, counts, reaches, trend
from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.domain.service import ServiceFigures, Ticketed, as_of, figures
from radar_tui.store.facts.card import KnownMeasures
from radar_tui.store.facts.seen import COMPLETED
from radar_tui.store.facts.tickets import (
    NOT_RATED,
    NOT_SATISFIED,
    RATED_AT,
    SATISFIED,
    WAITING,
    open_at,
)
from radar_tui.store.reading import local_moment, read, stored_day, stored_moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from radar_tui.domain.visit import Visit
    from radar_tui.store.connection import Connection


class TicketRow(NamedTuple):
    """A ticket or service request."""

    id: str
    reference: str
    kind: str
    priority: str
    subject: str
    opened_on: date
    closed_on: date | None


class FeedbackRow(NamedTuple):
    """A ticket that left the customer not satisfied, and its follow-through (ISO 10002)."""

    id: str
    reference: str
    subject: str
    comment: str
    opened_on: date
    followed_up_by: str
    followed_up_on: date | None
    outcome: str
    shown_on: date | None


class MeasureRow(NamedTuple):
    """A KPI with its newest reading and the newest of an earlier day, in the measure's unit; `stale` if it no longer
    counts; `last` are the newest readings, a day each, the oldest first."""

    id: str
    perspective: str
    name: str
    unit: str
    worst: float
    best: float
    target: float | None
    value: float | None
    as_of: date | None
    before: float | None
    stale: bool
    for_customer: bool
    last: tuple[float, ...] = ()

    @property
    def on_target(self) -> bool | None:
        """Whether the newest reading reaches the target; None without one of the two."""
        if self.target is None or self.value is None:
            return None
        return reaches(self.worst, self.best, self.target, self.value)

    @property
    def trend(self) -> Trend:
        """The newest reading against the one before."""
        return trend(self.worst, self.best, self.target, self.before, self.value)


class Standing(NamedTuple):
    """How many of a kind are open, and how many were opened or closed since the last visit and are closed."""

    open: int
    closed: int


class Counted(NamedTuple):
    """Tickets since the last visit (`visited`, else of the last REVIEW_DAYS) by kind, kinds without any left out, and
    the verdicts of the last year."""

    visited: bool
    tickets: dict[str, Standing]
    satisfied: int
    unhappy: int
    silent: int

    @property
    def open(self) -> int:
        return sum(each.open for each in self.tickets.values())

    @property
    def closed(self) -> int:
        return sum(each.closed for each in self.tickets.values())


_SINCE = (
    "t.customer_id = :customer AND t.opened_at <= :end "
    f"AND (t.opened_at >= :since OR {open_at(':since')} OR t.closed_at = :since)"
)
_OPEN = open_at(":end")
_COUNTED = f"""
SELECT kind, count(*) FILTER (WHERE {_OPEN}), count(*) FILTER (WHERE NOT {_OPEN}) FROM ticket t WHERE {_SINCE}
GROUP BY kind"""  # noqa: S608 -- our own words only
_TICKET_IDS = f"""
SELECT id FROM ticket t WHERE {_SINCE}
ORDER BY NOT {_OPEN},
    CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END,
    opened_at DESC, id"""  # noqa: S608 -- our own words only
_TICKETS = """
SELECT t.id, reference, kind, priority, subject, opened_at AS opened_on, closed_at AS closed_on
FROM json_each(?) JOIN ticket t ON t.id = json_each.value ORDER BY json_each.key"""

_REVIEW = f"""
SELECT t.id, t.reference, t.kind, t.category, t.priority, t.subject, t.opened_at, t.closed_at, t.satisfied
FROM ticket t WHERE t.customer_id = :customer AND {open_at(":earliest")}"""  # noqa: S608 -- our own words only
REVIEW_DAYS = 90
MONTHS, MONTHS_BACK = 6, 200
"""Calendar months shown, and days that surely hold them."""

_RATED = f"t.customer_id = :customer AND {RATED_AT} <= :end"
_VERDICTS = f"""
SELECT count(*) FILTER (WHERE {SATISFIED}), count(*) FILTER (WHERE {NOT_SATISFIED}), count(*) FILTER (WHERE {NOT_RATED})
FROM ticket t WHERE {_RATED} AND {RATED_AT} > :year"""  # noqa: S608
# Each goes through the index of those who were not satisfied.
_UNHAPPY_IDS = f"""
SELECT t.id FROM ticket t WHERE {NOT_SATISFIED} AND {_RATED} AND ({RATED_AT} > :year OR {WAITING})
ORDER BY t.followed_up_on IS NOT NULL, t.opened_at DESC, t.id LIMIT :most"""  # noqa: S608
_WAITING = f"SELECT count(*) FROM ticket t WHERE {WAITING} AND {_RATED}"  # noqa: S608
_FEEDBACK = """
SELECT t.id, t.reference, t.subject, t.comment, t.opened_at AS opened_on, coalesce(o.name, '') AS followed_up_by,
    t.followed_up_on, t.outcome, t.shown_on
FROM json_each(?) JOIN ticket t ON t.id = json_each.value LEFT JOIN colleague o ON o.id = t.followed_up_by
ORDER BY json_each.key"""
_ACTIONS = (
    "SELECT id, status FROM action WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'dropped'"
)

# Of several readings of one day the one written last counts.
_READINGS = """
SELECT as_of, value, max(id) FROM reading WHERE measure_id = :measure AND as_of <= :today
GROUP BY as_of ORDER BY as_of DESC LIMIT :most"""
MOST_READINGS = 8


class ServiceLists:
    """The service of one customer, around a visit or (`visit_id` empty) between visits; with `until` as of that
    moment, else as of now."""

    def __init__(
        self, db: Connection, customer_id: str | None, visit_id: str = "", until: datetime | None = None
    ) -> None:
        from radar_tui.domain.days import iso

        self.db = db
        # Moments are stored as text that begins with a digit of the year: without an end, a ticket of a clock that
        # goes ahead is there as well.
        self.here = {"visit": visit_id, "customer": customer_id, "end": iso(until) if until else "~"}
        self.until = (until or db.clock()).astimezone(db.clock().tzinfo)

    @classmethod
    def around(cls, db: Connection, visit: Visit) -> ServiceLists:
        """What a visit shows: once it is completed, as of then. `store` may be another connection to its file."""
        until = visit.completed_at if visit.status == "completed" else None
        return cls(db, visit.customer_id, visit.id, until)

    # For a worker

    def counted(self) -> Counted:
        """Tickets of the period and the verdicts of the last year."""
        rows = self.db.rows(_COUNTED, self._since())
        verdicts = self.db.row(_VERDICTS, {**self.here, "year": self._year_before()})
        return Counted(
            self._seen() is not None, {row[0]: Standing(row[1], row[2]) for row in rows}, *verdicts
        )

    def ticket_ids(self) -> list[str]:
        """Open tickets, and those opened or closed in the period; open ones first, urgent on top."""
        return [row[0] for row in self.db.rows(_TICKET_IDS, self._since())]

    def figures(self) -> ServiceFigures:
        """The figures of a review; its period is since the last visit, or 90 days."""
        from radar_tui.domain.days import iso

        until, seen = self.until, self._seen()
        since = local_moment(seen) if seen else until - timedelta(days=REVIEW_DAYS)
        since = min(since, until - timedelta(days=1))
        earliest = min(since - (until - since), until - timedelta(days=MONTHS_BACK))
        rows = self.db.rows(_REVIEW, {**self.here, "earliest": iso(earliest)})
        # What happened after the end is not known yet.
        end = None if self.here["end"] == "~" else until
        tickets = [as_of(_ticketed(row), end) for row in rows]
        return figures([ticket for ticket in tickets if ticket is not None], since, until, MONTHS)

    # Pages

    def tickets(self, ids: Sequence[str]) -> list[TicketRow]:
        """The tickets with these ids, in their order; those that are gone are left out."""
        return [read(TicketRow, row) for row in self.db.rows(_TICKETS, [json.dumps(list(ids))])]

    def unhappy_ids(self, most: int = -1) -> list[str]:
        """Every "not satisfied" of the last year or not followed through yet, the latter first."""
        parameters = {**self.here, "year": self._year_before(), "most": most}
        return [row[0] for row in self.db.rows(_UNHAPPY_IDS, parameters)]

    def not_satisfied(self, ids: Sequence[str]) -> list[FeedbackRow]:
        """Those with these ids, in their order; those that are gone are left out."""
        return [read(FeedbackRow, row) for row in self.db.rows(_FEEDBACK, [json.dumps(list(ids))])]

    def actions(self, ids: Sequence[str]) -> dict[str, str]:
        """The status of the actions with these ids that are there and not dropped."""
        rows = self.db.rows(_ACTIONS, [json.dumps(list(ids))])
        return {row[0]: row[1] for row in rows}

    # Short ones

    def waiting(self) -> int:
        """How many "not satisfied" nobody followed through yet."""
        return int(self.db.row(_WAITING, self.here)[0])

    def measures(self, today: date) -> list[MeasureRow]:
        """The customer's KPIs by perspective. Those that Radar computes are ours and stay on the scorecard: the
        customer sees this list."""
        given = []
        customer = self.here["customer"]
        for measure in KnownMeasures(self.db).of_customer(customer) if customer else ():
            if measure.key:
                continue
            readings = self.db.rows(
                _READINGS, {"measure": measure.id, "today": today.isoformat(), "most": MOST_READINGS}
            )
            as_of = stored_day(readings[0]["as_of"]) if readings else None
            given.append(
                read(
                    MeasureRow,
                    measure._asdict(),
                    value=readings[0]["value"] if readings else None,
                    as_of=as_of,
                    before=readings[1]["value"] if len(readings) > 1 else None,
                    stale=as_of is not None and not counts(as_of, today, measure.valid_days),
                    last=tuple(reading["value"] for reading in reversed(readings)),
                )
            )
        return given

    def _since(self) -> dict[str, Any]:
        from radar_tui.domain.days import iso

        return {**self.here, "since": self._seen() or iso(self.until - timedelta(days=REVIEW_DAYS))}

    def _seen(self) -> str | None:
        """The moment at which the last visit before this one ended."""
        row = self.db.row(
            "SELECT max(v.completed_at) FROM visit v WHERE v.customer_id = :customer AND v.id <> :visit "  # noqa: S608
            f"AND {COMPLETED.format(visit='v')} AND v.completed_at <= :end",
            self.here,
        )
        return row[0] if row else None

    def _year_before(self) -> str:
        from radar_tui.domain.days import iso

        return iso(self.until - timedelta(days=WINDOW_DAYS))


def _ticketed(row: sqlite3.Row) -> Ticketed:
    """Moments stay in UTC: they are compared, and only those of a month need the laptop's zone."""
    return Ticketed(
        id=row["id"],
        reference=row["reference"],
        kind=row["kind"],
        category=row["category"],
        priority=row["priority"],
        subject=row["subject"],
        opened_at=stored_moment(row["opened_at"]),
        closed_at=stored_moment(row["closed_at"]) if row["closed_at"] else None,
        satisfied=None if row["satisfied"] is None else bool(row["satisfied"]),
    )

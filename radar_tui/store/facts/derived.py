"""The values that Radar knows itself, computed from rows at any day: nothing here is stored."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import DayValue, response_score
from radar_tui.domain.days import iso
from radar_tui.store.facts.answers import DECIDES, DECISION_MAKERS, year_until
from radar_tui.store.facts.business import WON, WORTH
from radar_tui.store.facts.people import KNOWN, THERE
from radar_tui.store.reading import stored_day, stored_moment
from radar_tui.store.schema.visit_day import held_on, visit_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.store.connection import Connection

MOST_POINTS = 60
"""How far back a history goes."""


class Known(NamedTuple):
    """What rows say at a day: the value (None: nothing within the window), the newest day known, from how many rows."""

    value: float | None = None
    as_of: date | None = None
    n: int = 0


NOTHING = Known()

_ORDERS = f"""
SELECT count(DISTINCT o.id), sum({WORTH})
FROM opportunity o JOIN opportunity_line l ON l.opportunity_id = o.id AND {WON}
    LEFT JOIN visit v ON v.id = o.visit_id
WHERE o.customer_id = :customer
    AND o.currency = (SELECT currency FROM customer WHERE id = :customer)
    AND coalesce(o.expected_on, {held_on("v")}) > :since
    AND coalesce({held_on("v")}, o.expected_on) <= :day"""  # noqa: S608 -- our own words only

# CROSS JOIN: from the customer's few visits, not from every check there is.
_PROMISES = f"""
SELECT count(k.kept) FILTER (WHERE {held_on("v")} > :since),
    sum(k.kept) FILTER (WHERE {held_on("v")} > :since), max({held_on("v")})
FROM visit v CROSS JOIN promise_check k ON k.visit_id = v.id
WHERE v.customer_id = :customer AND k.kept IS NOT NULL AND {held_on("v")} <= :day"""  # noqa: S608

_TICKETS = """
SELECT julianday(closed_at) - julianday(opened_at) AS days, closed_at, closed_at >= :from AS current FROM ticket
WHERE customer_id = :customer AND closed_at < :until ORDER BY closed_at"""

_COUNTERPARTS = f"""
SELECT count(*), count(*) FILTER (WHERE {KNOWN.format(contact="c", day="day")})
FROM contact c WHERE c.customer_id = :customer AND {THERE.format(person="c", day="day")}"""  # noqa: S608

_OBSERVATION = f"""
SELECT count(*) FROM visit WHERE customer_id = :customer AND status = 'completed'
    AND occasion = 'observation day' AND {visit_day()} > :since AND {visit_day()} <= :day"""  # noqa: S608


def _asked(question: str) -> str:
    """The days on which a decision maker answered, or left."""
    return f"""SELECT r.asked_on FROM contact x JOIN response r ON r.contact_id = x.id
        WHERE x.customer_id = :customer AND r.question = '{question}' AND r.voided_at IS NULL AND {DECIDES}
        UNION SELECT x.left_on FROM contact x WHERE x.customer_id = :customer AND {DECIDES}"""  # noqa: S608


_DAYS = {
    "orders": f"""SELECT DISTINCT coalesce(o.expected_on, {held_on("v")})
        FROM opportunity o JOIN opportunity_line l ON l.opportunity_id = o.id AND {WON}
            LEFT JOIN visit v ON v.id = o.visit_id WHERE o.customer_id = :customer""",  # noqa: S608
    "recommend": _asked("recommend"),
    "retain": _asked("retain"),
    "promises": f"""SELECT DISTINCT {held_on("v")}
        FROM visit v CROSS JOIN promise_check k ON k.visit_id = v.id
        WHERE v.customer_id = :customer AND k.kept IS NOT NULL""",  # noqa: S608
    # Tickets close every day: the last one of a month stands for it.
    "tickets": """SELECT max(closed_at) FROM ticket
        WHERE customer_id = :customer AND closed_at IS NOT NULL GROUP BY substr(closed_at, 1, 7)""",
    "counterparts": """SELECT DISTINCT k.met_on FROM contact c JOIN counterpart k ON k.contact_id = c.id
        WHERE c.customer_id = :customer AND k.met_on IS NOT NULL""",
    "observation": f"""SELECT {visit_day()} FROM visit WHERE customer_id = :customer AND status = 'completed'
        AND occasion = 'observation day'""",  # noqa: S608
}
"""The days on which a computed measure may have moved."""


def known(db: Connection, key: str, customer_id: str, day: date, window: int) -> Known:
    """The measure `key` of `domain.scorecard.DERIVED` at a day, from the `window` days that end with it.

    A day begins at midnight of the store's clock.
    """
    return _OF[key](db, customer_id, day, window)


def history(db: Connection, key: str, customer_id: str, today: date, window: int) -> list[DayValue]:
    """The measure at each day on which it may have moved, the oldest first."""
    days = _days(db, key, customer_id, today)
    points = ((day, known(db, key, customer_id, day, window).value) for day in days[-MOST_POINTS:])
    return [DayValue(day, value) for day, value in points if value is not None]


def around(
    db: Connection, key: str, customer_id: str, day: date, today: date, window: int
) -> tuple[DayValue | None, DayValue | None]:
    """The newest point of a history until a day, and the first one after it."""
    days = _days(db, key, customer_id, today)
    before = [each for each in days if each <= day][-1:]
    after = [each for each in days if each > day][:1]
    found: list[DayValue | None] = []
    for several in (before, after):
        value = known(db, key, customer_id, several[0], window).value if several else None
        found.append(None if value is None else DayValue(several[0], value))
    return found[0], found[1]


def _days(db: Connection, key: str, customer_id: str, today: date) -> list[date]:
    found = (_local_day(db, row[0]) for row in db.rows(_DAYS[key], {"customer": customer_id}))
    return sorted({day for day in found if day is not None and day <= today})


def _local_day(db: Connection, text: str | None) -> date | None:
    if text is None or len(text) == len("2026-12-03"):
        return stored_day(text)
    return stored_moment(text).astimezone(db.clock().tzinfo).date()


def _midnight(db: Connection, day: date) -> str:
    return iso(datetime.combine(day, time(), db.clock().tzinfo))


def _span(db: Connection, customer_id: str, day: date, window: int) -> dict[str, str]:
    since = day - timedelta(days=min(window, day.toordinal() - 2))
    return {
        "customer": customer_id,
        "day": day.isoformat(),
        "since": since.isoformat(),
        "from": _midnight(db, since + timedelta(days=1)),
        "until": _midnight(db, day + timedelta(days=1)),
    }


def _orders(db: Connection, customer_id: str, day: date, window: int) -> Known:
    year = db.row("SELECT annual_value FROM customer WHERE id = ?", [customer_id])
    if year is None or year[0] <= 0:
        return NOTHING
    count, won = db.row(_ORDERS, _span(db, customer_id, day, window))
    return Known(100 * (won or 0) / year[0], day, count)


def _answer(question: str) -> Callable[[Connection, str, date, int], Known]:
    def lowest(db: Connection, customer_id: str, day: date, _: int) -> Known:
        score, count, newest = db.row(
            DECISION_MAKERS, {**year_until(day), "customer": customer_id, "question": question}
        )
        return Known(response_score(score) if count else None, stored_day(newest), count)

    return lowest


def _promises(db: Connection, customer_id: str, day: date, window: int) -> Known:
    count, kept, newest = db.row(_PROMISES, _span(db, customer_id, day, window))
    return Known(100 * kept / count if count else None, _local_day(db, newest), count)


def _tickets(db: Connection, customer_id: str, day: date, window: int) -> Known:
    rows = db.rows(_TICKETS, _span(db, customer_id, day, window))
    current = [max(0.0, row["days"]) for row in rows if row["current"]]
    from statistics import median  # 5 ms to load, and the Radar shows many a card without tickets

    newest = _local_day(db, rows[-1]["closed_at"]) if rows else None
    return Known(median(current) if current else None, newest, len(current))


def _counterparts(db: Connection, customer_id: str, day: date, window: int) -> Known:
    people, paired = db.row(_COUNTERPARTS, _span(db, customer_id, day, window))
    return Known(100 * paired / people, day, people) if people else NOTHING


def _observation(db: Connection, customer_id: str, day: date, window: int) -> Known:
    count = db.row(_OBSERVATION, _span(db, customer_id, day, window))[0]
    return Known(float(count > 0), day, count)


_OF: dict[str, Callable[[Connection, str, date, int], Known]] = {
    "orders": _orders,
    "recommend": _answer("recommend"),
    "retain": _answer("retain"),
    "promises": _promises,
    "tickets": _tickets,
    "counterparts": _counterparts,
    "observation": _observation,
}

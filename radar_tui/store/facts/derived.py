"""The values that Radar knows itself, computed from rows at any day: nothing here is stored."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import DayValue, response_score
from radar_tui.domain.days import iso
from radar_tui.store.facts.answers import DECIDES, DECISION_MAKERS, STANDS, year_until
from radar_tui.store.facts.business import WON, WORTH
from radar_tui.store.facts.people import KNOWN, THERE
from radar_tui.store.facts.seen import COMPLETED
from radar_tui.store.reading import stored_day, stored_moment
from radar_tui.store.schema.visit_day import held_on, visit_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from radar_tui.store.connection import Connection

MOST_POINTS = 60
"""How far back a history goes."""


class Known(NamedTuple):
    """What rows say at a day: the value (None: nothing within the window), the newest day known, from how many rows."""

    value: float | None = None
    as_of: date | None = None
    n: int = 0


NOTHING = Known()

# Each asks of several customers at once: `j.key` is one, `j.value` the day or moment at which its window begins.
_ORDERS = f"""
SELECT c.id, c.annual_value, count(DISTINCT iif(l.id IS NOT NULL, o.id, NULL)), coalesce(sum({WORTH}), 0)
FROM json_each(:since) j CROSS JOIN customer c ON c.id = j.key AND c.annual_value > 0
    LEFT JOIN opportunity o ON o.customer_id = c.id AND o.currency = c.currency
    LEFT JOIN visit v ON v.id = o.visit_id
    LEFT JOIN opportunity_line l ON l.opportunity_id = o.id AND {WON}
        AND coalesce(o.expected_on, {held_on("v")}) > j.value AND coalesce({held_on("v")}, o.expected_on) <= :day
GROUP BY c.id"""  # noqa: S608 -- our own words only

# CROSS JOIN: from the few visits of a customer, not from every check there is.
_PROMISES = f"""
SELECT v.customer_id, count(k.kept) FILTER (WHERE {held_on("v")} > j.value),
    sum(k.kept) FILTER (WHERE {held_on("v")} > j.value), max({held_on("v")})
FROM json_each(:since) j CROSS JOIN visit v ON v.customer_id = j.key CROSS JOIN promise_check k ON k.visit_id = v.id
WHERE k.kept IS NOT NULL AND {held_on("v")} <= :day GROUP BY v.customer_id"""  # noqa: S608 -- our own words only

# Those of the window, or where it holds none the newest before it.
_TICKETS = """
SELECT t.customer_id, t.closed_at,
    iif(t.closed_at >= j.value, max(0.0, julianday(t.closed_at) - julianday(t.opened_at)), NULL)
FROM json_each(:from) j CROSS JOIN ticket t ON t.customer_id = j.key AND t.closed_at < :until
    AND t.closed_at >= min(j.value, (SELECT max(x.closed_at) FROM ticket x
        WHERE x.customer_id = j.key AND x.closed_at < :until))"""

_COUNTERPARTS = f"""
SELECT c.customer_id, count(*), count(*) FILTER (WHERE {KNOWN.format(contact="c", day="day")})
FROM json_each(:since) j CROSS JOIN contact c ON c.customer_id = j.key
WHERE {THERE.format(person="c", day="day")} GROUP BY c.customer_id"""  # noqa: S608 -- our own words only

# A plus keeps SQLite from going through all completed visits instead of the few observation days.
_OBSERVATION = f"""
SELECT v.customer_id, count(*) FROM json_each(:since) j CROSS JOIN visit v ON v.customer_id = j.key
WHERE +{COMPLETED.format(visit="v")} AND v.occasion = 'observation day' AND {visit_day("v")} > j.value
    AND {visit_day("v")} <= :day GROUP BY v.customer_id"""  # noqa: S608 -- our own words only


def _asked(question: str) -> str:
    """The days on which a decision maker answered, or left."""
    return f"""SELECT r.asked_on FROM contact x JOIN response r ON r.contact_id = x.id
        WHERE x.customer_id = :customer AND r.question = '{question}' AND {STANDS} AND {DECIDES}
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
    """The measure `key` of `domain.card.DERIVED` at a day, from the `window` days that end with it.

    A day begins at midnight of the store's clock.
    """
    return known_of(db, key, {customer_id: window}, day).get(customer_id, NOTHING)


def known_of(db: Connection, key: str, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    """As `known`, of each customer with its window; one of whom nothing is known may be left out."""
    return _OF[key](db, windows, day)


def answered(lowest: int | None, count: int, newest: str | None) -> Known:
    """What is known of an answer: the decision makers' score, how many gave one that counts, and the newest day."""
    return Known(response_score(lowest) if lowest is not None else None, stored_day(newest), count)


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


def _span(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, str]:
    begins = {window: day - timedelta(days=min(window, day.toordinal() - 2)) for window in windows.values()}
    days = {window: since.isoformat() for window, since in begins.items()}
    moments = {window: _midnight(db, since + timedelta(days=1)) for window, since in begins.items()}
    return {
        "day": day.isoformat(),
        "until": _midnight(db, day + timedelta(days=1)),
        "since": json.dumps({customer: days[window] for customer, window in windows.items()}),
        "from": json.dumps({customer: moments[window] for customer, window in windows.items()}),
    }


def _orders(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    rows = db.rows(_ORDERS, _span(db, windows, day))
    return {id: Known(100 * won / year, day, count) for id, year, count, won in rows}


def _answer(question: str) -> Callable[[Connection, Mapping[str, int], date], dict[str, Known]]:
    def lowest(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
        asked = {**year_until(day), "ids": json.dumps(list(windows)), "question": question}
        return {id: answered(*lowest) for id, *lowest in db.rows(DECISION_MAKERS, asked)}

    return lowest


def _promises(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    return {
        id: Known(100 * kept / count if count else None, _local_day(db, newest), count)
        for id, count, kept, newest in db.rows(_PROMISES, _span(db, windows, day))
    }


def _tickets(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    newest: dict[str, str] = {}
    current: dict[str, list[float]] = {}
    for id, closed_at, days in db.rows(_TICKETS, _span(db, windows, day)):
        newest[id] = max(newest.get(id, ""), closed_at)
        if days is not None:
            current.setdefault(id, []).append(days)
    return {
        id: Known(_median(current.get(id, [])), _local_day(db, closed_at), len(current.get(id, [])))
        for id, closed_at in newest.items()
    }


def _median(values: list[float]) -> float | None:
    """The middle one; `statistics` takes 5 ms to load, before the first customers can be read."""
    ordered, half = sorted(values), len(values) // 2
    return (ordered[half] + ordered[~half]) / 2 if ordered else None


def _counterparts(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    rows = db.rows(_COUNTERPARTS, _span(db, windows, day))
    return {id: Known(100 * paired / people, day, people) for id, people, paired in rows}


def _observation(db: Connection, windows: Mapping[str, int], day: date) -> dict[str, Known]:
    counted = dict(db.rows(_OBSERVATION, _span(db, windows, day)))
    return {id: Known(float(id in counted), day, counted.get(id, 0)) for id in windows}


_OF: dict[str, Callable[[Connection, Mapping[str, int], date], dict[str, Known]]] = {
    "orders": _orders,
    "recommend": _answer("recommend"),
    "retain": _answer("retain"),
    "promises": _promises,
    "tickets": _tickets,
    "counterparts": _counterparts,
    "observation": _observation,
}

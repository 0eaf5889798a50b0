"""Random things to talk about at a customer: tickets, actions, measures, promises, wants, and who was in the room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui.store.ids import fact_id

if TYPE_CHECKING:
    import sqlite3
    from random import Random

NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
CHECKLIST = (
    '{"key": "k", "version": 1, "title": "Visit", "steps": [{"key": "ask", "kind": "questions", "title": "Ask", '
    '"questions": [{"key": "tender", "ask": "A tender?", "type": "yes/no", "action": {"yes": "Look at it"}}]}]}'
)
OURS = ("internal:", "INTERNAL :", "(internal x)", "interno:")
MARKS = (None, None, None, 0, 1)
SERVICE = (
    '{"key": "ks", "version": 1, "title": "Review", "steps": [{"key": "t", "kind": "tickets", "title": "Tickets"}, '
    '{"key": "f", "kind": "feedback", "title": "Feedback"}, {"key": "k", "kind": "kpis", "title": "KPIs"}]}'
)
AGES = (0, 0, 1, 2, 30, 89, 90, 91, 364, 365, 366, 500)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ago(dice: Random, *ages: int) -> datetime:
    return NOON - timedelta(days=dice.choice(ages or AGES), minutes=dice.randrange(-700, 700))


def _day(dice: Random, *ages: int) -> str:
    return _ago(dice, *ages).date().isoformat()


def talk(connection: sqlite3.Connection, dice: Random) -> None:
    """Our promises, and everything at the customers whose visits and people are there."""
    for number in range(dice.randrange(5)):
        connection.execute(
            "INSERT INTO promise (id, title, made_on, retired_on) VALUES (?, ?, ?, ?)",
            [
                f"p{number}",
                f"Promise {number}",
                _day(dice, -1, 0, 400),
                _day(dice, -1, 0, 1) if dice.random() < 0.3 else None,
            ],
        )
    connection.execute("INSERT INTO checklist VALUES ('ks', 'ks', 1, 'Review', ?)", [SERVICE])
    for (visit,) in connection.execute("SELECT id FROM visit ORDER BY id").fetchall():
        if dice.random() < 0.4:
            connection.execute("UPDATE visit SET checklist_id = 'ks' WHERE id = ?", [visit])
    for (customer,) in connection.execute("SELECT id FROM customer ORDER BY id").fetchall():
        _at(connection, dice, customer)


def _at(connection: sqlite3.Connection, dice: Random, customer: str) -> None:
    rows = connection.execute("SELECT id FROM visit WHERE customer_id = ? ORDER BY id", [customer]).fetchall()
    visits = [row[0] for row in rows]
    rows = connection.execute(
        "SELECT id FROM contact WHERE customer_id = ? ORDER BY id", [customer]
    ).fetchall()
    people = [row[0] for row in rows]
    _people(connection, dice, customer, visits, people)
    _actions(connection, dice, customer, [None, *visits])
    for number in range(dice.randrange(5)):
        _ticket(connection, dice, customer, f"{customer} t{number}")
    for number in range(dice.randrange(4)):
        _measure(connection, dice, customer, f"{customer} m{number}")
    for number in range(dice.randrange(3)):
        status = dice.choice(["planned", "running", "stopped"])
        connection.execute(
            "INSERT INTO stream (id, customer_id, name, status) VALUES (?, ?, ?, ?)",
            [f"{customer} l{number}", customer, f"New line {number}", status],
        )
    for number in range(dice.randrange(4)):
        decision = dice.choice(["open", "open", "served", "parked"])
        connection.execute(
            "INSERT INTO want (id, customer_id, visit_id, title, decision, ours) VALUES (?, ?, ?, ?, ?, ?)",
            [
                f"{customer} w{number}",
                customer,
                dice.choice([None, *visits]),
                f"{dice.choice(['Want', 'Want', *OURS])} {number}",
                decision,
                dice.choice(MARKS),
            ],
        )


def _people(
    connection: sqlite3.Connection, dice: Random, customer: str, visits: list[str], people: list[str]
) -> None:
    """Who was there on each visit, what they said of our promises, and the words and owners of what they answered."""
    promises = [row[0] for row in connection.execute("SELECT id FROM promise")]
    for visit in visits:
        for person in people:
            if dice.random() < 0.4:
                connection.execute(
                    "INSERT INTO attendee VALUES (?, ?, ?)", [f"{visit} {person}", visit, person]
                )
        for promise in promises:
            if dice.random() < 0.6:
                connection.execute(
                    "INSERT INTO promise_check (id, promise_id, visit_id, kept) VALUES (?, ?, ?, ?)",
                    [f"{visit} {promise}", promise, visit, dice.choice([None, 0, 0, 1, 1])],
                )
    for (id,) in connection.execute(
        "SELECT id FROM response WHERE customer_id = ? ORDER BY id", [customer]
    ).fetchall():
        connection.execute(
            "UPDATE response SET verbatim = ? WHERE id = ?", [dice.choice(["", f"Words {id}"]), id]
        )
        owner = dice.choice([None, "o0", "o0", "o1"])
        connection.execute("UPDATE follow_up SET owner_id = ? WHERE response_id = ?", [owner, id])


def _actions(connection: sqlite3.Connection, dice: Random, customer: str, visits: list[str | None]) -> None:
    """Agreed on a visit, on none, raised by an answer there, or ours alone."""
    for number in range(dice.randrange(6)):
        visit, status = dice.choice(visits), dice.choice(["open", "open", "done", "done", "dropped"])
        raised = visit is not None and dice.random() < 0.2
        title = dice.choice(["Send", "Send", "Send", *OURS])
        connection.execute(
            "INSERT OR IGNORE INTO action (id, customer_id, visit_id, title, owner_id, due_on, status, done_on, "
            "ours) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                fact_id("action", visit, "tender", None) if raised else f"{customer} x{number}",
                customer,
                visit,
                f"{title} {number}",
                dice.choice([None, "o0", "o1"]),
                dice.choice([None, _day(dice, -30, -2, -1, 0, 0, 1, 2, 40, 89, 90, 91)]),
                status,
                _day(dice, 0, 0, 1, 30, 89, 90, 90, 91, 200) if status == "done" else None,
                dice.choice(MARKS),
            ],
        )


def _ticket(connection: sqlite3.Connection, dice: Random, customer: str, id: str) -> None:
    opened = _ago(dice)
    closed = opened + timedelta(hours=dice.choice([1, 30, 2000, 9000])) if dice.random() < 0.8 else None
    followed = dice.random() < 0.7
    connection.execute(
        "INSERT INTO ticket (id, customer_id, reference, kind, category, priority, subject, opened_at, closed_at, "
        "satisfied, comment, followed_up_by, followed_up_on, outcome, shown_on) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            id,
            customer,
            dice.choice(["", f"T {id}"]),
            dice.choice(["ticket", "service request"]),
            dice.choice(["", "delivery", "invoice"]),
            dice.choice(["low", "normal", "high", "urgent"]),
            dice.choice([f"About {id}"] * 8 + [f"{word} {id}" for word in OURS]),
            _moment(opened),
            _moment(closed) if closed and closed < NOON - timedelta(hours=13) else None,
            dice.choice([None, 0, 0, 0, 0, 0, 1]),
            dice.choice(["", f"Comment {id}"]),
            dice.choice([None, *["o0", "o1"] * 3]) if followed else None,
            dice.choice([None, *[_day(dice, -1, 0, 0, 1, 2, 30, 100)] * 6]) if followed else None,
            dice.choice(["", " ", *OURS, *[f"Outcome {id}"] * 12]) if followed else "",
            _day(dice, 0, 1, 30) if dice.random() < 0.2 else None,
        ],
    )


def _measure(connection: sqlite3.Connection, dice: Random, customer: str, id: str) -> None:
    worst, best = dice.choice([(0, 100), (48, 4)])
    valid = dice.choice([1, 30, 365])
    # Now and then the newest is as old as it may be, or a day older.
    ages = (valid, valid + 1, valid + 2) if dice.random() < 0.4 else (-1, 0, 0, 1, 2, 29, 30, 31, 365)
    connection.execute(
        "INSERT INTO measure (id, customer_id, perspective, name, unit, worst, best, target, weight, valid_days, "
        "for_customer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            id,
            customer,
            dice.choice(["financial", "customer", "internal", "learning"]),
            dice.choice([f"Measure {id[-1]}", f"Measure {id[-1]}", "Retention", " Orders won"]),
            dice.choice(["", "%"]),
            worst,
            best,
            dice.choice([None, 20, 20, 20]),
            dice.choice([0, 1, 1, 2]),
            valid,
            dice.randrange(2),
        ],
    )
    connection.executemany(
        "INSERT INTO reading VALUES (?, ?, ?, ?)",
        [
            (
                f"{id} {number}",
                id,
                _day(dice, *ages),
                dice.choice([10, 19.5, 20, 21, 30]),
            )
            for number in range(dice.randrange(5))
        ],
    )

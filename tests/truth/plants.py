"""Random plants: items of two lives and more, verdicts about the edges of each, and what was agreed on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from random import Random

TODAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
VERDICTS = (
    "serviceable",
    "deteriorating",
    "deteriorating",
    "unserviceable",
    "unserviceable",
    "not inspected",
)
PART = {"deteriorating": "spares", "unserviceable": "replacement"}


def plant(connection: sqlite3.Connection, dice: Random, customer: str) -> None:
    """Streams and items of a customer whose visits are there, with findings on some of those, and business."""
    connection.execute("INSERT OR IGNORE INTO part (id, sku, name, lead_days) VALUES ('p', 'P', 'Part', 21)")
    streams = [f"{customer} s{number}" for number in range(2)]
    connection.executemany(
        "INSERT INTO stream (id, customer_id, name) VALUES (?, ?, ?)",
        [(id, customer, f"Line {id}") for id in streams],
    )
    visits = connection.execute(
        "SELECT id, coalesce(completed_at, started_at) FROM visit WHERE customer_id = ? AND started_at IS NOT NULL",
        [customer],
    ).fetchall()
    for number in range(dice.randrange(4)):
        item = f"{customer} i{number}"
        connection.execute(
            "INSERT INTO item (id, customer_id, stream_id, tag, installed_on, refurbished_on, retired_on) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [item, customer, dice.choice([None, *streams]), f"W-{dice.randrange(3)}"]
            + [_day(dice, visits) if dice.random() < share else None for share in (0.5, 0.4, 0.2)],
        )
        for place, (visit, moment) in enumerate(visits):
            if dice.random() < 0.7:
                _found(connection, dice, item, f"{item} f{place}", visit, moment)
    _business(connection, dice, customer, [visit for visit, _ in visits])


def _day(dice: Random, visits: list[tuple[str, str]]) -> str:
    """Of today or of a visit, or just beside."""
    about = [TODAY, *(datetime.fromisoformat(moment) for _, moment in visits)]
    return (dice.choice(about) + timedelta(days=dice.choice([-2, -1, 0, 0, 1, 2]))).date().isoformat()


def _found(connection: sqlite3.Connection, dice: Random, item: str, id: str, visit: str, moment: str) -> None:
    """A verdict on an item, and now and then the line that it asks for, decided in one way or another."""
    verdict = dice.choice(VERDICTS)
    connection.execute(
        "INSERT INTO finding (id, visit_id, item_id, verdict, note, found_at) VALUES (?, ?, ?, ?, ?, ?)",
        [id, visit, item, verdict, f"note {id}", moment],
    )
    if dice.random() < 0.6:
        kind = PART.get(verdict) or dice.choice(["spares", "replacement"])
        opportunity = f"{visit} {kind}"
        _opportunity(connection, dice, opportunity, item.split(" ")[0], visit, kind)
        _line(connection, dice, f"{id} l", opportunity, item)


def _business(connection: sqlite3.Connection, dice: Random, customer: str, visits: list[str]) -> None:
    """Business that no verdict asked for, on a visit or on none."""
    for number in range(dice.randrange(3)):
        id = f"{customer} o{number}"
        _opportunity(connection, dice, id, customer, dice.choice([None, *visits]), "service")
        for place in range(dice.randrange(3)):
            _line(connection, dice, f"{id} l{place}", id, None)


def _opportunity(
    connection: sqlite3.Connection, dice: Random, id: str, customer: str, visit: str | None, kind: str
) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO opportunity (id, customer_id, visit_id, kind, title, stage, probability, currency) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            id,
            customer,
            visit,
            kind,
            f"Business {id}",
            dice.choice(["idea", "quoted", "won", "won", "lost"]),
            dice.choice([0, 30, 50, 100]),
            dice.choice(["EUR", "EUR", "SEK"]),
        ],
    )


def _line(connection: sqlite3.Connection, dice: Random, id: str, opportunity: str, item: str | None) -> None:
    decision = dice.choice(["to quote", "to quote", "agreed", "agreed", "declined"])
    days = [TODAY + timedelta(days=dice.randrange(-60, 60)), TODAY - timedelta(days=dice.randrange(60))]
    connection.execute(
        "INSERT INTO opportunity_line (id, opportunity_id, item_id, quantity, unit_price, decision, part_id, "
        "needed_by, decided_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            id,
            opportunity,
            item,
            dice.randrange(4),
            dice.choice([0, 100, 12_345]),
            decision,
            dice.choice([None, "p"]),
            *(day.date().isoformat() if dice.random() < 0.4 else None for day in days),
        ],
    )

"""Random territories, seeded, with the edges: days about midnight, visits ahead of today, customers that are gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.truth import answers, cards, left
from tests.truth.plants import plant
from tests.truth.talk import CHECKLIST, talk

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from radar_tui.store.store import Store

ZONES = ("America/Los_Angeles", "Europe/Rome", "Pacific/Auckland", "UTC")
CLOCKS = (
    ("Europe/Rome", datetime(2026, 12, 3, 7, 40)),  # noqa: DTZ001 -- the zone stands beside it
    ("Europe/Rome", datetime(2026, 12, 3, 23, 50)),  # noqa: DTZ001
    ("America/Los_Angeles", datetime(2026, 12, 2, 17, 30)),  # noqa: DTZ001
    ("Pacific/Auckland", datetime(2026, 12, 3, 0, 20)),  # noqa: DTZ001
)
"""Morning and night, west and east: the zone of the laptop and the time on its wall."""
NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)


def moment(at: datetime) -> str:
    """As Radar stores it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fill(store: Store, seed: int) -> None:
    """The world of a seed, in an empty file."""
    dice = Random(seed)
    with store.transaction() as connection:
        connection.execute("INSERT INTO checklist VALUES ('k', 'k', 1, 'Visit', ?)", [CHECKLIST])
        for number in range(dice.randrange(1, 9)):
            id = f"c{number}"
            connection.execute(
                "INSERT INTO customer (id, name, status, cadence_days, annual_value, archived_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    id,
                    f"Customer {dice.choice('ABCDE')} {number}",
                    dice.choice(["active", "active", "active", "prospect", "former"]),
                    dice.choice([1, 7, 30, 90, 90, 180]),
                    dice.choice([0, 500_000]),
                    moment(NOON) if dice.random() < 0.1 else None,
                ],
            )
            connection.executemany(
                "INSERT INTO visit (id, customer_id, checklist_id, status, planned_on, started_at, completed_at, "
                "completed_on) VALUES (?, ?, 'k', ?, ?, ?, ?, ?)",
                [(f"{id} v{place}", id, *visit) for place, visit in enumerate(_visits(dice))],
            )
            left.fill(connection, dice, id)
            for place in range(dice.randrange(4)):
                _person(connection, dice, id, f"{id} p{place}")
            plant(connection, dice, id)
        answers.fill(connection, Random(seed), NOON.date())
        talk(connection, Random(seed))
        cards.fill(connection, Random(seed))


def _person(connection: sqlite3.Connection, dice: Random, customer: str, id: str) -> None:
    """A contact, what they answered, and how far its follow-up is."""
    left = (NOON + timedelta(days=dice.randrange(-100, 30))).date().isoformat()
    role = dice.choice(["decision maker", "decision maker", "influencer", "user", "gatekeeper"])
    connection.execute(
        "INSERT INTO contact (id, customer_id, name, role, left_on) VALUES (?, ?, ?, ?, ?)",
        [id, customer, f"Person {id}", role, left if dice.random() < 0.2 else None],
    )
    for number in range(dice.randrange(5)):
        asked = NOON - timedelta(days=dice.choice([0, 0, 1, 5, 30, 364, 365, 366, dice.randrange(400)]))
        voided = moment(asked) if dice.random() < 0.15 else None
        score = dice.randrange(11)
        connection.execute(
            "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on, voided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                f"{id} r{number}",
                customer,
                id,
                dice.choice(["recommend", "retain"]),
                score,
                asked.date().isoformat(),
                voided,
            ],
        )
        if dice.random() < 0.85:
            play = "recover" if score <= 6 else "nudge" if score <= 8 else "learn"
            steps = ["open", "open", "called", "closed"] + ["cause", "fixed", "confirmed"] * (
                play == "recover"
            )
            due = asked + timedelta(hours=dice.choice([-3, 3, 30, 240, 340]))
            status = dice.choice(steps)
            connection.execute(
                "INSERT INTO follow_up (id, response_id, play, status, due_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    f"{id} f{number}",
                    f"{id} r{number}",
                    play,
                    status,
                    moment(due),
                    moment(due) if status == "closed" else None,
                ],
            )


def _visits(dice: Random) -> Iterator[tuple[str | None, ...]]:
    for _ in range(dice.randrange(6)):
        zone = ZoneInfo(dice.choice(ZONES))
        # About today as often as long ago, and now and then ahead of it.
        days = dice.choice([0, 0, 1, -1, -30, *[dice.randrange(2, 260) for _ in range(5)]])
        ended = (NOON - timedelta(days=days, minutes=dice.randrange(-720, 720))).astimezone(zone)
        status = dice.choice(["completed"] * 5 + ["planned", "planned", "in progress", "missed", "cancelled"])
        held = status in ("completed", "in progress")
        done = status == "completed"
        yield (
            status,
            (ended + timedelta(days=0 if held else dice.randrange(-5, 90))).date().isoformat(),
            moment(ended - timedelta(hours=2))
            if held or (status == "cancelled" and dice.random() < 0.6)
            else None,
            moment(ended) if done else None,
            ended.date().isoformat() if done and dice.random() < 0.7 else None,
        )

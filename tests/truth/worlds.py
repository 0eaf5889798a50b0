"""Random territories, seeded, with the edges: days about midnight, visits ahead of today, customers that are gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
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
        connection.execute("INSERT INTO checklist VALUES ('k', 'k', 1, 'Visit', '{}')")
        for number in range(dice.randrange(1, 9)):
            id = f"c{number}"
            connection.execute(
                "INSERT INTO customer (id, name, status, cadence_days, archived_at) VALUES (?, ?, ?, ?, ?)",
                [
                    id,
                    f"Customer {dice.choice('ABCDE')} {number}",
                    dice.choice(["active", "active", "active", "prospect", "former"]),
                    dice.choice([1, 7, 30, 90, 90, 180]),
                    moment(NOON) if dice.random() < 0.1 else None,
                ],
            )
            connection.executemany(
                "INSERT INTO visit (id, customer_id, checklist_id, status, planned_on, started_at, completed_at, "
                "completed_on) VALUES (?, ?, 'k', ?, ?, ?, ?, ?)",
                [(f"{id} v{place}", id, *visit) for place, visit in enumerate(_visits(dice))],
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
            moment(ended - timedelta(hours=2)) if held else None,
            moment(ended) if done else None,
            ended.date().isoformat() if done and dice.random() < 0.7 else None,
        )

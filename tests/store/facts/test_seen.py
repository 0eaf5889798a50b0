"""The day on which a customer was seen: on the wall where the visit was completed, never ahead of today."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from radar_tui.store.facts.seen import due
from radar_tui.store.file.check import faults
from radar_tui.store.lists.brief import brief, lines, openers
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.radar import Radar
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.conftest import Plant


@contextmanager
def laptop_in(zone: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if this laptop's clock hung there."""
    before = os.environ["TZ"]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        yield
    finally:
        monkeypatch.setenv("TZ", before)
        time.tzset()


def seen_on(store: Store, today: date) -> set[date | None]:
    """What every reader says of Aurora's last visit."""
    store.clock = lambda: datetime.combine(today, time_of_day(9)).astimezone()
    [row] = Radar(store).page(today)
    head = CustomerLists(store, "aurora").head()
    assert head is not None
    [(stored, due_on)] = store.rows(f"SELECT last_seen, due_on FROM {due(store, today)}")
    found = {row.last_seen, head.last_seen, brief(store, "aurora", today).last_seen}
    assert {row.due_on, head.due_on, date.fromisoformat(due_on) if due_on else None} == {
        day + timedelta(days=90) if day else None for day in found
    }
    return {*found, date.fromisoformat(stored) if stored else None}


EVENINGS = [
    # 17:30 in Los Angeles is half past one of the next day in UTC; 00:20 in Rome is still the day before.
    ("America/Los_Angeles", datetime(2026, 12, 2, 17, 30)),  # noqa: DTZ001 -- the zone is put in
    ("Europe/Rome", datetime(2026, 7, 2, 0, 20)),  # noqa: DTZ001
    ("Pacific/Auckland", datetime(2026, 12, 3, 8, 0)),  # noqa: DTZ001
]


@pytest.mark.parametrize(("zone", "wall"), EVENINGS)
def test_a_visit_counts_for_the_day_on_the_wall(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, zone: str, wall: datetime
) -> None:
    with laptop_in(zone, monkeypatch):
        plant.at(wall.replace(tzinfo=ZoneInfo(zone)))
        done = plant.store.visit.complete(plant.visit.id)
        assert done.completed_on == wall.date()
        assert seen_on(plant.store, wall.date()) == {wall.date()}
        told = brief(plant.store, "aurora", wall.date())
        assert "-1 days" not in "\n".join([*lines(told), *(each.text for each in openers(told))])
    # On a laptop anywhere else it is the same day.
    for elsewhere in ("Pacific/Kiritimati", "Pacific/Honolulu"):
        with laptop_in(elsewhere, monkeypatch):
            assert seen_on(plant.store, wall.date() + timedelta(days=2)) == {wall.date()}
            assert faults(plant.store) == []


def test_of_a_visit_from_before_its_day_on_this_laptop_counts(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = plant.store
    done = store.visit.complete(plant.visit.id)
    # 23:30 UTC: the next day in Rome, still the same in Los Angeles.
    store.connection.execute(
        "UPDATE visit SET completed_on = NULL, completed_at = '2026-12-01T23:30:00.000Z' WHERE id = ?",
        [done.id],
    )
    assert seen_on(store, date(2026, 12, 3)) == {date(2026, 12, 2)}
    with laptop_in("America/Los_Angeles", monkeypatch), Store.open(store.path, clock=store.clock) as there:
        assert seen_on(there, date(2026, 12, 3)) == {date(2026, 12, 1)}
        assert faults(there) == []


def test_a_visit_of_next_month_does_not_count_before(plant: Plant) -> None:
    store, today = plant.store, plant.store.clock().date()
    plant.earlier_visit(40)
    store.visit.complete(plant.visit.id)
    ahead = today + timedelta(days=30)
    store.connection.execute(
        "UPDATE visit SET completed_at = ?, completed_on = ? WHERE id = ?",
        [f"{ahead}T09:00:00.000Z", ahead.isoformat(), plant.visit.id],
    )
    assert seen_on(store, today) == {today - timedelta(days=40)}
    assert seen_on(store, ahead) == {ahead}
    assert Radar(store).counts(today).late == 0
    assert Radar(store).counts(today + timedelta(days=51)).all == 1


def test_a_customer_whose_only_visit_lies_ahead_was_never_seen(plant: Plant) -> None:
    store, today = plant.store, plant.store.clock().date()
    store.visit.complete(plant.visit.id)
    assert seen_on(store, today - timedelta(days=1)) == {None}
    counts = Radar(store).counts(today - timedelta(days=1))
    assert (counts.all, counts.never) == (1, 1)


def test_a_visit_opened_again_keeps_its_day(plant: Plant) -> None:
    store, now = plant.store, plant.store.clock()
    store.visit.complete(plant.visit.id)
    plant.at(now + timedelta(days=3))
    store.visit.reopen(plant.visit.id)
    assert store.visit.complete(plant.visit.id).completed_on == now.date()

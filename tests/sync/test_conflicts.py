"""Laptops of a team that change the same things: what becomes a question, and who is told to have written what when."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.conflict import Writer
from radar_tui.domain.customer import Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from tests.fresh import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("Anna", "Bruno", "Carla", "Dora")
THIRD, FOURTH = "2026-12-03T09:00:00.000Z", "2026-12-04T15:30:00.000Z"


@contextmanager
def team(folder: Path, count: int = 3) -> Iterator[list[Store]]:
    """Laptops with one hub, each of a colleague of its own, and one customer."""
    stores = []
    for name in NAMES[:count]:
        (folder / name).mkdir(parents=True)
        store = Store.open(fresh(folder / name / "radar.db"), clock=lambda: NOW)
        stores.append(store)
        if len(stores) == 1:
            store.colleague.save_all(Colleague(id=one.lower(), name=one) for one in NAMES)
            store.customer.save(Customer(id="aurora", name="Aurora", annual_value=8_000_000, owner_id="anna"))
            joining.create(store, str(folder / "hub"))
        else:
            joining.join(store, str(folder / "hub"))
        store.local.put("me", name.lower())
    try:
        for store in stores:
            engine.sync(store)
        yield stores
    finally:
        for store in stores:
            store.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Store]]:
    with team(tmp_path) as stores:
        yield stores


def edit(store: Store, at: str, **values: object) -> None:
    """An edit of the customer at this moment."""
    before = store.customer.get("aurora")
    store.customer.change(before, before.model_copy(update=values))
    store.connection.execute("UPDATE touched SET edited_at = julianday(?) WHERE tbl = 'customer'", [at])


def test_a_conflict_says_when_the_two_sides_were_edited_and_not_when_they_met(three: list[Store]) -> None:
    anna, bruno, carla = three
    edit(anna, THIRD, annual_value=9_100_000)
    edit(bruno, FOURTH, annual_value=9_000_000)
    edit(bruno, THIRD, notes="Two lines")
    edit(carla, FOURTH, annual_value=9_500_000)
    for store in (anna, bruno, carla, anna):
        engine.sync(store)
    found = {one.author: one for one in anna.conflict.where("col = 'annual_value'")}
    assert {(who, one.member, one.at) for who, one in found.items()} == {
        ("Bruno", "bruno", datetime.fromisoformat(THIRD)),
        ("Carla", "carla", datetime.fromisoformat(FOURTH)),
    }
    for one in found.values():
        kept = Writer.of_text(one.kept_by)
        assert (kept.author, kept.member, kept.first, kept.last) == ("Anna", "anna", THIRD, THIRD)


def test_what_stands_is_by_who_wrote_it_and_not_by_who_touched_the_row_last(three: list[Store]) -> None:
    anna, bruno, carla = three
    edit(carla, THIRD, annual_value=9_500_000)
    edit(anna, THIRD, annual_value=9_100_000)
    engine.sync(anna)
    engine.sync(bruno)
    edit(bruno, FOURTH, notes="Two lines")
    engine.sync(bruno)
    engine.sync(carla)
    [conflict] = carla.conflict.where("col = 'annual_value'")
    assert (Writer.of_text(conflict.kept_by).author, conflict.entry) == ("Anna", 3)


def test_a_merge_does_not_move_the_moment_of_an_edit(three: list[Store]) -> None:
    anna, bruno, _ = three
    edit(anna, THIRD, notes="Theirs")
    edit(bruno, FOURTH, annual_value=9_000_000)
    engine.sync(anna)
    with engine.opened(bruno) as one:
        one.level()
        one._take()
        assert one.live.edited([("customer", "aurora")]) == {("customer", "aurora"): FOURTH}


def test_an_entry_of_an_older_radar_does_not_say_when_its_rows_were_edited(three: list[Store]) -> None:
    anna, bruno, _ = three
    edit(anna, THIRD, annual_value=9_100_000)
    anna.connection.execute("UPDATE touched SET edited_at = 0")
    edit(bruno, FOURTH, annual_value=9_000_000)
    for store in (anna, bruno):
        engine.sync(store)
    [conflict] = bruno.conflict.where("col = 'annual_value'")
    said = json.loads(str(conflict.kept_by))
    assert (said["author"], said["sent"], "first" in said) == ("Anna", "2026-12-03T09:42:07.000Z", False)

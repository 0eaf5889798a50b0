"""Rows of any noun on a real file: two Radars that edit the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """The same file, open in a second Radar."""
    with Store.open(store.path, clock=store.clock) as opened:
        yield opened


def test_a_change_leaves_what_another_radar_changed_meanwhile(store: Store, other: Store) -> None:
    before = store.customer.save(Customer(id=new_id(), name="Aurora", notes="old", city="Lucca"))
    other.customer.save(before.model_copy(update={"notes": "their note"}))
    after = store.customer.change(before, before.model_copy(update={"city": "Pisa"}))
    assert after == other.customer.get(before.id)
    assert (after.city, after.notes) == ("Pisa", "their note")
    undone = store.customer.change(after, after.model_copy(update={"city": "Lucca"}))
    assert (undone.city, undone.notes) == ("Lucca", "their note")


def test_a_change_to_a_row_that_is_gone_says_so_and_makes_none(store: Store, other: Store) -> None:
    before = store.customer.save(Customer(id=new_id(), name="Aurora"))
    other.customer.delete(before.id)
    with pytest.raises(RadarError, match="no longer there"):
        store.customer.change(before, before.model_copy(update={"name": "Borealis"}))
    assert store.customer.where() == []


@pytest.mark.parametrize("value", [10**30, "half \ud83d"])
def test_what_sqlite_cannot_hold_is_said_in_words(store: Store, value: object) -> None:
    customer = store.customer.save(Customer(id=new_id(), name="Aurora"))
    with pytest.raises(RadarError, match="cannot hold this"), store.transaction() as connection:
        connection.execute("UPDATE customer SET notes = 'x'")
        connection.execute("UPDATE customer SET annual_value = ?", [value])
    assert store.customer.get(customer.id) == customer


def test_a_file_that_was_taken_away_takes_no_more_writes_until_it_is_back(
    store: Store, tmp_path: Path
) -> None:
    away = tmp_path / "elsewhere.db"
    store.path.rename(away)
    with pytest.raises(SaveFailed, match="no longer where it was"):
        store.customer.save(Customer(id="aurora", name="Aurora"))
    assert store.backup.make().is_file(), "what is there can still be kept"
    away.rename(store.path)
    store.customer.save(Customer(id="aurora", name="Aurora"))
    with Store.open(store.path, clock=store.clock) as again:
        assert again.customer.find("aurora") is not None


def test_what_is_taken_back_leaves_what_another_radar_changed_beside_it(store: Store, other: Store) -> None:
    before = store.customer.save(Customer(id=new_id(), name="Aurora", city="Lucca"))
    after = store.customer.change(before, before.model_copy(update={"city": "Pisa"}))
    other.customer.save(after.model_copy(update={"notes": "theirs"}))
    store.customer.change_back(before, after)
    now = other.customer.get(before.id)
    assert (now.city, now.notes) == ("Lucca", "theirs")
    other.customer.save(now.model_copy(update={"city": "Livorno"}))
    with pytest.raises(RadarError, match="moved on"):
        store.customer.change_back(before, after)
    assert other.customer.get(before.id).city == "Livorno"

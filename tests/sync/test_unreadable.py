"""Rows that no Radar writes go through a sync as they are, change nothing there, and it is said that they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from radar_tui.cli.sync import result_words
from radar_tui.errors import RadarError
from radar_tui.store.file.aside import put_aside
from radar_tui.store.file.check import faults
from radar_tui.store.schema.touched import SYNCED
from radar_tui.sync import audit, engine
from radar_tui.sync.asking import SyncAnswers
from radar_tui.sync.session import SyncResult
from radar_tui.ui.frame.syncing import ended_words
from tests.ui.world import build as every_row
from tests.unreadable import planted

if TYPE_CHECKING:
    from tests.sync.laptops import Laptop, World


def build(world: World) -> World:
    """Two laptops with a row of every table, and planted ones in the file of the first, that never synced."""
    first = world.add()
    every_row(first.store)
    first.sync()
    world.add()
    return world


def whole(laptop: Laptop) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the file."""
    with closing(sqlite3.connect(laptop.store.path)) as connection:
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in SYNCED}


def plant(laptop: Laptop) -> int:
    with closing(sqlite3.connect(laptop.store.path)) as connection:
        count = len(list(planted(connection, checked=True)))
        connection.commit()
    return count


def readable(laptop: Laptop) -> list[int]:
    """How many rows of each table a list would read."""
    return [laptop.store.row(f"SELECT count(*) FROM {table}")[0] for table in SYNCED]


def test_they_arrive_as_they_are_and_nothing_comes_back(world: World) -> None:
    first, second = world.laptops
    before = readable(first)
    count = plant(first)
    sent = whole(first)
    assert first.sync().pushed == count
    assert second.sync().pulled == count
    assert whole(first) == whole(second) == sent
    for laptop in world.laptops:
        assert readable(laptop) == before
        assert laptop.store.touched.count() == 0
        result = laptop.sync()
        assert (result.pushed, result.pulled) == (0, 0)
        assert audit.verify(laptop.store, full=True) == []


def test_it_is_said_once_that_they_came(world: World) -> None:
    first, second = world.laptops
    count = plant(first)
    assert first.sync().unreadable == 0  # said when the file was opened
    result = second.sync()
    assert result.unreadable == count
    assert result_words(result)[1].startswith(f"{count} rows that came cannot be read")
    assert ended_words("sync", result).endswith(f"{count} rows cannot be read (radar check).")
    assert second.sync().unreadable == 0


def test_a_laptop_that_joins_takes_them_as_they_are(world: World) -> None:
    first = world.laptops[0]
    count = plant(first)
    first.sync()
    third = world.add()
    assert len(third.store.unreadable) == count
    assert whole(third) == whole(first)
    assert third.sync() == SyncResult(head=first.sync().head)
    assert audit.verify(third.store, full=True) == []
    world.laptops.remove(third)
    third.store.close()


def test_what_one_laptop_puts_aside_is_put_aside_on_all(world: World) -> None:
    first, second = world.laptops
    plant(first)
    first.sync()
    second.sync()
    assert second.store.unreadable
    put_aside(first.store)
    first.sync()
    engine.sync(second.store, answers=SyncAnswers(take=True))
    assert whole(first) == whole(second)
    for laptop in world.laptops:
        assert faults(laptop.store) == []
        assert laptop.store.unreadable == []
        assert laptop.store.notice == ""


def test_a_row_that_the_tables_refuse_is_named_and_goes_nowhere(world: World) -> None:
    first, second = world.laptops
    before = whole(second)
    with closing(sqlite3.connect(first.store.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE customer SET status = 'nobody'")
        connection.commit()
    with pytest.raises(RadarError, match="A customer of this file") as refused:
        first.sync()
    assert "radar check" in refused.value.hint
    second.sync()
    assert whole(second) == before
    assert "Customer Aurora Tissue cannot be read" in faults(first.store)[0].words
    put_aside(first.store)
    assert faults(first.store) == []
    world.settle()
    assert whole(first) == whole(second)

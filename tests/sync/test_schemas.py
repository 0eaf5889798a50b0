"""Laptops of two versions of Radar on one hub: the older one waits, loses nothing, and goes on after its upgrade."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.schema.migrations import NAMES
from radar_tui.sync import engine, joining
from tests.sync.laptops import Laptop, World
from tests.sync.newer import act
from tests.sync.yard import state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = ["rows", "SELECT id, name, mood, notes FROM customer ORDER BY id"]
HOBBIES = ["rows", "SELECT id, name FROM hobby ORDER BY id"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two laptops of this Radar on one hub, with a customer and a contact."""
    world = World(tmp_path)
    first = world.add()
    for table in ("market", "customer", "contact"):
        first.insert(table, lambda ids: ids[0])
    first.sync()
    world.add()
    yield world
    world.close()


def file_of(laptop: Laptop) -> Path:
    """Its database, closed, for another process."""
    laptop.store.close()
    return laptop.folder / "radar.db"


def migrations_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = 'radar' ORDER BY rowid"
        )
        return [row[0] for row in rows]


def test_an_upgrade_sends_nothing_by_itself(world: World) -> None:
    """Base and file are brought to the new schema alike; everything is compared once, and nothing differs."""
    path = file_of(world.laptops[0])
    base = path.with_name("radar.db.sync") / "base.db"
    compared = ["rows", "SELECT key, value FROM local WHERE key IN ('sync_full', 'sync_schema')"]
    before, result, count, after, faults = act(path, compared, ["sync"], ["count"], compared, ["verify"])
    assert (result["pushed"], result["entries"], count, faults) == (0, 0, 0, [])
    assert before == [["sync_schema", str(len(NAMES))]]
    assert after == [["sync_schema", str(len(NAMES) + 1)]]
    assert migrations_of(base) == migrations_of(path) == [*NAMES, "newer_schema"]
    # Nothing came of it on the hub: the older one goes on.
    other = world.laptops[1]
    other.edit("customer", other.ids("customer")[0], ["name"])
    assert other.sync().pushed == 1
    [result, rows] = act(path, ["sync"], ROWS)
    assert (result["pulled"], rows[0][1:3]) == (1, [other.content()["customer"][0][1], "calm"])


def test_an_older_radar_waits_keeps_its_edits_and_goes_on(world: World) -> None:
    newer, older = world.laptops
    customer, contact = newer.ids("customer")[0], newer.ids("contact")[0]
    path = file_of(newer)
    act(
        path,
        ["sql", f"UPDATE customer SET mood = 'glad' WHERE id = '{customer}'"],
        ["sql", f"INSERT INTO hobby (id, contact_id, name) VALUES ('h', '{contact}', 'chess')"],
        ["sync"],
    )
    older.edit("customer", customer, ["name", "notes"])
    older.insert("market", lambda ids: ids[0])
    before = state(older)
    for _ in range(2):
        with pytest.raises(RadarError, match=r"Entry 2 on the hub was written by a newer Radar") as error:
            older.sync()
        assert "your changes stay" in error.value.message
        assert "pip install --upgrade radar-tui" in error.value.hint
        assert state(older) == before
    # It works on without a sync.
    older.edit("customer", customer, ["city"])
    mine = older.content()["customer"][0][:1] + older.content()["customer"][0][1:2]
    result, count, rows, hobbies, faults = act(file_of(older), ["sync"], ["count"], ROWS, HOBBIES, ["verify"])
    assert (result["pulled"], result["pushed"], result["conflicts"], count) == (2, 2, 0, 0)
    assert (rows[0][:3], hobbies, faults) == ([*mine, "glad"], [["h", "chess"]], [])
    assert act(path, ["sync"], ROWS, HOBBIES, ["verify"])[1:] == [rows, hobbies, []]
    with pytest.raises(RadarError, match="was made by a newer Radar"):
        older._open()


@pytest.mark.parametrize("step", ["levelled", "taking", "put"])
def test_the_first_sync_after_an_upgrade_is_killed(world: World, step: str) -> None:
    newer, older = world.laptops
    customer = newer.ids("customer")[0]
    path = file_of(newer)
    older.edit("customer", customer, ["name"])
    older.sync()
    act(path, ["sql", "UPDATE customer SET mood = 'glad', notes = 'newer'"], ["sync until", step], fails=True)
    [rows, faults] = act(path, ["sync"], ROWS, ["verify"])[1:]
    assert (rows[0][1:], faults) == ([older.content()["customer"][0][1], "glad", "newer"], [])
    assert act(file_of(older), ["sync"], ROWS, ["verify"])[1:] == [rows, []]


def test_an_older_radar_cannot_join_and_stays_as_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also not by a snapshot of the newer schema: it is passed over for the log, which says what to do."""
    newer = world.laptops[0]
    path = file_of(newer)
    act(path, ["sql", "UPDATE customer SET mood = 'glad'"], ["sync"])
    laptop = Laptop(world, 2)
    laptop.insert("market", lambda ids: ids[0])
    before = laptop.content()
    with pytest.raises(RadarError, match="was written by a newer Radar"):
        joining.join(laptop.store, world.hub)
    assert (laptop.content(), laptop.store.local.get("hub_id")) == (before, "")
    joined = act(file_of(laptop), ["join", world.hub], ROWS)
    assert joined[1] == act(path, ["sync"], ROWS)[1]


def test_a_snapshot_of_an_older_schema_is_brought_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 1)
    older = world.laptops[0]
    older.edit("customer", older.ids("customer")[0], ["name"])
    older.sync()
    assert len(list((world.folder / "hub" / "snapshot").iterdir())) == 1
    shutil.rmtree(world.laptops[1].folder)
    fresh = world.folder / "fresh.db"
    joined, rows, faults = act(fresh, ["join", world.hub], ROWS, ["verify"])
    assert (joined["head"], faults) == (2, [])
    assert rows == [[*older.content()["customer"][0][:2], "calm", older.content()["customer"][0][11]]]

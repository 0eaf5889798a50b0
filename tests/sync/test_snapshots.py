"""Snapshots: written now and then, so that joining stays as short as it is however long the log grows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.sync import audit, engine, joining
from radar_tui.sync.folder import FolderStore
from radar_tui.sync.stores import HubUnreachable
from tests.sync.laptops import Laptop, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sync.yard import Yard


EVERY = 4


def build(world: World) -> World:
    """Two laptops, one entry."""
    first = world.add()
    for table in ("market", "customer"):
        first.insert(table, lambda ids: ids[0])
    first.sync()
    world.add()
    return world


@pytest.fixture
def world(built: Yard, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A snapshot is due every four entries here."""
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", EVERY)
    with built.world() as world:
        yield world


def snapshots(world: World) -> list[int]:
    folder = Path(world.hub) / "snapshot"
    return sorted(int(path.name) for path in folder.iterdir()) if folder.exists() else []


def write(laptop: Laptop, times: int = 1) -> None:
    for _ in range(times):
        laptop.edit("customer", laptop.ids("customer")[0], ["name"])
        laptop.sync()


def test_one_is_written_every_so_many_entries_by_whoever_is_there(world: World) -> None:
    first, second = world.laptops
    write(first, 2)
    assert snapshots(world) == []
    write(second)
    assert snapshots(world) == [4]
    write(first, 3)
    write(second, 2)
    assert snapshots(world) == [4, 8]
    assert audit.status(first.store).snapshot == 8
    assert audit.verify(first.store, full=True) == []


def test_one_is_written_every_so_many_bytes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 1000)
    monkeypatch.setattr(engine, "SNAPSHOT_BYTES", 20_000)
    first = world.laptops[0]
    write(first, 2)
    assert snapshots(world) == []
    # Words that do not pack well.
    first.set(
        "customer",
        first.ids("customer")[0],
        "notes",
        "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000)),
    )
    first.sync()
    assert snapshots(world) == [4]
    write(first, 2)
    assert snapshots(world) == [4]


def test_who_only_takes_writes_none(world: World) -> None:
    first, second = world.laptops
    write(first, 2)
    shutil.rmtree(Path(world.hub) / "snapshot", ignore_errors=True)
    write(first)
    shutil.rmtree(Path(world.hub) / "snapshot")
    second.sync()
    assert snapshots(world) == []


def test_one_that_cannot_be_written_does_not_stop_the_sync(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.laptops[0]
    write(first, 2)
    original = FolderStore.create

    def full(self: FolderStore, name: str, data: bytes) -> bool:
        if name.startswith("snapshot/"):
            raise HubUnreachable("The hub is full.", "")
        return original(self, name, data)

    with monkeypatch.context() as context:
        context.setattr(FolderStore, "create", full)
        first.edit("customer", first.ids("customer")[0], ["name"])
        assert first.sync().pushed == 1
    assert (snapshots(world), list((first.folder / "radar.db.sync").glob("snapshot*"))) == ([], [])
    write(first)
    assert snapshots(world) == [5]


def test_a_crash_while_one_is_written(world: World) -> None:
    first = world.laptops[0]
    write(first, 2)
    first.edit("customer", first.ids("customer")[0], ["name"])
    assert first.crash_in_sync("snapshot")
    assert snapshots(world) == []
    write(first)
    assert snapshots(world) == [5]
    world.settle()
    world.check()


def test_the_keeper_writes_them_also_when_it_only_moves_outboxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path))
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 3)
    world = World(tmp_path, keeper=0)
    keeper = world.add()
    laptop = world.add()
    for _ in range(4):
        laptop.insert("market", lambda ids: ids[0])
        laptop.sync()
        keeper.sync()
        laptop.sync()
    assert snapshots(world) == [3]
    joined = world.add()
    assert joined.content() == keeper.content()
    world.settle()
    world.check()
    world.close()


@pytest.mark.parametrize("entries", [6, 22])
def test_what_joining_reads_does_not_grow_with_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    first = world.laptops[0]
    write(first, entries - 1)
    read: list[str] = []
    original = FolderStore.get

    def noted(self: FolderStore, name: str) -> Any:
        read.append(name.partition("/")[0])
        return original(self, name)

    monkeypatch.setattr(FolderStore, "get", noted)
    laptop = Laptop(world, 2)
    world.laptops.append(laptop)
    joining.join(laptop.store, world.hub)
    assert laptop.content() == first.content()
    assert read.count("snapshot") == 1
    assert read.count("log") <= EVERY + 1


def test_syncing_reads_only_what_is_new(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = world.laptops
    write(first, 9)
    second.sync()
    read: list[str] = []
    original = FolderStore.get

    def noted(self: FolderStore, name: str) -> Any:
        read.append(name)
        return original(self, name)

    monkeypatch.setattr(FolderStore, "get", noted)
    assert second.sync().entries == 0
    # The end that it knows, in case somebody rewrote it; nothing before.
    assert read == ["hub.json", "log/0000000010"]
    write(first)
    read.clear()
    assert second.sync().entries == 1
    assert read == ["hub.json", "log/0000000010", "log/0000000011"]

"""Snapshots: written now and then, so that joining stays as short as it is however long the log grows."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.sync import audit, engine, joining
from radar_tui.sync.base import Base
from radar_tui.sync.hub.entry import Entry, HubDamaged, digest, pack, unpack
from radar_tui.sync.hub.folder import FolderStore
from radar_tui.sync.hub.stores import HubUnreachable
from radar_tui.sync.sync_folder import SyncFolder
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
    original = FolderStore._opened

    def noted(self: FolderStore, name: str, most: int) -> Any:
        read.append(name.partition("/")[0])
        return original(self, name, most)

    monkeypatch.setattr(FolderStore, "_opened", noted)
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
    original = FolderStore._opened

    def noted(self: FolderStore, name: str, most: int) -> Any:
        read.append(name)
        return original(self, name, most)

    monkeypatch.setattr(FolderStore, "_opened", noted)
    assert second.sync().entries == 0
    # The end that it knows, in case somebody rewrote it; nothing before.
    assert read == ["hub.json", "log/0000000010"]
    write(first)
    read.clear()
    assert second.sync().entries == 1
    assert read == ["hub.json", "log/0000000010", "log/0000000011"]


# Proven, not trusted


def entry(world: World, seq: int) -> Entry:
    return unpack((Path(world.hub) / "log" / f"{seq:010d}").read_bytes(), "entry")


def alter(world: World, seq: int, statement: str) -> None:
    """Somebody who knows SQLite changes rows in a snapshot, and seals it rightly."""
    file, place = Path(world.hub) / "snapshot" / f"{seq:010d}", world.folder / "altered.db"
    known = unpack(file.read_bytes(), "snapshot")
    place.write_bytes(known.body)
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as database:
        for name, _ in (
            triggers := database.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
        ):
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement)
        for _, sql in triggers:
            database.execute(sql)
        database.execute("PRAGMA journal_mode = DELETE")
    file.write_bytes(pack(known.header, place.read_bytes()))


EVIL = "UPDATE customer SET name = 'Evil', notes = 'Evil'"


def restate(monkeypatch: pytest.MonkeyPatch, on: bool) -> None:
    """Entries that say what all rows come to, or (an older Radar's) do not."""
    original = engine.Sync.packed

    def packed(self: engine.Sync, changeset: bytes, *rows: Any, **more: Any) -> bytes:
        raw = original(self, changeset, *rows, **more)
        found = unpack(raw, "entry")
        # The base holds the changes already, as it does when the entry is made.
        return pack(
            replace(
                found.header,
                state=self.base.tally().state if on else "",
                counts=found.header.counts if on else {},
            ),
            found.body,
        )

    monkeypatch.setattr(engine.Sync, "packed", packed)


def test_the_next_entry_of_its_writer_carries_the_hash_of_a_snapshot(world: World) -> None:
    first, second = world.laptops
    write(first, 2)
    write(second)
    assert snapshots(world) == [4]
    write(first)
    assert entry(world, 5).header.snapshot == "", "only its writer knows that the bytes are the right ones"
    write(second, 2)
    raw = (Path(world.hub) / "snapshot" / "0000000004").read_bytes()
    assert entry(world, 6).header.snapshot == f"4/{digest(raw)}"
    assert entry(world, 7).header.snapshot == ""


def test_who_loses_the_race_says_it_with_the_next_entry(world: World) -> None:
    first, second = world.laptops
    write(first, 3)
    raw = (Path(world.hub) / "snapshot" / "0000000004").read_bytes()
    second.edit("customer", second.ids("customer")[0], ["city"])
    first.edit("customer", first.ids("customer")[0], ["name"])

    def at(step: str) -> None:
        if step == "intended" and len(list((Path(world.hub) / "log").iterdir())) == 4:
            second.sync()

    first.sync(at)
    assert [entry(world, seq).header.snapshot for seq in (5, 6)] == ["", f"4/{digest(raw)}"]


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize("later", [0, 1, 3])
def test_an_altered_snapshot_is_passed_over_by_whoever_joins(
    world: World, monkeypatch: pytest.MonkeyPatch, stated: bool, later: int
) -> None:
    """By the state of its entry; without one by its hash, which the next entry of its writer carries."""
    first = world.laptops[0]
    restate(monkeypatch, stated)
    write(first, 7 + (later or not stated))
    assert snapshots(world) == [4, 8]
    alter(world, 8, EVIL)
    faults = audit.verify(first.store)
    assert ["snapshot/0000000008 is damaged or altered" in fault for fault in faults] == [True]
    assert "Remove that file" in faults[0]
    joined = world.add()
    assert joined.content() == first.content()
    write(first, later)
    (Path(world.hub) / "snapshot" / "0000000008").unlink()
    world.settle()
    world.check()


def test_an_altered_snapshot_that_nothing_vouches_for_shows_where_a_later_entry_does_not_fit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.laptops[0]
    restate(monkeypatch, False)
    write(first, 3)
    assert not entry(world, 4).header.state
    first.store.connection.execute("SELECT 1")
    with contextlib.closing(Base(SyncFolder(first.store.path).base)) as base, base.moving():
        base.note(vouch="")
    write(first)
    assert entry(world, 5).header.snapshot == ""
    alter(world, 4, EVIL)
    joined = world.add()
    assert joined.content() == first.content()


def test_an_altered_snapshot_of_an_older_radar_shows_by_the_state_that_a_later_entry_leads_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.laptops[0]
    restate(monkeypatch, False)
    write(first, 3)
    with contextlib.closing(Base(SyncFolder(first.store.path).base)) as base, base.moving():
        base.note(vouch="")
    restate(monkeypatch, True)
    write(first)
    alter(world, 4, "UPDATE customer SET city = 'Evil'")
    joined = world.add()
    assert joined.content() == first.content()


def test_a_snapshot_of_an_older_radar_is_still_used(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = world.laptops[0]
    restate(monkeypatch, False)
    write(first, 4)
    joined = world.add()
    with contextlib.closing(Base(SyncFolder(joined.store.path).base)) as base:
        assert base.noted("snapshot") == "4"
    assert joined.content() == first.content()


def test_an_entry_that_fits_nothing_is_blamed_and_not_the_snapshot(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.laptops[0]
    restate(monkeypatch, True)
    write(first, 5)
    log = Path(world.hub) / "log" / "0000000006"
    log.write_bytes(pack(entry(world, 6).header, entry(world, 5).body))
    with pytest.raises(HubDamaged, match="Entry 6 on the hub was refused"):
        world.add()

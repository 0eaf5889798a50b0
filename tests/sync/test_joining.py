"""Founding a hub and joining one: a new laptop, a file with data of its own, a copied or restored one, a log that went
another way."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.errors import Cancelled, RadarError
from radar_tui.store.file.check import faults
from radar_tui.store.schema.migrations import NAMES
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.hub import hub
from radar_tui.sync.hub.entry import HubDamaged
from tests.fresh import NOW
from tests.sync.laptops import Crash, Laptop, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.sync.session import SyncResult

SAMPLE = Path(__file__).parents[2] / "sample.db"
FIRST_SCHEMA = Path(__file__).parents[1] / "store" / "schemas" / f"{NAMES[0]}.sql"


def build(world: World) -> World:
    """One laptop that founded a hub, with a few rows on it."""
    first = world.add()
    for table in ("market", "customer", "contact", "stream", "item", "visit"):
        first.insert(table, lambda ids: ids[0])
    first.sync()
    return world


def new(world: World) -> Laptop:
    """A laptop that has not joined."""
    laptop = Laptop(world, len(world.laptops))
    world.laptops.append(laptop)
    return laptop


def join(laptop: Laptop, **how: Any) -> SyncResult:
    return joining.join(laptop.store, laptop.world.hub, **how)


def conflicts(laptop: Laptop) -> set[tuple[str, str, str | None]]:
    return {tuple(row) for row in laptop.store.rows("SELECT kind, tbl, col FROM conflict")}


def crashed(laptop: Laptop, act: Callable[[Callable[[str], None]], object], step: str) -> bool:
    """Do it until `step`, and go on from the files as they were then; whether it came to that."""
    disk = laptop.folder.with_name("disk")

    def at(reached: str) -> None:
        if reached == step:
            shutil.copytree(laptop.folder, disk, ignore=shutil.ignore_patterns("*-shm", "*.backups"))
            raise Crash

    try:
        act(at)
    except Crash:
        laptop.store.close()
        shutil.rmtree(laptop.folder)
        disk.rename(laptop.folder)
        laptop.store = laptop._open()
        return True
    return False


# A new laptop


def test_an_empty_file_takes_everything(world: World) -> None:
    first, laptop = world.laptops[0], new(world)
    result = join(laptop)
    assert (result.pushed, result.conflicts, result.head) == (0, 0, 1)
    assert laptop.content() == first.content()
    assert laptop.store.touched.trusted()
    assert faults(laptop.store) == []
    assert [row.name for row in laptop.store.radar.page(laptop.store.clock().date())] == [
        row.name for row in first.store.radar.page(first.store.clock().date())
    ]
    laptop.edit("customer", laptop.ids("customer")[0], ["name"])
    assert laptop.store.touched.count() == 1
    world.settle()
    world.check()


def test_a_hub_without_an_entry_can_be_joined(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.add()
    assert audit.status(first.store).entries == 0
    second, third = new(world), new(world)
    assert join(second).head == 0
    third.insert("market", lambda ids: ids[0])
    assert join(third).pushed == 1
    first.insert("market", lambda ids: ids[0])
    world.settle()
    assert len(second.ids("market")) == 2
    world.check()
    world.close()


def test_a_file_with_data_of_its_own_brings_it_along(world: World) -> None:
    first, laptop = world.laptops[0], new(world)
    for table in ("market", "customer", "contact"):
        laptop.insert(table, lambda ids: ids[0])
    own = laptop.content()
    result = join(laptop)
    assert (result.pushed, result.conflicts) == (3, 0)
    first.sync()
    for table in ("market", "customer", "contact"):
        assert set(own[table]) < set(first.content()[table])
    world.check()


def test_a_row_that_both_made_keeps_the_hub_s_values(world: World) -> None:
    first, laptop = world.laptops[0], new(world)
    for one in (first, laptop):
        one.insert("market", lambda ids: ids[0], same=True)
    first.sync()
    theirs = first.content()["market"]
    assert join(laptop).conflicts == 0
    assert laptop.content()["market"] == theirs
    assert conflicts(laptop) == {("both added", "market", "name")}
    world.settle()
    world.check()


def test_a_backup_is_made_of_a_file_with_data(world: World) -> None:
    empty, full = new(world), new(world)
    full.insert("market", lambda ids: ids[0])
    for laptop in (empty, full):
        join(laptop)
    assert [len(list(one.folder.glob("*.backups/*"))) for one in (empty, full)] == [0, 1]


def test_a_file_of_the_first_schema_joins(world: World) -> None:
    laptop = new(world)
    laptop.store.close()
    path = laptop.folder / "radar.db"
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FIRST_SCHEMA.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('radar', ?, '2026')",
            [NAMES[0]],
        )
        connection.execute("INSERT INTO market (id, name) VALUES ('m', 'Tissue')")
    laptop.store = laptop._open()
    assert join(laptop).pushed == 1
    world.settle()
    assert "m" in world.laptops[0].ids("market")
    world.check()


def test_a_hub_founded_on_the_sample(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = Laptop(world, 0)
    first.store.close()
    shutil.copy(SAMPLE, first.folder / "radar.db")
    first.store = first._open()
    world.laptops.append(first)
    rows = sum(len(found) for found in first.content().values())
    assert joining.create(first.store, world.hub).pushed == rows > 1000
    second = world.add()
    assert second.content() == first.content()
    assert faults(second.store) == []
    visit = first.store.row("SELECT id FROM visit WHERE status = 'planned' LIMIT 1")[0]
    first.edit("visit", visit, ["summary"])
    second.edit("visit", visit, ["summary"])
    world.settle()
    world.check()
    world.close()


# What is refused, and said


def test_nothing_is_joined_where_no_hub_is(world: World, tmp_path: Path) -> None:
    laptop = new(world)
    (tmp_path / "other").mkdir()
    with pytest.raises(RadarError, match="There is no hub at") as error:
        joining.join(laptop.store, str(tmp_path / "other"))
    assert "radar hub create" in error.value.hint
    assert list((tmp_path / "other").iterdir()) == []
    assert not laptop.store.local.get("hub_id")


def test_a_file_of_another_hub_is_left_alone(world: World, tmp_path: Path) -> None:
    other = World(tmp_path / "elsewhere")
    other.folder.mkdir()
    stranger = other.add()
    stranger.insert("market", lambda ids: ids[0])
    before, log = stranger.content(), sorted((world.folder / "hub" / "log").iterdir())
    with pytest.raises(RadarError, match="belongs to another hub") as error:
        joining.join(stranger.store, world.hub)
    assert "--db" in error.value.hint
    assert (stranger.content(), sorted((world.folder / "hub" / "log").iterdir())) == (before, log)
    assert stranger.sync().pushed == 1
    other.close()


def test_a_hub_is_founded_once(world: World, tmp_path: Path) -> None:
    laptop = new(world)
    with pytest.raises(RadarError, match=r"There is a hub at .* already") as error:
        joining.create(laptop.store, world.hub)
    assert "radar hub join" in error.value.hint
    with pytest.raises(RadarError, match="This database has a hub already"):
        joining.create(world.laptops[0].store, str(tmp_path / "second"))
    join(laptop)
    world.settle()
    world.check()


def test_without_a_hub_there_is_nothing_to_sync(store: Store) -> None:
    for act in (engine.sync, engine.keep, audit.status, audit.verify):
        with pytest.raises(RadarError, match="has no hub yet") as error:
            act(store)
        assert "radar hub create" in error.value.hint


def test_joining_can_be_ended(world: World) -> None:
    laptop = new(world)
    laptop.insert("market", lambda ids: ids[0])
    before = laptop.content()
    with pytest.raises(Cancelled, match="Joining was ended"):
        join(laptop, cancelled=lambda: True)
    assert (laptop.content(), laptop.store.local.get("hub_id")) == (before, "")
    words: list[str] = []
    join(laptop, report=lambda progress: words.append(progress.words))
    assert words[:2] == ["Fetching the newest snapshot", "Taking entry 1"]
    assert "Filling the database" in words
    world.settle()
    world.check()


# Files that were copied or lost what lies beside them


def test_a_file_copied_without_what_lies_beside_it_joins_again(world: World) -> None:
    """Its unsynced changes are merged three-way: what it took back stays gone, and only true collisions clash."""
    first, second = world.laptops[0], world.add()
    customer, contact = first.ids("customer")[0], second.ids("contact")[0]
    second.edit("customer", customer, ["name", "notes"])
    second.remove("item", second.ids("item")[0])
    second.insert("market", lambda ids: ids[0])
    first.edit("customer", customer, ["name", "city"])
    first.edit("contact", contact, ["phone"])
    first.sync()
    unsynced = second.store.touched.count()
    copy = new(world)
    copy.store.close()
    second.store.close()
    shutil.copy(second.folder / "radar.db", copy.folder / "radar.db")
    second.store, copy.store = second._open(), copy._open()
    with pytest.raises(RadarError, match="must join its hub again") as error:
        copy.sync()
    assert "radar hub join" in error.value.hint
    result = join(copy)
    assert (unsynced, result.pushed > 0, result.conflicts) == (3, True, 1)
    assert copy.ids("item") == []
    assert conflicts(copy) == {("both changed", "customer", "name")}
    assert copy.device != second.device
    world.settle()
    assert len(first.ids("market")) == 2
    world.check()


def test_a_file_copied_with_its_folder_is_another_laptop(world: World) -> None:
    first = world.laptops[0]
    first.edit("customer", first.ids("customer")[0], ["name"])
    device = first.device
    twin = first.copy()
    for laptop, copied in ((twin, True), (first, False), (twin, False)):
        laptop.edit("customer", laptop.ids("customer")[0], ["notes"])
        assert laptop.sync().copied == copied
    assert first.device == device != twin.device
    world.settle()
    world.check()


def test_a_file_moved_with_its_folder_is_the_same_laptop(world: World) -> None:
    first = world.laptops[0]
    first.sync()
    device = first.device
    first.store.close()
    first.folder = first.folder.rename(world.folder / "moved")
    first.store = first._open()
    first.edit("customer", first.ids("customer")[0], ["notes"])
    assert not first.sync().copied
    assert first.device == device
    first.store.close()
    for name in ("radar.db", "radar.db.sync"):
        (first.folder / name).rename(first.folder / name.replace("radar", "team"))
    with Store.open(first.folder / "team.db") as renamed:
        assert not engine.sync(renamed).copied
        assert audit.status(renamed).device == device


def test_where_a_copy_took_the_place_of_a_file_that_moved_the_two_are_told_apart(world: World) -> None:
    first = world.laptops[0]
    first.sync()
    first.store.close()
    old, moved = first.folder, world.folder / "moved"
    shutil.copytree(old, world.folder / "copy")
    old.rename(moved)
    (world.folder / "copy").rename(old)
    with Store.open(old / "radar.db") as one, Store.open(moved / "radar.db") as other:
        assert engine.sync(one).copied != engine.sync(other).copied
        assert audit.status(one).device != audit.status(other).device


def test_a_copy_is_another_laptop_though_the_first_was_moved_away(world: World) -> None:
    first = world.laptops[0]
    first.sync()
    device = first.device
    first.store.close()
    shutil.copytree(first.folder, world.folder / "copy")
    first.folder = first.folder.rename(world.folder / "moved")
    first.store = first._open()
    with Store.open(world.folder / "copy" / "radar.db") as copy:
        assert engine.sync(copy).copied
    assert not first.sync().copied
    assert first.device == device


def test_joining_the_hub_again_that_one_has_changes_nothing(world: World) -> None:
    first = world.laptops[0]
    first.edit("customer", first.ids("customer")[0], ["name"])
    before = first.content()
    result = join(first)
    assert (result.pulled, result.pushed, result.conflicts) == (0, 1, 0)
    assert first.content() == before
    world.check()


def test_the_hub_moved_to_another_place(world: World) -> None:
    first, second = world.laptops[0], world.add()
    (world.folder / "hub").rename(world.folder / "moved")
    with pytest.raises(RadarError):
        first.sync()
    moved = str(world.folder / "moved")
    first.edit("customer", first.ids("customer")[0], ["name"])
    for laptop in (first, second):
        joining.join(laptop.store, moved)
    assert audit.status(first.store).address == moved
    assert second.content() == first.content()


# A log that went another way


def older_hub(world: World) -> tuple[Laptop, Laptop]:
    """Two laptops that went on for two entries, and then the hub came back from a copy made before."""
    first, second = world.laptops[0], world.add()
    copy = world.folder / "copy"
    shutil.copytree(world.folder / "hub", copy)
    for laptop in (first, second):
        laptop.edit("customer", laptop.ids("customer")[0], ["name", "notes"])
        laptop.insert("contact", lambda ids: ids[0])
        laptop.sync()
    first.remove("item", first.ids("item")[0])
    world.settle()
    shutil.rmtree(world.folder / "hub")
    copy.rename(world.folder / "hub")
    return first, second


def test_a_hub_brought_back_from_a_copy_gets_everything_again(world: World) -> None:
    first, second = older_hub(world)
    with pytest.raises(HubDamaged, match=r"Entry \d is missing"):
        first.sync()
    before, clashed = first.content(), conflicts(first)
    assert join(first).pushed > 0
    assert first.content() == before
    with pytest.raises(RadarError):
        second.sync()
    second.edit("customer", second.ids("customer")[0], ["city"])
    join(second)
    world.settle()
    assert first.ids("item") == []
    assert conflicts(first) == clashed
    world.check()


def test_without_the_entries_read_it_is_merged_as_if_both_had_just_been_made(world: World) -> None:
    first, second = older_hub(world)
    join(second)
    clashed = conflicts(first)
    first.edit("customer", first.ids("customer")[0], ["name", "city"])
    shutil.rmtree(first.folder / "radar.db.sync")
    join(first)
    world.settle()
    assert conflicts(first) - clashed == {
        ("both added", "customer", "name"),
        ("both added", "customer", "city"),
    }
    world.check()


# Snapshots


@pytest.fixture
def long_log(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Eight entries and snapshots of entries 3 and 6."""
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 3)
    first = world.laptops[0]
    for _ in range(7):
        first.edit("customer", first.ids("customer")[0], ["name"])
        first.insert("contact", lambda ids: ids[0])
        first.sync()
    assert sorted(path.name[-1] for path in (world.folder / "hub" / "snapshot").iterdir()) == ["3", "6"]
    return world


def entries_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of all entries read from now on."""
    read: list[int] = []
    original = hub.Hub.read

    def noted(self: hub.Hub, seq: int, parent: str | None) -> Any:
        read.append(seq)
        return original(self, seq, parent)

    monkeypatch.setattr(hub.Hub, "read", noted)
    return read


def test_joining_reads_the_newest_snapshot_and_what_came_after(
    long_log: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, laptop = entries_read(monkeypatch), new(long_log)
    join(laptop)
    assert read == [6, 7, 8]
    assert laptop.content() == long_log.laptops[0].content()
    assert audit.verify(laptop.store, full=True) == []


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (lambda folder: (folder / "0000000006").write_bytes(b"no snapshot"), [6, 3, 4, 5, 6, 7, 8]),
        (lambda folder: (folder / "0000000006").unlink(), [3, 4, 5, 6, 7, 8]),
        (lambda folder: shutil.copy(folder / "0000000003", folder / "0000000006"), [6, 3, 4, 5, 6, 7, 8]),
        (lambda folder: shutil.rmtree(folder), [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_a_snapshot_that_cannot_be_used_is_no_fault(
    long_log: World,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[Path], object],
    expected: list[int],
) -> None:
    break_it(long_log.folder / "hub" / "snapshot")
    read, laptop = entries_read(monkeypatch), new(long_log)
    join(laptop)
    assert read == expected
    assert laptop.content() == long_log.laptops[0].content()


def test_a_snapshot_newer_than_the_common_ground_is_not_used(
    long_log: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file stands at entry 4; a base as of entry 6 would make the others' changes look undone by it."""
    laptop = new(long_log)
    laptop.store.close()
    shutil.rmtree(laptop.folder)
    first = long_log.laptops[0]
    backup = first.folder / "old.db"
    with closing(sqlite3.connect(first.folder / "radar.db")) as connection:
        connection.execute("VACUUM INTO ?", [str(backup)])
    laptop.folder.mkdir()
    backup.rename(laptop.folder / "radar.db")
    first.edit("customer", first.ids("customer")[0], ["name"])
    first.sync()
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 1)
    first.insert("contact", lambda ids: ids[0])
    first.sync()
    laptop.store = laptop._open()
    laptop.edit("customer", laptop.ids("customer")[0], ["notes"])
    assert join(laptop).conflicts == 0
    long_log.settle()
    long_log.check()


# Interrupted at every step


def own_data(laptop: Laptop) -> None:
    for table in ("market", "customer", "contact"):
        laptop.insert(table, lambda ids: ids[0])


@pytest.mark.parametrize("step", ["founded", "joined", "levelled", "intended", "put", "given", "moved"])
def test_founding_is_interrupted(tmp_path: Path, step: str) -> None:
    world = World(tmp_path)
    laptop = new(world)
    own_data(laptop)
    assert crashed(laptop, lambda at: joining.create(laptop.store, world.hub, at=at), step)
    if step == "founded":
        with pytest.raises(RadarError, match="There is a hub at"):
            joining.create(laptop.store, world.hub)
        join(laptop)
    world.settle()
    world.add()
    world.settle()
    assert len(world.laptops[1].ids("contact")) == 1
    world.check()
    world.close()


@pytest.mark.parametrize("step", ["based", "joined", "levelled", "intended", "put", "given", "moved"])
def test_joining_is_interrupted(world: World, step: str) -> None:
    laptop = new(world)
    own_data(laptop)
    assert crashed(laptop, lambda at: join(laptop, at=at), step)
    if step == "based":
        assert not laptop.store.local.get("hub_id")
        join(laptop)
    world.settle()
    world.check()


@pytest.mark.parametrize("step", ["based", "levelled", "pulled", "taking", "taken", "intended", "given"])
def test_joining_again_is_interrupted(world: World, step: str) -> None:
    first, second = older_hub(world)
    join(second)
    first.edit("customer", first.ids("customer")[0], ["name"])
    assert crashed(first, lambda at: join(first, at=at), step)
    join(first)
    world.settle()
    assert {kind for kind, _, _ in conflicts(first)} <= {"both changed"}
    world.check()


def test_the_clock_of_a_laptop_is_only_shown(world: World) -> None:
    first = world.laptops[0]
    first.edit("customer", first.ids("customer")[0], ["name"])
    slow = Store.open(first.folder / "radar.db", clock=lambda: NOW.replace(year=1999))
    engine.sync(slow)
    slow.close()
    assert next(audit.history(first.store)).time.startswith("1999-12-03")
    world.settle()
    world.check()


def test_looking_at_a_copied_file_does_not_hide_from_its_first_sync_that_it_is_one(world: World) -> None:
    twin = world.laptops[0].copy()
    audit.status(twin.store)
    assert [twin.sync().copied, twin.sync().copied] == [True, False]

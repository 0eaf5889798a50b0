"""Whatever a hub, a disk or another program does in the middle of a sync: the user reads words, the database is whole,
and the next sync goes on until all laptops are equal and every word is kept."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import Cancelled, RadarError
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.base import Busy
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.stores import HubUnreachable
from radar_tui.sync.sync_folder import clear
from tests.fresh import NOW
from tests.sync import yard
from tests.sync.yard import HEAD, Yard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from radar_tui.sync.hub.stores import ObjectStore
    from tests.sync.laptops import Laptop, World


def goes_on(world: World) -> None:
    for laptop in world.laptops:
        assert laptop.store.row("PRAGMA integrity_check")[0] == "ok"
        assert not laptop.store.connection.in_transaction
    world.settle()
    world.check()


def in_words(work: Callable[[], object]) -> RadarError | None:
    """What a user reads if `work` does not go through: never another error than ours, nor a library's words."""
    error: RadarError | None = None
    try:
        work()
    except RadarError as found:
        error = found
    if error is not None:
        assert error.message
        assert error.hint
        for raw in ("Error", "Errno", "apsw", "sqlite", "constraint", "Traceback", "0x"):
            assert raw not in str(error), error
    return error


# The hub


class Failing:
    """A store that does not answer from the `n`th call on. `late`: the first of them still arrives there."""

    def __init__(self, objects: ObjectStore, n: int, *, late: bool) -> None:
        self._objects, self._n, self._late = objects, n, late
        self.calls = 0

    def __getattr__(self, name: str) -> object:
        found = getattr(self._objects, name)
        if not callable(found):
            return found

        def call(*arguments: object) -> object:
            self.calls += 1
            if self.calls == self._n and self._late:
                found(*arguments)
            if self.calls >= self._n:
                raise HubUnreachable("The hub does not answer; your changes are safe.", "Sync again.")
            return found(*arguments)

        return call


@contextlib.contextmanager
def failing(n: int, *, late: bool) -> Iterator[list[Failing]]:
    """All stores opened inside fail from their `n`th call on."""
    opened: list[Failing] = []

    def open_failing(address: str) -> Failing:
        opened.append(Failing(open_store(address), n, late=late))
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "open_store", open_failing)
        patch.setattr(joining, "open_store", open_failing)
        yield opened


@pytest.fixture
def snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sync that sends something writes a snapshot too."""
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 1)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_hub_that_is_gone_at_any_call_of_a_sync(built: Yard, snapshots: None, late: bool) -> None:
    for n in range(1, 40):
        with built.world() as world:
            marta = world.laptops[yard.MARTA]
            with failing(n, late=late) as opened:
                in_words(marta.sync)
            goes_on(world)
        if opened[0].calls < n:
            break
    assert 8 < n < 39


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_hub_that_is_gone_at_any_call_of_a_join(built: Yard, late: bool) -> None:
    # Every second call for each of the two: a join makes many that are alike.
    for n in range(1 + late, 40, 2):
        with built.world() as world, newcomer(world) as store:
            with failing(n, late=late) as opened:
                in_words(lambda store=store: joining.join(store, world.hub))  # type: ignore[misc]
            assert store.row("PRAGMA integrity_check")[0] == "ok"
            joining.join(store, world.hub)
            assert joined(store, world)
        if opened[0].calls < n:
            break
    assert 5 < n < 39


@contextlib.contextmanager
def newcomer(world: World) -> Iterator[Store]:
    """A new laptop with a row of its own."""
    folder = world.folder / "newcomer"
    folder.mkdir()
    shutil.copy(world.folder / "empty.db", folder / "radar.db")
    with Store.open(folder / "radar.db", clock=lambda: NOW) as store:
        with store.transaction() as connection:
            connection.execute("INSERT INTO market (id, name) VALUES ('own', 'Newcomer')")
        yield store


def joined(store: Store, world: World) -> bool:
    """The newcomer has everything, and the others get what it brought."""
    paul = world.laptops[yard.PAUL]
    engine.sync(store)
    paul.sync()
    assert paul.store.row("SELECT name FROM market WHERE id = 'own'")[0] == "Newcomer"
    assert store.row("PRAGMA integrity_check")[0] == "ok"
    assert store.rows("PRAGMA foreign_key_check") == []
    there = {name: [tuple(row) for row in store.rows(f"SELECT * FROM {name} ORDER BY id")] for name in SYNCED}
    return there == paul.content()


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_hub_that_is_gone_at_any_call_of_its_founding(built: Yard, tmp_path: Path, late: bool) -> None:
    for n in range(1, 40):
        with built.world() as world, newcomer(world) as store:
            hub = str(world.folder / "new hub")
            with failing(n, late=late) as opened:
                in_words(lambda store=store, hub=hub: joining.create(store, hub))  # type: ignore[misc]
            assert store.row("PRAGMA integrity_check")[0] == "ok"
            if not store.row("SELECT 1 FROM local WHERE key = 'hub_id'"):
                if (Path(hub) / "hub.json").exists():
                    joining.join(store, hub)
                else:
                    joining.create(store, hub)
            engine.sync(store)
            assert audit.verify(store, full=True) == []
            assert audit.status(store).unsynced == 0
            assert audit.status(store).entries == 1
        if opened[0].calls < n:
            break
    assert 5 < n < 39


def test_a_hub_folder_that_is_gone_is_said_and_its_return_is_enough(world: World) -> None:
    marta, away = world.laptops[yard.MARTA], world.folder / "in a drawer"
    Path(world.hub).rename(away)
    before = yard.state(marta)
    error = in_words(marta.sync)
    assert isinstance(error, HubUnreachable)
    assert "is not there" in error.message
    assert yard.state(marta) == before
    assert not Path(world.hub).exists()
    away.rename(world.hub)
    goes_on(world)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_hub_that_can_only_be_read_gives_and_does_not_take(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    for folder in (Path(world.hub) / "log", Path(world.hub)):
        folder.chmod(0o500)
    try:
        error = in_words(marta.sync)
    finally:
        for folder in (Path(world.hub), Path(world.hub) / "log"):
            folder.chmod(0o700)
    assert isinstance(error, HubUnreachable)
    assert audit.status(marta.store).head == yard.NEWEST
    goes_on(world)


# Disks


@pytest.mark.parametrize("most", [0, 100, 1000, 5000, 20_000, 60_000, 200_000, 400_000])
def test_a_disk_that_takes_no_more(world: World, snapshots: None, most: int) -> None:
    """No file may grow beyond `most` bytes: not the database's, not the hub's, nor what sync keeps beside it."""
    marta = world.laptops[yard.MARTA]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        error = in_words(marta.sync)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert error is not None or most > 20_000
    goes_on(world)


def test_a_disk_that_takes_no_more_in_the_middle_of_a_join(built: Yard) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (0, 1000, 20_000, 200_000):
        with built.world() as world, newcomer(world) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
            try:
                assert in_words(lambda store=store: joining.join(store, world.hub))  # type: ignore[misc]
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            joining.join(store, world.hub)
            assert joined(store, world)


# The user


def test_a_sync_cancelled_at_any_moment(built: Yard) -> None:
    for n in range(1, 40):
        asked = [0]

        def cancelled(n: int = n, asked: list[int] = asked) -> bool:
            asked[0] += 1
            return asked[0] >= n

        with built.world() as world:
            error = in_words(lambda: engine.sync(world.laptops[yard.MARTA].store, cancelled=cancelled))
            goes_on(world)
        if error is None:
            break
        assert isinstance(error, Cancelled)
    assert 4 < n < 39


def test_a_join_cancelled_at_many_moments(built: Yard) -> None:
    for n in (1, 2, 5, 8, 12, 60):
        asked = [0]

        def cancelled(n: int = n, asked: list[int] = asked) -> bool:
            asked[0] += 1
            return asked[0] >= n

        with built.world() as world, newcomer(world) as store:
            error = in_words(lambda: joining.join(store, world.hub, cancelled=cancelled))
            assert isinstance(error, Cancelled) or (error is None and n > 8)
            joining.join(store, world.hub)
            assert joined(store, world)
    assert error is None


# The database


HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
held.execute("ROLLBACK")
"""


@contextlib.contextmanager
def held(laptop: Laptop, seconds: float) -> Iterator[None]:
    """Another process is writing to the database for so long."""
    with subprocess.Popen(
        [sys.executable, "-S", "-c", HOLD, str(laptop.store.path), str(seconds)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.wait(timeout=30)


def test_a_database_held_for_a_second_is_waited_for(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    with held(marta, 1), marta.store.again() as store:
        engine.sync(store)
    goes_on(world)


def test_a_database_held_for_longer_is_said(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    before = yard.state(marta)
    with held(marta, 1.5):
        error = in_words(marta.sync)
    assert error is not None
    assert "Another program" in error.message
    assert yard.state(marta) == before
    goes_on(world)


def test_clocks_that_are_wrong_and_go_back_between_two_syncs(world: World) -> None:
    """No clock is trusted: who is right is decided by the log, and times are only shown."""
    marta, paul = world.laptops[yard.MARTA], world.laptops[yard.PAUL]
    customer = marta.ids("customer")[0]
    for days in (400, -9000, 399, -1):
        # A function of its own for each turn, since the store asks it again and again.
        marta.store.clock = (lambda moment: lambda: moment)(NOW + timedelta(days=days))
        marta.edit("customer", customer, ["notes", "city"])
        paul.edit("customer", customer, ["notes"])
        marta.insert("answer", lambda ids: ids[0])
        for laptop in (marta, paul):
            laptop.sync()
            assert audit.status(laptop.store).synced_at
    goes_on(world)
    assert len(marta.store.rows("SELECT 1 FROM conflict")) >= 4, "each clash is kept to be looked at"


def test_a_database_that_is_moved_away_in_the_middle(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    aside = marta.folder / "aside.db"

    def at(step: str) -> None:
        if step == "pulled":
            marta.store.path.rename(aside)

    error = in_words(lambda: marta.sync(at))
    aside.rename(marta.store.path)
    assert error is not None
    assert "no longer where it was" in error.message
    goes_on(world)


@pytest.mark.parametrize("step", ["pulled", "intended", "put"])
def test_a_database_put_back_to_an_older_one_in_the_middle(world: World, step: str) -> None:
    """As a restore leaves it: at another entry than the sync began with."""
    marta, done = world.laptops[yard.MARTA], [False]

    def at(reached: str) -> None:
        if reached == step and not done[0]:
            done[0] = True
            with contextlib.closing(sqlite3.connect(marta.store.path, isolation_level=None)) as other:
                other.execute("UPDATE local SET value = '0' WHERE key = 'sync_head'")
                other.execute("UPDATE local SET value = '' WHERE key = 'sync_hash'")
                other.execute("INSERT OR REPLACE INTO local VALUES ('sync_full', '1')")

    error = in_words(lambda: marta.sync(at))
    assert error is not None
    assert "replaced while it was syncing" in error.message
    goes_on(world)


# What lies beside the database


GARBAGE: dict[str, bytes] = {
    "nothing": b"",
    "text": b"no longer what it was\n" * 500,
    "zeros": bytes(16384),
    "noise": bytes(range(256)) * 64,
    "a database that is none": b"SQLite format 3\0" + b"\x10\0\x02\x02\0\x40\x20\x20" + b"\xa5" * 8000,
    "deep JSON": b"[" * 100_000,
    "other JSON": b'{"sent": 7, "number": "seven", "device": [], "place": null}',
    "other JSON still": b'{"sent": [{}], "number": -1, "device": "", "machine": 7}',
}
FILES = (
    "base.db",
    "base.db-wal",
    "intent.json",
    "device.json",
    "outbox.json",
    "outbox",
    "lock.db",
    "joining.db",
)


def beside(laptop: Laptop) -> Path:
    return laptop.folder / "radar.db.sync"


def copy_base(source: Path, target: Path) -> None:
    clear(target / "base.db")
    for file in source.glob("base.db*"):
        shutil.copy(file, target)


def sync_or_join(world: World, laptop: Laptop) -> None:
    """What the user does: sync, and join again if that is what is said."""
    if error := in_words(laptop.sync):
        assert "radar hub join" in error.hint, error
        joining.join(laptop.store, world.hub)


@pytest.mark.parametrize(
    ("name", "what"),
    [("base.db", what) for what in GARBAGE]
    + [(name, what) for name in FILES for what in ("noise", "deep JSON", "other JSON")],
)
def test_garbage_beside_the_database(world: World, name: str, what: str) -> None:
    marta = world.laptops[yard.MARTA]
    file = beside(marta) / name
    if name == "base.db":
        clear(file)
    file.write_bytes(GARBAGE[what])
    sync_or_join(world, marta)
    goes_on(world)


def test_garbage_in_the_entries_that_were_read(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    for file, garbage in zip(sorted((beside(marta) / "log").iterdir()), GARBAGE.values(), strict=False):
        file.write_bytes(garbage)
    assert list(audit.history(marta.store)) == []
    goes_on(world)
    assert [one.seq for one in audit.history(marta.store)][-1] == HEAD + 1


@pytest.mark.parametrize("name", ["base.db", "intent.json", "device.json", "lock.db", "log", "."])
def test_what_is_deleted_beside_the_database(world: World, name: str) -> None:
    marta = world.laptops[yard.MARTA]
    file = beside(marta) / name
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.unlink(missing_ok=True)
    sync_or_join(world, marta)
    goes_on(world)


@pytest.mark.parametrize("name", ["base.db", "intent.json", "device.json", "lock.db", "log/0000000004"])
def test_a_folder_in_the_place_of_a_file_beside_the_database(world: World, name: str) -> None:
    marta = world.laptops[yard.MARTA]
    file = beside(marta) / name
    file.unlink(missing_ok=True)
    file.mkdir()
    in_words(marta.sync)
    file.rmdir()
    sync_or_join(world, marta)
    goes_on(world)


def test_a_file_in_the_place_of_the_folder_beside_the_database(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    shutil.rmtree(beside(marta))
    beside(marta).write_bytes(b"")
    error = in_words(marta.sync)
    assert error is not None
    assert str(beside(marta)) in error.message
    assert in_words(lambda: joining.join(marta.store, world.hub)) is not None
    assert in_words(lambda: audit.status(marta.store)) is not None
    beside(marta).unlink()
    sync_or_join(world, marta)
    goes_on(world)


def test_the_base_of_another_hub_is_not_used(world: World) -> None:
    with newcomer(world) as store:
        joining.create(store, str(world.folder / "another hub"))
    marta = world.laptops[yard.MARTA]
    copy_base(world.folder / "newcomer" / "radar.db.sync", beside(marta))
    before = marta.content()
    error = in_words(marta.sync)
    assert error is not None
    assert "belongs to another hub" in error.message
    assert marta.content() == before
    sync_or_join(world, marta)
    goes_on(world)


def test_the_base_of_another_laptop_is_used_up_to_where_they_agree(world: World) -> None:
    marta, paul = world.laptops
    copy_base(beside(paul), beside(marta))
    sync_or_join(world, marta)
    goes_on(world)


@pytest.mark.parametrize("table", ["market", "local", "conflict"])
def test_a_base_without_one_of_its_tables_is_not_used(world: World, table: str) -> None:
    marta = world.laptops[yard.MARTA]
    with contextlib.closing(sqlite3.connect(beside(marta) / "base.db")) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"DROP TABLE {table}")
        other.commit()
    error = in_words(marta.sync)
    assert error is not None
    assert "radar hub join" in error.hint
    joining.join(marta.store, world.hub)
    goes_on(world)


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "٣"])
def test_a_place_in_the_log_that_is_no_number_is_the_beginning(world: World, said: str) -> None:
    marta = world.laptops[yard.MARTA]
    marta.store.connection.execute("UPDATE local SET value = ? WHERE key = 'sync_head'", [said])
    sync_or_join(world, marta)
    goes_on(world)


def test_a_base_that_does_not_say_where_it_is_is_not_used(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    with contextlib.closing(sqlite3.connect(beside(marta) / "base.db")) as other:
        other.execute("UPDATE local SET value = 'x' WHERE key = 'sync_head'")
        other.commit()
    assert "radar hub join" in str(in_words(marta.sync))
    joining.join(marta.store, world.hub)
    goes_on(world)


def test_an_entry_beside_the_database_that_is_whole_and_nonsense_ends_the_log(world: World) -> None:
    marta = world.laptops[yard.MARTA]
    (beside(marta) / "log" / "0000000002").write_bytes(yard.forged(world, b"\xff" * 50, 2))
    assert [one.seq for one in audit.history(marta.store)] == [3]
    goes_on(world)


@pytest.mark.parametrize("step", engine.STEPS)
def test_a_second_sync_of_the_same_database_is_kept_out(world: World, step: str) -> None:
    marta = world.laptops[yard.MARTA]
    kept_out: list[Busy] = []

    def at(reached: str) -> None:
        if reached == step and not kept_out:
            with marta.store.again() as store, pytest.raises(Busy) as error:
                engine.sync(store)
            kept_out.append(error.value)

    marta.sync(at)
    assert kept_out or step in ("kept", "snapshot")
    goes_on(world)

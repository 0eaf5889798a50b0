"""A hub that is carried elsewhere, and a log of which only the newer part is kept: everybody goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.lists.conflict import open_count
from radar_tui.sync import audit, engine, joining
from tests.sync.fake_bucket import FakeBucket
from tests.sync.laptops import Laptop, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sync.yard import Yard

EVERY = 4


def build(world: World) -> World:
    """Two laptops, some rows, two entries."""
    first = world.add()
    for table in ("market", "customer", "contact", "item", "stream"):
        first.insert(table, lambda ids: ids[0])
    first.sync()
    first.insert("contact", lambda ids: ids[0])
    first.insert("market", lambda ids: ids[0])
    first.sync()
    world.add()
    return world


@pytest.fixture
def world(built: Yard, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A snapshot is due every four entries here."""
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", EVERY)
    with built.world() as world:
        yield world


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBucket]:
    for variable in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(variable)
    made = FakeBucket()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIATEST",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL": made.url,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "eu-central-1",
        "NO_PROXY": "127.0.0.1,localhost",
    }.items():
        monkeypatch.setenv(name, value)
    yield made
    made.close()


def write(laptop: Laptop, times: int = 1) -> None:
    for _ in range(times):
        laptop.edit("customer", laptop.ids("customer")[0], ["name"])
        laptop.sync()


def into_bucket(folder: Path, fake: FakeBucket) -> str:
    for file in folder.rglob("*"):
        if file.is_file():
            fake.objects[f"team/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
    return "s3://bucket/team"


def into_folder(fake: FakeBucket, folder: Path) -> str:
    for name, data in fake.objects.items():
        place = folder / name.removeprefix("team/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return str(folder)


@pytest.mark.parametrize("entries", [0, 5])
def test_a_hub_copied_into_a_bucket_and_back_goes_on_for_everybody(
    world: World, fake: FakeBucket, entries: int
) -> None:
    first, second = world.laptops
    write(first, entries)
    second.edit("customer", second.ids("customer")[0], ["notes"])
    second.remove("contact", second.ids("contact")[0])
    places = [into_bucket(Path(world.hub), fake)]
    shutil.rmtree(world.hub)
    for _ in range(2):
        for laptop in world.laptops:
            laptop.edit("item", laptop.ids("item")[0], ["tag"])
            joining.join(laptop.store, places[-1])
            assert audit.status(laptop.store).address == places[-1]
        world.settle()
        world.check()
        newcomer = laptop_that_joins(world, places[-1])
        assert newcomer.content() == first.content()
        write(newcomer, EVERY)
        world.settle()
        places.append(into_folder(fake, world.folder / "back"))
    world.check()


def laptop_that_joins(world: World, address: str) -> Laptop:
    laptop = Laptop(world, len(world.laptops))
    world.laptops.append(laptop)
    joining.join(laptop.store, address)
    return laptop


def cut(world: World, until: int) -> None:
    """Entries up to `until` are taken away by hand."""
    for seq in range(1, until + 1):
        (Path(world.hub) / "log" / f"{seq:010d}").unlink()


@pytest.mark.parametrize("keeps_its_entry", [True, False])
def test_whoever_is_near_goes_on_where_the_log_begins_later(world: World, keeps_its_entry: bool) -> None:
    first, second = world.laptops
    write(first, 5)
    second.sync()
    assert sorted(os.listdir(Path(world.hub) / "snapshot")) == ["0000000004"]
    cut(world, 3 if keeps_its_entry else 4)
    write(second)
    write(first)
    world.add()
    world.settle()
    world.check()


@pytest.mark.parametrize("beside", ["all", "no base", "nothing"])
@pytest.mark.parametrize("restored", [False, True])
def test_who_was_away_longer_than_the_log_is_kept_joins_again_without_ghosts(
    world: World, beside: str, restored: bool
) -> None:
    first, second = world.laptops
    backup = second.back_up()
    second.insert("stream", lambda ids: ids[0])
    if restored:
        second.sync()
        second.restore(backup)
        first.sync()
    gone, kept, edited = second.ids("contact")[0], second.ids("contact")[1], second.ids("customer")[0]
    second.edit("customer", edited, ["notes"])
    second.edit("contact", kept, ["phone"])
    second.insert("contact", lambda ids: ids[0])
    second.remove("item", second.ids("item")[0])
    first.remove("contact", gone)
    market = [id for id in first.ids("market") if first.remove("market", id)]
    assert market
    write(first, 6)
    first.insert("market", lambda ids: ids[0])
    first.sync()
    newest = int(max(os.listdir(Path(world.hub) / "snapshot")))
    cut(world, newest)
    for name in {"all": [], "no base": ["base.db"], "nothing": ["base.db", "log"]}[beside]:
        place = second.folder / "radar.db.sync" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    with pytest.raises(RadarError, match=r"away longer|must join its hub again") as told:
        second.sync()
    assert "radar hub join" in told.value.hint
    joining.join(second.store, world.hub)
    assert gone not in second.ids("contact"), "a row taken back meanwhile is not sent again"
    assert not set(market) & set(second.ids("market"))
    world.settle()
    world.check()
    assert gone not in first.ids("contact")
    if beside == "all":
        assert open_count(first.store) == 0
        assert first.ids("item") == [], "what it took back itself goes along"


def test_a_gap_is_still_a_gap(world: World) -> None:
    """Without a snapshot of what was before, entries are missing and not merely forgotten."""
    first, second = world.laptops
    write(first, 5)
    shutil.rmtree(Path(world.hub) / "snapshot")
    cut(world, 4)
    with pytest.raises(RadarError, match="Entry 2 is missing"):
        second.sync()
    with pytest.raises(RadarError, match="Entry 1 is missing"):
        world.add()


def test_a_log_that_rests_on_an_altered_snapshot_is_not_begun_with(world: World) -> None:
    first = world.laptops[0]
    write(first, 5)
    cut(world, 4)
    file = Path(world.hub) / "snapshot" / "0000000004"
    raw = bytearray(file.read_bytes())
    raw[-100] ^= 1
    file.write_bytes(raw)
    with pytest.raises(RadarError, match=r"from entry 5 on.*snapshot/0000000004 was") as told:
        world.add()
    assert "copy of the hub" in told.value.hint
    assert any("entry 5" in fault or "snapshot/0000000004" in fault for fault in audit.verify(first.store))

"""A hub in a folder that a cloud copies between laptops: outboxes, the laptop that keeps the log, and another one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from radar_tui.domain.days import iso
from radar_tui.errors import RadarError
from radar_tui.store.lists.conflict import open_count, open_rows
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.base import SCHEMA
from radar_tui.sync.hub.entry import Header, HubDamaged, pack, unpack
from tests.fresh import NOW
from tests.sync.laptops import Crash, Laptop, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from radar_tui.sync.session import SyncResult
    from tests.sync.yard import Yard


def build(world: World) -> World:
    """A keeper with a market and a customer, and two more laptops."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OneDrive", str(world.folder))
        world.keeper = 0
        first = world.add()
        first.insert("market", lambda ids: ids[0])
        first.insert("customer", lambda ids: ids[0])
        first.sync()
        world.add()
        world.add()
    return world


@pytest.fixture
def world(built: Yard, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The keeper and two more laptops, anew."""
    monkeypatch.setenv("OneDrive", str(built.now))
    with built.world() as world:
        yield world


def hub(world: World, *parts: str) -> list[str]:
    """The names in a folder of the hub."""
    folder = world.folder.joinpath("hub", *parts)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def customer(laptop: Laptop) -> str:
    return laptop.ids("customer")[0]


def row(laptop: Laptop, table: str = "customer") -> dict[str, Any]:
    found = laptop.store.row(f"SELECT * FROM {table} ORDER BY id LIMIT 1")
    return dict(found)


def conflicts(laptop: Laptop) -> list[dict[str, Any]]:
    return [dict(found) for found in laptop.store.rows("SELECT * FROM conflict ORDER BY col")]


def box(laptop: Laptop, number: int = 1) -> Path:
    return laptop.world.folder / "hub" / "outbox" / laptop.device / f"{number:010d}"


# Leaving, moving, recognising


def test_who_founds_the_hub_keeps_it_and_others_write_only_their_outbox(world: World) -> None:
    keeper, laptop, _ = world.laptops
    assert audit.status(laptop.store).keeper == keeper.device
    laptop.edit("customer", customer(laptop), ["name"])
    before = hub(world, "log")
    result = laptop.sync()
    assert (result.waiting, result.pushed, hub(world, "log")) == (True, 0, before)
    assert hub(world, "outbox", laptop.device) == ["0000000001"]
    assert laptop.store.touched.count() == 1
    kept = engine.keep(keeper.store)
    assert (kept.entries, kept.refused, len(hub(world, "log"))) == (1, (), len(before) + 1)
    assert row(keeper)["name"] == row(laptop)["name"]
    result = laptop.sync()
    assert (result.waiting, result.conflicts, laptop.store.touched.count()) == (False, 0, 0)
    assert hub(world, "outbox", laptop.device) == []
    entry = next(audit.history(laptop.store))
    assert (entry.device, [c.id for c in entry.changes]) == (laptop.device, [customer(laptop)])
    world.settle()
    world.check()


def test_what_is_edited_while_an_outbox_waits_goes_with_the_next(world: World) -> None:
    keeper, laptop, _ = world.laptops
    laptop.edit("customer", customer(laptop), ["name"])
    laptop.sync()
    sent = row(laptop)["name"]
    laptop.edit("customer", customer(laptop), ["name", "city"])
    assert laptop.sync().waiting
    assert hub(world, "outbox", laptop.device) == ["0000000001"]
    engine.keep(keeper.store)
    assert row(keeper)["name"] == sent
    assert laptop.sync().waiting
    assert hub(world, "outbox", laptop.device) == ["0000000002"]
    engine.keep(keeper.store)
    world.settle()
    assert row(keeper)["name"] == row(laptop)["name"] != sent
    assert conflicts(keeper) == []
    world.check()


def test_an_outbox_meets_a_newer_log_field_by_field(world: World) -> None:
    keeper, laptop, _ = world.laptops
    id = customer(laptop)
    base = row(laptop)["name"]
    laptop.edit("customer", id, ["name", "notes"])
    mine = row(laptop)
    laptop.sync()
    keeper.edit("customer", id, ["name", "city"])
    theirs = row(keeper)
    engine.keep(keeper.store)
    stands = row(keeper)
    assert (stands["name"], stands["city"], stands["notes"]) == (
        theirs["name"],
        theirs["city"],
        mine["notes"],
    )
    [found] = conflicts(keeper)
    assert {
        name: found[name] for name in ("kind", "col", "base", "kept", "mine", "device", "resolution")
    } == {
        "kind": "both changed",
        "col": "name",
        "base": json.dumps(base),
        "kept": json.dumps(theirs["name"]),
        "mine": json.dumps(mine["name"]),
        "device": laptop.device,
        "resolution": None,
    }
    assert laptop.sync().pulled > 0
    assert conflicts(laptop) == [found]
    world.settle()
    world.check()


def test_two_outboxes_meet_in_the_log(world: World) -> None:
    keeper, one, other = world.laptops
    id = customer(one)
    for laptop in (one, other):
        laptop.edit("customer", id, ["name"])
        laptop.insert("contact", lambda ids: ids[0], same=True)
        laptop.sync()
    first, second = sorted((one, other), key=lambda laptop: laptop.device)
    stands, loses = row(first)["name"], row(second)["name"]
    assert engine.keep(keeper.store).entries == 2
    assert row(keeper)["name"] == stands
    mine = {(found["tbl"], found["col"]): found["mine"] for found in conflicts(keeper)}
    assert mine["customer", "name"] == json.dumps(loses)
    assert {column for table, column in mine if table == "contact"} == {"name", "phone", "email"}
    world.settle()
    world.check()


def test_the_same_clash_twice_is_asked_once(world: World) -> None:
    """Two laptops wrote the same; between their outboxes the conflict is decided, and it stays decided."""
    keeper, one, other = world.laptops
    id = customer(one)
    for laptop in (one, other):
        laptop.set("customer", id, "name", "the same")
        laptop.sync()
    keeper.edit("customer", id, ["name"])
    decided: list[str] = []

    def at(reached: str) -> None:
        if reached == "moved" and not decided and (found := open_rows(keeper.store)):
            decided.append(found[0].conflicts[0].ids[0])
            keeper.store.conflict.keep_theirs(decided)

    assert engine.keep(keeper.store, at=at).entries == 2
    world.settle()
    assert [found["resolution"] for found in conflicts(other)] == ["kept theirs"]
    world.check()


def test_a_child_whose_parent_was_taken_back_meanwhile(world: World) -> None:
    keeper, laptop, _ = world.laptops
    keeper.insert("stream", lambda ids: ids[0])
    keeper.sync()
    laptop.sync()
    laptop.insert("item", lambda ids: ids[0])
    laptop.sync()
    keeper.remove("stream", keeper.ids("stream")[0])
    engine.keep(keeper.store)
    assert keeper.ids("item") == laptop.ids("item")
    assert keeper.ids("stream") == laptop.ids("stream")
    world.settle()
    world.check()


def test_an_edit_that_was_taken_back_before_it_was_sent_leaves_no_outbox(world: World) -> None:
    laptop = world.laptops[1]
    id, name = customer(laptop), row(laptop)["name"]
    laptop.set("customer", id, "name", "for a moment")
    laptop.set("customer", id, "name", name)
    assert laptop.store.touched.count() == 1
    assert not laptop.sync().waiting
    assert (hub(world, "outbox", laptop.device), laptop.store.touched.count()) == ([], 0)


# Crashes


@pytest.mark.parametrize("step", ["levelled", "intended", "put", "pulled", "taking", "taken", "moved"])
def test_a_laptop_crashes(world: World, step: str) -> None:
    keeper, laptop, other = world.laptops
    laptop.edit("customer", customer(laptop), ["name"])
    if step in ("pulled", "taking", "taken", "moved"):
        laptop.sync()
        other.edit("customer", customer(other), ["name", "notes"])
        other.sync()
        engine.keep(keeper.store)
        laptop.edit("customer", customer(laptop), ["city"])
    assert laptop.crash_in_sync(step)
    laptop.edit("customer", customer(laptop), ["notes"])
    world.settle()
    assert hub(world, "outbox", laptop.device) == []
    world.check()


@pytest.mark.parametrize(
    "step", ["levelled", "intended", "put", "given", "pulled", "taking", "taken", "moved"]
)
def test_the_keeper_crashes(world: World, step: str) -> None:
    keeper, laptop, other = world.laptops
    for one in (laptop, other):
        one.edit("customer", customer(one), ["name", "notes"])
        one.sync()
    if step in ("intended", "put", "given"):
        keeper.edit("customer", customer(keeper), ["name"])
    assert keeper.crash_in_sync(step)
    world.settle()
    world.check()


def test_an_outbox_that_was_moved_is_not_moved_again(world: World) -> None:
    """It still lies there until its laptop syncs."""
    keeper, laptop, _ = world.laptops
    laptop.edit("customer", customer(laptop), ["name"])
    laptop.sync()
    assert engine.keep(keeper.store).entries == 1
    assert box(laptop).exists()
    assert engine.keep(keeper.store).entries == 0
    before = keeper.ids("conflict")
    laptop.edit("customer", customer(laptop), ["name"])
    world.settle()
    assert keeper.ids("conflict") == before == []


def test_a_folder_brought_back_from_a_backup_does_not_take_a_number_again(world: World) -> None:
    """Else the keeper would take what is in it for something that it has moved already."""
    keeper, laptop, _ = world.laptops
    copy = laptop.folder.with_name("backup")
    laptop.store.close()
    shutil.copytree(laptop.folder, copy)
    laptop.store = laptop._open()
    for _ in range(2):
        laptop.edit("customer", customer(laptop), ["name"])
        laptop.sync()
        engine.keep(keeper.store)
        laptop.sync()
    laptop.store.close()
    shutil.rmtree(laptop.folder)
    copy.rename(laptop.folder)
    laptop.store = laptop._open()
    laptop.insert("contact", lambda ids: ids[0])
    assert laptop.sync().waiting
    assert hub(world, "outbox", laptop.device) == ["0000000003"]
    engine.keep(keeper.store)
    assert keeper.ids("contact") == laptop.ids("contact")


def test_an_outbox_damaged_on_its_way_is_sent_again_behind_it(world: World) -> None:
    keeper, laptop, _ = world.laptops
    laptop.edit("customer", customer(laptop), ["name"])
    laptop.sync()
    box(laptop).write_bytes(box(laptop).read_bytes()[:-1])
    assert laptop.sync().waiting
    assert hub(world, "outbox", laptop.device) == ["0000000001", "0000000002"]
    kept = engine.keep(keeper.store)
    assert (kept.entries, len(kept.refused)) == (1, 1)
    assert f"outbox/{laptop.device}/0000000001 on the hub is damaged" in kept.refused[0].lower()
    laptop.sync()
    assert row(keeper) == row(laptop)
    assert laptop.store.touched.count() == 0


# Outboxes that others made


def changes(
    name: str, columns: str, *rows: tuple[object, ...], before: tuple[object, ...] | None = None
) -> bytes:
    """A changeset about a table with these columns, as its inserts or, if there is a row before, its updates."""
    with apsw.Connection(":memory:") as database:
        database.execute(f"CREATE TABLE {name} ({columns})")
        marks = ", ".join("?" for _ in columns.split(","))
        if before is not None:
            database.execute(f"INSERT INTO {name} VALUES ({marks})", before)
        session = apsw.Session(database, "main")
        session.attach()
        for values in rows:
            database.execute(f"REPLACE INTO {name} VALUES ({marks})", values)
        made: bytes = session.changeset()
    return made


def body(after: bytes, before: bytes = b"") -> bytes:
    return len(before).to_bytes(8, "big") + before + after


def sent(laptop: Laptop, content: bytes, **other: object) -> bytes:
    """An outbox file of a laptop."""
    head = audit.status(laptop.store)
    known: dict[str, Any] = {
        "hub": head.hub_id,
        "seq": head.head,
        "parent": "",
        "device": laptop.device,
        "author": "Marta",
        "schema": SCHEMA,
        "time": iso(NOW),
        "size": 0,
    }
    return pack(Header(**{**known, **other}), content)


def put(laptop: Laptop, raw: bytes) -> None:
    box(laptop).parent.mkdir(parents=True, exist_ok=True)
    box(laptop).write_bytes(raw)


MARKET = "id TEXT PRIMARY KEY NOT NULL, name TEXT"
HOSTILE: dict[str, bytes] = {
    "no length": b"\0\0",
    "a length beyond its end": b"\xff" * 8 + changes("market", MARKET, ("x", "y")),
    "no changeset": body(b"hello, hello"),
    "a table that does not travel": body(
        changes("local", "key TEXT PRIMARY KEY, value TEXT", ("me", "evil"))
    ),
    "a table of the database itself": body(changes("touched", "tbl TEXT PRIMARY KEY, key TEXT", ("a", "b"))),
    "SQL in a name": body(changes('"market; DROP TABLE market"', MARKET, ("x", "y"))),
    "more columns": body(changes("market", MARKET + ", more TEXT", ("x", "y", "z"))),
    "an update": body(changes("market", MARKET, ("x", "z"), before=("x", "y"))),
    "no id": body(changes("market", "id INTEGER PRIMARY KEY, name TEXT", (1, "y"))),
    "a blob": body(changes("market", "id TEXT PRIMARY KEY NOT NULL, name", ("x", b"\xff\xfe"))),
    "no text": body(
        changes("market", MARKET, ("x", "marker")).replace(b"marker", b"\xff\xfe\xff\xfe\xff\xfe")
    ),
    "an update of before": body(b"", changes("market", MARKET, ("x", "z"), before=("x", "y"))),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_outbox_does_not_hold_up_the_others(world: World, what: str) -> None:
    keeper, evil, laptop = world.laptops
    put(evil, sent(evil, HOSTILE[what]))
    laptop.edit("customer", customer(laptop), ["name"])
    laptop.sync()
    markets = keeper.ids("market")
    kept = engine.keep(keeper.store)
    assert len(kept.refused) == 1, kept.refused
    assert kept.refused[0].startswith(f"outbox/{evil.device}/0000000001 holds what no Radar writes.")
    assert (row(keeper)["name"], keeper.ids("market")) == (row(laptop)["name"], markets)
    assert keeper.store.local.get("me") != "evil"
    assert audit.verify(keeper.store, full=True) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"hub": "another"}, "belongs to another hub or laptop"),
        ({"device": "another"}, "belongs to another hub or laptop"),
        ({"schema": SCHEMA + 1}, "was written by a newer Radar"),
    ],
)
def test_an_outbox_that_is_not_for_this_keeper_stays(
    world: World, other: dict[str, object], words: str
) -> None:
    keeper, stranger, laptop = world.laptops
    raw = sent(stranger, body(changes("market", MARKET, ("x", "y"))), **other)
    put(stranger, raw)
    laptop.edit("customer", customer(laptop), ["name"])
    laptop.sync()
    kept = engine.keep(keeper.store)
    assert [words in one for one in kept.refused] == [True]
    assert (kept.entries, row(keeper)["name"], box(stranger).read_bytes()) == (1, row(laptop)["name"], raw)


def test_rows_that_the_schema_refuses_become_conflicts(world: World) -> None:
    """A customer of no kind, and a contact that has nobody else: both are kept whole."""
    keeper, evil, _ = world.laptops
    columns, kind = (
        [row[1] for row in keeper.store.rows(f"PRAGMA table_info({table})")]
        for table in ("customer", "contact")
    )
    bad = {**row(keeper), "id": "bad", "kind": "upside down"}
    keeper.insert("contact", lambda ids: ids[0])
    child = {**row(keeper, "contact"), "id": "child", "customer_id": "bad"}
    database = apsw.Connection(":memory:")
    for table, names in (("customer", columns), ("contact", kind)):
        database.execute(f"CREATE TABLE {table} ({', '.join(names)}, PRIMARY KEY (id))")
    session = apsw.Session(database, "main")
    session.attach()
    for table, values in (("customer", bad), ("contact", child)):
        marks = ", ".join("?" for _ in values)
        database.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(values.values()))
    put(evil, sent(evil, body(session.changeset()), time="when it suits me"))
    kept = engine.keep(keeper.store)
    assert kept.refused == ()
    found = {(one["kind"], one["tbl"], one["key"]): one for one in conflicts(keeper)}
    assert set(found) == {("refused", "customer", "bad"), ("parent gone", "contact", "child")}
    assert {one["at"] for one in found.values()} == {iso(NOW)}
    assert json.loads(found["refused", "customer", "bad"]["mine"]) == bad
    assert open_count(keeper.store) == 2
    assert len(open_rows(keeper.store)) == 2


def test_an_outbox_of_an_older_schema_has_fewer_columns(world: World) -> None:
    keeper, laptop, _ = world.laptops
    keeper.set("customer", customer(keeper), "archived_at", iso(NOW))
    keeper.sync()
    known = row(keeper)
    names = list(known)[:-1]
    assert list(known)[-1] == "archived_at"
    columns = ", ".join(name if name != "id" else "id TEXT PRIMARY KEY NOT NULL" for name in names)
    older = tuple(known[name] for name in names)
    newer = tuple({**known, "notes": "of an older Radar"}[name] for name in names)
    with apsw.Connection(":memory:") as database:
        database.execute(f"CREATE TABLE customer ({columns})")
        database.execute(f"INSERT INTO customer VALUES ({', '.join('?' for _ in names)})", older)
        session = apsw.Session(database, "main")
        session.attach()
        database.execute("DELETE FROM customer")
        before = session.changeset()
    put(laptop, sent(laptop, body(changes("customer", columns, newer), before), schema=1))
    assert engine.keep(keeper.store).refused == ()
    assert row(keeper) == {**known, "notes": "of an older Radar"}
    assert conflicts(keeper) == []


# Who keeps the log


def test_only_the_keeper_keeps(world: World) -> None:
    with pytest.raises(RadarError, match="This laptop is not the keeper of the hub") as error:
        engine.keep(world.laptops[1].store)
    assert "radar hub keep --take-over" in error.value.hint


@pytest.mark.parametrize("take_over", [False, True])
def test_an_ordinary_hub_needs_no_keeper(tmp_path: Path, take_over: bool) -> None:
    world = World(tmp_path)
    laptop = world.add()
    with pytest.raises(RadarError, match="needs no keeper"):
        engine.keep(laptop.store, take_over=take_over)
    assert hub(world, "keeper") == []
    world.close()


def test_a_hub_founded_elsewhere_is_not_used_in_such_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path)
    laptop = world.add()
    monkeypatch.setenv("OneDrive", str(tmp_path))
    with pytest.raises(RadarError, match="is kept by a cloud service here"):
        laptop.sync()
    world.close()


def test_another_laptop_takes_over_where_the_keeper_is_lost(world: World) -> None:
    _, heir, other = world.laptops
    for laptop in (heir, other):
        laptop.edit("customer", customer(laptop), ["name"])
        laptop.sync()
    heir.edit("customer", customer(heir), ["name", "notes"])
    heirs = row(heir)["name"]
    world.keeper = 1
    result = engine.keep(heir.store, take_over=True)
    assert (result.pushed, result.waiting, result.refused) == (1, False, ())
    assert row(heir)["name"] == heirs
    # Its own outbox was withdrawn: it would have clashed with what it writes into the log itself.
    [found] = conflicts(heir)
    assert (found["col"], found["mine"]) == ("name", json.dumps(row(other)["name"]))
    assert hub(world, "outbox", heir.device) == []
    assert audit.status(other.store).keeper == heir.device
    # Taking over again does nothing.
    engine.keep(heir.store, take_over=True)
    assert hub(world, "keeper") == ["0000000001"]
    world.settle()
    world.check()
    # What was withdrawn is not sent when yet another takes over.
    world.keeper = 2
    engine.keep(other.store, take_over=True)
    assert (heir.sync().waiting, hub(world, "outbox", heir.device)) == (False, [])


def test_the_keeper_before_writes_only_its_outbox_when_it_comes_back(world: World) -> None:
    before, heir, _ = world.laptops
    before.edit("customer", customer(before), ["name"])
    engine.keep(heir.store, take_over=True)
    log = hub(world, "log")
    with pytest.raises(RadarError, match="not the keeper"):
        engine.keep(before.store)
    assert engine.sync(before.store).waiting
    assert (hub(world, "log"), len(hub(world, "outbox", before.device))) == (log, 1)
    world.keeper = 1
    world.settle()
    world.check()
    # And back again.
    world.keeper = 0
    engine.keep(before.store, take_over=True)
    heir.edit("customer", customer(heir), ["name"])
    assert heir.sync().waiting
    assert hub(world, "keeper") == ["0000000001", "0000000002"]
    world.settle()
    world.check()
    engine.keep(heir.store, take_over=True)
    assert hub(world, "keeper") == ["0000000001", "0000000002", "0000000003"]


@pytest.mark.parametrize("step", ["intended", "pulled"])
def test_the_keeper_notices_in_the_middle_of_its_work(world: World, step: str) -> None:
    before, heir, other = world.laptops
    before.edit("customer", customer(before), ["name"])
    other.edit("customer", customer(other), ["notes"])
    other.sync()
    taken: list[SyncResult] = []

    def at(reached: str) -> None:
        if reached == step and not taken:
            taken.append(engine.keep(heir.store, take_over=True))

    if step == "pulled":
        # It has moved an outbox already and takes that back from the log; another waits.
        heir.edit("customer", customer(heir), ["city"])
        heir.sync()
    with pytest.raises(RadarError, match="Another laptop has become the keeper"):
        engine.keep(before.store, at=at)
    world.keeper = 1
    world.settle()
    world.check()


def test_a_crash_in_taking_over(world: World) -> None:
    _, heir, other = world.laptops
    for laptop in (heir, other):
        laptop.edit("customer", customer(laptop), ["name"])
        laptop.sync()

    def at(reached: str) -> None:
        if reached == "kept":
            raise Crash

    with pytest.raises(Crash):
        engine.keep(heir.store, take_over=True, at=at)
    world.keeper = 1
    world.settle()
    world.check()


def test_two_that_took_over_at_once_are_told_to_agree(world: World) -> None:
    _, heir, other = world.laptops
    engine.keep(heir.store, take_over=True)
    copy = world.folder / "hub" / "keeper" / "0000000001-PAULS-LAPTOP"
    copy.write_bytes(b"{}")
    for laptop in world.laptops:
        with pytest.raises(HubDamaged, match="Two laptops became the keeper at once") as error:
            engine.sync(laptop.store)
        assert "--take-over" in error.value.hint
    copy.unlink()
    engine.keep(other.store, take_over=True)
    assert audit.status(heir.store).keeper == other.device


@pytest.mark.parametrize("said", [b"", b"[1]", b'{"hub": "x", "keeper": "me"}', b'{"keeper": 1}'])
def test_a_keeper_that_cannot_be_read_is_nobody(world: World, said: bytes) -> None:
    folder = world.folder / "hub" / "keeper"
    folder.mkdir()
    (folder / "desktop.ini").write_bytes(b"of Windows")
    world.laptops[0].sync()
    (folder / "0000000001").write_bytes(said)
    with pytest.raises(HubDamaged, match="keeper/0000000001 on the hub cannot be read"):
        world.laptops[0].sync()


def test_a_conflicted_copy_in_the_log_is_refused_with_advice(world: World) -> None:
    log = world.folder / "hub" / "log"
    newest = sorted(log.iterdir())[-1]
    shutil.copy(newest, log / f"{newest.name} (Paul's conflicted copy 2026-12-03)")
    for laptop in world.laptops:
        before = laptop.content()
        with pytest.raises(HubDamaged, match="has a conflicted copy") as error:
            laptop.sync()
        assert "radar hub keep" in error.value.hint
        assert laptop.content() == before


def test_the_keeper_before_wrote_once_more_without_seeing_the_new_one(world: World) -> None:
    """The one thing that no folder of a cloud can prevent: it shows, and joining again carries everything over."""
    before, heir, other = world.laptops
    seen = world.folder / "seen"
    shutil.copytree(world.folder / "hub", seen)
    before.edit("customer", customer(before), ["name", "notes"])
    before.insert("contact", lambda ids: ids[0])
    here = world.folder / "hub"
    # Its cloud is not connected: it writes into its own copy of the folder.
    here.rename(world.folder / "apart")
    seen.rename(here)
    before.sync()
    here.rename(seen)
    (world.folder / "apart").rename(here)
    heir.edit("customer", customer(heir), ["name"])
    world.keeper = 1
    engine.keep(heir.store, take_over=True)
    newest = hub(world, "log")[-1]
    assert unpack((seen / "log" / newest).read_bytes(), "e").header.device == before.device
    copy = here / "log" / f"{newest}-MARTAS-LAPTOP"
    shutil.copy(seen / "log" / newest, copy)
    with pytest.raises(HubDamaged, match="conflicted copy"):
        other.sync()
    copy.unlink()
    other.sync()
    heir.edit("customer", customer(heir), ["city"])
    heir.sync()
    with pytest.raises(RadarError):
        before.sync()
    assert joining.join(before.store, world.hub).waiting
    world.settle()
    world.check()
    assert before.ids("contact") == heir.ids("contact") != []

"""Where a hub and a laptop stand, whether the whole log is sound, and who changed what."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from radar_tui.domain.days import iso
from radar_tui.errors import RadarError
from radar_tui.store.schema.touched import TRIGGERS
from radar_tui.sync import audit, engine
from radar_tui.sync.asking import Asks, SyncAnswers
from radar_tui.sync.audit import RowChange
from radar_tui.sync.hub import hub
from radar_tui.sync.hub.stores import HubUnreachable
from tests.fresh import NOW

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.sync.laptops import Laptop, World


def build(world: World) -> World:
    """Two laptops and a log of four entries, the last two by the second."""
    first = world.add()
    with first.store.transaction() as connection:
        connection.execute("INSERT INTO colleague (id, name) VALUES ('marta', 'Marta Ricci')")
        connection.execute("INSERT INTO local (key, value) VALUES ('me', 'marta')")
    for table in ("market", "customer", "contact", "stream", "item"):
        first.insert(table, lambda ids: ids[0])
    first.sync()
    first.edit("customer", first.ids("customer")[0], ["name"])
    first.sync()
    second = world.add()
    second.edit("customer", second.ids("customer")[0], ["name", "city"])
    second.sync()
    second.remove("item", second.ids("item")[0])
    second.insert("market", lambda ids: ids[0])
    second.sync()
    first.sync()
    return world


def untracked(laptop: Laptop, sql: str) -> None:
    """A change by a tool that has dropped the triggers and put them back."""
    with laptop.store.transaction() as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql)
        for statement in TRIGGERS.values():
            connection.execute(statement)


def in_base(laptop: Laptop, sql: str) -> None:
    with apsw.Connection(str(laptop.folder / "radar.db.sync" / "base.db")) as base:
        base.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        base.execute(sql)


# Where things stand


def test_the_status_of_a_laptop_and_its_hub(world: World) -> None:
    first, second = world.laptops
    found = audit.status(first.store)
    assert found == audit.Status(
        address=world.hub,
        hub_id=str(first.store.local.get("hub_id")),
        founded_at=iso(NOW),
        founded_by="",  # nobody had said who they are by then
        keeper="",
        entries=4,
        last_author="",
        last_time=iso(NOW),
        snapshot=0,
        head=4,
        device=first.device,
        synced_at=iso(NOW),
        unsynced=0,
        conflicts=0,
    )
    for laptop in (second, first):
        laptop.edit("customer", laptop.ids("customer")[0], ["name"])
    second.sync()
    found = audit.status(first.store)
    assert (found.entries, found.head, found.unsynced) == (5, 4, 1)
    first.sync()
    found = audit.status(first.store)
    assert (found.entries, found.head, found.unsynced, found.conflicts) == (6, 6, 0, 1)
    assert found.last_author == "Marta Ricci"
    assert audit.status(second.store).head == 5


def test_the_status_says_that_the_hub_is_away(world: World) -> None:
    shutil.move(world.hub, f"{world.hub}.away")
    with pytest.raises(HubUnreachable, match="is not there"):
        audit.status(world.laptops[0].store)


# Whether all is whole


def test_a_whole_log_is_whole(world: World) -> None:
    words: list[str] = []
    for laptop in world.laptops:
        assert audit.verify(laptop.store, report=lambda progress: words.append(progress.words)) == []
        assert audit.verify(laptop.store, full=True) == []
        assert sorted(path.name for path in (laptop.folder / "radar.db.sync").glob("verify*")) == []
    assert "Looking at entry 4" in words


def test_verifying_takes_nothing_and_sends_nothing(world: World) -> None:
    first, second = world.laptops
    second.edit("customer", second.ids("customer")[0], ["name"])
    second.sync()
    first.edit("customer", first.ids("customer")[0], ["notes"])
    before = first.content()
    assert audit.verify(first.store, full=True) == []
    assert (first.content(), first.store.touched.count()) == (before, 1)
    assert audit.status(first.store).head == 4
    assert len(list((Path(world.hub) / "log").iterdir())) == 5


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE customer SET notes = 'bent'",
        "DELETE FROM stream",
        "INSERT INTO market (id, name) VALUES ('zzz', 'bent')",
    ],
)
def test_a_bent_base_is_found_and_made_anew_by_joining(world: World, sql: str) -> None:
    first = world.laptops[0]
    in_base(first, sql)
    [fault] = audit.verify(first.store)
    assert "in common with the hub is not what the log comes to" in fault
    assert "radar hub join" in fault
    from radar_tui.sync import joining

    assert joining.join(first.store, world.hub).pushed == 0
    assert audit.verify(first.store, full=True) == []
    world.settle()
    world.check()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE customer SET notes = 'by a tool'",
        "DELETE FROM contact",
        "INSERT INTO market (id, name) VALUES ('tool', 'by a tool')",
    ],
)
def test_what_was_changed_behind_the_triggers_is_found_by_a_full_look(world: World, sql: str) -> None:
    first, second = world.laptops
    untracked(first, sql)
    assert first.store.touched.count() == 0
    assert audit.verify(first.store) == []
    [fault] = audit.verify(first.store, full=True)
    if sql.startswith("INSERT"):
        assert fault == "1 changed rows had not been noted; they are noted now and go with the next sync."
        assert audit.verify(first.store, full=True) == []
        assert first.sync().pushed == 1
    else:
        assert fault.startswith("1 row missing here, or other than the team's")
        with pytest.raises(Asks) as asked:
            first.sync()
        assert asked.value.kind == "unnoted"
        assert engine.sync(first.store, answers=SyncAnswers(unnoted="mine")).pushed == 1
    second.sync()
    assert second.content() == first.content()


@pytest.mark.parametrize("sql", ["UPDATE customer SET notes = 'by a tool'", "DELETE FROM contact"])
def test_the_team_s_rows_come_back_in_place_of_what_nobody_noted(world: World, sql: str) -> None:
    first, second = world.laptops
    before = second.content()
    untracked(first, sql)
    assert audit.verify(first.store, full=True) != []
    first.edit("market", first.ids("market")[0], ["name"])
    assert engine.sync(first.store, answers=SyncAnswers(unnoted="team")).pushed == 1
    second.sync()
    assert second.content() == first.content()
    assert {t: rows for t, rows in second.content().items() if t != "market"} == {
        t: rows for t, rows in before.items() if t != "market"
    }


def test_triggers_that_are_gone_are_made_again_and_everything_is_compared(world: World) -> None:
    first, second = world.laptops
    with first.store.transaction() as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE customer SET notes = 'unseen'")
    assert first.sync().pushed == 1
    assert first.store.touched.trusted()
    second.sync()
    assert second.content() == first.content()


def test_a_snapshot_that_is_not_what_the_log_comes_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SNAPSHOT_ENTRIES", 1)
    first = world.laptops[0]
    in_base(first, "UPDATE stream SET note = 'bent'")
    first.edit("customer", first.ids("customer")[0], ["name"])
    first.sync()
    second = world.laptops[1]
    second.sync()
    assert audit.verify(second.store) == [
        "snapshot/0000000005 is damaged or altered: it is not what the log comes to. Remove that file before another "
        "laptop joins."
    ]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_an_entry_that_is_gone_is_named(world: World, number: int) -> None:
    (Path(world.hub) / "log" / hub.entry_name(number)).unlink()
    [fault] = audit.verify(world.laptops[0].store)
    assert fault.startswith(f"Entry {number} is missing on the hub")


def test_an_emptied_hub_is_not_whole(world: World) -> None:
    shutil.rmtree(Path(world.hub) / "log")
    [fault] = audit.verify(world.laptops[0].store)
    assert fault.startswith("Entry 4 is missing on the hub")


def test_a_flipped_bit_is_named(world: World) -> None:
    path = Path(world.hub) / "log" / hub.entry_name(2)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    [fault] = audit.verify(world.laptops[0].store)
    assert fault.startswith("Entry 2 on the hub is damaged: it was altered")


# Who changed what


def test_the_history_tells_who_changed_what_newest_first(world: World) -> None:
    first, second = world.laptops
    shutil.rmtree(world.hub)  # no network
    found = list(audit.history(first.store))
    assert [(entry.seq, entry.author, entry.device) for entry in found] == [
        (4, "", second.device),
        (3, "", second.device),
        (2, "Marta Ricci", first.device),
        (1, "Marta Ricci", first.device),
    ]
    customer = first.ids("customer")[0]
    [change] = found[1].changes
    names = [one for one in world.written if (one.table, one.column) == ("customer", "name")]
    [city] = [one for one in world.written if one.column == "city" and one.seen]
    assert (change.table, change.id) == ("customer", customer)
    assert change.before == {"id": customer, "name": names[1].word, "city": city.seen}
    assert change.after == {"name": names[2].word, "city": city.word}
    removed, added = sorted(found[0].changes, key=lambda one: one.table)
    assert (removed.table, removed.after) == ("item", None)
    assert removed.before is not None
    assert removed.before["tag"] in world.removed[0].seen
    assert added == RowChange("market", added.id, None, {"id": added.id, "name": world.written[-1].word})
    assert [one.seq for one in audit.history(second.store)] == [4, 3, 2, 1]


def test_the_history_ends_where_nothing_was_kept(world: World) -> None:
    first = world.laptops[0]
    (first.folder / "radar.db.sync" / "log" / hub.entry_name(2)).write_bytes(b"damaged")
    assert [entry.seq for entry in audit.history(first.store)] == [4, 3]


def test_without_a_hub_there_is_no_history(store: Store) -> None:
    with pytest.raises(RadarError, match="there is no log"):
        next(audit.history(store))

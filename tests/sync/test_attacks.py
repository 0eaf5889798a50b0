"""Attacks by hand on a hub and on a file, of the kind that somebody makes who may write there and knows the formats. Of
each: what is said, that nothing of ours is lost or changed, and that the team goes on.

Damage by chance, changesets that no Radar writes, and snapshots are played in `test_damage`, `test_faults`,
`test_bounds`, `test_following` and `test_snapshots`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.errors import RadarError
from radar_tui.sync import audit, joining
from radar_tui.sync.hub.entry import MAGIC, digest, pack, unpack
from tests import hostile
from tests.sync import harm, test_outbox, yard
from tests.sync.test_outbox import box
from tests.sync.yard import HEAD, MARTA, NEWEST, PAUL, Yard, entry, forged, gone, log, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sync.laptops import Laptop, World

    Attack = Callable[[World], object]


def hub(world: World, *parts: str) -> Path:
    return Path(world.hub).joinpath(*parts)


def beside(laptop: Laptop, *parts: str) -> Path:
    return (laptop.folder / "radar.db.sync").joinpath(*parts)


def rewritten(world: World, seq: int, body: bytes | None = None, **header: Any) -> None:
    """Entry `seq` again, with a right seal."""
    old = entry(world, seq)
    log(world, seq).write_bytes(pack(replace(old.header, **header), old.body if body is None else body))


def all_rewritten(world: World, first: int) -> None:
    """All entries from `first` on, each with the right hash of the one before it."""
    for seq in range(first, NEWEST + 1):
        parent = digest(log(world, seq - 1).read_bytes()) if seq > 1 else ""
        rewritten(world, seq, parent=parent, nonce="", author="Eve")


def appended(world: World, body: bytes = b"", **header: Any) -> None:
    log(world, NEWEST + 1).write_bytes(forged(world, body, NEWEST + 1, **header))


def a_market(world: World) -> tuple[str, str]:
    row = world.laptops[PAUL].store.row(
        "SELECT m.id, m.name FROM market m WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.market_id = m.id)"
    )
    return str(row[0]), str(row[1])


def moved_away(path: Path, to: str = "elsewhere") -> Path:
    away = path.with_name(to)
    path.rename(away)
    return away


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_file_instead(path: Path) -> None:
    moved_away(path)
    path.write_bytes(b"not what it was")


def a_pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def linked(path: Path) -> None:
    path.symlink_to(moved_away(path, f".{path.name}"))


def charter(world: World, **said: object) -> None:
    file = hub(world, "hub.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | said))


def other_magic(world: World) -> None:
    raw = log(world, HEAD + 1).read_bytes()
    log(world, HEAD + 1).write_bytes(sealed(b"RADAR ENTRY 2\n" + raw[len(MAGIC) : -32]))


def swapped(world: World, one: int, other: int) -> None:
    """Two entries change places, numbers and hashes made right."""
    first, second = entry(world, one), entry(world, other)
    rewritten(world, one, second.body)
    rewritten(world, other, first.body, parent=digest(log(world, one).read_bytes()))
    for seq in range(other + 1, NEWEST + 1):
        rewritten(world, seq, parent=digest(log(world, seq - 1).read_bytes()))


ON_THE_HUB: dict[str, tuple[Attack, str]] = {
    "the newest entry rewritten": (
        lambda w: rewritten(w, NEWEST, b""),
        "Entry 6 on the hub leads to other rows",
    ),
    "an entry of a customer less": (
        lambda w: rewritten(w, HEAD + 1, yard.table("market", 2, gone(*a_market(w)))),
        "Entry 4 on the hub leads to other rows",
    ),
    "all entries rewritten": (
        lambda w: all_rewritten(w, 1),
        "another history than this laptop",
    ),
    "two entries swapped": (
        lambda w: swapped(w, HEAD + 1, HEAD + 2),
        "Entry 4 on the hub was refused: its changes do not fit",
    ),
    "the last entry doubled": (
        lambda w: appended(w, entry(w, NEWEST).body),
        "Entry 7 on the hub was refused: its changes do not fit",
    ),
    "an entry far behind the last": (
        lambda w: shutil.copy(log(w, NEWEST), hub(w, "log", "9999999999")),
        "Entry 7 is missing on the hub",
    ),
    "an entry before the first": (
        lambda w: log(w, 5).rename(hub(w, "log", "0000000000")),
        "Entry 5 is missing on the hub",
    ),
    "an entry of a later format": (other_magic, "Entry 4 on the hub was made by a newer Radar"),
    "an entry of an unknown kind": (
        lambda w: rewritten(w, HEAD + 1, kind="fence"),
        "Entry 4 on the hub was made by a newer Radar",
    ),
    "an entry of schema 999": (
        lambda w: rewritten(w, HEAD + 1, schema=999),
        "Entry 4 on the hub was written by a newer Radar",
    ),
    "counts below nothing": (
        lambda w: rewritten(w, HEAD + 1, counts={"customer": -1}),
        "Entry 4 on the hub is damaged: its header",
    ),
    "counts of another table": (
        lambda w: rewritten(w, HEAD + 1, counts={"wages": 7}),
        "Entry 4 on the hub leads to other rows",
    ),
    "a state that is none": (
        lambda w: rewritten(w, HEAD + 1, state="evil"),
        "Entry 4 on the hub is damaged: its header",
    ),
    "an entry that leaves out another": (
        lambda w: appended(w, kind="void", void=2),
        "Entry 7 on the hub leaves out another entry",
    ),
    "an entry in a folder's place": (
        lambda w: a_folder_instead(log(w, HEAD + 1)),
        "“log/0000000004” in the hub's folder",
    ),
    "a link in an entry's place": (
        lambda w: linked(log(w, HEAD + 1)),
        "“log/0000000004” in the hub's folder",
    ),
    "a link in the log's place": (lambda w: linked(hub(w, "log")), "“log” in the hub's folder"),
    "a file in the log's place": (
        lambda w: a_file_instead(hub(w, "log")),
        "Entry 3 is missing on the hub",
    ),
    "a folder in the place of hub.json": (
        lambda w: a_folder_instead(hub(w, "hub.json")),
        "“hub.json” in the hub's folder",
    ),
    "a link in the place of hub.json": (
        lambda w: linked(hub(w, "hub.json")),
        "“hub.json” in the hub's folder",
    ),
    "a pipe in the place of hub.json": (
        lambda w: a_pipe_instead(hub(w, "hub.json")),
        "“hub.json” in the hub's folder",
    ),
    "another hub's id in hub.json": (lambda w: charter(w, hub="another"), "Another hub stands at"),
    "a keeper in hub.json": (
        lambda w: charter(w, keeper=w.laptops[PAUL].device),
        "since this laptop joined: keeper was",
    ),
    "a later format in hub.json": (lambda w: charter(w, format=2**40), "was founded by a newer Radar"),
    "a keeper in hub.json that is a path": (
        lambda w: charter(w, keeper="../../etc"),
        "since this laptop joined: keeper was",
    ),
    "a file in the hub's place": (
        lambda w: a_file_instead(hub(w)),
        "is not a folder; your changes are safe",
    ),
}


@pytest.mark.parametrize("what", ON_THE_HUB)
def test_what_is_done_to_a_hub_is_said_and_costs_nobody_anything(
    world: World, built: Yard, what: str
) -> None:
    attack, words = ON_THE_HUB[what]
    marta, paul = world.laptops
    before, pauls = yard.state(marta), paul.content()
    attack(world)
    with pytest.raises(RadarError) as said:
        marta.sync()
    assert words in said.value.message
    assert said.value.hint
    assert yard.state(marta) == before
    with contextlib.suppress(RadarError):
        paul.sync()
    assert paul.content() == pauls
    mended(world, built)


def mended(world: World, built: Yard) -> None:
    """The hub is brought back from a copy, and all go on."""
    place = Path(world.hub)
    if not place.is_dir():
        place.unlink()
    built.mend_hub()
    world.settle()
    world.check()


def test_who_had_not_seen_what_was_rewritten_is_told_by_who_had(world: World, built: Yard) -> None:
    """Marta cannot know better and takes it; Paul, who wrote it, says so, and she takes the team's history again."""
    marta, paul = world.laptops
    before = paul.content()
    all_rewritten(world, HEAD + 1)
    marta.sync()
    with pytest.raises(RadarError, match=f"another history than this laptop knows: entry {NEWEST} .* by Eve"):
        paul.sync()
    assert paul.content() == before
    built.mend_hub()
    with pytest.raises(RadarError):
        marta.sync()
    joining.join(marta.store, world.hub)
    world.settle()
    world.check()


# Entries that break no rule: they are taken, and do no harm


TAKEN: dict[str, dict[str, Any]] = {
    "an author that paints": {"author": "\x1b[2J\x1b]0;evil\x07 [red]Eve[/] \u202eevE"},
    "an author as long as a book": {"author": "Eve " * 10_000},
    "a device that is a path": {"device": "../../../etc/passwd"},
    "a device of ours": {"device": "MARTA"},
    "a time that is none": {"time": "yesterday"},
    "a time that never comes": {"time": "9999-12-31T23:59:59.999+14:00"},
    "a mark of an outbox that never was": {"outbox": "MARTA/9999999999/" + "0" * 64},
    "a snapshot that is not there": {"snapshot": "0000000005/" + "0" * 64},
    "an entry of nothing": {},
}


@pytest.mark.parametrize("what", TAKEN)
def test_an_odd_entry_is_taken_shown_safely_and_stops_nobody(world: World, what: str) -> None:
    marta = world.laptops[MARTA]
    header: dict[str, Any] = {
        key: value.replace("MARTA", marta.device) if isinstance(value, str) else value
        for key, value in TAKEN[what].items()
    }
    appended(world, b"", **header)
    outside = sorted(world.folder.parent.iterdir())
    world.settle()
    world.check()
    assert sorted(world.folder.parent.iterdir()) == outside
    for command in (("log",), ("hub", "status"), ("hub", "verify")):
        said = hostile.command(*command, "--db", str(marta.store.path))
        assert hostile.in_words(said) == []
        assert said.code == 0


# A file


def local(laptop: Laptop, key: str, value: str) -> None:
    with laptop.store.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", [key, value])


def in_the_base(laptop: Laptop, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(beside(laptop, "base.db"))) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.commit()


def older_base(world: World) -> None:
    marta = world.laptops[MARTA]
    kept = [(file, file.read_bytes()) for file in beside(marta).glob("base.db*")]
    marta.sync()
    marta.edit("customer", marta.ids("customer")[0], ["notes"])
    for file in beside(marta).glob("base.db*"):
        file.unlink()
    for file, raw in kept:
        file.write_bytes(raw)


def same_device(world: World) -> None:
    marta, paul = world.laptops
    file = beside(marta, "device.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"device": paul.device}))


def swapped_mirror(world: World) -> None:
    one, two = sorted(beside(world.laptops[MARTA], "log").iterdir())[:2]
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


ON_A_FILE: dict[str, tuple[Attack, str]] = {
    "further along the log than it is": (
        lambda w: local(
            w.laptops[MARTA],
            "sync_head",
            "5",
        ),
        "another history than this laptop",
    ),
    "far beyond the log": (
        lambda w: local(
            w.laptops[MARTA],
            "sync_head",
            "9999999999",
        ),
        "Entry 9999999999 is missing on the hub",
    ),
    "earlier on the log than it is": (
        lambda w: local(
            w.laptops[MARTA],
            "sync_head",
            "1",
        ),
        "another history than this laptop",
    ),
    "at another hash": (
        lambda w: local(w.laptops[MARTA], "sync_hash", "f" * 64),
        "another history than this laptop",
    ),
    "of another hub": (lambda w: local(w.laptops[MARTA], "hub_id", "another"), "Another hub stands at"),
    "at another address": (
        lambda w: local(w.laptops[MARTA], "hub_address", str(w.folder / "no")),
        "is not there; your changes are safe",
    ),
    "of a later schema": (lambda w: local(w.laptops[MARTA], "sync_schema", "999"), ""),
    "a base that is older": (older_base, ""),
    "a base with rows less": (lambda w: in_the_base(w.laptops[MARTA], "DELETE FROM answer"), ""),
    "a base with another word": (
        lambda w: in_the_base(
            w.laptops[MARTA],
            "UPDATE customer SET city = 'Evil'",
        ),
        "must join its hub again",
    ),
    "a base whose notes are garbage": (
        lambda w: in_the_base(
            w.laptops[MARTA], "UPDATE local SET value = '[' WHERE key IN ('tally', 'log_bytes')"
        ),
        "must join its hub again",
    ),
    "device.json of a colleague": (
        lambda w: shutil.copy(beside(w.laptops[PAUL], "device.json"), beside(w.laptops[MARTA])),
        "",
    ),
    "the device of a colleague": (same_device, ""),
    "the entries it read in another order": (swapped_mirror, ""),
}


@pytest.mark.parametrize("what", ON_A_FILE)
def test_what_is_done_to_a_laptop_costs_its_colleagues_nothing(world: World, what: str) -> None:
    attack, words = ON_A_FILE[what]
    marta, paul = world.laptops
    hub_id = audit.status(marta.store).hub_id
    attack(world)
    mine, pauls = marta.content(), paul.content()
    if words:
        with pytest.raises(RadarError) as said:
            marta.sync()
        assert words in said.value.message
        assert said.value.hint
        assert marta.content() == mine
        paul.sync()
        assert paul.content() == pauls
        local(marta, "hub_id", hub_id)
        joining.join(marta.store, world.hub)
    else:
        marta.sync()
        paul.sync()
        assert {id for table in pauls for id, *_ in pauls[table]} <= {
            row[0] for found in paul.content().values() for row in found
        }
        if any("join again" in fault for fault in audit.verify(marta.store)):
            joining.join(marta.store, world.hub)
    beside(marta, "device.json").unlink()
    world.settle()
    world.check()


def journal_of_another(path: Path) -> None:
    other = path.with_name("other.db")
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE customer (id TEXT PRIMARY KEY, name TEXT)")
        connection.execute("INSERT INTO customer VALUES ('evil', 'Evil')")
        connection.commit()
        shutil.copy(f"{other}-wal", f"{path}-wal")


AT_OPENING: dict[str, tuple[Callable[[Path], object], str]] = {
    "emptied": (lambda path: path.write_bytes(b""), "radar.db is damaged"),
    "a text": (lambda path: path.write_bytes(b"all your customers" * 1000), "radar.db is damaged"),
    "a folder": (a_folder_instead, "radar.db is a folder"),
    "half of it": (
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        "radar.db is damaged",
    ),
    "a journal of another database": (journal_of_another, "radar.db belongs to another program"),
    "of a later Radar": (
        lambda path: harm.behind_the_triggers(
            path,
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('radar', 'm999', '')",
        ),
        "made by a newer Radar",
    ),
}


@pytest.mark.parametrize("what", AT_OPENING)
def test_a_file_that_is_no_more_itself_is_refused_and_a_backup_takes_its_place(
    world: World, what: str
) -> None:
    attack, words = AT_OPENING[what]
    marta, paul = world.laptops
    backup, pauls = marta.back_up(), paul.content()
    marta.store.close()
    attack(marta.store.path)
    with pytest.raises(RadarError) as said, marta._open() as store:
        store.rows("SELECT * FROM customer ORDER BY notes")
    assert words in said.value.message
    assert said.value.hint
    paul.sync()
    assert paul.content() == pauls
    if marta.store.path.is_dir():
        marta.store.path.rmdir()
    marta.restore(backup)
    world.settle()
    world.check()


# A hub that a keeper keeps


@pytest.fixture(scope="module")
def clouded() -> Iterator[Yard]:
    """A keeper and two more laptops in a folder that a cloud copies."""
    made = Yard(test_outbox.build)
    yield made
    made.close()


@pytest.fixture
def cloud(clouded: Yard, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("OneDrive", str(clouded.now))
    with clouded.world() as world:
        yield world


def sent(laptop: Laptop) -> bytes:
    laptop.edit("customer", test_outbox.customer(laptop), ["city"])
    laptop.sync()
    return box(laptop).read_bytes()


def put(laptop: Laptop, number: int, raw: bytes) -> None:
    box(laptop, number).parent.mkdir(parents=True, exist_ok=True)
    box(laptop, number).write_bytes(raw)


def a_forged_mark(world: World) -> None:
    seq = len(list(hub(world, "log").iterdir())) + 1
    mark = f"{world.laptops[1].device}/9999999999/{'0' * 64}"
    log(world, seq).write_bytes(forged(world, b"", seq, outbox=mark))


def replayed(world: World) -> None:
    """What was moved long ago lies there again; its field was changed since."""
    keeper, laptop, _ = world.laptops
    raw = sent(laptop)
    keeper.sync()
    laptop.sync()
    keeper.edit("customer", test_outbox.customer(keeper), ["city"])
    keeper.sync()
    put(laptop, 2, raw)


def from_beyond(world: World) -> None:
    """Made against an entry that is not there yet."""
    old = unpack(sent(world.laptops[1]), "outbox")
    put(world.laptops[1], 1, pack(replace(old.header, seq=10**9, parent="f" * 64), old.body))


def under_the_last_number(world: World) -> None:
    sent(world.laptops[1])
    box(world.laptops[1]).rename(box(world.laptops[1], 9999999999))


def of_strangers(world: World) -> None:
    for number in range(5):
        place = hub(world, "outbox", f"evil{number}", "0000000001")
        place.parent.mkdir(parents=True)
        place.write_bytes(bytes(range(200)))


def a_link(place: Path, to: Path) -> None:
    place.parent.mkdir(parents=True)
    place.symlink_to(to)


WITH_A_KEEPER: dict[str, tuple[Attack, str]] = {
    "a mark of an outbox that never was": (a_forged_mark, ""),
    "an outbox replayed": (replayed, ""),
    "an outbox from beyond the log": (from_beyond, ""),
    "an outbox under the last number": (under_the_last_number, ""),
    "an outbox of another laptop": (
        lambda w: put(w.laptops[2], 1, sent(w.laptops[1])),
        "belongs to another hub or laptop",
    ),
    "noise under the last number": (
        lambda w: put(w.laptops[1], 9999999999, b"evil" * 100),
        "on the hub is damaged",
    ),
    "a link in the place of an outbox": (
        lambda w: a_link(hub(w, "outbox", "evil", "0000000001"), hub(w, "hub.json")),
        "is not what Radar put there",
    ),
    "a folder in the place of an outbox": (
        lambda w: hub(w, "outbox", "evil", "0000000001").mkdir(parents=True),
        "is not what Radar put there",
    ),
    "noise of strangers": (of_strangers, "on the hub is damaged"),
}


@pytest.mark.parametrize("what", WITH_A_KEEPER)
def test_no_outbox_stops_the_others_or_brings_back_what_was_changed(cloud: World, what: str) -> None:
    attack, words = WITH_A_KEEPER[what]
    keeper, laptop, other = cloud.laptops
    attack(cloud)
    laptop.edit("customer", test_outbox.customer(laptop), ["notes"])
    other.insert("contact", lambda ids: ids[0])
    refused: list[str] = []
    for one in (laptop, other, keeper) * 3:
        refused += one.sync().refused
    assert bool(refused) == bool(words)
    assert all(words in one for one in refused)
    assert {one.store.touched.count() for one in cloud.laptops} == {0}
    cloud.settle()
    cloud.check()


def test_who_calls_himself_keeper_is_found_out_and_taken_over_from(cloud: World) -> None:
    keeper, laptop, _ = cloud.laptops
    hub(cloud, "keeper").mkdir()
    said = {"hub": audit.status(keeper.store).hub_id, "keeper": "evil", "at": "", "by": "Eve"}
    hub(cloud, "keeper", "0000000001").write_text(json.dumps(said))
    laptop.edit("customer", test_outbox.customer(laptop), ["notes"])
    assert laptop.sync().waiting
    with pytest.raises(RadarError, match="not the keeper") as error:
        keeper.sync()
    assert "--take-over" in error.value.hint
    keeper.take_over()
    cloud.settle()
    cloud.check()


def test_a_keeper_of_the_last_number_is_named_and_does_not_keep_others_from_taking_over(cloud: World) -> None:
    keeper, laptop, _ = cloud.laptops
    hub(cloud, "keeper").mkdir()
    said = {"hub": audit.status(keeper.store).hub_id, "keeper": "evil", "at": "", "by": "Eve"}
    forged = hub(cloud, "keeper", "9999999999")
    forged.write_text(json.dumps(said))
    for one in (keeper, laptop):
        with pytest.raises(RadarError, match="keeper/9999999999 on the hub does not follow") as error:
            one.sync()
        assert "remove it" in error.value.hint
    forged.unlink()
    laptop.take_over()
    cloud.settle()
    cloud.check()

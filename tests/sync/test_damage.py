"""Whatever stands on a hub: what is not whole, not ours or not in its place is refused by its name before anything is
applied, and when the hub is brought back from a copy the laptops go on."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.lists.conflict import open_count, open_rows
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.base import SCHEMA, Base
from radar_tui.sync.hub.entry import MOST_ENTRY, Header, HubDamaged, pack
from radar_tui.sync.live import Live
from radar_tui.sync.sync_folder import SyncFolder
from tests.fresh import NOW
from tests.sync import yard
from tests.sync.yard import HEAD, NEWEST, UNSAID, Raw, Yard, added, changed, entry, forged, gone, log, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sync.laptops import World


@pytest.fixture(scope="module")
def still() -> Iterator[tuple[World, Yard]]:
    """One world for all refusals, which change nothing; in the end, with its hub as it was, all of it goes on."""
    made = Yard()
    with made.world() as world:
        yield world, made
        goes_on(world, made)
    made.close()


@pytest.fixture
def refusing(still: tuple[World, Yard]) -> Iterator[World]:
    """That world; its hub is brought back after each refusal."""
    world, made = still
    yield world
    made.mend_hub()


def refusal(world: World, words: str, error: type[RadarError] = HubDamaged) -> RadarError:
    """What Marta reads when she syncs: she takes nothing and gives nothing, and nothing of hers changes."""
    marta = world.laptops[yard.MARTA]
    before, hub = yard.state(marta), files(Path(world.hub))
    with pytest.raises(error) as found:
        marta.sync()
    assert words in found.value.message
    assert found.value.hint
    assert yard.state(marta) == before
    assert files(Path(world.hub)) == hub
    assert not marta.store.connection.in_transaction
    return found.value


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def goes_on(world: World, built: Yard) -> None:
    """The hub is brought back from a copy: all laptops sync, are equal, and no word is lost."""
    built.mend_hub()
    world.settle()
    world.check()


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def another_hub(world: World) -> Path:
    folder = world.folder / "other"
    folder.mkdir()
    shutil.copy(world.folder / "empty.db", folder / "radar.db")
    with Store.open(folder / "radar.db", clock=lambda: NOW) as store:
        for name in ("one", "two", "three", "four"):
            with store.transaction() as connection:
                connection.execute("INSERT INTO market (id, name) VALUES (?, ?)", [name, name])
            if name == "one":
                joining.create(store, str(folder / "hub"))
            engine.sync(store)
    return folder / "hub"


# The files of the log


@pytest.mark.parametrize("seq", range(HEAD + 1, NEWEST + 1))
@pytest.mark.parametrize("kept", [0, 10, -40, -1])
def test_an_entry_cut_short_is_refused_by_its_number(refusing: World, seq: int, kept: int) -> None:
    raw = log(refusing, seq).read_bytes()
    log(refusing, seq).write_bytes(raw[:kept])
    refusal(refusing, f"Entry {seq} on the hub is damaged")


@pytest.mark.parametrize("seq", range(HEAD + 1, NEWEST + 1))
@pytest.mark.parametrize("place", [0, 16, 60, 300, -50, -1])
def test_a_flipped_bit_is_refused_by_its_number(refusing: World, seq: int, place: int) -> None:
    raw = bytearray(log(refusing, seq).read_bytes())
    raw[place] ^= 0x10
    log(refusing, seq).write_bytes(raw)
    refusal(refusing, f"Entry {seq} on the hub is damaged")


@pytest.mark.parametrize("seq", [HEAD, HEAD + 1, HEAD + 2])
def test_a_missing_entry_is_named(refusing: World, seq: int) -> None:
    log(refusing, seq).unlink()
    refusal(refusing, f"Entry {seq} is missing on the hub")


def test_a_lost_last_entry_is_noticed_by_the_laptop_that_wrote_it(world: World, built: Yard) -> None:
    log(world, NEWEST).unlink()
    paul = world.laptops[yard.PAUL]
    before = yard.state(paul)
    with pytest.raises(HubDamaged, match=f"Entry {NEWEST} is missing"):
        paul.sync()
    assert yard.state(paul) == before
    goes_on(world, built)


@pytest.mark.parametrize("left", [0, 1, HEAD - 1])
def test_a_lost_tail_is_noticed(refusing: World, left: int) -> None:
    for seq in range(left + 1, NEWEST + 1):
        log(refusing, seq).unlink()
    refusal(refusing, f"Entry {HEAD} is missing on the hub")


def test_a_lost_tail_that_others_wrote_over_is_noticed(world: World, built: Yard) -> None:
    """The entries that Paul knows are gone, and Marta, who never saw them, goes on in their place."""
    marta, paul = world.laptops
    for seq in range(HEAD + 1, NEWEST + 1):
        log(world, seq).unlink()
    marta.sync()
    for _ in range(NEWEST - HEAD):
        marta.edit("customer", marta.ids("customer")[0], ["notes"])
        marta.sync()
    before = yard.state(paul)
    for _ in range(2):
        with pytest.raises(HubDamaged, match=f"another history than this laptop knows: entry {NEWEST}"):
            paul.sync()
        log(world, NEWEST + 1).unlink(missing_ok=True)
    paul.edit("item", paul.ids("item")[0], ["model"])
    before = yard.state(paul)
    with pytest.raises(HubDamaged, match=f"another history than this laptop knows: entry {NEWEST}"):
        paul.sync()
    assert yard.state(paul) == before


@pytest.mark.parametrize(("of", "under"), [(1, 4), (4, 5), (5, 4), (3, 4), (6, 4)])
def test_an_entry_under_another_number_is_refused(refusing: World, of: int, under: int) -> None:
    shutil.copy(log(refusing, of), log(refusing, under))
    refusal(refusing, f"Entry {under} on the hub is damaged: it is entry {of} under a wrong name")


def test_an_entry_put_behind_the_last_is_refused(refusing: World) -> None:
    shutil.copy(log(refusing, NEWEST), log(refusing, NEWEST + 1))
    refusal(refusing, f"Entry {NEWEST + 1} on the hub is damaged")


def test_reordered_entries_are_refused(refusing: World) -> None:
    swap(log(refusing, 5), log(refusing, 6))
    refusal(refusing, "Entry 5 on the hub is damaged: it is entry 6")


def test_an_entry_of_another_hub_is_refused(world: World, built: Yard) -> None:
    shutil.copy(another_hub(world) / "log" / f"{HEAD + 1:010d}", log(world, HEAD + 1))
    refusal(world, f"Entry {HEAD + 1} on the hub is damaged: it belongs to another hub")
    goes_on(world, built)


@pytest.mark.parametrize("parent", ["", "0" * 64, "their own"])
def test_a_sound_entry_with_a_wrong_parent_is_refused(refusing: World, parent: str) -> None:
    own = entry(refusing, 5)
    log(refusing, 4).write_bytes(
        forged(refusing, own.body, 4, parent=own.header.parent if parent == "their own" else parent)
    )
    refusal(refusing, "Entry 4 on the hub is damaged: it does not follow")


def test_of_a_replaced_entry_the_one_after_it_tells(refusing: World) -> None:
    """Entry 5 is another one that would fit by itself; that entry 6 was made on top of the true one shows it."""
    log(refusing, 5).write_bytes(forged(refusing, b"", 5))
    refusal(refusing, "Entry 6 on the hub is damaged: it does not follow")


@pytest.mark.parametrize(
    "name",
    [
        "0000000006 (conflicted copy 2026-12-03)",
        "0000000004 (1)",
        "0000000004-LAPTOP-7.conflict",
        "Copy of 0000000004",
        "0000000004.sync-conflict-20261203-104207-ABCDEFG",
    ],
)
def test_a_conflicted_copy_is_refused_with_advice(refusing: World, name: str) -> None:
    shutil.copy(log(refusing, 4), log(refusing, 4).with_name(name))
    assert "radar hub keep" in refusal(refusing, name).hint


def test_strangers_beside_the_entries_are_passed_over(world: World) -> None:
    for folder in ("", "log", "snapshot", "outbox"):
        place = Path(world.hub) / folder
        place.mkdir(exist_ok=True)
        for name in ("desktop.ini", ".DS_Store", "Thumbs.db", "~$note.docx", "read me.txt", "00000000001"):
            (place / name).write_bytes(b"\xff\0stranger")
        (place / "folder").mkdir()
    world.settle()
    world.check()


def test_a_folder_in_an_entrys_place_is_said(refusing: World) -> None:
    log(refusing, 5).unlink()
    log(refusing, 5).mkdir()
    refusal(refusing, "0000000005", RadarError)


# Entries by an evil hand, with right seals


def market(*changes: bytes, columns: int = 2, **of: Any) -> bytes:
    return table("market", columns, *changes, **of)


ROW = ("evil", "name")
A_MARKET = added(*ROW)
CUSTOMER = ("evil", "Evil", "product", "active", None, None, 90, 0, "EUR", "", "", "", None)
CONFLICT = ("c", "both changed", "item", "i", "tag", '"a"', '"b"', '"c"', "d", "Eve", 4, "2026", None)


def of_customer(**cells: object) -> bytes:
    names = "id name kind status market_id owner_id cadence_days annual_value currency city country notes archived_at"
    row = dict(zip(names.split(), CUSTOMER, strict=True)) | cells
    return table("customer", len(row), added(*row.values()))


EVIL: dict[str, tuple[bytes, str]] = {
    "unknown table": (table("wages", 2, added("a", "b")), "a table that does not travel"),
    "sqlite_master": (
        table("sqlite_master", 5, added("trigger", "x", "market", 0, "CREATE TRIGGER x"), keys=(1,)),
        "a table that does not travel",
    ),
    "sqlite_schema": (table("sqlite_schema", 5, gone("a", "x", "market", 0, "")), "a table that does not"),
    "SQL in a name": (table('market"; DROP TABLE customer; --', 2, A_MARKET), "a table that does not travel"),
    "another case": (table("MARKET", 2, A_MARKET), "a table that does not travel"),
    "no name": (table("", 2, A_MARKET), "a table that does not travel"),
    "main.market": (table("main.market", 2, A_MARKET), "a table that does not travel"),
    "local": (table("local", 2, added("hub_address", "s3://evil/hub")), "a table that does not travel"),
    "touched": (table("touched", 2, gone("customer", "x"), keys=(0, 1)), "a table that does not travel"),
    "customer_due": (table("customer_due", 6, added("a", "b", None, None, None, 1)), "a table that does not"),
    "migrations": (
        table("_sqlite_migrations", 4, added("radar", "evil", "2026", 9)),
        "a table that does not travel",
    ),
    "the last of many": (market(A_MARKET) + table("local", 2, added("a", "b")), "does not travel"),
    "name that is no text": (table(b"mark\xff\xfe", 2, A_MARKET), "its changes cannot be read"),
    "more columns": (market(added("evil", "name", "more"), columns=3), "has other columns than ours"),
    "very many columns": (market(added(*["x"] * 2000), columns=2000), "has other columns than ours"),
    "another key": (market(A_MARKET, keys=(1,)), "has other columns than ours"),
    "a key of two": (market(A_MARKET, keys=(0, 1)), "has other columns than ours"),
    "no key": (market(A_MARKET, keys=()), "refused"),
    "a patchset": (market(A_MARKET, kind=b"P"), "its changes cannot be turned round"),
    "fewer columns": (market(added("evil"), columns=1), "its changes do not fit"),
    "id that is a number": (market(added(7, "name")), "a row without an id"),
    "id that is a fraction": (market(added(7.5, "name")), "a row without an id"),
    "id that is bytes": (market(added(b"evil", "name")), "a row without an id"),
    "id that is NULL": (market(added(None, "name")), "a row without an id"),
    "id unsaid": (market(added(UNSAID, "name")), "refused"),
    "value unsaid": (market(added("evil", UNSAID)), "refused"),
    "id that is no text": (market(added(Raw(b"ev\xff"), "name")), "its changes cannot be read"),
    "value that is no text": (market(added("evil", Raw(b"\xc3\x28"))), "its changes cannot be read"),
    "half a character": (market(added("evil", Raw(b"\xed\xa0\x80"))), "its changes cannot be read"),
    "NULL where there must be a value": (market(added("evil", None)), "its changes do not fit"),
    "bytes where there must be text": (market(added("evil", b"name")), "refused"),
    "text where there must be a number": (of_customer(cadence_days="soon"), "its changes do not fit"),
    "a word that is none of a set": (of_customer(kind="robbery"), "its changes do not fit"),
    "a number out of its range": (of_customer(cadence_days=0), "its changes do not fit"),
    "a child without its parent": (of_customer(market_id="nowhere"), "would point to nothing"),
    "old values that do not match": (
        market(changed(("MARKET", "another"), (UNSAID, "mine"))),
        "its changes do not fit",
    ),
    "a row that is not there, changed": (market(changed(ROW, (UNSAID, "new"))), "its changes do not fit"),
    "a row that is not there, deleted": (market(gone(*ROW)), "its changes do not fit"),
    "a row that is there, added": (market(added("MARKET", "again")), "its changes do not fit"),
    "a row deleted as it never was": (market(gone("MARKET", "another")), "its changes do not fit"),
    "a parent taken from its children": (market(gone("MARKET", "NAME")), "would point to nothing"),
    "another id for a row": (market(changed(("MARKET", "NAME"), ("evil", "NAME"))), "refused"),
    "one row twice": (market(A_MARKET, A_MARKET), "its changes do not fit"),
    "garbage": (b"\xff" * 100, "its changes cannot be read"),
    "garbage behind": (market(A_MARKET) + b"Tgarbage", "its changes cannot be read"),
    "cut off": (market(A_MARKET)[:-2], "its changes cannot be read"),
    "text longer than the rest": (market(added("evil")[:-5] + b"\x03\xff\xff\xff\x7fx"), "cannot be read"),
    "no such change": (market(b"\x63\0" + A_MARKET[2:]), "its changes cannot be read"),
    "no such value": (market(b"\x12\0\x09\x09"), "refused"),
    "a whole database": (b"SQLite format 3\0" + bytes(4080), "refused"),
}


def filled_in(refusing: World, body: bytes) -> bytes:
    """`body` about a market that is there and has a customer."""
    row = refusing.laptops[yard.PAUL].store.row(
        "SELECT m.id, m.name FROM market m JOIN customer c ON c.market_id = m.id"
    )
    for name, value in (("MARKET", row[0]), ("NAME", row[1])):
        for word in (Raw(name.encode()),):
            body = body.replace(yard._cell(word), yard._cell(Raw(value.encode())))
    return body


@pytest.mark.parametrize("what", EVIL)
def test_an_evil_entry_is_refused_before_anything_is_applied(refusing: World, what: str) -> None:
    body, words = EVIL[what]
    for seq in range(HEAD + 1, NEWEST + 1):
        log(refusing, seq).unlink()
    log(refusing, HEAD + 1).write_bytes(forged(refusing, filled_in(refusing, body)))
    error = refusal(refusing, words)
    assert error.message.startswith(f"Entry {HEAD + 1} on the hub was refused: ")
    assert any(f"Entry {HEAD + 1}" in fault for fault in audit.verify(refusing.laptops[yard.MARTA].store))


def test_an_evil_entry_behind_good_ones_takes_them_back_too(refusing: World) -> None:
    log(refusing, NEWEST).write_bytes(forged(refusing, EVIL["a child without its parent"][0], NEWEST))
    refusal(refusing, f"Entry {NEWEST} on the hub was refused")


def test_a_good_entry_by_hand_is_taken_so_that_the_evil_ones_are_refused_for_their_reason(
    world: World,
) -> None:
    paul = world.laptops[yard.PAUL]
    for seq, body in ((NEWEST + 1, market(A_MARKET)), (NEWEST + 2, of_customer(market_id="evil"))):
        log(world, seq).write_bytes(forged(world, body, seq))
    assert paul.sync().pulled == 2
    assert paul.store.row("SELECT name FROM customer WHERE id = 'evil'")[0] == "Evil"
    world.settle()
    world.check()


@pytest.mark.parametrize("value", ["never", "9" * 400, "2026-99-99", "\0\x1b[2J", ""])
def test_odd_words_that_break_no_rule_are_taken_and_do_not_stop_a_sync(world: World, value: str) -> None:
    paul = world.laptops[yard.PAUL]
    for name in ("planned_on", "started_at", "completed_at", "current_step"):
        paul.set("visit", paul.ids("visit")[0], name, value)
    world.settle()
    world.check()


@pytest.mark.parametrize(
    "cells",
    [
        {1: "no such kind"},
        {2: "sqlite_master", 3: "x'; DROP TABLE customer"},
        {2: "local", 3: "hub_id"},
        {4: "no such column"},
        {4: "id"},
        {5: "{", 6: "[1, 2", 7: "\x1b[2J"},
        {5: "[" * 5000, 6: "NaN", 7: "1e999"},
        {4: None, 5: "[]", 6: "7", 7: '"text"'},
        {4: None, 6: '{"a": {}}', 7: '{"evil; --": 1}'},
        {8: None, 9: None, 10: None, 11: "never", 12: None},
        {10: -(2**63), 11: ""},
        {12: "no such resolution"},
    ],
    ids=str,
)
def test_a_conflict_by_an_evil_hand_is_shown_and_decided_in_words(
    world: World, cells: dict[int, object]
) -> None:
    paul = world.laptops[yard.PAUL]
    row: list[object] = list(CONFLICT)
    row[3] = paul.ids("item")[0]
    for place, cell in cells.items():
        row[place] = cell
    log(world, NEWEST + 1).write_bytes(forged(world, table("conflict", 13, added(*row)), NEWEST + 1))
    paul.sync()
    open_count(paul.store)
    with contextlib.suppress(RadarError):
        open_rows(paul.store)
    for decide in (paul.store.conflict.take_mine, paul.store.conflict.keep_theirs):
        with contextlib.suppress(RadarError):
            decide(["c"])
    with contextlib.suppress(RadarError):
        paul.store.conflict.edit("c", {"name": "mine"})
    world.settle()
    marta = world.laptops[yard.MARTA]
    assert marta.content() == paul.content()
    assert marta.store.row("SELECT count(*) FROM customer")[0] == 3


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        ({"hub": "another"}, "it belongs to another hub"),
        ({"hub": ""}, "it belongs to another hub"),
        ({"seq": 5}, "it is entry 5 under a wrong name"),
        ({"seq": 0}, "it is entry 0 under a wrong name"),
        ({"parent": "f" * 64}, "it does not follow"),
        ({"outbox": "nonsense"}, "its header cannot be read"),
    ],
    ids=str,
)
def test_a_header_that_lies_is_refused(refusing: World, lies: dict[str, Any], words: str) -> None:
    log(refusing, 4).write_bytes(forged(refusing, entry(refusing, 4).body, **lies))
    refusal(refusing, f"Entry 4 on the hub is damaged: {words}")


def test_an_entry_of_a_newer_radar_stops_the_sync_and_says_what_to_do(refusing: World) -> None:
    log(refusing, 4).write_bytes(forged(refusing, b"what a later schema writes", schema=SCHEMA + 1))
    error = refusal(refusing, "Entry 4 on the hub was written by a newer Radar", RadarError)
    assert "pip install --upgrade" in error.hint


def test_an_entry_that_would_fill_the_memory_is_refused(refusing: World) -> None:
    raw = forged(refusing, bytes(1000))
    log(refusing, 4).write_bytes(
        yard.sealed(raw[:-32].replace(b'"size":1000', b'"size":%d' % (MOST_ENTRY * 40)))
    )
    refusal(refusing, "Entry 4 on the hub is damaged")


def test_an_entry_of_a_million_lies_takes_bounded_time(refusing: World) -> None:
    rows = b"".join(added(f"{n:08d}", "x") for n in range(20_000))
    log(refusing, 4).write_bytes(forged(refusing, market(rows) + table("wages", 2, A_MARKET)))
    refusal(refusing, "a table that does not travel")


# hub.json


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"format": Infinity}',
        b'{"format": "one"}',
        b'{"format": 1, "hub": "x"}',
        b'{"format": ' + b"9" * 5000 + b"}",
        b'{"format": 1, "hub": null, "founded_at": 1, "founded_by": [], "keeper": {}}',
    ],
    ids=lambda raw: raw[:30].decode("latin-1"),
)
def test_a_damaged_charter_is_said(refusing: World, raw: bytes) -> None:
    (Path(refusing.hub) / "hub.json").write_bytes(raw)
    refusal(refusing, "hub.json at")


@pytest.mark.parametrize("rest", [{}, {"founders": ["a"]}])
def test_a_hub_of_a_newer_radar_is_said(refusing: World, rest: dict[str, object]) -> None:
    (Path(refusing.hub) / "hub.json").write_text(json.dumps({"format": 2, **rest}))
    error = refusal(refusing, "founded by a newer Radar", RadarError)
    assert "pip install --upgrade" in error.hint


def test_a_missing_charter_is_said(refusing: World) -> None:
    (Path(refusing.hub) / "hub.json").unlink()
    error = refusal(refusing, "There is no hub at", RadarError)
    assert "create" not in error.hint, "an empty folder may be a share that is not connected"
    assert "radar hub leave" in error.hint


def test_another_hub_at_the_same_place_is_said(world: World, built: Yard) -> None:
    other = another_hub(world)
    shutil.rmtree(world.hub)
    shutil.copytree(other, world.hub)
    refusal(world, "Another hub stands at", RadarError)
    with pytest.raises(RadarError, match="belongs to another hub"):
        joining.join(world.laptops[yard.MARTA].store, world.hub)
    goes_on(world, built)


# Snapshots


def snapshot_of(world: World, seq: int, change: Callable[[sqlite3.Connection], object] | None) -> Path:
    """A database as of entry `seq`, changed by somebody who knows SQLite."""
    place = world.folder / "made.db"
    shutil.copy(world.folder / "empty.db", place)
    with Store.open(place, clock=lambda: NOW) as store:
        hub = world.folder / "part"
        shutil.copytree(world.hub, hub)
        for later in range(seq + 1, NEWEST + 1):
            (hub / "log" / f"{later:010d}").unlink()
        joining.join(store, str(hub))
        store.connection.execute("VACUUM INTO ?", [str(world.folder / "whole.db")])
    base = world.folder / "made.db.sync" / "base.db"
    with contextlib.closing(sqlite3.connect(base, isolation_level=None)) as connection:
        if change is not None:
            connection.execute("PRAGMA writable_schema = ON")
            change(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    return base


def put_snapshot(world: World, place: int, body: bytes, **lies: Any) -> None:
    told = {name: getattr(entry(world, place).header, name) for name in ("hub", "device", "author", "time")}
    told |= {"seq": place, "parent": entry(world, place).digest, "schema": SCHEMA, "size": 0, **lies}
    folder = Path(world.hub) / "snapshot"
    folder.mkdir(exist_ok=True)
    (folder / f"{place:010d}").write_bytes(pack(Header(**told), body))


def run(*statements: str) -> Callable[[sqlite3.Connection], object]:
    def change(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return change


HOSTILE: dict[str, Callable[[sqlite3.Connection], object]] = {
    "trigger": run("CREATE TRIGGER t AFTER INSERT ON market BEGIN DELETE FROM customer; END"),
    "view": run("CREATE VIEW wages AS SELECT * FROM customer"),
    "view for a table": run("DROP TABLE want", "CREATE VIEW want AS SELECT * FROM customer"),
    "table more": run("CREATE TABLE wages (id TEXT)"),
    "table less": run("DROP TABLE want"),
    "virtual table": run("CREATE VIRTUAL TABLE s USING fts5(x)"),
    "column more": run("ALTER TABLE market ADD COLUMN more TEXT"),
    "index less": run("DROP INDEX customer_market"),
    "index that computes": run("CREATE INDEX i ON market(abs(name))"),
    "trigger less": run("DROP TRIGGER touched_market_added"),
    "child without parent": run("PRAGMA foreign_keys = OFF", "UPDATE customer SET market_id = 'nowhere'"),
    "rule broken": run("PRAGMA ignore_check_constraints = ON", "UPDATE customer SET kind = 'robbery'"),
    "schema that is no SQL": run("UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'market'"),
    "schema that is no text": run("UPDATE sqlite_master SET sql = CAST(x'ff' AS TEXT) WHERE name = 'market'"),
    "words that are no text": run("UPDATE customer SET notes = CAST(x'c328' AS TEXT)"),
    "root page elsewhere": run("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'want'"),
    "migration more": run(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('radar', 'later', '')"
    ),
}
DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda raw: raw[: len(raw) // 2],
    "empty": lambda raw: b"",
    "text": lambda raw: b"not a database at all" * 300,
    "page of zeros": lambda raw: raw[:8192] + bytes(4096) + raw[12288:],
    "page of noise": lambda raw: raw[:8192] + b"\xa5" * 4096 + raw[12288:],
    "head of noise": lambda raw: raw[:16] + b"\xff" * 84 + raw[100:],
}


def join_past(world: World, seq: int) -> None:
    """A third laptop joins without the snapshot of entry `seq`, which `radar hub verify` names, and has all rows."""
    paul = world.laptops[yard.PAUL]
    faults = audit.verify(paul.store)
    assert [fault for fault in faults if f"snapshot/{seq:010d}" in fault]
    laptop = world.add()
    with contextlib.closing(Base(SyncFolder(laptop.store.path).base)) as base:
        assert base.noted("snapshot") == ""
    assert laptop.content() == paul.content()
    assert laptop.store.row("PRAGMA integrity_check")[0] == "ok"


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_snapshot_is_passed_over(world: World, what: str) -> None:
    put_snapshot(world, 5, snapshot_of(world, 5, HOSTILE[what]).read_bytes())
    join_past(world, 5)


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_database_in_a_snapshot_is_passed_over(world: World, what: str) -> None:
    put_snapshot(world, 5, DAMAGED[what](snapshot_of(world, 5, None).read_bytes()))
    join_past(world, 5)


@pytest.mark.parametrize(
    "lies",
    [
        {"hub": "another"},
        {"seq": 4},
        {"parent": "0" * 64},
        {"schema": SCHEMA + 1},
        {"schema": SCHEMA - 1},
        {"schema": 2**40},
    ],
    ids=str,
)
def test_a_snapshot_whose_header_lies_is_passed_over(world: World, lies: dict[str, Any]) -> None:
    put_snapshot(world, 5, snapshot_of(world, 5, None).read_bytes(), **lies)
    join_past(world, 5)


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_snapshot_cut_short_is_passed_over(world: World, kept: int) -> None:
    put_snapshot(world, 5, snapshot_of(world, 5, None).read_bytes())
    file = Path(world.hub) / "snapshot" / "0000000005"
    file.write_bytes(file.read_bytes()[:kept])
    join_past(world, 5)


def test_behind_a_hostile_snapshot_an_older_good_one_is_used(world: World) -> None:
    sound = snapshot_of(world, 4, None).read_bytes()
    put_snapshot(world, 4, sound)
    put_snapshot(world, 5, b"nonsense")
    put_snapshot(world, 6, sound, seq=5)
    laptop = world.add()
    with contextlib.closing(Base(SyncFolder(laptop.store.path).base)) as base:
        assert base.noted("snapshot") == "4"
    shutil.rmtree(Path(world.hub) / "snapshot")
    world.settle()
    world.check()


def test_what_a_snapshot_says_of_itself_is_not_believed(world: World) -> None:
    """Its `local` table is that of whoever wrote it."""
    lies = ("sync_head", "sync_hash", "hub_id", "log_bytes", "snapshot_bytes", "snapshot", "hub_address")
    sound = snapshot_of(
        world,
        5,
        run(
            "DELETE FROM local",
            *(f"INSERT INTO local VALUES ('{lie}', 'evil')" for lie in lies),
            "INSERT INTO local VALUES ('taken:device', '7'), ('taken:evil', 'many'), ('settings', '[')",
            "INSERT INTO touched (tbl, key) VALUES ('local', 'x')",
        ),
    )
    put_snapshot(world, 5, sound.read_bytes())
    laptop = world.add()
    with contextlib.closing(Base(SyncFolder(laptop.store.path).base)) as base:
        assert base.noted("taken:device") == ""
        assert base.noted("taken:evil") == ""
        assert base.noted("settings") == ""
    world.settle()
    world.check()


def test_a_snapshot_of_other_rows_is_found_by_verify(world: World) -> None:
    put_snapshot(world, 5, snapshot_of(world, 5, run("UPDATE customer SET name = 'Evil'")).read_bytes())
    faults = audit.verify(world.laptops[yard.PAUL].store)
    assert [fault for fault in faults if "snapshot/0000000005 is damaged or altered" in fault] == faults


def test_a_missing_entry_stops_a_newcomer_by_its_number(world: World, built: Yard) -> None:
    log(world, 2).unlink()
    with Store.open(world.folder / "empty.db", clock=lambda: NOW) as store:
        with pytest.raises(HubDamaged, match="Entry 2 is missing"):
            joining.join(store, world.hub)
        assert Live(store).hub() == ("", "")
        assert not any(store.row(f"SELECT 1 FROM {name} LIMIT 1") for name in SYNCED)
        built.mend_hub()
        assert joining.join(store, world.hub).head == NEWEST

"""Three ways in which a team once lost data and nobody was told, each in its smallest form. `test_convergence` plays
the same among everything else."""

from __future__ import annotations

import contextlib
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.errors import RadarError
from radar_tui.sync import audit, engine, joining
from radar_tui.sync.live import Live
from tests.sync import harm
from tests.sync.yard import Yard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sync.laptops import Laptop, World


def build(world: World) -> World:
    """Two laptops that have the same: three customers with a contact each, and a hundred answers."""
    marta = world.add()
    marta.insert("market", lambda ids: ids[0])
    for _ in range(3):
        marta.insert("customer", lambda ids: ids[0])
        marta.insert("contact", lambda ids: ids[-1])
    marta.insert("visit", lambda ids: ids[0])
    for _ in range(100):
        marta.insert("answer", lambda ids: ids[0])
    marta.sync()
    world.add()
    return world


def rows(laptop: Laptop) -> dict[str, tuple[object, ...]]:
    return {f"{table} {row[0]}": row for table, found in laptop.content().items() for row in found}


def harmed(laptop: Laptop, name: str) -> Laptop:
    laptop.store.close()
    assert harm.halve(laptop.store.path, name)
    laptop.store = laptop._open()
    return laptop


# 1. A file that has lost rows is compared with what the team has, and takes what it cannot see for taken back


def _copied(laptop: Laptop, lost: str) -> Laptop:
    return harmed(laptop, lost).copy()


def _restored(laptop: Laptop, lost: str) -> Laptop:
    copy, moment = laptop.back_up()
    harm.halve(copy, lost)
    laptop.edit("customer", laptop.ids("customer")[0], ["notes"])
    laptop.sync()
    laptop.restore((copy, moment))
    return laptop


def _joined_again(laptop: Laptop, lost: str) -> Laptop:
    with contextlib.suppress(RadarError):
        joining.join(harmed(laptop, lost).store, laptop.world.hub)
    return laptop


def _upgraded(laptop: Laptop, lost: str) -> Laptop:
    Live(harmed(laptop, lost).store).note(sync_schema=1)
    return laptop


def _looked_at(laptop: Laptop, lost: str) -> Laptop:
    with contextlib.suppress(RadarError):
        audit.verify(harmed(laptop, lost).store, full=True)
    return laptop


SLOW_COPIES = (2, 8, 30, 32, 42, 45, 50, 55)
"""Of sixty such copies those that took rows from others."""
COMPARED: dict[str, Callable[[Laptop, str], Laptop]] = {
    "copied": _copied,
    "restored": _restored,
    "joined again": _joined_again,
    "upgraded": _upgraded,
    "verify --full": _looked_at,
}


def nobody_else_lost_a_row(world: World, before: dict[str, Any]) -> None:
    paul = world.laptops[1]
    paul.sync()
    gone = [name for name in before if name not in rows(paul)]
    assert not gone, f"{len(gone)} rows of a colleague's are gone: {gone[:3]}"


@pytest.mark.parametrize("how", COMPARED)
@pytest.mark.parametrize("lost", ["sqlite_autoindex_answer_1", "answer", "sqlite_autoindex_contact_1"])
def test_1_a_damaged_file_takes_nothing_from_anybody(world: World, lost: str, how: str) -> None:
    before = rows(world.laptops[1])
    laptop = COMPARED[how](world.laptops[0], lost)
    with contextlib.suppress(RadarError):
        laptop.sync()
    nobody_else_lost_a_row(world, before)


@pytest.mark.parametrize("seed", SLOW_COPIES)
def test_1_a_copy_taken_while_it_was_written_takes_nothing_from_anybody(world: World, seed: int) -> None:
    """Old pages and new ones make a file of which each table and index may be whole and the rows of many moments."""
    marta, paul = world.laptops
    chance = random.Random(seed)
    pages, pieces, rows_each = chance.choice([10, 50]), chance.choice([5, 20, 60]), chance.choice([1, 5, 20])
    marta.store.connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")

    def meanwhile() -> None:
        if chance.random() < 0.4:
            for _ in range(rows_each):
                marta.insert(chance.choice(["answer", "visit", "contact"]), chance.choice)
            marta.sync()

    twin = marta.copied_slowly(pieces, meanwhile)
    marta.sync()
    paul.sync()
    before = rows(paul)
    if twin is not None:
        with contextlib.suppress(RadarError):
            twin.sync()
    nobody_else_lost_a_row(world, before)


def test_1_rows_that_another_program_took_out_of_the_file_are_not_taken_from_anybody(world: World) -> None:
    """The file is sound, and nobody ever took them back in Radar."""
    marta, paul = world.laptops
    before = rows(paul)
    marta.store.close()
    harm.behind_the_triggers(marta.store.path, "DELETE FROM answer WHERE id > '8'")
    marta.store = marta._open()
    twin = marta.copy()
    with contextlib.suppress(RadarError):
        twin.sync()
    nobody_else_lost_a_row(world, before)


# 2. A restored file takes colleagues' edits for its own past and reverts them


def reverted_by_nobody(world: World) -> None:
    """All come to rest; no word that was sent is gone, and nobody was asked about what only one changed."""
    world.settle()
    world.check()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Yard]:
    """The same in a folder that a cloud copies: the first laptop keeps the log."""

    def kept(world: World) -> World:
        monkeypatch.setenv("OneDrive", str(world.folder))
        world.keeper = 0
        return build(world)

    made = Yard(kept)
    yield made
    made.close()


def test_2_a_restore_while_an_outbox_is_on_its_way_reverts_nobody(cloud: Yard) -> None:
    with cloud.world() as world:
        anna, bert = world.laptops
        contact, customer = bert.store.row("SELECT id, customer_id FROM contact")
        copy = bert.back_up()
        anna.edit("customer", customer, ["notes"])
        anna.sync()
        notes = anna.store.row("SELECT notes FROM customer WHERE id = ?", [customer])[0]
        bert.sync()
        bert.edit("contact", contact, ["phone"])
        assert bert.sync().waiting
        bert.restore(copy)
        anna.sync()
        bert.sync()
        anna.sync()
        for laptop in (anna, bert):
            assert laptop.store.row("SELECT notes FROM customer WHERE id = ?", [customer])[0] == notes
        reverted_by_nobody(world)


def test_2_a_restore_after_a_sync_that_was_killed_reverts_nobody(world: World) -> None:
    marta, paul = world.laptops
    customer = marta.ids("customer")[0]
    copy = marta.back_up()
    marta.edit("customer", customer, ["notes"])
    notes = marta.store.row("SELECT notes FROM customer WHERE id = ?", [customer])[0]
    assert marta.crash_in_sync("put")
    paul.sync()
    marta.restore(copy)
    marta.sync()
    paul.sync()
    for laptop in (marta, paul):
        assert laptop.store.row("SELECT notes FROM customer WHERE id = ?", [customer])[0] == notes
    reverted_by_nobody(world)


# 3. The same two values meet a second time, after the first was decided


TWICE: dict[str, tuple[str, object, object, object]] = {
    "a word": ("name", "Base", "Yes", "Zed"),
    "a status": ("status", "active", "prospect", "former"),
    "a day": ("archived_at", None, "2026-12-01T09:00:00.000Z", "2026-12-02T09:00:00.000Z"),
    "a number": ("cadence_days", 90, 30, 60),
}


@pytest.mark.parametrize("decision", ["theirs", "mine"])
@pytest.mark.parametrize("what", TWICE)
def test_3_what_met_before_and_was_decided_is_asked_again_when_it_meets_again(
    world: World, what: str, decision: str
) -> None:
    column, base, first, second = TWICE[what]
    marta, paul = world.laptops
    customer = marta.ids("customer")[0]
    asked = []
    for _ in range(2):
        marta.set("customer", customer, column, base)
        world.settle()
        marta.set("customer", customer, column, first)
        paul.set("customer", customer, column, second)
        marta.sync()
        paul.sync()
        [one] = paul.store.rows("SELECT * FROM conflict WHERE resolution IS NULL")
        assert [json.loads(one[name]) for name in ("base", "kept", "mine")] == [base, first, second]
        asked.append(one["id"])
        if decision == "theirs":
            paul.store.conflict.keep_theirs([one["id"]])
        else:
            paul.store.conflict.take_mine([one["id"]])
        world.settle()
    assert len(set(asked)) == 2
    assert marta.store.row(f"SELECT {column} FROM customer WHERE id = ?", [customer])[0] == (
        first if decision == "theirs" else second
    )


def test_3_nor_is_it_dropped_where_a_keeper_moves_it(cloud: Yard) -> None:
    with cloud.world() as world:
        anna, bert = world.laptops
        customer = anna.ids("customer")[0]
        for asked in (1, 2):
            anna.set("customer", customer, "status", "active")
            world.settle()
            anna.set("customer", customer, "status", "prospect")
            bert.set("customer", customer, "status", "former")
            bert.sync()
            engine.keep(anna.store)
            found = anna.store.rows("SELECT id FROM conflict WHERE resolution IS NULL")
            assert len(found) == 1, f"Bert's status is nowhere the {asked}. time"
            anna.store.conflict.keep_theirs([found[0][0]])

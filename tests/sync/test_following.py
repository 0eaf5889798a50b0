"""The log proves itself: what each entry leads to, what was seen before, and how a team goes on over a bad entry."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.facts.clock import HUB_TIME
from radar_tui.sync import audit, joining, voiding
from radar_tui.sync.hub.entry import HubDamaged, pack
from radar_tui.sync.live import Live
from radar_tui.sync.sync_folder import SyncFolder
from tests.sync import yard
from tests.sync.yard import MARTA, NEWEST, PAUL, entry, forged, log, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sync.laptops import Laptop, World


def rewritten(world: World) -> None:
    """All entries again, each with the right hash of the one before it."""
    parent = ""
    for seq in range(1, NEWEST + 1):
        old = entry(world, seq)
        raw = pack(replace(old.header, parent=parent, nonce=""), old.body)
        log(world, seq).write_bytes(raw)
        parent = entry(world, seq).digest


def test_an_entry_says_what_it_leads_to(world: World) -> None:
    header = entry(world, NEWEST).header
    paul = world.laptops[PAUL]
    assert header.counts == {t: len(rows) for t, rows in paul.content().items() if rows}
    assert len(header.state) == 64
    assert header.state != entry(world, NEWEST - 1).header.state


def test_the_time_of_the_newest_entry_that_was_taken_is_known(world: World) -> None:
    marta = world.laptops[MARTA]
    marta.sync()
    assert marta.store.local.get(HUB_TIME) == entry(world, NEWEST).header.time


@pytest.mark.parametrize("lie", ["counts", "state"])
def test_an_entry_that_leads_elsewhere_than_it_says_is_refused(world: World, lie: str) -> None:
    marta = world.laptops[MARTA]
    before, there = state(marta), entry(world, NEWEST)
    lies: dict[str, object] = {"counts": {"customer": 99}} if lie == "counts" else {"state": "0" * 64}
    log(world, NEWEST).write_bytes(pack(replace(there.header, **lies), there.body))  # type: ignore[arg-type]
    with pytest.raises(HubDamaged, match="leads to other rows than it says") as error:
        marta.sync()
    assert f"radar hub void {NEWEST}" in error.value.hint
    assert state(marta) == before


# The past, rewritten


def test_a_laptop_with_nothing_to_do_notices_a_rewritten_past(world: World) -> None:
    paul = world.laptops[PAUL]
    rewritten(world)
    before = state(paul)
    with pytest.raises(HubDamaged, match=f"another history than this laptop knows: entry {NEWEST}") as error:
        paul.sync()
    assert "radar hub join" in error.value.hint
    assert "another history" in audit.verify(paul.store)[0]
    assert state(paul) == before
    joining.join(paul.store, world.hub)
    assert paul.sync().conflicts == 0


def test_a_restored_file_remembers_beside_it_what_was_seen(world: World) -> None:
    paul = world.laptops[PAUL]
    backup = paul.back_up()
    paul.edit("customer", paul.ids("customer")[0], ["name"])
    paul.sync()
    log(world, NEWEST + 1).unlink()
    paul.restore(backup)
    with pytest.raises(HubDamaged, match=f"Entry {NEWEST + 1} is missing"):
        paul.sync()
    joining.join(paul.store, world.hub)
    assert paul.sync().head == NEWEST


def test_another_keeper_in_hub_json_is_refused(world: World) -> None:
    marta = world.laptops[MARTA]
    marta.sync()
    charter = Path(world.hub) / "hub.json"
    charter.write_text(json.dumps(json.loads(charter.read_text()) | {"keeper": "evil"}))
    before = state(marta)
    marta.edit("market", marta.ids("market")[0], ["name"])
    with pytest.raises(HubDamaged, match="was changed since this laptop joined: keeper"):
        marta.sync()
    assert before["base head"] == state(marta)["base head"]


def test_rows_that_vanish_unnoted_are_told_at_the_end_of_a_sync(world: World) -> None:
    marta = world.laptops[MARTA]
    marta.sync()
    marta.store.connection.execute("DROP TRIGGER touched_answer_gone")
    with marta.store.transaction() as connection:
        connection.execute("DELETE FROM answer WHERE id = ?", [marta.ids("answer")[0]])
    from radar_tui.store.schema.touched import TRIGGERS

    marta.store.connection.execute(TRIGGERS["touched_answer_gone"])
    marta.edit("market", marta.ids("market")[0], ["name"])
    with pytest.raises(RadarError, match="This laptop has 2 answers and the team 3"):
        marta.sync()
    with pytest.raises(RadarError, match="nothing says that anybody changed"):
        marta.sync()


# An entry that nobody can take


BAD: dict[str, Callable[[World], bytes]] = {
    "garbage": lambda world: b"garbage",
    "a newer schema": lambda world: forged(world, b"", NEWEST + 1, schema=999),
    "no changeset": lambda world: forged(world, b"\x00nonsense", NEWEST + 1),
    "a newer magic": lambda world: b"RADAR 9\n" + b"x" * 100,
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_entry_is_left_out_for_everybody_and_the_team_goes_on(world: World, what: str) -> None:
    marta, paul = world.laptops
    log(world, NEWEST + 1).write_bytes(BAD[what](world))
    for laptop in (marta, paul):
        with pytest.raises(RadarError) as error:
            laptop.sync()
        assert f"radar hub void {NEWEST + 1}" in error.value.hint
    assert voiding.void(marta.store, NEWEST + 1).pushed > 0
    paul.edit("customer", paul.ids("customer")[0], ["notes"])
    paul.sync()
    third = world.add()
    world.settle()
    world.check()
    assert third.content() == marta.content()
    assert [one.void for one in audit.history(paul.store) if one.void] == [NEWEST + 1]


def test_a_sound_entry_is_not_left_out(world: World) -> None:
    marta = world.laptops[MARTA]
    with pytest.raises(RadarError, match="sound or not there"):
        voiding.void(marta.store, NEWEST)
    assert not log(world, NEWEST + 2).exists()


def test_an_entry_left_out_is_given_back_and_what_its_author_wrote_is_unsent_again(world: World) -> None:
    """As a laptop does that could read what the others could not."""
    marta, paul = world.laptops
    paul.insert("market", lambda ids: ids[0])
    paul.sync()
    taken = entry(world, NEWEST + 1)
    kept = log(world, NEWEST + 1).read_bytes()
    head = entry(world, NEWEST)
    void = pack(
        replace(head.header, seq=NEWEST + 2, parent=taken.digest, kind="void", void=NEWEST + 1, nonce=""),
        b"",
    )
    log(world, NEWEST + 2).write_bytes(void)
    assert log(world, NEWEST + 1).read_bytes() == kept
    marta.sync()
    backup = paul.back_up()
    # What its author wrote counts as unsent, and goes again.
    assert paul.sync().pushed == 1
    # A file from before goes back over it, and on again.
    paul.restore(backup)
    world.settle()
    assert paul.ids("market") == marta.ids("market")
    world.check()


def test_who_did_not_write_it_gives_it_back(world: World) -> None:
    marta, paul = world.laptops
    world.settle()
    before = marta.ids("market")
    paul.insert("market", lambda ids: ids[0])
    seq = paul.sync().head
    marta.sync()
    taken = entry(world, seq)
    void = replace(entry(world, seq - 1).header, seq=seq + 1, parent=taken.digest, kind="void", void=seq)
    log(world, seq + 1).write_bytes(pack(replace(void, nonce=""), b""))
    assert marta.sync().pushed == 0
    assert marta.ids("market") == before


def test_who_took_an_entry_before_it_rotted_and_was_left_out_joins_again_with_it(world: World) -> None:
    marta, paul = world.laptops
    paul.insert("market", lambda ids: ids[0])
    paul.sync()
    rotten = log(world, NEWEST + 1)
    good = rotten.read_bytes()
    rotten.write_bytes(good[:-1])
    with pytest.raises(HubDamaged) as error:
        paul.sync()
    assert f"This laptop has a good copy: {SyncFolder(paul.store.path).log / rotten.name}" in error.value.hint
    voiding.void(marta.store, NEWEST + 1)
    with pytest.raises(RadarError, match="damaged on the hub and left out for everybody"):
        paul.sync()
    joining.join(paul.store, world.hub)
    world.settle()
    world.check()


def test_an_edit_while_rows_are_counted_is_no_alarm(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    paul, counts = world.laptops[PAUL], Live.counts

    def meanwhile(live: Live) -> dict[str, int]:
        paul.insert("market", lambda ids: ids[0])
        return counts(live)

    monkeypatch.setattr(Live, "counts", meanwhile)
    paul.edit("market", paul.ids("market")[0], ["name"])
    assert paul.sync().pushed == 1


def test_a_void_entry_that_speaks_of_other_bytes_lifts_nothing(world: World) -> None:
    marta = world.laptops[MARTA]
    log(world, NEWEST + 1).write_bytes(b"garbage")
    void = forged(world, b"", NEWEST + 1, seq=NEWEST + 2, parent="0" * 64, kind="void", void=NEWEST + 1)
    log(world, NEWEST + 2).write_bytes(void)
    before = state(marta)
    with pytest.raises(HubDamaged):
        marta.sync()
    assert state(marta) == before


def test_what_was_seen_survives_without_the_file_that_says_so(world: World) -> None:
    marta = world.laptops[MARTA]
    marta.sync()
    (SyncFolder(marta.store.path).folder / "seen.json").write_text("[")
    marta.edit("market", marta.ids("market")[0], ["name"])
    assert marta.sync().pushed == 1
    assert yard.entry(world, NEWEST + 2).header.kind == "change"


# A base that is not what the log comes to


def in_base(laptop: Laptop, sql: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(SyncFolder(laptop.store.path).base)) as base, base:
        assert base.execute(sql, values).rowcount


def test_a_base_that_lost_rows_is_not_compared_with(world: World) -> None:
    """Else what it lost would be sent as new, and stop everybody else."""
    paul = world.laptops[PAUL]
    in_base(paul, "DELETE FROM contact")
    paul.store.local.put("sync_full", "1")
    with pytest.raises(RadarError, match="must join its hub again"):
        paul.sync()
    assert not log(world, NEWEST + 1).exists()
    joining.join(paul.store, world.hub)
    world.settle()
    world.check()


def test_who_wrote_an_entry_from_a_wrong_base_joins_again_once_it_is_left_out(world: World) -> None:
    """Else the same would be sent again, and left out again, for ever."""
    marta, paul = world.laptops
    world.settle()
    id = paul.ids("customer")[0]
    in_base(paul, "UPDATE customer SET city = 'stale', notes = 'stale' WHERE id = ?", id)
    paul.edit("customer", id, ["notes"])
    seq = paul.sync().head
    with pytest.raises(HubDamaged, match="do not fit"):
        marta.sync()
    voiding.void(marta.store, seq)
    with pytest.raises(RadarError, match="must join its hub again"):
        paul.sync()
    joining.join(paul.store, world.hub)
    world.settle()
    world.check()

"""Taking an entry of the log back: what it took comes back for all, what was changed since stays and is a conflict."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.cli.main import main
from radar_tui.errors import RadarError
from radar_tui.store.file.backup import good_backups
from radar_tui.sync import audit, engine
from radar_tui.sync.asking import SyncAnswers
from radar_tui.sync.undo import undo
from tests.sync.pair import EIGHT, Pair, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store

YES = SyncAnswers(take=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def run(store: Store, sql: str, *values: object) -> None:
    with store.transaction() as connection:
        connection.execute(sql, values)


def customer(store: Store, id: str = "c0") -> dict[str, Any]:
    return dict(store.row("SELECT * FROM customer WHERE id = ?", [id]))


def content(store: Store, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.rows(f"SELECT * FROM {table} ORDER BY id")]


def settle(pair: Pair) -> None:
    """Everybody has everything, and the whole log is sound."""
    for _ in range(2):
        engine.sync(pair.one, answers=YES)
        engine.sync(pair.two, answers=YES)
    for table in ("customer", "contact", "visit", "conflict"):
        assert content(pair.one, table) == content(pair.two, table)
    assert audit.verify(pair.one, full=True) == []


def test_what_was_deleted_comes_back_with_its_children_for_all(pair: Pair) -> None:
    before = {table: content(pair.one, table) for table in ("customer", "visit", "contact")}
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    engine.sync(pair.two, answers=YES)
    backups = len(good_backups(pair.two.path))
    done = undo(pair.two, [2], write=True)
    assert {loss.table: loss.rows for loss in done.back} == {"customer": 8, "visit": 8, "contact": 320}
    assert len(good_backups(pair.two.path)) == backups + 1
    settle(pair)
    assert {table: content(pair.one, table) for table in before} == before
    assert count(pair.one, "conflict") == 0


def test_it_says_what_it_would_do_and_does_nothing(pair: Pair) -> None:
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    backups = len(good_backups(pair.one.path))
    plan = undo(pair.one, [2], write=False)
    assert [loss.words for loss in plan.back] == ["1 customer", "40 contacts", "1 visit"]
    assert plan.words()[0].startswith(
        "Brings back 1 customer (Customer 00), 40 contacts (40 contacts of Customer 00)"
    )
    assert count(pair.one, "contact") == 440
    assert pair.one.touched.count() == 0
    assert len(good_backups(pair.one.path)) == backups


def test_one_entry_of_several_brings_back_what_its_rows_belong_to(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contacts went before their customers, in an entry of their own."""
    monkeypatch.setattr(engine, "CHUNK", 41)
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    assert pair.one.local.get("sync_head") == "3"
    undo(pair.one, [2], write=True)
    assert (count(pair.one, "contact"), count(pair.one, "customer")) == (480, 12)
    assert pair.one.rows("PRAGMA foreign_key_check") == []
    settle(pair)


def test_fields_get_their_former_values_and_what_was_edited_since_stays(pair: Pair) -> None:
    run(pair.one, "UPDATE customer SET notes = 'old', city = 'Ulm' WHERE id = 'c0'")
    engine.sync(pair.one)
    run(pair.one, "UPDATE customer SET notes = 'mistaken', city = 'Rome' WHERE id = 'c0'")
    engine.sync(pair.one)
    engine.sync(pair.two)
    run(pair.two, "UPDATE customer SET notes = 'mended', country = 'DE' WHERE id = 'c0'")
    done = undo(pair.two, [3], write=True)
    assert (done.changed, done.conflicts) == (1, 1)
    stands = customer(pair.two)
    assert (stands["notes"], stands["city"], stands["country"]) == ("mended", "Ulm", "DE")
    [found] = pair.two.rows("SELECT * FROM conflict")
    assert (found["tbl"], found["key"], found["col"], found["mine"]) == ("customer", "c0", "notes", '"old"')
    settle(pair)
    assert customer(pair.one)["notes"] == "mended"


def test_what_was_added_goes_unless_it_was_changed_or_is_needed(pair: Pair) -> None:
    for name in ("plain", "edited", "needed"):
        run(pair.one, "INSERT INTO customer (id, name) VALUES (?, ?)", name, name)
    engine.sync(pair.one)
    run(pair.one, "UPDATE customer SET notes = 'x' WHERE id = 'edited'")
    run(pair.one, "INSERT INTO contact (id, customer_id, name) VALUES ('p', 'needed', 'P')")
    done = undo(pair.one, [2], write=True)
    assert [loss.examples for loss in done.gone] == [("plain",)]
    left = {row[0] for row in pair.one.rows("SELECT id FROM customer WHERE length(id) > 4")}
    assert left == {"edited", "needed"}
    assert {row["kind"] for row in pair.one.rows("SELECT kind FROM conflict")} == {
        "deleted here",
        "parent back",
    }
    settle(pair)


def test_a_second_time_it_says_so(pair: Pair) -> None:
    pair.delete(pair.one, "c0")
    run(pair.one, "UPDATE customer SET city = 'Rome' WHERE id = 'c1'")
    engine.sync(pair.one)
    undo(pair.one, [2], write=True)
    with pytest.raises(RadarError, match="Entry 2 is undone already"):
        undo(pair.one, [2], write=True)
    with pytest.raises(RadarError, match="Entry 2 is undone already"):
        undo(pair.one, [2], write=False)


def test_the_undoing_is_undone(pair: Pair) -> None:
    pair.delete(pair.one, "c0")
    run(pair.one, "UPDATE customer SET city = 'Rome' WHERE id = 'c1'")
    engine.sync(pair.one)
    deleted = {table: content(pair.one, table) for table in ("customer", "visit", "contact")}
    undo(pair.one, [2], write=True)
    engine.sync(pair.one)
    assert undo(pair.one, [3], write=False).changed == 1
    undo(pair.one, [3], write=True)
    assert {table: content(pair.one, table) for table in deleted} == deleted
    settle(pair)


def test_a_conflict_that_the_entry_kept_is_not_thrown_away(pair: Pair) -> None:
    run(pair.one, "UPDATE customer SET notes = 'one' WHERE id = 'c0'")
    run(pair.two, "UPDATE customer SET notes = 'two' WHERE id = 'c0'")
    engine.sync(pair.one)
    engine.sync(pair.two)
    assert count(pair.two, "conflict") == 1
    with pytest.raises(RadarError):
        undo(pair.two, [3], write=True)
    assert count(pair.two, "conflict") == 1


def test_an_entry_that_was_not_taken_yet_is_not_undone(pair: Pair) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    with pytest.raises(RadarError, match="Entry 2 is not taken here yet"):
        undo(pair.two, [2], write=True)
    with pytest.raises(RadarError, match="There is no entry 9"):
        undo(pair.two, [9], write=True)


def test_an_entry_that_is_only_on_the_hub_is_read_there(pair: Pair) -> None:
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    engine.sync(pair.two, answers=YES)
    log = pair.two.path.with_name("radar.db.sync") / "log"
    shutil.rmtree(log)
    undo(pair.two, [2], write=True)
    assert count(pair.two, "contact") == 480


def test_one_that_was_replaced_on_the_hub_is_refused(pair: Pair) -> None:
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    run(pair.one, "UPDATE customer SET city = 'Rome' WHERE id = 'c1'")
    engine.sync(pair.one)
    engine.sync(pair.two, answers=YES)
    shutil.rmtree(pair.two.path.with_name("radar.db.sync") / "log")
    [third] = (Path(pair.hub) / "log").glob("*3")
    [second] = (Path(pair.hub) / "log").glob("*2")
    second.write_bytes(third.read_bytes())
    with pytest.raises(RadarError):
        undo(pair.two, [2], write=True)
    assert count(pair.two, "contact") == 440


@pytest.mark.parametrize("step", ["undoing", "undone"])
def test_a_killed_undo_left_nothing_half(pair: Pair, step: str) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    deleted = {table: content(pair.one, table) for table in ("customer", "visit", "contact")}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.sync.killed"], cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"undo 2\t{pair.one.path}\t{pair.hub}\t{step}\n")
        process.stdin.flush()
        assert [process.stdout.readline() for _ in range(2)] == ["go\n", f"{step}\n"]
        process.kill()
    assert pair.one.row("PRAGMA integrity_check")[0] == "ok"
    assert {table: content(pair.one, table) for table in deleted} == deleted
    assert pair.one.touched.count() == 0
    undo(pair.one, [2], write=True)
    settle(pair)
    assert count(pair.two, "contact") == 480


def test_the_command_says_what_it_would_do_and_does_it_when_told(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    db = str(pair.one.path)
    assert main(["hub", "undo", "2", "--db", db]) == 1
    said = capsys.readouterr()
    assert "Brings back 1 customer (Customer 00), 40 contacts (40 contacts of Customer 00)" in said.out
    assert "nothing was changed" in said.err
    assert "radar hub undo 2 --yes" in said.err
    assert count(pair.one, "contact") == 440
    assert main(["hub", "undo", "2", "--yes", "--db", db]) == 0
    assert count(pair.one, "contact") == 480
    assert main(["log", "--entry", "2", "--db", db]) == 0
    said = capsys.readouterr()
    assert "Contact Person 0 taken back" in said.out
    assert len(said.out.splitlines()) > 42

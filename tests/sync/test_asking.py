"""A sync that would take much away asks first, and backs up before it does; ordinary work is never asked about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from radar_tui.cli.main import main
from radar_tui.store.file.backup import good_backups
from radar_tui.store.store import Store
from radar_tui.sync import engine
from radar_tui.sync.asking import Asks, SyncAnswers
from radar_tui.sync.undo import undo
from tests.fresh import NOW
from tests.sync.pair import EIGHT, Pair, count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YES = SyncAnswers(take=True)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def test_a_large_deletion_is_asked_about_and_nothing_of_it_is_taken(pair: Pair) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    with pytest.raises(Asks) as asked:
        engine.sync(pair.two)
    assert (count(pair.two, "customer"), count(pair.two, "contact")) == (12, 480)
    assert pair.two.local.get("sync_head") == "1"
    losses = {loss.table: loss for loss in asked.value.losses}
    assert (losses["customer"].rows, losses["contact"].rows) == (8, 320)
    assert losses["customer"].examples[0] == "Customer 00"
    assert losses["contact"].examples[0] == "40 contacts of Customer 00"
    assert asked.value.entries == (2,)
    assert "336 rows" in asked.value.message
    assert "radar sync --yes" in asked.value.hint
    assert "radar hub undo 2" in asked.value.hint


def test_it_is_taken_with_an_answer_after_a_backup(pair: Pair) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    pair.two.backup.make()
    engine.sync(pair.two, answers=YES)
    assert (count(pair.two, "customer"), count(pair.two, "contact")) == (4, 160)
    backups = good_backups(pair.two.path)
    assert len(backups) == 2
    with Store.open(backups[0]) as kept:
        assert count(kept, "contact") == 480


def test_a_deletion_in_several_entries_is_told_as_one(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 150)
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    with pytest.raises(Asks) as asked:
        engine.sync(pair.two)
    assert sum(loss.rows for loss in asked.value.losses) == 336
    assert asked.value.entries == (2, 3, 4)
    assert pair.two.local.get("sync_head") == "1"
    engine.sync(pair.two, answers=YES)
    assert count(pair.two, "contact") == 160


def test_one_customer_with_its_visits_is_asked_about(pair: Pair) -> None:
    pair.delete(pair.one, "c3")
    engine.sync(pair.one)
    with pytest.raises(Asks):
        engine.sync(pair.two)


def test_ordinary_work_is_not_asked_about(pair: Pair) -> None:
    with pair.one.transaction() as connection:
        connection.execute("DELETE FROM contact WHERE id LIKE 'p%-0%'")  # 120 of 480, but …
        connection.execute("INSERT INTO customer (id, name) VALUES ('new', 'Mistyped')")
    with pytest.raises(Asks):
        engine.sync(pair.one)  # … a quarter of all contacts is not ordinary
        engine.sync(pair.two)
    engine.sync(pair.two, answers=YES)
    with pair.one.transaction() as connection:
        connection.execute("DELETE FROM contact WHERE customer_id IN ('c1', 'c2')")
        connection.execute("DELETE FROM customer WHERE id = 'new'")
    engine.sync(pair.one)
    assert engine.sync(pair.two).pulled == 61


def test_what_was_changed_here_stays_and_is_not_told(pair: Pair) -> None:
    """The edit wins against the deletion, and brings back what it belongs to."""
    with pair.two.transaction() as connection:
        connection.execute("UPDATE contact SET phone = '1'")
    pair.delete(pair.one, "c0")
    engine.sync(pair.one)
    with pytest.raises(Asks) as asked:
        engine.sync(pair.two)
    assert {loss.table for loss in asked.value.losses} == {"customer", "visit"}


def test_after_a_restore_the_next_sync_asks_instead_of_deleting_again(pair: Pair) -> None:
    from radar_tui.store.file.backup import restore

    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    engine.sync(pair.two, answers=YES)
    path = pair.two.path
    pair.two.close()
    restore(path, good_backups(path)[0], NOW)
    pair.two = Store.open(path, clock=lambda: NOW)
    assert count(pair.two, "contact") == 480
    with pytest.raises(Asks):
        engine.sync(pair.two)
    assert count(pair.two, "contact") == 480


def test_the_command_lists_what_would_go_and_fails(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    db = str(pair.two.path)
    assert main(["sync", "--db", db]) == 1
    said = capsys.readouterr()
    assert "320 contacts: 40 contacts of Customer 00, 40 contacts of Customer 01" in said.out
    assert "8 customers: Customer 00, Customer 01, Customer 02, Customer 03, Customer 04, …" in said.out
    assert "would take 336 rows away here" in said.err
    assert main(["sync", "--json", "--db", db]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["asks"], told["entries"]) == ("take", [2])
    assert {loss["table"]: loss["rows"] for loss in told["losses"]} == {
        "customer": 8,
        "contact": 320,
        "visit": 8,
    }
    assert main(["sync", "--yes", "--db", db]) == 0
    assert count(pair.two, "customer") == 4


def test_what_a_later_entry_put_right_is_not_asked_about(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.delete(pair.one, *EIGHT)
    engine.sync(pair.one)
    undo(pair.one, [2], write=True)
    engine.sync(pair.one)
    monkeypatch.setattr(engine, "CHUNK", 150)
    engine.sync(pair.two)
    assert (count(pair.two, "contact"), pair.two.local.get("sync_head")) == (480, "3")


def test_a_keeper_leaves_an_outbox_that_takes_much_away_until_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others' outboxes are moved meanwhile, and it takes itself nothing away."""
    monkeypatch.setenv("OneDrive", str(tmp_path))
    pair = Pair(tmp_path)
    pair.delete(pair.two, *EIGHT)
    engine.sync(pair.two)
    kept = engine.keep(pair.one)
    assert "would take 336 rows away from everybody" in kept.refused[0]
    assert "radar hub keep --yes" in kept.refused[0]
    assert count(pair.one, "contact") == 480
    assert engine.keep(pair.one, answers=YES).refused == ()
    assert count(pair.one, "contact") == 160
    pair.close()

"""Search: the index says what the rows say, whatever happened to them, and nothing that is typed is syntax."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.cli.main import main as run
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.service import Ticket
from radar_tui.errors import RadarError
from radar_tui.store.file.check import faults, repair
from radar_tui.store.ids import new_id
from radar_tui.store.lists import search as module
from radar_tui.store.lists.search import MOST, Search, expression
from radar_tui.store.schema.search_sources import SOURCES
from radar_tui.store.store import Store
from tests.ui.world import build

if TYPE_CHECKING:
    from pathlib import Path


def found(store: Store, words: str) -> list[str]:
    """What the search finds, as `kind title`."""
    search = Search(store)
    if not search.ready:
        search.make()
    search.refresh()
    return [f"{each.kind} {each.title or each.body}" for each in search.find(words)]


def customer(store: Store, name: str, notes: str = "") -> Customer:
    return store.customer.save(Customer(id=new_id(), name=name, notes=notes))


def test_names_stand_before_notes(store: Store) -> None:
    customer(store, "Borealis", "delivers to aurora now and then; aurora aurora aurora")
    customer(store, "Aurora Tissue")
    assert found(store, "aurora") == ["customer Aurora Tissue", "customer Borealis"]


def test_beginnings_of_words_without_accents_in_any_order(store: Store) -> None:
    customer(store, "Mälar Mejeri")
    assert found(store, "mej mala") == ["customer Mälar Mejeri"]
    assert found(store, "MÄL") == ["customer Mälar Mejeri"]
    assert found(store, "ejeri") == []


def test_what_changes_is_found_as_it_is_now(store: Store) -> None:
    row = customer(store, "Aurora")
    assert found(store, "aurora")
    store.customer.change(row, row.model_copy(update={"name": "Borealis"}))
    assert found(store, "aurora") == []
    assert found(store, "borealis") == ["customer Borealis"]
    store.connection.execute("DELETE FROM customer")
    assert found(store, "borealis") == []


def test_what_no_longer_counts_says_so(store: Store) -> None:
    row = customer(store, "Aurora")
    contact = store.contact.save(Contact(id=new_id(), customer_id=row.id, name="Paolo Conti"))
    store.connection.execute("UPDATE contact SET left_on = '2026-01-01' WHERE id = ?", [contact.id])
    store.connection.execute("UPDATE customer SET archived_at = '2026-01-01T00:00:00.000Z'")
    search = Search(store)
    search.make()
    assert [each.off for each in search.find("paolo")] == ["left"]
    assert [each.off for each in search.find("aurora")] == ["archived"]
    store.connection.execute("UPDATE contact SET left_on = NULL")
    assert [each.off for each in search.find("paolo")] == ["archived"], "of an archived customer"


def test_the_follow_up_of_a_voided_answer_says_so(store: Store) -> None:
    world = build(store)
    search = Search(store)
    store.connection.execute("UPDATE follow_up SET cause = 'gasket'")
    search.make()
    assert [each.off for each in search.find("gasket")] == [""]
    store.response.void(store.follow_up.get(world.follow_up).response_id, "asked twice")
    assert {each.off for each in search.find("gasket")} == {"voided"}


def test_nothing_is_noted_before_somebody_searches(store: Store) -> None:
    customer(store, "Aurora")
    assert Search(store).behind == 0
    Search(store).make()
    customer(store, "Borealis")
    assert Search(store).behind == 1


def test_a_change_of_what_is_not_searched_costs_nothing(store: Store) -> None:
    row = customer(store, "Aurora")
    Search(store).make()
    store.customer.change(row, row.model_copy(update={"annual_value": 5}))
    assert Search(store).behind == 0


@pytest.mark.parametrize(
    "words",
    ["", "  ", '"', "* ^ -", "NEAR(a b)", "a AND", "title:x", "\0\x1b[2J", "(", "🙂", "[b]", "'; DROP", "x" * 10_000,
     "w " * 5_000, "日本"],
)  # fmt: skip
def test_nothing_typed_is_syntax(store: Store, words: str) -> None:
    customer(store, "Aurora")
    assert found(store, words) == []


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_makes_an_expression_that_sqlite_takes(words: str) -> None:
    wanted = expression(words)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        if wanted:
            connection.execute("SELECT * FROM t WHERE t MATCH ?", [wanted]).fetchall()


words = st.text("abä[ 0", max_size=4)
changes = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove", "search", "ticket"]), st.integers(0, 5), words),
    max_size=12,
)


@given(changes)
@settings(max_examples=40)
def test_whatever_happens_the_index_is_what_the_rows_say(
    store: Store, given: list[tuple[str, int, str]]
) -> None:
    connection, search = store.connection, Search(store)
    connection.execute("DELETE FROM main.ticket")
    connection.execute("DELETE FROM main.customer")
    search.make()
    connection.execute("INSERT INTO main.customer (id, name) VALUES ('c', 'Aurora')")
    for what, number, text in given:
        if what == "add":
            # As a sync puts a row in: REPLACE, which nothing of Radar's uses, would fire no trigger for the old one.
            connection.execute("DELETE FROM main.customer WHERE id = ?", [f"c{number}"])
            connection.execute(
                "INSERT INTO main.customer (id, name, notes) VALUES (?, ?, '')", [f"c{number}", text]
            )
        elif what == "ticket":
            connection.execute(
                "INSERT OR IGNORE INTO main.ticket (id, customer_id, subject, opened_at) "
                "VALUES (?, 'c', ?, '2026-12-03T11:00:00.000Z')",
                [f"t{number}", text],
            )
        elif what == "change":
            connection.execute("UPDATE main.customer SET notes = ? WHERE id = ?", [text, f"c{number}"])
        elif what == "remove":
            connection.execute("DELETE FROM main.customer WHERE id = ?", [f"c{number}"])
        else:
            search.refresh()
        assert search.wrong() == 0
    search.refresh()
    assert (search.behind, search.wrong()) == (0, 0)
    held = store.rows("SELECT count(*) FROM search_text")[0][0]
    search.forget()
    search.make()
    assert store.rows("SELECT count(*) FROM search_text")[0][0] == held


def test_every_source_can_be_read(store: Store) -> None:
    """Each table is indexed, noted and told of; a column that is not there would fail."""
    row = customer(store, "Aurora")
    store.ticket.save(Ticket(id=new_id(), customer_id=row.id, subject="Pump trips", opened_at=store.clock()))
    Search(store).make()
    for table in SOURCES:
        assert isinstance(module._told_sql(table), str)
        store.rows(module._told_sql(table), ["[]"])
    assert found(store, "pump") == ["ticket Pump trips"]


def test_check_finds_and_repairs_an_index_that_lost_a_row(store: Store) -> None:
    customer(store, "Aurora")
    assert found(store, "aurora")
    store.connection.execute("DELETE FROM search_text")
    [fault] = faults(store)
    assert fault.words == "The search does not know 1 row as it is."
    repair(store)
    assert faults(store) == []
    assert found(store, "aurora")


def test_without_fts5_it_says_so_and_all_else_is_saved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_INDEX", "CREATE VIRTUAL TABLE search_text USING fts99(title, body)")
    with pytest.raises(RadarError, match="cannot search"):
        Search(store).make()
    assert not Search(store).ready
    customer(store, "Aurora")
    assert Search(store).behind == 0


def test_an_index_of_another_python_is_no_damage_to_one_without_fts5(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    row = customer(store, "Aurora")
    assert found(store, "aurora")
    store.connection.execute("PRAGMA writable_schema = ON")
    store.connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'fts5', 'fts99') WHERE name = 'search_text'"
    )
    store.connection.execute("DROP TRIGGER customer_due_visit_added")
    with store.again() as without:
        without.customer.change(row, row.model_copy(update={"notes": "pump"}))
        for search in (Search(without).refresh, Search(without).make, lambda: Search(without).find("pump")):
            with pytest.raises(RadarError, match="cannot search"):
                search()
        assert [fault.words for fault in faults(without)] == [
            "The trigger customer_due_visit_added is missing."
        ]
    assert run(["check", "--repair", "--db", str(store.path)]) == 0
    said = capsys.readouterr().out
    assert "Put right: 1 thing" in said
    assert "Not looked at: the search." in said
    assert "is sound" in said


def test_two_that_make_the_index_make_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes when the first is half through, and gives up: neither loses what the other has read."""
    monkeypatch.setattr(module, "_PIECE", 3)
    for number in range(30):
        customer(store, f"Aurora {number}")
    asked: list[int] = []

    def of_the_other() -> bool:
        asked.append(0)
        return len(asked) > 2

    def stop() -> bool:
        asked.append(1)
        if asked.count(1) == 6:
            with store.again() as other:
                Search(other).make(of_the_other)
        return False

    Search(store).make(stop)
    assert Search(store).ready
    assert len(found(store, "aurora")) == 30
    assert Search(store).wrong() == 0


def test_an_index_left_half_made_is_gone_on_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 3)
    rows = [customer(store, f"Aurora {number}") for number in range(10)]
    left = iter([False, False, True])
    Search(store).make(lambda: next(left))
    assert not Search(store).ready
    held = store.rows("SELECT count(*) FROM search_place")[0][0]
    assert 0 < held < 10
    store.customer.change(rows[0], rows[0].model_copy(update={"name": "Borealis"}))
    Search(store).make()
    assert len(found(store, "aurora")) == 9
    assert found(store, "borealis") == ["customer Borealis"]


def test_the_best_are_shown_of_very_many(store: Store) -> None:
    store.customer.save_all([Customer(id=new_id(), name=f"Same {number}") for number in range(MOST + 20)])
    assert len(found(store, "same")) == MOST


_SEARCHING = """
import sys
from pathlib import Path
from radar_tui.store.lists.search import Search
from radar_tui.store.store import Store
with Store.open(Path(sys.argv[1])) as store:
    print("begins", flush=True)
    while True:
        Search(store).forget()
        Search(store).make()
        store.connection.execute("UPDATE customer SET notes = notes || 'x'")
        Search(store).refresh()
"""


def test_killed_while_indexing_the_next_search_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    with Store.open(path) as store:
        store.customer.save_all([Customer(id=new_id(), name=f"Aurora {number}") for number in range(500)])
    for delay in (0.0, 0.01, 0.03, 0.05):
        with subprocess.Popen(
            [sys.executable, "-c", _SEARCHING, os.fspath(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begins\n"
            time.sleep(delay)
            process.kill()
        with Store.open(path) as store:
            assert len(found(store, "aurora")) == MOST
            assert faults(store) == []

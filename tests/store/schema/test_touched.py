"""What is changed in a file with a hub is noted, on every way a row is written, and told in words."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.action import Action
from radar_tui.domain.conflict import Conflict
from radar_tui.domain.customer import Contact, Customer, Market
from radar_tui.domain.integrity import Finding, Item
from radar_tui.domain.opportunity import Opportunity, OpportunityLine, Part
from radar_tui.domain.promise import Promise, PromiseCheck
from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.domain.visit import Answer, Attendee, Visit
from radar_tui.store.file import check
from radar_tui.store.file.backup import write_backup
from radar_tui.store.ids import new_id
from radar_tui.store.schema.touched import CHANGED_UNSEEN, MOST_TOLD, SYNCED, TRIGGERS, Unsynced
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tests.store.conftest import Plant

LOCAL = {"local", "touched", "customer_due", "quarter_count", "search_stale", "_sqlite_migrations"}
"""Tables that never travel (design §3, §7)."""


def join(store: Store) -> None:
    """As if the file had a hub from now on."""
    store.connection.execute("INSERT INTO local (key, value) VALUES ('hub_id', 'h')")
    store.connection.execute("DELETE FROM touched")


def noted(store: Store) -> set[tuple[str, str]]:
    return {(row[0], row[1]) for row in store.rows("SELECT tbl, key FROM touched")}


def everything(store: Store) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Every synced row by its key."""
    return {
        (table, row["id"]): tuple(row) for table in SYNCED for row in store.rows(f"SELECT * FROM {table}")
    }


def test_every_table_either_travels_or_stays(store: Store) -> None:
    tables = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(SYNCED) | LOCAL == tables
    assert not set(SYNCED) & LOCAL
    assert len(set(SYNCED)) == len(SYNCED)


def test_parents_come_before_children(store: Store) -> None:
    keys = [
        (table, row["table"]) for table in SYNCED for row in store.rows(f"PRAGMA foreign_key_list({table})")
    ]
    assert len(keys) > 30
    assert [key for key in keys if SYNCED.index(key[1]) >= SYNCED.index(key[0])] == []


def test_a_file_without_a_hub_notes_nothing(store: Store) -> None:
    customer = store.customer.save(Customer(id=new_id(), name="Aurora"))
    store.customer.change(customer, customer.model_copy(update={"name": "Borealis"}))
    store.customer.delete(customer.id)
    assert noted(store) == set()
    assert (store.touched.count(), store.touched.words()) == (0, [])


@pytest.mark.parametrize("table", SYNCED)
def test_each_table_notes_what_is_added_changed_and_gone(plant: Plant, table: str) -> None:
    store = plant.store
    join(store)
    connection = store.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    columns = [row["name"] for row in store.rows(f"PRAGMA table_info({table})")]
    # A row of any table: defaults where there are some, and for the rest the first word its CHECK allows.
    needed = store.rows(f"PRAGMA table_info({table})")
    given_values: dict[str, Any] = {"id": "new"}
    for column in needed:
        if column["name"] != "id" and column["notnull"] and column["dflt_value"] is None:
            given_values[column["name"]] = {
                "verdict": "serviceable",
                "kind": "service",
                "play": "learn",
                "perspective": "internal",
                "question": "recommend",
            }.get(column["name"], "1" if column["type"] == "TEXT" else 1)
    names, marks = ", ".join(given_values), ", ".join("?" for _ in given_values)
    connection.execute(f"INSERT INTO main.{table} ({names}) VALUES ({marks})", [*given_values.values()])
    assert noted(store) == {(table, "new")}
    for column in columns[1:]:
        connection.execute("DELETE FROM touched")
        connection.execute(f"UPDATE main.{table} SET {column} = {column} WHERE id = 'new'")
        assert noted(store) == {(table, "new")}, column
    connection.execute("DELETE FROM touched")
    connection.execute(f"UPDATE main.{table} SET id = 'renamed' WHERE id = 'new'")
    assert noted(store) == {(table, "new"), (table, "renamed")}
    connection.execute("DELETE FROM touched")
    connection.execute(f"DELETE FROM main.{table} WHERE id = 'renamed'")
    assert noted(store) == {(table, "renamed")}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO market (id, name) VALUES ('m', 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        "INSERT OR REPLACE INTO market (id, name) VALUES ('m', 'x')",
        "REPLACE INTO market (id, name) VALUES ('m', 'x')",
        "INSERT OR IGNORE INTO market (id, name) VALUES ('m', 'x'), ('n', 'y')",
        "UPDATE OR ABORT market SET name = 'x'",
        "UPDATE OR FAIL market SET name = 'x'",
        "UPDATE OR ROLLBACK market SET name = 'x'",
        "UPDATE market SET name = 'x'",
        "DELETE FROM market",
    ],
)
def test_a_row_noted_before_stops_no_way_of_writing_it(store: Store, statement: str) -> None:
    join(store)
    store.market.save(Market(id="m", name="Tissue"))
    with store.transaction() as connection:
        connection.execute(statement)
        connection.execute(statement)
        connection.executemany("UPDATE market SET name = ? WHERE id = 'm'", [["a"], ["b"]])
    assert noted(store) - {("market", "n")} == {("market", "m")}


def test_an_edit_that_was_undone_notes_nothing(store: Store) -> None:
    join(store)
    with pytest.raises(ValueError, match="stop"), store.transaction():
        store.market.save(Market(id="m", name="Tissue"))
        raise ValueError("stop")
    assert noted(store) == set()


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["save", "save_all", "change", "delete", "verdict", "answer", "undone", "note"]),
        st.integers(0, 3),
        st.text("ab", max_size=1),
    ),
    max_size=14,
)


def edit(store: Store, visit: str, how: str, which: int, text: str) -> None:
    """One edit as the app makes it."""
    item = store.item.find(f"W-{which + 1}")
    match how:
        case "save":
            store.market.save(Market(id=f"m{which}", name=text or "x"))
        case "save_all":
            store.market.save_all(Market(id=f"m{n}", name=text or "x") for n in range(which))
        case "delete":
            store.market.delete(f"m{which}")
        case "change" if item is not None:
            store.item.change(item, item.model_copy(update={"model": text}))
        case "verdict" if item is not None:
            store.finding.grade(visit, item.id, "deteriorating" if text else "unserviceable")
        case "answer":
            store.connection.execute("DELETE FROM answer WHERE question = 'q'")
            if text:
                store.answer.save(
                    Answer(id=f"a{which}", visit_id=visit, question="q", answered_at=store.clock())
                )
        case "undone":
            with pytest.raises(ValueError, match="stop"), store.transaction():
                store.market.save(Market(id=f"m{which}", name=text or "x"))
                raise ValueError("stop")
        case "note":
            store.connection.executemany(
                "UPDATE contact SET phone = ? WHERE id = ?", [[text, "ada"], ["", "bo"]]
            )


@settings(max_examples=40)
@given(edits=EDITS)
def test_whatever_differs_from_before_was_noted(
    edits: list[tuple[str, int, str]], tmp_path: Path, plant: Plant
) -> None:
    store = plant.store
    store.connection.execute("DELETE FROM local WHERE key = 'hub_id'")
    join(store)
    before = everything(store)
    for how, which, text in edits:
        edit(store, plant.visit.id, how, which, text)
    after = everything(store)
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert differ <= noted(store)
    if not edits:
        assert noted(store) == set()


def test_the_count_is_bounded_and_quick_enough_for_the_header(store: Store) -> None:
    join(store)
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO touched (tbl, key) VALUES ('item', ?)", [[f"{n:06}"] for n in range(20_000)]
        )
    assert (store.touched.count(), store.touched.count(50)) == (1000, 50)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        store.touched.count()
        times.append(time.perf_counter() - start)
    assert sorted(times)[10] < 0.001


def test_triggers_that_are_gone_or_changed_are_not_trusted(store: Store) -> None:
    assert store.touched.trusted()
    store.connection.execute("DROP TRIGGER touched_item_gone")
    assert not store.touched.trusted()
    store.touched.set_up_again()
    assert store.touched.trusted()
    assert store.rows("SELECT * FROM local") == [], "without a hub there is nothing to compare with"
    store.connection.execute("DROP TRIGGER touched_item_gone")
    store.connection.execute("CREATE TRIGGER touched_item_gone AFTER DELETE ON item BEGIN SELECT 1; END")
    assert not store.touched.trusted()
    join(store)
    store.touched.set_up_again()
    assert store.row("SELECT value FROM local WHERE key = 'sync_full'")[0] == CHANGED_UNSEEN


def test_a_repair_that_brings_a_trigger_back_asks_for_a_full_comparison(store: Store) -> None:
    join(store)
    check.repair(store)
    assert store.row("SELECT value FROM local WHERE key = 'sync_full'") is None
    store.connection.execute("DROP TRIGGER touched_part_changed")
    assert "The trigger touched_part_changed is missing." in [fault.words for fault in check.faults(store)]
    check.repair(store)
    assert store.touched.trusted()
    assert store.row("SELECT value FROM local WHERE key = 'sync_full'")[0] == CHANGED_UNSEEN


def test_a_copy_takes_along_what_was_noted(store: Store) -> None:
    join(store)
    store.market.save(Market(id="m", name="Tissue"))
    copy = write_backup(store.connection, store.path, store.clock())
    with Store.open(copy, clock=store.clock) as other:
        assert other.touched.trusted()
        assert noted(other) == {("market", "m")}


def test_there_is_a_trigger_for_everything_that_can_happen_to_a_row(store: Store) -> None:
    there = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert {f"touched_{table}_{what}" for table in SYNCED for what in ("added", "changed", "gone")} == set(
        TRIGGERS
    )
    assert set(TRIGGERS) <= there


def fill(plant: Plant) -> None:
    """A row of every kind at Aurora, besides what the plant has."""
    store, visit = plant.store, plant.visit.id
    now, today = store.clock(), date(2026, 12, 3)
    store.counterpart.save(Counterpart(id="pair", contact_id="ada", colleague_id="marta"))
    store.connection.execute(
        "INSERT INTO attendee (id, visit_id, contact_id) VALUES ('at', ?, 'ada')", [visit]
    )
    store.answer.save(Answer(id="an", visit_id=visit, question="q", answered_at=now))
    store.finding.save(Finding(id="fi", visit_id=visit, item_id="W-1", verdict="serviceable", found_at=now))
    store.opportunity.save(Opportunity(id="op", customer_id="aurora", kind="spares", title="Seals"))
    store.connection.execute("INSERT INTO opportunity_line (id, opportunity_id) VALUES ('li', 'op')")
    store.connection.execute(
        "INSERT INTO response (id, customer_id, contact_id, question, score, asked_on) "
        "VALUES ('re', 'aurora', 'ada', 'recommend', 3, '2026-12-03')"
    )
    store.connection.execute(
        "INSERT INTO follow_up (id, response_id, play, due_at) "
        "VALUES ('fo', 're', 'recover', '2026-12-04T16:00:00.000Z')"
    )
    store.measure.save(
        Measure(id="me", customer_id="aurora", perspective="internal", name="Uptime", worst=0, best=100)
    )
    store.connection.execute(
        "INSERT INTO reading (id, measure_id, as_of, value) VALUES ('rd', 'me', '2026-12-01', 97)"
    )
    store.promise.save(Promise(id="pr", title="On time", made_on=today))
    store.connection.execute(
        "INSERT INTO promise_check (id, promise_id, visit_id) VALUES ('pc', 'pr', ?)", [visit]
    )
    store.conflict.save(Conflict(id="co", kind="both changed", tbl="item", key="W-1", col="model", at=now))


def test_the_customer_of_every_kind_of_row(plant: Plant) -> None:
    fill(plant)
    store = plant.store
    aurora = ("aurora", "Aurora")
    keys = {
        "customer": "aurora", "contact": "ada", "counterpart": "pair", "item": "W-1", "visit": plant.visit.id,
        "attendee": "at", "answer": "an", "finding": "fi", "opportunity": "op", "opportunity_line": "li",
        "response": "re", "follow_up": "fo", "measure": "me", "reading": "rd", "promise_check": "pc", "conflict": "co",
    }  # fmt: skip
    assert store.touched.customers_of(keys.items()) == dict.fromkeys(keys.items(), aurora)
    nobody = [
        ("part", "unit"),
        ("promise", "pr"),
        ("colleague", "marta"),
        ("finding", "gone"),
        ("conflict", "gone"),
    ]
    assert store.touched.customers_of(nobody) == dict.fromkeys(nobody, (None, ""))
    assert store.touched.customers_of([("no such table", "x")]) == {("no such table", "x"): (None, "")}
    assert store.touched.customers_of([]) == {}


def test_each_table_has_its_way_to_the_customer(store: Store) -> None:
    from radar_tui.domain.changes import OF_CUSTOMER, REFERENCES, WAY_TO_CUSTOMER

    of = {
        t
        for t in SYNCED
        if any(row["name"] == "customer_id" for row in store.rows(f"PRAGMA table_info({t})"))
    }
    assert of == set(OF_CUSTOMER)
    keys = {
        (table, row["from"]): row["table"]
        for table in SYNCED
        for row in store.rows(f"PRAGMA foreign_key_list({table})")
    }
    for table, (column, through) in WAY_TO_CUSTOMER.items():
        assert keys[table, column] == through
        assert through in OF_CUSTOMER
    assert {column: parent for (_, column), parent in keys.items()} == REFERENCES


def test_what_is_unsynced_in_words(plant: Plant) -> None:
    store = plant.store
    store.customer.save(Customer(id="zephyr", name="Zephyr"))
    join(store)
    for tag in ("W-1", "W-2"):
        store.finding.grade(plant.visit.id, tag, "serviceable")
    store.visit.save(
        Visit(id="next", customer_id="aurora", checklist_id="checklist", planned_on=date(2027, 3, 1))
    )
    store.part.save(Part(id="new", sku="N", name="New"))
    store.customer.change(
        before := store.customer.get("zephyr"), before.model_copy(update={"annual_value": 1000})
    )
    store.action.save(Action(id="call", customer_id="zephyr", title="Call"))
    store.answer.save(Answer(id="an", visit_id=plant.visit.id, question="q", answered_at=store.clock()))
    store.answer.delete("an")
    assert store.touched.words() == [
        Unsynced("aurora", "Aurora", "2 findings, next visit", 3),
        Unsynced("zephyr", "Zephyr", "details, 1 action", 2),
        Unsynced(None, "Everything else", "1 part, 1 answer taken back", 2),
    ]
    assert store.touched.count() == 7


def test_a_whole_import_is_not_told_row_by_row(store: Store) -> None:
    store.customer.save(Customer(id="aurora", name="Aurora"))
    join(store)
    store.item.save_all(Item(id=f"{n}", customer_id="aurora", tag=f"W-{n}") for n in range(MOST_TOLD + 10))
    [aurora, more] = store.touched.words()
    assert (aurora.words, aurora.rows) == ("5,000 items", MOST_TOLD)
    assert (more.customer, more.words) == ("And more", "only 5,000 changes are told here")


def test_the_sample_and_its_models_are_written_on_noted_ways(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """The generator writes without a hub; a file that has one notes the same rows."""
    from tests.sample.build import build

    with Store.open(build(tmp_path / "sample.db"), clock=clock) as store:
        assert store.touched.trusted()
        assert noted(store) == set()
        join(store)
        with store.transaction() as connection:
            for table in SYNCED:
                connection.execute(f"UPDATE {table} SET id = id")
        assert noted(store) == everything(store).keys()


@pytest.mark.parametrize("model", [Attendee, OpportunityLine, Reading, PromiseCheck, Colleague, Contact])
def test_models_name_only_columns_that_words_know(model: type[Any]) -> None:
    from radar_tui.domain.changes import column_words

    assert all("_" not in column_words("x", column) for column in model.model_fields)

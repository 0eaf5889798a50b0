"""Conflicts: what is open in words, and deciding them in the rows."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.conflict import Conflict
from radar_tui.domain.customer import Contact
from radar_tui.domain.days import iso
from radar_tui.domain.opportunity import Opportunity, OpportunityLine
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.conflict import OpenConflict, open_count, open_rows

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store
    from tests.store.conftest import Plant


def clash(
    store: Store,
    table: str,
    key: str,
    column: str | None,
    base: object,
    kept: object,
    mine: object,
    **more: Any,
) -> str:
    """One open conflict; its id."""
    texts = [json.dumps(value) for value in (base, kept, mine)]
    kind = more.pop("kind", "both changed")
    id = fact_id("conflict", kind, table, key, column or "", *texts)
    known = {"author": "Olof", "device": "d", "entry": 7, "at": store.clock(), **more}
    named = dict(zip(("base", "kept", "mine"), texts, strict=True))
    store.conflict.save(
        Conflict.model_validate(
            {"id": id, "kind": kind, "tbl": table, "key": key, "col": column, **named, **known}
        )
    )
    return id


def whole(store: Store, table: str, id: str) -> dict[str, Any]:
    return dict(store.row(f"SELECT * FROM {table} WHERE id = ?", [id]))


def read(one: OpenConflict) -> tuple[str, str, str, bool]:
    """Of a question about one field: before, what stands, what another wrote, and whether it changed since."""
    return one.base[0], one.sides[0].texts[0], one.sides[-1].texts[0], not one.sides[0].writers


def edit(store: Store, id: str, text: str) -> None:
    """Another value for the field of a conflict."""
    store.conflict.edit(id, {store.conflict.get(id).col or "": text})


def resolution(store: Store, id: str) -> str | None:
    return store.conflict.get(id).resolution


def model_of(store: Store) -> str:
    return store.item.get("W-1").model


def test_open_conflicts_in_words(plant: Plant) -> None:
    store = plant.store
    store.opportunity.save(
        Opportunity(id="o", customer_id="aurora", kind="spares", title="Seals", currency="GBP")
    )
    store.connection.execute(
        "INSERT INTO opportunity_line (id, opportunity_id, unit_price) VALUES ('l', 'o', 300)"
    )
    clash(store, "item", "W-1", "model", "RX-20", "RX-40", "RX-60")
    clash(
        store, "item", "W-1", "installed_on", None, None, "2026-07-14", at=store.clock() - timedelta(days=1)
    )
    clash(store, "opportunity_line", "l", "unit_price", 100, 300, 250)
    clash(store, "part", "unit", "lead_days", 7, 14, 9)
    clash(store, "customer", "aurora", "owner_id", None, "olof", "marta", author="Marta")
    decided = clash(store, "part", "unit", "name", "a", "b", "c")
    store.conflict.keep_theirs([decided])
    assert open_count(store) == 5
    rows = open_rows(store)
    assert [(row.customer, row.words) for row in rows] == [
        ("Aurora", "Customer Aurora"),
        ("Aurora", "Item W-1"),
        ("Aurora", "Line Seals"),
        ("", "Part R RX-40 unit"),
    ]
    fields = {f"{row.table} {c.words}": read(c) for row in rows for c in row.conflicts}
    assert fields == {
        "customer BRM": ("–", "Olof", "Marta", False),
        "item installed on": ("–", "–", "14 Jul", False),
        "item model": ("RX-20", "RX-40", "RX-60", False),
        "opportunity_line unit price": ("£ 1", "£ 3", "£ 2.50", False),
        "part lead time in days": ("7", "21", "9", True),
    }
    [customer] = rows[0].conflicts
    [writer] = customer.sides[1].writers
    assert (writer.author, writer.last, customer.columns) == ("Marta", iso(store.clock()), ("owner_id",))
    assert rows[2].key == "l"


def test_the_newest_are_shown_when_there_are_too_many(plant: Plant) -> None:
    store = plant.store
    for number in range(6):
        at = store.clock() + timedelta(hours=number)
        clash(store, "part", "unit", "name", "", "R RX-40 unit", f"X{number}", at=at)
        clash(store, "item", f"W-{number}", "model", "", "RX-40", "RX-99", at=at + timedelta(minutes=1))
    assert [row.key for row in open_rows(store, limit=4)] == ["W-4", "W-5", "unit"]
    [part] = [row for row in open_rows(store, limit=4) if row.key == "unit"]
    # Of a question that is shown no side is left out.
    assert [side.texts[0] for side in part.conflicts[0].sides[1:]] == [f"X{number}" for number in range(6)]
    assert open_count(store) == 7


def test_an_answer_is_shown_and_edited_as_its_question_asks(plant: Plant) -> None:
    store = plant.store
    refurbishment = next(checklist for checklist in shipped() if checklist.key == "refurbishment")
    asked = next(q for step in refurbishment.steps for q in step.questions if q.type == "yes/no")
    store.connection.execute("DELETE FROM visit")
    store.connection.execute("DELETE FROM checklist")
    visit = store.visit.start("aurora", store.checklist.pin(refurbishment), "marta")
    store.answer.answer(visit.id, asked.key, "yes")
    [given] = store.answer.where()
    id = clash(store, "answer", given.id, "value", None, "yes", "no")
    [row] = open_rows(store)
    assert row.words == f"Answer to “{asked.ask}”"
    assert read(row.conflicts[0])[1:3] == ("Yes", "No")
    with pytest.raises(RadarError, match="“value” is"):
        edit(store, id, "perhaps")
    edit(store, id, "N")
    assert store.answer.get(given.id).value == "no"


def test_keeping_theirs_leaves_the_row(plant: Plant) -> None:
    store = plant.store
    ids = [clash(store, "item", "W-1", column, "x", "y", "z") for column in ("model", "tag")]
    before = whole(store, "item", "W-1")
    store.conflict.keep_theirs(ids)
    assert whole(store, "item", "W-1") == before
    assert [resolution(store, id) for id in ids] == ["kept theirs", "kept theirs"]
    assert open_rows(store) == []
    for decide in (store.conflict.keep_theirs, store.conflict.take_mine):
        with pytest.raises(RadarError, match="decided meanwhile"):
            decide(ids)
    with pytest.raises(RadarError, match="decided meanwhile"):
        edit(store, ids[0], "RX-60")


def test_taking_mine_writes_the_fields_and_travels(plant: Plant) -> None:
    store = plant.store
    ids = [
        clash(store, "item", "W-1", "model", "", "RX-40", "RX-60"),
        clash(store, "item", "W-1", "installed_on", None, None, "2026-07-14"),
        clash(store, "customer", "aurora", "annual_value", 0, 0, 1240),
    ]
    store.connection.execute("INSERT INTO local (key, value) VALUES ('hub_id', 'h')")
    store.conflict.take_mine(ids)
    item = store.item.get("W-1")
    assert (item.model, item.installed_on, item.tag) == ("RX-60", date(2026, 7, 14), "W-1")
    assert store.customer.get("aurora").annual_value == 1240
    touched = {tuple(row) for row in store.rows("SELECT tbl, key FROM touched")}
    assert touched == {("item", "W-1"), ("customer", "aurora"), *(("conflict", id) for id in ids)}
    assert {resolution(store, id) for id in ids} == {"took mine"}


def test_what_was_changed_since_is_shown_and_may_still_be_decided(plant: Plant) -> None:
    store = plant.store
    id = clash(store, "item", "W-1", "model", "", "RX-40", "RX-60")
    store.item.change(before := store.item.get("W-1"), before.model_copy(update={"model": "RX-99"}))
    [row] = open_rows(store)
    assert read(row.conflicts[0])[1::2] == ("RX-99", True)
    store.conflict.take_mine([id])
    assert model_of(store) == "RX-60"


def test_mine_of_columns_that_belong_together_is_written_at_once(plant: Plant) -> None:
    store = plant.store
    moment = "2026-12-03T09:00:00.000Z"
    ids = [
        clash(store, "visit", plant.visit.id, "status", "planned", "in progress", "completed"),
        clash(store, "visit", plant.visit.id, "completed_at", None, None, moment),
    ]
    store.conflict.take_mine(ids[:1])
    assert open_count(store) == 0
    assert whole(store, "visit", plant.visit.id)["completed_at"] == moment


def test_a_row_that_was_kept_only_here_comes_in_whole(plant: Plant) -> None:
    store = plant.store
    finding = {"id": "f", "visit_id": "v", "item_id": "W-1", "verdict": "serviceable", "measure": None,
               "note": "", "found_at": "2026-12-03T09:00:00.000Z"}  # fmt: skip
    visit = {**whole(store, "visit", plant.visit.id), "id": "v"}
    ids = [
        clash(store, "finding", "f", None, None, None, finding, kind="parent gone"),
        clash(store, "visit", "v", None, None, None, visit, kind="parent gone"),
    ]
    rows = {row.table: row for row in open_rows(store)}
    assert rows["finding"].words == "Finding on W-1"
    assert (rows["visit"].customer_id, rows["visit"].customer) == ("aurora", "Aurora")
    told = rows["finding"].conflicts[0]
    assert (told.words, *read(told)[:2]) == ("the whole row", "–", "not there")
    assert "verdict: serviceable" in read(told)[2]
    with pytest.raises(RadarError, match="refers to is not there"):
        store.conflict.take_mine(ids[:1])
    with pytest.raises(RadarError, match="a whole row"):
        edit(store, ids[0], "deteriorating")
    store.conflict.take_mine(ids)
    assert whole(store, "finding", "f") == {**finding, "ours": None}
    assert whole(store, "visit", "v") == visit


def test_a_refused_mix_is_taken_without_what_others_wrote_since(plant: Plant) -> None:
    store = plant.store
    base = whole(store, "item", "W-1")
    mine = {**base, "model": "RX-60"}
    id = clash(store, "item", "W-1", None, base, base, mine, kind="refused")
    store.item.change(before := store.item.get("W-1"), before.model_copy(update={"tag": "W-001"}))
    [row] = open_rows(store)
    assert read(row.conflicts[0])[1:3] == ("tag: W-001", "model: RX-60")
    store.conflict.take_mine([id])
    item = store.item.get("W-1")
    assert (item.tag, item.model) == ("W-001", "RX-60")


def test_delete_against_edit(plant: Plant) -> None:
    store = plant.store
    store.finding.grade(plant.visit.id, "W-1", "serviceable")
    [base] = [dict(row) for row in store.rows("SELECT * FROM finding")]
    edited = {**base, "verdict": "deteriorating"}
    store.connection.execute("UPDATE finding SET verdict = 'deteriorating'")
    there = clash(store, "finding", base["id"], None, base, edited, edited, kind="deleted there")
    [row] = open_rows(store)
    assert read(row.conflicts[0])[1:3] == ("verdict: deteriorating", "verdict: deteriorating")
    store.conflict.take_mine([there])
    assert whole(store, "finding", base["id"]) == edited
    here = clash(store, "finding", base["id"], None, base, edited, None, kind="deleted here")
    [row] = open_rows(store)
    assert read(row.conflicts[0])[1:3] == ("verdict: deteriorating", "taken back")
    assert not read(row.conflicts[0])[3]
    store.conflict.take_mine([here])
    assert store.finding.where() == []


def test_a_parent_that_is_needed_is_not_taken_back(plant: Plant) -> None:
    store = plant.store
    item = whole(store, "item", "W-1")
    store.finding.grade(plant.visit.id, "W-1", "serviceable")
    id = clash(store, "item", "W-1", None, item, item, None, kind="parent back")
    with pytest.raises(RadarError, match="still refers"):
        store.conflict.take_mine([id])
    assert resolution(store, id) is None
    store.conflict.keep_theirs([id])
    assert store.item.find("W-1") is not None


def test_a_field_of_a_row_that_is_gone(plant: Plant) -> None:
    store = plant.store
    id = clash(store, "market", "m", "name", "a", "b", "c")
    [row] = open_rows(store)
    assert (row.words, *read(row.conflicts[0])[1::2]) == (
        "Market",
        "taken back",
        True,
    )
    with pytest.raises(RadarError, match="no longer there"):
        store.conflict.take_mine([id])
    with pytest.raises(RadarError, match="no longer there"):
        edit(store, id, "d")
    store.conflict.keep_theirs([id])
    with pytest.raises(RadarError, match="no longer there"):
        store.conflict.keep_theirs(["no such conflict"])


@pytest.mark.parametrize(
    ("table", "key", "column", "text", "value"),
    [
        ("customer", "aurora", "annual_value", "€ 1,240.50", 124_050),
        ("customer", "aurora", "kind", "Service", "service"),
        ("customer", "aurora", "cadence_days", "60", 60),
        ("customer", "aurora", "notes", "", ""),
        ("customer", "aurora", "notes", " as typed [x] ", " as typed [x] "),
        ("customer", "aurora", "archived_at", "3 Dec 2026 9:05", "2026-12-03T08:05:00.000Z"),
        ("item", "W-1", "installed_on", "3.12.2026", "2026-12-03"),
        ("item", "W-1", "installed_on", " ", None),
        ("colleague", "marta", "direct_contact", "yes", 1),
    ],
)
def test_an_edit_is_read_as_its_column_is_shown(
    plant: Plant, table: str, key: str, column: str, text: str, value: object
) -> None:
    store = plant.store
    id = clash(store, table, key, column, None, None, None)
    edit(store, id, text)
    assert whole(store, table, key)[column] == value
    assert resolution(store, id) == "edited"


@pytest.mark.parametrize(
    ("table", "key", "column", "text"),
    [
        ("customer", "aurora", "annual_value", "a lot"),
        ("customer", "aurora", "annual_value", "-5"),
        ("customer", "aurora", "kind", "friend"),
        ("customer", "aurora", "name", " "),
        ("customer", "aurora", "cadence_days", "1000"),
        ("customer", "aurora", "cadence_days", "nan"),
        ("customer", "aurora", "owner_id", "Marta"),
        ("customer", "aurora", "archived_at", "noon"),
        ("item", "W-1", "installed_on", "31.2.2026"),
        ("colleague", "marta", "direct_contact", "maybe"),
        ("customer", "aurora", "name = 'x' --", "x"),
        ("local", "me", "value", "x"),
        ("conflict", "c", "mine", "x"),
    ],
)
def test_an_edit_that_the_field_cannot_hold_changes_nothing(
    plant: Plant, table: str, key: str, column: str, text: str
) -> None:
    store = plant.store
    id = clash(store, table, key, column, None, None, None)
    before = list(store.connection.iterdump())
    with pytest.raises(RadarError):
        edit(store, id, text)
    assert list(store.connection.iterdump()) == before


@pytest.mark.parametrize(
    ("table", "column", "mine"),
    [
        ("item; DROP TABLE item", "tag", "x"),
        ("item", "tag = 'x', model", "x"),
        ("item", "tag", None),
        ("item", "tag", ["a"]),
        ("item", None, {"tag": "x", "new_column": 1}),
        ("item", "new_column", 1),
        ("sqlite_master", "sql", ""),
        ("touched", None, {"tbl": "x", "key": "y"}),
        ("conflict", "resolution", "took mine"),
    ],
)
def test_a_hostile_conflict_is_shown_and_writes_nothing(
    plant: Plant, table: str, column: str | None, mine: object
) -> None:
    store = plant.store
    id = clash(store, table, "W-1", column, {}, [1], mine, author="\x1b[2J")
    assert len(open_rows(store)) == (table != "conflict")
    before = list(store.connection.iterdump())
    with pytest.raises(RadarError):
        store.conflict.take_mine([id])
    assert list(store.connection.iterdump()) == before
    store.conflict.keep_theirs([id])


def test_values_that_are_not_json_are_shown_as_they_are(plant: Plant) -> None:
    store = plant.store
    known = {
        "id": "c",
        "kind": "both changed",
        "tbl": "item",
        "key": "W-1",
        "col": "model",
        "at": store.clock(),
    }
    store.conflict.save(Conflict.model_validate({**known, "base": "{", "kept": None, "mine": "[" * 5000}))
    [row] = open_rows(store)
    assert row.conflicts[0].base[0] == "{"
    assert row.conflicts[0].sides[1].writers[0].author == ""


KILLED = """
import os, signal, sys
from pathlib import Path
from radar_tui.store.rows import conflict
from radar_tui.store.store import Store

stop, how = int(sys.argv[2]), sys.argv[3]
store = Store.open(Path(sys.argv[1]))
seen = 0
def traced(statement):
    global seen
    if statement.startswith(("INSERT", "UPDATE", "DELETE", "COMMIT")):
        seen += 1
        if seen == stop:
            os.kill(os.getpid(), signal.SIGKILL)
ids = [row[0] for row in store.rows("SELECT id FROM conflict ORDER BY id")]
store.connection.set_trace_callback(traced)
if how == "edit":
    store.conflict.edit(ids[0], {"model": "RX-77"})
else:
    getattr(store.conflict, how)(ids)
print(seen)
"""


@pytest.mark.parametrize("how", ["take_mine", "edit"])
def test_killed_while_deciding_all_or_none_is_there(plant: Plant, tmp_path: Path, how: str) -> None:
    store = plant.store
    store.connection.execute("INSERT INTO local (key, value) VALUES ('hub_id', 'h')")
    for tag in ("W-1", "W-2"):
        clash(store, "item", tag, "model", "", "RX-40", "RX-60")
    store.connection.execute("DELETE FROM touched")
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "killed.db"

    def run(stop: int) -> int:
        for old in tmp_path.glob("killed.db*"):
            old.unlink()
        with closing(sqlite3.connect(file)) as copy:
            store.connection.backup(copy)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(file), str(stop), how],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return int(done.stdout) if done.returncode == 0 else 0

    statements = run(0)
    after = state(file)
    before = state(store.path)
    assert before != after
    assert statements >= 3
    seen = []
    for stop in range(1, statements + 1):
        assert run(stop) == 0, "it was not killed"
        seen.append(state(file))
        assert seen[-1] in (before, after), f"half of it at statement {stop}"
    assert before in seen


def state(file: Path) -> list[Any]:
    """What deciding may change."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [
            connection.execute("SELECT id, model FROM item ORDER BY id").fetchall(),
            connection.execute("SELECT id, resolution FROM conflict ORDER BY id").fetchall(),
            connection.execute("SELECT * FROM touched ORDER BY 1, 2").fetchall(),
        ]


def test_lines_keep_the_currency_of_their_opportunity(plant: Plant) -> None:
    store = plant.store
    store.opportunity.save(
        Opportunity(id="o", customer_id="aurora", kind="spares", title="Seals", currency="JPY")
    )
    line = OpportunityLine(id="l", opportunity_id="o", unit_price=300)
    columns = ", ".join(line.columns())
    store.connection.execute(
        f"INSERT INTO opportunity_line ({columns}) VALUES ({', '.join('?' * len(line.columns()))})",
        [*line.columns().values()],
    )
    id = clash(store, "opportunity_line", "l", "unit_price", 100, 300, 250)
    edit(store, id, "¥ 400")
    assert whole(store, "opportunity_line", "l")["unit_price"] == 400


def test_a_decision_taken_back_leaves_what_a_sync_brought_since(plant: Plant) -> None:
    """What others wrote into the row after the decision is nobody's to undo."""
    conflicts, customers = plant.store.conflict, plant.store.customer
    id = clash(plant.store, "customer", "aurora", "notes", "", "theirs", "mine")
    customers.save(customers.get("aurora").model_copy(update={"notes": "theirs", "cadence_days": 60}))
    for decide in (conflicts.keep_theirs, conflicts.take_mine):
        before = conflicts.standing([id])
        decide([id])
        left = conflicts.standing([id])
        customers.save(customers.get("aurora").model_copy(update={"cadence_days": 30}))
        conflicts.ask_again([id], before, left)
        found = customers.get("aurora")
        assert (found.notes, found.cadence_days) == ("theirs", 30)
        assert resolution(plant.store, id) is None
    conflicts.take_mine([id])
    left = conflicts.standing([id])
    customers.save(customers.get("aurora").model_copy(update={"notes": "a third"}))
    conflicts.ask_again([id], before, left)
    assert customers.get("aurora").notes == "a third"
    assert resolution(plant.store, id) is None


def test_nobody_writes_a_third_score_into_a_sealed_answer(plant: Plant) -> None:
    store = plant.store
    id = clash(store, "response", "said", "score", None, 9, 3, kind="both added")
    with pytest.raises(RadarError, match="sealed"):
        edit(store, id, "5")
    assert resolution(store, id) is None


def test_what_follows_from_a_score_goes_its_way(plant: Plant) -> None:
    """A detractor whose score is taken is called by the next working day, not thanked in two weeks."""
    store = plant.store
    store.contact.save(Contact(id="said-by", customer_id="aurora", name="Eva"))
    sealed = store.response.seal(
        customer_id="aurora", contact_id="said-by", visit_id=plant.visit.id, question="recommend", score=9
    )
    [duty] = store.follow_up.where("response_id = ?", [sealed.id])
    score = clash(store, "response", sealed.id, "score", None, 9, 2, kind="both added")
    clash(store, "follow_up", duty.id, "play", None, "learn", "recover", kind="both added")
    due = "2026-12-04T17:00:00.000Z"
    clash(store, "follow_up", duty.id, "due_at", None, whole(store, "follow_up", duty.id)["due_at"], due)
    ids = store.conflict.together([score])
    before = store.conflict.standing(ids)
    store.conflict.take_mine([score])
    assert store.response.get(sealed.id).score == 2
    found = whole(store, "follow_up", duty.id)
    assert (found["play"], found["due_at"]) == ("recover", due)
    assert open_count(store) == 0
    store.conflict.ask_again(ids, before, store.conflict.standing(ids))
    assert whole(store, "follow_up", duty.id)["play"] == "learn"
    assert open_count(store) == 1, "it is one question"


@pytest.mark.parametrize(("decide", "kind"), [("keep_theirs", "replacement"), ("take_mine", "spares")])
def test_only_the_verdict_that_is_decided_for_is_business(plant: Plant, decide: str, kind: str) -> None:
    """Two laptops graded one item, and each verdict made a line."""
    store, visit = plant.store, plant.visit.id
    item = store.item.where("customer_id = 'aurora'")[0].id
    store.finding.grade(visit, item, "deteriorating")
    spares = store.opportunity.derived(visit, item)
    store.finding.grade(visit, item, "unserviceable")
    for opportunity in spares.opportunities:
        store.opportunity.save(opportunity)
    store.opportunity.lines.save_all(spares.lines)
    id = clash(
        store, "finding", fact_id("finding", visit, item), "verdict", None, "unserviceable", "deteriorating"
    )
    assert len(store.opportunity.found_today(visit)) == 2
    before = store.conflict.standing([id])
    getattr(store.conflict, decide)([id])
    assert list(store.opportunity.found_today(visit)) == [kind]
    store.conflict.ask_again([id], before, store.conflict.standing([id]))
    assert store.conflict.standing([id]) == before
    assert len(store.opportunity.found_today(visit)) == 2

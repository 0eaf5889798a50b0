"""A visit begun by mistake: what goes with it and comes back, and what another checklist keeps of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.action import Action
from radar_tui.domain.checklist import Checklist
from radar_tui.domain.promise import Promise, Want
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.search import Search
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from radar_tui.domain.visit import Visit
    from tests.store.conftest import Plant

HANGING = (
    "answer", "finding", "opportunity", "opportunity_line", "stream", "action", "promise_check", "want", "attendee",
)  # fmt: skip


def checklist(key: str, *questions: dict[str, Any], occasion: str = "customer visit") -> Checklist:
    steps = [{"key": "q", "kind": "questions", "title": "Q", "questions": questions}]
    return Checklist.model_validate(
        {"key": key, "version": 1, "title": key.capitalize(), "occasion": occasion, "steps": steps}
    )


def asks(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "ask": f"About {key}?", "type": "yes/no", **more}


READY = asks("ready", flag="no", action="Get ready")
ONE = checklist("one", READY, asks("only"), asks("other", flag="no", action="See to it"))
TWO = checklist(
    "two", READY, {**asks("typed"), "type": "number"}, asks("other", flag="yes", action="Praise it")
)


def started(plant: Plant, planned_on: date | None = None) -> Visit:
    visits, pinned = plant.store.visit, plant.store.checklist.pin(ONE)
    planned = visits.plan("aurora", pinned, planned_on, "olof") if planned_on else None
    return visits.start("aurora", pinned, "marta", planned=planned)


def fill(plant: Plant, visit: Visit) -> None:
    """A row of everything that hangs on a visit, and what it changes elsewhere."""
    store = plant.store
    store.answer.answer(visit.id, "ready", "no", note="Xylophone missing")
    store.finding.grade(visit.id, "W-1", "deteriorating")
    store.opportunity.new_stream(visit.id, "Line 9", model="RX-40", widgets=2, housings=1, percent=50)
    store.action.save(Action(id="agreed", customer_id="aurora", visit_id=visit.id, title="Call"))
    promise = store.promise.save(Promise(id="p", title="On time", made_on=date(2026, 1, 1)))
    PromiseChecks(store).put(visit.id, promise.id, False, "late")
    store.want.save(Want(id="w", customer_id="aurora", visit_id=visit.id, title="Night shift"))
    store.counterpart.pair("ada", "marta", None)
    store.counterpart.tick(visit, "ada", here=True, met=["marta"])
    like = visit.model_copy(
        update={"id": fact_id("visit", "next after", visit.id), "status": "planned", "started_at": None,
                "planned_on": date(2027, 3, 4)}
    )  # fmt: skip
    store.visit.plan_next(visit.id, None, like)


def read(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that a list may read."""
    found = {}
    for table in (*HANGING, "counterpart", "visit"):
        rows = [dict(row) for row in store.rows(f"SELECT * FROM {table} ORDER BY id")]
        found[table] = [{name: value for name, value in row.items() if name != "rowid"} for row in rows]
    return found


def kept(store: Store, table: str) -> int:
    """Rows in the file, with nothing of Radar's between."""
    with closing(sqlite3.connect(store.path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_nobody_reads_what_hangs_on_a_discarded_visit_and_all_comes_back(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    before = read(store)
    fill(plant, visit)
    filled, counts = read(store), {table: kept(store, table) for table in HANGING}
    assert all(len(filled[table]) > len(before[table]) for table in HANGING)
    store.leaving.discard(visit.id)
    gone = read(store)
    for table in HANGING:
        assert gone[table] == before[table]
        assert kept(store, table) == counts[table]
    assert store.visit.get(visit.id).discarded
    assert store.visit.get(visit.id).standing == "discarded"
    with Store.open(store.path) as other:
        assert read(other) == gone
        assert other.unreadable == []
        assert other.notice == ""
    store.leaving.restore(visit.id)
    assert read(store) == filled


def test_what_the_visit_changed_elsewhere_is_as_before(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    fill(plant, visit)
    next_one = fact_id("visit", "next after", visit.id)
    [pair] = store.counterpart.of("ada")
    assert (pair.met_on, store.visit.get(next_one).status) == (date(2026, 12, 3), "planned")
    store.leaving.discard(visit.id)
    assert store.counterpart.get(pair.id).met_on is None
    assert store.visit.get(next_one).status == "cancelled"
    assert store.radar.page(date(2026, 12, 3))[0].planned_on is None
    store.leaving.restore(visit.id)
    assert store.counterpart.get(pair.id).met_on == date(2026, 12, 3)
    assert store.visit.get(next_one).planned_on == date(2027, 3, 4)
    assert store.radar.page(date(2026, 12, 3))[0].planned_on == date(2027, 3, 4)


def test_a_planned_visit_that_was_moved_on_it_goes_back_to_its_day(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    planned = store.visit.plan("aurora", "checklist", date(2027, 2, 1), "marta")
    later = planned.model_copy(update={"planned_on": date(2027, 5, 1)})
    store.visit.plan_next(visit.id, planned, later)
    store.leaving.discard(visit.id)
    assert store.visit.get(planned.id) == planned
    store.leaving.restore(visit.id)
    assert store.visit.get(planned.id) == later


def test_what_was_planned_before_is_planned_again_as_it_was(plant: Plant) -> None:
    store, pinned = plant.store, plant.store.checklist.pin(TWO)
    planned = store.visit.plan("aurora", store.checklist.pin(ONE), date(2026, 12, 9), "olof")
    visit = store.visit.start("aurora", pinned, "marta", planned=planned)
    assert store.visit.planned("aurora") == []
    store.leaving.discard(visit.id)
    [again] = store.visit.planned("aurora")
    assert again == planned.model_copy(update={"id": again.id})
    store.leaving.restore(visit.id)
    assert store.visit.planned("aurora") == []
    assert store.visit.get(visit.id) == visit


def test_a_visit_with_nothing_planned_plans_nothing(plant: Plant) -> None:
    plant.store.leaving.discard(started(plant).id)
    assert plant.store.visit.planned("aurora") == []


def test_what_the_customer_sealed_keeps_the_visit(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    answer = store.response.seal(
        customer_id="aurora", contact_id="ada", visit_id=visit.id, question="recommend", score=9
    )
    for leave in (lambda: store.leaving.discard(visit.id), lambda: store.leaving.follow(visit.id, TWO)):
        with pytest.raises(RadarError, match="sealed answers"):
            leave()
    assert store.visit.get(visit.id) == visit
    store.response.void(answer.id, "a test of the screen")
    assert store.leaving.discard(visit.id).discarded
    assert store.response.get(answer.id).voided_at is not None


@pytest.mark.parametrize("status", ["planned", "completed", "missed", "cancelled"])
def test_only_a_visit_under_way_is_left(plant: Plant, status: str) -> None:
    visit = started(plant)
    now = {"status": status, "completed_at": plant.store.clock() if status == "completed" else None}
    now |= (
        {} if status == "cancelled" else {"started_at": None if status != "completed" else visit.started_at}
    )
    plant.store.visit.save(visit.model_copy(update=now))
    word = "discarded" if status == "cancelled" else status
    with pytest.raises(RadarError, match=f"This visit is {word} by now"):
        plant.store.leaving.discard(visit.id)
    if status != "cancelled":
        with pytest.raises(RadarError, match=f"This visit is {word} by now"):
            plant.store.leaving.restore(visit.id)


def test_a_discarded_visit_was_never_held(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    fill(plant, visit)
    store.leaving.discard(visit.id)
    assert store.visit.in_progress("aurora") == plant.visit
    lists = CustomerLists(store, "aurora")
    head = lists.head()
    assert head is not None
    assert head.last_seen is None
    assert [row.status for row in lists.visits(0, 9)] == ["in progress", "cancelled", "discarded"]
    assert store.scorecard.computed("aurora", date(2026, 12, 3)) is not None


def test_the_search_finds_nothing_of_it_and_again_when_it_is_taken_up(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    fill(plant, visit)
    search = Search(store)
    search.make()
    assert len(search.find("xylophone")) == 1
    store.visit.set_summary(visit.id, "Zeppelin hangar")
    store.leaving.discard(visit.id)
    assert search.find("xylophone") == []
    search.refresh()
    assert [(found.kind, found.off) for found in search.find("zeppelin")] == [("visit", "discarded")]
    search.refresh()
    assert search.wrong() == 0
    store.leaving.restore(visit.id)
    assert len(search.find("xylophone")) == 1
    assert search.wrong() == 0


def test_all_that_hangs_on_a_visit_is_set_aside_with_it_but_what_the_customer_sealed(store: Store) -> None:
    """Whoever adds a table that refers to visits makes the view anew, in a migration."""
    [(said,)] = store.rows("SELECT sql FROM sqlite_master WHERE name = 'set_aside'")
    hanging = {
        table
        for table in SYNCED
        if any(key["table"] == "visit" for key in store.rows(f"PRAGMA foreign_key_list({table})"))
    }
    assert {table for table in hanging if f"'{table}'" not in said} == {"response"}


def test_what_hangs_on_a_visit_is_told(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    assert store.leaving.stake(visit.id).words() == ""
    fill(plant, visit)
    stake = store.leaving.stake(visit.id)
    assert stake.words() == (
        "1 answer, 1 finding, 1 line, 1 new stream, 2 actions, 1 word on a promise, 1 want, 1 person in the room"
    )
    assert (stake.next_on, stake.planned_on) == (date(2027, 3, 4), None)
    store.leaving.discard(visit.id)
    assert store.leaving.stake(visit.id).words() == stake.words()


def test_on_another_laptop_it_is_taken_up_as_well_as_that_one_can_know(plant: Plant) -> None:
    store, visit = plant.store, started(plant, date(2026, 12, 2))
    fill(plant, visit)
    store.leaving.discard(visit.id)
    with store.transaction() as connection:
        connection.execute("DELETE FROM local WHERE key GLOB '*before *'")
    store.leaving.restore(visit.id)
    assert store.visit.get(fact_id("visit", "next after", visit.id)).status == "planned"
    assert [pair.met_on for pair in store.counterpart.of("ada")] == [date(2026, 12, 3)]
    assert [one.planned_on for one in store.visit.planned("aurora")] == [date(2027, 3, 4)]


def test_a_completed_visit_forgets_how_it_was_before(plant: Plant) -> None:
    store, visit = plant.store, started(plant, date(2026, 12, 2))
    fill(plant, visit)
    store.visit.complete(visit.id)
    assert store.rows("SELECT key FROM local WHERE key GLOB '*before *'") == []


# Another checklist


def test_answers_that_both_ask_for_stay_and_raise_what_the_new_one_says(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    answers = store.answer
    answers.answer(visit.id, "ready", "no")
    answers.answer(visit.id, "only", "yes")
    answers.answer(visit.id, "other", "no", note="why")
    Attendees(store).put(visit.id, "ada", here=True)
    before = read(store)
    assert store.leaving.lost_with(visit.id, TWO) == ["About only?"]
    done = store.leaving.follow(visit.id, TWO)
    assert store.checklist.of_visit(store.visit.get(visit.id)).key == "two"
    now = answers.of_visit(visit.id)
    assert (now["ready", None].value, now["ready", None].flagged) == ("no", True)
    assert (now["other", None].value, now["other", None].flagged) == ("no", False)
    assert now["only", None].value == "yes", "it stays in the file"
    assert [action.title for action in store.action.where("visit_id = ?", [visit.id])] == ["Get ready"]
    assert Attendees(store).is_here(visit.id, "ada")
    store.leaving.follow_back(done)
    assert read(store) == before


def test_following_the_old_one_again_brings_everything_back(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    for key in ("ready", "only", "other"):
        store.answer.answer(visit.id, key, "no")
    before = read(store)
    store.leaving.follow(visit.id, TWO)
    store.leaving.follow(visit.id, ONE)
    assert read(store) == before


def test_an_answer_that_is_not_understood_becomes_a_note(plant: Plant) -> None:
    three = checklist("three", {**asks("ready"), "type": "number"})
    store, visit = plant.store, started(plant)
    store.answer.answer(visit.id, "ready", "no", note="on Monday")
    assert store.leaving.lost_with(visit.id, three) == ["About ready?"]
    before = read(store)
    done = store.leaving.follow(visit.id, three)
    now = store.answer.of(visit.id, "ready")
    assert now is not None
    assert (now.value, now.note, now.flagged) == (None, "No on Monday", False)
    assert store.action.where("visit_id = ?", [visit.id]) == []
    store.leaving.follow_back(done)
    assert read(store) == before


def test_an_action_that_somebody_changed_stays(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    raised = store.answer.answer(visit.id, "other", "no").action
    assert raised is not None
    store.action.save(raised.model_copy(update={"title": "See to it today"}))
    store.leaving.follow(visit.id, TWO)
    assert store.action.get(raised.id).title == "See to it today"


def test_it_may_be_another_occasion(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    store.leaving.follow(visit.id, checklist("watch", asks("ready"), occasion="observation day"))
    assert store.visit.get(visit.id).occasion == "observation day"


def test_undo_says_when_the_visit_has_moved_on(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    done = store.leaving.follow(visit.id, TWO)
    store.leaving.follow(visit.id, checklist("three", READY))
    with pytest.raises(RadarError, match="moved on"):
        store.leaving.follow_back(done)
    assert store.checklist.of_visit(store.visit.get(visit.id)).key == "three"


def test_a_visit_of_yesterday_is_left_as_it_was_held(plant: Plant) -> None:
    store, visit = plant.store, started(plant)
    fill(plant, visit)
    plant.at(store.clock() + timedelta(days=1))
    store.leaving.discard(visit.id)
    [pair] = store.counterpart.of("ada")
    assert pair.met_on is None

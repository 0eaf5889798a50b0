"""A visit from plan to completion, and who is there, on a real file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Plant


def due_on(plant: Plant) -> str | None:
    found = plant.store.row("SELECT due_on FROM customer_due WHERE customer_id = 'aurora'")[0]
    return None if found is None else str(found)


def test_a_planned_visit_is_moved_and_becomes_the_visit(plant: Plant) -> None:
    visits = plant.store.visit
    planned = visits.plan("aurora", "checklist", date(2027, 2, 25), "marta")
    moved = visits.change(planned, planned.model_copy(update={"planned_on": date(2027, 3, 4)}))
    assert visits.planned("aurora") == [moved]
    started = visits.start("aurora", "checklist", "olof", planned=moved)
    assert (started.id, started.status, started.planned_on) == (planned.id, "in progress", date(2027, 3, 4))
    assert (started.started_at, started.brm_id) == (plant.store.clock(), "olof")
    assert visits.planned("aurora") == []


def test_a_visit_resumes_where_it_was_left(plant: Plant) -> None:
    plant.store.visit.set_step(plant.visit.id, "integrity")
    with Store.open(plant.store.path) as other:
        resumed = other.visit.in_progress("aurora")
    assert resumed is not None
    assert (resumed.id, resumed.current_step) == (plant.visit.id, "integrity")


def test_completing_a_visit_starts_the_cadence_anew(plant: Plant) -> None:
    assert due_on(plant) is None
    completed = plant.store.visit.complete(plant.visit.id, "Two items worn.")
    assert (completed.status, completed.completed_at) == ("completed", plant.store.clock())
    assert completed.summary == "Two items worn."
    assert due_on(plant) == (date(2026, 12, 3) + timedelta(days=90)).isoformat()
    assert plant.store.visit.in_progress("aurora") is None


def test_what_was_missed_or_cancelled_is_no_visit(plant: Plant) -> None:
    visits = plant.store.visit
    planned = visits.plan("aurora", "checklist", date(2026, 12, 1), "marta")
    assert visits.planned("aurora") == [planned]
    visits.save(planned.model_copy(update={"status": "missed"}))
    visits.save(plant.visit.model_copy(update={"status": "cancelled"}))
    assert due_on(plant) is None
    assert visits.planned("aurora") == []
    assert plant.store.visit.in_progress("aurora") is None


def test_the_weightiest_contact_in_the_room(plant: Plant) -> None:
    contacts, attendees = plant.store.contact, Attendees(plant.store)
    expected = contacts.decision_maker_in(plant.visit.id)
    assert expected is not None
    assert expected.id == "ada"
    attendees.put(plant.visit.id, "bo", here=True)
    attendees.put(plant.visit.id, "bo", here=True)
    there = contacts.decision_maker_in(plant.visit.id)
    assert there is not None
    assert there.id == "bo"
    attendees.put(plant.visit.id, "bo", here=False)
    assert attendees.where() == []


def test_who_is_still_there(plant: Plant) -> None:
    assert [contact.id for contact in plant.store.contact.where("left_on IS NULL", order="name")] == [
        "ada",
        "bo",
    ]


def test_a_planned_visit_that_another_radar_started_goes_on(plant: Plant) -> None:
    visits = plant.store.visit
    planned = visits.plan("aurora", "checklist", date(2027, 2, 25), "marta")
    first = visits.start("aurora", "checklist", "marta", planned=planned)
    visits.set_step(first.id, "nps")
    again = visits.start("aurora", "checklist", "olof", planned=planned)
    assert (again.id, again.current_step, again.brm_id) == (first.id, "nps", "marta")


def test_a_visit_that_another_radar_completed_is_not_started_over(plant: Plant) -> None:
    visits = plant.store.visit
    planned = visits.plan("aurora", "checklist", date(2027, 2, 25), "marta")
    visits.complete(visits.start("aurora", "checklist", "marta", planned=planned).id, "all seen")
    again = visits.start("aurora", "checklist", "marta", planned=planned)
    assert again.id != planned.id
    assert (visits.get(planned.id).status, visits.get(planned.id).summary) == ("completed", "all seen")

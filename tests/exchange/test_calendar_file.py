"""The calendar as another reader understands it: stable UIDs, right moments around a change of the clocks, no score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import vobject

from radar_tui.domain.action import Action
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.follow_up import FollowUp, called, cause_found
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.response import Response
from radar_tui.domain.visit import Visit
from radar_tui.exchange.calendar_file import write_calendar
from tests.fresh import NOW

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from radar_tui.store.store import Store

HOSTILE = 'Ada; B, \\n "x"\r\nEND:VCALENDAR مؤسسة 株式会社 ' + "x" * 300


@pytest.fixture
def planned(store: Store) -> Store:
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO checklist (id, key, version, title, definition) VALUES ('k', 'k', 1, 'Service review', '{}')"
        )
        store.colleague.save_all([Colleague(id="o", name="Marta"), Colleague(id="p", name="Olof")])
        store.customer.save(Customer(id="c", name=HOSTILE, owner_id="o", city="Lucca", country="Italy"))
        store.contact.save(Contact(id="x", customer_id="c", name=HOSTILE, phone="+39 0583"))
        store.visit.save_all(
            [
                Visit(id="v", customer_id="c", checklist_id="k", planned_on=date(2026, 12, 9)),
                Visit(
                    id="w",
                    customer_id="c",
                    checklist_id="k",
                    planned_on=date(2026, 12, 1),
                    status="cancelled",
                ),
                Visit(
                    id="old", customer_id="c", checklist_id="k", planned_on=date(2025, 1, 1), status="missed"
                ),
            ]
        )
        store.response.save(
            Response(
                id="r",
                customer_id="c",
                contact_id="x",
                question="retain",
                score=3,
                asked_on=date(2026, 10, 23),
            )
        )
        store.follow_up.save(
            FollowUp(
                id="f",
                response_id="r",
                play="recover",
                owner_id="p",
                due_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            )
        )
        store.action.save_all(
            [
                Action(id="a", customer_id="c", title=HOSTILE, owner_id="o", due_on=date(2026, 12, 24)),
                Action(
                    id="b", title="Done", status="done", due_on=date(2026, 11, 1), done_on=date(2026, 11, 2)
                ),
                Action(id="n", title="No day"),
            ]
        )
    return store


def read(path: Path) -> dict[str, Any]:
    """The entries by their UID."""
    calendar = vobject.readOne(path.read_text(encoding="utf-8"))
    return {each.uid.value: each for each in calendar.getChildren() if hasattr(each, "uid")}


def test_every_entry_with_its_own_uid(planned: Store, tmp_path: Path) -> None:
    assert write_calendar(planned, tmp_path / "a.ics") == 5
    found = read(tmp_path / "a.ics")
    assert sorted(found) == [
        "action-a@radar",
        "action-b@radar",
        "call-f@radar",
        "visit-v@radar",
        "visit-w@radar",
    ]
    visit, call, done = found["visit-v@radar"], found["call-f@radar"], found["action-b@radar"]
    assert (visit.dtstart.value, visit.dtend.value) == (date(2026, 12, 9), date(2026, 12, 10))
    assert (visit.status.value, visit.location.value) == ("CONFIRMED", "Lucca, Italy")
    assert found["visit-w@radar"].status.value == "CANCELLED"
    # Half past two for the second time that night, in Rome.
    assert call.due.value == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (done.status.value, done.due.value) == ("COMPLETED", date(2026, 11, 1))
    assert done.completed.value.date() == date(2026, 11, 2)
    assert "END:VCALENDAR" in visit.summary.value
    assert "x" * 300 in visit.summary.value


def test_a_second_export_speaks_of_the_same_entries(planned: Store, tmp_path: Path) -> None:
    write_calendar(planned, tmp_path / "a.ics")
    action = planned.action.get("a")
    planned.action.change(action, action.model_copy(update={"due_on": date(2026, 12, 31)}))
    response = planned.response.get("r")
    planned.response.change(
        response, response.model_copy(update={"voided_at": planned.clock(), "void_reason": "A slip"})
    )
    first = read(tmp_path / "a.ics")
    planned.clock = lambda: NOW + timedelta(minutes=1)
    write_calendar(planned, tmp_path / "a.ics", force=True)
    second = read(tmp_path / "a.ics")
    assert second["action-a@radar"].due.value == date(2026, 12, 31)
    assert second["call-f@radar"].status.value == "CANCELLED"
    assert second.keys() == first.keys()
    for uid, entry in second.items():
        assert int(entry.sequence.value) > int(first[uid].sequence.value), "the newer one holds"


def test_the_words_follow_the_step(planned: Store, tmp_path: Path) -> None:
    def entry() -> Any:
        write_calendar(planned, tmp_path / "a.ics", force=True)
        return read(tmp_path / "a.ics")["call-f@radar"]

    assert entry().summary.value.startswith("Call Ada")
    assert "call and find the cause" in entry().description.value
    planned.follow_up.move("f", called)
    assert entry().summary.value.startswith("Find the cause, fix it: Ada")
    planned.follow_up.move("f", lambda duty: cause_found(duty, "A late part"))
    assert entry().summary.value.startswith("Fix it: Ada")


def test_one_call_a_person_and_visit(planned: Store, tmp_path: Path) -> None:
    second = planned.response.save(
        planned.response.get("r").model_copy(update={"id": "s", "question": "recommend"})
    )
    duty = planned.follow_up.get("f")
    earlier = duty.due_at - timedelta(hours=2)
    planned.follow_up.save(
        duty.model_copy(update={"id": "g", "response_id": second.id, "play": "learn", "due_at": earlier})
    )
    assert write_calendar(planned, tmp_path / "a.ics") == 5
    found = read(tmp_path / "a.ics")["call-f@radar"]
    assert found.due.value == earlier
    assert found.description.value.startswith("ask what we did right\ncall and find the cause\n")
    planned.follow_up.move("g", called)
    planned.follow_up.close("g", "Told", "The new planner")
    write_calendar(planned, tmp_path / "a.ics", force=True)
    found = read(tmp_path / "a.ics")["call-f@radar"]
    assert (found.status.value, found.due.value) == ("NEEDS-ACTION", duty.due_at)
    assert "right" not in found.description.value
    # Another day is another call.
    planned.response.save(
        planned.response.get("s").model_copy(update={"id": "t", "asked_on": date(2026, 11, 1)})
    )
    planned.follow_up.save(duty.model_copy(update={"id": "h", "response_id": "t"}))
    assert write_calendar(planned, tmp_path / "a.ics", force=True) == 6


def test_a_visit_that_took_place_stands_on_its_day(planned: Store, tmp_path: Path) -> None:
    visit = planned.visit.get("v")
    held = {"status": "completed", "completed_at": planned.clock(), "completed_on": date(2026, 12, 2)}
    planned.visit.change(visit, visit.model_copy(update=held))
    write_calendar(planned, tmp_path / "a.ics")
    assert read(tmp_path / "a.ics")["visit-v@radar"].dtstart.value == date(2026, 12, 2)


@pytest.mark.parametrize("gone", [{"archived_at": NOW}, {"status": "former"}])
def test_nothing_of_a_customer_that_is_gone(planned: Store, tmp_path: Path, gone: dict[str, object]) -> None:
    customer = planned.customer.get("c")
    planned.customer.change(customer, customer.model_copy(update=gone))
    write_calendar(planned, tmp_path / "a.ics")
    assert list(read(tmp_path / "a.ics")) == ["action-b@radar"]


def test_only_mine(planned: Store, tmp_path: Path) -> None:
    assert write_calendar(planned, tmp_path / "a.ics", "p") == 1
    assert list(read(tmp_path / "a.ics")) == ["call-f@radar"]


def test_nothing_in_a_calendar_says_how_they_scored(planned: Store, tmp_path: Path) -> None:
    write_calendar(planned, tmp_path / "a.ics")
    words = (tmp_path / "a.ics").read_text(encoding="utf-8").lower()
    for word in ("recover", "detractor", "nps", "score", "retain", "recommend"):
        assert word not in words

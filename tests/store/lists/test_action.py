"""The plan of actions: which are listed, in which order, and what each came to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from radar_tui.domain.action import Action
from radar_tui.domain.promise import Promise, PromiseCheck
from radar_tui.domain.scorecard import Measure
from radar_tui.store.facts.card import default_id
from radar_tui.store.ids import new_id
from radar_tui.store.lists.action import ActionFilter, ActionLists, Gain, State
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.rows.promise_check import PromiseChecks

if TYPE_CHECKING:
    from tests.store.conftest import Plant

TODAY = date(2026, 12, 3)


@pytest.fixture
def planned(plant: Plant) -> Plant:
    plant.store.action.save_all(
        [
            Action(id="soon", customer_id="aurora", title="Soon", owner_id="marta", due_on=date(2026, 12, 9)),
            Action(id="late", customer_id="aurora", title="Late", owner_id="olof", due_on=date(2026, 12, 2)),
            Action(id="whenever", title="Whenever"),
            Action(id="done", title="Done", owner_id="olof", status="done", done_on=date(2026, 11, 1)),
            Action(id="newer", title="Newer", status="done", done_on=date(2026, 11, 20)),
            Action(id="dropped", title="Dropped", status="dropped"),
        ]
    )
    return plant


@pytest.mark.parametrize(
    ("state", "ids"),
    [
        ("open", ["late", "soon", "whenever"]),
        ("late", ["late"]),
        ("done", ["newer", "done"]),
        ("dropped", ["dropped"]),
        ("all", ["late", "soon", "whenever", "newer", "done", "dropped"]),
    ],
)
def test_by_state_in_the_order_in_which_they_matter(planned: Plant, state: State, ids: list[str]) -> None:
    assert ActionLists(planned.store).ids(ActionFilter(state=state), TODAY) == ids


def test_by_owner_and_letters(planned: Plant) -> None:
    actions = ActionLists(planned.store)
    assert actions.ids(ActionFilter("olof", "all"), TODAY) == ["late", "done"]
    assert actions.ids(ActionFilter("", "open"), TODAY) == ["whenever"]
    assert actions.ids(ActionFilter(words="ÁURORA olof"), TODAY) == ["late"]
    assert actions.ids(ActionFilter("marta", "late"), TODAY) == []
    assert actions.owners() == [("marta", "Marta"), ("olof", "Olof")]


def test_rows_come_in_the_order_asked_for(planned: Plant) -> None:
    rows = ActionLists(planned.store).rows(["whenever", "gone", "late"])
    assert [(row.id, row.customer, row.owner) for row in rows] == [
        ("whenever", "", ""),
        ("late", "Aurora", "Olof"),
    ]


def test_what_an_action_came_to_is_between_the_readings_around_it(plant: Plant) -> None:
    store = plant.store
    store.measure.add(
        Measure(id="m", customer_id="aurora", perspective="internal", name="Reply", worst=48, best=4)
    )
    done = {"id": "a", "measure_id": "m", "status": "done", "done_on": "2026-06-01", "visited_at": None}

    def gain(**change: object) -> Gain | None:
        return ActionLists(store).gain({**done, **change}, "aurora")

    assert gain() == Gain(None, None, None, False)
    store.measure.read("m", date(2026, 5, 1), 37)
    store.measure.read("m", date(2026, 6, 1), 26)
    assert gain() == Gain(50, None, None, False)
    store.measure.read("m", date(2026, 8, 1), 15)
    store.measure.read("m", date(2026, 9, 1), 4)
    found = gain()
    assert found == Gain(50, 75, date(2026, 8, 1), False)
    assert found.points == 25
    assert gain(measure_id=None) is None
    assert gain(measure_id="gone") is None
    assert gain(done_on=None) is None
    assert gain(status="dropped") is None
    assert ActionLists(store).gain(done, None) is None


def test_an_open_action_shows_what_it_came_to_since_it_was_agreed(plant: Plant) -> None:
    """Agreed: on the day of its visit, or when it was written down, which its own key tells."""
    store = plant.store
    store.measure.add(
        Measure(id="m", customer_id="aurora", perspective="internal", name="Reply", worst=48, best=4)
    )
    for day, hours in ((date(2026, 5, 1), 48.0), (date(2026, 6, 1), 26.0)):
        store.measure.read("m", day, hours)
    visit = plant.earlier_visit(155)
    noted = f"{int(datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp() * 1000):012x}70008000000000000000"
    store.action.save_all(
        [
            Action(id=str(UUID(noted)), customer_id="aurora", title="Noted", measure_id="m"),
            Action(id="v", customer_id="aurora", visit_id=visit.id, title="Visited", measure_id="m"),
            Action(id="unknown", customer_id="aurora", title="Unknown", measure_id="m"),
        ]
    )

    def gains() -> dict[str, Gain | None]:
        return {
            row.title: row.gain
            for row in ActionLists(store).rows(ActionLists(store).ids(ActionFilter(), TODAY))
        }

    unread = Gain(50, None, None, True)
    assert gains() == {"Noted": unread, "Visited": unread, "Unknown": None}
    for day, hours in ((date(2026, 8, 1), 15.0), (date(2026, 9, 1), 4.0)):
        store.measure.read("m", day, hours)
    newest = Gain(50, 100, date(2026, 9, 1), True)
    assert gains() == {"Noted": newest, "Visited": newest, "Unknown": None}
    assert {row.title: row.gain for row in CustomerLists(store, "aurora").actions(0, 10)} == gains()


def test_a_computed_measure_is_read_when_its_rows_say_something_new(plant: Plant) -> None:
    store = plant.store
    store.promise.save(Promise(id="p", title="On time", made_on=date(2024, 1, 1)))
    for days, kept in ((200, False), (20, True)):
        visit = plant.earlier_visit(days)
        PromiseChecks(store).save(PromiseCheck(id=new_id(), promise_id="p", visit_id=visit.id, kept=kept))
    found = ActionLists(store).gain(
        {
            "measure_id": default_id("aurora", "promises"),
            "status": "done",
            "done_on": "2026-10-01",
        },
        "aurora",
    )
    assert found == Gain(0, 0, date(2026, 11, 13), False)

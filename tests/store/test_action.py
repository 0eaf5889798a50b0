"""The plan of actions: which are listed, in which order, and what each came to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.action import Action
from radar_tui.domain.promise import Promise, PromiseCheck
from radar_tui.domain.scorecard import Measure
from radar_tui.store.action import Gain, State, Wanted
from radar_tui.store.ids import new_id
from radar_tui.store.measure import default_id
from radar_tui.store.promise_check import PromiseChecks

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
    assert planned.store.action.ids(Wanted(state=state), TODAY) == ids


def test_by_owner_and_letters(planned: Plant) -> None:
    actions = planned.store.action
    assert actions.ids(Wanted("olof", "all"), TODAY) == ["late", "done"]
    assert actions.ids(Wanted("", "open"), TODAY) == ["whenever"]
    assert actions.ids(Wanted(words="ÁURORA olof"), TODAY) == ["late"]
    assert actions.ids(Wanted("marta", "late"), TODAY) == []
    assert actions.owners() == [("marta", "Marta"), ("olof", "Olof")]


def test_rows_come_in_the_order_asked_for(planned: Plant) -> None:
    rows = planned.store.action.rows(["whenever", "gone", "late"])
    assert [(row.id, row.customer, row.owner) for row in rows] == [
        ("whenever", "", ""),
        ("late", "Aurora", "Olof"),
    ]


def test_what_an_action_came_to_is_between_the_readings_around_it(plant: Plant) -> None:
    store = plant.store
    store.measure.add(
        Measure(id="m", customer_id="aurora", perspective="internal", name="Reply", worst=48, best=4)
    )
    done = date(2026, 6, 1)
    assert store.action.gain("aurora", "m", done) == Gain(None, None, None)
    store.measure.read("m", date(2026, 5, 1), 37)
    store.measure.read("m", done, 26)
    assert store.action.gain("aurora", "m", done) == Gain(50, None, None)
    store.measure.read("m", date(2026, 8, 1), 15)
    store.measure.read("m", date(2026, 9, 1), 4)
    found = store.action.gain("aurora", "m", done)
    assert found == Gain(50, 75, date(2026, 8, 1))
    assert found.points == 25
    for nothing in (
        ("aurora", None, done),
        ("aurora", "m", None),
        (None, "m", done),
        ("aurora", "gone", done),
    ):
        assert store.action.gain(*nothing) is None


def test_a_computed_measure_is_read_when_its_rows_say_something_new(plant: Plant) -> None:
    store = plant.store
    store.promise.save(Promise(id="p", title="On time", made_on=date(2024, 1, 1)))
    for days, kept in ((200, False), (20, True)):
        visit = plant.earlier_visit(days)
        PromiseChecks(store).save(PromiseCheck(id=new_id(), promise_id="p", visit_id=visit.id, kept=kept))
    found = store.action.gain("aurora", default_id("aurora", "promises"), date(2026, 10, 1))
    assert found == Gain(0, 0, date(2026, 11, 13))

"""The figures of a customer over time, from rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Contact
from radar_tui.domain.response import Response
from radar_tui.domain.scorecard import Scorecard
from radar_tui.store.ids import new_id
from radar_tui.store.lists.over_time import over_time

if TYPE_CHECKING:
    from radar_tui.store.store import Store
    from tests.store.conftest import Plant

TODAY = date(2026, 12, 3)


def answer(store: Store, contact: str, score: int, days: int, *, voided: bool = False) -> None:
    store.response.save(
        Response(
            id=new_id(), customer_id="aurora", contact_id=contact, question="recommend", score=score,
            asked_on=TODAY - timedelta(days=days), voided_at=store.clock() if voided else None,
            void_reason="x" if voided else "",
        )
    )  # fmt: skip


def test_the_lowest_of_the_decision_makers_as_it_stood_on_each_day(plant: Plant) -> None:
    store = plant.store
    answer(store, "bo", 2, 40)
    assert over_time(store, "aurora", TODAY).recommend == []
    store.contact.save(Contact(id="di", customer_id="aurora", name="Di", role="decision maker"))
    answer(store, "ada", 9, 30)
    answer(store, "di", 2, 25)
    answer(store, "ada", 0, 20, voided=True)
    answer(store, "ada", 5, 15)
    store.contact.save(store.contact.get("di").model_copy(update={"left_on": TODAY - timedelta(days=10)}))
    found = over_time(store, "aurora", TODAY)
    assert [((TODAY - point.day).days, point.value) for point in found.recommend] == [
        (30, 9),
        (25, 2),
        (15, 2),
        (10, 5),
    ]
    assert found.retain == []


def test_cards_and_visits_since_the_first_thing_known(plant: Plant) -> None:
    store = plant.store
    plant.earlier_visit(900)
    plant.earlier_visit(100)
    missed = store.visit.plan("aurora", "checklist", date(2026, 11, 1), None)
    store.visit.save(missed.model_copy(update={"status": "missed"}))
    store.visit.plan("aurora", "checklist", date(2026, 12, 9), None)
    store.scorecard.save(
        Scorecard(id="s", customer_id="aurora", as_of=date(2026, 11, 30), value=58, coverage=1)
    )
    found = over_time(store, "aurora", TODAY)
    assert [(visit.day, visit.status) for visit in found.visits] == [
        (TODAY - timedelta(days=100), "completed"),
        (date(2026, 11, 1), "missed"),
    ]
    assert found.since == TODAY - timedelta(days=100)
    assert (date(2026, 11, 30), 58) in found.card
    # The visit that was completed stored a card of its own day, but it knew too little to say anything.
    assert [point.day for point in found.card] == [date(2026, 11, 30)]
    assert [row.as_of for row in store.scorecard.where(order="as_of")][1] == TODAY - timedelta(days=100)


def test_a_voided_answer_is_gone_from_the_plot_at_once(plant: Plant) -> None:
    answer(plant.store, "ada", 9, 30)
    (given,) = plant.store.response.where()
    plant.store.response.void(given.id, "wrong key")
    assert over_time(plant.store, "aurora", TODAY).recommend == []

"""The lists around a visit: whom and what a step asks about, days seen, what is planned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.integrity import Item, Stream
from radar_tui.store.ids import new_id
from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.response import ResponseLists
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.attendee import Attendees
from tests.ui.world import World, build

if TYPE_CHECKING:
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


@pytest.fixture
def world(store: Store) -> World:
    return build(store)


@pytest.fixture
def lists(store: Store, world: World) -> VisitLists:
    return VisitLists(store, store.visit.get(world.planned))


def test_contacts_asked_are_those_in_the_room_or_everybody(
    store: Store, world: World, lists: VisitLists
) -> None:
    assert [name for _, name in lists.subjects("contact", TODAY)] == ["Paolo Conti", "Zoe"]
    Attendees(store).put(world.planned, world.stranger, here=True)
    assert [name for _, name in lists.subjects("contact", TODAY)] == ["Zoe"]


def test_retired_items_and_stopped_streams_are_not_asked_about(
    store: Store, world: World, lists: VisitLists
) -> None:
    store.item.save(Item(id=new_id(), customer_id=world.customer, tag="W-000", retired_on=date(2026, 1, 1)))
    store.stream.save(Stream(id=new_id(), customer_id=world.customer, name="Old", status="stopped"))
    assert [name for _, name in lists.subjects("item", TODAY)] == ["W-010  RX-40"]
    assert [name for _, name in lists.subjects("stream", TODAY)] == ["Tissue line 1"]


def test_a_promise_counts_until_the_day_it_is_retired(store: Store, world: World, lists: VisitLists) -> None:
    row = store.promise.get(world.promise)
    store.promise.save(row.model_copy(update={"retired_on": TODAY + timedelta(days=1)}))
    assert [promise.id for promise in lists.promises(TODAY)] == [world.promise]
    store.promise.save(row.model_copy(update={"retired_on": TODAY}))
    assert lists.promises(TODAY) == []


def test_a_promise_of_today_is_not_asked_about_today(store: Store, world: World, lists: VisitLists) -> None:
    row = store.promise.get(world.promise)
    store.promise.save(row.model_copy(update={"made_on": TODAY}))
    assert [promise.new for promise in lists.promises(TODAY)] == [True]
    assert lists.subjects("promise", TODAY) == []
    tomorrow = TODAY + timedelta(days=1)
    assert [promise.new for promise in lists.promises(tomorrow)] == [False]
    assert lists.subjects("promise", tomorrow) == [(world.promise, row.title)]


def test_days_seen_are_the_newest_first_without_this_visit(
    store: Store, world: World, lists: VisitLists
) -> None:
    days = lists.seen_days()
    assert days == sorted(days, reverse=True)
    assert len(days) == 3
    assert len(VisitLists(store, store.visit.get(world.visit)).seen_days()) == 2


def test_the_planned_visit_is_another_one(store: Store, world: World, lists: VisitLists) -> None:
    assert lists.planned_id() is None
    assert VisitLists(store, store.visit.get(world.visit)).planned_id() == world.planned


def test_an_observation_day_knows_the_next_visit(store: Store, world: World) -> None:
    visit = store.visit.get(world.visit)
    observed = visit.model_copy(update={"id": new_id(), "occasion": "observation day"})
    store.visit.save(observed)
    assert VisitLists(store, observed).planned_id() == world.planned
    planned = store.visit.get(world.planned)
    later = planned.model_copy(update={"occasion": "observation day"})
    store.visit.change(planned, later)
    assert VisitLists(store, observed).planned_id() == world.planned
    assert VisitLists(store, visit).planned_id() is None


def test_people_met_before_and_their_counterpart(world: World, lists: VisitLists) -> None:
    paolo, zoe = lists.people()
    assert (paolo.id, paolo.counterparts[0][1], paolo.met_on, paolo.here) == (
        world.contact,
        "Anneli Strand",
        date(2026, 7, 14),
        False,
    )
    assert (zoe.counterparts, zoe.met_on) == ((), None)


def test_who_leaves_tomorrow_is_there_today_and_who_left_today_is_not(store: Store, world: World) -> None:
    """In the brief, among those to ask, in the scores, on the step, and as whom the visit is with."""
    today = store.clock().date()
    visit = store.visit.get(world.visit)
    started = store.visit.start(world.customer, visit.checklist_id, None)
    for left, there in ((today + timedelta(days=1), True), (today, False)):
        paolo = store.contact.get(world.contact)
        store.contact.save(paolo.model_copy(update={"left_on": left}))
        names = [
            [person.id for person in VisitLists(store, started).people()],
            [person.id for person in ResponseLists(store, started).contacts()],
            [contact.id for contact in [store.contact.decision_maker_in(started.id)] if contact],
            [row.contact_id for row in CustomerLists(store, world.customer).scores("recommend", today)],
        ]
        assert [world.contact in found for found in names] == [there] * len(names)
        assert CustomerLists(store, world.customer).there() == 1 + there
        room = [person.name for person in brief(store, world.customer, today).people]
        assert (paolo.name in room) == there

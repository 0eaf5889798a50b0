"""Who was in the room: one row a visit and contact, whatever laptop wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.attendee import Attendees
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


def test_twice_here_is_one_row_and_not_here_none(store: Store) -> None:
    world = build(store)
    attendees = Attendees(store)
    attendees.put(world.planned, world.contact, here=True)
    attendees.put(world.planned, world.contact, here=True)
    assert len(attendees.where("visit_id = ?", [world.planned])) == 1
    attendees.put(world.planned, world.contact, here=False)
    assert attendees.where("visit_id = ?", [world.planned]) == []


def test_a_row_with_another_id_is_taken_away_too(store: Store) -> None:
    world = build(store)
    attendees = Attendees(store)
    attendees.put(world.visit, world.contact, here=False)
    assert attendees.where("visit_id = ?", [world.visit]) == []


def test_in_the_room_counts_those_who_are_still_there(store: Store) -> None:
    world = build(store)
    lists = VisitLists(store, store.visit.get(world.planned))
    assert lists.in_the_room() == 0
    Attendees(store).put(world.planned, world.stranger, here=True)
    assert lists.in_the_room() == 1

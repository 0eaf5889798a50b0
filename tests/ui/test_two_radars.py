"""The same file open in two Radars: each sees what the other did, and neither writes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain import follow_up as steps
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.scorecard import Measure
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.actions.screen import ActionsScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.follow_ups.one import FollowUpScreen
from radar_tui.ui.screens.scorecard.forms import measure_form
from radar_tui.ui.screens.visit.screen import VisitScreen
from tests.ui.every_place import settle
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def seen_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key may come before the look at what the other did; here it always does."""
    monkeypatch.setattr("radar_tui.ui.app.LOOK_AGAIN_SECONDS", 3600)


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    with Store.open(store.path, clock=store.clock) as opened:
        yield opened


def started(store: Store, world: World, step: str) -> str:
    """A refurbishment visit that stands at a step."""
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), None)
    store.visit.set_step(visit.id, step)
    return visit.id


async def test_a_form_writes_only_the_fields_that_were_changed(store: Store, other: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        before = other.customer.get(world.customer)
        other.customer.save(before.model_copy(update={"notes": "theirs", "cadence_days": 30}))
        await pilot.press("end", "exclamation_mark", "enter")
        await pilot.pause()
    found = other.customer.get(world.customer)
    assert (found.name, found.notes, found.cadence_days) == ("Aurora Tissue!", "theirs", 30)


async def test_a_visit_that_the_other_radar_completed_is_read_and_not_changed(
    store: Store, other: Store
) -> None:
    world = build(store)
    visit = started(store, world, "integrity")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        other.visit.complete(visit, "done there")
        await pilot.press("u")
        await pilot.pause()
        assert other.finding.where("visit_id = ?", [visit]) == []
        assert "completed, to read" in shown(app)
        assert any("nothing was changed" in one.title for one in app._notifications)
        await pilot.press("plus")
        await pilot.pause()
        assert not app.screen.is_modal, "no item is added to a report that is closed"
        other.visit.reopen(visit)
        await pilot.press("u")
        await pilot.pause()
        assert [row.verdict for row in other.finding.where("visit_id = ?", [visit])] == ["unserviceable"]


async def test_what_the_other_radar_graded_appears(store: Store, other: Store) -> None:
    world = build(store)
    visit = started(store, world, "integrity")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        other.finding.grade(visit, world.item, "deteriorating", note="theirs")
        app._look_again()
        await pilot.pause()
        assert "deteriorating" in shown(app)
        await pilot.press("u", "ctrl+z")
        await pilot.pause()
        [found] = other.finding.where("visit_id = ?", [visit])
        assert (found.verdict, found.note) == ("deteriorating", "theirs")


async def test_a_follow_up_that_the_other_radar_moved_takes_no_step_and_shows_where_it_stands(
    store: Store, other: Store
) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(FollowUpScreen(world.follow_up))
        await settle(pilot)
        other.follow_up.move(world.follow_up, steps.called)
        other.follow_up.move(world.follow_up, lambda duty: steps.cause_found(duty, "theirs"))
        await pilot.press("c")
        await settle(pilot)
        assert other.follow_up.get(world.follow_up).status == "cause"
        assert "✓ Cause" in shown(app), "what stands there now is shown, not what was"
        await pilot.press("f")
        await settle(pilot)
        other.follow_up.move(world.follow_up, steps.confirmed)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert other.follow_up.get(world.follow_up).status == "confirmed"
        assert "✓ Customer confirmed" in shown(app)


async def test_the_forms_of_a_follow_up_write_only_what_was_changed(store: Store, other: Store) -> None:
    world = build(store)
    theirs = other.colleague.save(Colleague(id=new_id(), name="Theirs"))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(FollowUpScreen(world.follow_up))
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        before = other.follow_up.get(world.follow_up)
        other.follow_up.move(world.follow_up, lambda now: steps.handed(now, theirs.id, now.due_at))
        await pilot.press("tab", *"10.12.2026", "enter")
        await settle(pilot)
        found = other.follow_up.get(world.follow_up)
        assert found.owner_id == theirs.id
        assert found.due_at != before.due_at
        for step in (
            steps.called,
            lambda duty: steps.cause_found(duty, "x"),
            steps.fixed,
            steps.confirmed,
        ):
            other.follow_up.move(world.follow_up, step)
        app.reload()
        await settle(pilot)
        await pilot.press("g")
        await settle(pilot)
        other.follow_up.move(world.follow_up, lambda duty: steps.given(duty, "a day of training"))
        await pilot.press(*"cake", "enter")
        await settle(pilot)
        assert app.screen.is_modal, "what was given there is not written over"
        assert other.follow_up.get(world.follow_up).gesture == "a day of training"


@pytest.mark.parametrize("key", ["space", "x"])
async def test_an_action_that_the_other_radar_closed_is_not_opened_again(
    store: Store, other: Store, key: str
) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = ActionsScreen()
        app.push_screen(screen)
        await settle(pilot)
        assert screen.current is not None
        id = screen.current.id
        assert id == world.action
        before = other.action.get(id)
        status = "done" if key == "space" else "dropped"
        other.action.change(before, before.model_copy(update={"status": status}))
        await pilot.press(key)
        await settle(pilot)
        assert other.action.get(id).status == status
        other.action.change(other.action.get(id), before)
        app.reload()
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        mine = other.action.get(id)
        assert mine.status == status
        other.action.change(mine, mine.model_copy(update={"status": "open", "done_on": None}))
        again = other.action.get(id)
        other.action.change(
            again, again.model_copy(update={"status": "dropped" if key == "space" else "done"})
        )
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert other.action.get(id).status == ("dropped" if key == "space" else "done")


async def test_the_form_of_a_measure_writes_only_what_was_changed(store: Store, other: Store) -> None:
    world = build(store)
    own = other.measure.add(
        Measure(id=new_id(), customer_id=world.customer, perspective="internal", name="Aaa", weight=5)
    )
    app = RadarApp(store)
    async with app.run_test(size=(100, 40)) as pilot:
        measured = next(row for row in store.measure.measured(world.customer, app.today) if row.id == own.id)
        app.push_screen(measure_form(app, world.customer, measured))
        await settle(pilot)
        other.measure.change(own, own.model_copy(update={"weight": 9.0}))
        await pilot.press("end", "exclamation_mark", "enter")
        await settle(pilot)
    found = other.measure.get(own.id)
    assert (found.name, found.weight) == ("Aaa!", 9)


async def test_a_stage_that_the_other_radar_moved_on_is_not_moved_twice(store: Store, other: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        before = other.opportunity.get(world.opportunity)
        other.opportunity.change(before, before.model_copy(update={"stage": "quoted"}))
        await pilot.press("s")
        await settle(pilot)
        assert other.opportunity.get(world.opportunity).stage == "quoted"
        await pilot.press("s")
        await settle(pilot)
        assert other.opportunity.get(world.opportunity).stage == "won"

"""What a sync pulls while a screen is open: keys go on hitting what was under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Contact
from radar_tui.domain.integrity import Item
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.counterparts import CounterpartsScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.nps import Pane as NpsPane
from tests.ui.hub import set_local
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def pulled(store: Store) -> Iterator[Store]:
    """The connection of the worker that syncs."""
    with Store.open(store.path, clock=store.clock) as opened:
        yield opened


async def test_an_item_that_comes_before_the_one_under_the_cursor_gets_no_verdict(
    store: Store, pulled: Store
) -> None:
    world = build(store)
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), None).id
    store.visit.set_step(visit, "integrity")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        meant = store.item.get(world.item)
        pulled.item.save(Item(id=new_id(), customer_id=world.customer, tag="!first", model=meant.model))
        app.reload()
        await pilot.pause()
        assert "!first" in shown(app)
        await pilot.press("u")
        await pilot.pause()
    [found] = pulled.finding.where("visit_id = ?", [visit])
    assert (found.item_id, found.verdict) == (world.item, "unserviceable")


async def test_the_laptop_is_handed_to_whom_the_cursor_was_on(store: Store, pulled: Store) -> None:
    world = build(store)
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), None).id
    store.visit.set_step(visit, "nps")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, VisitScreen)
        pane = screen.pane
        assert isinstance(pane, NpsPane)
        meant = pane._current()
        assert meant is not None
        new = Contact(id=new_id(), customer_id=world.customer, name="!first", role="decision maker")
        pulled.contact.save(new)
        app.reload()
        await pilot.pause()
        assert new.id in [row.id for row in pane.whom.rows]
        now = pane._current()
        assert now is not None
        assert now.id == meant.id


async def test_undo_never_takes_back_what_a_sync_brought(store: Store, pulled: Store) -> None:
    world = build(store)
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), None).id
    store.visit.set_step(visit, "integrity")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        pulled.finding.grade(visit, world.item, "deteriorating", note="theirs")
        set_local(pulled, sync_taken="13")
        app.reload()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert any("nothing was taken back" in one.title for one in app._notifications)
        [found] = pulled.finding.where("visit_id = ?", [visit])
        assert (found.verdict, found.note) == ("deteriorating", "theirs")
        await pilot.press("home", "x", "ctrl+z")
        await pilot.pause()
        [found] = pulled.finding.where("visit_id = ?", [visit])
        assert (found.verdict, found.note) == ("deteriorating", "theirs")


async def test_a_contact_that_comes_before_the_one_under_the_cursor_is_not_ticked(
    store: Store, pulled: Store
) -> None:
    """Nor is what was ticked lost when the sync that is under way brings the same people."""
    world = build(store)
    me = store.local.settings().me
    visit = store.visit.start(world.customer, store.checklist.pin(shipped()[0]), me).id
    store.visit.set_step(visit, "people")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(VisitScreen(visit))
        await pilot.pause()
        await pilot.pause()
        await pilot.press("space")
        known = pulled.contact.get(world.contact)
        pulled.contact.save(known.model_copy(update={"job_title": "Plant manager"}))
        pulled.contact.save(
            Contact(id=new_id(), customer_id=world.customer, name="!first", role="decision maker")
        )
        pulled.counterpart.pair(world.stranger, me, None)
        app.reload()
        await pilot.pause()
        assert "!first" in shown(app)
        await pilot.press("space")
        await pilot.pause()
    ticked = {row[0] for row in pulled.rows("SELECT contact_id FROM attendee WHERE visit_id = ?", [visit])}
    assert ticked == {world.contact, world.stranger}
    assert [pair.met_on for pair in pulled.counterpart.of(world.stranger)] == [store.clock().date()]


async def test_the_one_under_the_cursor_of_the_map_is_introduced(store: Store, pulled: Store) -> None:
    world = build(store)
    store.contact.save(store.contact.get(world.stranger).model_copy(update={"function": "Payables"}))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CounterpartsScreen(world.customer))
        await pilot.pause()
        pulled.contact.save(
            Contact(id=new_id(), customer_id=world.customer, name="!first", function="payables")
        )
        app.reload()
        await pilot.pause()
        assert "!first" in shown(app)
        await pilot.press("p")
        await pilot.pause()
    [action] = pulled.action.where("title GLOB 'Introduce *'")
    assert action.title == "Introduce Anneli Strand to Zoe"

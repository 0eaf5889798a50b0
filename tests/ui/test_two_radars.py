"""The same file open in two Radars: each sees what the other did, and neither writes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer import CustomerScreen
from radar_tui.ui.screens.visit import VisitScreen
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


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

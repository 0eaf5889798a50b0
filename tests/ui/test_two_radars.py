"""The same file open in two Radars: each sees what the other did, and neither writes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer import CustomerScreen
from radar_tui.ui.screens.visit import VisitScreen
from tests.ui.world import World, build

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

"""ctrl+z takes back the last change and never another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.steps import new_streams, replacements
from tests.ui.steps.standing import app_on, on_disk, opened, step, visit_with
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


async def test_a_part_added_by_hand_is_what_undo_takes_back(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("replacements")])
    store.finding.grade(visit, world.item, "unserviceable")
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, replacements.Pane)
        await pilot.press("a")
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("tab", "2", "comma", "5", "enter")
        await pilot.pause()
        form = pilot.app.screen
        assert form.is_modal, "half a part is no quantity"
        await pilot.press("backspace", "backspace", "enter")
        await pilot.pause()
        with on_disk(store) as disk:
            found = disk.opportunity.lines_of(visit, "replacement")
            assert [(row.quantity, row.decision) for row in found] == [(1, "agreed"), (2, "to quote")]
        await pilot.press("ctrl+z")
        await pilot.pause()
        with on_disk(store) as disk:
            found = disk.opportunity.lines_of(visit, "replacement")
            assert [(row.quantity, row.decision) for row in found] == [(1, "agreed")]


async def test_a_new_stream_that_was_changed_gets_its_numbers_back(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("new_streams")])
    id = store.opportunity.new_stream(visit, "Line 3", model="RX-40", widgets=125, housings=1, percent=10)
    before = store.opportunity.stream_as_it_stands(id)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, new_streams.Pane)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "x", "tab", "tab", "7", "enter")
        await pilot.pause()
        with on_disk(store) as disk:
            [offer] = disk.opportunity.new_streams(visit)
            assert (offer.name, offer.widgets) == ("Line 3x", 7)
        await pilot.press("ctrl+z")
        await pilot.pause()
        with on_disk(store) as disk:
            assert disk.opportunity.stream_as_it_stands(id) == before

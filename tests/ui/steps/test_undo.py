"""ctrl+z takes back the last change and never another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.row import LAST_DAY
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.steps import integrity, new_streams, next_visit, replacements
from tests.ui.steps.standing import app_on, on_disk, opened, screen_of, step, visit_with
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


async def test_undo_ends_at_what_cannot_be_taken_back(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("integrity")])
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, integrity.Pane)
        await pilot.press("u")
        screen_of(pilot).save(lambda: store.visit.set_summary(visit, "sealed"), None)
        await pilot.press("ctrl+z")
        await pilot.pause()
        with on_disk(store) as disk:
            assert [row.verdict for row in disk.finding.where("visit_id = ?", [visit])] == ["unserviceable"]
        await pilot.press("s", "ctrl+z", "ctrl+z", "ctrl+z")
        await pilot.pause()
        with on_disk(store) as disk:
            assert [row.verdict for row in disk.finding.where("visit_id = ?", [visit])] == ["unserviceable"]


async def test_no_key_and_no_command_leaves_a_visit_with_an_answer_that_is_not_on_the_disk(
    store: Store,
) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("integrity")])
    app = app_on(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, integrity.Pane)
        screen = screen_of(pilot)
        with on_disk(store) as disk, disk.transaction():
            await pilot.press("u")
            app.action_main("company")
            await pilot.pause()
            assert app.screen is screen
            app.push_screen(CustomerScreen(world.customer))
            await pilot.pause()
            await pilot.press("1")
            await pilot.pause()
            assert screen in app.screen_stack
        await pilot.pause(1.2)
        assert [row.verdict for row in store.finding.where("visit_id = ?", [visit])] == ["unserviceable"]
        app.action_main("radar")
        await pilot.pause()
        assert screen not in app.screen_stack


async def test_the_last_day_of_all_is_no_day_to_go_beyond(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("next_visit")])
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, next_visit.Pane)
        pane.day = LAST_DAY
        await pilot.press("plus", "right", "enter")
        await pilot.pause()
        assert pane.day == LAST_DAY
        with on_disk(store) as disk:
            assert disk.visit.get(world.planned).planned_on == LAST_DAY


async def test_another_verdict_says_which_agreed_line_it_takes_along(store: Store) -> None:
    world = build(store)
    visit = visit_with(store, world.customer, [step("integrity")])
    store.finding.grade(visit, world.item, "unserviceable")
    [line] = store.opportunity.lines_of(visit, "replacement")
    store.opportunity.set_decision(line.id, "agreed")
    app = app_on(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, visit, integrity.Pane)
        await pilot.press("u")
        await pilot.pause()
        assert not app._notifications, "the same verdict takes nothing along"
        await pilot.press("s")
        await pilot.pause()
        assert [one.message for one in app._notifications] == [
            "W-010: agreed went with the verdict; ctrl+z brings it back."
        ]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert [row.decision for row in store.opportunity.lines_of(visit, "replacement")] == ["agreed"]

"""Ctrl+z on screens where a change is one key: the last one, once, and never somebody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.screen import CustomerScreen
from tests.ui.hub import set_local
from tests.ui.world import build

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store


async def opportunities(pilot: Pilot[None], customer: str) -> None:
    """The customer at its opportunities, the first one moved on from idea."""
    pilot.app.push_screen(CustomerScreen(customer))
    await pilot.pause()
    await pilot.press("u", "s")
    await pilot.pause()


def stage(store: Store, id: str) -> str:
    return store.opportunity.get(id).stage


def said(app: RadarApp) -> list[str]:
    """Titles and messages of what was notified, the oldest first."""
    return [f"{one.title} {one.message}".strip() for one in app._notifications]


async def test_what_the_disk_did_not_take_is_taken_back_the_next_time(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opportunities(pilot, world.customer)
        with closing(sqlite3.connect(store.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("ctrl+z")
            await pilot.pause()
            assert stage(store, world.opportunity) == "quoted"
            assert "It was not saved: do it again." in said(app)[-1]
            other.execute("ROLLBACK")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert stage(store, world.opportunity) == "idea"
        assert said(app)[-1].startswith("Taken back:")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert said(app)[-1] == "Nothing to take back."


async def test_what_moved_on_is_not_taken_back_and_does_not_bar_what_was_before(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opportunities(pilot, world.customer)
        await pilot.press("a", "space")
        done = store.action.get(world.action)
        store.action.change(done, done.model_copy(update={"status": "dropped", "done_on": None}))
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert store.action.get(world.action).status == "dropped"
        assert "Nothing was taken back" in said(app)[-1]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert stage(store, world.opportunity) == "idea"


async def test_nothing_is_taken_back_over_what_a_sync_brought(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opportunities(pilot, world.customer)
        set_local(store, sync_taken="7")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert stage(store, world.opportunity) == "quoted"
        assert said(app)[-1].startswith("A sync has brought changes since")

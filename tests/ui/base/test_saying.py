"""What is read beside a screen: shown while it is wanted; what goes wrong is said, and the app goes on."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.connection import FileGone, SaveFailed
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.faults import unsaved
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.search.screen import SearchScreen
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store

pytestmark = pytest.mark.asyncio


class Reading(Page):
    """Reads nothing by itself."""

    def reload(self) -> None:
        pass


def nobody_there(store: Store) -> str:
    raise RadarError("Nobody is there.", "Ring the bell.")


def broken(store: Store) -> str:
    raise ZeroDivisionError("a fault of ours")


def badly_shown(found: str) -> None:
    raise ZeroDivisionError("a fault of ours")


async def test_what_goes_wrong_beside_a_screen_is_said(store: Store) -> None:
    app, shown = RadarApp(store), list[str]()
    async with app.run_test(size=(80, 24)) as pilot:
        page = Reading()
        await app.push_screen(page)
        for read, show in [
            (nobody_there, shown.append),
            (broken, shown.append),
            (lambda _: "read", badly_shown),
        ]:
            page.in_background("there", read, show)
            await app.workers.wait_for_complete()
            await pilot.pause()
        told = [(note.title, note.message.partition(":")[0]) for note in app._notifications]
        assert told == [
            ("Nobody is there.", "Ring the bell."),
            ("Radar could not finish this. Nothing is lost.", "For the makers of Radar"),
            ("Radar could not finish this. Nothing is lost.", "For the makers of Radar"),
        ]
        assert shown == []


async def test_only_what_was_asked_for_last_is_shown(store: Store) -> None:
    build(store, "Aurora")
    app, shown, go_on = RadarApp(store), list[str](), Event()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = Reading()
        await app.push_screen(page)
        page.in_background("there", lambda _: "late" if go_on.wait(10) else "never", shown.append)
        page.in_background("there", lambda _: "now", shown.append)
        page.in_background(
            "elsewhere", lambda store: str(store.row("SELECT count(*) FROM customer")[0]), shown.append
        )
        go_on.set()
        for _ in range(100):
            await pilot.pause(0.05)
            if len(shown) == 2:
                break
        assert sorted(shown) == ["1", "now"]
        go_on.clear()
        page.in_background("there", lambda _: "too late" if go_on.wait(10) else "never", shown.append)
        app.pop_screen()
        await pilot.pause()
        go_on.set()
        await pilot.pause(0.1)
        assert "too late" not in shown


async def test_a_change_elsewhere_while_a_screen_is_being_built_harms_nothing(store: Store) -> None:
    build(store, "Aurora")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(SearchScreen())
        app.reload()
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)


async def test_a_write_that_failed_is_told_with_what_becomes_of_it(store: Store) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(SaveFailed("The disk is full.", "Free some space."))
        app.say(FileGone("radar.db is no longer where it was: nothing can be saved.", "Put it back."))
        await pilot.pause()
        assert [note.message for note in app._notifications] == [
            "Free some space. It was not saved: do it again.",
            "Put it back. Or keep what is there with ctrl+p, Back up the database now. "
            "It was not saved: do it again.",
        ]
    waits = unsaved(
        SaveFailed("Another program is writing.", "Let it finish."), "Radar tries again by itself."
    )
    assert waits.hint == "Let it finish. Radar tries again by itself."

"""The visit as text for an e-mail: by its key and from the palette, copied and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.reports.email_text import EmailTextScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, build, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


async def test_it_is_copied_and_shown(store: Store) -> None:
    world = build(store)
    store.visit.set_step(world.visit, "summary")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(VisitScreen(world.visit))
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await settle(pilot)
        said = shown(app)
        assert "Present: Paolo Conti" in said
        assert "For an e-mail" in said
        assert app.clipboard.startswith("Visit report\nAurora Tissue\n")
        app.copy_to_clipboard("else")
        await pilot.press("c")
        assert app.clipboard.startswith("Visit report\n")
        await pilot.press("escape")
        assert isinstance(app.screen, VisitScreen)
        await pilot.press("ctrl+p", *"e-mail")
        await pilot.pause(0.5)
        await pilot.press("down", "enter")
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, EmailTextScreen)


async def test_hostile_text_is_painted_like_any_other(store: Store) -> None:
    world = build(store, "".join(HOSTILE.values()))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EmailTextScreen(world.visit))
        await settle(pilot)
        await settle(pilot)
        assert "[red]x[/]" in shown(app)
        assert "\x1b" not in shown(app) + app.clipboard

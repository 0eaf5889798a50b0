"""The Brief screen: one screen at 80×24, in the look of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.domain.text import one_line
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.visit.start import ChooseChecklist
from radar_tui.ui.widgets.sheet import Sheet
from tests.ui.world import HOSTILE, build, introduce, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store


async def opened(pilot: Pilot[None], customer_id: str) -> BriefScreen:
    """The brief of a customer."""
    screen = BriefScreen(customer_id)
    pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def test_all_of_it_stands_on_one_small_screen(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, world.customer)
        text = shown(app)
        assert screen.query_one(Sheet).max_scroll_y == 0
    for words in (
        "Aurora Tissue",
        "52 days late",
        "Open with",
        "Open loops",
        "In the room",
        "Promises",
        "Last visit",
    ):
        assert words in text, words


async def test_what_is_late_has_its_colour(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer)
        late = [
            segment.text.strip()
            for strip in strips_of(app)
            for segment in strip
            if segment.style and segment.style.color and segment.style.color.name == "#e5625b"
        ]
    assert "!! 52 days late" in late
    assert "!!" in late


async def test_a_smaller_terminal_scrolls_and_a_taller_one_shows_more(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 14)) as pilot:
        screen = await opened(pilot, world.customer)
        sheet = screen.query_one(Sheet)
        assert sheet.max_scroll_y > 0
        await pilot.press("end")
        await pilot.pause()
        assert "12 items seen." in shown(app)
        await pilot.resize_terminal(80, 40)
        assert sheet.max_scroll_y == 0


async def test_keys_lead_to_the_visit_the_customer_and_back(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer)
        await pilot.press("v")
        assert isinstance(app.screen, ChooseChecklist)
        await pilot.press("escape", "o")
        assert isinstance(app.screen, CustomerScreen)
        await pilot.press("b", "o")
        assert isinstance(app.screen, CustomerScreen)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, RadarScreen)


async def test_a_customer_of_whom_nothing_is_known(store: Store) -> None:
    introduce(store)
    customer = store.customer.save(Customer(id=new_id(), name="New one"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, customer.id)
        text = shown(app)
    assert "New one" in text
    assert "No contacts yet." in text


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world.customer)
        for strip in strips_of(app):
            assert strip.cell_length == 80
            assert not any(ord(letter) < 32 for letter in strip.text)
        assert shown(app).splitlines()[0].startswith(f" {one_line(HOSTILE[name])[:6]}")

"""The key bar: what leads on, out and to all keys always stands in it; while one types, letters are letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.settings.keys import KeysScreen
from radar_tui.ui.widgets.key_bar import KeyBar, character_of
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


def bar(app: RadarApp) -> list[str]:
    """The entries as they are read."""
    return [f"{keys} {words}" for keys, words, _ in app.screen.query_one(KeyBar).shown()]


@pytest.mark.parametrize("width", [60, 80, 160])
async def test_the_next_step_the_way_out_and_help_always_stand_there(store: Store, width: int) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("v", "enter", "right_square_bracket", "right_square_bracket")
        await pilot.pause()
        assert {"] next step", "esc leave", "? keys"} <= set(bar(app))
        assert bar(app)[0] == "s d u x verdict", "the keys of the step come first"
        if width >= 80:
            assert "a rest serviceable" in bar(app)
        assert "? keys" in shown(app)


async def test_the_first_step_leads_only_on_and_the_last_only_back(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("v", "enter")
        await pilot.pause()
        assert "] next step" in bar(app)
        assert "[ back" not in bar(app)
        await pilot.press(*["pagedown"] * 10)
        await pilot.pause()
        assert "] next step" not in bar(app)
        assert "[ back" in bar(app)


async def test_while_one_types_f1_takes_the_place_of_the_question_mark(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 24)) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert bar(app) == ["enter to the list", "esc all again", "ctrl+p commands", "f1 keys"]
        await pilot.press("escape", "n")
        await pilot.pause()
        assert bar(app)[-1] == "f1 keys"
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert app.focused is not None


async def test_the_tabs_are_told_of_where_one_only_reads(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        assert "← → tab" in bar(app)


@pytest.mark.parametrize(
    ("key", "character"),
    [("question_mark", "?"), ("minus", "-"), ("plus", "+"), ("n", "n"), ("f1", None), ("ctrl+p", None)],
)
def test_what_a_key_types(key: str, character: str | None) -> None:
    assert character_of(key) == character

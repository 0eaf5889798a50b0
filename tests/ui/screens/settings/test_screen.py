"""The settings in the app: what is typed is checked, kept, and holds for the next answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.settings import Settings
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.frame.words.common import shown_days
from radar_tui.ui.screens.settings.screen import parsed_days, settings_form
from tests.ui.world import introduce, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store


async def test_from_the_palette_to_the_file(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"settings")
        await pilot.pause(0.5)
        await pilot.press("down", "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, FormScreen)
        assert "Mon Tue Wed Thu Fri" in shown(app)
        assert "within 8 working hours, 9:00 to 17:00" in shown(app)
        await pilot.press("tab", "tab", "tab", *"IT", "tab", "4", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, FormScreen)
    expected = replace(store.local.settings(), country="IT", call_hours=4)
    assert store.local.settings() == app.settings == expected
    assert store.follow_up.due("recover") == store.clock().replace(hour=14, microsecond=0)


@pytest.mark.parametrize(
    ("tabs", "text", "said"),
    [
        (0, "never", "like Mon-Fri"),
        (1, "18", "start before they end"),
        (2, "25", "between 0 and 24"),
        (3, "XX", "No public holidays are known for XX"),
        (4, "0", "at least one hour"),
        (5, "1.5", "a whole number"),
        (6, "euro", "three letters"),
        (7, "0", "at least 1 day"),
    ],
)
async def test_what_cannot_be_is_said_and_nothing_changes(
    store: Store, tabs: int, text: str, said: str
) -> None:
    introduce(store)
    before, app = store.local.settings(), RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(settings_form(app))
        await pilot.pause()
        await pilot.press(*["tab"] * tabs, "home", "shift+end", "delete", *text, "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert said in shown(app)
    assert store.local.settings() == before == app.settings


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Mon Tue Wed Thu Fri", "12345"),
        ("mon-fri", "12345"),
        ("Monday to Friday", "12345"),
        ("Mon – Fri", "12345"),
        ("Sun-Thu", "12347"),
        ("Sat, Mon", "16"),
        ("fri", "5"),
    ],
)
def test_days_as_people_write_them(text: str, digits: str) -> None:
    assert parsed_days(text) == digits


@pytest.mark.parametrize("text", ["", "xyz", "Mon-Tue-Wed", "-", "Mon-", "12345"])
def test_other_words_are_no_days(text: str) -> None:
    with pytest.raises(ValueError, match="Mon-Fri"):
        parsed_days(text)


@given(st.frozensets(st.integers(1, 7), min_size=1))
def test_days_are_shown_as_they_are_read(days: frozenset[int]) -> None:
    digits = "".join(map(str, sorted(days)))
    assert parsed_days(shown_days(digits)) == digits


def test_the_standard_is_monday_to_friday() -> None:
    assert shown_days(Settings().working_days) == "Mon Tue Wed Thu Fri"

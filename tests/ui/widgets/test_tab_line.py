"""The line of tabs: a letter marked in each word, counts where there is room, clicks."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from radar_tui.ui.base.themes import DARK, with_our_variables
from radar_tui.ui.widgets.tab_line import Tab, TabLine

TABS = [Tab("overview", "Overview", "o"), Tab("visits", "Visits", "t"), Tab("streams", "Streams", "r")]


class Bare(App[None]):
    """Nothing but the tabs; remembers what was picked."""

    picked = ""

    def get_css_variables(self) -> dict[str, str]:
        return with_our_variables(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield TabLine(TABS)

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        self.picked = event.name


async def test_counts_stand_where_there_is_room_and_nothing_moves_with_the_tab() -> None:
    app = Bare()
    async with app.run_test(size=(40, 3)) as pilot:
        line = app.query_one(TabLine)
        line.show("overview", {"visits": 12, "streams": 0})
        await pilot.pause()
        assert line.render_line(0).text.rstrip() == " Overview  Visits 12  Streams"
        line.show("visits", {"visits": 12, "streams": 0})
        await pilot.pause()
        assert line.render_line(0).text.rstrip() == " Overview  Visits 12  Streams"
        await pilot.resize_terminal(28, 3)
        await pilot.pause()
        assert line.render_line(0).text.rstrip() == " Overview  Visits  Streams"


async def test_the_key_of_each_tab_is_underlined_in_its_word() -> None:
    app = Bare()
    async with app.run_test(size=(40, 3)) as pilot:
        line = app.query_one(TabLine)
        line.show("overview", {})
        await pilot.pause()
        marked = [
            segment.text for segment in line.render_line(0) if segment.style and segment.style.underline
        ]
    assert marked == ["t", "r"]


@pytest.mark.parametrize(("x", "name"), [(2, "overview"), (12, "visits"), (20, "streams"), (39, "")])
async def test_a_click_picks_the_tab_under_it(x: int, name: str) -> None:
    app = Bare()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.click(TabLine, offset=(x, 0))
        assert app.picked == name

"""Lines to read: wrapped between words, painted as data, scrolled without delay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from radar_tui.domain.text import block
from radar_tui.ui.base.themes import DARK, with_our_variables
from radar_tui.ui.widgets.sheet import Sheet, wrapped


class Bare(App[None]):
    """Nothing but a sheet."""

    def get_css_variables(self) -> dict[str, str]:
        return with_our_variables(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield Sheet()

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name


async def test_it_scrolls_by_key_at_once_and_stops_at_the_ends() -> None:
    app = Bare()
    async with app.run_test(size=(20, 10)) as pilot:
        sheet = app.query_one(Sheet)
        sheet.show(lambda width: [[(f"line {number}", "")] for number in range(25)])
        sheet.focus()
        await pilot.pause()
        await pilot.press("down", "down")
        assert sheet.render_line(0).text.strip() == "line 2"
        await pilot.press("end")
        assert sheet.render_line(9).text.strip() == "line 24"
        await pilot.press("down", "pageup")
        assert sheet.render_line(0).text.strip() == "line 6"
        await pilot.press("home", "up")
        assert sheet.render_line(0).text.strip() == "line 0"


async def test_it_is_laid_out_again_when_the_width_changes() -> None:
    app = Bare()
    async with app.run_test(size=(20, 10)) as pilot:
        sheet = app.query_one(Sheet)
        sheet.show(lambda width: [[(str(width), "strong")]])
        assert sheet.render_line(0).text.strip() == "18"
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert sheet.render_line(0).text.strip() == "38"


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("one two three", 7, 0, ["one two", "three"]),
        ("one\n\ntwo", 9, 0, ["one", "", "two"]),
        ("abcdefgh", 3, 0, ["abc", "def", "gh"]),
        ("one two three four", 7, 2, ["one two", "three…"]),
        ("株式会社", 4, 0, ["株式", "会社"]),
        ("", 5, 0, [""]),
    ],
)
def test_words_stay_whole_where_they_fit(text: str, width: int, most: int, lines: list[str]) -> None:
    assert wrapped(text, width, most) == lines


@given(st.text(max_size=300), st.integers(2, 40), st.integers(0, 4))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert all(cell_len(line) <= width for line in lines)
    assert not any(ord(letter) < 32 for line in lines for letter in line)
    if most:
        assert len(lines) <= most
    else:
        assert "".join("".join(lines).split()) == "".join(block(text).split())

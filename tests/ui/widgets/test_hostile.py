"""Whatever text there is, every widget that paints text paints it as it is; screens are sampled by `some_hostile`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App

from radar_tui.ui.base.themes import DARK, with_our_variables
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.fields import ChoiceField, TextField
from radar_tui.ui.widgets.hint_line import Hint, HintLine
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, wrapped
from radar_tui.ui.widgets.step_list import StepLine, StepList
from tests.ui.world import HOSTILE, strips_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget


def table(text: str) -> Widget:
    made = RowTable([ListColumn("Name", 10, grow=True), ListColumn("Note", 10, right=True)], empty="Nothing.")
    made.show_rows(
        [ListRow("0", [(text, "strong"), [(text, "late"), ("!", "")]]), ListRow("1", [text, text])]
    )
    return made


def sheet(text: str) -> Widget:
    made = Sheet()
    made.show(lambda width: [[(line, "strong")] for line in wrapped(text, width, 5)] + [[(text, "")]])
    return made


def steps(text: str) -> Widget:
    made = StepList()
    made.show([StepLine(text, True, text), StepLine("Next", False, "")], 0)
    return made


def hints(text: str) -> Widget:
    made = HintLine()
    made.show([Hint("k", text, "none"), Hint("j", "next", "none")])
    return made


PAINTED: dict[str, Callable[[str], Widget]] = {
    "line": lambda text: Line((text, "strong"), (text, "muted")),
    "table": table,
    "sheet": sheet,
    "step list": steps,
    "hint line": hints,
    "text field": lambda text: TextField(text, placeholder=text),
    "empty text field": lambda text: TextField("", placeholder=text),
    "choice": lambda text: ChoiceField([("a", text), ("b", "other")], "a"),
}


class Bare(App[None]):
    """One widget after the other."""

    def get_css_variables(self) -> dict[str, str]:
        return with_our_variables(super().get_css_variables())

    def compose(self) -> ComposeResult:
        return iter(())

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name


@pytest.mark.parametrize("widget", PAINTED)
async def test_any_text_is_painted_as_it_is(widget: str) -> None:
    app = Bare()
    async with app.run_test(size=(80, 12)) as pilot:
        for name, text in HOSTILE.items():
            made = PAINTED[widget](text)
            await app.mount(made)
            await pilot.pause()
            painted = "\n".join(strip.text for strip in strips_of(app))
            assert not any(ord(letter) < 32 and letter != "\n" for letter in painted), name
            assert not any(letter in painted for letter in "\x7f\x9b\u202e\u2066"), name
            if name in ("markup", "closing"):
                assert text in painted, name
            await made.remove()

"""The steps of a visit: what is done, where we are, how much is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.widget import Widget

from radar_tui.domain.text import one_line
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.widgets.cells import fitted
from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content


class StepLine(NamedTuple):
    """One step in the list."""

    title: str
    done: bool
    words: str


class StepList(Widget):
    """Painted as one widget; a click goes to a step."""

    DEFAULT_CSS = "StepList { width: 28; height: 1fr; padding: 0 1; border-right: solid $panel; }"

    class Picked(Message):
        """A click on the step with this index."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[StepLine] = ()
        self._here = 0

    def show(self, lines: Sequence[StepLine], here: int) -> None:
        """Show all steps, with a mark on the one we are at."""
        if (lines, here) != (self._lines, self._here):
            self._lines, self._here = lines, here
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        glyphs = getattr(self.app, "glyphs", UNICODE)
        parts: list[tuple[str, str]] = []
        for index, line in enumerate(self._lines):
            here = index == self._here
            mark = glyphs.here if here else glyphs.done if line.done else " "
            style = "accent" if here else "muted"
            words = f" {one_line(line.words)}" if line.words else ""
            room = max(0, width - 5 - len(words))
            parts.append((f"{mark:<2}", "accent"))
            parts.append((f"{index + 1:>2} ", style))
            parts += fitted((line.title, style), room, more=glyphs.more)
            parts.append((f"{words}\n", style))
        return content(parts)

    def on_click(self, event: events.Click) -> None:
        index = event.y
        if 0 <= index < len(self._lines):
            self.post_message(self.Picked(index))

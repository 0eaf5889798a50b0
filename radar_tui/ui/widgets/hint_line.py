"""What a stranger may do next: a few keys with words, centred, on as many lines as they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.widget import Widget

from radar_tui.domain.text import one_line
from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content
    from textual.geometry import Size

GAP = 4


class Hint(NamedTuple):
    """A key, what it does, and the action that a click on either runs."""

    key: str
    words: str
    action: str

    @property
    def width(self) -> int:
        return cell_len(self.key) + 1 + cell_len(self.words)


class HintLine(Widget):
    """Plain words without accent; a click does what the key would."""

    DEFAULT_CSS = "HintLine { width: 100%; height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Replace the keys."""
        self._hints = [Hint(one_line(hint.key), one_line(hint.words), hint.action) for hint in hints]
        self.refresh(layout=True)

    def placed(self, width: int) -> list[list[tuple[int, Hint]]]:
        """The hints line by line, each with the column it starts at."""
        lines: list[list[Hint]] = [[]]
        used = 0
        for hint in self._hints:
            if lines[-1] and used + GAP + hint.width > width:
                lines.append([])
                used = 0
            used += (GAP if lines[-1] else 0) + hint.width
            lines[-1].append(hint)
        placed = []
        for line in lines:
            x = max(0, (width - sum(hint.width for hint in line) - GAP * (len(line) - 1)) // 2)
            starts = []
            for hint in line:
                starts.append((x, hint))
                x += hint.width + GAP
            placed.append(starts)
        return placed

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.placed(width))

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for line in self.placed(self.content_size.width):
            if parts:
                parts.append(("\n", ""))
            at = 0
            for x, hint in line:
                parts += [(" " * (x - at), ""), (hint.key, "strong"), (f" {hint.words}", "muted")]
                at = x + hint.width
        return content(parts)

    async def on_click(self, event: events.Click) -> None:
        lines = self.placed(self.content_size.width)
        if 0 <= event.y < len(lines):
            for x, hint in lines[event.y]:
                if x <= event.x < x + hint.width:
                    await self.run_action(hint.action)

"""The scale from 0 to 10 that a contact answers on: by key, arrows or mouse, the same look for every number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.geometry import Size

HIGHEST = 10
TEN_SECONDS = 1.5
"""How long after `1` a `0` still makes it 10; later it is a change of mind to 0."""

_SHAPES = ((7, 2, 105), (5, 2, 75), (4, 1, 54), (3, 0, 0))
"""Cells of a number, cells between two, and from which width on."""

_CHOSEN = "bold reverse"  # not a colour: it shows on a terminal that has none
_OTHER = "$foreground on $panel"


class Scale(Widget, can_focus=True):
    """Eleven numbers with words under both ends. No number is proposed and none looks better than another."""

    DEFAULT_CSS = "Scale { width: 100%; height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("home", "pick(0)", show=False),
        Binding("end", f"pick({HIGHEST})", show=False),
    ]

    score: reactive[int | None] = reactive(None, layout=False)
    tall = reactive(False, layout=True)

    class Picked(Message):
        """The contact chose this number."""

        def __init__(self, score: int) -> None:
            super().__init__()
            self.score = score

    def __init__(self, low: str, high: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.low, self.high = low, high
        self._one_at: float | None = None

    def show(self, score: int | None) -> None:
        """Show `score` as chosen; None for no choice yet."""
        self.score = score
        self._one_at = None

    # Choosing

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isdecimal()

    def on_key(self, event: events.Key) -> None:
        if event.character is None or event.character not in "0123456789":
            return
        event.stop()
        soon = self._one_at is not None and event.time - self._one_at <= TEN_SECONDS
        digit = int(event.character)
        self.action_pick(HIGHEST if digit == 0 and soon and self.score == 1 else digit)
        if digit == 1:
            self._one_at = event.time

    def action_pick(self, score: int) -> None:
        self.show(score)
        self.post_message(self.Picked(score))

    def action_move(self, by: int) -> None:
        """The neighbour; the first arrow takes the end it points away from."""
        start = (-1 if by > 0 else HIGHEST + 1) if self.score is None else self.score
        self.action_pick(max(0, min(HIGHEST, start + by)))

    def on_click(self, event: events.Click) -> None:
        cell, gap, left = self._shape(self.content_size.width)
        number, place = divmod(event.x - left, cell + gap)
        if 0 <= number <= HIGHEST and place < cell and 0 <= event.y < self._lines:
            self.action_pick(number)

    # Painting

    @property
    def _lines(self) -> int:
        return 3 if self.tall else 1

    @staticmethod
    def _shape(width: int) -> tuple[int, int, int]:
        """Cells of a number, cells between two, cells left of the first."""
        cell, gap, _ = next(shape for shape in _SHAPES if width >= shape[2])
        used = (HIGHEST + 1) * cell + HIGHEST * gap
        return cell, gap, max(0, (width - used) // 2)

    def _ends(self, width: int) -> list[str]:
        """The words under both ends: on one line, or on two where they would touch."""
        cell, gap, _ = self._shape(width)
        used = (HIGHEST + 1) * cell + HIGHEST * gap
        space = used - cell_len(self.low) - cell_len(self.high)
        if space >= 3:
            return [self.low + " " * space + self.high]
        low, high = f"0  {self.low}", f"{HIGHEST}  {self.high}"
        return [low, " " * max(0, used - cell_len(high)) + high]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._lines + 1 + len(self._ends(width))

    def render(self) -> Content:
        width = self.content_size.width
        cell, gap, left = self._shape(width)
        parts: list[tuple[str, str]] = []
        for line in range(self._lines):
            parts.append((" " * left, ""))
            for number in range(HIGHEST + 1):
                words = str(number) if line == self._lines // 2 else ""
                parts.append((words.center(cell), _CHOSEN if number == self.score else _OTHER))
                parts.append((" " * gap if number < HIGHEST else "\n", ""))
        for ends in self._ends(width):
            parts.append((f"\n{' ' * left}{ends}", "$muted"))
        return content(parts)

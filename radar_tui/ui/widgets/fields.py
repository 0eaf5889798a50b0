"""Fields to type into and to choose in; what they hold is data, never markup or control codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from radar_tui.domain.text import fold, one_line
from radar_tui.ui.widgets.line import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content


class TextField(Input):
    """One line of text. Control characters that were stored or pasted are shown as pictures; `text` gives back the
    original where nothing was typed."""

    DEFAULT_CSS = "TextField { height: 1; border: none; padding: 0 1; }"

    def __init__(
        self, value: str = "", *, placeholder: str = "", id: str | None = None, select_on_focus: bool = False
    ) -> None:
        self._original = value
        self._shown = one_line(value)
        super().__init__(
            self._shown, placeholder=one_line(placeholder), id=id, select_on_focus=select_on_focus
        )

    def validate_value(self, value: str) -> str:
        return one_line(value)

    @property
    def text(self) -> str:
        """What to store."""
        return self._original if self.value == self._shown else self.value

    @property
    def changed(self) -> bool:
        return self.value != self._shown


class ChoiceField(Widget, can_focus=True):
    """One of a few words: left, right and space go through them, a letter jumps to the next that starts so."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; padding: 0 1; background: $panel; }
    ChoiceField:focus { color: $accent; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "choose", key_display="← →", tooltip="The choice before"),
        Binding("right,space", "turn(1)", "choose", show=False, tooltip="The next choice"),
    ]
    index = reactive(0)

    class Changed(Message):
        """Another choice stands."""

        def __init__(self, field: ChoiceField) -> None:
            super().__init__()
            self.field = field

    def __init__(
        self, options: Sequence[tuple[str | None, str]], value: str | None = None, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.options = list(options) or [(None, "–")]
        values = [option for option, _ in self.options]
        self._first = values.index(value) if value in values else 0
        self.set_reactive(ChoiceField.index, self._first)

    @property
    def text(self) -> str | None:
        """The value chosen."""
        return self.options[self.index][0]

    @property
    def changed(self) -> bool:
        return self.index != self._first

    @property
    def words(self) -> str:
        """The words of the value chosen."""
        return self.options[self.index][1]

    def choose(self, value: str) -> None:
        """Choose `value`, if it is one of the options."""
        values = [option or "" for option, _ in self.options]
        if value in values:
            self.index = values.index(value)

    def action_turn(self, by: int) -> None:
        self.index = (self.index + by) % len(self.options)

    def watch_index(self) -> None:
        self.post_message(self.Changed(self))

    def on_click(self) -> None:
        self.action_turn(1)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isalpha()

    def on_key(self, event: events.Key) -> None:
        if event.character is None or not event.character.isalpha():
            return
        event.stop()
        letter = fold(event.character)
        for step in range(1, len(self.options) + 1):
            index = (self.index + step) % len(self.options)
            if fold(self.options[index][1]).startswith(letter):
                self.index = index
                return

    def render(self) -> Content:
        words = one_line(self.options[self.index][1])
        place = f"{self.index + 1}/{len(self.options)}"
        gap = max(2, self.content_size.width - 4 - cell_len(words) - len(place))
        return content([(f"‹ {words} ›", ""), (" " * gap, ""), (place, "muted")])

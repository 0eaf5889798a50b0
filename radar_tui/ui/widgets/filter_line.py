"""The `/` line over a list: typing filters, the arrows still move the list; another `/` searches everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

    from radar_tui.ui.widgets.row_table import RowTable


class FilterLine(Input):
    """An empty line until `open`, so that nothing jumps; esc empties and hides it, enter goes to the list
    and keeps the filter."""

    DEFAULT_CSS = """
    FilterLine { visibility: hidden; height: 1; border: none; padding: 0 2; }
    FilterLine.-open { visibility: visible; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "to the list", tooltip="Keep the filter and go to the list"),
        Binding("escape", "clear", "all again", tooltip="Empty the filter"),
        Binding(
            "slash", "app.search", "search everything", tooltip="In the empty line: search everything typed"
        ),
        Binding("up", "list(-1)", "up", show=False, tooltip="One row up in the list"),
        Binding("down", "list(1)", "down", show=False, tooltip="One row down in the list"),
    ]

    class Filtered(Message):
        """The words to filter by; empty for all."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, table: RowTable, placeholder: str) -> None:
        super().__init__(placeholder=f"{placeholder}; / for everything", select_on_focus=False)
        self.table = table

    def open(self) -> None:
        """Show it and type into it."""
        self.add_class("-open")
        self.focus()

    async def on_key(self, event: events.Key) -> None:
        """A `/` in the empty line is the binding, not a letter."""
        if event.key == "slash" and not self.value:
            event.prevent_default()
            event.stop()
            self.action_clear()
            await self.run_action("app.search")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Filtered(event.value.strip()))

    def action_keep(self) -> None:
        if not self.value.strip():
            self.action_clear()
        self.table.focus()

    def action_clear(self) -> None:
        self.value = ""
        self.remove_class("-open")
        self.table.focus()

    def action_list(self, by: int) -> None:
        self.table.action_move(by)

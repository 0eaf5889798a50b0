"""`?`: every key of the screen underneath, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from radar_tui.ui.base.ours import Ours
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar, key_words, usable
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.screen import Screen


class KeysScreen(Ours, ModalScreen[None]):
    """All active keys with what they do; nothing private of Textual is read."""

    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", tooltip="Back to work"),
        Binding(
            "question_mark,f1,enter", "close", "close", show=False, priority=True, tooltip="Back to work"
        ),
    ]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self.below = below
        self.keys = self._keys_of(below)

    def _keys_of(self, screen: Screen[object]) -> list[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        known = [active.binding for active in usable(screen).values() if active.binding.tooltip]
        # What stands in the key bar is asked for most; moving the cursor is known.
        for binding in sorted(known, key=lambda binding: (binding.id is None, not binding.show)):
            if not binding.system:
                found.setdefault(binding.tooltip, []).append(key_words(screen, binding))
        return [(" ".join(dict.fromkeys(keys)), words) for words, keys in found.items()]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(("Keys of this screen", "strong"))
            yield RowTable([ListColumn("Key", 14), ListColumn("What it does", 20, grow=True)], head=False)
            yield KeyBar()

    def on_mount(self) -> None:
        table = self.query_one(RowTable)
        table.show_rows([ListRow(keys, [(keys, "accent"), words]) for keys, words in self.keys])
        table.focus()

    def on_row_table_chosen(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        self.dismiss(None)

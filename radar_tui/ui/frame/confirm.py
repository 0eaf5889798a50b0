"""One question before something that one would not want by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from radar_tui.ui.base.ours import Ours
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult


FEW_LINES, MOST_LINES = 3, 6
LONG = 200
"""Letters for which three lines are enough at 80 cells."""


class ConfirmScreen(Ours, ModalScreen[bool]):
    """Dismissed with True on enter, False on esc."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "yes", tooltip="Go on"),
        Binding("escape", "answer(False)", "no", tooltip="Leave everything as it is"),
        *HELP_KEYS,
    ]

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__()
        self.question, self.consequence = question, consequence

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line((self.question, "strong"))
            yield Sheet()
            yield KeyBar()

    def on_mount(self) -> None:
        sheet = self.query_one(Sheet)
        sheet.styles.height = MOST_LINES if len(self.consequence) > LONG else FEW_LINES
        sheet.show(lambda width: [[(line, "muted")] for line in wrapped(self.consequence, width, MOST_LINES)])

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

"""What a visit came to, as text for an e-mail: copied where the terminal allows it, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.errors import RadarError
    from radar_tui.store.store import Store

COPIED = "copied if the terminal allows it; else shift and the mouse"


class EmailTextScreen(Page):
    """The text is that of the leave-behind: nothing of ours stands in it. A worker reads it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", id="email.copy", tooltip="Copy the text once more"),
        Binding("escape", "back", "back", id="email.back", tooltip="Back to the visit"),
    ]

    def __init__(self, visit_id: str) -> None:
        super().__init__()
        self._visit = visit_id
        self.text = ""

    def compose(self) -> ComposeResult:
        yield Line(("For an e-mail", "strong"), id="title")
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def reload(self) -> None:
        if not self.text:
            self.in_background("email", self._read, self._show, self._refused)

    def _read(self, store: Store) -> str:
        from radar_tui.reports.email import email_text
        from radar_tui.reports.kinds import made

        return email_text(made(store, "visit", self._visit))

    def _refused(self, error: RadarError) -> None:
        self.host.say(error)
        if self.is_current:
            self.action_back()

    def _show(self, text: str) -> None:
        self.text = text
        self.query_one(Sheet).show(self.lines)
        self.action_copy()

    def lines(self, width: int) -> list[SheetLine]:
        """The text, broken where the window ends; what is copied is not."""
        return [
            [(part, "")] for line in self.text.splitlines() for part in wrapped(line, max(20, width)) or [""]
        ]

    def action_copy(self) -> None:
        if self.text:
            self.app.copy_to_clipboard(self.text)
            self.query_one("#title", Line).show(("For an e-mail", "strong"), (f"  {COPIED}", "muted"))

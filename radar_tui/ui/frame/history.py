"""Whatever is drawn over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped
from radar_tui.ui.widgets.wrapping import READABLE

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.ui.widgets.time_axis import TimeAxis


class HistoryScreen(Page):
    """What `read` gives: the title, the figures on one time axis (None: nothing yet), and where they come from."""

    CSS_PATH = Path(__file__).with_name("history.tcss")  # a subclass elsewhere has it too
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "table", "table or plot", id="history.table", tooltip="The same figures as a table, or as a plot"),
        Binding("escape", "back", "back", id="history.back", tooltip="Back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._as_table = False

    def read(self) -> tuple[str, TimeAxis | None, str]:
        """Title, figures and source; a subclass reads them from the store."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Sheet(id="figure")
        yield Sheet(id="origin")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#figure").focus()

    def reload(self) -> None:
        title, axis, source = self.read()
        self.query_one("#title", Line).show((title, "strong"))
        self.query_one("#origin", Sheet).show(
            lambda width: [[(line, "muted")] for line in wrapped(source, min(width, READABLE), 3)]
        )
        figure, glyphs = self.query_one("#figure", Sheet), self.host.glyphs

        def lines(width: int) -> list[SheetLine]:
            if axis is None:
                return [[], [(f"{glyphs.none}  nothing is known yet", "muted")]]
            if self._as_table:
                return axis.table()
            return axis.lines(width, axis.rows_in(figure.size.height), glyphs)

        figure.show(lines)

    def action_table(self) -> None:
        self._as_table = not self._as_table
        self.reload()
        self.query_one("#figure", Sheet).action_to(0)

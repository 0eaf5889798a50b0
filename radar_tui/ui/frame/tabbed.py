"""A full screen with tabs: a letter, the arrows or a click changes the tab; each tab keeps its cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher

from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget


def tab_keys(prefix: str, tabs: Sequence[Tab]) -> list[BindingType]:
    """The letter of each tab as a binding that the keys screen and the palette tell of."""
    return [
        Binding(
            tab.key,
            f"tab('{tab.name}')",
            tab.words,
            show=False,
            id=f"{prefix}.{tab.name}",
            tooltip=f"The tab {tab.words}",
        )
        for tab in tabs
    ]


class TabbedPage(Page):
    """A subclass names TABS, makes the widget of each in `body`, and fills the current one in `fill`."""

    TABS: ClassVar[Sequence[Tab]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "tab", show=False, tooltip="The next tab"),
        Binding("left,shift+tab", "turn(-1)", "tab", show=False, tooltip="The tab before"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.here = self.TABS[0].name

    def body(self, name: str) -> Widget:
        """The widget of a tab, made once."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Rows by tab name, for the tabs that are lists."""
        raise NotImplementedError

    def marks(self) -> dict[str, tuple[str, str]]:
        """The glyph, with its style, of tabs on which something is late or due."""
        return {}

    def fill(self, name: str) -> None:
        """Read and show one tab."""
        raise NotImplementedError

    def compose_tabs(self, *between: Widget) -> ComposeResult:
        """The line of tabs, what stands under it on every tab, and the chosen one."""
        yield TabLine(self.TABS)
        yield from between
        with ContentSwitcher(initial=f"tab-{self.here}"):
            for tab in self.TABS:
                widget = self.body(tab.name)
                widget.id = f"tab-{tab.name}"
                yield widget

    def on_mount(self) -> None:
        self.focus_body()

    @property
    def table(self) -> RowTable | None:
        """The table of the tab we are at; None where it is no list."""
        body = self.query_one(f"#tab-{self.here}")
        if isinstance(body, RowTable):
            return body
        return next(iter(body.query(RowTable)), None)

    @property
    def chosen(self) -> str | None:
        """The key of the row under the cursor."""
        table = self.table if self.is_mounted else None
        row = table.current if table is not None else None
        return row.key if row is not None else None

    def focus_body(self) -> None:
        """Put the keys where the tab's own widget is."""
        (self.table or self.query_one(f"#tab-{self.here}")).focus()

    def reload(self) -> None:
        self.query_one(TabLine).show(self.here, self.counts(), self.marks())
        self.fill(self.here)
        self.refresh_bindings()

    # Changing the tab

    def go_to(self, name: str) -> None:
        """Show another tab."""
        self.here = name
        self.query_one(ContentSwitcher).current = f"tab-{name}"
        self.reload()
        self.focus_body()

    def point(self, name: str, row: str) -> None:
        """Show a tab with the cursor on a row, once the screen is there."""

        def shown() -> None:
            if self.is_attached:
                self.go_to(name)
                if (table := self.table) is not None:
                    table.go_to(row)

        self.call_after_refresh(shown)

    def action_tab(self, name: str) -> None:
        self.go_to(name)

    def action_turn(self, by: int) -> None:
        names = [tab.name for tab in self.TABS]
        self.go_to(names[(names.index(self.here) + by) % len(names)])

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        self.go_to(event.name)

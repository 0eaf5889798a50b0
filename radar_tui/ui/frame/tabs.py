"""A tab is one object: columns, empty words, rows, cells, detail, form and keys; a page asks the one it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher

from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from radar_tui.store.store import Store
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.base.place import ReportOf
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.filter_line import FilterLine


P = TypeVar("P", bound="TabsPage")


class PageTab(Generic[P]):
    """One tab of a page `P`, made with it. `of_row` are the acts that need a row under the cursor."""

    tab: ClassVar[Tab]
    of_row: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, page: P) -> None:
        self.page = page

    @property
    def store(self) -> Store:
        return self.page.store

    @property
    def today(self) -> date:
        return self.page.today

    @property
    def glyphs(self) -> Glyphs:
        return self.page.host.glyphs

    def body(self) -> Widget:
        """Its widget, made once."""
        raise NotImplementedError

    def fill(self) -> None:
        """Read and show."""
        raise NotImplementedError

    def count(self) -> int | None:
        """How many rows stand beside its words."""
        return None

    def mark(self) -> tuple[str, str] | None:
        """The glyph, with its style, of something that is late or due in it."""
        return None

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here that they do not do on every tab."""
        return {}

    def may(self, act: str) -> bool:
        """Whether a key means something here and now."""
        return act in self.acts() and (act not in self.of_row or self.page.chosen is not None)

    def opened(self, key: str) -> None:
        """Enter or a click on the row with this key."""

    def opens_from(self, table: RowTable) -> bool:
        """Whether a row of this table opens something."""
        return table is self.page.table

    def filter_by(self, words: str) -> None:
        """Show only what holds these words, where the tab has a filter."""

    def leave(self) -> bool:
        """Step back inside the tab; False where there is nothing to step back from."""
        return False

    def reported(self) -> ReportOf | None:
        """What the report key reports here, where it is not what the whole page is about."""
        return None

    def show_below(self) -> None:
        """Paint what stands below the tab."""
        self.page.query_one("#detail").display = False


class TabsPage(Page):
    """A page whose tabs are the objects of PARTS; a letter, the arrows or a click changes the tab, and each keeps its
    cursor. `act('…')` as the action of a key is left to the tab shown."""

    PARTS: ClassVar[Sequence[type[PageTab[Any]]]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "tab", show=False, tooltip="The next tab"),
        Binding("left,shift+tab", "turn(-1)", "tab", show=False, tooltip="The tab before"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, PageTab[Any]] = {part.tab.name: part(self) for part in self.PARTS}
        self.here = next(iter(self.parts))

    @property
    def part(self) -> PageTab[Any]:
        """The tab that is shown."""
        return self.parts[self.here]

    def counts(self) -> dict[str, int]:
        """Rows by tab name, for the tabs that are lists."""
        counted = {name: part.count() for name, part in self.parts.items()}
        return {name: count for name, count in counted.items() if count is not None}

    def marks(self) -> dict[str, tuple[str, str]]:
        """The glyph, with its style, of tabs on which something is late or due."""
        marked = {name: part.mark() for name, part in self.parts.items()}
        return {name: mark for name, mark in marked.items() if mark is not None}

    def fill(self, name: str) -> None:
        """Read and show one tab."""
        self.parts[name].fill()
        self.show_detail()

    def show_detail(self) -> None:
        """Paint what stands below the list."""
        self.part.show_below()

    def show_form(self, form: FormScreen | None) -> None:
        """Open a form; when something was saved, everything shown is read again."""
        from radar_tui.ui.frame.form import after_saving

        if form is not None:
            self.app.push_screen(form, after_saving(self.host))

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        if event.table is self.table:
            self.show_detail()
            self.refresh_bindings()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        if self.part.opens_from(event.table):
            self.part.opened(event.key)

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self.part.filter_by(event.words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            return self.part.may(str(parameters[0]))
        return super().check_action(action, parameters)

    def action_act(self, name: str) -> None:
        self.part.acts()[name]()

    def compose_tabs(self, *between: Widget) -> ComposeResult:
        """The line of tabs, what stands under it on every tab, and the chosen one."""
        yield TabLine([part.tab for part in self.PARTS])
        yield from between
        with ContentSwitcher(initial=f"tab-{self.here}"):
            for name, part in self.parts.items():
                widget = part.body()
                widget.id = f"tab-{name}"
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
        names = list(self.parts)
        self.go_to(names[(names.index(self.here) + by) % len(names)])

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        self.go_to(event.name)

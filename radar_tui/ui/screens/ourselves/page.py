"""The page of ourselves as its tabs know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from radar_tui.ui.frame.list_tab import ListTab, R
from radar_tui.ui.frame.tabs import TabsPage
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from radar_tui.checklists.loader import Library
    from radar_tui.store.lists.ourselves import OurselvesLists
    from radar_tui.store.store import Store


class OurselvesPage(Undoing, TabsPage):
    """Looks at the folder of checklists again whenever it comes to the front."""

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None

    @property
    def library(self) -> Library:
        """The checklists there are."""
        if self._library is None:
            from radar_tui import paths
            from radar_tui.checklists.loader import library

            self._library = library(paths.user_checklists())
        return self._library

    def on_screen_resume(self) -> None:
        self._library = None
        super().on_screen_resume()


class OwnList(ListTab[OurselvesPage, R], Generic[R]):
    """A list with what is `ahead` of all its rows above the row under the cursor."""

    ahead: SheetLine = []

    def lists_of(self, store: Store) -> OurselvesLists:
        from radar_tui.store.lists.ourselves import OurselvesLists

        return OurselvesLists(store)

    def count(self) -> int:
        return self.lists_of(self.store).counts()[self.tab.name]

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self.add, "edit": self.edit}

    def show_below(self) -> None:
        row, ahead, sheet = self.row, self.ahead, self.page.query_one("#detail", Sheet)
        sheet.set_class(False, "-tall")
        sheet.show(
            lambda width: [*([ahead] if ahead else []), *(self.detail(row, width) if row is not None else [])]
        )


class ReadList(OwnList[R], Generic[R]):
    """A list that goes through every row of what it counts, and so is read beside the screen."""

    def read(self, store: Store) -> Sequence[R]:
        """All rows, in a worker."""
        raise NotImplementedError

    def fill(self) -> None:
        self.ahead = []
        self.page.in_background(f"read {self.tab.name}", self.read, self._show_read)

    def _show_read(self, found: Sequence[R]) -> None:
        if self.page.part is self:
            self.show(found)
            self.page.show_detail()
            self.page.refresh_bindings()

    def show(self, found: Sequence[R]) -> None:
        """Fill the table."""
        self.keep(found)
        self.table.show_rows([ListRow(row.id, self.cells(row)) for row in found])

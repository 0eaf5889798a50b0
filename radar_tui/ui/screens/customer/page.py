"""The page of one customer as its tabs know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from radar_tui.store.lists.customer import CustomerLists
from radar_tui.ui.frame.list_tab import ListTab, R
from radar_tui.ui.frame.reporting import Reporting
from radar_tui.ui.frame.tabs import TabsPage
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from radar_tui.store.lists.customer import Head
    from radar_tui.ui.base.place import Place
    from radar_tui.ui.frame.words.common import Detail

DETAIL_LINES = 3


class CustomerPage(Undoing, Reporting, TabsPage):
    """The customer with this id; `head` is None until it is read."""

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.head: Head | None = None

    @property
    def lists(self) -> CustomerLists:
        """The lists of this customer."""
        return CustomerLists(self.store, self.customer_id)

    @property
    def currency(self) -> str:
        return self.head.currency if self.head else "EUR"

    def show_about(self) -> None:
        """Where the figures of this customer come from."""
        from radar_tui.ui.frame import about

        n = self.store.response.answers(self.customer_id, self.today)
        self.app.push_screen(about.AboutScreen(about.customer(n)))

    def go(self, place: Place) -> None:
        self.host.open(place)


class CustomerList(ListTab[CustomerPage, R], Generic[R]):
    """A list of what belongs to the customer; the row under the cursor stands below it in full."""

    @property
    def lists(self) -> CustomerLists:
        return self.page.lists

    def count(self) -> int:
        return self.lists.count(self.tab.name)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self.add, "edit": self.edit}

    def words_of(self, row: R) -> Detail:
        """A line and a text to wrap, where a column may have cut them."""
        raise NotImplementedError

    def detail(self, row: R, width: int) -> list[SheetLine]:
        head, text = self.words_of(row)
        return [head, *([(line, "")] for line in wrapped(text, width, DETAIL_LINES - 1))]

"""The tab that shows a customer at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.base.place import CardOf, OverTimeAt
from radar_tui.ui.frame.tabs import PageTab
from radar_tui.ui.screens.customer.overview import Overview
from radar_tui.ui.screens.customer.page import CustomerPage
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.widget import Widget


class OverviewTab(PageTab[CustomerPage]):
    """Everything of the customer at a glance."""

    tab = Tab("overview", "Overview", "o")

    def body(self) -> Widget:
        return Sheet()

    def fill(self) -> None:
        page = self.page
        if page.head is None:
            return
        found = self.store.radar.page(self.today, ids=[page.customer_id])
        overview = Overview.read(
            page.lists, page.head, found[0] if found else None, self.store.clock(), self.glyphs
        )
        sheet = page.query_one("#tab-overview", Sheet)
        sheet.show(lambda width: overview.lines(width, sheet.size.height))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        id, go = self.page.customer_id, self.page.go
        return {
            "edit": self._edit, "about": self.page.show_about,
            "card": lambda: go(CardOf(id)), "history": lambda: go(OverTimeAt(id)),
        }  # fmt: skip

    def _edit(self) -> None:
        from radar_tui.ui.forms.customer import customer_form

        page = self.page
        page.show_form(customer_form(page.host, self.store.customer.get(page.customer_id)))

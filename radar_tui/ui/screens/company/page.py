"""The Company page as its tabs know it: what was read, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import Filters
from radar_tui.ui.base.place import ReportOf
from radar_tui.ui.frame.reporting import Reporting
from radar_tui.ui.frame.tabs import PageTab, TabsPage

if TYPE_CHECKING:
    from radar_tui.domain.nps import NpsCounts
    from radar_tui.ui.screens.company.read import CompanyRead


class CompanyPage(Reporting, TabsPage):
    """`found` is None until a worker has read it; `before` are both questions a quarter ago."""

    def __init__(self) -> None:
        super().__init__()
        self.filters = Filters()
        self.found: CompanyRead | None = None
        self.before: tuple[NpsCounts, NpsCounts] | None = None

    def reported(self) -> ReportOf:
        return ReportOf("company", filters=self.filters)

    def look_at(self, filters: Filters) -> None:
        """Look only at some answers from here on."""
        self.filters, self.before = filters, None
        self.reload()

    def again(self) -> None:
        """Paint the tab anew from what was read."""
        self.fill(self.here)
        self.refresh_bindings()


class CompanyTab(PageTab[CompanyPage]):
    """A tab that paints what was read, once it is."""

    @property
    def needs(self) -> str:
        """What a worker reads for it, beside the company."""
        return self.tab.name

    def look(self) -> str:
        """What stands beside the filter: the way in which it is looked at."""
        return ""

    def paint(self, found: CompanyRead) -> None:
        """Show what was read."""
        raise NotImplementedError

    def fill(self) -> None:
        if (found := self.page.found) is not None and found.holds(self.needs):
            self.paint(found)

    def show_below(self) -> None:
        """Only markets have something below."""

    def focus(self) -> None:
        """Put the keys where its widget is."""
        body = self.page.query_one(f"#tab-{self.tab.name}")
        (self.page.table or body).focus()

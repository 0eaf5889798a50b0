"""The key for a report, on the screens from which one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from radar_tui.ui.base.place import ReportOf
from radar_tui.ui.frame.page import Page

if TYPE_CHECKING:
    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store

REPORT_KEY = Binding("r", "report", "report", id="report", tooltip="To read here, and as PDF")
"""Each screen gives it its place among its own keys."""


class Reporting(Page):
    """REPORT says of what: the company, or the customer or visit whose id the screen has."""

    REPORT: ClassVar[str] = ""

    def reported(self) -> tuple[str, str]:
        """What is reported and its id."""
        return self.REPORT, str(getattr(self, f"{self.REPORT}_id", ""))

    def action_report(self) -> None:
        self.radar.open(ReportOf(*self.reported()))


def made(store: Store, kind: str, id: str) -> Report:
    """The report of a kind. Raises RadarError if what it is about is gone."""
    if kind == "company":
        from radar_tui.reports.company import company_report

        return company_report(store)
    if kind == "customer":
        from radar_tui.reports.customer import customer_report

        return customer_report(store, id)
    from radar_tui.reports.saving import report_of_visit

    return report_of_visit(store, id)

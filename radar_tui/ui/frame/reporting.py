"""The key for a report, on the screens from which one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from radar_tui.ui.frame.page import Page

if TYPE_CHECKING:
    from radar_tui.ui.base.place import ReportOf

REPORT_KEY = Binding("r", "report", "report", id="report", tooltip="To read here, and as PDF")
"""Each screen gives it its place among its own keys."""


class Reporting(Page):
    """`r` opens the report of what is shown."""

    def reported(self) -> ReportOf:
        """Of what."""
        raise NotImplementedError

    def action_report(self) -> None:
        self.host.open(self.reported())

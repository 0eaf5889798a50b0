"""The key for a report, on the screens from which one is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding

from radar_tui.ui.frame.page import Page

if TYPE_CHECKING:
    from radar_tui.reports.kinds import Subject

REPORT_KEY = Binding("r", "report", "report", id="report", tooltip="To read here, and as PDF")
"""Each screen gives it its place among its own keys."""


class Reporting(Page):
    """`r` opens the report of what is shown."""

    def reported(self) -> tuple[Subject, str]:
        """Of what, and its id."""
        raise NotImplementedError

    def action_report(self) -> None:
        from radar_tui.reports.kinds import made
        from radar_tui.ui.screens.reports.screen import ReportScreen

        of, id = self.reported()
        self.app.push_screen(ReportScreen(partial(made, of=of, id=id)))

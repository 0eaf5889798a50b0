"""A report to read before it leaves the laptop: as text here, as PDF in a file, in the system's viewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from radar_tui.errors import RadarError
    from radar_tui.reports.document import Report
    from radar_tui.store.store import Store
    from radar_tui.ui.frame.form import FormScreen, FormValues


class ReportScreen(Page):
    """The report that `make` gives. It is made, typeset and opened beside the screen."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save as PDF", id="report.save", tooltip="Into a file of your choice"),
        Binding(
            "o", "open", "open", id="report.open", tooltip="Save it and open it with the system's viewer"
        ),
        Binding(
            "e",
            "look",
            "look",
            id="report.look",
            tooltip="Company, logo, colour, paper and language of reports",
        ),
        Binding("i", "about", "about", show=False, id="report.about", tooltip="Where the figures come from"),
        Binding("escape", "back", "back", id="report.back", tooltip="Back"),
    ]

    def __init__(self, make: Callable[[Store], Report]) -> None:
        super().__init__()
        self._make = make
        self._report: Report | None = None
        self._saved: Path | None = None
        self._force = False

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to save before it is there."""
        return self._report is not None or action not in ("save", "open", "about")

    def reload(self) -> None:
        if self._report is None:
            self.query_one("#title", Line).show(("Making the report …", "muted"))
        self.in_background("report", self._make, self._show, self._failed)

    def _failed(self, error: RadarError) -> None:
        if self.is_attached and self._report is None:
            self.query_one("#title", Line).show((error.message, "late"))
        self.host.say(error)

    def _show(self, made: Report) -> None:
        from radar_tui.reports.as_text import lines

        if made != self._report:
            self._saved = None
        self._report = made
        whose = made.internal or "What the customer keeps"
        self.query_one("#title", Line).show(
            (made.title, "strong"), (whose, "due" if made.internal else "muted")
        )
        # Room for a scroll bar that comes with the lines.
        self.query_one(Sheet).show(lambda width: lines(made, width - 1))
        self.refresh_bindings()

    # Keys

    def action_save(self) -> None:
        self.app.push_screen(self._form(), self._chosen)

    def _form(self) -> FormScreen:
        from radar_tui import files
        from radar_tui.ui.frame.form import FormField, FormScreen

        def check(values: FormValues) -> str:
            path = files.named(str(values["path"]).strip().strip("\"'"))
            files.refuse(path, database=self.store.path, force=values["replace"] is True)
            self._force = values["replace"] is True
            return str(path)

        return FormScreen(
            "Save the report as PDF",
            [
                FormField("path", "File", value=str(self._proposed()), required=True),
                FormField("replace", "Replace a file", "yes/no", False),
            ],
            check,
        )

    def _proposed(self) -> Path:
        """A name in the documents folder that nobody has yet."""
        from radar_tui import paths
        from radar_tui.reports.saving import file_name

        assert self._report is not None
        return paths.free(paths.documents() / file_name(self._report, self.store))

    def _chosen(self, path: str | None) -> None:
        if path is not None:
            self._write(Path(path), force=self._force, then_open=False)

    def action_about(self) -> None:
        from radar_tui.reports.kinds import REPORTS
        from radar_tui.ui.frame.about import AboutScreen

        if self._report is not None:
            self.app.push_screen(AboutScreen(REPORTS[self._report.name].about))

    def action_look(self) -> None:
        from radar_tui.ui.screens.reports.settings import report_settings_form

        self.app.push_screen(report_settings_form(self.host), self._looks)

    def _looks(self, changed: str | None) -> None:
        if changed is not None:
            self._saved = None

    def action_open(self) -> None:
        from radar_tui.ui.frame.opening import open_file

        saved = self._saved
        if saved is not None and saved.is_file():
            self.in_background("saving", lambda _: open_file(saved))
        else:
            self._write(self._proposed(), force=False, then_open=True)

    def _write(self, path: Path, *, force: bool, then_open: bool) -> None:
        from radar_tui.reports import saving
        from radar_tui.ui.frame.opening import open_file

        report = self._report
        assert report is not None

        def write(store: Store) -> None:
            warning = saving.save(store, report, path, force=force)
            self._saved = path
            self.app.call_from_thread(self.host.tell, f"Saved: {path}" + (f"  {warning}" if warning else ""))
            if then_open:
                open_file(path)

        self.in_background("saving", write)

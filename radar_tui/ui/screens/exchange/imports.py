"""A file to import: what Radar takes it for, its bad rows, its first rows, and only then the import itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import get_current_worker

from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.files import named
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.exchange.imports_form import ask_for_a_file, rejects_form
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.exchange.imports import ImportReport
    from radar_tui.exchange.options import Options
    from radar_tui.exchange.tables.table_file import Unclear

BAD_COLUMNS = [ListColumn("Line", 7, right=True), ListColumn("Why it can't be imported", 40, grow=True)]
ANSWERS = [ListColumn("Answer", 16), ListColumn("What that means", 40, grow=True)]
MOST_COLUMNS = 9


class ImportRows(RowTable):
    """Rows to read, where there is nothing to open; or answers to choose from."""

    asks = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or self.asks


class ImportsScreen(Page):
    """A worker reads the whole file; nothing is written before `i` or `g`."""

    CSS_PATH = "imports.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "write", "import", id="imports.write", tooltip="Import it, after a backup, all or nothing"),
        Binding("g", "write_good", "good ones only", id="imports.good", tooltip="The bad rows go into a file"),
        Binding("p", "preview", "first rows", id="imports.preview", tooltip="Show the first good rows"),
        Binding("p", "bad_rows", "bad rows", id="imports.bad", tooltip="Show the bad rows"),
        Binding("e", "edit", "what and whose", id="imports.edit", tooltip="Another file, or say what it holds"),
        Binding("escape", "leave", "back", id="imports.back", tooltip="Stop what is under way, then back"),
    ]  # fmt: skip

    class Moved(Message):
        """The worker got further."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Ended(Message):
        """The worker is through: with a report, or with an error in words."""

        def __init__(self, report: ImportReport | None, error: RadarError | None) -> None:
            super().__init__()
            self.report, self.error = report, error

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.report: ImportReport | None = None
        self.error: RadarError | None = None
        self.at_work = ""
        self._stop = False
        self._shows_bad = True
        self._begun = False

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Sheet(id="words")
        yield ImportRows([])
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def reload(self) -> None:
        if not self._begun:
            self._begun = True
            self._run(write=False)
        self._show()

    def may_leave(self) -> bool:
        """What is under way is stopped first; it has changed nothing then."""
        self._stop = True
        return True

    # Work beside the screen

    def _run(self, *, write: bool) -> None:
        self.at_work, self._stop, self.error = "reading", False, None
        self.run_worker(
            lambda: self._work(self.options, write=write), thread=True, group="imports", exit_on_error=False
        )
        self._show()

    def _work(self, options: Options, *, write: bool) -> None:
        from radar_tui.exchange.imports import run

        worker = get_current_worker()

        def progress(words: str, part: float) -> None:
            self.post_message(self.Moved(f"{words}, {part:.0%}" if part else words))

        def cancelled() -> bool:
            return self._stop or worker.is_cancelled

        report, error = None, None
        try:
            with self.store.again() as store:
                report = run(store, options, write=write, progress=progress, cancelled=cancelled)
        except RadarError as said:
            error = said
        except Exception as fault:
            error = self.host.fault(fault)
        self.post_message(self.Ended(report, error))

    def on_imports_screen_moved(self, message: Moved) -> None:
        if self.at_work:
            self.at_work = message.words
            self._show_title()

    def on_imports_screen_ended(self, message: Ended) -> None:
        report = message.report
        self.at_work, self.error = "", message.error
        if report is not None:
            self.report = report
            self._shows_bad = bool(report.bad_rows) and not report.imported
        self._show()
        if report is not None and report.imported:
            self.host.tell(f"Imported: {report.counts.new:,} new, {report.counts.changed:,} changed.")
            self.host.show_unsynced()

    # What is shown

    def _show_title(self) -> None:
        self.query_one("#title", Line).show(
            [("Import", "strong"), (f"   {self.options.path.name}", "")], (self._state(), "muted")
        )

    def _show(self) -> None:
        self._show_title()
        words = self.query_one("#words", Sheet)
        words.styles.height = min(12, len(self._lines(max(20, self.size.width - 2))) + 1)
        words.show(self._lines)
        self._show_rows()
        self.refresh_bindings()

    def _state(self) -> str:
        if self.at_work:
            return (
                f"stopping {self.host.glyphs.more}"
                if self._stop
                else f"{self.at_work} {self.host.glyphs.more}"
            )
        if self.report is None or self.error is not None:
            return "nothing imported"
        return "imported" if self.report.imported else "not imported yet"

    def _lines(self, width: int) -> list[SheetLine]:
        from radar_tui.exchange.imports import in_words

        lines: list[SheetLine] = []
        if self.error is not None:
            lines += [[(line, "late")] for line in wrapped(self.error.message, width)]
            return lines + [[(line, "muted")] for line in wrapped(_for_the_screen(self.error), width)]
        if self.report is None:
            return lines
        report = self.report
        first, *others = in_words(report)
        said = [(first, "strong"), *((words, "muted") for words in others[:-1]), (others[-1], "")]
        if report.imported and report.backup:
            said.append((f"A backup from before: {report.backup.name}", "muted"))
        bad = plural(report.bad_rows, "bad row")
        if report.imported and report.bad_rows:
            said.append((f"{bad} in {self.options.rejects}", "late"))
        elif report.blocked:
            others_too = f", or g imports {plural(report.good, 'good one')}" if report.good else ""
            said.append((f"{self.host.glyphs.late} {bad}: put them right in the file{others_too}.", "late"))
        return [[(line, style)] for words, style in said for line in wrapped(words, width, 2)]

    def _show_rows(self) -> None:
        table, report, asked = self.query_one(ImportRows), self.report, self._asked()
        table.asks = asked is not None
        if asked is not None:
            table.columns = ANSWERS
            table.show_rows(
                [
                    ListRow(str(place), [str(value), words])
                    for place, (value, words) in enumerate(asked.choices)
                ]
            )
        elif report is None:
            table.show_rows([])
        elif self._shows_bad:
            table.columns = BAD_COLUMNS
            table.show_rows([ListRow(str(bad.line), [f"{bad.line:,}", bad.reason]) for bad in report.bad])
        else:
            names = [name.replace("_", " ").capitalize() for _, name in report.used][:MOST_COLUMNS]
            table.columns = [ListColumn(name, 12, place, grow=True) for place, name in enumerate(names)]
            table.show_rows([ListRow(str(place), cells) for place, cells in enumerate(report.shown)])
        table.on_resize()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        report = self.report if self.error is None and not self.at_work else None
        waiting = report is not None and not report.imported
        match action:
            case "write":
                return waiting and report is not None and not report.bad_rows and bool(report.rows)
            case "write_good":
                return waiting and report is not None and bool(report.bad_rows and report.good)
            case "edit":
                return not self.at_work and not (report is not None and report.imported)
            case "preview":
                return report is not None and bool(report.bad_rows) and self._shows_bad
            case "bad_rows":
                return report is not None and bool(report.bad_rows) and not self._shows_bad
        return True

    def action_write(self) -> None:
        self._run(write=True)

    def action_write_good(self) -> None:
        def chosen(path: str | None) -> None:
            if path is not None:
                self.options = replace(self.options, rejects=named(path))
                self._run(write=True)

        self.app.push_screen(rejects_form(self.options.path), chosen)

    def on_row_table_chosen(self, message: RowTable.Chosen) -> None:
        """What the file does not say is said: it is read again so."""
        asked = self._asked()
        if asked is not None:
            answer: dict[str, Any] = {asked.option: asked.choices[int(message.key)][0]}
            self.options = replace(self.options, **answer)
            self._run(write=False)

    def _asked(self) -> Unclear | None:
        from radar_tui.exchange.tables.table_file import Unclear

        return self.error if isinstance(self.error, Unclear) and not self.at_work else None

    def action_preview(self) -> None:
        self._shows_bad = False
        self._show()

    def action_bad_rows(self) -> None:
        self._shows_bad = True
        self._show()

    def action_edit(self) -> None:

        def changed(options: Options) -> None:
            self.options, self.report = options, None
            self._run(write=False)

        ask_for_a_file(self.host, changed, self.options)

    def action_leave(self) -> None:
        if self.at_work and not self._stop:
            self._stop = True
            self._show()
        else:
            self.action_back()


def _for_the_screen(error: RadarError) -> str:
    """The hint, with our keys where it names options of the command."""
    from radar_tui.exchange.tables.table_file import Unclear

    if isinstance(error, Unclear):
        return "Nothing was imported. Choose the answer below, or e says more."
    if "--as" in error.hint or "--customer-column" in error.hint:
        return f"e says it. {error.hint}"
    return error.hint

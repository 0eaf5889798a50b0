"""Before a visit is completed with required answers left: which ones, and why it is completed anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from radar_tui.domain.text import plural
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.steps.base.step import StepTable
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.fields import TextField
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Missing(NamedTuple):
    """A required question without an answer, and the step (index, title) it stands in."""

    step: int
    title: str
    words: str


class Finished(NamedTuple):
    """Completed anyway, with the BRM's reason."""

    note: str


class NoteField(TextField):
    """Enter completes, esc goes back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.finish", "complete visit", tooltip="Complete the visit with this note"),
        Binding("escape", "screen.to_list", "back to the list", tooltip="Not yet"),
    ]


class CompleteVisit(Ours, ModalScreen[Finished | int | None]):
    """Dismissed with Finished, with the index of the step to go to, or None."""

    CSS_PATH = "complete_visit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go there", id="complete.go", tooltip="To the step of this question"),
        Binding(
            "f", "note", "complete anyway", id="complete.anyway", tooltip="Say why, and complete the visit"
        ),
        Binding("escape", "dismiss(None)", "not yet", id="complete.not_yet", tooltip="Back to the summary"),
        *HELP_KEYS,
    ]

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self.missing = missing

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line((f"{plural(len(self.missing), 'required answer')} left", "strong"))
            yield StepTable([ListColumn("Step", 17), ListColumn("Question", 24, grow=True)], head=False)
            yield Line(
                ("Enter goes there. f completes it anyway, with a note on why.", "muted"),
                id="words",
            )
            yield NoteField(placeholder="why it is completed like this")
            yield KeyBar()

    def on_mount(self) -> None:
        table = self.query_one(StepTable)
        table.show_rows([ListRow(str(one.step), [(one.title, "muted"), one.words]) for one in self.missing])
        table.styles.height = min(len(self.missing), 10)
        table.focus()

    def action_go(self) -> None:
        if row := self.query_one(StepTable).current:
            self.dismiss(int(row.key))

    def action_note(self) -> None:
        self.query_one(NoteField).focus()

    def action_to_list(self) -> None:
        self.query_one(StepTable).focus()

    def action_finish(self) -> None:
        note = self.query_one(NoteField).text.strip()
        if note:
            self.dismiss(Finished(note))
        else:
            self.query_one("#words", Line).show(("A word on why, then enter.", "late"))

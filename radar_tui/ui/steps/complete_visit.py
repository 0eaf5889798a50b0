"""Before a visit is completed with something left: what that is, and why it is completed anyway."""

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


LEFT = "Before it is completed"


class Missing(NamedTuple):
    """What is left, and the step (index, title) it stands in: a `required` question with its key there, or what one
    would not leave out by accident."""

    step: int
    title: str
    words: str
    key: str = ""
    required: bool = True


class Finished(NamedTuple):
    """Completed anyway, with the BRM's reason where something required is left."""

    note: str = ""


class NoteField(TextField):
    """Enter completes, esc goes back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.finish", "complete visit", tooltip="Complete the visit with this note"),
        Binding("escape", "screen.to_list", "back to the list", tooltip="Not yet"),
    ]


class CompleteVisit(Ours, ModalScreen[Finished | Missing | None]):
    """Dismissed with Finished, with what to go to, or None."""

    CSS_PATH = "complete_visit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go there", id="complete.go", tooltip="To this very question"),
        Binding(
            "f", "anyway", "complete anyway", id="complete.anyway", tooltip="Complete the visit as it is"
        ),
        Binding("escape", "dismiss(None)", "not yet", id="complete.not_yet", tooltip="Back to the summary"),
        *HELP_KEYS,
    ]

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self.missing = missing
        self.required = sum(each.required for each in missing)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(
                (plural(self.required, "required answer") + " left" if self.required else LEFT, "strong")
            )
            yield StepTable([ListColumn("Step", 17), ListColumn("Question", 24, grow=True)], head=False)
            why = ", with a note on why" if self.required else ""
            yield Line((f"Enter goes there. f completes it anyway{why}.", "muted"), id="words")
            if self.required:
                yield NoteField(placeholder="why it is completed like this")
            yield KeyBar()

    def on_mount(self) -> None:
        table = self.query_one(StepTable)
        rows = enumerate(self.missing)
        table.show_rows([ListRow(str(index), [(each.title, "muted"), each.words]) for index, each in rows])
        table.styles.height = min(len(self.missing), 10)
        table.focus()

    def action_go(self) -> None:
        if row := self.query_one(StepTable).current:
            self.dismiss(self.missing[int(row.key)])

    def action_anyway(self) -> None:
        if self.required:
            self.query_one(NoteField).focus()
        else:
            self.dismiss(Finished())

    def action_to_list(self) -> None:
        self.query_one(StepTable).focus()

    def action_finish(self) -> None:
        note = self.query_one(NoteField).text.strip()
        if note:
            self.dismiss(Finished(note))
        else:
            self.query_one("#words", Line).show(("A word on why, then enter.", "late"))

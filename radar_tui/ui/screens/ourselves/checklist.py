"""A checklist to read: its steps, and what each of them asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Checklist, Question

INDENT = 5


class ChecklistScreen(Page):
    """Read only: a checklist is changed in its file, with a new version."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="checklist.back", tooltip="Back"),
    ]

    def __init__(self, checklist: Checklist) -> None:
        super().__init__()
        self.checklist = checklist

    def compose(self) -> ComposeResult:
        yield Line(
            (str(self.checklist.title), "strong"),
            (f"version {self.checklist.version}, {plural(len(self.checklist.steps), 'step')}", "muted"),
            id="title",
        )
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def reload(self) -> None:
        self.query_one(Sheet).show(lambda width: lines(self.checklist, width))


def lines(checklist: Checklist, width: int) -> list[SheetLine]:
    """The steps by number, with the questions under them."""
    found: list[SheetLine] = []
    for number, step in enumerate(checklist.steps, 1):
        each = f"   for each {step.each}" if step.each else ""
        if step.questions and found and found[-1]:
            found.append([])
        found.append([(f"{number:>3}  ", "muted"), (str(step.title), "strong"), (each, "muted")])
        for question in step.questions:
            found += _question(question, width)
        found += [[]] if step.questions else []
    return found


def _question(question: Question, width: int) -> list[SheetLine]:
    needed = " *" if question.required else ""
    first, *more = wrapped(f"{question.ask}{needed}", width - INDENT - 12)
    indent = (" " * INDENT, "")
    return [
        [indent, (f"{question.type:<12}", "muted"), (first, "")],
        *([(" " * (INDENT + 12), ""), (line, "")] for line in more),
    ]

"""Text that was being typed when Radar had to end: gathered on a signal or a fault, offered at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message_pump import MessagePump
from textual.screen import ModalScreen
from textual.widget import Widget

from radar_tui.domain.text import one_line
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.widgets.fields import ChoiceField, TextField
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode as Node
    from textual.screen import Screen

    from radar_tui.leaving import Draft, Typed
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.frame.form import FormScreen
else:
    # A DOMNode as first base would hide the styles of the widget that comes second.
    Node = MessagePump

LABEL = 18


def gathered(app: Host) -> list[Draft]:
    """What is typed and not saved on the screens that are open."""
    from radar_tui.domain.days import iso
    from radar_tui.leaving import Draft

    at = iso(app.store.clock())
    return [
        Draft(title, where, at, tuple(typed))
        for screen in app.screen_stack
        for title, where, typed in _of(screen, _where(app))
        if typed
    ]


def _where(app: Host) -> str:
    """What the page says that it is about: a customer, a visit."""
    titles = [line.words for screen in app.screen_stack for line in screen.query("#title").results(Line)]
    return titles[-1] if titles else ""


def _of(screen: Screen[object], where: str) -> Iterator[tuple[str, str, list[Typed]]]:
    from radar_tui.leaving import Typed
    from radar_tui.ui.frame.form import FormScreen

    if isinstance(screen, FormScreen):
        yield screen.form_title, where, _typed_in(screen)
        return
    for node in screen.walk_children(with_self=True):
        if isinstance(node, Unwritten):
            yield "Not saved yet", where, [Typed("", label, text, text) for label, text in node.not_saved()]
    for field in screen.query(TextField):
        if field.changed and field.text.strip() and _shown(field):
            words = field.placeholder or next(
                (line.words for line in field.siblings if isinstance(line, Line)), ""
            )
            yield words, where, [Typed(field.id or "", words, field.text, field.text)]


def _typed_in(form: FormScreen) -> list[Typed]:
    from radar_tui.leaving import Typed

    typed = []
    for field in form.fields:
        widget = form.widget_of(field)
        if widget.changed:
            words = widget.words if isinstance(widget, ChoiceField) else widget.text
            typed.append(Typed(field.name, field.label, widget.text or "", words or ""))
    return typed


def _shown(field: TextField) -> bool:
    """Whether the field stands on its screen: a line that was asked and answered is only hidden."""
    return all(node.display for node in field.ancestors_with_self if isinstance(node, Widget))


class Unwritten(Node):
    """A base of whatever may hold something that is typed and that the disk did not take."""

    def not_saved(self) -> list[tuple[str, str]]:
        """The label and the text of each."""
        raise NotImplementedError


class DraftsScreen(Ours, ModalScreen[bool]):
    """Dismissed with True when the texts may go, with False when they are to be offered again."""

    CSS_PATH = "drafts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", id="drafts.copy", tooltip="Copy the texts"),
        Binding("x", "throw_away", "throw away", id="drafts.throw_away", tooltip="They are not needed"),
        Binding("escape", "dismiss(False)", "keep for later", id="drafts.keep", tooltip="Offer them again"),
        *HELP_KEYS,
    ]

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self.drafts = drafts
        self._asked = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(("You were typing when Radar was ended", "strong"))
            yield Sheet()
            yield Line(("In a form of the same title f2 puts it in again.", "muted"), id="words")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).show(self.lines)
        self.query_one(Sheet).focus()

    def lines(self, width: int) -> list[SheetLine]:
        lines: list[SheetLine] = []
        for draft in self.drafts:
            head = " · ".join(one_line(part) for part in (draft.title, draft.where) if part)
            lines.append([(head, "accent")])
            for typed in draft.typed:
                label = one_line(typed.label)[: LABEL - 2] if typed.label != draft.title else ""
                for place, text in enumerate(wrapped(one_line(typed.words), max(20, width - LABEL)) or [""]):
                    lines.append([(f"{'' if place else label:<{LABEL}}", "muted"), (text, "")])
        return lines

    def action_copy(self) -> None:
        texts = [typed.words for draft in self.drafts for typed in draft.typed]
        self.app.copy_to_clipboard("\n".join(texts))
        self.query_one("#words", Line).show(("Copied if the terminal allows it.", "muted"))

    def action_throw_away(self) -> None:
        if self._asked:
            self.dismiss(True)
            return
        self._asked = True
        self.query_one("#words", Line).show(("x again throws it away.", "late"))

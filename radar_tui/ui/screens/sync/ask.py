"""A question before much goes: what it is about in a list, and keys that answer it. Nothing answers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from radar_tui.ui.base.place import EntryAt
from radar_tui.ui.frame.page import Page
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from radar_tui.sync.asking import Asks, Loss
    from radar_tui.sync.undo import Undone

COLUMNS = [ListColumn("", 10), ListColumn("How many", 20), ListColumn("Among them", 30, grow=True)]
_ACTIONS = ("take", "team", "mine", "undo")


class SyncQuestion(NamedTuple):
    """`words` say what it is about and what each answer does; `answers` are names of actions of the screen; `entry` is
    the one to look at, 0 if there is none."""

    title: str
    words: str
    rows: Sequence[ListRow]
    answers: tuple[str, ...]
    entry: int = 0


class _Losses(RowTable):
    """Only to be read."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"


class AskScreen(Page):
    """`answered` hears the answer after the screen has closed; esc is none."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "take it", id="ask.take", tooltip="Take it, after a backup"),
        Binding("t", "team", "take the team's", id="ask.team", tooltip="Put back what the team has"),
        Binding("m", "mine", "send mine", id="ask.mine", tooltip="Send what is here to everybody"),
        Binding("u", "undo", "undo it", id="ask.undo", tooltip="Undo it, after a backup"),
        Binding("l", "look", "the entry", id="ask.look", tooltip="See who did it and all that it says"),
        Binding("escape", "back", "not now", id="ask.back", tooltip="Leave everything as it is"),
    ]

    def __init__(self, question: SyncQuestion, answered: Callable[[str], None]) -> None:
        super().__init__()
        self.question = question
        self._answered = answered

    def compose(self) -> ComposeResult:
        yield Line((self.question.title, "strong"))
        yield Sheet(id="question")
        yield _Losses(COLUMNS)
        yield Sheet(id="words")
        yield KeyBar()

    def on_mount(self) -> None:
        for sheet in self.query(Sheet):
            sheet.can_focus = False

    def reload(self) -> None:
        self._fit()
        table = self.query_one(RowTable)
        table.show_rows(self.question.rows)
        table.focus()
        self.on_row_table_moved()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._fit()

    def _fit(self) -> None:
        sheet, words = self.query_one("#question", Sheet), self.question.words
        sheet.styles.height = len(wrapped(words, max(1, self.size.width - 2)))
        sheet.show(lambda width: [[(line, "muted")] for line in wrapped(words, width)])

    def on_row_table_moved(self) -> None:
        row = self.query_one(RowTable).current
        words = " ".join(map(str, row.cells)) if row is not None else ""
        self.query_one("#words", Sheet).show(
            lambda width: [[(line, "")] for line in wrapped(words, width, 4)]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _ACTIONS:
            return action in self.question.answers
        if action == "look":
            return bool(self.question.entry)
        return True

    def action_take(self) -> None:
        self._answer("take")

    def action_team(self) -> None:
        self._answer("team")

    def action_mine(self) -> None:
        self._answer("mine")

    def action_undo(self) -> None:
        self._answer("undo")

    def _answer(self, answer: str) -> None:
        self.action_back()
        self._answered(answer)

    def action_look(self) -> None:
        self.host.open(EntryAt(self.question.entry))


def about_sync(asks: Asks) -> SyncQuestion:
    """What a sync asks."""
    if asks.kind == "take":
        return SyncQuestion(
            f"What {asks.who} did would take much away here. Nothing of it was taken.",
            "Was it a mistake? Then leave it for now, and have it undone where it was done: 5 Sync, l, enter, u. After "
            "that your sync takes nothing away. Was it meant? Take it; a backup is written before.",
            _rows("goes", asks.losses),
            ("take",),
            asks.entries[0] if asks.entries else 0,
        )
    return SyncQuestion(
        "Rows are missing or other here, and nobody noted a change. Nothing was sent.",
        "Damage to the file looks like this, and so does a change by another program. Taking the team's puts back what "
        "everybody has. Sending yours changes it for everybody. A backup is written before.",
        _rows("differs", asks.losses),
        ("team", "mine"),
    )


def about_undo(seq: int, plan: Undone) -> SyncQuestion:
    """What undoing an entry would do."""
    rows = [*_rows("comes back", plan.back), *_rows("goes", plan.gone)]
    if plan.changed:
        rows.append(ListRow("", ["former", f"{plan.changed:,}", "rows get their values of before"]))
    if plan.conflicts:
        rows.append(ListRow("", ["stays", f"{plan.conflicts:,}", "changed since: conflicts to decide"]))
    return SyncQuestion(
        f"Undo entry {seq:,} for everybody?",
        "What was changed since stays. A backup is written before. The others get it with your next sync, and it can "
        "be undone like any entry.",
        rows,
        ("undo",),
    )


def _rows(what: str, losses: Sequence[Loss]) -> list[ListRow]:
    return [ListRow(loss.table, [what, loss.words, ", ".join(loss.told)]) for loss in losses]

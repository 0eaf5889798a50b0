"""What every kind of visit step shares: the visit it belongs to, and saving before painting."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.ui.base.saying import Saying
from radar_tui.ui.frame.drafts import Unwritten
from radar_tui.ui.widgets.cells import text_of
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.domain.checklist import Step
    from radar_tui.store.store import Store
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.steps.base.saving import SavingPage


class StepPane(Saying, Unwritten, Vertical):
    """The right side of the visit for one step. A subclass composes itself and fills itself in `reload`.

    Every change goes through `save`: it is durable before `reload` paints it; if the disk does not take it, it stands
    in `unsaved` under its key with the words to paint, marked, until a retry succeeds.
    """

    DEFAULT_CSS = "StepPane { padding: 0 1 0 2; height: 1fr; }"

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(id=f"step-{step.kind.replace('_', '-')}")
        self.book = book
        self.step = step
        self.unsaved: dict[str, str] = {}

    @property
    def store(self) -> Store:
        return self.book.store

    @property
    def visit_screen(self) -> SavingPage:
        return cast("SavingPage", self.screen)

    def reload(self) -> None:
        """Read from the store and show; keeps the cursor."""
        raise NotImplementedError

    def point(self, key: str) -> None:
        """Put the cursor on the row with this key, where there is such a row."""
        for table in self.query(RowTable):
            table.go_to(key)

    def show_counted(self) -> None:
        """The tickets in `book.counted` are counted, or counted anew; a subclass that shows them does."""

    def may_leave(self) -> bool:
        """Keep what is being typed before another step opens; False if it could not be taken."""
        return True

    def not_saved(self) -> list[tuple[str, str]]:
        """What the disk has not taken yet, should Radar have to end: the first words of its row, and the answer."""
        rows = {row.key: row for table in self.query(RowTable) for row in table.rows()}
        return [
            (next((text for text in map(text_of, rows[key].cells) if text), "") if key in rows else "", words)
            for key, words in self.unsaved.items()
        ]

    def save(
        self,
        write: Callable[[], object],
        *,
        key: str = "",
        words: str = "",
        undo: Callable[[], object] | None = None,
        even_closed: bool = False,
    ) -> bool:
        """Commit `write`, then paint. `undo` takes it back on ctrl+z. False if it is not on the disk yet.

        Raises RadarError if the visit was completed meanwhile, unless `even_closed`.
        """
        if saved := self.visit_screen.save(write, undo, even_closed=even_closed):
            self.unsaved.clear()
        else:
            self.unsaved[key] = words
        self.reload()
        return saved


class StepTable(RowTable, inherit_bindings=False):
    """A table in a step: page up and page down belong to the visit, enter to the step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False, tooltip="One row up"),
        Binding("down", "move(1)", "down", show=False, tooltip="One row down"),
        Binding("home", "jump(0)", "first", show=False, tooltip="The first row"),
        Binding("end", "jump(-1)", "last", show=False, tooltip="The last row"),
    ]


class StepSheet(Sheet, inherit_bindings=False):
    """Lines to read in a step: page up and page down belong to the visit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "up", show=False, tooltip="One line up"),
        Binding("down", "line(1)", "down", show=False, tooltip="One line down"),
        Binding("home", "to(0)", "first", show=False, tooltip="To the first line"),
        Binding("end", "to(-1)", "last", show=False, tooltip="To the last line"),
    ]

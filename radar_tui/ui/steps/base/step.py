"""What every kind of visit step shares: the visit it belongs to, and saving before painting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from radar_tui.domain.room import is_ours, mark_after, veiled
from radar_tui.errors import RadarError
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.frame.drafts import Unwritten
from radar_tui.ui.widgets.cells import parts_of, text_of
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.store.rows.table import Table
    from radar_tui.store.store import Store
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.steps.base.saving import SavingPage
    from radar_tui.ui.widgets.cells import ListColumn, ListRow, Part

ABSENT = "Who is not in the room is not named while discreet. ctrl+l shows everybody."
OURS_NOW = "Marked as ours: customers do not read it. ctrl+o takes the mark off."


class Marked(NamedTuple):
    """A row that may be ours, and whether it is."""

    table: Table[Any]
    id: str
    ours: bool


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

    # What is ours

    def to_mark(self) -> Marked | None:
        """What `ours` would mark: the note, action or line under the cursor."""
        return None

    def markable(self) -> Marked | None:
        """The same, but nothing of what is not shown now: whoever cannot read it shall not tell customers of it."""
        marked = self.to_mark()
        return None if marked and marked.ours and self.book.discreet else marked

    def may_open(self, text: str, mark: bool | None = None) -> None:
        """Raises RadarError if a text that is about to stand in a field is not shown while discreet."""
        if self.book.hides(mark, text) or self.book.seen(text) != text:
            raise RadarError("What stands here is not shown while discreet.", "ctrl+l shows it.")

    def mark(self) -> None:
        """Say that what is under the cursor is ours, or that it is not; durable before it is painted."""
        if (marked := self.markable()) is None:
            return
        table, id, ours = marked
        before = table.get(id).ours
        if self.save(lambda: table.mark(id, not ours), key=id, undo=lambda: table.mark(id, before)):
            self._say_mark("Customers may read it again." if ours else OURS_NOW)

    def typed(self, before: str, text: str) -> None:
        """Say so where what was typed marked itself."""
        if mark_after(None, before, text):
            self._say_mark(f"It begins like something internal. {OURS_NOW}")

    def _say_mark(self, words: str) -> None:
        """Whoever sits beside the screen reads what is said, too."""
        self.host.tell("Kept." if self.book.discreet else words)

    def noted(self, note: str, mark: bool | None) -> list[Part]:
        """A note as it stands in a list: marked where it is ours, and nothing of that while discreet."""
        return [] if not note or self.book.hides(mark, note) else [*self.tag(mark, note), (note, "muted")]

    def tag(self, mark: bool | None, text: str) -> list[Part]:
        """The mark in front of what is ours."""
        return [("ours ", "label")] if is_ours(mark, text) else []

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
    """A table in a step: page up and page down belong to the visit, enter to the step. While the visit is discreet it
    leaves out secret columns, and the names of who is not in the room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False, tooltip="One row up"),
        Binding("down", "move(1)", "down", show=False, tooltip="One row down"),
        Binding("home", "jump(0)", "first", show=False, tooltip="The first row"),
        Binding("end", "jump(-1)", "last", show=False, tooltip="The last row"),
    ]

    def __init__(self, columns: Sequence[ListColumn], *, empty: str = "", head: bool = True) -> None:
        super().__init__(columns, empty=empty, head=head)
        self._every = list(columns)

    @property
    def _book(self) -> Book | None:
        """The visit it shows a step of; None over a visit."""
        return self.parent.book if isinstance(self.parent, StepPane) else None

    def load(
        self, count: int, fetch: Callable[[int, int], Sequence[ListRow]], *, cursor: int | None = None
    ) -> None:
        discreet = self._book is not None and self._book.discreet
        columns = [column for column in self._every if not (discreet and column.secret)]
        if columns != self.columns:
            self.columns = columns
            self._resized()
        super().load(count, lambda *page: self._veiled(fetch(*page)), cursor=cursor)

    def set_row(self, index: int, row: ListRow) -> None:
        super().set_row(index, *self._veiled([row]))

    def _veiled(self, rows: Sequence[ListRow]) -> Sequence[ListRow]:
        book = self._book
        if book is None or not book.discreet:
            return rows
        shown = [place for place, column in enumerate(self._every) if not column.secret]
        others = book.others()
        return [
            row._replace(
                cells=[
                    [(veiled(text, others), style) for text, style in parts_of(row.cells[place])]
                    for place in shown
                    if place < len(row.cells)
                ]
            )
            for row in rows
        ]


class StepSheet(Sheet, inherit_bindings=False):
    """Lines to read in a step: page up and page down belong to the visit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "up", show=False, tooltip="One line up"),
        Binding("down", "line(1)", "down", show=False, tooltip="One line down"),
        Binding("home", "to(0)", "first", show=False, tooltip="To the first line"),
        Binding("end", "to(-1)", "last", show=False, tooltip="To the last line"),
    ]

"""The visit: steps on the left, the step on the right, what was found below."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.base.saying import unsaved
from radar_tui.ui.screens.visit.counts import VisitCounts, found_today
from radar_tui.ui.steps.base.step import Book, StepPane, module_of
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.step_list import StepLine, StepList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

    from radar_tui.ui.widgets.cells import Part

RETRY_SECONDS = 1.0
ROLE_FROM_WIDTH = 100


class VisitScreen(VisitCounts):
    """One visit, resumed at its step. Every answer is on the disk before it is painted as saved."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    keeps_digits = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket,pagedown", "go(1)", "next step", key_display="]", id="visit.next",
                tooltip="The next step (also page down, while typing too)"),
        Binding("left_square_bracket,pageup", "go(-1)", "back", key_display="[", id="visit.previous",
                tooltip="The step before (also page up, while typing too)"),
        Binding("ctrl+z", "app.undo", "undo", id="visit.undo", tooltip="Take the last change back"),
        Binding("escape", "leave", "leave", id="visit.leave", tooltip="Leave; the visit resumes here"),
    ]  # fmt: skip

    def __init__(self, visit_id: str, at: str = "") -> None:
        """`at` is the key of a step to begin at; without it the visit resumes where it was left."""
        super().__init__()
        self.visit_id = visit_id
        self.at = at
        self._unwritten: deque[Callable[[], object]] = deque()
        self._undo: list[tuple[str, Callable[[], object]]] = []
        self._trouble: SaveFailed | None = None
        self._timer: Timer | None = None
        self.here = 0

    # What it shows

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        with Horizontal():
            yield StepList()
            yield Vertical(id="pane")
        yield Line(id="found")
        yield KeyBar()

    async def on_mount(self) -> None:
        try:
            await self._open_visit()
        except RadarError as error:
            self.radar.say(error)
            if not self.query("#pane StepPane"):
                # There is nothing to show: back to where one came from.
                self.call_later(self.action_back)

    async def _open_visit(self) -> None:
        self.book = self._read_book()
        keys = [step.key for step in self.book.checklist.steps]
        self.here = next(
            (keys.index(key) for key in (self.at, self.book.visit.current_step) if key in keys), 0
        )
        self._show_title("")
        await self._open_step()
        self.count_beside()

    def _read_book(self) -> Book:
        visit = self.store.visit.get(self.visit_id)
        customer = self.store.customer.get(visit.customer_id) if visit.customer_id else None
        counted = self.book.counted if self.query("#pane StepPane") else None
        return Book(self.store, visit, customer, self.store.checklist.of_visit(visit), counted)

    def _renew_visit(self) -> None:
        """Another Radar may have completed the visit, or opened it again."""
        visit = self.store.visit.get(self.visit_id)
        if visit.status != self.book.visit.status:
            self.book = self.pane.book = replace(self.book, visit=visit)
            self._show_title("")

    @property
    def pane(self) -> StepPane:
        """The step on the right."""
        return self.query_one("#pane", Vertical).query_one(StepPane)

    def reload(self) -> None:
        if self.query("#pane StepPane"):
            self._renew_visit()
            self.pane.reload()
            self.show_progress()
            self.count_beside()

    def _show_title(self, saved: str) -> None:
        book = self.book
        who = self.store.contact.decision_maker_in(self.visit_id) if book.customer else None
        name = book.customer.name if book.customer else "Ourselves"
        with_whom = f" · {who.name}" if who else ""
        if who and self.size.width >= ROLE_FROM_WIDTH:
            with_whom += f", {who.role}"
        left: list[Part] = [(name, "strong"), (f"  {book.checklist.title}{with_whom}", "muted")]
        right: Part = (f"{book.visit.status}, to read" if book.closed else saved, "muted")
        if self._trouble is not None:
            right = (f"! {plural(len(self._unwritten), 'answer')} unsaved", "late")
        self.query_one("#title", Line).show(left, right)

    def show_progress(self) -> None:
        """Renew the list of steps and the line of what was found."""
        book = self.book
        lines = []
        for step in book.checklist.steps:
            tally = module_of(step.kind).tally(book, step)
            lines.append(StepLine(step.title, tally.done, tally.words))
        self.query_one(StepList).show(lines, self.here)
        found = self.query_one("#found", Line)
        found.display = book.customer is not None  # at ourselves no business is found
        found.show(*found_today(self.store, book))

    # Going through the steps

    async def _open_step(self) -> None:
        await self._show_pane(self._made(self.book, self.here))

    def _made(self, book: Book, index: int) -> StepPane:
        step = book.checklist.steps[index]
        return module_of(step.kind).Pane(book, step)

    async def _show_pane(self, pane: StepPane) -> None:
        place = self.query_one("#pane", Vertical)
        await place.remove_children()
        await place.mount(pane)
        pane.reload()
        self.show_progress()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No step before the first, none after the last."""
        if action == "go" and not self.query("#pane StepPane"):
            return False
        if action == "go" and parameters and isinstance(parameters[0], int):
            return 0 <= self.here + parameters[0] < len(self.book.checklist.steps)
        return super().check_action(action, parameters)

    async def action_go(self, by: int) -> None:
        """To the next or the previous step; where we are is on the disk before the step opens."""
        await self._to(self.here + by)

    async def on_step_list_picked(self, event: StepList.Picked) -> None:
        await self._to(event.index)

    async def _to(self, index: int) -> None:
        if not 0 <= index < len(self.book.checklist.steps) or index == self.here or not self.pane.may_leave():
            return
        key = self.book.checklist.steps[index].key
        self.save(lambda: self.store.visit.set_step(self.visit_id, key), None, silent=True)
        # Read before the step that stands there goes: if that fails, it stays.
        book = self._read_book()
        pane = self._made(book, index)
        self.here, self.book = index, book
        await self._show_pane(pane)

    async def renew(self) -> None:
        """Read the visit itself again and open its step anew."""
        self.book = self._read_book()
        self._show_title("")
        await self._open_step()

    def may_leave(self) -> bool:
        """Whether nothing would be lost; says so if something would."""
        if self.query("#pane StepPane") and not self.pane.may_leave():
            return False
        if self._unwritten and not self._flush() and self._trouble is not None:
            words = f"{plural(len(self._unwritten), 'answer')} not on the disk yet: stay here."
            self.radar.say(RadarError(words, self._trouble.message))
            return False
        return True

    def action_leave(self) -> None:
        if self.may_leave():
            self.app.pop_screen()

    # Saving: commit before painting, keep what the disk did not take

    def must_be_open(self) -> None:
        """Raises RadarError if the visit is completed: it is read, not changed by accident."""
        # Where the disk cannot be read, what was known holds: the answer must not be lost.
        with suppress(RadarError):
            self._renew_visit()
        if self.book.closed:
            raise RadarError(
                f"This visit is {self.book.visit.status}: nothing was changed.",
                "On its summary, o opens it again.",
            )

    def save(
        self,
        write: Callable[[], object],
        undo: Callable[[], object] | None,
        *,
        silent: bool = False,
        even_closed: bool = False,
    ) -> bool:
        """Commit a change; `undo` takes it back on ctrl+z. False if the disk did not take it: it is tried again.

        A change without `undo` is where ctrl+z ends: it never takes back another change than the last.

        Raises RadarError if the visit is completed, unless `even_closed`: what a customer has said is kept whatever a
        sync did meanwhile. Where one looks (`silent`) is not kept then.
        """
        if silent and self.book.closed:
            return True
        if not even_closed:
            self.must_be_open()
        taken = self._taken()
        self._unwritten.append(write)
        saved = self._flush()
        if undo is not None:
            self._undo.append((taken, undo))
        elif not silent:
            self._undo.clear()
        if not silent or not saved:
            self._show_title(self._saved_words())
        if not silent:
            self.show_progress()
        return saved

    def _saved_words(self) -> str:
        return f"{self.radar.glyphs.done} saved {self.store.clock():%H:%M:%S}"

    def _flush(self) -> bool:
        """Write what waits, oldest first; True when nothing waits any more."""
        try:
            while self._unwritten:
                self._unwritten[0]()
                self._unwritten.popleft()
        except SaveFailed as error:
            if self._trouble is None or self._trouble.message != error.message:
                self.radar.say(unsaved(error, "Radar tries again by itself."))
            self._trouble = error
            if self._timer is None:
                self._timer = self.set_timer(RETRY_SECONDS, self._retry)
            return False
        except BaseException:
            self._unwritten.popleft()
            raise
        self._trouble = None
        return True

    def _retry(self) -> None:
        self._timer = None
        with self.radar.saying():
            if not self._flush():
                return
        if self._unwritten:
            self._timer = self.set_timer(RETRY_SECONDS, self._retry)
            return
        self.pane.unsaved.clear()
        self._show_title(self._saved_words())
        with self.radar.saying():
            self.reload()

    def _taken(self) -> str:
        """The entry of the hub that last changed rows here; where the disk cannot be read, none."""
        with suppress(RadarError):
            return self.store.local.get("sync_taken")
        return ""

    def undo(self) -> None:
        """Take the last change of this sitting back, unless others' changes came in between."""
        if not self._undo:
            self.radar.tell("Nothing to take back.")
            return
        self.must_be_open()
        (taken, undo), earlier = self._undo[-1], self._undo[:-1]
        if taken != self._taken():
            self._undo.clear()
            raise RadarError(
                "A sync has brought changes since: nothing was taken back.",
                "What it would undo may be somebody else's by now; change it where it stands.",
            )
        try:
            self.save(undo, None)
        finally:
            self._undo = earlier
        self.pane.reload()

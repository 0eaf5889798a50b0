"""The page of a visit as its steps know it: commit before painting, keep and try again what the disk did not take."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.base.faults import unsaved
from radar_tui.ui.frame.undoing import Undoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from radar_tui.domain.checklist import Step
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.widgets.cells import ListCell, Part

RETRY_SECONDS = 1.0


class SavingPage(Undoing):
    """What raises NotImplementedError is the visit screen's own to do."""

    # Here, so that it stands before the other keys of the visit in a short footer.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "discreet", "hide", priority=True, id="visit.discreet",
                tooltip="Discreet: hide money, roles, scores and who is not in the room, until pressed again"),
    ]  # fmt: skip

    book: Book
    here: int
    """The index of the step that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._unwritten: deque[Callable[[], object]] = deque()
        self._trouble: SaveFailed | None = None
        self._timer: Timer | None = None

    def renew_visit(self) -> None:
        """Another Radar may have completed the visit, or opened it again."""
        raise NotImplementedError

    async def renew(self) -> None:
        """Read the visit itself again and open its step anew."""
        raise NotImplementedError

    def show_title(self, saved: str) -> None:
        """Paint the title, with `saved` or what `unsaved` says."""
        raise NotImplementedError

    def came_to(self, step: Step) -> tuple[bool, ListCell]:
        """Whether a step is done, and what it came to in one line."""
        raise NotImplementedError

    def show_progress(self) -> None:
        """Renew the list of steps and the line of what was found."""
        raise NotImplementedError

    def show_written(self) -> None:
        """What waited is on the disk now."""
        raise NotImplementedError

    async def go_to(self, index: int, key: str = "") -> None:
        """To the step at `index`, with the cursor on the row with this key."""
        raise NotImplementedError

    async def action_go(self, by: int) -> None:
        """To the next or the previous step; where we are is on the disk before the step opens."""
        raise NotImplementedError

    def action_leave(self) -> None:
        if self.may_leave():
            self.app.pop_screen()

    def unsaved(self) -> Part | None:
        """How many answers are not on the disk, in words."""
        if self._trouble is None:
            return None
        return f"! {plural(len(self._unwritten), 'answer')} unsaved", "late"

    def may_leave(self) -> bool:
        if self._unwritten and not self._flush() and self._trouble is not None:
            words = f"{plural(len(self._unwritten), 'answer')} not on the disk yet: stay here."
            self.host.say(RadarError(words, self._trouble.message))
            return False
        return True

    def must_be_open(self) -> None:
        """Raises RadarError if the visit is completed: it is read, not changed by accident."""
        # Where the disk cannot be read, what was known holds: the answer must not be lost.
        with suppress(RadarError):
            self.renew_visit()
        if self.book.closed:
            raise RadarError(
                f"This visit is {self.book.visit.standing}: nothing was changed.",
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
        taken = self.taken()
        saved = self._write(write, silent=silent)
        if undo is not None:
            self.remember(undo, taken)
        elif not silent:
            self.forget()
        return saved

    def _write(self, write: Callable[[], object], *, silent: bool = False) -> bool:
        self._unwritten.append(write)
        saved = self._flush()
        if not silent or not saved:
            self.show_title(self._saved_words())
        if not silent:
            self.show_progress()
        return saved

    def take_back(self, undo: Callable[[], object]) -> None:
        """What the disk does not take now waits like an answer."""
        self.must_be_open()
        self._write(undo)

    def _saved_words(self) -> str:
        return f"{self.host.glyphs.done} saved {self.store.clock():%H:%M:%S}"

    def _flush(self) -> bool:
        """Write what waits, oldest first; True when nothing waits any more."""
        try:
            while self._unwritten:
                self._unwritten[0]()
                self._unwritten.popleft()
        except SaveFailed as error:
            if self._trouble is None or self._trouble.message != error.message:
                self.host.say(unsaved(error, "Radar tries again by itself."))
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
        with self.host.saying():
            if not self._flush():
                return
        if self._unwritten:
            self._timer = self.set_timer(RETRY_SECONDS, self._retry)
            return
        self.show_title(self._saved_words())
        self.show_written()

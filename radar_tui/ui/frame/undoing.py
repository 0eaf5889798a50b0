"""Screens on which a change is one key, and ctrl+z takes the last of them back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.frame.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.domain.action import ActionStatus


class Undoable(NamedTuple):
    """What one key changed, in words or "", and what takes it back. `taken` is how far the hub was read."""

    words: str
    undo: Callable[[], object]
    taken: str


class Undoing(Page):
    """Keeps what was changed by one key in this sitting, the last on top, with what takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: list[Undoable] = []

    def taken(self) -> str:
        """The entry of the hub that last changed rows here; where the disk cannot be read, none."""
        with suppress(RadarError):
            return self.store.local.get("sync_taken")
        return ""

    def remember(self, undo: Callable[[], object], taken: str, words: str = "") -> None:
        """Put a change on top. `taken` is what `taken()` was before it."""
        self._changes.append(Undoable(words, undo, taken))

    def forget(self) -> None:
        """Ctrl+z ends here: what was changed before stays."""
        self._changes.clear()

    def changed(self, words: str, undo: Callable[[], object]) -> None:
        """Say what one key has just changed; `undo` takes it back."""
        self.remember(undo, self.taken(), words)
        self.host.tell(f"{words} ctrl+z takes it back.")
        self.reload()

    def turn_action(self, id: str, shown: str, status: ActionStatus) -> None:
        """One action done or dropped, or open again; what is shown must be how it stands."""
        actions = self.store.action
        try:
            before, turned = actions.turned(id, shown, status, self.today)
            after = actions.change(before, turned)
        except RadarError:
            self.reload()
            raise
        words = "open again" if after.status == "open" else after.status
        self.changed(f"{before.title} is {words}.", lambda: actions.change_back(before, after))

    def take_back(self, undo: Callable[[], object]) -> None:
        """Do it. Raises SaveFailed if the disk does not take it now, RadarError if it can be taken back no more."""
        undo()

    def undo(self) -> None:
        """Take the last change back, unless others' came in between. What the disk did not take stays on top."""
        if not self._changes:
            self.host.tell("Nothing to take back.")
            return
        change = self._changes[-1]
        if change.taken != self.taken():
            self.forget()
            raise RadarError(
                "A sync has brought changes since: nothing was taken back.",
                "What it would undo may be somebody else's by now; change it where it stands.",
            )
        try:
            self.take_back(change.undo)
        except SaveFailed:
            raise
        except RadarError:
            self._changes.pop()  # it has moved on, and no second try could take it back
            raise
        else:
            self._changes.pop()
            if change.words:
                self.host.tell(f"Taken back: {change.words}")
        finally:
            self.reload()

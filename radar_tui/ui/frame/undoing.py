"""Screens on which a change is one key, and ctrl+z takes the last of them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.ui.frame.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.domain.action import ActionStatus


class Undoing(Page):
    """Keeps what was changed by one key in this sitting, with what takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self._undo: list[tuple[str, Callable[[], object]]] = []

    def changed(self, words: str, undo: Callable[[], object]) -> None:
        """Say what one key has just changed; `undo` takes it back."""
        self._undo.append((words, undo))
        self.radar.tell(f"{words} ctrl+z takes it back.")
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

    def undo(self) -> None:
        """Take the last one-key change of this sitting back."""
        if not self._undo:
            self.radar.tell("Nothing to take back.")
            return
        words, undo = self._undo.pop()
        try:
            undo()
            self.radar.tell(f"Taken back: {words}")
        finally:
            self.reload()

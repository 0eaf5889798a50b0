"""What all full screens share: the store, and reading again when the data may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from radar_tui.ui.base.ours import Ours
from radar_tui.ui.base.saying import Saying

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.store import Store


class Page(Saying, Ours, Screen[None]):
    """A full screen. A subclass fills itself in `reload`, which also runs whenever it comes to the front."""

    @property
    def store(self) -> Store:
        return self.host.store

    @property
    def today(self) -> date:
        return self.host.today

    def reload(self) -> None:
        """Read from the store and show; keeps the cursor."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        with self.host.saying():
            self.reload()
        self.host.show_unsynced()

    def action_back(self) -> None:
        """One screen back; the last one stays."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

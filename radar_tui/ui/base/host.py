"""The app as screens, steps and widgets know it: the store, today, words said, and where one may go."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from radar_tui.domain.days import weekday_words
from radar_tui.domain.text import block, one_line
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.base.faults import unsaved
from radar_tui.ui.base.glyphs import ASCII, UNICODE
from radar_tui.ui.base.key_order import KeysInOrder
from radar_tui.ui.base.ours import Ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from textual.notifications import SeverityLevel

    from radar_tui.leaving import Draft
    from radar_tui.settings import Settings
    from radar_tui.store.store import Store
    from radar_tui.ui.base.place import Main, Place

MOST_UNSYNCED = 1000
"""The header counts no further: beyond that it says `999+`."""


def _shows_unicode() -> bool:
    """Whether the terminal's encoding has our glyphs."""
    return "utf" in (getattr(sys.__stdout__, "encoding", None) or "utf-8").lower()


class Host(KeysInOrder):
    """Holds one store; its clock is the app's. What raises NotImplementedError is the app's own to do."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.settings: Settings = store.local.settings()
        self.glyphs = ASCII if self.settings.ascii or not _shows_unicode() else UNICODE
        self.brm_name = ""
        self.clock_said = ""
        """What spoke against the clock when somebody said that it is right."""
        self.discreet = self.settings.discreet
        """Somebody of the customer's may see the visit that is on screen."""
        self._held: list[Callable[[], None]] = []
        self._unsynced_words = ""
        self.counted_at = -1
        self.conflicts = 0
        self.drafts: list[Draft] = []

    # Going

    def open(self, place: Place) -> None:
        """Show the screen that stands at a place. Raises RadarError if what it shows is gone."""
        raise NotImplementedError

    def go_main(self, name: Main) -> None:
        """Show one of the five main screens, unless something here may not close."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again what the screen shows."""
        raise NotImplementedError

    def show_unsynced(self) -> None:
        """Paint the header anew."""
        raise NotImplementedError

    @property
    def front(self) -> type[Ours]:
        """What kind of screen is in front; one of Textual's own keeps nothing."""
        screen = self.screen if self.screen_stack else None
        return type(screen) if isinstance(screen, Ours) else Ours

    def forget(self, *drafts: Draft) -> None:
        """These are in the database now, or not needed."""
        from radar_tui.leaving import keep_drafts

        self.drafts = [one for one in self.drafts if one not in drafts]
        keep_drafts(self.store.path, self.drafts)

    # Time and words for the header

    @property
    def today(self) -> date:
        """Today on this laptop."""
        return self.store.clock().date()

    def today_words(self) -> str:
        return weekday_words(self.today, self.today)

    def unsynced_words(self) -> str:
        """`● 12 unsynced`: what the team has not seen. Nothing without a hub, and when the hub has it all."""
        try:
            count = self.store.touched.count(MOST_UNSYNCED)
        except RadarError:
            return self._unsynced_words
        finally:
            self.counted_at = self.store.connection.total_changes
        shown = f"{MOST_UNSYNCED - 1}+" if count >= MOST_UNSYNCED else str(count)
        self._unsynced_words = f"{self.glyphs.unsynced} {shown} unsynced" if count else ""
        return self._unsynced_words

    def show_conflicts(self, count: int) -> None:
        """Say in the header how many questions wait that concern whoever works here."""
        self.conflicts = count
        if self.screen_stack:  # Radar may just be closing
            self.show_unsynced()

    def count_again(self) -> None:
        """Paint the header anew if anything was written since it counted."""
        changes = self.store.connection.total_changes
        if self.screen_stack and self.counted_at != changes:
            self.counted_at = changes
            self.show_unsynced()

    # Errors: said, never thrown at the user

    def fault(self, error: Exception) -> RadarError:
        """Words for a fault beside the screen: what is wrong with the file, or else that it is ours; the details go to
        a file."""
        if words := self.store.blamed(error):
            return words
        from radar_tui.leaving import keep_crash

        report = keep_crash(self.store.path, error)
        return RadarError(
            "Radar could not finish this. Nothing is lost.", f"For the makers of Radar: {report}"
        )

    def say(self, error: RadarError) -> None:
        """Show an error in words."""
        if isinstance(error, SaveFailed):
            error = unsaved(error, "It was not saved: do it again.")
        self.notify(error.hint, title=error.message, severity="error", timeout=8, markup=False)

    def tell(self, words: str) -> None:
        """Show a short piece of good news."""
        self.notify(words, timeout=4, markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notification; while the customer holds the laptop it waits for `say_held`."""
        message, title = block(message), one_line(title)
        show = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup
        )
        if self.front.handed_over:
            self._held.append(show)
        else:
            show()

    def say_held(self) -> None:
        """Say what waited while the customer held the laptop."""
        held, self._held = self._held, []
        for show in held:
            show()

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Say a RadarError instead of raising it."""
        try:
            yield
        except RadarError as error:
            self.say(error)

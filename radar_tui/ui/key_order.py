"""Keys are taken one after the other, however fast they are typed."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from textual.screen import Screen

LONGEST_SECONDS = 0.3
"""How long the next key waits at most: for a screen that opens, or behind a widget that went away with its key."""
LOOK_AGAIN_SECONDS = 0.005


class KeyHandled(Message):
    """Follows a key on its way from the focused widget up to the app, and so arrives when the key is dealt with."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class KeysInOrder(App[None]):
    """Textual hands each key to the widget that has the focus at once, and looks for its binding only when the key
    has come up to the app again. Typed fast, or while the disk is slow, the letters behind a key would go to the
    widget that had the focus before it: the title of a new action would be read as verdicts on the old ones. Here a
    key waits until the one before it has been dealt with and what it opened has the focus.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting_keys: deque[events.Key] = deque()
        self._key_number = 0
        self._key_under_way = False
        self._last_moved = 0.0
        self._key_screen: Screen[object] | None = None
        self._screen_changed = False
        self._watching = False

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            self._last_moved = monotonic()
        else:
            self._waiting_keys.append(event)
            await self._take_next_key()
            self._watch()

    async def _take_next_key(self) -> None:
        """Hand on the oldest key that waits, unless another one is under way."""
        if not self._waiting_keys or (self._key_under_way and not self._overdue()):
            return
        self._key_number += 1
        self._key_under_way, self._last_moved = True, monotonic()
        self._key_screen, self._screen_changed = self.screen, False
        target = self.focused or self.screen
        event, done = self._waiting_keys.popleft(), KeyHandled(self._key_number)
        await super().on_event(event)
        if not event.is_forwarded or not target.post_message(done):
            self.on_key_handled(done)

    def _watch(self) -> None:
        """See to it that keys which wait are taken, even if nothing comes back from the one under way."""
        if self._waiting_keys and not self._watching:
            self._watching = True
            self.set_timer(LONGEST_SECONDS, self._watched)

    async def _watched(self) -> None:
        self._watching = False
        await self._take_next_key()
        self._watch()

    def _overdue(self) -> bool:
        return monotonic() - self._last_moved > LONGEST_SECONDS

    def on_key_handled(self, message: KeyHandled) -> None:
        # A change of focus that the key asked for stands in the app's queue already: look behind it.
        self.call_later(self._look_if_settled, message.number)

    async def _look_if_settled(self, number: int) -> None:
        if number != self._key_number:
            return
        if not self._settled() and not self._overdue():
            self.set_timer(LOOK_AGAIN_SECONDS, lambda: self._look_if_settled(number))
            return
        self._key_under_way = False
        await self._take_next_key()

    def _settled(self) -> bool:
        """Whether no screen is just coming or going: the same one as at the last look, open, with its focus."""
        screen, before = self.screen, self._key_screen
        if screen is before and (
            not self._screen_changed or screen.focused is not None or not screen.focus_chain
        ):
            return screen.is_mounted
        self._key_screen, self._screen_changed = screen, True
        return False

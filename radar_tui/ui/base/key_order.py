"""Keys are taken one after the other, however fast they are typed."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from textual.screen import Screen

LOST_SECONDS = 0.3
"""How long keys wait at most behind one that went away with its widget, while the app has nothing else to do."""
LOOK_AGAIN_SECONDS = 0.005
MOST_LOOKS = 100
"""How often the next key looks whether a screen that opens has its focus; some screens never have one."""


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
        self._looks = 0
        self._key_screen: Screen[object] | None = None
        self._screen_changed = False
        self._watching = False
        self._stood_at = (0, 0)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        else:
            self._waiting_keys.append(event)
            await self._take_next_key()
            self._watch()

    async def _take_next_key(self) -> None:
        """Hand on the oldest key that waits, unless another one is under way."""
        if self._key_under_way or not self._waiting_keys:
            return
        self._key_number += 1
        self._key_under_way, self._looks = True, 0
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
            place = (self._key_number, self._looks)
            self.set_timer(LOST_SECONDS, lambda: self._watched(place))

    async def _watched(self, before: tuple[int, int]) -> None:
        # While the app itself was busy nothing could move: only what stands still for a whole turn is lost.
        self._watching = False
        if before == (self._key_number, self._looks) == self._stood_at:
            self._key_under_way = False
            await self._take_next_key()
        self._stood_at = (self._key_number, self._looks)
        self._watch()

    def on_key_handled(self, message: KeyHandled) -> None:
        # A change of focus that the key asked for stands in the app's queue already: look behind it.
        self.call_later(self._look_if_settled, message.number)

    async def _look_if_settled(self, number: int) -> None:
        if number != self._key_number:
            return
        self._looks += 1
        if not self._settled() and self._looks < MOST_LOOKS:
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

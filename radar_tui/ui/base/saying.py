"""Errors that have words are said where they happen; Textual would end the app on any error in a message handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.message_pump import MessagePump
from textual.worker import get_current_worker

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode as Node
    from textual.message import Message

    from radar_tui.store.store import Store
    from radar_tui.ui.base.host import Host
else:
    # A DOMNode as first base would hide the styles of the widget that comes second.
    Node = MessagePump

Found = TypeVar("Found")


class Saying(Node):
    """First base of whatever reads or writes the database: a RadarError is said, and life goes on."""

    @property
    def host(self) -> Host:
        """The app, with its store and settings."""
        return cast("Host", self.app)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except RadarError as error:
            self.host.say(error)

    def in_background(
        self,
        group: str,
        read: Callable[[Store], Found],
        show: Callable[[Found], None] | None = None,
        refused: Callable[[RadarError], None] | None = None,
    ) -> None:
        """Read in a thread with a store of its own, then show here what came.

        Nothing is shown once the same group was asked for again or this has left the screen. An error with words goes
        to `refused`, which says it unless told otherwise; so does a fault of ours, whose details go to a file.
        """
        app = self.host
        refuse = refused or app.say

        def work() -> None:
            worker = get_current_worker()

            def shown(found: Found) -> None:
                if show is not None and self.is_attached and not worker.is_cancelled:
                    _in_words(app, lambda: show(found), refuse)

            def done() -> None:
                with app.store.again() as store:
                    found = read(store)
                app.call_from_thread(shown, found)

            _in_words(app, done, lambda error: app.call_from_thread(refuse, error))

        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)


def _in_words(app: Host, work: Callable[[], None], refuse: Callable[[RadarError], None]) -> None:
    """Do the work; hand on whatever goes wrong as an error with words."""
    try:
        work()
    except RadarError as error:
        refuse(error)
    except Exception as fault:
        if app.is_running:
            refuse(app.fault(fault))

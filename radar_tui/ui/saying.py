"""Errors that have words are said where they happen; Textual would end the app on any error in a message handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.message_pump import MessagePump

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from textual.message import Message

    from radar_tui.ui.app import RadarApp


class Saying(MessagePump):
    """First base of whatever reads or writes the database in a handler: a RadarError is said, and life goes on."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except RadarError as error:
            cast("RadarApp", self.app).say(error)

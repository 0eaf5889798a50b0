"""What the app asks of whichever screen stands in front, declared once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.dom import DOMNode as Node
    from textual.screen import Screen
else:
    # A DOMNode as first base would hide the styles of the screen that comes second.
    Node = MessagePump


class Ours(Node):
    """A base of every screen of ours, full or over another."""

    handed_over: ClassVar[bool] = False
    """The customer holds the laptop: nothing of ours may be opened over it or said on it."""
    keeps_digits: ClassVar[bool] = False
    """Digits are answers here, and the customer sees the screen: no other screen, no search by a key."""
    visit_id: str = ""
    """The visit that is shown; "" elsewhere."""

    def may_leave(self) -> bool:
        """Whether nothing would be lost if this closed; says so if something would."""
        return True


def may_search(screen: Screen[object]) -> bool:
    """Whether everything may be searched over a screen. A visit is seen by the customer: no names of others there."""
    hidden = isinstance(screen, Ours) and (screen.keeps_digits or screen.handed_over)
    return not (screen.is_modal or hidden)

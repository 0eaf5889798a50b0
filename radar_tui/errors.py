"""The one family of errors that a user may see."""

from __future__ import annotations

import re

_USER = r"(//|\\\\)[^/\\\s]+@"
_SIGNED = r"(?i)([?&][\w.-]*(?:sig|token|key|secret|passw|pwd|credential)[\w.-]*=)[^&\s]+"
"""Not compiled until there is an error to say."""


def without_secrets(text: str) -> str:
    """`text` as it may be shown or kept: an address in it has no password, key or signature any more."""
    return re.sub(_SIGNED, r"\1…", re.sub(_USER, r"\1…@", text))


class RadarError(Exception):
    """Something that went wrong, said so that a BRM can act on it.

    `message` says what happened and what is safe, `hint` what to do next; both are one short line and tell no secret.
    Caught only at the edge (UI and CLI).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = without_secrets(message), without_secrets(hint)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class Cancelled(RadarError):
    """Somebody asked to stop; `message` says what became of what was begun."""

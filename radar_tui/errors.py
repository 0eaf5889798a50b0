"""The one family of errors that a user may see."""

from __future__ import annotations


class RadarError(Exception):
    """Something that went wrong, said so that a BRM can act on it.

    `message` says what happened and what is safe, `hint` what to do next; both are one short line.
    Caught only at the edge (UI and CLI).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class Cancelled(RadarError):
    """Somebody asked to stop; `message` says what became of what was begun."""

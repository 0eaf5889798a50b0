"""What one hand-over is about: whom we ask what, what they have entered, and what the BRM is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.checklists.nps import NpsWords
    from radar_tui.domain.nps import ResponseQuestion


class Asking(NamedTuple):
    """Whom we ask what. `name` is the contact's own, `company` ours, both as stored; `words` in their language."""

    name: str
    company: str
    words: NpsWords
    questions: Sequence[ResponseQuestion]


@dataclass(slots=True)
class Entered:
    """What the contact has entered for one question; `sealed` is what of it was handed to `seal`,
    `asked_again` whether they were asked for a reason once more."""

    score: int | None = None
    reason: str = ""
    sealed: tuple[int, str] | None = None
    asked_again: bool = False

    @property
    def waits(self) -> bool:
        """A choice that enter has not confirmed."""
        return self.score is not None and self.sealed != (self.score, self.reason)


class HandedBack(NamedTuple):
    """What the BRM must be told: `unconfirmed` answers were chosen without enter (and sealed on return),
    `unscored` are reasons typed without a score (they cannot be kept)."""

    unconfirmed: Sequence[ResponseQuestion] = ()
    unscored: Sequence[str] = ()

"""Whether the clock of this laptop can be right: what a customer seals counts for its day, a wrong one nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No Radar is older than that."""
SLACK = timedelta(hours=1)
"""So much the clocks of a team may differ."""
MOST_AHEAD = timedelta(days=730)


def clock_doubt(now: datetime, known: Iterable[datetime]) -> str:
    """What speaks against a clock that says `now`, "" where nothing does; `known` are moments that have passed."""
    newest = max(known, default=None)
    if now < EARLIEST:
        return f"Radar did not exist before {day_words(EARLIEST.date())}."
    if newest is not None and now < newest - SLACK:
        here = newest.astimezone(now.tzinfo)
        return f"Something that is known here is of {day_words(here.date())}, {here:%H:%M}: that is still to come."
    if newest is not None and now - newest > MOST_AHEAD:
        return f"The newest that is known here is of {day_words(newest.astimezone(now.tzinfo).date())}."
    return ""

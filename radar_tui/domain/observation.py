"""Follow me home: how many days of the year's goal were spent beside the people who use what we supply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

HALF_HOUR = re.compile("(?:[01][0-9]|2[0-3]):[03]0")
"""How a half hour of an observation day is named, by the clock on the wall where it begins: `08:30`."""


class ObservationProgress(NamedTuple):
    """Observation days of a year so far, the goal, and how many should be behind us by now."""

    year: int
    done: int
    goal: int
    expected: int

    @property
    def late(self) -> bool:
        """Whether we are behind an even pace."""
        return self.done < self.expected


def progress(days: Iterable[date], goal: int, today: date) -> ObservationProgress:
    """Of the completed observation days of this year; the pace is even, in whole days rounded down."""
    done = sum(day.year == today.year and day <= today for day in days)
    passed = today.timetuple().tm_yday
    whole = today.replace(month=12, day=31).timetuple().tm_yday
    return ObservationProgress(today.year, done, goal, goal * passed // whole)


def is_half_hour(name: str) -> bool:
    """Whether an answer is about a half hour of the day."""
    return HALF_HOUR.fullmatch(name) is not None


def half_hours(started: datetime, now: datetime, noted: Iterable[str]) -> list[str]:
    """The half hours to take notes of, as `08:30`: from the one in which the day began to the one it is, those noted,
    and the one after the last noted, so that somebody who writes later can go on; all of one day."""
    first = _place(started.hour, started.minute)
    last = _place(now.hour, now.minute) if now.date() == started.date() else first
    known = {_place(int(name[:2]), int(name[3:])) for name in noted if is_half_hour(name)}
    last = min(max([last, *(place + 1 for place in known)]), 47)
    return [f"{place // 2:02}:{place % 2 * 30:02}" for place in sorted({*range(first, last + 1), *known})]


def _place(hour: int, minute: int) -> int:
    return 2 * hour + minute // 30

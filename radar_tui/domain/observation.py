"""Follow me home: how many days of the year's goal were spent beside the people who use what we supply."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Progress(NamedTuple):
    """Observation days of a year so far, the goal, and how many should be behind us by now."""

    year: int
    done: int
    goal: int
    expected: int

    @property
    def late(self) -> bool:
        """Whether we are behind an even pace."""
        return self.done < self.expected


def progress(days: Iterable[date], goal: int, today: date) -> Progress:
    """Of the completed observation days of this year; the pace is even, in whole days rounded down."""
    done = sum(day.year == today.year and day <= today for day in days)
    passed = today.timetuple().tm_yday
    whole = today.replace(month=12, day=31).timetuple().tm_yday
    return Progress(today.year, done, goal, goal * passed // whole)

"""When we work: the time that a duty has is counted in it. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
_A_YEAR = 366


def no_holiday(_: date) -> bool:
    """Nobody has said in which country we work."""
    return False


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Working `days` (ISO: 1 Monday to 7 Sunday), the hours from `start` to `end`, and within how many working hours
    an unhappy customer is called. Raises ValueError where no time would be left to work in."""

    days: frozenset[int] = MONDAY_TO_FRIDAY
    start: int = 9
    end: int = 17
    call_hours: int = 8
    is_holiday: Callable[[date], bool] = no_holiday

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(1, 8)):
            raise ValueError("at least one working day, Monday to Sunday")
        if not 0 <= self.start < self.end <= 24:
            raise ValueError("working hours start before they end, between 0 and 24")
        if self.call_hours < 1:
            raise ValueError("at least one hour to call")

    def works(self, day: date) -> bool:
        """Whether we work on that day."""
        return day.isoweekday() in self.days and not self.is_holiday(day)

    def next_day(self, day: date) -> date:
        """The first working day after `day`."""
        for ahead in range(1, _A_YEAR):
            if self.works(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        # A calendar in which a whole year is free is a fault of the calendar.
        return day + timedelta(days=1)

    def after_days(self, start: datetime, days: int) -> datetime:
        """The end of work on the last of so many working days after `start`, which is aware and local."""
        day = start.date()
        for _ in range(days):
            day = self.next_day(day)
        return _at(day, self.end, start)

    def after_hours(self, start: datetime, hours: int) -> datetime:
        """The moment until which so many hours of work have passed since `start`, which is aware and local.

        Counted on the clock on the wall, so that a clock change does not move it.
        """
        left, day, now = timedelta(hours=hours), start.date(), start.replace(tzinfo=None)
        if not self.works(day):
            day = self.next_day(day)
        while True:
            opens, closes = _wall(day, self.start), _wall(day, self.end)
            now = max(now, opens)
            if now + left <= closes:
                return (now + left).replace(tzinfo=start.tzinfo)
            left -= max(closes - now, timedelta(0))
            day = self.next_day(day)


def _wall(day: date, hour: int) -> datetime:
    """An hour of a day without a zone; 24 is midnight after it."""
    return datetime.combine(day, time()) + timedelta(hours=hour)


def _at(day: date, hour: int, like: datetime) -> datetime:
    return _wall(day, hour).replace(tzinfo=like.tzinfo)


STANDARD = WorkingTime()
"""Monday to Friday, 9:00 to 17:00, no public holidays."""

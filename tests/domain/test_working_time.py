"""Due times are counted in working time, on the clock on the wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.working_time import STANDARD, WorkingTime

ROME = ZoneInfo("Europe/Rome")
times = st.builds(
    WorkingTime,
    days=st.frozensets(st.integers(1, 7), min_size=1),
    start=st.integers(0, 11),
    end=st.integers(12, 24),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(ROME))  # noqa: DTZ001


def rome(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ROME)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (rome(2026, 12, 3, 10, 42), 8, rome(2026, 12, 4, 10, 42)),  # Thursday to Friday
        (rome(2026, 12, 3, 10, 0), 4, rome(2026, 12, 3, 14, 0)),
        (rome(2026, 12, 3, 9, 0), 8, rome(2026, 12, 3, 17, 0)),
        (rome(2026, 12, 4, 16, 0), 2, rome(2026, 12, 7, 10, 0)),  # Friday afternoon to Monday
        (rome(2026, 12, 7, 16, 0), 2, rome(2026, 12, 8, 10, 0)),  # Monday to Tuesday
        (rome(2026, 12, 5, 12, 0), 8, rome(2026, 12, 7, 17, 0)),  # Saturday: all of Monday
        (rome(2026, 12, 3, 22, 0), 1, rome(2026, 12, 4, 10, 0)),
        (rome(2026, 12, 3, 6, 0), 1, rome(2026, 12, 3, 10, 0)),
        (rome(2026, 3, 27, 16, 0), 2, rome(2026, 3, 30, 10, 0)),  # over the night of the clock change
    ],
)
def test_hours_pass_only_while_we_work(start: datetime, hours: int, end: datetime) -> None:
    assert STANDARD.after_hours(start, hours) == end


def test_a_holiday_is_no_working_day() -> None:
    closed = {date(2026, 12, 7), date(2026, 12, 8)}
    working = WorkingTime(is_holiday=closed.__contains__)
    assert working.after_hours(rome(2026, 12, 4, 16, 0), 2) == rome(2026, 12, 9, 10, 0)
    assert working.after_days(rome(2026, 12, 4, 16, 0), 1) == rome(2026, 12, 9, 17, 0)


def test_other_days_and_hours() -> None:
    working = WorkingTime(days=frozenset({7, 1, 2, 3, 4}), start=8, end=24)
    assert working.after_days(rome(2026, 12, 3, 10, 0), 1) == rome(2026, 12, 7, 0, 0)
    assert working.after_hours(rome(2026, 12, 4, 10, 0), 1) == rome(2026, 12, 6, 9, 0)


@pytest.mark.parametrize("days", [1, 5, 10])
def test_a_due_time_keeps_its_hour_across_a_clock_change(days: int) -> None:
    for start in (rome(2026, 3, 27, 10, 0), rome(2026, 10, 23, 10, 0)):
        due = STANDARD.after_days(start, days)
        assert (due.hour, due.minute) == (17, 0)
        assert due.utcoffset() != start.utcoffset()


@given(times, moments, st.integers(1, 40))
def test_a_due_moment_lies_in_working_time(working: WorkingTime, start: datetime, hours: int) -> None:
    due = working.after_hours(start, hours).replace(tzinfo=None)
    assert due > start.replace(tzinfo=None)
    # An end at midnight belongs to the day before.
    day = (due - timedelta(seconds=1)).date()
    assert working.works(day)
    opens = datetime.combine(day, datetime.min.time())
    assert opens + timedelta(hours=working.start) < due <= opens + timedelta(hours=working.end)


@given(times, moments, st.integers(1, 40), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_later_is_never_due_sooner(
    working: WorkingTime, start: datetime, hours: int, later: timedelta
) -> None:
    first, second = (working.after_hours(moment, hours) for moment in (start, start + later))
    assert first.replace(tzinfo=None) <= second.replace(tzinfo=None)


def test_a_calendar_that_is_all_holidays_ends_too() -> None:
    always = WorkingTime(is_holiday=lambda _: True)
    assert always.after_days(rome(2026, 12, 3, 10, 0), 1) == rome(2026, 12, 4, 17, 0)
    assert always.after_hours(rome(2026, 12, 3, 10, 0), 8) > rome(2026, 12, 3, 10, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": frozenset()},
        {"days": frozenset({0, 1})},
        {"days": frozenset({8})},
        {"start": 17, "end": 9},
        {"start": 9, "end": 9},
        {"end": 25},
        {"start": -1},
        {"call_hours": 0},
    ],
)
def test_without_time_to_work_it_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        WorkingTime(**wrong)  # type: ignore[arg-type]


def test_a_call_within_one_hour_is_the_least_and_within_eight_the_usual() -> None:
    assert WorkingTime(call_hours=1).call_hours == 1
    assert STANDARD.call_hours == 8

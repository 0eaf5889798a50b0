"""Follow me home: days done of the year's goal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.observation import half_hours, is_half_hour, progress

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("today", "goal", "expected"),
    [
        (date(2026, 1, 1), 4, 0),
        (date(2026, 7, 2), 4, 2),
        (date(2026, 12, 31), 4, 4),
        (date(2026, 12, 31), 0, 0),
    ],
)
def test_an_even_pace(today: date, goal: int, expected: int) -> None:
    found = progress([], goal, today)
    assert found.expected == expected
    assert found.late is (expected > 0)
    assert progress([today] * expected, goal, today).late is False


@settings(max_examples=50)
@given(st.lists(DAYS), st.integers(0, 50), DAYS)
def test_only_days_of_this_year_count(days: list[date], goal: int, today: date) -> None:
    found = progress(days, goal, today)
    assert found.done + sum(day.year != today.year or day > today for day in days) == len(days)
    assert 0 <= found.expected <= goal
    assert progress([*days, today + timedelta(days=1)], goal, today).done == found.done


def test_half_hours_from_the_beginning_to_now_and_one_after_the_last_noted() -> None:
    start = datetime(2026, 12, 3, 8, 42, tzinfo=UTC)
    assert half_hours(start, start, ()) == ["08:30"]
    assert half_hours(start, start + timedelta(minutes=50), ()) == ["08:30", "09:00", "09:30"]
    assert half_hours(start, start, ["08:30", "09:00"]) == ["08:30", "09:00", "09:30"]
    assert half_hours(start, start + timedelta(days=1), ["07:30"]) == ["07:30", "08:30"]
    assert half_hours(datetime(2026, 12, 3, 23, 50, tzinfo=UTC), start, ["23:30"]) == ["23:30"]


@settings(max_examples=50)
@given(
    st.datetimes(),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.lists(st.text(max_size=6) | st.just("10:30")),
)
def test_half_hours_are_of_one_day_in_order_and_keep_every_note(
    start: datetime, passed: timedelta, noted: list[str]
) -> None:
    try:
        now = start + passed
    except OverflowError:
        return
    found = half_hours(start, now, noted)
    assert found == sorted(set(found))
    assert all(map(is_half_hour, found))
    assert {name for name in noted if is_half_hour(name)} <= set(found)

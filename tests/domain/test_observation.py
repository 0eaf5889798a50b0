"""Follow me home: days done of the year's goal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.observation import progress

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
    assert progress([], goal, today).expected == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(DAYS), st.integers(0, 50), DAYS)
def test_only_days_of_this_year_count(days: list[date], goal: int, today: date) -> None:
    found = progress(days, goal, today)
    assert found.done + sum(day.year != today.year or day > today for day in days) == len(days)
    assert 0 <= found.expected <= goal
    assert progress([*days, today + timedelta(days=1)], goal, today).done == found.done

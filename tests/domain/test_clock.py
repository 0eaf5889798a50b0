"""What speaks against a clock, with the clock passed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from radar_tui.domain.clock import clock_doubt

NOW = datetime(2026, 12, 3, 10, 42, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("known", "doubted"),
    [
        ([], False),
        ([timedelta(0)], False),
        ([timedelta(minutes=59)], False),
        ([timedelta(minutes=61)], True),
        ([timedelta(days=-400), timedelta(days=300)], True),
        ([timedelta(days=-729)], False),
        ([timedelta(days=-731)], True),
        ([timedelta(days=-4000), timedelta(days=-3)], False),
    ],
)
def test_a_clock_is_doubted_by_what_is_known(known: list[timedelta], doubted: bool) -> None:
    assert bool(clock_doubt(NOW, [(NOW + ahead).astimezone(UTC) for ahead in known])) is doubted


def test_a_clock_of_another_age_is_doubted_in_an_empty_file_too() -> None:
    assert clock_doubt(NOW.replace(year=2019), []) == "Radar did not exist before 1 Jan 2026."


def test_the_doubt_names_the_day_and_hour_on_this_laptop() -> None:
    known = datetime(2026, 12, 24, 23, 30, tzinfo=UTC)
    assert "25 Dec 2026, 00:30" in clock_doubt(NOW, [known])

"""Which play an answer starts, and by when."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.follow_up import WORKING_DAYS, Play, due_at, play_for

ROME = timezone(timedelta(hours=1))
plays = st.sampled_from(list(WORKING_DAYS))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(ROME))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("score", "play"),
    [(0, "recover"), (6, "recover"), (7, "nudge"), (8, "nudge"), (9, "learn"), (10, "learn")],
)
def test_every_score_has_its_play(score: int, play: str) -> None:
    assert play_for(score) == play


@pytest.mark.parametrize(
    ("play", "asked", "due"),
    [
        ("recover", (2026, 12, 3, 10, 42), (2026, 12, 4)),  # Thursday: by Friday
        ("recover", (2026, 12, 4, 23, 59), (2026, 12, 7)),  # Friday night: by Monday
        ("recover", (2026, 12, 5, 9, 0), (2026, 12, 7)),  # Saturday: by Monday
        ("nudge", (2026, 12, 3, 10, 42), (2026, 12, 10)),
        ("nudge", (2026, 12, 6, 10, 0), (2026, 12, 11)),  # Sunday: the five days of the week to come
        ("learn", (2026, 12, 3, 10, 42), (2026, 12, 17)),
        ("learn", (2026, 12, 24, 10, 0), (2027, 1, 7)),
    ],
)
def test_due_at_five_on_the_last_working_day(
    play: Play, asked: tuple[int, int, int, int, int], due: tuple[int, int, int]
) -> None:
    assert due_at(play, datetime(*asked, tzinfo=ROME)) == datetime(*due, 17, tzinfo=ROME)


@given(plays, moments)
def test_a_duty_leaves_exactly_its_working_days(play: Play, asked: datetime) -> None:
    due = due_at(play, asked)
    days = [asked.date() + timedelta(days=n) for n in range(1, (due.date() - asked.date()).days + 1)]
    assert sum(day.weekday() < 5 for day in days) == WORKING_DAYS[play]
    assert due.weekday() < 5
    assert due.utcoffset() == asked.utcoffset()


@given(plays, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_who_answers_later_is_called_no_sooner(play: Play, asked: datetime, later: timedelta) -> None:
    assert due_at(play, asked) <= due_at(play, asked + later)

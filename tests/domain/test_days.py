"""Days as people write and read them: tables of vectors, and that what is written is read back."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.days import (
    EXPECTED,
    MONTHS,
    Which,
    day_words,
    long_words,
    moment_words,
    read_day,
    read_moment,
    short_day,
    weekday_words,
)

TODAY = date(2026, 12, 3)
"""A Thursday."""
WHICH = st.sampled_from(get_args(Which))
days = st.dates()
todays = st.dates(date(1950, 1, 1), date(2150, 1, 1))

WITH_A_YEAR = [
    ("2026-12-03", date(2026, 12, 3)),
    ("2026-1-5", date(2026, 1, 5)),
    ("2026/12/03", date(2026, 12, 3)),
    ("3.12.2026", date(2026, 12, 3)),
    ("3/12/2026", date(2026, 12, 3)),
    ("3-12-2026", date(2026, 12, 3)),
    ("03.12.26", date(2026, 12, 3)),
    ("3/12/26", date(2026, 12, 3)),
    ("3 Dec 2026", date(2026, 12, 3)),
    (" 3 December 2026 ", date(2026, 12, 3)),
    ("3rd dec 2026", date(2026, 12, 3)),
    ("3-Dec-26", date(2026, 12, 3)),
    ("Dec 3, 2026", date(2026, 12, 3)),
    ("december 3 2026", date(2026, 12, 3)),
    ("3. März 2026", date(2026, 3, 3)),
    ("15 février 2026", date(2026, 2, 15)),
    ("15 fév. 2026", date(2026, 2, 15)),
    ("1 gennaio 2026", date(2026, 1, 1)),
    ("2 set 2026", date(2026, 9, 2)),
    ("1 aug 2026", date(2026, 8, 1)),
    ("29.2.2028", date(2028, 2, 29)),
    ("1. jan 0999", date(999, 1, 1)),
]


@pytest.mark.parametrize("which", get_args(Which))
@pytest.mark.parametrize(("text", "day"), WITH_A_YEAR)
def test_a_day_with_its_year(text: str, day: date, which: Which) -> None:
    assert read_day(text) == read_day(text, TODAY, which) == day


@pytest.mark.parametrize(
    ("text", "following", "last", "nearest"),
    [
        ("15 jan", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("15 January", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("jan 15", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("15/1", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("15.1.", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("15-1", date(2027, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
        ("30 nov", date(2027, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
        ("3 dec", date(2026, 12, 3), date(2026, 12, 3), date(2026, 12, 3)),
        ("29 feb", date(2028, 2, 29), date(2024, 2, 29), date(2028, 2, 29)),
        ("Nov 25", date(2027, 11, 25), date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_a_day_without_its_year(text: str, following: date, last: date, nearest: date) -> None:
    assert read_day(text, TODAY, "next") == following
    assert read_day(text, TODAY, "after") == (following if following > TODAY else date(2027, 12, 3))
    assert read_day(text, TODAY, "last") == last
    assert read_day(text, TODAY) == nearest


@pytest.mark.parametrize(
    ("text", "which", "day"),
    [
        ("today", "next", TODAY),
        (" Today ", "after", TODAY),
        ("tomorrow", "last", date(2026, 12, 4)),
        ("yesterday", "next", date(2026, 12, 2)),
        ("+14", "last", date(2026, 12, 17)),
        ("-3", "next", date(2026, 11, 30)),
        ("+0", "next", TODAY),
        ("fri", "next", date(2026, 12, 4)),
        ("Friday", "nearest", date(2026, 12, 4)),
        ("fri", "last", date(2026, 11, 27)),
        ("thu", "next", TODAY),
        ("thu", "last", TODAY),
        ("thu", "after", date(2026, 12, 10)),
        ("wed", "nearest", date(2026, 12, 9)),
        ("mon", "last", date(2026, 11, 30)),
        ("1.5.98", "last", date(1998, 5, 1)),
        ("1.5.98", "next", date(2098, 5, 1)),
        ("31.12.26", "last", date(2026, 12, 31)),
    ],
)
def test_a_day_as_seen_from_today(text: str, which: Which, day: date) -> None:
    assert read_day(text, TODAY, which) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "31.2.2026", "12/31/2026", "3 foo 2026", "3 jui 2026", "29.2.2027", "15", "2026", "dec", "fr",
        "f", "day", "+99999", "++1", "3 dec 2026 10:42", "3.12.2026.1", "0.1.2026", "٣.12.2026", "3 d 2026", "t",
        "3 december 10000", "dec 2026", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_the_same_words_everywhere(text: str) -> None:
    for today in (None, TODAY):
        with pytest.raises(ValueError) as refused:
            read_day(text, today, "next")
        assert str(refused.value) == EXPECTED


@pytest.mark.parametrize("text", ["today", "+14", "fri", "15 jan", "15/1"])
def test_without_today_a_day_needs_its_year(text: str) -> None:
    """A file that is imported tomorrow must mean the same days."""
    with pytest.raises(ValueError):
        read_day(text)
    with pytest.raises(ValueError):
        read_moment(text)


@pytest.mark.parametrize(
    ("day", "short", "weekday", "long"),
    [
        (date(2026, 7, 14), "14 Jul", "Tue 14 Jul", "Tuesday 14 July"),
        (date(2026, 1, 1), "1 Jan", "Thu 1 Jan", "Thursday 1 January"),
        (date(2025, 11, 25), "25 Nov 2025", "Tue 25 Nov 2025", "Tuesday 25 November 2025"),
        (date(2027, 3, 4), "4 Mar 2027", "Thu 4 Mar 2027", "Thursday 4 March 2027"),
        (date(2027, 5, 4), "4 May 2027", "Tue 4 May 2027", "Tuesday 4 May 2027"),
        (date(999, 1, 1), "1 Jan 0999", "Tue 1 Jan 0999", "Tuesday 1 January 0999"),
    ],
)
def test_a_day_of_another_year_shows_its_year(day: date, short: str, weekday: str, long: str) -> None:
    assert (day_words(day, TODAY), weekday_words(day, TODAY), long_words(day, TODAY)) == (
        short,
        weekday,
        long,
    )
    assert day_words(day).endswith(f" {day.year:04d}")
    assert long_words(day).endswith(f" {day.year:04d}")


@pytest.mark.parametrize(
    ("day", "cell"),
    [
        (date(2026, 7, 14), "14 Jul"),
        (date(2025, 11, 25), "25 Nov 25"),
        (date(2027, 3, 4), "4 Mar 27"),
        (date(1998, 3, 4), "4 Mar 1998"),
        (None, ""),
    ],
)
def test_a_day_in_a_column_is_short(day: date | None, cell: str) -> None:
    assert short_day(day, TODAY) == cell
    assert day is None or day.year == TODAY.year or read_day(cell) == day


def test_no_day_is_written_as_nothing() -> None:
    assert day_words(None, TODAY) == ""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-03T10:42:07Z", "2026-12-03T10:42:07+00:00"),
        ("3 Dec 2026 10:42", "2026-12-03T10:42:00"),
        ("3 Dec 2026, 10:42", "2026-12-03T10:42:00"),
        ("3/12/2026 9.05", "2026-12-03T09:05:00"),
        ("3.12.2026 at 9:05:06.123", "2026-12-03T09:05:06"),
        ("3.12.26 12:30 AM", "2026-12-03T00:30:00"),
        ("Dec 3, 2026 1:05 p.m. UTC", "2026-12-03T13:05:00+00:00"),
        ("3-Dec-2026 10:42 +0100", "2026-12-03T10:42:00+01:00"),
        ("3 Dec 2026", "2026-12-03"),
        ("3 de diciembre de 2026 9:15 a. m.", "2026-12-03T09:15:00"),
        ("3 décembre 2026 à 9h15", "2026-12-03T09:15:00"),
        ("giovedì 3 dicembre 2026, alle 21:15", "2026-12-03T21:15:00"),
        ("3. Dezember 2026, 09:15 Uhr", "2026-12-03T09:15:00"),
        ("03/12/2026 9:15\u202fp.\u00a0m.", "2026-12-03T21:15:00"),
        ("Thu, 3 Dec 2026 09:15:00 +0100", "2026-12-03T09:15:00+01:00"),
        ("mar 1 déc 2026 09:15", "2026-12-01T09:15:00"),
        ("Mar 1, 2026 09:15", "2026-03-01T09:15:00"),
        ("3.12.2026 09:15 CET", "2026-12-03T09:15:00+01:00"),
        ("3.7.2026 09:15 MESZ", "2026-07-03T09:15:00+02:00"),
        ("2026-12-03 09:15:00 +01", "2026-12-03T09:15:00+01:00"),
        ("3/12/2026 09:15 GMT+1", "2026-12-03T09:15:00+01:00"),
    ],
)
def test_a_moment(text: str, moment: str) -> None:
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soon", "“soon” is no date"),
        ("31/31/2026", "there is no day “31/31/2026”"),
        ("3 foo 2026", "there is no day “3 foo 2026”"),
        ("3.12.2026 25:00", "“3.12.2026 25:00” holds no time of day"),
        ("3.12.2026 13:00 pm", "“3.12.2026 13:00 pm” holds no time of day"),
        ("3.12.2026 13:00 IST", "“3.12.2026 13:00 IST” holds no time of day"),
        ("y" * 50, f"“{'y' * 39}…” is no date"),
    ],
)
def test_what_is_no_moment_says_why(text: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_moment(text)
    assert str(refused.value) == said


def test_the_month_comes_first_where_a_file_says_so() -> None:
    assert read_moment("12/3/2026", day_first=False).isoformat() == "2026-12-03"
    assert read_moment("2026/12/3", day_first=False).isoformat() == "2026-12-03"
    assert read_moment("3 Dec 2026", day_first=False).isoformat() == "2026-12-03"


def test_a_moment_is_written_in_the_zone_of_now() -> None:
    now = datetime(2026, 12, 3, 10, 42, tzinfo=timezone(timedelta(hours=1)))
    assert moment_words(datetime(2026, 1, 1, 8, 5, tzinfo=UTC), now) == "1 Jan 09:05"
    assert moment_words(datetime(2025, 12, 31, 23, 5, tzinfo=UTC), now) == "1 Jan 00:05"
    assert moment_words(datetime(2025, 12, 31, 8, 5, tzinfo=UTC), now) == "31 Dec 2025 09:05"
    assert moment_words(datetime(2026, 12, 3, 8, 5, tzinfo=UTC)) == "3 Dec 2026 08:05"


@given(days, todays, WHICH)
def test_what_is_written_with_its_year_is_read_back(day: date, today: date, which: Which) -> None:
    assert read_day(day_words(day)) == read_day(day_words(day), today, which) == day
    assert read_day(day.isoformat(), today, which) == day
    assert read_day(f"{day.day}.{day.month}.{day.year:04d}", today, which) == day


@given(todays, st.integers(-400, 400), WHICH)
def test_what_a_list_shows_is_read_back_where_the_side_is_known(
    today: date, shift: int, which: Which
) -> None:
    day = today + timedelta(shift)
    known = {"next": shift >= 0, "after": shift > 0, "last": shift <= 0, "nearest": abs(shift) < 180}
    if day.year != today.year or known[which]:
        assert read_day(day_words(day, today), today, which) == day


@given(todays, st.sampled_from(["15 jan", "29 feb", "31/12", "1.1", "fri", "Sun"]), st.sampled_from(MONTHS))
def test_a_day_without_its_year_lies_on_its_side(today: date, text: str, month: str) -> None:
    for typed in (text, f"7 {month}"):
        assert read_day(typed, today, "next") >= today
        assert read_day(typed, today, "after") > today
        assert read_day(typed, today, "last") <= today
        assert read_day(typed, today, "after") >= read_day(typed, today, "next")


@given(todays, st.integers(-9999, 9999))
def test_a_shift_is_counted_in_days(today: date, shift: int) -> None:
    with suppress(OverflowError):
        assert read_day(f"{shift:+}", today) - today == timedelta(shift)


@given(st.text(max_size=30), st.none() | todays, WHICH)
def test_any_text_is_a_day_or_refused(text: str, today: date | None, which: Which) -> None:
    with suppress(ValueError):
        assert isinstance(read_day(text, today, which), date)
    with suppress(ValueError):
        assert isinstance(read_moment(text), datetime)

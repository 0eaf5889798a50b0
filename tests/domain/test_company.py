"""Quarters and periods, what a lever takes, and text that no spreadsheet runs."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.company import (
    Filters,
    effort,
    few_words,
    last_days,
    next_quarter,
    periods,
    quarter_name,
    quarter_of,
    quarter_period,
    quarters,
)
from radar_tui.domain.nps import NpsCounts, signed

TODAY = date(2026, 12, 3)
days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(days)
def test_every_day_lies_in_one_quarter(day: date) -> None:
    start = quarter_of(day)
    assert start <= day < next_quarter(start)
    assert start.month in (1, 4, 7, 10)
    assert start.day == 1
    assert quarter_of(next_quarter(start) - timedelta(days=1)) == start
    period = quarter_period(start)
    assert period.since < day <= period.until
    assert (period.until - period.since).days in (90, 91, 92)


@given(days, st.integers(1, 20))
def test_quarters_follow_each_other_to_today(today: date, most: int) -> None:
    found = quarters(today, most)
    assert len(found) == most
    assert found[-1] == quarter_of(today)
    assert [next_quarter(start) for start in found[:-1]] == found[1:]


def test_names_of_quarters() -> None:
    assert [quarter_name(start) for start in quarters(TODAY, 3)] == ["Q2 2026", "Q3 2026", "Q4 2026"]
    assert quarter_name(date(2026, 1, 1)) == "Q1 2026"
    assert {quarter_name(quarter_of(date(2026, month, 1)))[:2] for month in (1, 2, 3)} == {"Q1"}


def test_the_usual_window_is_a_year_and_the_one_before_ends_where_it_begins() -> None:
    window = Filters().window(TODAY)
    assert window == last_days(TODAY, 365) == periods(TODAY)[0]
    assert window.before.until == window.since
    assert window.before.since == TODAY - timedelta(days=730)


def test_what_one_may_look_at() -> None:
    found = periods(TODAY)
    assert [(period.until - period.since).days for period in found[:4]] == [365, 90, 180, 730]
    assert [period.words for period in found[4:]] == [quarter_name(start) for start in quarters(TODAY)[::-1]]
    assert (len(found), found[-1].words) == (16, "Q1 2024")


def test_who_is_left_out() -> None:
    assert Filters(period=last_days(TODAY, 90)).everybody
    assert not any(
        filters.everybody for filters in (Filters(market=""), Filters(owner="o"), Filters(role="user"))
    )


def test_what_a_lever_takes() -> None:
    assert effort(None, TODAY, open_recover=False) == "never met"
    assert effort(TODAY, TODAY, open_recover=False) == "today"
    assert effort(TODAY - timedelta(days=1), TODAY, open_recover=False) == "1 d ago"
    assert effort(date(2026, 11, 24), TODAY, open_recover=True) == "recover open, 9 d ago"


def test_few_answers_in_words() -> None:
    assert few_words(NpsCounts(2, 1, 0)) == "2 promoters, 1 passive, 0 detractors"


def test_scores_have_their_sign() -> None:
    assert [signed(value) for value in (31.4, 0.2, -0.4, -12.0)] == ["+31", "0", "0", "−12"]
    # Halves away from zero, whichever whole number is even.
    assert [signed(value) for value in (12.5, 37.5, -12.5, 0.5, -0.5)] == ["+13", "+38", "−13", "+1", "−1"]

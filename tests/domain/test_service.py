"""Figures of a service review: periods, medians, months, and what hurt most."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.service import Ticketed, days_open, hurt_most, nature, per_month

NOW = datetime(2026, 12, 3, 10, tzinfo=UTC)


def ticket(opened: float, closed: float | None = None, **more: Any) -> Ticketed:
    """Opened and closed that many days ago."""
    return Ticketed(**{
        "id": str(opened), "reference": "", "kind": "ticket", "category": "", "priority": "normal", "subject": "",
        "opened_at": NOW - timedelta(days=opened),
        "closed_at": None if closed is None else NOW - timedelta(days=closed), "satisfied": None, **more,
    })  # fmt: skip


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_a_period_counts_what_lies_in_it() -> None:
    tickets = [
        ticket(50, 5),
        ticket(20, 10),
        ticket(10),
        ticket(40, 35, kind="service request"),
        ticket(8, category="x"),
    ]
    found = nature(tickets, ago(30), NOW)
    assert (found.opened, found.closed, found.open_at_end, found.median_days) == (3, 2, 2, 27.5)
    assert found.categories == {"other": 2, "x": 1}
    before = nature(tickets, ago(60), ago(30))
    assert (before.opened, before.closed, before.open_at_end, before.median_days) == (2, 1, 1, 5)
    assert before.kinds == {"service request": 1, "ticket": 1}


def test_without_any_closed_there_is_no_median() -> None:
    assert nature([ticket(3)], ago(30), NOW).median_days is None
    assert nature([], ago(30), NOW) == (0, 0, 0, None, {}, {}, {})


def test_closed_before_it_was_opened_took_no_time() -> None:
    assert days_open(ticket(3, 5), NOW) == 0


def test_months_end_with_today_in_the_zone_of_the_laptop() -> None:
    new_year = Ticketed(
        "a", "", "ticket", "", "low", "", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), None, None
    )
    found = per_month([new_year], date(2027, 1, 15), 3, ZoneInfo("Europe/Rome"))
    assert [(month.start.month, month.opened) for month in found] == [(11, 0), (12, 0), (1, 1)]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (ticket(30), ticket(10)),
        (ticket(20, priority="urgent"), ticket(30)),
        (ticket(20, satisfied=False), ticket(30)),
    ],
)
def test_long_important_and_not_made_good_hurts(worse: Ticketed, better: Ticketed) -> None:
    assert hurt_most([better, worse], ago(90), NOW) == [worse, better]


def test_what_was_closed_before_the_period_hurts_no_more() -> None:
    assert hurt_most([ticket(300, 200)], ago(90), NOW) == []


spans = st.lists(st.tuples(st.floats(0, 400), st.none() | st.floats(0, 400)), max_size=20)


@given(spans, st.floats(1, 200))
def test_two_periods_add_up_to_the_long_one(given: list[tuple[float, float | None]], middle: float) -> None:
    tickets = [ticket(opened, closed) for opened, closed in given]
    long = nature(tickets, ago(400.5), NOW)
    first, second = nature(tickets, ago(400.5), ago(middle)), nature(tickets, ago(middle), NOW)
    assert (first.opened + second.opened, first.closed + second.closed) == (long.opened, long.closed)
    assert second.open_at_end == long.open_at_end
    assert sum(long.priorities.values()) == long.opened

"""Figures of a service review: periods, medians, months, and what hurt most."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.service import Ticketed, days_open, figures, hurt_most, nature, per_month

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


def test_a_period_is_after_its_beginning_up_to_and_with_its_end() -> None:
    tickets = [ticket(30), ticket(0), ticket(40, 30), ticket(35, 0)]
    found = nature(tickets, ago(30), NOW)
    assert (found.opened, found.closed, found.open_at_end, found.median_days) == (1, 1, 2, 35)
    assert hurt_most([ticket(0), ticket(40, 30)], ago(30), NOW) == [ticket(0)]


def test_the_most_frequent_sort_comes_first() -> None:
    found = nature([ticket(1, category=name) for name in ("c", "b", "a", "b")], ago(30), NOW)
    assert list(found.categories.items()) == [("b", 2), ("a", 1), ("c", 1)]


def test_a_review_has_its_period_the_one_before_the_months_and_the_worst() -> None:
    tickets = [ticket(50, 5), ticket(20, 10), ticket(10), ticket(40, 35), ticket(8), ticket(70)]
    found = figures(tickets, ago(30), NOW, 2)
    assert (found.since, found.until) == (ago(30), NOW)
    assert found.now == nature(tickets, ago(30), NOW)
    assert found.was == nature(tickets, ago(60), ago(30))
    assert found.months == per_month(tickets, NOW.date(), 2, UTC)
    assert found.worst == [tickets[5], tickets[0], tickets[2]]


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
    # The night in Rome in which November began was still October's in Greenwich.
    opened = datetime(2026, 10, 31, 23, 10, tzinfo=UTC)
    early = new_year._replace(opened_at=opened, closed_at=opened + timedelta(days=40))
    old = new_year._replace(opened_at=opened - timedelta(days=40), closed_at=opened - timedelta(hours=1))
    found = per_month([early, old, new_year], date(2027, 1, 15), 3, ZoneInfo("Europe/Rome"))
    assert [(month.opened, month.closed) for month in found] == [(1, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (ticket(30), ticket(10)),
        (ticket(20, priority="urgent"), ticket(30)),
        (ticket(20, satisfied=False), ticket(30)),
        # Low 1, normal 2, high 3, urgent 4, and twice that.
        (ticket(5.1), ticket(10, priority="low")),
        (ticket(15.1), ticket(10, priority="high")),
        (ticket(13.4, priority="high"), ticket(10, priority="urgent")),
        (ticket(20.1), ticket(10, satisfied=False)),
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

"""Who is due, when to go next, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.cadence import Sign, Signals, band, cycle, days_late, next_visit, reasons

TODAY = date(2026, 12, 3)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
cadences = st.integers(1, 999)


@pytest.mark.parametrize(
    ("late", "expected"),
    [(52, "late"), (10, "late"), (9, "due"), (0, "due"), (-14, "due"), (-15, "fine"), (-90, "fine")],
)
def test_late_is_more_than_a_tenth_of_the_cadence(late: int, expected: str) -> None:
    due_on = TODAY - timedelta(days=late)
    assert days_late(due_on, TODAY) == late
    assert band(due_on, TODAY, 90) == expected


def test_a_customer_never_visited_is_due_at_once() -> None:
    assert band(None, TODAY, 90) == "due"
    assert days_late(None, TODAY) == 0


@pytest.mark.parametrize(("ago", "used"), [(0, 0), (45, 0.5), (90, 1), (135, 1.5)])
def test_how_much_of_the_cycle_is_used(ago: int, used: float) -> None:
    assert cycle(TODAY + timedelta(days=90 - ago), TODAY, 90) == pytest.approx(used)


@given(days, days, cadences)
def test_a_cycle_never_runs_backwards(due_on: date, today: date, cadence: int) -> None:
    assert 0 <= cycle(due_on, today, cadence) <= cycle(due_on, today + timedelta(days=1), cadence)


@pytest.mark.parametrize(
    ("after", "cadence", "weekday", "proposed"),
    [
        (date(2026, 12, 3), 90, 3, date(2027, 2, 25)),  # due Wed 3 Mar: the Thursday before
        (date(2026, 12, 3), 91, 3, date(2027, 3, 4)),  # due on a Thursday itself
        (date(2026, 12, 3), 90, None, date(2027, 3, 3)),  # no habit: the due date
        (date(2026, 12, 3), 93, None, date(2027, 3, 5)),  # due on a Saturday: the Friday before
        (date(2026, 12, 3), 93, 6, date(2027, 3, 5)),  # a habit of Sundays is none
        (date(2026, 12, 3), 93, 5, date(2027, 3, 5)),  # nor is one of Saturdays, not even on one
        (date(2026, 11, 30), 5, 0, date(2026, 12, 4)),  # too short for the habit: still in time
        (date(2026, 12, 4), 1, 4, date(2026, 12, 7)),  # no working day in time: the first one after
    ],
)
def test_the_next_visit_keeps_the_usual_weekday(
    after: date, cadence: int, weekday: int | None, proposed: date
) -> None:
    assert next_visit(after, cadence, weekday) == proposed


@given(days, cadences, st.none() | st.integers(0, 6))
def test_a_visit_is_on_a_working_day_and_in_time_where_there_is_one(
    after: date, cadence: int, weekday: int | None
) -> None:
    proposed = next_visit(after, cadence, weekday)
    assert proposed.weekday() < 5
    assert proposed > after
    in_time = [after + timedelta(days=n) for n in range(1, cadence + 1)]
    if any(day.weekday() < 5 for day in in_time):
        assert proposed in in_time
    else:
        assert (proposed - after).days <= 3
    if cadence > 7 and weekday is not None and weekday < 5:
        assert proposed.weekday() == weekday


def reason(signals: Signals, today: date) -> str:
    return reasons(signals, today)[0].text


EVERYTHING = Signals(
    due_on=TODAY + timedelta(days=10),
    planned_on=date(2027, 2, 11),
    to_report=("W-1",) * 12,
    near_limit=("W-1", "W-2"),
    out_of_service=("W-3",),
    unhappy=Sign("Paolo Conti", TODAY),
    calls=[Sign("Paolo Conti", TODAY + timedelta(days=1))],
    loops=[
        Sign("Rita Neri", TODAY - timedelta(days=2), late=True),
        Sign("Ugo", TODAY, late=True),
        Sign("Zoe", TODAY),
    ],
    actions=[Sign("Send the drawing", TODAY - timedelta(days=1), late=True)],
    resolved=[Sign("Late reply", TODAY - timedelta(days=4)), Sign("Wrong part", TODAY - timedelta(days=9))],
    off_target=[Sign("First reply", TODAY)],
    streams=[Sign("Line 3")],
    in_progress_since=TODAY - timedelta(days=2),
)


def test_the_best_reason_comes_first() -> None:
    """Somebody unhappy, then what we owe, before all that would sell something."""
    assert [(each.kind, each.text) for each in reasons(EVERYTHING, TODAY)] == [
        ("unhappy", "Unhappy, call Paolo Conti"),
        ("call", "Loop overdue: Rita Neri"),
        ("action", "Action overdue: Send the drawing"),
        ("out_of_service", "W-3 out of service"),
        ("near_limit", "2 items near limit"),
        ("to_report", "12 items to report"),
        ("resolved_ticket", "Fixed: Late reply"),
        ("call", "Call due tomorrow: Paolo Conti"),
        ("kpi", "Off target: First reply"),
        ("in_progress", "In progress since 1 Dec"),
        ("stream", "Stream planned: Line 3"),
        ("planned", "Planned 11 Feb 2027"),
        ("cadence", "Every 90 days"),
    ]


def test_a_reason_says_how_many_when_and_who() -> None:
    told = {each.kind: (each.count, each.day, each.who) for each in reversed(reasons(EVERYTHING, TODAY))}
    assert told == {
        "unhappy": (1, TODAY, "Paolo Conti"),
        "in_progress": (None, TODAY - timedelta(days=2), None),
        "call": (2, TODAY - timedelta(days=2), "Rita Neri"),
        "action": (1, TODAY - timedelta(days=1), "Send the drawing"),
        "out_of_service": (1, None, "W-3"),
        "near_limit": (2, None, "W-1, W-2"),
        "to_report": (12, None, "W-1, W-1, W-1"),
        "resolved_ticket": (2, TODAY - timedelta(days=4), "Late reply"),
        "kpi": (1, TODAY, "First reply"),
        "stream": (1, None, "Line 3"),
        "planned": (None, date(2027, 2, 11), None),
        "cadence": (90, TODAY + timedelta(days=10), None),
    }


def test_an_overdue_call_is_said_once() -> None:
    late = Signals(TODAY, calls=[Sign("Ada", TODAY - timedelta(days=1), late=True), Sign("Bo", TODAY)])
    assert [each.text for each in reasons(late, TODAY)] == ["Call overdue: Ada", "Every 90 days"]
    # Due at eleven, and it is four in the afternoon: late today.
    assert reason(Signals(TODAY, calls=[Sign("Ada", TODAY, late=True)]), TODAY) == "Call overdue: Ada"


@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        (Signals(), "Never visited"),
        (Signals(in_progress_since=TODAY), "Visit in progress"),
        (Signals(to_report=("W-1",), in_progress_since=TODAY), "W-1 to report"),
        (Signals(to_report=("W-1",)), "W-1 to report"),
        (Signals(near_limit=("x" * 37,)), f"{'x' * 37} near limit"),
        (Signals(near_limit=("x" * 38,)), "1 item near limit"),
        (Signals(TODAY + timedelta(days=15), to_report=("W-1", "W-2")), "2 items to report"),
        (Signals(TODAY, off_target=[Sign("x" * 36)]), f"Off target: {'x' * 36}"),
        (Signals(TODAY, off_target=[Sign("x" * 37)]), f"Off target: {'x' * 35}…"),
        (Signals(TODAY, resolved=[Sign("x" * 41)]), f"Fixed: {'x' * 41}"),
        (Signals(TODAY, resolved=[Sign("x" * 39 + " yz")]), f"Fixed: {'x' * 39}…"),
        (Signals(TODAY, calls=[Sign("Ada", TODAY)]), "Call due today: Ada"),
        (Signals(TODAY, to_report=("W-1",), calls=[Sign("Ada", TODAY)]), "W-1 to report"),
        (Signals(TODAY, out_of_service=("W-1",), unhappy=Sign("x" * 50)), f"Unhappy, call {'x' * 33}…"),
        (Signals(TODAY, calls=[Sign("Ada", TODAY + timedelta(days=2))]), "Every 90 days"),
        (Signals(TODAY, actions=[Sign("Send", TODAY)]), "Action due today: Send"),
        (Signals(TODAY, cadence_days=1), "Every day"),
        (Signals(TODAY, planned_on=TODAY - timedelta(days=1)), "Every 90 days"),
        (Signals(TODAY, planned_on=TODAY), "Planned 3 Dec"),
    ],
)
def test_a_reason_is_short_and_plain(signals: Signals, expected: str) -> None:
    assert reason(signals, TODAY) == expected


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_long_subjects_still_say_what_happened(subject: str, measure: str) -> None:
    resolved = reason(Signals(TODAY, resolved=[Sign(subject)]), TODAY)
    crossed = reason(Signals(TODAY, off_target=[Sign(measure)]), TODAY)
    assert resolved.startswith("Fixed: ")
    assert crossed.startswith("Off target: ")
    assert len(resolved) <= 48
    assert len(crossed) <= 48

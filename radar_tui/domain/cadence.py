"""When a customer is due, and the best reason to visit. Standard library only: the first screen reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from radar_tui.domain.days import day_words

SOON_DAYS = 14
"""Due, and worth a look, from this many days before the due date."""
_SATURDAY = 5
_MOST_LETTERS = 48
Urgency = Literal["late", "due", "fine"]


def days_late(due_on: date | None, today: date) -> int:
    """Days past the due date, negative before it; 0 for a customer never visited, who is due at once."""
    return (today - due_on).days if due_on is not None else 0


def band(due_on: date | None, today: date, cadence_days: int) -> Urgency:
    """`late` from a tenth of the cadence past due on, `due` from 14 days before the due date, else `fine`."""
    late = days_late(due_on, today)
    if late > cadence_days / 10:
        return "late"
    return "due" if late >= -SOON_DAYS else "fine"


def cycle(due_on: date | None, today: date, cadence_days: int) -> float:
    """How much of the cadence is used: 0 on the day of a visit, 1 on the due date, more when late."""
    return max(0.0, 1 + days_late(due_on, today) / cadence_days)


def next_visit(after: date, cadence_days: int, weekday: int | None = None) -> date:
    """The day to propose: the last usual `weekday` (0 Monday) on or before the due date, never on a weekend.

    Without a usual working day, or with a cadence too short to hold it, the last working day until the due date;
    where there is none either, the first one after it.
    """
    due = after + timedelta(days=cadence_days)
    if weekday is not None and weekday < _SATURDAY:
        proposed = due - timedelta(days=(due.weekday() - weekday) % 7)
        if proposed > after:
            return proposed
    proposed = due - timedelta(days=max(0, due.weekday() - _SATURDAY + 1))
    if proposed > after:
        return proposed
    return due + timedelta(days=7 - due.weekday())


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a visit to one customer.

    `items_to_report`: their newest finding is older than the cadence, or they have none. `items_near_limit`: newest
    verdict deteriorating and no spares agreed since. `resolved_ticket`: the subject of a "not satisfied" one that is
    resolved and not yet shown. `call_due_on`, `action_due_on`: the earliest open one. `recover_due_on`: the earliest
    call to somebody unhappy whom nobody has called yet.
    """

    due_on: date | None = None
    cadence_days: int = 90
    planned_on: date | None = None
    items_to_report: int = 0
    items_near_limit: int = 0
    resolved_ticket: str | None = None
    call_due_on: date | None = None
    crossed_measure: str | None = None
    action_due_on: date | None = None
    planned_stream: str | None = None
    recover_due_on: date | None = None


def reason(signals: Signals, today: date) -> str:
    """The best reason to visit, at most 48 characters; a narrow column cuts it.

    In this order: a call overdue to somebody unhappy, integrity report, spares, a ticket resolved, a call due, a KPI,
    an action due, a planned stream, a planned visit, the cadence. A ticket's subject and a KPI's name come as they
    were typed: paint them as data.
    """
    # Nothing that we would like to sell goes before somebody whom we owe an answer.
    if signals.recover_due_on is not None and signals.recover_due_on < today:
        return "Call overdue"
    if signals.items_to_report and days_late(signals.due_on, today) >= -SOON_DAYS:
        return f"{_items(signals.items_to_report)} to report"
    if signals.items_near_limit:
        return f"{_items(signals.items_near_limit)} near limit"
    if signals.resolved_ticket:
        return _fitting("Fixed: ", signals.resolved_ticket)
    if words := _due_words("Call", signals.call_due_on, today):
        return words
    if signals.crossed_measure:
        return _fitting("Off target: ", signals.crossed_measure)
    if words := _due_words("Action", signals.action_due_on, today):
        return words
    if signals.planned_stream:
        return "Stream planned"
    if signals.planned_on is not None and signals.planned_on >= today:
        return f"Planned {day_words(signals.planned_on, today)}"
    if signals.due_on is None:
        return "Never visited"
    return "Every day" if signals.cadence_days == 1 else f"Every {signals.cadence_days} days"


def _items(count: int) -> str:
    return f"{count} item{'' if count == 1 else 's'}"


def _due_words(what: str, day: date | None, today: date) -> str:
    """Only what is overdue, or due today or tomorrow, speaks for a visit."""
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return f"{what} overdue"
    return {0: f"{what} due today", 1: f"{what} due tomorrow"}.get(left, "")


def _fitting(before: str, name: str) -> str:
    """`name` cut so that the whole fits its column and what happened to it can still be read."""
    room = _MOST_LETTERS - len(before)
    return before + (name if len(name) <= room else name[: room - 1].rstrip() + "…")

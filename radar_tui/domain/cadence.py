"""When a customer is due, and the best reason to visit. Standard library only: the first screen reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

SOON_DAYS = 14
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
    """The day to propose: the last usual `weekday` (0 Monday) on or before the due date, never a weekend.

    Within the cadence: the week before the due date holds each working day once; a cadence too short for that keeps
    the first working day from the due date on.
    """
    due = after + timedelta(days=cadence_days)
    wanted = weekday if weekday is not None and weekday < 5 else min(due.weekday(), 4)
    proposed = due - timedelta(days=(due.weekday() - wanted) % 7)
    if proposed > after:
        return proposed
    while due.weekday() > 4:
        due += timedelta(days=1)
    return due


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a visit to one customer. `items_near_limit`: newest verdict deteriorating and no spares agreed.
    `call_due_on`, `action_due_on`: the earliest open one."""

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


def reason(signals: Signals, today: date) -> str:
    """The best reason to visit in a few words (design §5): integrity report, spares, a ticket resolved, a call due,
    a KPI, a promise due, a planned stream, a planned visit, the cadence."""
    report_due = days_late(signals.due_on, today) >= -SOON_DAYS
    if signals.items_to_report and report_due:
        return f"{_items(signals.items_to_report)} to report"
    if signals.items_near_limit:
        return f"{_items(signals.items_near_limit)} near limit"
    if signals.resolved_ticket:
        return f"Resolved: {signals.resolved_ticket}"
    if signals.call_due_on is not None and (words := _due_words("Call", signals.call_due_on, today)):
        return words
    if signals.crossed_measure:
        return f"Off target: {signals.crossed_measure}"
    if signals.action_due_on is not None and (words := _due_words("Promise", signals.action_due_on, today)):
        return words
    if signals.planned_stream:
        return f"Planned: {signals.planned_stream}"
    if signals.planned_on is not None and signals.planned_on >= today:
        return f"Visit on {signals.planned_on.day} {signals.planned_on:%b}"
    if signals.due_on is None:
        return "Never visited"
    return f"Every {signals.cadence_days} days"


def _items(count: int) -> str:
    return f"{count} item{'' if count == 1 else 's'}"


def _due_words(what: str, day: date, today: date) -> str:
    left = (day - today).days
    if left < 0:
        return f"{what} overdue"
    return {0: f"{what} due today", 1: f"{what} due tomorrow"}.get(left, "")

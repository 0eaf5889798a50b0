"""On which day a visit was, and when a customer was last seen: whoever shows either asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.cadence import SOON_DAYS
from radar_tui.store.schema.visit_day import held_on, visit_day

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection

__all__ = [
    "COMPLETED",
    "HELD",
    "LATE",
    "LATE_OR_DUE",
    "due",
    "due_as_of",
    "held_on",
    "on_radar",
    "seen",
    "shown_on",
    "took_place",
    "visit_day",
    "within_cadence",
]


def shown_on(visit: str) -> str:
    """SQL: the day under which a list shows a visit: on which it was held, else for which it is planned."""
    return f"coalesce({held_on(visit)}, {visit}.planned_on)"


COMPLETED = "{visit}.status = 'completed'"
"""Whether a visit was brought to its end."""


def seen(customer: str, today: str = ":today") -> str:
    """SQL: the newest visit day, not after `today`, of a completed visit to the customer of this id; else NULL."""
    return (
        f"(SELECT max({visit_day('sv')}) FROM visit sv WHERE sv.customer_id = {customer} "  # noqa: S608
        f"AND {COMPLETED.format(visit='sv')} AND {visit_day('sv')} <= {today})"
    )


def took_place(visit: str) -> str:
    """SQL: whether a visit was completed, on `:today` or before."""
    return f"{COMPLETED.format(visit=visit)} AND {visit_day(visit)} <= :today"


HELD = f"(SELECT v.customer_id, {visit_day('v')} AS day FROM visit v WHERE {COMPLETED.format(visit='v')})"  # noqa: S608
"""SQL: the day of each completed visit, to select from: whoever asks of many days at once reads it once."""


def within_cadence(due_on: str, today: str = ":today") -> str:
    """SQL: whether a customer is due later than `today`; one who was never visited is not within its cadence."""
    return f"coalesce({due_on} > {today}, 0)"


# Days are counted as numbers, which takes a third of what a shifted date does.
LATE = "due_on < :today AND julianday(due_on) < julianday(:today) - cadence_days / 10"
"""SQL over a row of `due`: whether it is marked late, as `domain.cadence.band` says."""
LATE_OR_DUE = f"coalesce(due_on, :today) <= date(:today, '+{SOON_DAYS} days')"
"""SQL over a row of `due`: whether it is marked at all; it is due if it is not late."""


def due(db: Connection, today: date) -> str:
    """SQL: the customers on the radar as they stand on a day, to select from; `due_as_of`, or the stored table where
    that is the same, since triggers cannot know what day it is and count every completed visit."""
    ahead = db.row("SELECT 1 FROM customer_due WHERE last_seen > ? LIMIT 1", [today.isoformat()])
    return due_as_of(today) if ahead else "customer_due"


def due_as_of(today: date) -> str:
    """SQL: customer_id, name, last_seen, planned_on, due_on, cadence_days. A visit that lies ahead of `today` – a clock
    that went ahead, a colleague further east – does not count yet."""
    day = f"'{today.isoformat()}'"
    return (
        "(SELECT customer_id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days') AS due_on, "  # noqa: S608
        "cadence_days FROM (SELECT t.customer_id, t.name, t.planned_on, t.cadence_days, "
        f"iif(t.last_seen > {day}, {seen('t.customer_id', day)}, t.last_seen) AS last_seen FROM customer_due t))"
    )


IN_USE = "archived_at IS NULL"
"""Whether a customer or part was not put away: its name, typed, means it. A former customer's does, too."""


def on_radar(customer: str) -> str:
    """SQL: whether the customer of this id is neither archived nor former."""
    return f"EXISTS (SELECT 1 FROM customer_due cd WHERE cd.customer_id = {customer})"  # noqa: S608

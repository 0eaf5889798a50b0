"""What a customer's figures were over time: both scores, the card, and the visits between them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.card import DayValue
from radar_tui.domain.nps import QUESTIONS, WINDOW_DAYS
from radar_tui.store.facts.card import SAYS
from radar_tui.store.facts.derived import history
from radar_tui.store.facts.seen import visit_day
from radar_tui.store.reading import day_here

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection

SPAN_DAYS = 730

_CARDS = f"""
SELECT as_of, value FROM scorecard
WHERE customer_id = :customer AND as_of > :since AND as_of <= :today AND {SAYS} ORDER BY as_of, id"""  # noqa: S608

_VISITS = f"""
SELECT coalesce({visit_day()}, planned_on) AS day, status, occasion FROM visit
WHERE customer_id = :customer AND status IN ('completed', 'missed')
    AND coalesce({visit_day()}, planned_on) > :since AND coalesce({visit_day()}, planned_on) <= :today
ORDER BY day"""  # noqa: S608 -- our own words only


class Seen(NamedTuple):
    """A visit that took place or should have."""

    day: date
    status: str
    occasion: str


class OverTime(NamedTuple):
    """The decision makers' scores 0–10, cards 0–100 and visits since a day, the oldest first."""

    since: date
    recommend: list[DayValue]
    retain: list[DayValue]
    card: list[DayValue]
    visits: list[Seen]


def over_time(db: Connection, customer_id: str, today: date, days: int = SPAN_DAYS) -> OverTime:
    """The figures of a customer within the last `days`; it begins with the first thing known in them."""
    since = today - timedelta(days=days)
    span = {"customer": customer_id, "since": since.isoformat(), "today": today.isoformat()}
    scores = {
        question: [
            DayValue(point.day, point.value / 10)
            for point in history(db, question, customer_id, today, WINDOW_DAYS)
            if point.day > since
        ]
        for question in QUESTIONS
    }
    cards = [_point(row) for row in db.rows(_CARDS, span)]
    visits = [Seen(day_here(row[0]), row[1], row[2]) for row in db.rows(_VISITS, span)]
    known = [point.day for points in (*scores.values(), cards) for point in points]
    first = min([*known, *(visit.day for visit in visits)], default=since)
    return OverTime(max(first, since), scores["recommend"], scores["retain"], cards, visits)


def _point(row: tuple[str, float]) -> DayValue:
    return DayValue(day_here(row[0]), row[1])

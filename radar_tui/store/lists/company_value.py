"""The value found on visits, by kind and quarter, and the visits it was found on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.company import Filters, next_quarter, quarters
from radar_tui.store.facts.business import FOUND, WON, WORTH
from radar_tui.store.facts.seen import shown_on
from radar_tui.store.lists.company import parameters_of, where
from radar_tui.store.reading import stored_day
from radar_tui.store.schema.counted import quarter_of

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection

KINDS = ("replacement", "spares", "new stream", "service")
SHOWN = 8
"""Quarters."""


class ValueRow(NamedTuple):
    """What was found on the visits of one quarter in one currency: minor units by kind; `won` is a part of it."""

    start: date
    currency: str
    visits: int
    by_kind: dict[str, int]
    won: int

    @property
    def value(self) -> int:
        """All kinds."""
        return sum(self.by_kind.values())


class VisitValueRow(NamedTuple):
    """What was found on one visit, in minor units by kind."""

    visit_id: str
    customer_id: str
    customer: str
    day: date
    currency: str
    by_kind: dict[str, int]
    won: int

    @property
    def value(self) -> int:
        """All kinds."""
        return sum(self.by_kind.values())


_DAY = shown_on("v")
_SUMS = ", ".join(f"coalesce(sum({WORTH}) FILTER (WHERE o.kind = '{kind}'), 0)" for kind in KINDS)
# The visits lead, so that only the opportunities of those looked at are read.
_FROM = f"""FROM visit v CROSS JOIN opportunity o ON o.visit_id = v.id JOIN customer c ON c.id = o.customer_id
    CROSS JOIN opportunity_line l ON l.opportunity_id = o.id AND {FOUND}
WHERE {_DAY} >= :first AND {_DAY} < :end"""
_WON = f"coalesce(sum({WORTH}) FILTER (WHERE {WON}), 0)"


def found_on_visits(db: Connection, today: date, filters: Filters) -> list[ValueRow]:
    """The newest quarter first, each currency on its own; declined lines are left out, as everywhere."""
    span = quarters(today, SHOWN)
    rows = db.rows(
        f"SELECT {quarter_of(_DAY)} AS quarter, o.currency, count(DISTINCT v.id), {_WON}, {_SUMS} {_FROM} "
        f"AND {where(filters, roles=False)} GROUP BY quarter, o.currency ORDER BY quarter DESC, o.currency",
        _span(filters, today, span[0], next_quarter(span[-1])),
    )
    return [
        ValueRow(
            stored_day(row[0]) or today,
            row[1],
            row[2],
            dict(zip(KINDS, tuple(row)[4:], strict=True)),
            row[3],
        )
        for row in rows
    ]


def visits_with_value(db: Connection, today: date, filters: Filters, start: date) -> list[VisitValueRow]:
    """The visits of the quarter that begins on `start` on which something was found, the newest first."""
    rows = db.rows(
        f"SELECT v.id, c.id, c.name, {_DAY} AS day, o.currency, {_WON}, {_SUMS} {_FROM} "
        f"AND {where(filters, roles=False)} GROUP BY v.id, o.currency ORDER BY day DESC, c.name, v.id",
        _span(filters, today, start, next_quarter(start)),
    )
    return [
        VisitValueRow(
            visit_id=row[0],
            customer_id=row[1],
            customer=row[2],
            day=stored_day(row[3]) or start,
            currency=row[4],
            by_kind=dict(zip(KINDS, tuple(row)[6:], strict=True)),
            won=row[5],
        )
        for row in rows
    ]


def _span(filters: Filters, today: date, start: date, end: date) -> dict[str, object]:
    known = parameters_of(filters, filters.window(today), today)
    return {**known, "first": start.isoformat(), "end": end.isoformat()}

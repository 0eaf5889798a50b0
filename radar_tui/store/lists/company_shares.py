"""How near we were to our customers, quarter by quarter: computed from visits and meetings, nothing is stored."""

from __future__ import annotations

from datetime import timedelta
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.company import Filters, next_quarter, quarters
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.seen import HELD, took_place, visit_day, within_cadence
from radar_tui.store.lists.company import Share, in_time, paired, parameters_of, where

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.connection import Connection


class SharesRow(NamedTuple):
    """The quarter that begins on `start`, as it stood on its last day, or stands today."""

    start: date
    in_time: Share
    paired: Share
    met: Share
    """Colleagues who met a customer in the quarter: on a visit, or as a counterpart."""


def shares(db: Connection, today: date, filters: Filters) -> list[SharesRow]:
    """The newest quarters, from the first of which anything is known, the oldest first.

    Every quarter counts the customers that are on the radar today, by the cadence that they have today.
    """
    rows = []
    spans = [(start, min(today, next_quarter(start) - timedelta(days=1))) for start in quarters(today)]
    known = parameters_of(filters, filters.window(today), today)
    was = _were_in_time(db, filters, known, [last for _, last in spans[:-1]])
    for (start, last), in_cadence in zip(spans, [*was, in_time(db, today, filters, known)], strict=True):
        parameters = {**known, "today": last.isoformat(), "start": start.isoformat()}
        rows.append(
            SharesRow(start, in_cadence, paired(db, filters, parameters), _met(db, filters, parameters))
        )
    newest = rows[-1] if rows[-1].in_time.whole else None

    def unknown(row: SharesRow) -> bool:
        return not (row.in_time.part or row.paired.part or row.met.part or row is newest)

    return list(dropwhile(unknown, rows))


def _were_in_time(
    db: Connection, filters: Filters, parameters: dict[str, object], days: list[date]
) -> list[Share]:
    """At the end of each of these days, from one pass through the visits."""
    seen = ", ".join(
        f"max(day) FILTER (WHERE day <= '{day}') AS seen{place}" for place, day in enumerate(days)
    )
    due_on = [f"date(seen{place}, '+' || cadence_days || ' days')" for place, _ in enumerate(days)]
    in_time = ", ".join(
        f"count(*) FILTER (WHERE {within_cadence(due, repr(day.isoformat()))})"
        for due, day in zip(due_on, days, strict=True)
    )
    whole, *parts = db.row(
        f"WITH held AS MATERIALIZED {HELD} SELECT count(*), {in_time} FROM (SELECT d.cadence_days, {seen} "  # noqa: S608
        "FROM customer_due d JOIN customer c ON c.id = d.customer_id LEFT JOIN held ON held.customer_id = c.id "
        f"WHERE {where(filters, roles=False)} GROUP BY d.customer_id)",
        parameters,
    )
    return [Share(part, whole) for part in parts]


def _met(db: Connection, filters: Filters, parameters: dict[str, object]) -> Share:
    """Filters by market, BRM and role say whom they met, not who of ours counts."""
    customers = where(filters, roles=False)
    row = db.row(
        "WITH met AS (SELECT v.brm_id AS id FROM visit v JOIN customer c ON c.id = v.customer_id "  # noqa: S608
        f"WHERE {took_place('v')} AND {visit_day('v')} >= :start "
        f"AND {customers} UNION SELECT k.colleague_id FROM counterpart k JOIN contact x ON x.id = k.contact_id "
        f"JOIN customer c ON c.id = x.customer_id WHERE k.met_on BETWEEN :start AND :today AND {where(filters)}) "
        "SELECT count(*) FILTER (WHERE o.id IN (SELECT id FROM met)), count(*) FROM colleague o "
        f"WHERE {THERE.format(person='o', day='today')}",
        parameters,
    )
    return Share(*row)

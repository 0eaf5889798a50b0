"""How near we were to our customers, quarter by quarter: computed from visits and meetings, nothing is stored."""

from __future__ import annotations

from datetime import timedelta
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.company import Filters, next_quarter, quarters
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.seen import seen, visit_day
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

    A past quarter counts the customers visited at least once by its end, by the cadence that they have today.
    """
    rows = []
    for start in quarters(today):
        last = next_quarter(start) - timedelta(days=1)
        day = min(today, last)
        parameters = {**parameters_of(filters, filters.window(today), day), "start": start.isoformat()}
        rows.append(
            SharesRow(
                start,
                in_time(db, today, filters, parameters)
                if last >= today
                else _was_in_time(db, filters, parameters),
                paired(db, filters, parameters),
                _met(db, filters, parameters),
            )
        )
    return list(dropwhile(lambda row: not (row.in_time.whole or row.paired.part or row.met.part), rows))


def _was_in_time(db: Connection, filters: Filters, parameters: dict[str, object]) -> Share:
    row = db.row(
        "SELECT count(*) FILTER (WHERE date(last_seen, '+' || cadence_days || ' days') >= :today), count(*) FROM ("  # noqa: S608
        f"SELECT d.cadence_days, {seen('c.id')} AS last_seen "
        "FROM customer_due d JOIN customer c ON c.id = d.customer_id "
        f"WHERE {where(filters, roles=False)}) WHERE last_seen IS NOT NULL",
        parameters,
    )
    return Share(*row)


def _met(db: Connection, filters: Filters, parameters: dict[str, object]) -> Share:
    """Filters by market, BRM and role say whom they met, not who of ours counts."""
    customers = where(filters, roles=False)
    row = db.row(
        "WITH met AS (SELECT v.brm_id AS id FROM visit v JOIN customer c ON c.id = v.customer_id "  # noqa: S608
        f"WHERE v.status = 'completed' AND {visit_day('v')} BETWEEN :start AND :today "
        f"AND {customers} UNION SELECT k.colleague_id FROM counterpart k JOIN contact x ON x.id = k.contact_id "
        f"JOIN customer c ON c.id = x.customer_id WHERE k.met_on BETWEEN :start AND :today AND {where(filters)}) "
        "SELECT count(*) FILTER (WHERE o.id IN (SELECT id FROM met)), count(*) FROM colleague o "
        f"WHERE {THERE.format(person='o', day='today')}",
        parameters,
    )
    return Share(*row)

"""What Radar counts beside the rows, never synced: the due date of each customer, and the answers by quarter.

Triggers keep both, without the rows that no Radar wrote: tell_unreadable_rows_apart.sql, and for the due date
keep_the_visit_day.sql. Counting 1,000,000 answers by quarter takes a second or two; in `quarter_count` they stand
counted. In a quarter, as in any window, only the newest unvoided answer of a contact to a question counts, of two on
one day the lower (domain/nps.py).
"""

from __future__ import annotations

from radar_tui.store.schema.unreadable import unreadable_ids
from radar_tui.store.schema.visit_day import visit_day

DUE_COLUMNS = "customer_id, name, last_seen, planned_on, due_on, cadence_days"
DUE_OF_CUSTOMERS = f"""
    SELECT c.id, c.name, v.last_seen, v.planned_on,
        date(v.last_seen, '+' || c.cadence_days || ' days'), c.cadence_days
    FROM main.customer c LEFT JOIN (
        SELECT customer_id,
            max({visit_day()}) FILTER (WHERE status = 'completed') AS last_seen,
            min(planned_on) FILTER (WHERE status = 'planned') AS planned_on
        FROM main.visit WHERE customer_id IS NOT NULL AND id NOT IN ({unreadable_ids("visit")})
        GROUP BY customer_id) v ON v.customer_id = c.id
    WHERE c.archived_at IS NULL AND c.status <> 'former' AND c.id NOT IN ({unreadable_ids("customer")})
"""  # noqa: S608 -- our own words only


def quarter_of(day: str) -> str:
    """SQL: the first day of the quarter that the expression `day` lies in; NULL for what is no date."""
    return f"date({day}, 'start of month', '-' || ((strftime('%m', {day}) + 2) % 3) || ' months')"


_READABLE = "asked_on BETWEEN '1900' AND '2201' AND date(asked_on, '+0 days') IS asked_on"
# Bare columns stand beside max() of what sorts by day and then by the lower score.
QUARTERS_OF_RESPONSES = f"""
    SELECT question, quarter, count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8),
        count(*) FILTER (WHERE score <= 6)
    FROM (SELECT question, {quarter_of("asked_on")} AS quarter, score, max(asked_on || char(75 - score))
        FROM main.response WHERE voided_at IS NULL AND {_READABLE} GROUP BY contact_id, question, 2)
    WHERE quarter IS NOT NULL GROUP BY question, quarter
"""  # noqa: S608 -- our own words only

QUARTER_COLUMNS = "question, quarter, promoters, passives, detractors"
COUNT_DUE_AGAIN: tuple[str, ...] = (
    "DELETE FROM customer_due",
    f"INSERT INTO customer_due ({DUE_COLUMNS}) {DUE_OF_CUSTOMERS}",
)
COUNT_AGAIN: tuple[str, ...] = (
    *COUNT_DUE_AGAIN,
    "DELETE FROM quarter_count",
    f"INSERT INTO quarter_count ({QUARTER_COLUMNS}) {QUARTERS_OF_RESPONSES}",
)
"""Statements that count everything anew from the rows."""

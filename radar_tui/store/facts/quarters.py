"""The answers that count in each quarter: the newest in it of each contact who was still there by its end."""

from __future__ import annotations

from radar_tui.store.facts.answers import BOTH, STANDS, by_band
from radar_tui.store.facts.seen import on_radar
from radar_tui.store.schema.counted import quarter_of


def _number(day: str) -> str:
    """SQL: a number for each quarter, which SQLite compares and groups in half the time of a date."""
    return f"substr({day}, 1, 4) * 4 + (substr({day}, 6, 2) - 1) / 3"


_QUARTER = _number("r.asked_on")
# By the end of the quarter of the answer, or by today in the one that today lies in.
_STILL_THERE = f"(x.left_on IS NULL OR x.left_on > :today OR {_number('x.left_on')} > {_QUARTER})"
_DAY = "printf('%d-%02d-01', number / 4, number % 4 * 3 + 1)"
# The newest answer is the highest, of two on one day the lower.
_RANK = "r.asked_on || char(75 - r.score)"

COUNTED = f"SELECT * FROM quarter_count WHERE question IN ({BOTH}) AND quarter >= :first"  # noqa: S608
"""Question, quarter and the three counts of everybody, as triggers keep them: without regard to who is still there."""


def from_rows(wanted: str) -> str:
    """SQL: question, quarter and the three counts of the contacts x of customers c that are `wanted`."""
    return (
        f"SELECT question, {_DAY} AS quarter, {by_band('score')} "  # noqa: S608
        f"FROM (SELECT r.question, {_QUARTER} AS number, r.score, max({_RANK}) "
        "FROM customer c CROSS JOIN contact x ON x.customer_id = c.id "
        f"CROSS JOIN response r ON r.contact_id = x.id AND r.question IN ({BOTH}) "
        f"AND r.asked_on >= :first AND r.asked_on <= :today AND {STANDS} WHERE {_STILL_THERE} "
        f"AND {on_radar('c.id')} AND {wanted} GROUP BY x.rowid, r.question, 2) GROUP BY question, number"
    )


EXCEPTIONS = f"""
WITH gone AS MATERIALIZED (
    SELECT x.id, x.left_on, {on_radar("x.customer_id")} AS on_radar,
        CASE WHEN NOT {on_radar("x.customer_id")} THEN :first WHEN x.left_on <= :today
            THEN max(:first, {quarter_of("x.left_on")}) ELSE {quarter_of(":today")} END AS since
    FROM contact x WHERE x.left_on <= :today OR NOT {on_radar("x.customer_id")}
        OR x.id IN (SELECT r.contact_id FROM response r WHERE r.question IN ({BOTH}) AND r.asked_on > :today
            AND {STANDS})),
answered AS (
    SELECT r.question, {_QUARTER} AS number, max({_RANK}) AS counted,
        max(iif(r.asked_on <= :today AND x.on_radar AND {_STILL_THERE}, {_RANK}, NULL)) AS so
    FROM gone x CROSS JOIN response r ON r.contact_id = x.id AND r.question IN ({BOTH}) AND r.asked_on >= x.since
        AND {STANDS} GROUP BY x.id, r.question, 2)
SELECT question, {_DAY}, {by_band("counted")}, {by_band("so")} FROM (
    SELECT question, number, 75 - unicode(substr(counted, 11)) AS counted, 75 - unicode(substr(so, 11)) AS so
    FROM answered)
GROUP BY question, number"""  # noqa: S608 -- our own words only
"""By question and quarter: what COUNTED holds of those of whom not all counts, and what of it counts.

Whoever left, whose customer is off the radar, or who has answered on a day to come: few, beside everybody.
"""

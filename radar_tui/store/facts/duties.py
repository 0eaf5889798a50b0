"""What an answer asks of us, and whom we still have to call: SQL over a follow-up `f` and its response `r`."""

from __future__ import annotations

from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.store.facts.people import THERE

OPEN = "f.status <> 'closed'"
"""A duty that has not ended. It is late when `f.due_at`, by which its next step was due, has passed."""
TO_CALL = "f.status = 'open'"
"""A call to make: nobody has called about it yet."""
STANDS = "r.voided_at IS NULL"
"""The answer counts for something: nothing follows from one that was voided."""
OWED = f"{STANDS} AND {OPEN}"

UNHAPPY = f"""
SELECT c.name FROM response r JOIN contact c ON c.id = r.contact_id JOIN follow_up f ON f.response_id = r.id
WHERE r.customer_id = {{customer}} AND r.score <= 6 AND {STANDS} AND {TO_CALL} AND c.role = 'decision maker'
    AND {THERE.format(person="c", day="today")}
    AND r.asked_on > date(:today, '-{WINDOW_DAYS} days') AND r.asked_on <= :today
    AND NOT EXISTS (SELECT 1 FROM response n WHERE n.contact_id = r.contact_id AND n.question = r.question
        AND n.voided_at IS NULL AND n.asked_on <= :today
        AND (n.asked_on > r.asked_on OR n.asked_on = r.asked_on AND n.score < r.score))
ORDER BY r.score, r.asked_on, c.name, c.id LIMIT 1"""  # noqa: S608 -- our own words only
"""Who is unhappy now: the decision maker of a customer whose counting answer is the lowest 0–6 without a call."""

"""What an answer asks of us, and whom we still have to call: SQL over a follow-up `f` and its response `r`."""

from __future__ import annotations

from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.store.facts.answers import DECIDES, counts, newest
from radar_tui.store.facts.answers import STANDS as STANDS

OPEN = "f.status <> 'closed'"
"""A duty that has not ended. It is late when `f.due_at`, by which its next step was due, has passed."""
CLOSED = "f.status = 'closed'"
TO_CALL = "f.status = 'open'"
"""A call to make: nobody has called about it yet."""
OWED = f"{STANDS} AND {OPEN}"
RECOVERING = f"""EXISTS (SELECT 1 FROM response t JOIN follow_up f ON f.response_id = t.id
    WHERE t.contact_id = r.contact_id AND t.question = r.question AND t.asked_on = r.asked_on AND t.score = r.score
        AND t.voided_at IS NULL AND f.play = 'recover' AND {OPEN})"""  # noqa: S608 -- our own words only
"""Whether what led to an answer r, or to the same one of that day, still has to be put right."""

_YEAR = {"since": f"date(:today, '-{WINDOW_DAYS} days')", "until": ":today"}
UNHAPPY = f"""
SELECT json_array(x.name, a.asked_on)
FROM contact x CROSS JOIN response a ON a.contact_id = x.id AND a.voided_at IS NULL AND a.score <= 6
    AND a.asked_on || char(75 - a.score) = {newest("a.question", "asked_on || char(75 - r.score)", **_YEAR)}
    JOIN follow_up f ON f.response_id = a.id
WHERE x.customer_id = {{customer}} AND {DECIDES} AND {counts(until="today")} AND {TO_CALL}
ORDER BY a.score, a.asked_on, x.name, x.id LIMIT 1"""  # noqa: S608 -- our own words only
"""Who is unhappy now: the decision maker of a customer whose counting answer is the lowest 0–6 without a call, and the
day on which they were asked, as a JSON list."""

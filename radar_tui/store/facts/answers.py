"""Which answers count: an NPS, a score of a customer and a lever are made of these rows and no others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain.nps import QUESTIONS, WINDOW_DAYS
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.seen import on_radar

if TYPE_CHECKING:
    from datetime import date

BANDS = ("{0} >= 9", "{0} BETWEEN 7 AND 8", "{0} <= 6")
"""Promoters, passives and detractors: of a score, in SQL."""
PROMOTES, _, DETRACTS = (band.format("r.score") for band in BANDS)

STANDS = "r.voided_at IS NULL"
"""An answer r counts for something: nothing follows from one that was voided."""


def newest(
    question: str, take: str = "score", *, contact: str = "x", since: str = ":since", until: str = ":until"
) -> str:
    """SQL: of a contact the newest unvoided answer after `since`, up to `until`; of two on one day the lower: one
    seek."""
    return (
        f"(SELECT r.{take} FROM response r WHERE r.contact_id = {contact}.id AND r.question = {question} "  # noqa: S608
        f"AND r.asked_on > {since} AND r.asked_on <= {until} AND {STANDS} "
        "ORDER BY r.asked_on DESC, r.score LIMIT 1)"
    )


def counts(contact: str = "x", until: str = "until") -> str:
    """SQL: whether the answers of a contact count: still there by the end of the window, at a customer on the radar."""
    return f"{THERE.format(person=contact, day=until)} AND {on_radar(f'{contact}.customer_id')}"


DECIDES = "x.role = 'decision maker'"
"""Whether a contact x is one of those whose lowest counting answer is the score of their customer."""

# MATERIALIZED, or each use of a score seeks it again.
DECISION_MAKERS = f"""
WITH given AS MATERIALIZED (
    SELECT x.customer_id, {newest(":question")} AS score, {newest(":question", "asked_on", since="''")} AS asked_on
    FROM json_each(:ids) j CROSS JOIN contact x ON x.customer_id = j.value AND {DECIDES} AND {counts()})
SELECT customer_id, min(score), count(score), max(asked_on) FROM given GROUP BY customer_id"""  # noqa: S608
"""The decision makers' score of customers: the lowest of their counting answers, how many these are, and the day of
the newest one, which may be too old to count."""


def by_band(scores: str) -> str:
    """SQL: three counts of a column of scores, promoters first."""
    return ", ".join(f"count(*) FILTER (WHERE {band.format(scores)})" for band in BANDS)


BOTH = ", ".join(f"'{question}'" for question in QUESTIONS)
"""Both questions, as a list in SQL."""


def year_until(day: date) -> dict[str, str]:
    """The usual window, as parameters `since` and `until`."""
    return {"since": (day - timedelta(days=WINDOW_DAYS)).isoformat(), "until": day.isoformat()}

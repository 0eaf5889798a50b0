"""Whose move to promoter would add most to the company's score, and what it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.nps import band, gain
from radar_tui.store.facts.duties import OPEN
from radar_tui.store.facts.seen import due
from radar_tui.store.lists.company import newest_sql, parameters_of, where
from radar_tui.store.reading import read

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.company import Filters
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.connection import Connection

MOST = 200


class LeverRow(NamedTuple):
    """A contact whose newest answer is no promoter's. `gain` in points of the score looked at; `last_contact` is the
    day of the answer or of the customer's last completed visit, whichever is later."""

    contact_id: str
    contact: str
    role: str
    customer_id: str
    customer: str
    score: int
    asked_on: date
    gain: float
    last_contact: date
    open_recover: bool


def levers(
    db: Connection, today: date, filters: Filters, question: ResponseQuestion, n: int, most: int = MOST
) -> list[LeverRow]:
    """The most worthwhile first: what it adds, then whom we owe a call, then who is nearest to a 9, then who was in
    touch last. `n` answers are looked at in all."""
    parameters = {**parameters_of(filters, filters.window(today), today), "most": most}
    rows = db.rows(
        "SELECT x.id AS contact_id, x.name AS contact, x.role, c.id AS customer_id, c.name AS customer, r.score, "  # noqa: S608
        "r.asked_on, max(r.asked_on, coalesce(d.last_seen, '')) AS last_contact, EXISTS (SELECT 1 FROM follow_up f "
        f"WHERE f.response_id = r.id AND f.play = 'recover' AND {OPEN}) AS open_recover "
        "FROM customer c CROSS JOIN contact x ON x.customer_id = c.id "
        f"CROSS JOIN response r ON r.rowid = {newest_sql(question, 'rowid')} "
        f"LEFT JOIN {due(db, today)} d ON d.customer_id = c.id WHERE r.score <= 8 AND {where(filters)} "
        "ORDER BY r.score <= 6 DESC, open_recover DESC, r.score DESC, last_contact DESC, x.name, x.id LIMIT :most",
        parameters,
    )
    return [read(LeverRow, row, gain=gain(band(row["score"]), n)) for row in rows]

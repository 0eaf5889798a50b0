"""Whose move to promoter would add most to the company's score, and what it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.nps import band, gain
from radar_tui.store.facts.answers import DETRACTS, PROMOTES, counts, newest
from radar_tui.store.facts.duties import RECOVERING
from radar_tui.store.facts.people import LAST_CONTACT
from radar_tui.store.lists.company import parameters_of, where
from radar_tui.store.reading import read

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.company import Filters
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.connection import Connection

MOST = 200


class LeverRow(NamedTuple):
    """A contact whose counting answer is no promoter's. `gain` in points of the score looked at; `last_contact` is the
    day on which we last met or asked this person."""

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
    """The most worthwhile first: what it adds, then whom we owe a call, then who is nearest to a 9, then who answered
    last. `n` answers are looked at in all."""
    window = parameters_of(filters, filters.window(today), today)
    rows = db.rows(
        f"SELECT x.*, {LAST_CONTACT} AS last_contact FROM ("  # noqa: S608
        "SELECT x.id, x.name AS contact, x.role, c.id AS customer_id, c.name AS customer, r.score, r.asked_on, "
        f"{RECOVERING} AS open_recover "
        "FROM customer c CROSS JOIN contact x ON x.customer_id = c.id "
        f"CROSS JOIN response r ON r.rowid = {newest(':question', 'rowid')} "
        f"WHERE NOT ({PROMOTES}) AND {counts()} AND {where(filters)} "
        f"ORDER BY {DETRACTS} DESC, open_recover DESC, r.score DESC, r.asked_on DESC, x.name, x.id LIMIT :most) x",
        {**window, "question": question, "most": most},
    )
    return [read(LeverRow, row, contact_id=row["id"], gain=gain(band(row["score"]), n)) for row in rows]

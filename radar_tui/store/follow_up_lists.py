"""What the Follow-ups screen shows, read fast: plain rows of the duties still open, no models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radar_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An open follow-up with the answer it came from; `due_at` in the laptop's time zone."""

    id: str
    customer_id: str
    customer: str
    contact: str
    question: str
    score: int
    verbatim: str
    play: str
    status: str
    owner: str
    due_at: datetime
    asked_on: str


_OPEN = "f.status <> 'closed' AND EXISTS (SELECT 1 FROM response x WHERE x.id = f.response_id AND x.voided_at IS NULL)"

_ROWS = f"""
SELECT f.id, r.customer_id, u.name AS customer, c.name AS contact, r.question, r.score, r.verbatim, f.play, f.status,
    coalesce(o.name, '') AS owner, f.due_at, r.asked_on
FROM (SELECT f.* FROM follow_up f WHERE {_OPEN} ORDER BY f.due_at, f.id LIMIT :limit OFFSET :offset) f
    JOIN response r ON r.id = f.response_id JOIN customer u ON u.id = r.customer_id
    JOIN contact c ON c.id = r.contact_id LEFT JOIN colleague o ON o.id = f.owner_id
ORDER BY f.due_at, f.id"""  # noqa: S608 -- our own words only


class FollowUpLists:
    """Open follow-ups, the soonest due first."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def counts(self, now: str) -> tuple[int, int]:
        """How many are open, and how many of them are late at the moment `now` (UTC ISO-8601)."""
        row = self.store.row(
            f"SELECT count(*), count(*) FILTER (WHERE f.due_at < ?) FROM follow_up f WHERE {_OPEN}",  # noqa: S608
            [now],
        )
        return row[0], row[1]

    def page(self, offset: int, limit: int) -> list[FollowUpRow]:
        """`limit` of them from `offset`."""
        return [
            FollowUpRow(**{**dict(row), "due_at": datetime.fromisoformat(row["due_at"]).astimezone()})
            for row in self.store.rows(_ROWS, {"limit": limit, "offset": offset})
        ]

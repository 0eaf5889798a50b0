"""What the Follow-ups screens show, read fast: plain rows of the duties open and closed, no models."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from radar_tui.domain.text import fold
from radar_tui.store.reading import local_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from radar_tui.store.store import Store

MOST_CLOSED = 500
"""So many of the closed ones are listed, the newest; a search looks at all of them."""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up with the answer it came from; moments in the laptop's time zone. `closed_at` None: open."""

    id: str
    customer_id: str
    customer: str
    contact: str
    question: str
    score: int
    verbatim: str
    asked_on: str
    channel: str
    play: str
    status: str
    owner: str
    due_at: datetime
    cause: str
    outcome: str
    gesture: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Also:
    """What the same contact said to the other question on the same day: one call serves both."""

    question: str
    score: int
    play: str
    status: str


_STANDS = "EXISTS (SELECT 1 FROM response x WHERE x.id = f.response_id AND x.voided_at IS NULL)"
_OPEN = f"f.status <> 'closed' AND {_STANDS}"

_COLUMNS = """
SELECT f.id, r.customer_id, u.name AS customer, c.name AS contact, r.question, r.score, r.verbatim, r.asked_on,
    r.channel, f.play, f.status, coalesce(o.name, '') AS owner, f.due_at, f.cause, f.outcome, f.gesture, f.closed_at"""
_JOINS = """
    JOIN response r ON r.id = f.response_id JOIN customer u ON u.id = r.customer_id
    JOIN contact c ON c.id = r.contact_id LEFT JOIN colleague o ON o.id = f.owner_id"""

_PAGE = f"""{_COLUMNS}
FROM (SELECT f.* FROM follow_up f WHERE {_OPEN} ORDER BY f.due_at, f.id LIMIT :limit OFFSET :offset) f {_JOINS}
ORDER BY f.due_at, f.id"""  # noqa: S608 -- our own words only

_CHOSEN = f"{_COLUMNS} FROM json_each(?) j JOIN follow_up f ON f.id = j.value {_JOINS} ORDER BY j.key"

# Only what is searched: names, what was said, what was told and what came of it.
_WORDS = "f.id, u.name, c.name, coalesce(o.name, ''), r.verbatim, f.cause, f.outcome, f.gesture"
_OPEN_WORDS = f"SELECT {_WORDS} FROM follow_up f {_JOINS} WHERE {_OPEN} ORDER BY f.due_at, f.id"  # noqa: S608
_CLOSED_WORDS = f"""
SELECT {_WORDS} FROM follow_up f {_JOINS}
WHERE f.status = 'closed' AND r.voided_at IS NULL AND (:play = '' OR f.play = :play)
ORDER BY f.closed_at DESC, f.id"""  # noqa: S608


class FollowUpLists:
    """Open follow-ups, the soonest due first; closed ones, the newest first."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def counts(self, now: str) -> tuple[int, int]:
        """How many are open, and how many of them are late at the moment `now` (UTC ISO-8601)."""
        row = self.store.row(
            f"SELECT count(*), count(*) FILTER (WHERE f.due_at < ?) FROM follow_up f WHERE {_OPEN}",  # noqa: S608
            [now],
        )
        return row[0], row[1]

    def page(self, offset: int, limit: int, ids: Sequence[str] | None = None) -> list[FollowUpRow]:
        """`limit` open ones from `offset`; `ids` are those to page through instead, in their order."""
        if ids is None:
            found = self.store.rows(_PAGE, {"limit": limit, "offset": offset})
        else:
            found = self.store.rows(_CHOSEN, [json.dumps(list(ids[offset : offset + limit]))])
        return [_made(row) for row in found]

    def one(self, id: str) -> FollowUpRow | None:
        """One of them, open or closed; None if it is gone."""
        found = self.page(0, 1, [id])
        return found[0] if found else None

    def also(self, id: str) -> list[Also]:
        """What the same contact answered on the same day, and how far its follow-up is."""
        return [
            Also(*row)
            for row in self.store.rows(
                "SELECT b.question, b.score, g.play, g.status FROM follow_up f JOIN response r ON r.id = f.response_id "
                "JOIN response b ON b.contact_id = r.contact_id AND b.asked_on = r.asked_on AND b.id <> r.id "
                "AND b.voided_at IS NULL JOIN follow_up g ON g.response_id = b.id WHERE f.id = ? ORDER BY b.question",
                [id],
            )
        ]

    def open_with(self, words: str) -> list[str]:
        """Ids of the open ones that hold every word in a name or in what was said, the soonest due first."""
        return self._with(_OPEN_WORDS, {}, words)

    def closed(self, words: str = "", play: str = "") -> list[str]:
        """Ids of at most MOST_CLOSED closed ones (of one play), the newest first; with `words` those that hold them
        all. Reads all closed ones: for a worker with its own store where there are many."""
        return self._with(_CLOSED_WORDS, {"play": play}, words, MOST_CLOSED)

    def _with(self, sql: str, parameters: dict[str, str], words: str, most: int | None = None) -> list[str]:
        wanted = fold(words).split()
        found: list[str] = []
        for id, *texts in self.store.rows(sql, parameters):
            if wanted:
                text = fold(" ".join(texts))
                if not all(word in text for word in wanted):
                    continue
            found.append(id)
            if len(found) == most:
                break
        return found


def _made(row: Any) -> FollowUpRow:
    closed = local_moment(row["closed_at"]) if row["closed_at"] else None
    moments = {"due_at": local_moment(row["due_at"]), "closed_at": closed}
    return FollowUpRow(**{**dict(row), **moments})

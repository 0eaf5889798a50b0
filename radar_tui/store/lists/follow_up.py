"""What the Follow-ups screens show, read fast: plain rows of the duties open and closed, no models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.text import fold
from radar_tui.store.facts.answers import DECIDES, STANDS
from radar_tui.store.facts.duties import CLOSED, OPEN
from radar_tui.store.reading import local_moment, never, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from radar_tui.store.connection import Connection

MOST_CLOSED = 500
"""So many of the closed ones are listed, the newest; a search looks at all of them."""

_PIECE = 4000


class FollowUpRow(NamedTuple):
    """A follow-up with the answer it came from; moments in the laptop's time zone. `closed_at` None: open."""

    id: str
    customer_id: str
    customer: str
    contact: str
    decides: bool
    question: str
    score: int
    verbatim: str
    asked: str
    asked_on: date
    channel: str
    play: str
    status: str
    owner: str
    due_at: datetime
    cause: str
    outcome: str
    gesture: str
    closed_at: datetime | None


class Also(NamedTuple):
    """What the same contact said to the other question on the same day: one call serves both."""

    question: str
    score: int
    play: str
    status: str


_STANDS = f"EXISTS (SELECT 1 FROM response r WHERE r.id = f.response_id AND {STANDS})"  # noqa: S608
_OPEN = f"{OPEN} AND {_STANDS}"

_COLUMNS = f"""
SELECT f.id, r.customer_id, u.name AS customer, x.name AS contact, {DECIDES} AS decides, r.question, r.score,
    r.verbatim, r.asked, r.asked_on, r.channel, f.play, f.status, coalesce(o.name, '') AS owner, f.due_at, f.cause,
    f.outcome, f.gesture, f.closed_at"""
_JOINS = """
    JOIN response r ON r.id = f.response_id JOIN customer u ON u.id = r.customer_id
    JOIN contact x ON x.id = r.contact_id LEFT JOIN colleague o ON o.id = f.owner_id"""

_PAGE = f"""{_COLUMNS}
FROM (SELECT f.* FROM follow_up f WHERE {_OPEN} ORDER BY f.due_at, f.id LIMIT :limit OFFSET :offset) f {_JOINS}
ORDER BY f.due_at, f.id"""  # noqa: S608 -- our own words only

_CHOSEN = f"{_COLUMNS} FROM json_each(?) j JOIN follow_up f ON f.id = j.value {_JOINS} ORDER BY j.key"

# The newest by their ids alone, a few more than are shown since some may be voided: to sort 300,000 with their texts,
# or to look up the answer of each, takes ten times as long.
_NEWEST = f"""
SELECT f.id FROM (
    SELECT f.id, f.response_id, f.closed_at FROM follow_up f
    WHERE {CLOSED} AND (:play = '' OR play = :play) ORDER BY closed_at DESC, id LIMIT 4 * :most) f
WHERE {_STANDS} ORDER BY f.closed_at DESC, f.id LIMIT :most"""  # noqa: S608

# Only what is searched: names, what was said, what was told and what came of it; in pieces, so that it can be stopped.
_SEARCHED = f"""
SELECT f.rowid, coalesce(f.closed_at, f.due_at), f.id, u.name, x.name, coalesce(o.name, ''), r.verbatim, f.cause,
    f.outcome, f.gesture
FROM follow_up f {_JOINS}
WHERE f.rowid > :after AND ({CLOSED}) = :closed AND {STANDS} AND (:play = '' OR f.play = :play)
ORDER BY f.rowid LIMIT {_PIECE}"""  # noqa: S608


class FollowUpLists:
    """Open follow-ups, the soonest due first; closed ones, the newest first."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def counts(self, now: str) -> tuple[int, int]:
        """How many are open, and how many of them are late at the moment `now` (UTC ISO-8601)."""
        row = self.db.row(
            "SELECT count(*), count(*) FILTER (WHERE f.due_at < ?) FROM follow_up f "  # noqa: S608
            f"WHERE {_OPEN}",
            [now],
        )
        return row[0], row[1]

    def page(self, offset: int, limit: int, ids: Sequence[str] | None = None) -> list[FollowUpRow]:
        """`limit` open ones from `offset`; `ids` are those to page through instead, in their order."""
        if ids is None:
            rows = self.db.rows(_PAGE, {"limit": limit, "offset": offset})
        else:
            rows = self.db.rows(_CHOSEN, [json.dumps(list(ids[offset : offset + limit]))])
        return [_made(row) for row in rows]

    def one(self, id: str) -> FollowUpRow | None:
        """One of them, open or closed; None if it is gone."""
        rows = self.page(0, 1, [id])
        return rows[0] if rows else None

    def also(self, id: str) -> list[Also]:
        """What the same contact answered on the same day, and how far its follow-up is."""
        return [
            Also(*row)
            for row in self.db.rows(
                "SELECT r.question, r.score, g.play, g.status FROM follow_up f JOIN response a ON a.id = f.response_id "  # noqa: S608
                "JOIN response r ON r.contact_id = a.contact_id AND r.asked_on = a.asked_on AND r.id <> a.id "
                f"AND {STANDS} JOIN follow_up g ON g.response_id = r.id WHERE f.id = ? ORDER BY r.question",
                [id],
            )
        ]

    def open_with(self, words: str, stop: Callable[[], bool] = never) -> list[str]:
        """Ids of the open ones that hold every word in a name or in what was said, the soonest due first.

        Reads all open ones, for a worker with its own store; it ends early, with less, once `stop` says so.
        """
        return [id for _, id in sorted(self._search(words, stop, closed=0, play=""))]

    def closed(self, words: str = "", play: str = "", stop: Callable[[], bool] = never) -> list[str]:
        """Ids of at most MOST_CLOSED closed ones (of one play), the newest first; with `words` those that hold them
        all. Reads all closed ones, like `open_with`."""
        if not words.strip():
            rows = self.db.rows(_NEWEST, {"play": play, "most": MOST_CLOSED})
            return [row[0] for row in rows]
        matches = sorted(self._search(words, stop, closed=1, play=play), key=lambda match: match[1])
        matches.sort(key=lambda match: match[0], reverse=True)
        return [id for _, id in matches[:MOST_CLOSED]]

    def _search(
        self, words: str, stop: Callable[[], bool], *, closed: int, play: str
    ) -> list[tuple[str, str]]:
        """Moment and id of every one that holds all words, whatever their case and accents."""
        wanted, called, after = fold(words).split(), [], -1
        while not stop():
            piece = self.db.rows(_SEARCHED, {"after": after, "closed": closed, "play": play})
            for rowid, moment, id, *texts in piece:
                after = rowid
                text = fold("\n".join(texts))
                if all(word in text for word in wanted):
                    called.append((moment, id))
            if len(piece) < _PIECE:
                break
        return called


def _made(row: Any) -> FollowUpRow:
    # Two laptops may have met in the fields: one that stands open is not closed, whatever the other wrote beside it.
    closed = local_moment(row["closed_at"]) if row["closed_at"] and row["status"] == "closed" else None
    return read(FollowUpRow, row, closed_at=closed)

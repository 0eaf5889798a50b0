"""Whom the NPS step may ask and what they have answered on this visit, read fast: plain rows, no models."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.room import title_of
from radar_tui.store.facts.answers import STANDS
from radar_tui.store.facts.people import THERE
from radar_tui.store.reading import ROLE_ORDER, read

if TYPE_CHECKING:
    from datetime import date, datetime

    from radar_tui.domain.visit import Visit
    from radar_tui.store.connection import Connection


class GivenRow(NamedTuple):
    """A response sealed on this visit, with the play and due time of the follow-up it created."""

    id: str
    contact_id: str
    question: str
    score: int
    reason: str
    voided: bool
    void_reason: str
    play: str
    due_at: datetime | None


class AskRow(NamedTuple):
    """A contact: whether in the room today, the day they were asked last on another occasion (None: never)."""

    id: str
    customer_id: str
    name: str
    job_title: str
    function: str
    language: str
    here: bool
    asked_on: date | None

    @property
    def title(self) -> str:
        """What they are, as they may read it."""
        return title_of(self.job_title, self.function)


_CONTACTS = f"""
SELECT c.id, c.customer_id, c.name, c.job_title, c.function, c.language,
    EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :visit AND a.contact_id = c.id) AS here,
    (SELECT max(r.asked_on) FROM response r
        WHERE r.contact_id = c.id AND {STANDS} AND r.visit_id IS NOT :visit) AS asked_on
FROM contact c
WHERE c.customer_id = :customer AND ({THERE.format(person="c", day="today")} OR here
    OR EXISTS (SELECT 1 FROM response r WHERE r.visit_id = :visit AND r.contact_id = c.id))
ORDER BY {ROLE_ORDER},
    c.name, c.id"""  # noqa: S608 -- our own words only

_GIVEN = """
SELECT r.id, r.contact_id, r.question, r.score, r.verbatim AS reason, r.voided_at IS NOT NULL AS voided, r.void_reason,
    coalesce(f.play, '') AS play, f.due_at
FROM response r LEFT JOIN follow_up f ON f.response_id = r.id
WHERE r.visit_id = ? ORDER BY r.question, voided, r.id"""


class ResponseLists:
    """The people and the responses of one visit."""

    def __init__(self, db: Connection, visit: Visit) -> None:
        self.db = db
        self.here = {"visit": visit.id, "customer": visit.customer_id}

    def contacts(self) -> list[AskRow]:
        """Who is still there (or in the room, or has answered), decision makers on top."""
        today = self.db.clock().date().isoformat()
        return [read(AskRow, row) for row in self.db.rows(_CONTACTS, {**self.here, "today": today})]

    def given(self) -> list[GivenRow]:
        """Every response of this visit: recommend before retain, what stands before what was voided."""
        return [read(GivenRow, row) for row in self.db.rows(_GIVEN, [self.here["visit"]])]

    def answered(self) -> tuple[int, int]:
        """How many contacts have answered on this visit, and how many responses of theirs stand."""
        row = self.db.row(
            f"SELECT count(DISTINCT r.contact_id), count(*) FROM response r WHERE r.visit_id = ? AND {STANDS}",  # noqa: S608
            [self.here["visit"]],
        )
        return row[0], row[1]

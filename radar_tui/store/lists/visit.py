"""What the steps of a visit show, read fast: plain rows around one visit, no models."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.room import title_of
from radar_tui.store.facts.people import KNOWN, THERE
from radar_tui.store.facts.promises import IN_FORCE
from radar_tui.store.facts.seen import held_on, took_place, visit_day
from radar_tui.store.facts.verdicts import IN_SERVICE
from radar_tui.store.reading import ROLE_ORDER, read, stored_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from radar_tui.domain.visit import Visit
    from radar_tui.store.connection import Connection


class VisitPersonRow(NamedTuple):
    """A contact: whether in the room today, who of ours (id, name, met on) is their counterpart and whether one of
    those has met them, the day we met them last before."""

    id: str
    name: str
    job_title: str
    function: str
    counterparts: tuple[tuple[str, str, date | None], ...]
    paired: bool
    here: bool
    met_on: date | None

    @property
    def title(self) -> str:
        """What they are, as they may read it."""
        return title_of(self.job_title, self.function)


class VisitPromiseRow(NamedTuple):
    """A promise: whether checked on this visit, what the customer said (None: not asked), what they said before;
    `new` if it was made today, so that nobody can have kept it yet."""

    id: str
    title: str
    checked: bool
    kept: bool | None
    note: str
    kept_before: bool | None
    new: bool
    ours: bool | None


class VisitWantRow(NamedTuple):
    """Something they asked for: today, or on an earlier visit (`asked_on`) and still open; `promise` it is tied to."""

    id: str
    title: str
    decision: str
    note: str
    promise: str
    today: bool
    asked_on: date | None
    ours: bool | None


class VisitActionRow(NamedTuple):
    """An action with its owner's name; `today` if it was agreed on this visit."""

    id: str
    title: str
    owner: str
    due_on: date | None
    status: str
    today: bool
    visit_id: str | None
    ours: bool | None


_PEOPLE = f"""
SELECT c.id, c.name, c.job_title, c.function, (SELECT json_group_array(json_array(o.id, o.name, k.met_on))
        FROM (SELECT colleague_id, max(iif(met_on <= :today, met_on, NULL)) AS met_on
            FROM counterpart WHERE contact_id = c.id
            GROUP BY colleague_id) k JOIN colleague o ON o.id = k.colleague_id
        WHERE {THERE.format(person="o", day="today")}) AS counterparts,
    {KNOWN.format(contact="c", day="today")} AS paired,
    EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :visit AND a.contact_id = c.id) AS here,
    (SELECT max({visit_day("v")}) FROM attendee a JOIN visit v ON v.id = a.visit_id
        WHERE a.contact_id = c.id AND v.id <> :visit AND {took_place("v")}) AS met_on
FROM contact c WHERE c.customer_id = :customer AND ({THERE.format(person="c", day="today")} OR here)
ORDER BY {ROLE_ORDER},
    c.name, c.id"""  # noqa: S608 -- our own words only

_OTHERS = """
SELECT c.name, EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :visit AND a.contact_id = c.id)
FROM contact c WHERE c.customer_id = :customer"""

# CROSS JOIN and `+`: from the customer's few visits, not from every check of a promise (60 ms on a large file).
_PROMISES = f"""
SELECT p.id, p.title, k.id IS NOT NULL AS checked, k.kept, coalesce(k.note, '') AS note, k.ours,
    (SELECT b.kept FROM visit v CROSS JOIN promise_check b ON b.visit_id = v.id
        WHERE b.promise_id = p.id AND v.customer_id = :customer AND v.id <> :visit AND b.kept IS NOT NULL
        ORDER BY {held_on("v")} DESC, v.completed_at DESC LIMIT 1) AS kept_before,
    k.id IS NULL AND p.made_on >= :today AS new
FROM promise p LEFT JOIN promise_check k ON +k.promise_id = p.id AND k.visit_id = :visit
WHERE {IN_FORCE} OR k.id IS NOT NULL ORDER BY p.made_on, p.id"""  # noqa: S608

_WANTS = f"""
SELECT w.id, w.title, w.decision, w.note, w.ours,
    coalesce((SELECT p.title FROM promise p WHERE p.id = w.promise_id), '') AS promise, w.visit_id IS :visit AS today,
    (SELECT {held_on("v")} FROM visit v WHERE v.id = w.visit_id) AS asked_on
FROM want w WHERE w.visit_id = :visit
    OR (w.customer_id = :customer AND (w.decision = 'open' OR w.id IN (SELECT value FROM json_each(:also))))
ORDER BY today DESC, w.id"""  # noqa: S608

_ACTIONS = """
SELECT a.id, a.title, coalesce(o.name, '') AS owner, a.due_on, a.status, a.ours, a.visit_id,
    a.visit_id IS :visit AS today
FROM action a LEFT JOIN colleague o ON o.id = a.owner_id
WHERE (a.customer_id = :customer AND a.status = 'open') OR a.visit_id = :visit
ORDER BY a.status <> 'open', a.due_on IS NULL, a.due_on, a.id"""

_SUBJECTS = {
    "item": f"""SELECT id, trim(tag || '  ' || model) FROM item
        WHERE customer_id = :customer AND {IN_SERVICE.format(item="item")} ORDER BY tag, id""",  # noqa: S608
    # Those in the room; before anybody is ticked, everybody.
    "contact": f"""SELECT c.id, c.name FROM contact c WHERE c.customer_id = :customer
        AND {THERE.format(person="c", day="today")}
        AND (EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :visit AND a.contact_id = c.id)
            OR NOT EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :visit)
            OR EXISTS (SELECT 1 FROM answer w WHERE w.visit_id = :visit AND w.subject_id = c.id))
        ORDER BY {ROLE_ORDER},
            c.name, c.id""",  # noqa: S608 -- our own words only
    "stream": """SELECT id, name FROM stream
        WHERE customer_id = :customer AND status <> 'stopped' ORDER BY name, id""",
    "promise": f"""SELECT p.id, p.title FROM promise p
        WHERE {IN_FORCE} AND p.made_on < :today ORDER BY p.made_on, p.id""",  # noqa: S608
}


class VisitLists:
    """The lists around one visit."""

    def __init__(self, db: Connection, visit: Visit) -> None:
        self.db = db
        self.visit = visit
        self.here = {"visit": visit.id, "customer": visit.customer_id}

    def people(self) -> list[VisitPersonRow]:
        """Contacts who are still there (or in the room), decision makers on top."""
        return [
            read(
                VisitPersonRow,
                row,
                counterparts=tuple(
                    (id, name, stored_day(met)) for id, name, met in json.loads(row["counterparts"])
                ),
            )
            for row in self.db.rows(_PEOPLE, {**self.here, "today": self.db.clock().date().isoformat()})
        ]

    def others(self) -> list[str]:
        """The names of the customer's people who are not in the room, but for those that are part of one in it."""
        rows = self.db.rows(_OTHERS, self.here)
        here = [name for name, there in rows if there]
        return [name for name, there in rows if not (there or any(name in one for one in here))]

    def in_the_room(self) -> int:
        """How many contacts are in the room."""
        return int(self.db.row("SELECT count(*) FROM attendee WHERE visit_id = :visit", self.here)[0])

    def promises(self, today: date) -> list[VisitPromiseRow]:
        """The promises in force on `today`, the oldest first."""
        rows = self.db.rows(_PROMISES, {**self.here, "today": today.isoformat()})
        return [read(VisitPromiseRow, row) for row in rows]

    def wants(self, also: Iterable[str] = ()) -> list[VisitWantRow]:
        """What they asked for today, then what they asked for before and is still open, or is one of `also`."""
        rows = self.db.rows(_WANTS, {**self.here, "also": json.dumps([*also])})
        return [read(VisitWantRow, row) for row in rows]

    def subjects(self, each: str, today: date) -> list[tuple[str, str]]:
        """(Id, name) of every item, contact, stream, promise or half hour that a step asks about."""
        if each == "half hour":
            return [(name, name) for name in self._half_hours()]
        sql = _SUBJECTS[each]
        return [(row[0], row[1]) for row in self.db.rows(sql, {**self.here, "today": today.isoformat()})]

    def streams_of_ours(self) -> set[str]:
        """The ids of the new streams that were marked as ours."""
        rows = self.db.rows(
            "SELECT stream_id FROM opportunity WHERE customer_id = :customer AND ours", self.here
        )
        return {row[0] for row in rows}

    def _half_hours(self) -> list[str]:
        from radar_tui.domain.observation import half_hours

        now = self.db.clock()
        started = (self.visit.started_at or now).astimezone(now.tzinfo)
        until = (self.visit.completed_at or now).astimezone(now.tzinfo)
        rows = self.db.rows(
            "SELECT DISTINCT subject_id FROM answer WHERE visit_id = :visit AND subject_id IS NOT NULL",
            self.here,
        )
        return half_hours(started, until, (row[0] for row in rows))

    def actions(self) -> list[VisitActionRow]:
        """The customer's open actions by due day, then what was done or dropped of this visit."""
        return [read(VisitActionRow, row) for row in self.db.rows(_ACTIONS, self.here)]

    def actions_agreed(self) -> int:
        """How many actions this visit brought, without dropped ones."""
        row = self.db.row(
            "SELECT count(*) FROM action WHERE visit_id = :visit AND status <> 'dropped'", self.here
        )
        return int(row[0])

    def seen_days(self, most: int = 12) -> list[date]:
        """The days of the last completed visits before this one, the newest first."""
        rows = self.db.rows(
            f"SELECT {visit_day('v')} AS day FROM visit v WHERE v.customer_id IS :customer AND v.id <> :visit "  # noqa: S608
            f"AND {took_place('v')} ORDER BY day DESC LIMIT :most",
            {**self.here, "most": most, "today": self.db.clock().date().isoformat()},
        )
        return [date.fromisoformat(row[0]) for row in rows]

    def planned_id(self) -> str | None:
        """The next planned visit to this customer, of an observation day the next one of those too (or, for a
        self-check, with this checklist)."""
        row = self.db.row(
            "SELECT id FROM visit WHERE status = 'planned' AND id <> :visit AND customer_id IS :customer "
            "AND occasion IN ('customer visit', :occasion) AND (customer_id IS NOT NULL OR checklist_id = :checklist) "
            "ORDER BY +planned_on, id LIMIT 1",
            {**self.here, "occasion": self.visit.occasion, "checklist": self.visit.checklist_id},
        )
        return str(row[0]) if row else None

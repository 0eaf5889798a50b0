"""What the Customer screen shows, read fast: plain rows of one customer, a page at a time, no models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.store.facts.answers import DECIDES, STANDS, counts, newest, year_until
from radar_tui.store.facts.begun import in_progress_since, standing
from radar_tui.store.facts.business import FOUND, LEFT, STAGE, VALUE, WORTH
from radar_tui.store.facts.duties import OWED
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.seen import due, held_on, took_place
from radar_tui.store.facts.verdicts import IN_SERVICE, LAST_FOUND, NEWEST
from radar_tui.store.reading import ROLE_ORDER, holding, read, stored_day
from radar_tui.store.schema.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from radar_tui.store.connection import Connection
    from radar_tui.store.lists.action import Gain

LISTS = ("people", "items", "streams", "visits", "opportunities", "actions")


class Head(NamedTuple):
    """A customer in words, with the days that say when a visit is due (None: never visited, nothing planned)."""

    name: str
    kind: str
    status: str
    market: str
    city: str
    country: str
    cadence_days: int
    currency: str
    annual_value: int
    owner: str
    notes: str
    archived: bool
    on_radar: bool
    last_seen: date | None
    due_on: date | None
    planned_on: date | None
    in_progress_since: date | None


class CustomerPersonRow(NamedTuple):
    """A contact, who of ours is their counterpart, and their newest score a question (0–10)."""

    id: str
    name: str
    role: str
    function: str
    job_title: str
    email: str
    phone: str
    left_on: date | None
    counterparts: tuple[tuple[str, date | None], ...]
    recommend: int | None
    retain: int | None
    asked_on: date | None


class ItemRow(NamedTuple):
    """An item with its last eight verdicts, oldest first, and the newest of its present life with its note and day."""

    id: str
    tag: str
    model: str
    stream: str
    refurbished_on: date | None
    retired_on: date | None
    in_service: bool
    history: tuple[str, ...]
    verdict: str
    found_on: date | None
    note: str


class StreamRow(NamedTuple):
    """A process stream and how many items of ours run in it."""

    id: str
    name: str
    status: str
    note: str
    items: int


class VisitRow(NamedTuple):
    """A visit; `day` is when it was completed or started, else when it is planned; `found` in minor units."""

    id: str
    day: date | None
    occasion: str
    checklist: str
    status: str
    brm: str
    met: str
    found: int
    summary: str


class OpportunityRow(NamedTuple):
    """Business found, in minor units of `currency`: `value` without declined lines – of what is won, what was agreed –
    and `open`, what is not agreed of it."""

    id: str
    title: str
    kind: str
    stage: str
    probability: int
    currency: str
    value: int
    expected_on: date | None
    open: int


class OpportunityLineRow(NamedTuple):
    """One line of an opportunity, priced in minor units of the opportunity's currency."""

    id: str
    words: str
    item: str
    quantity: int
    unit_price: int
    decision: str
    needed_by: date | None


class CustomerActionRow(NamedTuple):
    """Something a colleague will do."""

    id: str
    title: str
    owner: str
    due_on: date | None
    status: str
    done_on: date | None
    expected_gain: float | None
    measure: str = ""
    gain: Gain | None = None


class ScoreRow(NamedTuple):
    """The counting answer of one contact to one question."""

    contact_id: str
    contact: str
    decides: bool
    score: int
    asked_on: date


class OpenRow(NamedTuple):
    """A duty that an answer created and that is still open."""

    play: str
    status: str
    due_at: datetime
    owner: str
    contact: str
    question: str
    score: int
    verbatim: str


_HEAD = f"""
SELECT c.name, c.kind, c.status, coalesce(m.name, '') AS market, c.city, c.country, c.cadence_days, c.currency,
    c.annual_value, coalesce(o.name, '') AS owner, c.notes, c.archived_at IS NOT NULL AS archived,
    d.customer_id IS NOT NULL AS on_radar,
    d.last_seen, d.due_on, d.planned_on, {in_progress_since("c.id")} AS in_progress_since
FROM customer c LEFT JOIN market m ON m.id = c.market_id LEFT JOIN colleague o ON o.id = c.owner_id
    LEFT JOIN {{due}} d ON d.customer_id = c.id
WHERE c.id = ?"""  # noqa: S608 -- our own words only

_COUNTS = {
    "people": "SELECT count(*) FROM contact WHERE customer_id = :customer",
    "items": f"SELECT count(*) FROM item i WHERE i.customer_id = :customer AND {IN_SERVICE.format(item='i')}",  # noqa: S608
    "streams": "SELECT count(*) FROM stream WHERE customer_id = :customer",
    "visits": "SELECT count(*) FROM visit WHERE customer_id = :customer",
    "opportunities": "SELECT count(*) FROM opportunity WHERE customer_id = :customer",
    "actions": "SELECT count(*) FROM action WHERE customer_id = :customer",
}

_EVER = {"contact": "c", "since": "''", "until": ":today"}
_PEOPLE = f"""
SELECT c.id, c.name, c.role, c.function, c.job_title, c.email, c.phone, c.left_on,
    (SELECT json_group_array(json_array(o.name, k.met_on)) FROM counterpart k
        JOIN colleague o ON o.id = k.colleague_id
        WHERE k.contact_id = c.id AND {THERE.format(person="o", day="today")}) AS counterparts,
    {newest("'recommend'", **_EVER)} AS recommend, {newest("'retain'", **_EVER)} AS retain,
    (SELECT max(r.asked_on) FROM response r WHERE r.contact_id = c.id AND {STANDS} AND r.asked_on <= :today) AS asked_on
FROM contact c WHERE c.customer_id = :customer
ORDER BY NOT {THERE.format(person="c", day="today")}, {ROLE_ORDER}, c.name, c.id LIMIT :limit OFFSET :offset"""  # noqa: S608 -- our own words only

_ITEMS = f"""
SELECT i.id, i.tag, i.model, coalesce(s.name, '') AS stream, i.refurbished_on, i.retired_on,
    {IN_SERVICE.format(item="i")} AS in_service,
    (SELECT json_group_array(verdict) FROM (SELECT f.verdict FROM finding f WHERE f.item_id = i.id
        ORDER BY {LAST_FOUND} LIMIT 8)) AS history, g.verdict, g.note, {held_on("u")} AS found_on
FROM item i LEFT JOIN stream s ON s.id = i.stream_id LEFT JOIN finding g ON g.id = {NEWEST}
    LEFT JOIN visit u ON u.id = g.visit_id
WHERE i.customer_id = :customer {{only}}
ORDER BY in_service DESC, i.tag, i.id LIMIT :limit OFFSET :offset"""  # noqa: S608
_ONLY = "AND i.id IN (SELECT value FROM json_each(:ids))"
_ITEM_WORDS = """
SELECT i.id, i.tag || ' ' || i.model || ' ' || coalesce(s.name, '') FROM item i
LEFT JOIN stream s ON s.id = i.stream_id WHERE i.customer_id = ?"""

_STREAMS = f"""
SELECT s.id, s.name, s.status, s.note,
    (SELECT count(*) FROM item i WHERE i.stream_id = s.id AND {IN_SERVICE.format(item="i")}) AS items
FROM stream s WHERE s.customer_id = :customer
ORDER BY CASE s.status WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, s.name, s.id
LIMIT :limit OFFSET :offset"""  # noqa: S608 -- our own words only

_VISITS = f"""
SELECT v.id, coalesce({held_on("v")}, v.planned_on) AS day, v.occasion, k.title AS checklist,
    {standing("v")} AS status, coalesce(o.name, '') AS brm, v.summary,
    (SELECT group_concat(name, ', ') FROM (SELECT c.name FROM attendee a JOIN contact c ON c.id = a.contact_id
        WHERE a.visit_id = v.id ORDER BY c.name)) AS met,
    (SELECT coalesce(sum({WORTH}), 0) FROM opportunity p
        JOIN opportunity_line l ON l.opportunity_id = p.id WHERE p.visit_id = v.id AND {FOUND}) AS found
FROM visit v JOIN checklist k ON k.id = v.checklist_id LEFT JOIN colleague o ON o.id = v.brm_id
WHERE v.customer_id = :customer {{only}}
ORDER BY CASE v.status WHEN 'in progress' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END,
    day DESC, v.completed_at DESC, v.id LIMIT :limit OFFSET :offset"""  # noqa: S608

_OPPORTUNITIES = f"""
SELECT o.id, o.title, o.kind, o.stage, o.probability, o.currency, o.expected_on,
    {VALUE} AS value, {LEFT} AS open
FROM opportunity o LEFT JOIN opportunity_line l ON l.opportunity_id = o.id WHERE o.customer_id = :customer
GROUP BY o.id ORDER BY CASE o.stage WHEN 'quoted' THEN 0 WHEN 'idea' THEN 1 WHEN 'won' THEN 2 ELSE 3 END,
    coalesce(o.expected_on, '9'), o.title, o.id LIMIT :limit OFFSET :offset"""  # noqa: S608 -- our own words only

_LINES = """
SELECT l.id, coalesce(nullif(l.description, ''), p.name, '') AS words, coalesce(i.tag, '') AS item, l.quantity,
    l.unit_price, l.decision, l.needed_by
FROM opportunity_line l LEFT JOIN part p ON p.id = l.part_id LEFT JOIN item i ON i.id = l.item_id
WHERE l.opportunity_id = ? ORDER BY l.rowid"""

_ACTIONS = """
SELECT a.id, a.title, coalesce(o.name, '') AS owner, a.due_on, a.status, a.done_on, a.expected_gain,
    coalesce(m.name, '') AS measure, a.measure_id,
    (SELECT started_at FROM visit v WHERE v.id = a.visit_id) AS visited_at
FROM action a LEFT JOIN colleague o ON o.id = a.owner_id LEFT JOIN measure m ON m.id = a.measure_id
WHERE a.customer_id = :customer
ORDER BY a.status <> 'open', CASE WHEN a.status = 'open' THEN coalesce(a.due_on, '9') END,
    coalesce(a.done_on, a.due_on) DESC, a.id LIMIT :limit OFFSET :offset"""

_SCORES = f"""
SELECT x.id AS contact_id, x.name AS contact, {DECIDES} AS decides, r.score, r.asked_on
FROM contact x CROSS JOIN response r ON r.rowid = {newest(":question", "rowid")}
WHERE x.customer_id = :customer AND {counts()} ORDER BY decides DESC, r.asked_on DESC, x.name"""  # noqa: S608

_ASKED = f"""
SELECT DISTINCT r.question, r.asked FROM contact x CROSS JOIN response r
    ON r.rowid IN ({newest("'recommend'", "rowid")}, {newest("'retain'", "rowid")})
WHERE x.customer_id = :customer AND r.asked <> '' AND {counts()} ORDER BY r.question, r.asked"""  # noqa: S608

_OPEN = f"""
SELECT f.play, f.status, f.due_at, coalesce(o.name, '') AS owner, c.name AS contact, r.question, r.score, r.verbatim
FROM response r JOIN follow_up f ON f.response_id = r.id JOIN contact c ON c.id = r.contact_id
    LEFT JOIN colleague o ON o.id = f.owner_id
WHERE r.customer_id = ? AND {OWED} ORDER BY f.due_at, f.id"""  # noqa: S608 -- our own words only

_PIPELINE = f"""
SELECT {STAGE} AS stage, o.currency, count(DISTINCT o.id) AS count, coalesce(sum({WORTH}), 0) AS value
FROM opportunity o LEFT JOIN opportunity_line l ON l.opportunity_id = o.id AND {FOUND}
WHERE o.customer_id = ? GROUP BY 1, o.currency"""  # noqa: S608 -- our own words only


class CustomerLists:
    """The lists of one customer."""

    def __init__(self, db: Connection, customer_id: str) -> None:
        self.db = db
        self.customer_id = customer_id

    def head(self) -> Head | None:
        """The customer itself; None if it is gone."""
        row = self.db.row(_HEAD.format(due=due(self.db, self.db.clock().date())), [self.customer_id])
        return None if row is None else read(Head, row)

    def unreadable(self) -> int:
        """How many rows of this customer no Radar wrote, so that no list has them."""
        if not (keys := self.db.unreadable):
            return 0
        customers = Touched(self.db).customers_of(keys)
        return sum(id == self.customer_id for id, _ in customers.values())

    def count(self, name: str) -> int:
        """How many rows the list `name` (one of LISTS) has; of items, how many are in service."""
        here = {"customer": self.customer_id, "today": self.db.clock().date().isoformat()}
        return int(self.db.row(_COUNTS[name], here)[0])

    def people(self, offset: int, limit: int) -> list[CustomerPersonRow]:
        """Contacts: who is still there first, decision makers on top."""
        return [
            read(
                CustomerPersonRow,
                row,
                counterparts=tuple((name, stored_day(met)) for name, met in json.loads(row["counterparts"])),
            )
            for row in self._page(_PEOPLE, offset, limit)
        ]

    def item_ids(self, words: str) -> list[str]:
        """Ids of the items that hold every word in tag, model or stream, whatever their case and accents."""
        return [row[0] for row in holding(words, self.db.rows(_ITEM_WORDS, [self.customer_id]))]

    def items(self, offset: int, limit: int, ids: Sequence[str] | None = None) -> list[ItemRow]:
        """Items by tag, retired ones last; only those with these `ids`, where some are given."""
        sql = _ITEMS.format(only="" if ids is None else _ONLY)
        return [
            read(ItemRow, row, history=tuple(reversed(json.loads(row["history"]))))
            for row in self._page(sql, offset, limit, ids)
        ]

    def streams(self, offset: int, limit: int) -> list[StreamRow]:
        """Process streams: running, planned, stopped."""
        return [read(StreamRow, row) for row in self._page(_STREAMS, offset, limit)]

    def visits(self, offset: int, limit: int) -> list[VisitRow]:
        """Visits: the one in progress, planned ones, then the newest first."""
        return [read(VisitRow, row) for row in self._page(_VISITS.format(only=""), offset, limit)]

    def opportunities(self, offset: int, limit: int) -> list[OpportunityRow]:
        """Opportunities: quoted, ideas, won, lost; the soonest first."""
        return [read(OpportunityRow, row) for row in self._page(_OPPORTUNITIES, offset, limit)]

    def lines(self, opportunity_id: str) -> list[OpportunityLineRow]:
        """The lines of one opportunity, as they were found."""
        return [read(OpportunityLineRow, row) for row in self.db.rows(_LINES, [opportunity_id])]

    def actions(self, offset: int, limit: int) -> list[CustomerActionRow]:
        """Actions: open ones by due day, then what was done, the newest first."""
        from radar_tui.store.lists.action import ActionLists

        plan = ActionLists(self.db)
        return [
            read(CustomerActionRow, row, gain=plan.gain(row, self.customer_id))
            for row in self._page(_ACTIONS, offset, limit)
        ]

    # The overview

    def scores(self, question: str, today: date) -> list[ScoreRow]:
        """The counting answer of each contact, decision makers first."""
        given = {"customer": self.customer_id, "question": question, **year_until(today)}
        return [read(ScoreRow, row) for row in self.db.rows(_SCORES, given)]

    def asked(self, today: date) -> list[tuple[str, str]]:
        """(Question, its words) as those read it whose answers count, once each."""
        rows = self.db.rows(_ASKED, {"customer": self.customer_id, **year_until(today)})
        return [(row[0], row[1]) for row in rows]

    def there(self) -> int:
        """How many people of theirs we know who have not left: those whom `scores` may hold."""
        there = THERE.format(person="c", day="today")
        sql = f"SELECT count(*) FROM contact c WHERE c.customer_id = :customer AND {there}"  # noqa: S608 -- our own words
        parameters = {"customer": self.customer_id, "today": self.db.clock().date().isoformat()}
        return int(self.db.row(sql, parameters)[0])

    def open_follow_ups(self) -> list[OpenRow]:
        """Duties still open, the soonest due first."""
        return [read(OpenRow, row) for row in self.db.rows(_OPEN, [self.customer_id])]

    def pipeline(self) -> dict[str, list[tuple[int, int, str]]]:
        """Stage to (opportunities, value in minor units, currency), one entry a currency."""
        by_stage: dict[str, list[tuple[int, int, str]]] = {}
        for row in self.db.rows(_PIPELINE, [self.customer_id]):
            by_stage.setdefault(row["stage"], []).append((row["count"], row["value"], row["currency"]))
        return by_stage

    def last_visit(self) -> VisitRow | None:
        """The newest completed visit."""
        rows = self._page(_VISITS.format(only=f"AND {took_place('v')}"), 0, 1)
        return read(VisitRow, rows[0]) if rows else None

    def _page(self, sql: str, offset: int, limit: int, ids: Sequence[str] | None = None) -> list[Any]:
        parameters = {"customer": self.customer_id, "limit": limit, "offset": offset, "ids": json.dumps(ids)}
        if ":today" in sql:
            parameters["today"] = self.db.clock().date().isoformat()
        return self.db.rows(sql, parameters)

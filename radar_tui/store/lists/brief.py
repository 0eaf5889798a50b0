"""The car-park card of one customer, read from the rows. Light enough to come before any model is loaded."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from radar_tui.domain.brief import (
    Brief,
    BriefWant,
    Crossed,
    InTheRoom,
    Loop,
    PromiseSeen,
    Solved,
    lines,
    openers,
)
from radar_tui.domain.days import day_words
from radar_tui.domain.nps import WINDOW_DAYS
from radar_tui.domain.room import for_customer, is_ours
from radar_tui.domain.text import fold, plural
from radar_tui.errors import RadarError
from radar_tui.store.facts.actions import DONE_ACTION, OPEN_ACTION
from radar_tui.store.facts.answers import DECIDES, STANDS, newest
from radar_tui.store.facts.duties import OWED
from radar_tui.store.facts.measures import CROSSED, NEWEST, THEIRS, reaches
from radar_tui.store.facts.people import LEFT, THERE
from radar_tui.store.facts.promises import IN_FORCE
from radar_tui.store.facts.seen import IN_USE, took_place, visit_day
from radar_tui.store.facts.streams import PLANNED
from radar_tui.store.facts.tickets import NOT_SATISFIED, OPEN_TICKET, RESOLVED, closed_after
from radar_tui.store.facts.verdicts import standing
from radar_tui.store.reading import ROLE_ORDER, local_day, local_moment, read, stored_day
from radar_tui.store.rows.local import Local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from radar_tui.store.connection import Connection

__all__ = ["Brief", "brief", "customers_like", "lines", "openers"]

_MOST_PEOPLE, _MOST_DONE = 12, 3
_DONE = {
    "fixed": "fixed, not confirmed",
    "called": "called",
    "cause": "cause known",
    "confirmed": "confirmed",
}

_CUSTOMER = """
SELECT c.*, m.name AS market,
    (SELECT min(v.planned_on) FROM visit v WHERE v.customer_id = c.id AND v.status = 'planned') AS planned_on
FROM customer c LEFT JOIN market m ON m.id = c.market_id WHERE c.id = ?"""

_LAST_VISIT = f"""
SELECT v.id, v.completed_at, {visit_day("v")} AS day, v.summary, k.title, b.name AS brm
FROM visit v LEFT JOIN checklist k ON k.id = v.checklist_id LEFT JOIN colleague b ON b.id = v.brm_id
WHERE v.customer_id = :customer AND {took_place("v")}
ORDER BY day DESC, v.completed_at DESC, v.id LIMIT 1"""  # noqa: S608

_NEXT_VISIT = """
SELECT id FROM visit WHERE customer_id = ? AND status IN ('planned', 'in progress')
ORDER BY status <> 'in progress', planned_on, id LIMIT 1"""

# In the room: who is noted for the next visit, else the decision makers and who was there last time.
_PEOPLE = f"""
SELECT x.id, x.name, x.role, x.job_title,
    {newest("'recommend'", until=":today")} AS recommend, {newest("'retain'", until=":today")} AS retain,
    (SELECT max(r.asked_on) FROM response r WHERE r.contact_id = x.id AND {STANDS}) AS asked_on
FROM contact x
WHERE x.customer_id = :customer AND {THERE.format(person="x", day="today")} AND CASE
    WHEN EXISTS (SELECT 1 FROM attendee WHERE visit_id = :next)
        THEN EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :next AND a.contact_id = x.id)
    ELSE {DECIDES} OR EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = :last AND a.contact_id = x.id) END
ORDER BY {ROLE_ORDER}, x.name, x.id
LIMIT :most"""  # noqa: S608 -- our own words only

# Both answers of one contact on one day are one call.
_FOLLOW_UPS = f"""
SELECT f.play, f.status, min(f.due_at) AS due_at, r.contact_id, max(r.verbatim) AS verbatim, r.asked_on,
    group_concat(r.question || ' ' || r.score, ', ') AS given, c.name, o.name AS owner
FROM response r JOIN follow_up f ON f.response_id = r.id JOIN contact c ON c.id = r.contact_id
LEFT JOIN colleague o ON o.id = f.owner_id
WHERE r.customer_id = ? AND {OWED}
GROUP BY r.contact_id, r.asked_on, f.play, f.status, f.owner_id
ORDER BY CASE f.play WHEN 'recover' THEN 0 WHEN 'nudge' THEN 1 ELSE 2 END, due_at, c.name, c.id, r.asked_on,
    f.status, f.owner_id"""  # noqa: S608

_ACTIONS = f"""
SELECT a.id, a.visit_id, a.title, a.ours, a.due_on, o.name AS owner
FROM action a LEFT JOIN colleague o ON o.id = a.owner_id
WHERE a.customer_id = ? AND {OPEN_ACTION} ORDER BY a.due_on IS NULL, a.due_on, a.id"""  # noqa: S608

_TICKETS = f"""
SELECT t.subject, t.reference, t.priority, t.opened_at FROM ticket t WHERE t.customer_id = ? AND {OPEN_TICKET}
ORDER BY CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, t.opened_at,
    t.id"""  # noqa: S608

# Who of those in the room was there when something was said.
_SAID_BY = """(SELECT json_group_array(name) FROM (SELECT c.name
    FROM json_each(:room) j JOIN contact c ON c.id = j.value
    WHERE EXISTS (SELECT 1 FROM attendee a WHERE a.visit_id = {visit} AND a.contact_id = c.id)
    ORDER BY c.name, c.id)) AS said_by"""

_PROMISES = f"""
SELECT p.title, k.kept, k.note, k.seen_on, {_SAID_BY.format(visit="k.visit_id")} FROM promise p LEFT JOIN (
    SELECT x.promise_id, x.kept, x.note, x.visit_id, {visit_day("v")} AS seen_on,
        row_number() OVER (PARTITION BY x.promise_id
            ORDER BY {visit_day("v")} DESC, v.completed_at DESC, x.id) AS newest
    FROM promise_check x JOIN visit v ON v.id = x.visit_id
    WHERE v.customer_id = :customer AND {took_place("v")} AND x.kept IS NOT NULL) k
ON k.promise_id = p.id AND k.newest = 1
WHERE {IN_FORCE} ORDER BY k.kept IS NOT 0, p.made_on, p.id LIMIT 3"""  # noqa: S608

# What is asked for on the visit under way is known there.
_WANTS = f"""
SELECT w.title, w.decision, w.ours, p.title AS promise, {_SAID_BY.format(visit="w.visit_id")}
FROM want w LEFT JOIN promise p ON p.id = w.promise_id LEFT JOIN visit v ON v.id = w.visit_id
WHERE w.customer_id = :customer AND v.status IS NOT 'in progress'
ORDER BY w.decision <> 'open', {visit_day("v")} DESC, w.id DESC LIMIT 6"""  # noqa: S608

# As they stood before the visit that may be under way.
_ITEMS = f"""
SELECT tag, coalesce(verdict, '') AS verdict, out_of_service, near_limit
FROM {standing("SELECT :customer", "'completed'")} ORDER BY tag, id"""  # noqa: S608 -- our own words only

_CROSSED = f"""
SELECT m.name, m.unit, m.target, {NEWEST} AS value, {reaches(NEWEST)} AS good, {THEIRS} AS theirs
FROM measure m WHERE m.customer_id = :customer AND {CROSSED} ORDER BY good, m.weight DESC, m.name, m.id"""  # noqa: S608

# With the answer before, where there is one: `recommend 6 (was 9)`.
_ANSWERED = f"""
SELECT c.name, group_concat(r.question || ' ' || r.score || coalesce(' (was ' || (
    SELECT b.score FROM response b WHERE b.contact_id = r.contact_id AND b.question = r.question
        AND {STANDS.replace("r.", "b.")} AND (b.asked_on, b.id) < (r.asked_on, r.id)
    ORDER BY b.asked_on DESC, b.id DESC LIMIT 1) || ')', ''), ', ') AS given
FROM response r JOIN contact c ON c.id = r.contact_id
WHERE r.customer_id = :customer AND {STANDS} AND r.asked_on BETWEEN :day AND :today
    AND r.visit_id IS NOT :visit
GROUP BY c.id, r.asked_on ORDER BY min(r.score), r.asked_on, c.id LIMIT 4"""  # noqa: S608 -- our own words only

_CLOSED = closed_after(":moment")
_TICKETS_SINCE = f"""
SELECT count(*) FILTER (WHERE t.opened_at > :moment), count(*) FILTER (WHERE {_CLOSED}),
    count(*) FILTER (WHERE {_CLOSED} AND {NOT_SATISFIED})
FROM ticket t WHERE t.customer_id = :customer AND (t.opened_at > :moment OR {_CLOSED})"""  # noqa: S608

_LEFT = f"""
SELECT c.name, c.role, c.left_on FROM contact c
WHERE c.customer_id = :customer AND {LEFT.format(person="c", day="today", since="day")}
ORDER BY c.left_on, c.id"""  # noqa: S608

_DONE_SINCE = f"""
SELECT a.id, a.visit_id, a.title, a.ours, a.done_on FROM action a
WHERE a.customer_id = ? AND {DONE_ACTION} AND a.done_on BETWEEN ? AND ? ORDER BY a.done_on DESC, a.id"""  # noqa: S608

_PLANNED_STREAMS = f"""
SELECT s.name, (SELECT max(o.ours) FROM opportunity o WHERE o.stream_id = s.id) AS ours FROM stream s
WHERE s.customer_id = ? AND {PLANNED} ORDER BY s.name, s.id"""  # noqa: S608

_SOLVED = f"""
SELECT t.subject, t.outcome, t.followed_up_on FROM ticket t WHERE t.customer_id = :customer AND {RESOLVED}
ORDER BY t.followed_up_on DESC, t.subject, t.id LIMIT 3"""  # noqa: S608


def brief(db: Connection, customer_id: str, today: date) -> Brief:
    """The card of one customer. Raises RadarError if there is none with this id."""
    if (row := db.row(_CUSTOMER, [customer_id])) is None:
        raise RadarError("This customer is no longer there.", "Go back and look again.")
    here = {"customer": customer_id, "today": today.isoformat()}
    last = db.row(_LAST_VISIT, here)
    coming = db.row(_NEXT_VISIT, [customer_id])
    last_seen = stored_day(last["day"]) if last else None
    people, ids = _people(db, customer_id, last, coming, today)
    items = db.rows(_ITEMS, here)
    room = {**here, "room": json.dumps([*ids])}
    crossed = tuple(read(Crossed, row) for row in db.rows(_CROSSED, here))
    done, heard = _done(db, customer_id, last_seen, today), _heard(db)
    return Brief(
        name=row["name"],
        today=today,
        status=row["status"],
        place=", ".join(part for part in (row["city"], row["country"]) if part),
        market=row["market"] or "",
        annual_value=row["annual_value"],
        currency=row["currency"],
        cadence_days=row["cadence_days"],
        last_seen=last_seen,
        due_on=last_seen + timedelta(days=row["cadence_days"]) if last_seen else None,
        planned_on=stored_day(row["planned_on"]),
        last_checklist=(last["title"] or "") if last else "",
        last_brm=(last["brm"] or "") if last else "",
        summary=last["summary"] if last else "",
        promises=tuple(read(PromiseSeen, row, said_by=_names(row)) for row in db.rows(_PROMISES, room)),
        wants=tuple(
            read(BriefWant, row, said_by=() if is_ours(row["ours"], row["title"]) else _names(row))
            for row in db.rows(_WANTS, room)
        ),
        loops=_loops(db, customer_id, ids, today),
        changes=_changes(db, customer_id, last, crossed, done, today),
        people=people,
        items=_counted([row["verdict"] for row in items]),
        out_of_service=tuple(row["tag"] for row in items if row["out_of_service"]),
        near_limit=tuple(row["tag"] for row in items if row["near_limit"]),
        planned_streams=tuple(
            row["name"]
            for row in db.rows(_PLANNED_STREAMS, [customer_id])
            if not is_ours(row["ours"], row["name"])
        ),
        solved=tuple(
            read(Solved, row)
            for row in db.rows(_SOLVED, here)
            if for_customer(row["subject"]) and for_customer(row["outcome"])
        ),
        done=tuple(row["title"] for row in done if heard(row)),
        crossed=crossed,
    )


def customers_like(db: Connection, words: str) -> list[tuple[str, str]]:
    """Id and name of the customers that `words` may mean, without regard to case and accents: those called exactly
    so, else those whose name begins so, else those whose name holds every word."""
    wanted = fold(words).strip()
    names = [
        (row["id"], row["name"], fold(row["name"]).strip())
        for row in db.rows(f"SELECT id, name FROM customer WHERE {IN_USE} ORDER BY name, id")  # noqa: S608
    ]
    for matches in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: all(word in name for word in wanted.split()),
    ):
        if alike := [(id, name) for id, name, folded in names if matches(folded)]:
            return alike
    return []


def _people(
    db: Connection, customer_id: str, last: Any, coming: Any, today: date
) -> tuple[tuple[InTheRoom, ...], frozenset[str]]:
    rest = Local(db).settings().rest_days
    rows = db.rows(
        _PEOPLE,
        {
            "customer": customer_id,
            "since": (today - timedelta(days=WINDOW_DAYS)).isoformat(),
            "today": today.isoformat(),
            "next": coming["id"] if coming else None,
            "last": last["id"] if last else None,
            "most": _MOST_PEOPLE,
        },
    )
    people = []
    for row in rows:
        asked = stored_day(row["asked_on"])
        again = asked + timedelta(days=rest) if asked else None
        people.append(read(InTheRoom, row, may_ask_from=again))
    return tuple(people), frozenset(row["id"] for row in rows)


def _loops(db: Connection, customer_id: str, in_the_room: frozenset[str], today: date) -> tuple[Loop, ...]:
    here = [customer_id]
    return (
        *(_follow_up(db, row, in_the_room) for row in db.rows(_FOLLOW_UPS, here)),
        *_actions(db, here, today),
        *(_ticket(row, today) for row in db.rows(_TICKETS, here)),
    )


def _follow_up(db: Connection, row: Any, in_the_room: frozenset[str]) -> Loop:
    return Loop(
        "follow-up",
        f"{row['play']} {row['name']}: {row['given']}"
        + (f", {_DONE[row['status']]}" if row["status"] in _DONE else "")
        + (f", “{row['verbatim']}”" if row["verbatim"] else ""),
        row["verbatim"],
        local_day(row["due_at"]),
        row["owner"] or "",
        row["play"],
        stored_day(row["asked_on"]),
        row["contact_id"] in in_the_room,
        local_moment(row["due_at"]) < db.clock(),
        row["name"],
        row["status"],
    )


def _actions(db: Connection, here: list[str], today: date) -> Iterator[Loop]:
    heard = _heard(db)
    for row in db.rows(_ACTIONS, here):
        late = bool(row["due_on"]) and row["due_on"] < today.isoformat()
        about = row["title"] if late and heard(row) else ""
        yield Loop("action", row["title"], about, stored_day(row["due_on"]), row["owner"] or "", late=late)


def _ticket(row: Any, today: date) -> Loop:
    since = local_day(row["opened_at"])
    return Loop(
        "ticket",
        f"{row['reference'] or 'ticket'} open since {day_words(since, today)}"
        + (f", {row['priority']}" if row["priority"] in ("urgent", "high") else "")
        + f": {row['subject']}",
        row["subject"],
        since=since,
    )


def _changes(
    db: Connection, customer_id: str, last: Any, crossed: tuple[Crossed, ...], done: list[Any], today: date
) -> tuple[str, ...]:
    """What has been recorded since the last visit (all there is, for a customer never visited), gravest first."""
    moment, day = (last["completed_at"], last["day"]) if last else ("", "")
    since = {
        "customer": customer_id,
        "moment": moment,
        "day": day,
        "visit": last["id"] if last else "",
        "today": today.isoformat(),
    }
    changes = [f"{row['name']} answered {row['given']}" for row in db.rows(_ANSWERED, since)]
    changes += [
        f"{measure.name} {'back on' if measure.good else 'fell off'} target: {measure.value:g} {measure.unit}".rstrip()
        for measure in crossed
    ]
    opened, closed, unhappy = db.row(_TICKETS_SINCE, since)
    if opened or closed:
        changes.append(
            f"{plural(opened, 'ticket')} opened, {closed:,} closed"
            + (f", {unhappy:,} not satisfied" if unhappy else "")
        )
    changes += [
        f"{row['name']} ({row['role']}) left on {day_words(stored_day(row['left_on']), today)}"
        for row in db.rows(_LEFT, since)
    ]
    changes += [
        f"Done on {day_words(stored_day(row['done_on']), today)}: {row['title']}" for row in done[:_MOST_DONE]
    ]
    changes += _items_changed(db, since)
    return tuple(changes)


def _items_changed(db: Connection, since: dict[str, Any]) -> list[str]:
    counts = db.row(
        "SELECT count(*) FILTER (WHERE installed_on BETWEEN :day AND :today), "
        "count(*) FILTER (WHERE refurbished_on BETWEEN :day AND :today), "
        "count(*) FILTER (WHERE retired_on BETWEEN :day AND :today) FROM item WHERE customer_id = :customer",
        since,
    )
    done = ("installed", "refurbished", "retired")
    # For a customer never visited everything would be new.
    return [f"{plural(n, 'item')} {what}" for n, what in zip(counts, done, strict=True) if n and since["day"]]


def _done(db: Connection, customer_id: str, since: date | None, today: date) -> list[Any]:
    return db.rows(_DONE_SINCE, [customer_id, since.isoformat() if since else "", today.isoformat()])


def _heard(db: Connection) -> Callable[[Any], bool]:
    """Whether the customer heard of an action."""
    from radar_tui.store.lists.action import ActionLists

    heard = ActionLists(db).heard()
    return lambda row: heard(row["id"], row["visit_id"], row["ours"], row["title"])


def _names(row: Any) -> tuple[str, ...]:
    return tuple(json.loads(row["said_by"]))


def _counted(verdicts: list[str]) -> dict[str, int]:
    return {verdict: verdicts.count(verdict) for verdict in dict.fromkeys(verdicts)}

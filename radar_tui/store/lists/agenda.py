"""What a calendar shows, and whom an address book holds: visits, calls and actions, and the contacts still there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.follow_up import to_do
from radar_tui.store.facts.actions import DONE_ACTION, OPEN_ACTION
from radar_tui.store.facts.duties import OPEN, STANDS
from radar_tui.store.facts.people import THERE
from radar_tui.store.facts.seen import IN_USE, on_radar, visit_day
from radar_tui.store.reading import stored_day

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from radar_tui.store.connection import Connection

State = Literal["open", "done", "off"]
LOOK_BACK_DAYS = 90
"""How long something that is over stays in a calendar, so that an entry imported before is set right."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One entry: `kind` visit, call or action; `due` a day, or the stored moment of a call; `done` likewise. A visit
    that took place is due on its day.

    `call` are all follow-ups of one person and visit that are to be done, `what` their next steps, a line each.
    """

    kind: Literal["visit", "call", "action"]
    id: str
    what: str
    customer: str
    contact: str
    phone: str
    place: str
    owner: str
    due: str
    state: State
    done: str | None
    called: bool = False


class AddressRow(NamedTuple):
    """One contact who is still there."""

    id: str
    name: str
    customer: str
    job_title: str
    function: str
    email: str
    phone: str
    language: str


# A visit that took place stands on its day, wherever it was planned.
_VISITS = f"""
SELECT 'visit', v.id, k.title, coalesce(c.name, ''), '', '',
    rtrim(coalesce(c.city, '') || ', ' || coalesce(c.country, ''), ', '), coalesce(o.name, ''),
    coalesce({visit_day("v")}, v.planned_on) AS day,
    CASE v.status WHEN 'planned' THEN 'open' WHEN 'in progress' THEN 'open' WHEN 'completed' THEN 'done' ELSE 'off' END,
    {visit_day("v")}
FROM visit v JOIN checklist k ON k.id = v.checklist_id LEFT JOIN customer c ON c.id = v.customer_id
    LEFT JOIN colleague o ON o.id = coalesce(v.brm_id, c.owner_id)
WHERE v.planned_on IS NOT NULL AND day >= :since AND (v.customer_id IS NULL OR {on_radar("v.customer_id")})
    AND (:owner IS NULL OR o.id = :owner)"""  # noqa: S608 -- our own words only
_CALLS = f"""
SELECT 'call', f.id, f.play, c.name, x.name, x.phone, '', coalesce(o.name, ''), f.due_at,
    CASE WHEN NOT ({STANDS}) THEN 'off' WHEN {OPEN} THEN 'open' ELSE 'done' END, f.closed_at,
    f.status, x.id || coalesce(r.visit_id, r.asked_on)
FROM follow_up f JOIN response r ON r.id = f.response_id JOIN contact x ON x.id = r.contact_id
    JOIN customer c ON c.id = r.customer_id LEFT JOIN colleague o ON o.id = f.owner_id
WHERE coalesce(r.voided_at, f.closed_at, :since) >= :since AND {on_radar("r.customer_id")}
    AND (:owner IS NULL OR o.id = :owner) ORDER BY f.id"""  # noqa: S608
_ACTIONS = f"""
SELECT 'action', a.id, a.title, coalesce(c.name, ''), '', '', '', coalesce(o.name, ''), a.due_on,
    CASE WHEN {OPEN_ACTION} THEN 'open' WHEN {DONE_ACTION} THEN 'done' ELSE 'off' END, a.done_on
FROM action a LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN colleague o ON o.id = a.owner_id
WHERE a.due_on IS NOT NULL AND ({OPEN_ACTION} OR coalesce(a.done_on, a.due_on) >= :since)
    AND (a.customer_id IS NULL OR {on_radar("a.customer_id")}) AND (:owner IS NULL OR o.id = :owner)"""  # noqa: S608
_ADDRESSES = f"""
SELECT x.id, x.name, c.name, x.job_title, x.function, x.email, x.phone, x.language
FROM contact x JOIN customer c ON c.id = x.customer_id
WHERE {THERE.format(person="x", day="today")} AND {IN_USE}
    AND (:customer IS NULL OR c.id = :customer) ORDER BY c.name, x.name, x.id"""  # noqa: S608


def agenda(db: Connection, today: date, owner_id: str | None = None) -> list[AgendaRow]:
    """What is planned or due, of everybody or of one colleague, and what was over within LOOK_BACK_DAYS."""
    wanted = {"since": (today - timedelta(days=LOOK_BACK_DAYS)).isoformat(), "owner": owner_id}
    rows = [AgendaRow(*row) for sql in (_VISITS, _ACTIONS) for row in db.rows(sql, wanted)]
    people: dict[str, list[sqlite3.Row]] = {}
    for row in db.rows(_CALLS, wanted):
        people.setdefault(row[-1], []).append(row)
    rows += [_call(duties) for duties in people.values()]
    return sorted(rows, key=lambda row: (stored_day(row.due) or today, row.kind, row.id))


def _call(duties: list[sqlite3.Row]) -> AgendaRow:
    """What two questions on one visit made due is one call: it is there until the last of them is closed."""
    order: tuple[State, ...] = ("open", "done", "off")
    said = [(AgendaRow(*row[:-2]), row[-2]) for row in duties]
    state = min((each.state for each, _ in said), key=order.index)
    there = sorted(
        ((each, status) for each, status in said if each.state == state), key=lambda pair: pair[0].due
    )
    steps = dict.fromkeys(to_do(each.what, status) for each, status in there)
    return replace(
        there[0][0],
        id=said[0][0].id,
        what="\n".join(steps),
        called=state == "open" and all(status != "open" for _, status in there),
        done=max((each.done for each, _ in there if each.done), default=None),
    )


def addresses(db: Connection, today: date, customer_id: str | None = None) -> list[AddressRow]:
    """The contacts of all customers on file, or of one."""
    parameters = {"today": today.isoformat(), "customer": customer_id}
    return [AddressRow(*row) for row in db.rows(_ADDRESSES, parameters)]

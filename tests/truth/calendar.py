"""What stands in the calendar, worked out from plain rows, against the file that another program reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from radar_tui.exchange.calendar_file import calendar
from radar_tui.store.lists.agenda import addresses, agenda

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth
    from tests.truth.rows import FollowUp, Response

Difference = tuple[str, str, object, object]
BACK = timedelta(days=90)
NEXT = {
    ("recover", "open"): "call and find the cause", ("recover", "called"): "find the cause, fix it",
    ("recover", "cause"): "fix it", ("recover", "fixed"): "ask whether it is fixed",
    ("recover", "confirmed"): "write down the outcome", ("nudge", "open"): "ask what just missed",
    ("nudge", "called"): "note what just missed", ("learn", "open"): "ask what we did right",
    ("learn", "called"): "note what we did right",
}  # fmt: skip
STATES = {
    "open": ("CONFIRMED", "NEEDS-ACTION"),
    "done": ("CONFIRMED", "COMPLETED"),
    "off": ("CANCELLED", "CANCELLED"),
}


@dataclass(frozen=True)
class Entry:
    """One entry: its name, the day or moment, its status, and the steps that stand below."""

    summary: str
    due: date | datetime
    status: str
    steps: tuple[str, ...] = ()


def differences(store: Store, truth: Truth) -> Iterator[Difference]:
    """Of everybody, and of each of ours."""
    for owner in (None, *(one.id for one in truth.rows.colleagues[:2])):
        told = _read(calendar(agenda(store, truth.today, owner), truth.now))
        yield "calendar", f"of {owner}", told, _entries(truth, owner)
    there = {
        one.id for one in truth.rows.contacts
        if (one.left_on is None or one.left_on > truth.today)
        and next(c for c in truth.rows.customers if c.id == one.customer_id).archived_at is None
    }  # fmt: skip
    yield "addresses", "", {row.id for row in addresses(store, truth.today)}, there


def _read(file: bytes) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    each: Any
    for each in Calendar.from_ical(file).walk():
        if each.name in ("VEVENT", "VTODO"):
            at = each["DTSTART" if each.name == "VEVENT" else "DUE"].dt
            steps = [line for line in str(each.get("DESCRIPTION", "")).split("\n") if line in NEXT.values()]
            uid = str(each["UID"])
            assert uid not in found, "one entry each"
            found[uid] = Entry(str(each["SUMMARY"]), at, str(each["STATUS"]), tuple(steps))
    return found


def _entries(truth: Truth, owner: str | None) -> dict[str, Entry]:
    since, rows = truth.today - BACK, truth.rows
    there = {None, *(one.id for one in truth.on_the_radar)}
    names = {one.id: one.name for one in rows.customers}
    owners = {one.id: one.owner_id for one in rows.customers}
    titles = {one.id: one.title for one in rows.checklists}
    found: dict[str, Entry] = {}
    for visit in rows.visits:
        day = truth.visit_day(visit) or visit.planned_on
        mine = owner in (None, visit.brm_id or owners.get(visit.customer_id or ""))
        if visit.planned_on and day and day >= since and visit.customer_id in there and mine:
            state = {"planned": "open", "in progress": "open", "completed": "done"}.get(visit.status, "off")
            name = f"Visit {names[visit.customer_id]}" if visit.customer_id else titles[visit.checklist_id]
            found[f"visit-{visit.id}@radar"] = Entry(name, day, STATES[state][0])
    for action in rows.actions:
        over = action.done_on or action.due_on
        if action.due_on is None or over is None or action.customer_id not in there:
            continue
        if (action.status == "open" or over >= since) and owner in (None, action.owner_id):
            state = {"open": "open", "done": "done"}.get(action.status, "off")
            name = f"{action.title} ({names.get(action.customer_id or '', 'ourselves')})"
            found[f"action-{action.id}@radar"] = Entry(name, action.due_on, STATES[state][1])
    return found | _calls(truth, owner)


def _calls(truth: Truth, owner: str | None) -> dict[str, Entry]:
    """One of a person and visit, until the last of its duties is closed."""
    answers = {one.id: one for one in truth.rows.responses}
    there = {one.id for one in truth.on_the_radar}
    people: dict[tuple[str, object], list[tuple[FollowUp, Response, str]]] = {}
    for duty in truth.rows.follow_ups:
        answer = answers[duty.response_id]
        over = answer.voided_at or duty.closed_at
        # Days are those of the moment as it is stored.
        if answer.customer_id not in there or (over and over.date() < truth.today - BACK):
            continue
        if owner in (None, duty.owner_id):
            state = "off" if answer.voided_at else "done" if duty.status == "closed" else "open"
            key = (answer.contact_id, answer.visit_id or answer.asked_on)
            people.setdefault(key, []).append((duty, answer, state))
    return dict(_call(truth, duties) for duties in people.values())


def _call(truth: Truth, duties: list[tuple[FollowUp, Response, str]]) -> tuple[str, Entry]:
    state = next(one for one in STATES if one in {each for *_, each in duties})
    still = sorted((duty for duty, _, each in duties if each == state), key=lambda duty: duty.due_at)
    steps = dict.fromkeys(_step(duty) for duty in still)
    called = state == "open" and all(duty.status != "open" for duty in still)
    first, answer = next(iter(steps)), duties[0][1]
    person = next(one.name for one in truth.rows.contacts if one.id == answer.contact_id)
    customer = next(one.name for one in truth.rows.customers if one.id == answer.customer_id)
    name = f"{first[0].upper() + first[1:]}: {person}, {customer}" if called else f"Call {person}, {customer}"
    uid = min(duty.id for duty, *_ in duties)
    return f"call-{uid}@radar", Entry(name, still[0].due_at, STATES[state][1], tuple(steps))


def _step(duty: FollowUp) -> str:
    """Of a closed one what it began with."""
    status = "open" if duty.status == "closed" else duty.status
    return NEXT.get((duty.play, status), NEXT[duty.play, "called"])

"""What may be said of a customer before a visit, worked out from plain rows: to whom, about what, of which day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tests.truth.verdicts import BEFORE, Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.truth.facts import Truth
    from tests.truth.rows import (
        Action,
        Contact,
        Customer,
        FollowUp,
        Measure,
        Promise,
        Response,
        Ticket,
        Visit,
    )

YEAR = timedelta(days=365)
ROLES = ("decision maker", "influencer", "user", "gatekeeper")
COMPUTED = {
    "orders won", "recommendation", "retention", "promises kept", "ticket resolution", "counterparts known",
    "observation day",
}  # fmt: skip
FACTS = UUID("5b1f9c1e-7a0d-5c55-9d5b-2f3a5c0e7d11")
REST_DAYS = 75


@dataclass(frozen=True)
class Said:
    """A sentence without its words."""

    kind: str
    to: tuple[str, ...] = ()
    about: str = ""
    day: date | None = None
    count: int | None = None


def ours(text: str, mark: int | None = None) -> bool:
    """What stays with us: it was marked so, or nobody has said and it begins so, in whatever dress."""
    if mark is not None:
        return bool(mark)
    bare = text.casefold().replace("\uff1a", ":").lstrip(" ([-")
    return bare.startswith(("internal", "interno:", "intern :"))


@dataclass(frozen=True)
class Talk:
    """All that is known of one customer before a visit."""

    truth: Truth
    customer: Customer

    @property
    def today(self) -> date:
        return self.truth.today

    # Who will be there

    @cached_property
    def held(self) -> list[tuple[date, Visit]]:
        """The completed visits until today with their days, the newest first."""
        days = [(self.truth.visit_day(one), one) for one in self.truth.visits(self.customer, "completed")]
        found = [(day, one) for day, one in days if day is not None and day <= self.today]
        return sorted(
            found, key=lambda pair: (pair[0], pair[1].completed_at, _back(pair[1].id)), reverse=True
        )

    def _attended(self, visit_id: str | None) -> set[str]:
        return {one.contact_id for one in self.truth.rows.attendees if one.visit_id == visit_id}

    @cached_property
    def room(self) -> list[Contact]:
        """Noted for the visit under way or the next one, else who decides and who was there last; nobody who left."""
        coming = [
            *self.truth.visits(self.customer, "in progress"),
            *self.truth.visits(self.customer, "planned"),
        ]
        coming.sort(key=lambda one: (one.status != "in progress", one.planned_on or date.min, one.id))
        noted = self._attended(coming[0].id) if coming else set()
        last = self._attended(self.held[0][1].id) if self.held else set()
        there = [
            one
            for one in self.truth.rows.contacts
            if one.customer_id == self.customer.id and (one.left_on is None or one.left_on > self.today)
        ]
        if noted:
            found = [one for one in there if one.id in noted]
        else:
            found = [one for one in there if one.role == "decision maker" or one.id in last]
        return sorted(found, key=lambda one: (ROLES.index(one.role), one.name, one.id))[:12]

    def person(self, one: Contact) -> dict[str, object]:
        """Their newest answers of the year, and from when they may be asked again."""
        mine = [
            each for each in self.truth.rows.responses if each.contact_id == one.id and not each.voided_at
        ]
        scores: dict[str, int | None] = {}
        for question in ("recommend", "retain"):
            asked = [
                e for e in mine if e.question == question and self.today - YEAR < e.asked_on <= self.today
            ]
            newest = max(asked, key=lambda each: (each.asked_on, -each.score), default=None)
            scores[question] = newest.score if newest else None
        asked_on = max((each.asked_on for each in mine), default=None)
        again = asked_on + timedelta(days=REST_DAYS) if asked_on else None
        return {
            "name": one.name, "role": one.role, **scores, "asked_on": asked_on, "may_ask_from": again,
            "may_be_asked": again is None or again <= self.today,
        }  # fmt: skip

    def _heard(self, visit_id: str | None) -> tuple[str, ...]:
        """Who of the room was there when it was said."""
        there = self._attended(visit_id)
        return tuple(name for name, _ in sorted((one.name, one.id) for one in self.room if one.id in there))

    # What is open

    @cached_property
    def duties(self) -> list[list[tuple[FollowUp, Response]]]:
        """What one person answered on one day and stands at one step, together."""
        found: dict[tuple[object, ...], list[tuple[FollowUp, Response]]] = {}
        for duty, answer in self.truth.of(self.customer):
            key = (answer.contact_id, answer.asked_on, duty.play, duty.status, duty.owner_id)
            found.setdefault(key, []).append((duty, answer))
        names = self._names
        plays = ("recover", "nudge", "learn")
        return sorted(
            found.values(),
            key=lambda both: (
                plays.index(both[0][0].play),
                min(duty.due_at for duty, _ in both),
                names[both[0][1].contact_id],
                both[0][1].contact_id,
                both[0][1].asked_on,
                both[0][0].status,
                both[0][0].owner_id or "",
            ),
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.truth.rows.contacts}

    @cached_property
    def actions(self) -> list[Action]:
        """The open ones, by due day."""
        found = [
            a for a in self.truth.rows.actions if a.customer_id == self.customer.id and a.status == "open"
        ]
        return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.min, one.id))

    @cached_property
    def tickets(self) -> list[Ticket]:
        return [one for one in self.truth.rows.tickets if one.customer_id == self.customer.id]

    def loops(self) -> list[dict[str, object]]:
        """Kind, who, step, since and due, and whether late."""
        found: list[dict[str, object]] = []
        zone = self.truth.now.tzinfo
        for both in self.duties:
            duty, answer = both[0]
            due = min(each.due_at for each, _ in both)
            found.append({
                "kind": "follow-up", "who": self._names[answer.contact_id], "status": duty.status, "play": duty.play,
                "since": answer.asked_on, "due_on": due.astimezone(zone).date(), "late": due < self.truth.now,
            })  # fmt: skip
        for action in self.actions:
            late = action.due_on is not None and action.due_on < self.today
            found.append({
                "kind": "action", "who": "", "status": "open", "play": "", "since": None, "due_on": action.due_on,
                "late": late,
            })  # fmt: skip
        ranks = ("urgent", "high", "normal", "low")
        open_ = [one for one in self.tickets if one.closed_at is None]
        for ticket in sorted(open_, key=lambda one: (ranks.index(one.priority), one.opened_at, one.id)):
            found.append({
                "kind": "ticket", "who": "", "status": "open", "play": "",
                "since": ticket.opened_at.astimezone(zone).date(), "due_on": None, "late": False,
            })  # fmt: skip
        return found

    # What is so

    def agreed(self, action: Action) -> bool:
        """The customer heard that we would: on a visit, and no answer there raised it by itself."""
        visit = next((one for one in self.truth.rows.visits if one.id == action.visit_id), None)
        if visit is None or ours(action.title, action.ours):
            return False
        given = {
            (one.question, one.subject_id) for one in self.truth.rows.answers if one.visit_id == visit.id
        }
        checklist = next(one for one in self.truth.rows.checklists if one.id == visit.checklist_id)
        rows = self.truth.rows
        tables = (rows.items, rows.contacts, rows.streams, rows.promises)
        subjects = [None, *(one.id for table in tables for one in table)]
        for step in json.loads(checklist.definition)["steps"]:
            raising = [each["key"] for each in step.get("questions", ()) if each.get("action")]
            given |= {(key, subject) for key in raising for subject in subjects}
        return action.id not in {_fact("action", visit.id, key, subject) for key, subject in given}

    @cached_property
    def done(self) -> list[Action]:
        """Since the last visit, the newest first."""
        since = self.held[0][0] if self.held else date.min
        found = [
            one
            for one in self.truth.rows.actions
            if one.customer_id == self.customer.id and one.status == "done" and one.done_on is not None
            and since <= one.done_on <= self.today
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.done_on or date.min, _back(one.id)), reverse=True)

    @cached_property
    def resolved(self) -> list[Ticket]:
        """Followed through by somebody on a day with an outcome, and not shown; the newest first."""
        found = [
            one
            for one in self.tickets
            if one.satisfied == 0 and one.closed_at and one.followed_up_by and one.outcome.strip(" ")
            and one.followed_up_on is not None and one.followed_up_on <= self.today and one.shown_on is None
        ]  # fmt: skip
        return sorted(
            found, key=lambda one: (-(one.followed_up_on or self.today).toordinal(), one.subject, one.id)
        )

    @cached_property
    def crossed(self) -> list[tuple[Measure, bool, date]]:
        """Measures whose newest reading stands on the other side of the target: whether for the better, and when."""
        found = []
        for one in self.truth.rows.measures:
            if (
                one.customer_id != self.customer.id
                or one.target is None
                or one.name.strip().casefold() in COMPUTED
            ):
                continue
            read = [
                each
                for each in self.truth.rows.readings
                if each.measure_id == one.id and each.as_of <= self.today
            ]
            read.sort(key=lambda each: (each.as_of, each.id))
            if len(read) < 2 or (self.today - read[-1].as_of).days > one.valid_days:
                continue
            was, now = (_reaches(one, each.value) for each in read[-2:])
            if was != now:
                found.append((one, now, read[-1].as_of))
        return sorted(found, key=lambda each: (each[1], -each[0].weight, each[0].name, each[0].id))

    @cached_property
    def streams(self) -> list[str]:
        rows = self.truth.rows.streams
        found = [(s.name, s.id) for s in rows if s.customer_id == self.customer.id and s.status == "planned"]
        return [name for name, _ in sorted(found)]

    def promises(self) -> list[tuple[str, bool | None, date | None, tuple[str, ...]]]:
        """In force today: title, whether kept when last seen, the day, and who said so; the broken ones first."""
        found: list[tuple[bool, Promise, bool | None, date | None, tuple[str, ...]]] = []
        order = {visit.id: place for place, (_, visit) in enumerate(self.held)}
        for one in self.truth.rows.promises:
            if one.made_on > self.today or (one.retired_on is not None and one.retired_on <= self.today):
                continue
            checks = [
                each
                for each in self.truth.rows.checks
                if each.promise_id == one.id and each.kept is not None and each.visit_id in order
            ]
            newest = min(checks, key=lambda each: (order[each.visit_id], each.id), default=None)
            if newest is None:
                found.append((True, one, None, None, ()))
            else:
                day, kept = self.held[order[newest.visit_id]][0], bool(newest.kept)
                found.append((kept, one, kept, day, self._heard(newest.visit_id)))
        found.sort(key=lambda each: (each[0], each[1].made_on, each[1].id))
        return [(one.title, kept, day, by) for _, one, kept, day, by in found[:3]]

    def wants(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Title, decision and who asked; what is noted on the visit under way is not told before it."""
        visits = {one.id: one for one in self.truth.rows.visits}
        found = []
        for one in self.truth.rows.wants:
            visit = visits.get(one.visit_id or "")
            if one.customer_id == self.customer.id and (visit is None or visit.status != "in progress"):
                day = self.truth.visit_day(visit) if visit else None
                found.append((one.decision == "open", day or date.min, one.id, one))
        found.sort(key=lambda each: each[:3], reverse=True)
        return [
            (one.title, one.decision, () if ours(one.title, one.ours) else self._heard(one.visit_id))
            for *_, one in found[:6]
        ]

    # What is said

    def sentences(self) -> list[Said]:
        """The three of them, the most useful first."""
        kinds = (
            self._unhappy, self._resolved, self._broken, self._owed, self._done, self._worn, self._off_target,
            self._wished, self._planned, self._kept,
        )  # fmt: skip
        found = [said for kind in kinds for said in list(kind())[:1]]
        if self.held and self.held[0][0] < self.today:
            since = (self.today - self.held[0][0]).days
            found.append(Said("opening", (), "", self.held[0][0], since))
        return [*found, *[Said("opening")] * 3][:3]

    def _unhappy(self) -> Iterator[Said]:
        here = {one.id for one in self.room}
        told = [both for both in self.duties if both[0][1].contact_id in here]
        told = [both for both in told if both[0][1].asked_on > self.today - YEAR]
        told.sort(key=lambda both: (both[0][0].play != "recover", -both[0][1].asked_on.toordinal()))
        for both in told:
            duty, answer = both[0]
            words = max(each.verbatim for _, each in both)
            to = (self._names[answer.contact_id],)
            steps = {"recover": ("open", "called", "cause", "fixed"), "nudge": ("open", "called")}
            if words and duty.status in steps.get(duty.play, ()):
                yield Said("unhappy", to, words, answer.asked_on)
            elif not words and (duty.play, duty.status) == ("recover", "open"):
                yield Said("unhappy", to, "", answer.asked_on)

    def _resolved(self) -> Iterator[Said]:
        to = tuple(one.name for one in self.room if one.role == "decision maker")
        for one in self.resolved[:3]:
            if to and not ours(one.subject) and not ours(one.outcome):
                yield Said("resolved_ticket", to, one.subject, one.followed_up_on)

    def _broken(self) -> Iterator[Said]:
        for title, kept, day, by in self.promises():
            if kept is False and by:
                yield Said("promise_broken", by, title, day)

    def _owed(self) -> Iterator[Said]:
        for one in self.actions:
            if one.due_on is not None and one.due_on < self.today and self.agreed(one):
                yield Said("action", (), one.title, one.due_on)

    def _done(self) -> Iterator[Said]:
        yield from (Said("done", (), one.title) for one in self.done if self.agreed(one))

    def _worn(self) -> Iterator[Said]:
        items = Verdicts(self.truth, BEFORE)
        worst = items.worn(self.customer, "unserviceable", "replacement")
        worn = items.worn(self.customer, "deteriorating", "spares")
        for kind, tags in (("out_of_service", worst), ("near_limit", worn)):
            if tags:
                yield Said(kind, (), ", ".join(tags), None, len(tags))

    def _off_target(self) -> Iterator[Said]:
        for measure, _, _ in self.crossed:
            if measure.for_customer:
                yield Said("kpi", (), measure.name)

    def _wished(self) -> Iterator[Said]:
        for title, decision, by in self.wants():
            if decision == "open" and by:
                yield Said("want", by, title)

    def _planned(self) -> Iterator[Said]:
        yield from (Said("stream", (), name) for name in self.streams)

    def _kept(self) -> Iterator[Said]:
        for title, kept, day, by in self.promises():
            if kept and by:
                yield Said("promise_kept", by, title, day)

    # Why go there

    def reasons(self) -> dict[str, tuple[int | None, date | None, str | None]]:
        """By how its words begin: how many, which day, and whom or what it is about."""
        found: dict[str, tuple[int | None, date | None, str | None]] = {}
        signs = {
            "Call": self._people(first=True),
            "Loop": self._people(first=False),
            "Action": sorted(
                (one.due_on, one.title, one.due_on < self.today)
                for one in self.actions
                if one.due_on is not None
            ),
        }
        for what, due in signs.items():
            if late := [each for each in due if each[2]]:
                found[f"{what} overdue"] = (len(late), *late[0][:2])
            elif due and what != "Loop":
                days = {0: "today", 1: "tomorrow"}.get((due[0][0] - self.today).days)
                same = sum(day == due[0][0] for day, *_ in due)
                found |= {f"{what} due {days}": (same, *due[0][:2])} if days else {}
        if self.resolved:
            first = self.resolved[0]
            found["Fixed"] = (len(self.resolved), first.followed_up_on, first.subject)
        if fell := [each for each in self.crossed if not each[1]]:
            _, day, name = min((-measure.weight, day, measure.name) for measure, _, day in fell)
            found["Off target"] = (len(fell), day, name)
        if self.streams:
            found["Stream planned"] = (len(self.streams), None, self.streams[0])
        planned = self.truth.planned(self.customer)
        if planned is not None and planned >= self.today:
            found["Planned"] = (None, planned, None)
        due_on = self.truth.due(self.customer)
        found["Every" if due_on else "Never visited"] = (
            self.customer.cadence_days if due_on else None,
            due_on,
            None,
        )
        return found

    def _people(self, *, first: bool) -> list[tuple[date, str, bool]]:
        """Whom to call, or whose loop is open after a call: once each, by when it is due, with whether it is late."""
        due: dict[str, datetime] = {}
        for duty, answer in self.truth.of(self.customer):
            if (duty.status == "open") is first:
                due[answer.contact_id] = min(duty.due_at, due.get(answer.contact_id, duty.due_at))
        ordered = sorted((moment, self._names[contact]) for contact, moment in due.items())
        zone, now = self.truth.now.tzinfo, self.truth.now
        return [(moment.astimezone(zone).date(), name, moment < now) for moment, name in ordered]


def _back(id: str) -> tuple[int, ...]:
    """A key that turns the order of ids around."""
    return tuple(-ord(letter) for letter in id)


def _fact(*same: str | None) -> str:
    return str(uuid5(FACTS, "\x1f".join(part or "" for part in same)))


def _reaches(measure: Measure, value: float) -> bool:
    assert measure.target is not None
    return value >= measure.target if measure.best >= measure.worst else value <= measure.target

"""Counterpart pairs as rows, and who has met whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.action import DUE_IN_DAYS, Action
from radar_tui.domain.days import day_words
from radar_tui.domain.relationship import Counterpart, Link, to_introduce
from radar_tui.errors import RadarError
from radar_tui.store.facts.people import MET_BY
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.reading import local_day, read, stored_day
from radar_tui.store.rows.action import Actions
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.rows.colleague import Colleagues
from radar_tui.store.rows.contact import Contacts
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from radar_tui.domain.relationship import Colleague
    from radar_tui.domain.visit import Visit

NEVER = "never"
"""What is remembered of a pair that had not met before a tick."""

_LINKS = """
SELECT c.id AS contact_id, c.name AS contact, c.function, c.left_on, o.id AS colleague_id, o.name AS colleague,
    o.function AS our_function, o.left_on AS colleague_left_on, k.met_on
FROM contact c LEFT JOIN counterpart k ON k.contact_id = c.id LEFT JOIN colleague o ON o.id = k.colleague_id
WHERE c.customer_id = ? ORDER BY c.name, c.id, k.id"""


class Introduction(NamedTuple):
    """What proposing an introduction wrote, to take it back: the pair if it is new, the action before."""

    action: Action
    before: Action | None
    new_pair: Counterpart | None


class Move(NamedTuple):
    """A pair before and after a tick, what was remembered of it until then, and its introduction after and before."""

    before: Counterpart
    after: Counterpart
    memory: str | None
    action: tuple[Action, Action] | None


class Ticked(NamedTuple):
    """What a tick changed, to take it back."""

    visit_id: str
    contact_id: str
    was_here: bool
    moves: tuple[Move, ...]


def _memory(visit_id: str, pair_id: str) -> str:
    """Where this laptop keeps the day that a pair had before a visit: nobody else needs it."""
    return f"met before {visit_id} {pair_id}"


def introduction_id(contact_id: str, colleague_id: str) -> str:
    """The action that introduces the two: agreed on two laptops it is one."""
    return fact_id("introduction", contact_id, colleague_id)


class Counterparts(Table[Counterpart]):
    """The `counterpart` table."""

    name = "counterpart"
    model = Counterpart

    def links(self, customer_id: str) -> list[Link]:
        """Every contact of a customer with each colleague they are paired with."""
        return [read(Link, row) for row in self.db.rows(_LINKS, [customer_id])]

    def of(self, contact_id: str) -> list[Counterpart]:
        """The pairs of one contact, the oldest first."""
        return self.where("contact_id = ?", [contact_id], "id")

    def tick(
        self,
        visit: Visit,
        contact_id: str,
        *,
        here: bool,
        met: Collection[str] = (),
        unmet: Collection[str] = (),
    ) -> Ticked:
        """On a visit a contact is in the room or is not, and met these colleagues there, or did not; all or none.

        Whoever is not in the room met nobody there. A pair that met later keeps its day; one that did not meet after
        all gets back the day it had before. The introduction of a pair that meets is done.
        """
        day = visit.day(self.db.clock())
        attendees, moves = Attendees(self.db), []
        with self.db.transaction():
            was_here = attendees.is_here(visit.id, contact_id)
            attendees.put(visit.id, contact_id, here=here)
            for pair in self.of(contact_id):
                if here and pair.colleague_id in met and (pair.met_on is None or pair.met_on < day):
                    moves.append(self._meet(visit, pair, day))
                elif pair.met_on == day and (not here or pair.colleague_id in unmet):
                    moves += self._unmeet(visit, pair, day, said=pair.colleague_id in unmet)
        return Ticked(visit.id, contact_id, was_here, tuple(moves))

    def untick(self, ticked: Ticked) -> None:
        """Undo `tick`; a pair that somebody changed since stays as it is."""
        with self.db.transaction():
            Attendees(self.db).put(ticked.visit_id, ticked.contact_id, here=ticked.was_here)
            for move in ticked.moves:
                now = self.find(move.after.id)
                if now is not None and now.met_on == move.after.met_on:
                    self.change(move.after, move.before)
                    Local(self.db).put(_memory(ticked.visit_id, now.id), move.memory)
                    if move.action is not None and Actions(self.db).find(move.action[0].id) == move.action[0]:
                        Actions(self.db).save(move.action[1])

    def forget(self, visit_id: str) -> None:
        """No longer know what stood there before the ticks of a visit: it is over."""
        Local(self.db).forget(_memory(visit_id, ""))

    def part_on(self, visit: Visit) -> list[str]:
        """Who met on a visit has not met there after all; returns the ids of the pairs, for `meet_on`."""
        day, moves = visit.day(self.db.clock()), []
        with self.db.transaction():
            for there in Attendees(self.db).where("visit_id = ?", [visit.id]):
                for pair in self.of(there.contact_id):
                    if pair.met_on == day:
                        moves += self._unmeet(visit, pair, day, said=False)
        return [move.after.id for move in moves]

    def meet_on(self, visit: Visit, pairs: Collection[str] | None) -> None:
        """These have met on a visit again; where nobody knows (None), those of the BRM."""
        day = visit.day(self.db.clock())
        with self.db.transaction():
            for there in Attendees(self.db).where("visit_id = ?", [visit.id]):
                for pair in self.of(there.contact_id):
                    met = pair.colleague_id == visit.brm_id if pairs is None else pair.id in pairs
                    if met and (pair.met_on is None or pair.met_on < day):
                        self._meet(visit, pair, day)

    def _meet(self, visit: Visit, pair: Counterpart, day: date) -> Move:
        memory = _memory(visit.id, pair.id)
        known = Local(self.db).get(memory) or None
        Local(self.db).put(memory, known or (pair.met_on.isoformat() if pair.met_on else NEVER))
        after = self.change(pair, pair.model_copy(update={"met_on": day}))
        return Move(pair, after, known, self._introduction(pair, "open", {"status": "done", "done_on": day}))

    def _unmeet(self, visit: Visit, pair: Counterpart, day: date, *, said: bool) -> list[Move]:
        """The day that stood there before. Where that is not known (another laptop ticked, or the visit was completed
        meanwhile) the last other visit on which both were there, if the colleague is the BRM or it is `said` that the
        two did not meet; somebody else may have met them on that day elsewhere."""
        memory = _memory(visit.id, pair.id)
        known = Local(self.db).get(memory) or None
        if known is not None:
            before = None if known == NEVER else stored_day(known)
        elif said or pair.colleague_id == visit.brm_id:
            row = self.db.row(MET_BY, [pair.contact_id, pair.colleague_id, visit.id])
            before = local_day(row[0])
        else:
            return []
        Local(self.db).put(memory, None)
        after = self.change(pair, pair.model_copy(update={"met_on": before}))
        action = None
        if before is None:
            action = self._introduction(pair, "done", {"status": "open", "done_on": None}, done_on=day)
        return [Move(pair, after, known, action)]

    def _introduction(
        self, pair: Counterpart, status: str, change: dict[str, object], done_on: date | None = None
    ) -> tuple[Action, Action] | None:
        """Change the action that introduces a pair, if there is one of this status: (after, before), to take back."""
        before = Actions(self.db).find(introduction_id(pair.contact_id, pair.colleague_id))
        if before is None or (before.status, before.done_on) != (status, done_on):
            return None
        return Actions(self.db).change(before, before.model_copy(update=change)), before

    def pair(self, contact_id: str, colleague_id: str, met_on: date | None) -> Counterpart:
        """The two should know each other, and have met on this day (None: not yet); one row, on two laptops too."""
        known = self.where(
            "contact_id = ? AND colleague_id = ?", [contact_id, colleague_id], "met_on DESC, id"
        )
        if known:
            return self.change(known[0], known[0].model_copy(update={"met_on": met_on}))
        row = Counterpart(
            id=fact_id("counterpart", contact_id, colleague_id),
            contact_id=contact_id,
            colleague_id=colleague_id,
            met_on=met_on,
        )
        if self.find(row.id) is not None:
            # An older Radar let a pair be given to another colleague.
            row = row.model_copy(update={"id": new_id()})
        return self.save(row)

    def part(self, contact_id: str, colleague_id: str) -> None:
        """The two need not know each other."""
        with self.db.transaction():
            for pair in self.where("contact_id = ? AND colleague_id = ?", [contact_id, colleague_id]):
                self.delete(pair.id)

    def to_introduce(self, contact_id: str, unmet: str | None = None) -> Colleague:
        """Whom of ours a contact should meet next: `unmet` where that is known.

        Raises RadarError where there is nobody, or it is agreed already.
        """
        contact, today = Contacts(self.db).get(contact_id), self.db.clock().date()
        pairs = [pair for pair in self.of(contact_id) if unmet in (None, pair.colleague_id)]
        found = to_introduce(contact.name, contact.function, pairs, Colleagues(self.db).here(), today)
        agreed = Actions(self.db).find(introduction_id(contact_id, found.id))
        if agreed is not None and agreed.status == "open":
            by = f" by {day_words(agreed.due_on)}" if agreed.due_on else ""
            raise RadarError(f"Agreed already{by}: {agreed.title}.", "It stands under the actions.")
        return found

    def introduce(
        self, contact_id: str, colleague: Colleague, owner_id: str | None, visit_id: str | None = None
    ) -> Introduction:
        """Agree to introduce two people, on a visit or between visits; one action a pair: proposed again it is the
        same one, open again."""
        contact = Contacts(self.db).get(contact_id)
        action = Action(
            id=introduction_id(contact_id, colleague.id),
            customer_id=contact.customer_id,
            visit_id=visit_id,
            title=f"Introduce {colleague.name} to {contact.name}",
            owner_id=owner_id,
            due_on=self.db.clock().date() + timedelta(days=DUE_IN_DAYS),
        )
        with self.db.transaction():
            before = Actions(self.db).find(action.id)
            known = self.where("contact_id = ? AND colleague_id = ?", [contact_id, colleague.id])
            pair = None if known else self.pair(contact_id, colleague.id, None)
            return Introduction(Actions(self.db).save(action), before, pair)

    def put_back(self, made: Introduction) -> None:
        """Undo `introduce`; what somebody did with the action, or that the two have met since, stays."""
        with self.db.transaction():
            if Actions(self.db).find(made.action.id) != made.action:
                return
            if made.before is not None:
                Actions(self.db).save(made.before)
            else:
                Actions(self.db).delete(made.action.id)
            if made.new_pair is not None and self.find(made.new_pair.id) == made.new_pair:
                self.delete(made.new_pair.id)

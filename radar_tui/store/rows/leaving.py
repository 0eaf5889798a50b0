"""Leaving a visit that was begun by mistake: discarding it, taking it up again, or going on with another checklist.

A discarded visit is cancelled, and what hangs on it stays in the file, where nobody reads it (leave_a_visit.sql).
What the visit changed elsewhere is put back here, and how it stood is kept on this laptop, to be taken up again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from radar_tui.domain.checklist import carried
from radar_tui.domain.visit import Stake, Visit
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.answer import Answers
from radar_tui.store.rows.checklist import Checklists
from radar_tui.store.rows.counterpart import Counterparts
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.visit import Visits, memory_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from radar_tui.domain.checklist import Checklist
    from radar_tui.store.connection import Connection
    from radar_tui.store.rows.answer import Moved

_STAKE = """
SELECT (SELECT count(*) FROM main.answer WHERE visit_id = :visit) AS answers,
    (SELECT count(*) FROM main.finding WHERE visit_id = :visit) AS findings,
    (SELECT count(*) FROM main.opportunity o JOIN main.opportunity_line l ON l.opportunity_id = o.id
        WHERE o.visit_id = :visit AND o.kind <> 'new stream') AS lines,
    (SELECT count(*) FROM main.opportunity WHERE visit_id = :visit AND kind = 'new stream') AS streams,
    (SELECT count(*) FROM main.action WHERE visit_id = :visit) AS actions,
    (SELECT count(*) FROM main.promise_check WHERE visit_id = :visit) AS promises,
    (SELECT count(*) FROM main.want WHERE visit_id = :visit) AS wants,
    (SELECT count(*) FROM main.attendee WHERE visit_id = :visit) AS people"""


class Followed(NamedTuple):
    """What following another checklist changed, to take it back: before and after."""

    before: Visit
    after: Visit
    answers: Moved


class Leaving:
    """What may become of a visit under way, beside being completed."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.visits = Visits(db)

    def stake(self, visit_id: str) -> Stake:
        """What hangs on a visit, discarded or not."""
        visit = self.visits.get(visit_id)
        next_id, _ = self._next(visit)
        next_one = self.visits.find(next_id)
        next_on = next_one.planned_on if next_one and next_one.status == "planned" else None
        counts = dict(self.db.row(_STAKE, {"visit": visit_id}))
        return Stake(**counts, next_on=next_on, planned_on=visit.planned_on)

    def may_be_left(self, visit_id: str) -> Visit:
        """The visit. Raises RadarError if the customer has sealed answers on it, or if it is not in progress."""
        visit = self.visits.get(visit_id)
        if visit.status != "in progress":
            raise RadarError(f"This visit is {visit.standing} by now.", "Nothing was changed.")
        if self.db.row("SELECT 1 FROM main.response WHERE visit_id = ? AND voided_at IS NULL", [visit_id]):
            raise RadarError("The customer has sealed answers on this visit: it stays.", "Complete it.")
        return visit

    # Discarding

    def discard(self, visit_id: str) -> Visit:
        """As if the visit had not begun; the one that was planned is planned again. All or none; `restore` undoes it.

        Raises RadarError, with nothing changed, if the customer has sealed answers on it or it is not in progress.
        """
        with self.db.transaction():
            visit = self.may_be_left(visit_id)
            known: dict[str, Any] = {"pairs": Counterparts(self.db).part_on(visit), **self._drop_next(visit)}
            self._plan_again(visit)
            Local(self.db).put(memory_of(visit_id, "discarded"), json.dumps(known))
            discarded = self.visits.save(visit.model_copy(update={"status": "cancelled"}))
            self.db.look_again()
        return discarded

    def restore(self, visit_id: str) -> Visit:
        """Take a discarded visit up again, with all that went with it. Raises RadarError if it is none by now."""
        with self.db.transaction():
            visit = self.visits.get(visit_id)
            if not visit.discarded:
                raise RadarError(f"This visit is {visit.standing} by now.", "Nothing was changed.")
            restored = self.visits.save(visit.model_copy(update={"status": "in progress"}))
            self.db.look_again()
            memory = Local(self.db).get(memory_of(visit_id, "discarded"))
            known: dict[str, Any] = json.loads(memory) if memory else {}
            self._put_next_back(restored, known)
            again = self.visits.find(fact_id("visit", "planned again", visit_id))
            if again is not None and again.status == "planned":
                self.visits.delete(again.id)
            Counterparts(self.db).meet_on(restored, known.get("pairs"))
            Local(self.db).put(memory_of(visit_id, "discarded"), None)
        return restored

    def _next(self, visit: Visit) -> tuple[str, str]:
        """The planned visit that this one raised or moved, and the day it stood on before (none: it is new)."""
        id, _, day = Local(self.db).get(memory_of(visit.id, "next")).partition(" ")
        return id or fact_id("visit", "next after", visit.id), day

    def _drop_next(self, visit: Visit) -> dict[str, str]:
        """The visit that was planned on this one is planned no more, or for the day it had before."""
        id, day = self._next(visit)
        planned = self.visits.find(id)
        if planned is None or planned.status != "planned" or planned.planned_on is None:
            return {}
        if day == planned.planned_on.isoformat():
            return {}
        change = {"planned_on": day} if day else {"status": "cancelled"}
        self.visits.save(Visit.model_validate({**planned.model_dump(), **change}))
        return {"next": id, "from": day, "to": planned.planned_on.isoformat()}

    def _put_next_back(self, visit: Visit, known: Mapping[str, str]) -> None:
        id, day = known.get("next", ""), known.get("from", "")
        if not known:  # it was discarded on another laptop
            id = fact_id("visit", "next after", visit.id)
        planned = self.visits.find(id)
        if planned is None or planned.status != ("planned" if day else "cancelled"):
            return
        if day and (planned.planned_on is None or planned.planned_on.isoformat() != day):
            return
        change = {"planned_on": known["to"]} if day else {"status": "planned"}
        self.visits.save(Visit.model_validate({**planned.model_dump(), **change}))

    def _plan_again(self, visit: Visit) -> None:
        """What this visit was before it began; on two laptops it is one."""
        id = fact_id("visit", "planned again", visit.id)
        if visit.planned_on is None or self.visits.find(id) is not None:
            return
        known = Local(self.db).get(memory_of(visit.id, "planned"))
        was = json.loads(known) if known else visit.model_dump(include={"checklist_id", "occasion", "brm_id"})
        self.visits.save(
            Visit.model_validate(
                {"id": id, "customer_id": visit.customer_id, "planned_on": visit.planned_on, **was}
            )
        )

    # Another checklist

    def lost_with(self, visit_id: str, checklist: Checklist) -> list[str]:
        """The questions whose answers another checklist does not ask for, in words."""
        visit = self.visits.get(visit_id)
        old, answers = Checklists(self.db).of_visit(visit), Answers(self.db).of_visit(visit_id)
        kept = carried(old, checklist, answers.values())
        lost = dict.fromkeys(question for question, subject in answers if (question, subject) not in kept)
        return [str(found[1].ask) for key in lost if (found := old.question(key))]

    def follow(self, visit_id: str, checklist: Checklist) -> Followed:
        """Go on with another checklist. Answers to questions that both ask stay, with what they raise there; those to
        others stay in the file, and raise nothing while nobody asks. Findings, lines and people stay with the visit.

        Raises RadarError, with nothing changed, if the customer has sealed answers on it or it is not in progress.
        """
        with self.db.transaction():
            before = self.may_be_left(visit_id)
            pinned = Checklists(self.db).pin(checklist)
            change = {"checklist_id": pinned, "occasion": checklist.occasion}
            after = self.visits.save(before.model_copy(update=change))
            return Followed(before, after, Answers(self.db).follow(before, after))

    def follow_back(self, done: Followed) -> None:
        """Undo `follow`; of answers and actions, those that were changed since stay. Raises RadarError if the visit has
        moved on."""
        with self.db.transaction():
            self.visits.change_back(done.before, done.after)
            Answers(self.db).follow_back(done.answers)

"""Answers as rows, and the action that an answer raises in the same transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.action import Action
from radar_tui.domain.checklist import carried, parse, raised, show, shown, understood, values_of
from radar_tui.domain.room import mark_after
from radar_tui.domain.visit import Answer
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.action import Actions
from radar_tui.store.rows.checklist import Checklists
from radar_tui.store.rows.table import Table
from radar_tui.store.rows.visit import Visits

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Question
    from radar_tui.domain.visit import Visit

if TYPE_CHECKING:
    # A visit, what its checklist asks, and whether that is asked there.
    _Side = tuple[Visit, Question | None, bool]

# What a question may repeat over, and the column that names such a subject.
_LABELS = {"item": "tag", "contact": "name", "stream": "name", "promise": "title"}


class SavedAnswer(NamedTuple):
    """An answer as saved, what stood there before, and the action that it raised."""

    answer: Answer
    before: Answer | None
    action: Action | None


class Moved(NamedTuple):
    """What another checklist changed: answers, and actions by id (None: there is none), before and after."""

    answers: list[tuple[Answer, Answer]]
    actions: dict[str, tuple[Action | None, Action | None]]


class Answers(Table[Answer]):
    """The `answer` table: one row a visit, question and subject."""

    name = "answer"
    model = Answer

    def of_visit(self, visit_id: str) -> dict[tuple[str, str | None], Answer]:
        """(Question key, subject id) to answer."""
        return {(row.question, row.subject_id): row for row in self.where("visit_id = ?", [visit_id])}

    def of(self, visit_id: str, question_key: str, subject_id: str | None = None) -> Answer | None:
        """The answer to one question, if there is one."""
        return self.find(fact_id("answer", visit_id, question_key, subject_id))

    def answer(
        self,
        visit_id: str,
        question: Question | str,
        value: str | None,
        *,
        subject_id: str | None = None,
        note: str | None = None,
        flagged: bool | None = None,
    ) -> SavedAnswer:
        """Keep an answer and the action it raises, all or none; durable on return.

        `question` is the question or its key, `value` what `parse` understands (kept in its canonical form) or None
        when only a note is taken. A `note` of None keeps the note there, a `flagged` of None follows the question.
        Raises RadarError if the visit's checklist does not ask this or the value is no answer to it.
        """
        with self.db.transaction():
            asked = question
            if isinstance(asked, str):
                asked = self._question(Visits(self.db).get(visit_id), asked)
            if value is not None:
                value = _canonical(asked, value)
            id = fact_id("answer", visit_id, asked.key, subject_id)
            before = self.find(id)
            kept, ours = (before.note, before.ours) if before else ("", None)
            answer = self.save(
                Answer(
                    id=id,
                    visit_id=visit_id,
                    question=asked.key,
                    subject_id=subject_id,
                    value=value,
                    note=kept if note is None else note,
                    flagged=raised(asked, value).flagged if flagged is None else flagged,
                    answered_at=self.db.clock(),
                    ours=mark_after(ours, kept, kept if note is None else note),
                )
            )
            visit = Visits(self.db).get(visit_id)
            action = self._raise(visit, asked, answer, before) if asked.action else None
            self._keep_in_step(visit, asked.key, before)
        return SavedAnswer(answer, before, action)

    def take_back(
        self, visit_id: str, question: Question | str, subject_id: str | None = None
    ) -> Answer | None:
        """As if it had not been answered; returns what stood there, for undo.

        The action that it raised goes with it while it is open and nobody has changed it.
        """
        key = question if isinstance(question, str) else question.key
        with self.db.transaction():
            before = self.of(visit_id, key, subject_id)
            if before is not None:
                visit = Visits(self.db).get(visit_id)
                asked = self._question(visit, key)
                self.delete(before.id)
                if asked.action:
                    self._raise(visit, asked, None, before)
                self._keep_in_step(visit, key, before)
        return before

    def _keep_in_step(self, visit: Visit, key: str, before: Answer | None) -> None:
        """What an answer raised goes while its question is not asked because of the answer to `key`, and comes back
        with it; `before` is what stood there."""
        checklist = Checklists(self.db).of_visit(visit)
        if not any(key in question.when for step in checklist.steps for question in step.questions):
            return
        answers = self.of_visit(visit.id)
        now = values_of(answers)
        changed = {place: before.value if before else None for place in now if place[0] == key}
        if before is not None:
            changed[key, before.subject_id] = before.value
        was = {**now, **changed}
        for (about, subject), answer in answers.items():
            if (found := checklist.question(about)) is None or not found[1].when:
                continue
            asked = found[1]
            stood, stands = (shown(checklist, asked, values, subject) for values in (was, now))
            if stood != stands:
                self.save(
                    answer.model_copy(update={"flagged": stands and raised(asked, answer.value).flagged})
                )
                self._raise(visit, asked, *((answer, None) if stands else (None, answer)))

    def follow(self, before: Visit, after: Visit) -> Moved:
        """Bring the answers of a visit in line with another checklist: what the questions of the old one raised goes,
        and what those of the new one raise comes. An answer that its question no longer understands becomes a note."""
        old, new = Checklists(self.db).of_visit(before), Checklists(self.db).of_visit(after)
        known = self.of_visit(before.id)
        kept = carried(old, new, known.values())
        was = values_of(known)
        now = {place: value for place, value in was.items() if place in kept}
        moved = Moved([], {})
        for place, answer in known.items():
            asked = tuple(found[1] if (found := one.question(place[0])) else None for one in (old, new))
            stood = asked[0] is not None and shown(old, asked[0], was, place[1])
            stands = asked[1] is not None and place in kept and shown(new, asked[1], now, place[1])
            if not (stood and stands and asked[0] == asked[1]):
                self._move(answer, (before, asked[0], stood), (after, asked[1], stands), moved)
        return moved

    def _move(self, answer: Answer, old: _Side, new: _Side, moved: Moved) -> None:
        """One answer from the question of one checklist to that of another."""
        id = fact_id("action", answer.visit_id, answer.question, answer.subject_id)
        before, asked = Actions(self.db).find(id), new[1]
        if old[1] is not None and old[2]:
            self._raise(old[0], old[1], None, answer)
        value, note = answer.value, answer.note
        if asked is not None and not understood(asked, value):
            told = show(old[1], value) if old[1] else str(value)
            value, note = None, f"{told} {note}".strip()
        flagged = asked is not None and new[2] and raised(asked, value).flagged
        after = answer.model_copy(update={"value": value, "note": note, "flagged": flagged})
        if after != answer:
            moved.answers.append((answer, self.save(after)))
        if asked is not None and new[2]:
            self._raise(new[0], asked, after, None)
        if (now := Actions(self.db).find(id)) != before:
            moved.actions[id] = before, now

    def follow_back(self, moved: Moved) -> None:
        """Undo `follow`; what was changed since stays."""
        actions = Actions(self.db)
        with self.db.transaction():
            for before, after in moved.answers:
                if self.find(after.id) == after:
                    self.save(before)
            for id, (was, now) in moved.actions.items():
                if actions.find(id) == now:
                    if was is None:
                        actions.delete(id)
                    else:
                        actions.save(was)

    def _question(self, visit: Visit, key: str) -> Question:
        found = Checklists(self.db).of_visit(visit).question(key)
        if found is None:
            raise RadarError(f"The checklist of this visit does not ask “{key}”.", "Open the visit again.")
        return found[1]

    def _raise(
        self, visit: Visit, asked: Question, now: Answer | None, before: Answer | None
    ) -> Action | None:
        """Bring the action of a question in line with its answer; an action that somebody changed stays as it is."""
        about = now or before
        if about is None:
            return None
        wanted = self._action(visit, asked, about, now.value if now else None)
        there = Actions(self.db).find(fact_id("action", visit.id, asked.key, about.subject_id))
        if there is not None and there != wanted:
            if there != self._action(visit, asked, about, before.value if before else None):
                return there
            if wanted is None:
                Actions(self.db).delete(there.id)
        if wanted is not None and wanted != there:
            Actions(self.db).save(wanted)
        return wanted

    def _action(self, visit: Visit, asked: Question, about: Answer, value: str | None) -> Action | None:
        """The action that a value raises: the visit's BRM does it, so many days after the day of the visit."""
        title = raised(asked, value).action
        if title is None:
            return None
        return Action(
            id=fact_id("action", visit.id, asked.key, about.subject_id),
            customer_id=visit.customer_id,
            visit_id=visit.id,
            title=self._label(visit, asked, about.subject_id) + title,
            owner_id=visit.brm_id,
            due_on=visit.day(self.db.clock()) + timedelta(days=asked.days),
        )

    def _label(self, visit: Visit, asked: Question, subject_id: str | None) -> str:
        """`W-014: ` for an action about one item, and so on; nothing for an action about the visit."""
        found = Checklists(self.db).of_visit(visit).question(asked.key) if subject_id else None
        if found is None or found[0].each is None:
            return ""
        if found[0].each == "half hour":
            return f"{subject_id}: "
        table, column = found[0].each, _LABELS[found[0].each]
        row = self.db.row(f"SELECT {column} FROM {table} WHERE id = ?", [subject_id])  # noqa: S608 -- our own words only
        return f"{row[0]}: " if row else ""


def _canonical(asked: Question, value: str) -> str:
    try:
        return parse(asked, value)
    except ValueError as error:
        raise RadarError(f"This is not an answer to “{asked.ask}”.", f"Please give {error}.") from error

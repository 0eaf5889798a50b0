"""The shipped checklists as the sample's visits pinned them, and what was answered to their questions."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.checklists.loader import shipped
from radar_tui.domain.action import Action
from radar_tui.domain.checklist import raised, visible
from radar_tui.domain.integrity import Finding
from radar_tui.domain.observation import half_hours
from radar_tui.domain.question_type import scale
from radar_tui.domain.visit import NOT_APPLICABLE, Answer, Attendee, Visit
from radar_tui.store.ids import fact_id
from tests.sample import phrases
from tests.sample.places import BY_ID
from tests.sample.world import LAST_DAY, chance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from radar_tui.domain.checklist import Checklist, Each, Question
    from radar_tui.domain.visit import Occasion
    from radar_tui.store.store import Store
    from tests.sample.places import Place
    from tests.sample.world import World

Values = dict[tuple[str, str | None], str | None]
# Items that a step repeats over are too many to answer for all; those that are worn come first.
_MOST_ITEMS = 8


class Checklists:
    """Which checklist a visit of the sample uses. They are told by what they hold, so that a new version fits."""

    def __init__(self, store: Store) -> None:
        self._ids = {checklist.key: store.checklist.pin(checklist) for checklist in shipped()}
        self._by_id = {self._ids[checklist.key]: checklist for checklist in shipped()}
        self._refurbishment = _holding("integrity")
        self._service = _holding("tickets")
        self.self_check_id = self._ids[_for_occasion("self-check").key]
        self.observation_id = self._ids[_for_occasion("observation day").key]

    def id_for(self, place: Place, *, review: bool = False) -> str:
        """The id of the checklist for a customer visit; a `review` is about service only."""
        return self._ids[self._for(place, review).key]

    def last_step(self, place: Place, *, review: bool = False) -> str:
        """The key of the step with which a visit ends."""
        return self._for(place, review).steps[-1].key

    def integrity_step(self) -> str:
        """The key of the step in which items are graded."""
        return next(step.key for step in self._refurbishment.steps if step.kind == "integrity")

    def _for(self, place: Place, review: bool) -> Checklist:
        return self._service if review or place.kind == "service" else self._refurbishment

    def add_answers(self, world: World) -> None:
        """Answers of every visit that was held, and of the one under way as far as it came."""
        rooms: dict[str, list[str]] = {}
        for attendee in world.all(Attendee):
            rooms.setdefault(attendee.visit_id, []).append(attendee.contact_id)
        worn: dict[str, list[str]] = {}
        for finding in sorted(
            world.all(Finding), key=lambda row: (row.verdict == "serviceable", row.found_at)
        ):
            worn.setdefault(finding.visit_id, []).append(finding.item_id)
        for visit in world.all(Visit):
            if visit.status in ("completed", "in progress"):
                subjects: dict[Each, Sequence[str]] = {
                    "contact": rooms.get(visit.id, []),
                    "item": worn.get(visit.id, [])[:_MOST_ITEMS],
                    "half hour": _half_hours(visit),
                }
                self._answer_visit(world, visit, subjects)

    def _answer_visit(self, world: World, visit: Visit, subjects: dict[Each, Sequence[str]]) -> None:
        checklist = self._by_id[visit.checklist_id]
        place = BY_ID.get(visit.customer_id or "")
        values: Values = {}
        for step in checklist.steps:
            if visit.status == "in progress" and step.key == visit.current_step:
                return
            over: Sequence[str | None] = subjects.get(step.each, ()) if step.each else (None,)
            for subject in over:
                for question in step.questions:
                    random = chance("answer", visit.id, question.key, subject)
                    if question not in visible(checklist, step, values, subject):
                        continue
                    value = _value(question, random, visit, place)
                    if value is not None:
                        values[question.key, subject] = value
                        _add_answer(world, visit, question, subject, value, len(values), random)


def _half_hours(visit: Visit) -> list[str]:
    """Those of an observation day, in UTC as all moments of the sample."""
    if visit.occasion != "observation day" or visit.started_at is None or visit.completed_at is None:
        return []
    return half_hours(visit.started_at, visit.completed_at, ())


def _holding(kind: str) -> Checklist:
    return next(
        checklist
        for checklist in shipped()
        if checklist.occasion == "customer visit" and any(step.kind == kind for step in checklist.steps)
    )


def _for_occasion(occasion: Occasion) -> Checklist:
    return next(checklist for checklist in shipped() if checklist.occasion == occasion)


def _add_answer(
    world: World,
    visit: Visit,
    question: Question,
    subject: str | None,
    value: str,
    number: int,
    random: Random,
) -> None:
    assert visit.started_at is not None
    flagged, action = raised(question, value)
    noted = random.random() < (0.7 if flagged else 0.06) and question.type != "text"
    world.add(
        Answer(
            id=fact_id("answer", visit.id, question.key, subject),
            visit_id=visit.id,
            question=question.key,
            subject_id=subject,
            value=value,
            note=random.choice(phrases.ANSWER_NOTES[flagged]) if noted else "",
            flagged=flagged,
            answered_at=visit.started_at + timedelta(seconds=40 * number + random.randrange(30)),
        )
    )
    if action is not None:
        day = visit.started_at.date()
        due = day + timedelta(days=question.days)
        done = due < LAST_DAY
        world.add(
            Action(
                id=fact_id("action", visit.id, question.key, subject),
                customer_id=visit.customer_id,
                visit_id=visit.id,
                title=action,
                owner_id=visit.brm_id,
                due_on=due,
                status="done" if done else "open",
                done_on=min(due + timedelta(days=random.randrange(-6, 5)), LAST_DAY) if done else None,
            )
        )


def _value(question: Question, random: Random, visit: Visit, place: Place | None) -> str | None:
    """A canonical value, or None where the question was passed over."""
    if not question.required and random.random() < 0.12:
        return NOT_APPLICABLE if random.random() < 0.3 else None
    value = _MAKERS[question.type](question, random, visit)
    if value is None:
        return None
    # At a customer that drifts away the second thoughts stay out: more answers are flagged.
    patience = 0.35 if place is not None and place.key == "velden" else 0.8
    if raised(question, value).flagged and random.random() < patience:
        value = _MAKERS[question.type](question, random, visit)
    return value


def _yes_no(question: Question, random: Random, visit: Visit) -> str:
    likely = 0.12 if "yes" in question.flag else 0.86
    return "yes" if random.random() < likely else "no"


def _choice(question: Question, random: Random, visit: Visit) -> str:
    # The options of a checklist go from the usual to the rare.
    keys = list(question.options)
    return random.choices(keys, [2.0**-place for place in range(len(keys))])[0]


def _several(question: Question, random: Random, visit: Visit) -> str | None:
    # Where most choices are flagged the question asks for troubles: on most days there are none.
    if len(question.flag) > 1 and random.random() < 0.8:
        return None
    keys = [key for key in question.options if key != "none"]
    chosen = random.sample(keys, min(len(keys), random.choice((1, 1, 2))))
    return json.dumps([key for key in keys if key in chosen])


def _number(question: Question, random: Random, visit: Visit) -> str:
    low = question.min or 0.0
    high = question.max if question.max is not None else low + 100
    limits = [float(said.lstrip("<>= ")) for said in question.flag if said.startswith(">")]
    if limits:
        return str(round(low + (1.5 * min(limits) - low) * random.betavariate(1.6, 2.6)))
    # Without a limit: hours, as many as a plant runs in a quarter.
    usual = min(high, 1750.0) if question.unit == "h" else min(high, 60.0)
    return str(round(low + (usual - low) * random.uniform(0.6, 1)))


def _rating(question: Question, random: Random, visit: Visit) -> str:
    low, high = scale(question)
    return str(round(low + (high - low) * random.betavariate(5, 1.6)))


def _date(question: Question, random: Random, visit: Visit) -> str:
    assert visit.started_at is not None
    near = visit.occasion == "self-check"
    day = visit.started_at.date() + timedelta(
        days=random.randrange(0, 3) if near else random.randrange(20, 300)
    )
    return day.isoformat()


def _text(question: Question, random: Random, visit: Visit) -> str:
    pool = phrases.ANSWER_TEXTS.get(visit.occasion, ())
    told = [said for part, said in phrases.ANSWER_TEXTS_FOR.items() if part in question.key]
    return random.choice(phrases.heard(told[0] if told else pool, BY_ID.get(visit.customer_id or "")))


_MAKERS: dict[str, Callable[[Question, Random, Visit], str | None]] = {
    "yes/no": _yes_no,
    "choice": _choice,
    "several": _several,
    "number": _number,
    "rating": _rating,
    "date": _date,
    "text": _text,
}

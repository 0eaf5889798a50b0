"""One use of a checklist, who was there, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.row import Day, Moment, Row
from radar_tui.domain.text import plural

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

Occasion = Literal["customer visit", "self-check", "observation day"]
VisitStatus = Literal["planned", "in progress", "completed", "missed", "cancelled"]

NOT_APPLICABLE = "n/a"


class Visit(Row):
    """One visit; `customer_id` is None for a self-check. `current_step` is the key of the step last open."""

    customer_id: str | None = None
    occasion: Occasion = "customer visit"
    checklist_id: str
    status: VisitStatus = "planned"
    planned_on: Day | None = None
    started_at: Moment | None = None
    completed_at: Moment | None = None
    brm_id: str | None = None
    current_step: str = ""
    summary: str = ""
    completed_on: Day | None = None
    """The day on the wall where it was completed."""

    @property
    def discarded(self) -> bool:
        """Whether it was begun by mistake: nobody reads what hangs on it until it is taken up again."""
        return self.status == "cancelled" and self.started_at is not None

    @property
    def standing(self) -> str:
        """Its status, in the word for who reads it."""
        return "discarded" if self.discarded else self.status

    def completed_day(self, now: datetime) -> date | None:
        """The day it was completed on, from before that was kept where the clock that says `now` hangs; None if it was
        never completed."""
        if self.completed_on is None and self.completed_at is not None:
            return self.completed_at.astimezone(now.tzinfo).date()
        return self.completed_on

    def day(self, now: datetime) -> date:
        """The day it took place; of one that is not completed, where the clock that says `now` hangs."""
        if self.started_at is not None and self.completed_at is None:
            return self.started_at.astimezone(now.tzinfo).date()
        return self.completed_day(now) or self.planned_on or now.date()


class Stake(NamedTuple):
    """What hangs on a visit: how much of what, the next visit that was planned on it, and for when it was planned."""

    answers: int
    findings: int
    lines: int
    streams: int
    actions: int
    promises: int
    wants: int
    people: int
    next_on: date | None = None
    planned_on: date | None = None

    def without(self, kinds: Collection[str]) -> Stake:
        """What hangs on it that steps of none of these kinds show."""
        shown_by = {
            "findings": {"integrity"}, "lines": {"replacements", "spares"}, "streams": {"new_streams"},
            "actions": {"actions"}, "promises": {"promises"}, "wants": {"promises"}, "people": {"people"},
        }  # fmt: skip
        shown = {name: 0 for name, by in shown_by.items() if by & {*kinds}}
        return Stake(**{**self._asdict(), "answers": 0, **shown})

    def words(self) -> str:
        """`12 answers, 3 findings, 2 people in the room`; empty where nothing does."""
        counts = (
            (self.answers, "answer", None), (self.findings, "finding", None), (self.lines, "line", None),
            (self.streams, "new stream", None), (self.actions, "action", None),
            (self.promises, "word on a promise", "words on promises"), (self.wants, "want", None),
            (self.people, "person in the room", "people in the room"),
        )  # fmt: skip
        return ", ".join(plural(count, one, many) for count, one, many in counts if count)


class Attendee(Row):
    """A contact who was in the room."""

    visit_id: str
    contact_id: str


class Answer(Row):
    """What was answered to one question about one subject (None: about the visit).

    `value` is text: `yes`/`no`, a choice key, a JSON list of choice keys, a number in the question's unit,
    a date, free text, `n/a`; None when only a note was taken. `ours`: the note is (domain/room.py).
    """

    visit_id: str
    question: str
    subject_id: str | None = None
    value: str | None = None
    note: str = ""
    flagged: bool = False
    answered_at: Moment
    ours: bool | None = None

"""Which questions a visit asks, about what, and what is still to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.checklist import values_of, visible
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.store.lists.visit import VisitLists

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Question, Step
    from radar_tui.domain.visit import Answer
    from radar_tui.ui.steps.base.book import Book

Known = dict[tuple[str, str | None], "Answer"]
"""(Question key, subject id) to answer."""


class AskedQuestion(NamedTuple):
    """One question about one subject (None: about the visit), with its answer, if there is one."""

    question: Question
    subject_id: str | None
    subject: str
    answer: Answer | None

    @property
    def key(self) -> str:
        """What tells it from the other rows."""
        return f"{self.question.key} {self.subject_id or ''}"

    @property
    def value(self) -> str | None:
        """The canonical value; None while not answered."""
        return self.answer.value if self.answer else None

    @property
    def words(self) -> str:
        """The question, with its subject where it has one."""
        return f"{self.subject}: {self.question.ask}" if self.subject else str(self.question.ask)


def questions_of(book: Book, step: Step, known: Known) -> list[AskedQuestion]:
    """The questions of a step that are to be asked now, subject by subject."""
    subjects: list[tuple[str | None, str]] = [(None, "")]
    if step.each is not None:
        lists = VisitLists(book.store, book.visit)
        ours = lists.streams_of_ours() if book.discreet else ()
        subjects = [
            (id, name)
            for id, name in lists.subjects(step.each, book.today)
            if id not in ours and not book.hides(None, name)
        ]
    values = values_of(known)
    return [
        AskedQuestion(question, subject_id, name, known.get((question.key, subject_id)))
        for subject_id, name in subjects
        for question in visible(book.checklist, step, values, subject_id)
    ]


def progress(questions: list[AskedQuestion]) -> tuple[int, int]:
    """Answered, of how many; n/a leaves both."""
    counting = [asked for asked in questions if asked.value != NOT_APPLICABLE]
    return sum(asked.value is not None for asked in counting), len(counting)


def left(questions: list[AskedQuestion]) -> list[AskedQuestion]:
    """The required ones that are not answered."""
    return [asked for asked in questions if asked.question.required and asked.value is None]


def next_after(questions: list[AskedQuestion], key: str) -> str:
    """The key of the first unanswered question below `key`; where there is none, of the one below it."""
    keys = [asked.key for asked in questions]
    at = keys.index(key) if key in keys else -1
    for asked in questions[at + 1 :]:
        if asked.value is None:
            return asked.key
    return keys[min(at + 1, len(keys) - 1)] if keys else ""


def resume_at(questions: list[AskedQuestion]) -> str:
    """The first unanswered question after the one answered last; at first the first one."""
    answered = [(asked.answer.answered_at, place) for place, asked in enumerate(questions) if asked.answer]
    if not answered:
        return questions[0].key if questions else ""
    return next_after(questions, questions[max(answered)[1]].key)

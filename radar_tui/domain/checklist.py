"""A checklist: steps and questions, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from radar_tui.domain.customer import CustomerKind
from radar_tui.domain.question import (
    ACTION_DAYS,
    ChecklistKey,
    Question,
    Raised,
    meets,
    parse,
    raised,
    show,
)
from radar_tui.domain.row import Name, Row
from radar_tui.domain.visit import NOT_APPLICABLE, Answer, Occasion
from radar_tui.domain.words import Faults, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from radar_tui.domain.customer import Customer

__all__ = [
    "ACTION_DAYS",
    "STEP_RULES",
    "Checklist",
    "Each",
    "Faults",
    "Left",
    "Question",
    "Raised",
    "Step",
    "StepKind",
    "StoredChecklist",
    "Words",
    "carried",
    "parse",
    "progress",
    "raised",
    "required_left",
    "show",
    "shown",
    "understood",
    "values_of",
    "visible",
]

StepKind = Literal[
    "questions",
    "integrity",
    "replacements",
    "spares",
    "new_streams",
    "tickets",
    "feedback",
    "kpis",
    "promises",
    "nps",
    "actions",
    "people",
    "next_visit",
    "summary",
]
Each = Literal["item", "contact", "stream", "promise", "half hour"]


class StepRule(NamedTuple):
    """Of a kind of step: whether it has something to show `without_customer`, and whether it is `of_service` alone."""

    without_customer: bool = False
    of_service: bool = False


STEP_RULES: Mapping[StepKind, StepRule] = {
    "questions": StepRule(without_customer=True),
    "integrity": StepRule(),
    "replacements": StepRule(),
    "spares": StepRule(),
    "new_streams": StepRule(),
    "tickets": StepRule(of_service=True),
    "feedback": StepRule(of_service=True),
    "kpis": StepRule(of_service=True),
    "promises": StepRule(without_customer=True),
    "nps": StepRule(),
    "actions": StepRule(without_customer=True),
    "people": StepRule(),
    "next_visit": StepRule(without_customer=True),
    "summary": StepRule(without_customer=True),
}


class Step(BaseModel):
    """One step. Only `questions` steps have questions, repeated over `each` subject where asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ChecklistKey
    kind: StepKind
    title: Words
    help: Words = Words("")
    each: Each | None = None
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Step:
        faults: list[tuple[tuple[str | int, ...], str]] = []
        if self.kind == "questions" and not self.questions:
            faults.append(((), f"the step “{self.key}” has no questions"))
        if self.kind != "questions" and self.questions:
            faults.append((("questions", 0), f"a step of kind “{self.kind}” has no questions of its own"))
        if self.kind != "questions" and self.each:
            faults.append((("each",), f"a step of kind “{self.kind}” does not repeat"))
        if faults:
            raise Faults(*faults)
        return self


class Checklist(BaseModel):
    """A template of steps and questions with an id (`key`) and a version; a visit is one use of it.

    `suits` names the kinds of customer it is proposed for; empty: all of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ChecklistKey
    version: int = Field(strict=True, ge=1, le=1_000_000)
    title: Words
    occasion: Occasion = "customer visit"
    suits: tuple[CustomerKind, ...] = ()
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Checklist:
        faults = [*_step_faults(self), *_question_faults(self)]
        if faults:
            raise Faults(*faults)
        return self

    def suits_kind(self, kind: CustomerKind) -> bool:
        """Whether it is proposed for this kind of customer."""
        return not self.suits or kind in self.suits

    def step(self, key: str) -> Step | None:
        """The step with this key."""
        return next((step for step in self.steps if step.key == key), None)

    def question(self, key: str) -> tuple[Step, Question] | None:
        """The question with this key, and the step it stands in."""
        for step in self.steps:
            for question in step.questions:
                if question.key == key:
                    return step, question
        return None


class StoredChecklist(Row):
    """A definition as it was when the first visit used it; `definition` is JSON."""

    key: str
    version: int
    title: Name
    definition: str


class Left(NamedTuple):
    """A required question that is still unanswered; `subject` is the id of what it repeats over."""

    step: Step
    question: Question
    subject: str | None


def values_of(answers: Mapping[tuple[str, str | None], Answer]) -> dict[tuple[str, str | None], str | None]:
    """The canonical values of answers, by (question key, subject id)."""
    return {place: answer.value for place, answer in answers.items()}


def carried(old: Checklist, new: Checklist, answers: Iterable[Answer]) -> set[tuple[str, str | None]]:
    """Which answers given with one checklist also answer another: (question key, subject id) of those whose question
    both ask about the same, in a way that understands the answer."""
    kept = set()
    for answer in answers:
        was, now = old.question(answer.question), new.question(answer.question)
        if was and now and was[0].each == now[0].each and understood(now[1], answer.value):
            kept.add((answer.question, answer.subject_id))
    return kept


def understood(question: Question, value: str | None) -> bool:
    """Whether a canonical value is one of this question; no value always is."""
    try:
        return value is None or parse(question, value) == value
    except ValueError:
        return False


def visible(
    checklist: Checklist,
    step: Step,
    values: Mapping[tuple[str, str | None], str | None],
    subject: str | None = None,
) -> list[Question]:
    """The questions of a step that are to be shown for a subject: `when` holds, and what it asks of is shown itself.

    `values` are canonical values by (question key, subject id). N/A hides what depends on it.
    """
    return [question for question in step.questions if shown(checklist, question, values, subject)]


def progress(
    checklist: Checklist,
    step: Step,
    values: Mapping[tuple[str, str | None], str | None],
    subjects: Sequence[str | None] = (None,),
) -> tuple[int, int]:
    """(answered, of) over the visible questions of a step and its subjects; N/A is in neither number."""
    answered = of = 0
    for subject in subjects if step.each else (None,):
        for question in visible(checklist, step, values, subject):
            value = values.get((question.key, subject))
            if value == NOT_APPLICABLE:
                continue
            of += 1
            answered += value is not None
    return answered, of


def required_left(
    checklist: Checklist,
    values: Mapping[tuple[str, str | None], str | None],
    subjects: Mapping[Each, Sequence[str]],
) -> list[Left]:
    """Required visible questions without a value, in order; N/A is an answer. `subjects`: ids to repeat over."""
    left = []
    for step in checklist.steps:
        over: Sequence[str | None] = subjects.get(step.each, ()) if step.each else (None,)
        for subject in over:
            left += [
                Left(step, question, subject)
                for question in visible(checklist, step, values, subject)
                if question.required and values.get((question.key, subject)) is None
            ]
    return left


def shown(
    checklist: Checklist,
    question: Question,
    values: Mapping[tuple[str, str | None], str | None],
    subject: str | None,
) -> bool:
    """Whether a question is asked about a subject: as `visible`, of one alone."""
    for key, conditions in question.when.items():
        if (found := checklist.question(key)) is None:
            return False
        step, asked = found
        about = subject if step.each else None
        if not meets(asked, conditions, values.get((key, about))):
            return False
        if not shown(checklist, asked, values, about):
            return False
    return True


_Fault = tuple[tuple[str | int, ...], str]


def _step_faults(checklist: Checklist) -> Iterator[_Fault]:
    keys: set[str] = set()
    kinds: set[str] = set()
    if not checklist.steps:
        yield ("steps",), "a checklist needs at least one step"
    for index, step in enumerate(checklist.steps):
        at = ("steps", index)
        if step.key in keys:
            yield (*at, "key"), f"another step already has the key “{step.key}”"
        if step.kind != "questions" and step.kind in kinds:
            yield (*at, "kind"), f"there can be only one step of kind “{step.kind}”"
        keys.add(step.key)
        kinds.add(step.kind)
        if checklist.occasion != "self-check":
            continue
        if not STEP_RULES[step.kind].without_customer:
            yield (*at, "kind"), f"a self-check has no customer, so no step of kind “{step.kind}”"
        if step.each not in (None, "promise"):
            yield (*at, "each"), f"a self-check has no customer, so nothing repeats over each {step.each}"


def _question_faults(checklist: Checklist) -> Iterator[_Fault]:
    earlier: dict[str, tuple[Step, Question]] = {}
    later = {question.key for step in checklist.steps for question in step.questions}
    for index, step in enumerate(checklist.steps):
        for place, question in enumerate(step.questions):
            at = ("steps", index, "questions", place)
            if question.key in earlier:
                yield (*at, "key"), f"another question already has the key “{question.key}”"
            for key, conditions in question.when.items():
                where = (*at, "when", key)
                if key not in earlier:
                    known = "comes later or is this one" if key in later else "is not in this checklist"
                    yield where, f"“when” refers to “{key}”, which {known}"
                    continue
                asked_in, asked = earlier[key]
                if asked_in.each and asked_in.each != step.each:
                    yield where, f"“{key}” is asked of each {asked_in.each}, so it has no single answer here"
                for condition in conditions:
                    if reason := asked.kind.impossible(asked, condition):
                        yield where, reason
            earlier.setdefault(question.key, (step, question))


def fitting_checklists(checklists: Sequence[Checklist], customer: Customer | None) -> list[Checklist]:
    """Those for customers, the one for this kind first; for ourselves those that have no customer."""
    if customer is None:
        return [one for one in checklists if one.occasion == "self-check"]
    for_customers = [one for one in checklists if one.occasion != "self-check"]
    return sorted(
        for_customers,
        key=lambda one: (not one.suits_kind(customer.kind), one.occasion != "customer visit"),
    )

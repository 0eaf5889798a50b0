"""One question of a checklist: its words, what may be answered, and what an answer raises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from radar_tui.domain.question_type import FLAGGED, TYPES, Fault, QuestionType, TypeName
from radar_tui.domain.text import fold
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.domain.words import Faults, Words

if TYPE_CHECKING:
    from datetime import date

MOST_LETTERS = 60
ChecklistKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=MOST_LETTERS)]

ACTION_DAYS = 14


def _one_condition(data: object) -> str:
    if isinstance(data, bool):
        return "yes" if data else "no"
    if isinstance(data, (str, int, float)):
        return str(data).strip()
    raise Faults(((), "an answer such as “no”, or a list of answers, is needed here"))


def _conditions(data: object) -> tuple[str, ...]:
    many = data if isinstance(data, (list, tuple)) else [data]
    if not many:
        raise Faults(((), "the list of answers is empty"))
    return tuple(_one_condition(one) for one in many)


def _options(data: object) -> object:
    """A list of labels becomes a table, each label's key made from its letters."""
    if not isinstance(data, (list, tuple)):
        return data
    options: dict[str, object] = {}
    for index, label in enumerate(data):
        whole = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_") if isinstance(label, str) else ""
        key = whole[:MOST_LETTERS]
        # Two long labels that begin alike are two options; one key would drop one of them without a word.
        if not re.match(r"[a-z]", key) or (key in options and key != whole):
            raise Faults(((index,), 'this option needs a key: write options = { key = "Label", … }'))
        if key in options:
            raise Faults(((index,), f"the option “{label}” is there twice"))
        options[key] = label
    return options


def _actions(data: object) -> object:
    if isinstance(data, str):
        return {FLAGGED: data}
    if isinstance(data, dict) and all(isinstance(title, str) for title in data.values()):
        return data
    raise Faults(((), 'an action is a title in quotes, or a table such as { no = "Title" }'))


Conditions = Annotated[tuple[str, ...], BeforeValidator(_conditions)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Question(BaseModel):
    """One question. `min` and `max` are in `unit` (numbers) or the ends of the scale (ratings, 1–5 if not said).

    `when` maps earlier questions to the answers with which this one is shown, `flag` lists the answers that are
    flagged, `action` maps answers (or `flagged`) to the title of the action they raise, due `days` after the visit.
    For numbers and ratings an answer may be a comparison such as `< 7`. A date that should lie `ahead` is asked about
    once it has passed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ChecklistKey
    ask: Words
    type: TypeName
    options: Annotated[dict[ChecklistKey, Words], BeforeValidator(_options)] = {}
    unit: str = ""
    min: float | None = Field(None, strict=True, allow_inf_nan=False)
    max: float | None = Field(None, strict=True, allow_inf_nan=False)
    ahead: bool = Field(False, strict=True)
    required: bool = Field(False, strict=True)
    help: Words = Words("")
    when: dict[str, Conditions] = {}
    flag: Conditions = ()
    action: Annotated[dict[str, Title], BeforeValidator(_actions)] = {}
    days: int = Field(ACTION_DAYS, strict=True, ge=0, le=999)

    @model_validator(mode="after")
    def _holds_together(self) -> Question:
        faults = [*self.kind.faults(self), *_raising_faults(self)]
        if faults:
            raise Faults(*faults)
        return self

    def words(self, language: str) -> str:
        """The question in a language, English where it is not translated."""
        return self.ask.within(language)

    @property
    def kind(self) -> QuestionType:
        """How it is answered."""
        return TYPES[self.type]

    @property
    def expected(self) -> str:
        """What may be answered, in words that finish the sentence “Please give …”."""
        return self.kind.expected(self)


class Raised(NamedTuple):
    """What an answer raises: whether it is flagged, and the title of an action."""

    flagged: bool
    action: str | None


def raised(question: Question, value: str | None) -> Raised:
    """What a canonical value raises; N/A and no value raise nothing."""
    flagged = meets(question, question.flag, value)
    for condition, title in question.action.items():
        if flagged if condition == FLAGGED else meets(question, (condition,), value):
            return Raised(flagged, title)
    return Raised(flagged, None)


def meets(question: Question, conditions: tuple[str, ...], value: str | None) -> bool:
    """Whether a canonical value is one of the answers named by `conditions`."""
    if value is None or value == NOT_APPLICABLE:
        return False
    return question.kind.meets(conditions, value)


def parse(question: Question, text: str, today: date | None = None) -> str:
    """The canonical value of what was typed: `yes`, a choice key, a JSON list, a number, an ISO date, text, `n/a`.

    Whatever `show` writes and every canonical value is understood. With `today`, a date needs no
    year and may be `today`, `fri`, `+14`. Raises ValueError with the words of `question.expected`.
    """
    typed = text.strip()
    if fold(typed) == NOT_APPLICABLE or (not question.kind.verbatim and fold(typed) == "na"):
        return NOT_APPLICABLE
    value = question.kind.parse(question, typed, today) if typed else None
    if value is None:
        raise ValueError(question.expected)
    return value


def show(question: Question, value: str | None, language: str = "en") -> str:
    """A canonical value as people read it; a value that the question does not know is shown as it is."""
    if value is None:
        return ""
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE
    return question.kind.show(question, value, language)


def _raising_faults(question: Question) -> list[Fault]:
    faults: list[Fault] = [
        (("flag",), reason)
        for answer in question.flag
        if (reason := question.kind.impossible(question, answer))
    ]
    for condition in question.action:
        if condition == FLAGGED:
            if not question.flag:
                faults.append((("action",), "say with flag = … which answers raise this action"))
        elif reason := question.kind.impossible(question, condition):
            faults.append((("action", condition), reason))
    if "days" in question.model_fields_set and not question.action:
        faults.append((("days",), "days only says when an action is due, and there is no action"))
    return faults

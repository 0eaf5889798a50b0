"""One question of a checklist: its words, what may be answered, and what an answer raises."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from radar_tui.domain.days import EXPECTED, day_words, read_day
from radar_tui.domain.text import fold
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.domain.words import Faults, Words

QuestionType = Literal["yes/no", "choice", "several", "number", "text", "date", "rating"]
MOST_LETTERS = 60
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=MOST_LETTERS)]

FLAGGED = "flagged"
MOST_OPTIONS = 9
ACTION_DAYS = 14
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?\s*(-?\d{1,15}(?:\.\d{1,9})?)\Z")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?\Z")


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
    For numbers and ratings an answer may be a comparison such as `< 7`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    ask: Words
    type: QuestionType
    options: Annotated[dict[Key, Words], BeforeValidator(_options)] = {}
    unit: str = ""
    min: float | None = Field(None, strict=True, allow_inf_nan=False)
    max: float | None = Field(None, strict=True, allow_inf_nan=False)
    required: bool = Field(False, strict=True)
    help: Words = Words("")
    when: dict[str, Conditions] = {}
    flag: Conditions = ()
    action: Annotated[dict[str, Title], BeforeValidator(_actions)] = {}
    days: int = Field(ACTION_DAYS, strict=True, ge=0, le=999)

    @model_validator(mode="after")
    def _holds_together(self) -> Question:
        faults = [*_option_faults(self), *_range_faults(self), *_raising_faults(self)]
        if faults:
            raise Faults(*faults)
        return self

    def words(self, language: str) -> str:
        """The question in a language, English where it is not translated."""
        return self.ask.within(language)

    @property
    def scale(self) -> tuple[int, int]:
        """The ends of a rating."""
        return int(1 if self.min is None else self.min), int(5 if self.max is None else self.max)

    @property
    def expected(self) -> str:
        """What may be answered, in words that finish the sentence “Please give …”."""
        if self.type == "yes/no":
            return "yes or no"
        if self.type in ("choice", "several"):
            kind = "one of" if self.type == "choice" else "any of"
            return f"{kind}: {', '.join(self.options.values())}"
        if self.type == "rating":
            return f"a whole number from {self.scale[0]} to {self.scale[1]}"
        if self.type == "date":
            return EXPECTED
        if self.type == "text":
            return "a few words"
        unit = f" {self.unit}" if self.unit else ""
        if self.min is not None and self.max is not None:
            return f"a number from {_plain(self.min)} to {_plain(self.max)}{unit}"
        if self.min is not None:
            return f"a number of at least {_plain(self.min)}{unit}"
        return f"a number of at most {_plain(self.max)}{unit}" if self.max is not None else f"a number{unit}"


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
    if question.type == "several":
        return any(key in conditions for key in chosen(value))
    if question.type in ("number", "rating"):
        return any(_compares(condition, Decimal(value)) for condition in conditions)
    return value in conditions


def chosen(value: str) -> list[str]:
    """The choice keys of the canonical value of a `several` question."""
    try:
        keys = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def impossible(question: Question, condition: str) -> str | None:
    """Why no answer to the question can ever be `condition`; None if one can."""
    if question.type in ("text", "date"):
        return f"“{question.key}” is answered with a {question.type}, which cannot be a condition"
    if question.type in ("number", "rating"):
        if not (found := _COMPARISON.match(condition)):
            return f"“{condition}” is not a number or a comparison such as “< 7”"
        low, high = question.scale if question.type == "rating" else (question.min, question.max)
        bound = Decimal(found[2])
        below = low is not None and bound < Decimal(repr(low))
        above = high is not None and bound > Decimal(repr(high))
        at_low = low is not None and bound == Decimal(repr(low))
        at_high = high is not None and bound == Decimal(repr(high))
        sign = found[1] or "="
        never = {"=": below or above, "<": below or at_low, "<=": below, ">": above or at_high, ">=": above}
        return (
            f"“{question.key}” can never be “{condition}”: it is {question.expected}" if never[sign] else None
        )
    answers = ["yes", "no"] if question.type == "yes/no" else list(question.options)
    if condition in answers:
        return None
    return f"“{condition}” is not an answer to “{question.key}”; the answers are {', '.join(answers)}"


def parse(question: Question, text: str, today: date | None = None) -> str:
    """The canonical value of what was typed: `yes`, a choice key, a JSON list, a number, an ISO date, text, `n/a`.

    Whatever `show` writes and every canonical value is understood. With `today`, a date needs no
    year and may be `today`, `fri`, `+14`. Raises ValueError with the words of `question.expected`.
    """
    typed = text.strip()
    if fold(typed) == NOT_APPLICABLE or (question.type != "text" and fold(typed) == "na"):
        return NOT_APPLICABLE
    value = _PARSERS[question.type](question, typed, today) if typed else None
    if value is None:
        raise ValueError(question.expected)
    return value


def show(question: Question, value: str | None, language: str = "en") -> str:
    """A canonical value as people read it; a value that the question does not know is shown as it is."""
    if value is None:
        return ""
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if question.type == "yes/no":
        return value.capitalize()
    if question.type == "choice" and value in question.options:
        return question.options[value].within(language)
    if question.type == "several" and (keys := chosen(value)):
        return " · ".join(question.options[k].within(language) if k in question.options else k for k in keys)
    if question.type == "number" and question.unit:
        return f"{value} {question.unit}"
    if question.type == "rating":
        return f"{value} of {question.scale[1]}"
    if question.type == "date":
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return day_words(day)
    return value


def _plain(number: float) -> str:
    return _canonical(Decimal(repr(number)))


def _canonical(number: Decimal) -> str:
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "+0") else text


def _compares(condition: str, value: Decimal) -> bool:
    if not (found := _COMPARISON.match(condition)):
        return False
    bound = Decimal(found[2])
    match found[1]:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
    return value == bound


def _parse_yes_no(question: Question, typed: str, today: date | None) -> str | None:
    return {"y": "yes", "yes": "yes", "n": "no", "no": "no"}.get(fold(typed))


def _parse_choice(question: Question, typed: str, today: date | None) -> str | None:
    """By key, label, position or the unmistakable beginning of a label, in this order."""
    if typed in question.options:
        return typed
    sought = fold(typed)
    labels = {
        key: {fold(label), *(fold(t) for t in label.translations.values())}
        for key, label in question.options.items()
    }
    for key, names in labels.items():
        if sought in names:
            return key
    keys = list(question.options)
    if typed.isascii() and typed.isdecimal() and len(typed) == 1 and 1 <= int(typed) <= len(keys):
        return keys[int(typed) - 1]
    begun = [key for key, names in labels.items() if any(name.startswith(sought) for name in names)]
    return begun[0] if len(begun) == 1 else None


def _parse_several(question: Question, typed: str, today: date | None) -> str | None:
    if typed.startswith("[") and (keys := chosen(typed)):
        parts = keys
    elif "·" not in typed and _parse_choice(question, typed, today):
        parts = [typed]
    else:
        mark = next((mark for mark in "·;" if mark in typed), ",")
        parts = [part.strip() for part in typed.split(mark) if part.strip()]
    found = [_parse_choice(question, part, today) for part in parts]
    if not found or None in found:
        return None
    return json.dumps([key for key in question.options if key in found])


def _parse_number(question: Question, typed: str, today: date | None) -> str | None:
    if question.unit and fold(typed).endswith(fold(question.unit)):
        typed = typed[: -len(question.unit)]
    digits = re.sub(r"[\s'’_]", "", typed).replace("−", "-")
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", digits):
        raise ValueError(
            f"{question.expected}, written without a comma: {digits} could be "
            f"{digits.replace(',', '')} or {digits.replace(',', '.')}"
        )
    else:
        digits = digits.replace(",", ".")
    if not (digits.isascii() and _PLAIN_NUMBER.match(digits)):
        return None
    number = Decimal(digits)
    if question.min is not None and number < Decimal(repr(question.min)):
        return None
    if question.max is not None and number > Decimal(repr(question.max)):
        return None
    return _canonical(number)


def _parse_text(question: Question, typed: str, today: date | None) -> str | None:
    # Half a character cannot be stored; everything else is kept as typed.
    return typed.encode("utf-8", "replace").decode("utf-8")


def _parse_date(question: Question, typed: str, today: date | None) -> str | None:
    with suppress(ValueError):
        return read_day(typed, today).isoformat()
    return None


def _parse_rating(question: Question, typed: str, today: date | None) -> str | None:
    low, high = question.scale
    found = re.fullmatch(rf"([0-9]{{1,2}})(?: ?(?:/|of) ?{high})?", typed)
    return str(int(found[1])) if found and low <= int(found[1]) <= high else None


_PARSERS = {
    "yes/no": _parse_yes_no,
    "choice": _parse_choice,
    "several": _parse_several,
    "number": _parse_number,
    "text": _parse_text,
    "date": _parse_date,
    "rating": _parse_rating,
}

_Fault = tuple[tuple[str | int, ...], str]


def _option_faults(question: Question) -> list[_Fault]:
    if question.type not in ("choice", "several"):
        return [(("options",), f"a {question.type} question has no options")] if question.options else []
    least = 2 if question.type == "choice" else 1
    if not least <= len(question.options) <= MOST_OPTIONS:
        where: tuple[str, ...] = ("options",) if question.options else ()
        return [(where, f"a {question.type} question needs {least} to {MOST_OPTIONS} options")]
    faults: list[_Fault] = []
    owner: dict[str, str] = {key: key for key in question.options}
    for key, label in question.options.items():
        if key in (FLAGGED, "na"):
            faults.append((("options", key), f"“{key}” cannot be the key of an option"))
        for name in {fold(label), *(fold(text) for text in label.translations.values())}:
            if "·" in name or name in ("n/a", "na"):
                faults.append(
                    (("options", key), "a label cannot contain “·” or be “n/a” (N/A is always there)")
                )
            elif owner.setdefault(name, key) != key:
                faults.append((("options", key), f"“{label}” also names the option “{owner[name]}”"))
    return faults


def _range_faults(question: Question) -> list[_Fault]:
    faults: list[_Fault] = []
    if question.type not in ("number", "rating"):
        return [
            ((name,), f"a {question.type} question has no {name}")
            for name in ("min", "max", "unit")
            if getattr(question, name) not in (None, "")
        ]
    if question.type == "rating":
        if question.unit:
            faults.append((("unit",), "a rating has no unit"))
        for name in ("min", "max"):
            end = getattr(question, name)
            if end is not None and not (end == int(end) and 0 <= end <= 10):
                faults.append(((name,), f"{name} of a rating is a whole number from 0 to 10"))
        if not faults and question.scale[0] >= question.scale[1]:
            where = "min" if question.min is not None else "max"
            faults.append(
                ((where,), f"a rating from {question.scale[0]} to {question.scale[1]} has no range")
            )
        return faults
    if question.min is not None and question.max is not None and question.min > question.max:
        reason = f"min ({_plain(question.min)}) is greater than max ({_plain(question.max)})"
        faults.append((("min",), reason))
    if question.unit and (question.unit != question.unit.strip() or question.unit[0] in "0123456789+-−.,'’_"):
        faults.append((("unit",), f"“{question.unit}” is not a unit"))
    return faults


def _raising_faults(question: Question) -> list[_Fault]:
    faults: list[_Fault] = [
        (("flag",), reason) for answer in question.flag if (reason := impossible(question, answer))
    ]
    for condition in question.action:
        if condition == FLAGGED:
            if not question.flag:
                faults.append((("action",), "say with flag = … which answers raise this action"))
        elif reason := impossible(question, condition):
            faults.append((("action", condition), reason))
    if "days" in question.model_fields_set and not question.action:
        faults.append((("days",), "days only says when an action is due, and there is no action"))
    return faults

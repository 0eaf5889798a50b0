"""The types of question, one object each: how an answer is read, shown and typed, and which bounds it has.

Whoever adds one adds it to TypeName and TYPES; mypy names every method that is left to do.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from radar_tui.domain.days import EXPECTED, day_words, read_day
from radar_tui.domain.doubts import doubt
from radar_tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from radar_tui.domain.words import Words

TypeName = Literal["yes/no", "choice", "several", "number", "text", "date", "rating"]
Bound = Literal["min", "max", "unit", "ahead"]
Way = Literal["say", "choose", "tick", "rate", "today", "type"]
"""With which keys one answers: y and n, a digit for one of the options or for each of several, a digit as the rating,
t for today, a line to type into."""
Fault = tuple[tuple[str | int, ...], str]
"""Where in the question, and what is wrong there."""
FLAGGED = "flagged"
MOST_OPTIONS = 9
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?\s*(-?\d{1,15}(?:\.\d{1,9})?)\Z")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?\Z")


class AnswerRules(Protocol):
    """What a question says of its answers."""

    @property
    def key(self) -> str: ...
    @property
    def type(self) -> TypeName: ...
    @property
    def options(self) -> Mapping[str, Words]: ...
    @property
    def unit(self) -> str: ...
    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...
    @property
    def ahead(self) -> bool: ...


class QuestionType(ABC):
    """One type. A *value* is canonical: `yes`, a choice key, a JSON list, a number, an ISO date, text."""

    ways: ClassVar[tuple[Way, ...]]
    bounds: ClassVar[tuple[Bound, ...]] = ()
    """Which of them a question of this type may have."""
    least_options: ClassVar[int | None] = None
    """How many options it needs; None where it has none."""
    verbatim: ClassVar[bool] = False
    """Whether an answer is kept as it was typed."""

    @abstractmethod
    def expected(self, asked: AnswerRules) -> str:
        """What may be answered, in words that finish the sentence “Please give …”."""

    @abstractmethod
    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        """The value of what was typed, None for what is no answer; may raise ValueError with better words."""

    @abstractmethod
    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        """A value as people read it; one that is unknown as it is."""

    @abstractmethod
    def begins(self, asked: AnswerRules, letter: str) -> bool:
        """Whether a letter is the start of an answer, so that it opens the line to type into."""

    @abstractmethod
    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        """Why no answer can ever be `condition`; None if one can."""

    def doubt(self, asked: AnswerRules, value: str, today: date) -> str:
        """What is asked about a value before it is kept; "" where there is nothing to ask."""
        return ""

    def meets(self, conditions: tuple[str, ...], value: str) -> bool:
        """Whether a value is one of the answers named by `conditions`."""
        return value in conditions

    def faults(self, asked: AnswerRules) -> list[Fault]:
        """What is wrong with the options and bounds of a question."""
        return [*self._option_faults(asked), *self._bound_faults(asked)]

    def _option_faults(self, asked: AnswerRules) -> list[Fault]:
        if self.least_options is None:
            return [(("options",), f"a {asked.type} question has no options")] if asked.options else []
        if not self.least_options <= len(asked.options) <= MOST_OPTIONS:
            where: tuple[str, ...] = ("options",) if asked.options else ()
            return [(where, f"a {asked.type} question needs {self.least_options} to {MOST_OPTIONS} options")]
        return _label_faults(asked.options)

    def _bound_faults(self, asked: AnswerRules) -> list[Fault]:
        return [
            ((name,), f"a {asked.type} question has no {name}")
            for name in ("min", "max", "unit", "ahead")
            if name not in self.bounds and getattr(asked, name) not in (None, "", False)
        ]


class YesNo(QuestionType):
    ways = ("say",)

    def expected(self, asked: AnswerRules) -> str:
        return "yes or no"

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        return {"y": "yes", "yes": "yes", "n": "no", "no": "no"}.get(fold(typed))

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        return value.capitalize()

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return False

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        return _not_among(asked, condition, ["yes", "no"])


class Choice(QuestionType):
    ways = ("choose",)
    least_options = 2

    def expected(self, asked: AnswerRules) -> str:
        return f"one of: {', '.join(asked.options.values())}"

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        return option_of(asked, typed)

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        return asked.options[value].within(language) if value in asked.options else value

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return False

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        return _not_among(asked, condition, list(asked.options))


class Several(QuestionType):
    ways = ("tick",)
    least_options = 1

    def expected(self, asked: AnswerRules) -> str:
        return f"any of: {', '.join(asked.options.values())}"

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        if typed.startswith("[") and (keys := chosen(typed)):
            parts = keys
        elif "·" not in typed and option_of(asked, typed):
            parts = [typed]
        else:
            mark = next((mark for mark in "·;" if mark in typed), ",")
            parts = [part.strip() for part in typed.split(mark) if part.strip()]
        found = [option_of(asked, part) for part in parts]
        if not found or None in found:
            return None
        return json.dumps([key for key in asked.options if key in found])

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        options = asked.options
        labels = [options[key].within(language) if key in options else key for key in chosen(value)]
        return " · ".join(labels) or value

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return False

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        return _not_among(asked, condition, list(asked.options))

    def meets(self, conditions: tuple[str, ...], value: str) -> bool:
        return any(key in conditions for key in chosen(value))


class _Measured(QuestionType):
    """What is compared: a condition may be `< 7`."""

    def ends(self, asked: AnswerRules) -> tuple[float | None, float | None]:
        """The lowest and the highest answer, if there are any."""
        return asked.min, asked.max

    def meets(self, conditions: tuple[str, ...], value: str) -> bool:
        return any(_compares(condition, Decimal(value)) for condition in conditions)

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        if not (found := _COMPARISON.match(condition)):
            return f"“{condition}” is not a number or a comparison such as “< 7”"
        low, high = self.ends(asked)
        bound = Decimal(found[2])
        below = low is not None and bound < Decimal(repr(low))
        above = high is not None and bound > Decimal(repr(high))
        at_low = low is not None and bound == Decimal(repr(low))
        at_high = high is not None and bound == Decimal(repr(high))
        sign = found[1] or "="
        never = {"=": below or above, "<": below or at_low, "<=": below, ">": above or at_high, ">=": above}
        if not never[sign]:
            return None
        return f"“{asked.key}” can never be “{condition}”: it is {self.expected(asked)}"


class Number(_Measured):
    ways = ("type",)
    bounds = ("min", "max", "unit")

    def expected(self, asked: AnswerRules) -> str:
        unit = f" {asked.unit}" if asked.unit else ""
        if asked.min is not None and asked.max is not None:
            return f"a number from {_plain(asked.min)} to {_plain(asked.max)}{unit}"
        if asked.min is not None:
            return f"a number of at least {_plain(asked.min)}{unit}"
        return (
            f"a number of at most {_plain(asked.max)}{unit}" if asked.max is not None else f"a number{unit}"
        )

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        if asked.unit and fold(typed).endswith(fold(asked.unit)):
            typed = typed[: -len(asked.unit)]
        digits = re.sub(r"[\s'’_]", "", typed).replace("−", "-")
        if "," in digits and "." in digits:
            decimal = max(digits.rfind(","), digits.rfind("."))
            digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
        elif re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", digits):
            raise ValueError(
                f"{self.expected(asked)}, written without a comma: {digits} could be "
                f"{digits.replace(',', '')} or {digits.replace(',', '.')}"
            )
        else:
            digits = digits.replace(",", ".")
        if not (digits.isascii() and _PLAIN_NUMBER.match(digits)):
            return None
        number = Decimal(digits)
        if asked.min is not None and number < Decimal(repr(asked.min)):
            return None
        if asked.max is not None and number > Decimal(repr(asked.max)):
            return None
        return _canonical(number)

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        return f"{value} {asked.unit}" if asked.unit else value

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return (
            letter.isdecimal() or letter in ".," or (letter == "-" and (asked.min is None or asked.min < 0))
        )

    def _bound_faults(self, asked: AnswerRules) -> list[Fault]:
        faults: list[Fault] = []
        if asked.min is not None and asked.max is not None and asked.min > asked.max:
            faults.append((("min",), f"min ({_plain(asked.min)}) is greater than max ({_plain(asked.max)})"))
        unit = asked.unit
        if unit and (unit != unit.strip() or unit[0] in "0123456789+-−.,'’_"):
            faults.append((("unit",), f"“{unit}” is not a unit"))
        return faults


class Text(QuestionType):
    ways = ("type",)
    verbatim = True

    def expected(self, asked: AnswerRules) -> str:
        return "a few words"

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        # Half a character cannot be stored; everything else is kept as typed.
        return typed.encode("utf-8", "replace").decode("utf-8")

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        return value

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return letter != "-"

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        return f"“{asked.key}” is answered with a text, which cannot be a condition"


class Date(QuestionType):
    ways = ("type", "today")
    bounds = ("ahead",)

    def expected(self, asked: AnswerRules) -> str:
        return EXPECTED

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        with suppress(ValueError):
            return read_day(typed, today, "next" if asked.ahead else "nearest").isoformat()
        return None

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        with suppress(ValueError):
            return day_words(date.fromisoformat(value))
        return value

    def doubt(self, asked: AnswerRules, value: str, today: date) -> str:
        with suppress(ValueError):
            return doubt(date.fromisoformat(value), today, ahead=asked.ahead)
        return ""

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return letter.isdecimal() or letter in ".,+"

    def impossible(self, asked: AnswerRules, condition: str) -> str | None:
        return f"“{asked.key}” is answered with a date, which cannot be a condition"


class Rating(_Measured):
    ways = ("rate",)
    bounds = ("min", "max")

    def expected(self, asked: AnswerRules) -> str:
        low, high = scale(asked)
        return f"a whole number from {low} to {high}"

    def parse(self, asked: AnswerRules, typed: str, today: date | None) -> str | None:
        low, high = scale(asked)
        found = re.fullmatch(rf"([0-9]{{1,2}})(?: ?(?:/|of) ?{high})?", typed)
        return str(int(found[1])) if found and low <= int(found[1]) <= high else None

    def show(self, asked: AnswerRules, value: str, language: str) -> str:
        return f"{value} of {scale(asked)[1]}"

    def begins(self, asked: AnswerRules, letter: str) -> bool:
        return False

    def ends(self, asked: AnswerRules) -> tuple[float | None, float | None]:
        return scale(asked)

    def _bound_faults(self, asked: AnswerRules) -> list[Fault]:
        faults: list[Fault] = [(("unit",), "a rating has no unit")] if asked.unit else []
        for name, end in (("min", asked.min), ("max", asked.max)):
            if end is not None and not (end == int(end) and 0 <= end <= 10):
                faults.append(((name,), f"{name} of a rating is a whole number from 0 to 10"))
        low, high = (0, 1) if faults else scale(asked)
        if low >= high:
            where = "min" if asked.min is not None else "max"
            faults.append(((where,), f"a rating from {low} to {high} has no range"))
        return faults


TYPES: dict[TypeName, QuestionType] = {
    "yes/no": YesNo(),
    "choice": Choice(),
    "several": Several(),
    "number": Number(),
    "text": Text(),
    "date": Date(),
    "rating": Rating(),
}


def scale(asked: AnswerRules) -> tuple[int, int]:
    """The ends of a rating: 1–5 if not said."""
    return int(1 if asked.min is None else asked.min), int(5 if asked.max is None else asked.max)


def chosen(value: str) -> list[str]:
    """The choice keys of the canonical value of a `several` question."""
    try:
        keys = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def option_of(asked: AnswerRules, typed: str) -> str | None:
    """By key, label, position or the unmistakable beginning of a label, in this order."""
    if typed in asked.options:
        return typed
    sought = fold(typed)
    labels = {
        key: {fold(label), *(fold(t) for t in label.translations.values())}
        for key, label in asked.options.items()
    }
    for key, names in labels.items():
        if sought in names:
            return key
    keys = list(asked.options)
    if typed.isascii() and typed.isdecimal() and len(typed) == 1 and 1 <= int(typed) <= len(keys):
        return keys[int(typed) - 1]
    begun = [key for key, names in labels.items() if any(name.startswith(sought) for name in names)]
    return begun[0] if len(begun) == 1 else None


def _not_among(asked: AnswerRules, condition: str, answers: list[str]) -> str | None:
    if condition in answers:
        return None
    return f"“{condition}” is not an answer to “{asked.key}”; the answers are {', '.join(answers)}"


def _label_faults(options: Mapping[str, Words]) -> list[Fault]:
    faults: list[Fault] = []
    owner: dict[str, str] = {key: key for key in options}
    for key, label in options.items():
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

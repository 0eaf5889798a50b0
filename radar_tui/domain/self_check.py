"""Do business with yourself: when it is due again, and what a self-check came to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.question_type import chosen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PARTS = ("call", "order", "quote")
"""What we do with ourselves; the keys of the checklist's questions begin with it."""

MOST_DIGITS = 9


class CheckResult(NamedTuple):
    """What one self-check came to: the score 0–10 of each part, the minutes taken, what was felt and what went wrong,
    each a word of the checklist."""

    scores: dict[str, int]
    minutes: float | None
    felt: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def score(self) -> float | None:
        """The mean of the parts that have one, 0–10."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else None


def due_on(last: date | None, every_days: int, today: date) -> date:
    """The day by which we do business with ourselves again; never done is due at once."""
    return today if last is None else last + timedelta(days=every_days)


def result(answers: Mapping[str, str]) -> CheckResult:
    """Of the answers of one self-check by question key: `call_score`, `order_minutes`, `quote_felt` and so on."""
    scores = {
        key[: -len("_score")]: int(value) for key, value in answers.items() if _counts(key, "_score", value)
    }
    minutes = [float(value) for key, value in answers.items() if _counts(key, "_minutes", value)]
    felt = dict.fromkeys(value for key, value in answers.items() if key.endswith("_felt") and value)
    wrong = [word for key, value in answers.items() if key.endswith("_problems") for word in chosen(value)]
    return CheckResult(scores, sum(minutes) if minutes else None, tuple(felt), tuple(wrong))


def _counts(key: str, ending: str, value: str) -> bool:
    # A user's own checklist may use the same ending for words, and another laptop may send anything.
    return (
        key.endswith(ending)
        and len(value) <= MOST_DIGITS
        and value.replace(".", "", 1).isdecimal()
        and (ending != "_score" or value.isdecimal())
    )

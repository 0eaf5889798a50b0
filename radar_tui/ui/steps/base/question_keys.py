"""Which keys answer a question of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.question_type import scale

if TYPE_CHECKING:
    from radar_tui.domain.question import Question


def allowed(question: Question, action: str, parameters: tuple[object, ...]) -> bool:
    """Whether a key has a meaning for this type of question."""
    ways = question.kind.ways
    place = int(str(parameters[0])) if action in ("pick", "rate") else 0
    low, high = scale(question)
    return {
        "say": "say" in ways,
        "pick": ("choose" in ways or "tick" in ways) and place <= len(question.options),
        "turn": "choose" in ways,
        "rate": "rate" in ways and low <= place <= high,
        "today": "today" in ways,
        "type": "type" in ways,
        "pass_on": "type" not in ways,
    }.get(action, True)


def starts_typing(question: Question, letter: str) -> bool:
    """Whether a letter is the start of an answer; the keys that hold everywhere are not."""
    return letter.isprintable() and letter not in "?[] " and question.kind.begins(question, letter)

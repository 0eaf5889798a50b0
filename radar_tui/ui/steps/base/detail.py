"""The question under the cursor in full, below the list of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rich.cells import cell_len
from textual.widget import Widget

from radar_tui.domain.question import raised
from radar_tui.domain.question_type import chosen, scale
from radar_tui.domain.room import is_ours
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.widgets.cells import Part, parts_of
from radar_tui.ui.widgets.line import content
from radar_tui.ui.widgets.sheet import wrapped

if TYPE_CHECKING:
    from textual.content import Content

    from radar_tui.domain.question import Question
    from radar_tui.domain.question_type import Way
    from radar_tui.ui.steps.base.answering import AskedQuestion
    from radar_tui.ui.steps.base.book import Book


class Detail(Widget):
    """The question under the cursor in full: its keys, note, help. Always the same height, so that nothing jumps."""

    DEFAULT_CSS = "Detail { height: 7; padding: 0 2; border-top: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[AskedQuestion, Book] | None = None

    def show(self, asked: AskedQuestion | None, book: Book) -> None:
        self._asked = asked and (asked, book)
        self.refresh()

    def render(self) -> Content:
        if self._asked is None:
            return content([])
        asked, book = self._asked
        done = getattr(self.app, "glyphs", UNICODE).done
        lines = detail_lines(asked, self.content_size.width, done, book)
        parts: list[Part] = []
        for line in lines[: self.content_size.height]:
            parts += [*((book.seen(text), style) for text, style in line), ("\n", "")]
        return content(parts[:-1])


def detail_lines(asked: AskedQuestion, width: int, done: str, book: Book) -> list[list[Part]]:
    """The question in full, how to answer, what it raised, the note, the help: each within `width` cells. What it
    raised and the help are for the BRM alone."""
    star = "* " if asked.question.required else ""
    lines: list[list[Part]] = [[(line, "strong")] for line in wrapped(star + asked.words, width, 2)]
    lines += _chips(how(asked, done), width)
    if asked.answer is not None and asked.answer.flagged and not book.discreet:
        title = raised(asked.question, asked.value)[1]
        words = f"! action: {title}" if title else "! flagged for the summary"
        lines += [[(line, "due")] for line in wrapped(words, width, 1)]
    if (
        asked.answer is not None
        and asked.answer.note
        and not book.hides(asked.answer.ours, asked.answer.note)
    ):
        tag = "Ours: " if is_ours(asked.answer.ours, asked.answer.note) else "Note: "
        lines += [[(line, "")] for line in wrapped(tag + asked.answer.note, width, 2)]
    if asked.question.help and not book.discreet:
        lines += [[(line, "muted")] for line in wrapped(asked.question.help, width, 3)]
    return lines


def how(asked: AskedQuestion, done: str) -> list[tuple[str, str, bool]]:
    """The keys that answer: (key, words, whether that is the answer now)."""
    question = asked.question
    return [chip for way in question.kind.ways for chip in _chips_of(way, question, asked.value, done)]


def _chips_of(way: Way, question: Question, value: str | None, done: str) -> list[tuple[str, str, bool]]:
    match way:
        case "say":
            return [("y", "yes", value == "yes"), ("n", "no", value == "no")]
        case "choose" | "tick":
            now = {value} if way == "choose" else set(chosen(value or ""))
            mark = f"{done} " if way == "tick" else ""
            return [
                (str(place), f"{mark if key in now else ''}{words}", key in now)
                for place, (key, words) in enumerate(question.options.items(), 1)
            ]
        case "rate":
            low, high = scale(question)
            return [
                (f"{low}–{min(high, 9)}", "from worst to best", False),
                *([("t", "ten", False)] if high == 10 else []),
            ]
        case "today":
            return [("t", "today", False)]
        case "type":
            return [("type", question.expected, False)]
        case _:
            assert_never(way)


def _chips(chips: list[tuple[str, str, bool]], width: int) -> list[list[Part]]:
    """Keys with their words, as many a line as fit."""
    lines: list[list[Part]] = [[]]
    used = 0
    for key, words, is_so in chips:
        cell: list[Part] = [(f"{key} ", "accent"), (words, "strong" if is_so else "")]
        parts = parts_of(cell)
        size = sum(cell_len(text) for text, _ in parts)
        if lines[-1] and used + 3 + size > width:
            lines.append([])
            used = 0
        if lines[-1]:
            lines[-1].append(("   ", ""))
            used += 3
        lines[-1] += parts
        used += size
    return lines

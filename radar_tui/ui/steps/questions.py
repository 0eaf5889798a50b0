"""Questions, each answered with as few keys as its type allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.question import parse, show
from radar_tui.domain.question_type import chosen
from radar_tui.domain.room import is_ours
from radar_tui.domain.visit import NOT_APPLICABLE
from radar_tui.ui.steps.base.answering import (
    AskedQuestion,
    left,
    next_after,
    progress,
    questions_of,
    resume_at,
)
from radar_tui.ui.steps.base.asking import AskLine
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.detail import Detail
from radar_tui.ui.steps.base.listing import HeadedTable, ListPane, heading
from radar_tui.ui.steps.base.question_keys import allowed, starts_typing
from radar_tui.ui.steps.base.question_rows import question_rows
from radar_tui.ui.steps.base.step import Marked
from radar_tui.ui.widgets.cells import ListCell, ListColumn, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step

DIGITS = tuple(str(digit) for digit in range(1, 10))


ALONE = "This is for you alone, and not shown while discreet. ctrl+l shows it."
COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """Answered of those asked."""
    answered, of = progress(questions_of(book, step, book.store.answer.of_visit(book.visit.id)))
    return StepTally(answered == of, f"{answered}/{of}" if of else "")


def recap(book: Book, step: Step) -> ListCell:
    """How many are answered, and how many ask for attention."""
    questions = questions_of(book, step, book.store.answer.of_visit(book.visit.id))
    answered, of = progress(questions)
    flagged = sum(asked.answer is not None and asked.answer.flagged for asked in questions)
    parts: list[Part] = [(f"{answered} of {of} answered", "" if answered else "muted")]
    if flagged and not book.discreet:
        parts.append((f", {flagged} flagged", "due"))
    return parts


class Pane(ListPane):
    """The questions of one step."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("  Question", 26, grow=True),
        ListColumn("Answer and note", 16, grow=True),
    ]
    empty = "Nothing to ask here: this step asks about each of something that is not there yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say('yes')", "yes", id="questions.yes", tooltip="Yes"),
        Binding("n", "say('no')", "no", id="questions.no", tooltip="No"),
        *(
            Binding(digit, f"pick({digit})", "choose", id=f"questions.pick_{digit}",
                    tooltip="Choose the answer with this digit")
            for digit in DIGITS
        ),
        Binding("left", "turn(-1)", "choose", show=False, tooltip="The answer before"),
        Binding("right", "turn(1)", "choose", show=False, tooltip="The next answer"),
        Binding("0", "rate(0)", "rate", key_display="0–9", id="questions.rate", tooltip="The rating with this digit"),
        *(Binding(digit, f"rate({digit})", show=False) for digit in DIGITS),
        Binding("t", "rate(10)", "ten", id="questions.ten", tooltip="The rating ten"),
        Binding("t", "today", "today", id="questions.today", tooltip="Today's date"),
        Binding("enter", "type", "type", id="questions.type", tooltip="Type the answer (or just its first letter)"),
        Binding("enter", "pass_on", "next", show=False, tooltip="The next question"),
        Binding("minus", "not_applicable", "n/a", key_display="-", id="questions.na", tooltip="Not applicable here"),
        Binding("x", "not_applicable", "n/a", show=False, tooltip="Not applicable here"),
        Binding("ctrl+n", "note", "note", id="questions.note", tooltip="A note on this answer"),
        Binding("backspace,delete", "take_back", "take back", key_display="⌫", id="questions.take_back",
                show=False, tooltip="Take this answer back"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.asked: list[AskedQuestion] = []
        self._opened = False

    def compose(self) -> ComposeResult:
        yield from heading(self.step)
        table = HeadedTable(self.columns, empty=self.empty)
        yield table
        yield Detail()
        yield AskLine(table)

    # Showing

    def reload(self) -> None:
        hidden = self.book.hides_step(self.step)
        self.asked = (
            []
            if hidden
            else questions_of(self.book, self.step, self.store.answer.of_visit(self.book.visit.id))
        )
        self.table.empty = ALONE if hidden else self.empty
        answered, of = progress(self.asked)
        missing = len(left(self.asked))
        words: list[Part] = [(f"{answered} of {of} answered" if of else "", "muted")]
        if missing:
            # Shorter, so that the title beside it is not cut at 80 columns.
            words = [(f"{answered} of {of}   ", "muted"), (f"{missing} required left", "due")]
        self.head(words)
        self.table.show_headed(question_rows(self, self.asked))
        if not self._opened:
            self._opened = True
            self.table.go_to(resume_at(self.asked))
        self._show_detail()

    def _show_detail(self) -> None:
        self.query_one(Detail).show(self.current, self.book)
        self.refresh_bindings()

    def moved(self) -> None:
        self._show_detail()

    @property
    def current(self) -> AskedQuestion | None:
        """The question under the cursor."""
        row = self.table.current
        return next((asked for asked in self.asked if row is not None and asked.key == row.key), None)

    # Keys

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        asked = self.current if self.is_mounted else None
        return asked is not None and allowed(asked.question, action, parameters)

    def on_key(self, event: events.Key) -> None:
        """The first letter typed on a text, number or date opens the line to type into."""
        asked, letter = self.current, event.character
        if asked is not None and letter in ("y", "n") and asked.question.options:
            self.host.tell(f"1 to {len(asked.question.options)} choose here.")
        if (
            asked is None
            or letter is None
            or self.ask_line.is_open
            or not starts_typing(asked.question, letter)
        ):
            return
        event.stop()
        self._type(asked, letter)

    def action_say(self, value: str) -> None:
        if (asked := self.current) is not None:
            self._answer(asked, value)

    def action_pick(self, place: int) -> None:
        """Choose an answer; of several, put it in or out."""
        if (asked := self.current) is None:
            return
        key = list(asked.question.options)[place - 1]
        if "choose" in asked.question.kind.ways:
            self._answer(asked, key)
            return
        keys = set(chosen(asked.value)) if asked.value not in (None, NOT_APPLICABLE) else set()
        keys ^= {key}
        ordered = [option for option in asked.question.options if option in keys]
        self._answer(asked, json.dumps(ordered) if ordered else None, move=False)

    def action_turn(self, by: int) -> None:
        """Go through the choices; each that stands is saved."""
        if (asked := self.current) is None:
            return
        keys = list(asked.question.options)
        at = keys.index(asked.value) + by if asked.value in keys else (0 if by > 0 else -1)
        self._answer(asked, keys[at % len(keys)], move=False)

    def action_rate(self, number: int) -> None:
        if (asked := self.current) is not None:
            self._answer(asked, str(number))

    def action_today(self) -> None:
        if (asked := self.current) is not None:
            self._answer(asked, self.book.today.isoformat())

    def action_not_applicable(self) -> None:
        if (asked := self.current) is not None:
            self._answer(asked, NOT_APPLICABLE)

    def action_pass_on(self) -> None:
        if (asked := self.current) is not None:
            self.table.go_to(next_after(self.asked, asked.key))

    def action_type(self) -> None:
        if (asked := self.current) is not None:
            self._type(asked, None)

    def _type(self, asked: AskedQuestion, typed: str | None) -> None:
        question, today, asked_about = asked.question, self.book.today, ""

        def keep(text: str) -> str | None:
            nonlocal asked_about
            if not text.strip():
                if asked.value is not None:
                    self._answer(asked, None)
                return None
            try:
                value = parse(question, NOT_APPLICABLE if text.strip() == "-" else text, today)
            except ValueError as error:
                return f"Please give {error}"
            if text != asked_about and (words := question.kind.doubt(question, value, today)):
                asked_about = text
                return f"{words}: enter again takes it"
            self._answer(asked, text if question.kind.verbatim and value != NOT_APPLICABLE else value)
            return None

        value = "" if asked.value is None else asked.value
        self.may_open(value)
        self.ask_line.ask("Answer", keep, value=value, typed=typed, hint="enter saves")

    def action_note(self) -> None:
        if (asked := self.current) is None:
            return
        note = asked.answer.note if asked.answer else ""
        self.may_open(note, asked.answer.ours if asked.answer else None)

        def keep(text: str) -> str | None:
            self._answer(asked, asked.value, note=text.strip(), move=False)
            self.typed(note, text)
            return None

        self.ask_line.ask("Note", keep, value=note, hint="enter saves")

    def action_take_back(self) -> None:
        asked = self.current
        if asked is not None and asked.answer is not None:
            answers, visit = self.store.answer, self.book.visit.id
            self.save(
                lambda: answers.take_back(visit, asked.question.key, asked.subject_id),
                key=asked.key,
                undo=lambda: self._put_back(asked),
            )

    def _answer(
        self, asked: AskedQuestion, value: str | None, *, note: str | None = None, move: bool = True
    ) -> None:
        """Commit an answer, then go on to the next question that has none."""
        answers, visit = self.store.answer, self.book.visit.id
        kept = note if note is not None else asked.answer.note if asked.answer else ""

        def write() -> None:
            if value is None and not kept:
                answers.take_back(visit, asked.question.key, asked.subject_id)
            else:
                answers.answer(visit, asked.question, value, subject_id=asked.subject_id, note=kept)

        words = show(asked.question, value)
        self.save(write, key=asked.key, words=words, undo=lambda: self._put_back(asked))
        if move:
            self.table.go_to(next_after(self.asked, asked.key))
        self._show_detail()

    def to_mark(self) -> Marked | None:
        answer = asked.answer if (asked := self.current) else None
        if answer is None or not answer.note:
            return None
        return Marked(self.store.answer, answer.id, is_ours(answer.ours, answer.note))

    def _put_back(self, asked: AskedQuestion) -> None:
        """Let stand again what stood there before."""
        answers, visit, before = self.store.answer, self.book.visit.id, asked.answer
        if before is None:
            answers.take_back(visit, asked.question.key, asked.subject_id)
        else:
            answers.answer(visit, asked.question, before.value, subject_id=asked.subject_id, note=before.note)
            answers.mark(before.id, before.ours)

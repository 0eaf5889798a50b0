"""What the visit came to, step by step, what is still open, and completing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.checklist import show
from radar_tui.domain.days import day_words
from radar_tui.domain.response import resting_until
from radar_tui.domain.text import plural
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.response import ResponseLists
from radar_tui.ui.base.place import VisitAsText
from radar_tui.ui.steps.base.answering import AskedQuestion, left, questions_of
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import HEADING, ListPane
from radar_tui.ui.steps.complete_visit import CompleteVisit, Finished, Missing
from radar_tui.ui.widgets.cells import ListColumn, ListRow, parts_of
from radar_tui.ui.widgets.sheet import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step, StepKind
    from radar_tui.ui.widgets.cells import ListCell

AT_STEP, FLAG = "step ", "flag "
OPEN_ENDS: dict[StepKind, str] = {"nps": "Two questions not asked", "next_visit": "Next visit not planned"}
"""Kinds of step that are not left undone by accident, and what is said of them then."""
MOST_LINES = 12


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """Done when the visit is completed; until then the required answers that are left."""
    missing = sum(len(missing_in) for _, missing_in in required(book))
    return StepTally(book.visit.status == "completed", f"{missing} left" if missing else "")


def recap(book: Book, step: Step) -> ListCell:
    """It is the recap itself."""
    return ""


def required(book: Book) -> list[tuple[int, list[AskedQuestion]]]:
    """Step index and its required questions without an answer, for every step that has some."""
    known = book.store.answer.of_visit(book.visit.id)
    steps = []
    for index, step in enumerate(book.checklist.steps):
        if step.questions and (missing := left(questions_of(book, step, known))):
            steps.append((index, missing))
    return steps


class Pane(ListPane):
    """One line a step; enter goes there."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("", 1),
        ListColumn("Step", 17),
        ListColumn("What it came to", 20, grow=True),
    ]
    empty = "This checklist has no other steps."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "complete", "complete visit", id="summary.complete", tooltip="The visit is over"),
        Binding("o", "reopen", "open again", id="summary.reopen", tooltip="Change this visit once more"),
        Binding("e", "edit", "summary", id="summary.edit", tooltip="The visit in your own words"),
        Binding(
            "m",
            "email",
            "e-mail",
            id="summary.email",
            tooltip="What the visit came to, as text for an e-mail",
        ),
        Binding("enter", "go", "step", id="summary.go", tooltip="To the step under the cursor"),
    ]

    def reload(self) -> None:
        self.missing = required(self.book)
        count = sum(len(found) for _, found in self.missing)
        if self.book.closed:
            day = self.book.visit.completed_day(self.store.clock())
            self.head((f"completed {day_words(day)}" if day else self.book.visit.standing, "muted"))
        elif count:
            self.head((f"{plural(count, 'required answer')} left", "due"))
        else:
            self.head(("nothing required is left", "muted"))
        self.show_rows(self._rows())

    def show_counted(self) -> None:
        self.show_rows(self._rows())

    def _rows(self) -> list[ListRow]:
        rows = self._step_rows()
        # What asks for attention is our judgement.
        flagged = [] if self.book.discreet else self._flagged()
        if flagged:
            rows += [_gap("flagged"), ListRow(f"{HEADING}flagged", ["", ("Flagged", "label")]), *flagged]
        if self.missing:
            rows += [_gap("left"), ListRow(f"{HEADING}left", ["", ("Still required", "label")])]
            for index, questions in self.missing:
                title = self.book.checklist.steps[index].title
                rows += [
                    ListRow(
                        f"{AT_STEP}{index} {question.key}", [("*", "due"), title, self._said(index, question)]
                    )
                    for question in questions
                ]
        return rows if self.book.discreet else [*rows, _gap("words"), *self._own_words()]

    def _said(self, index: int, question: AskedQuestion) -> str:
        """A question as it may be seen now."""
        hidden = self.book.hides_step(self.book.checklist.steps[index])
        return "for you alone" if hidden else self.book.seen(question.words)

    def _step_rows(self) -> list[ListRow]:
        glyphs, rows = self.host.glyphs, []
        lacking = dict(self.missing)
        for index, step in enumerate(self.book.checklist.steps):
            if step.kind == "summary":
                continue
            done, came_to = self.visit_screen.came_to(step)
            mark: ListCell = (glyphs.done, "accent") if done else ""
            if index in lacking:
                mark = ("*", "due")
            rows.append(ListRow(f"{AT_STEP}{index}", [mark, step.title, came_to or (glyphs.none, "muted")]))
        return rows

    def _flagged(self) -> list[ListRow]:
        known, rows = self.store.answer.of_visit(self.book.visit.id), []
        for index, step in enumerate(self.book.checklist.steps):
            for answered in questions_of(self.book, step, known) if step.questions else []:
                if answered.answer is None or not answered.answer.flagged:
                    continue
                words: ListCell = [
                    (show(answered.question, answered.value), "due"),
                    (f"  {answered.words}  ", "muted"),
                    *self.noted(answered.answer.note, answered.answer.ours),
                ]
                rows.append(
                    ListRow(f"{AT_STEP}{index} {FLAG}{answered.key}", [("!", "due"), step.title, words])
                )
        return rows

    def _own_words(self) -> list[ListRow]:
        rows = [ListRow(f"{HEADING}words", ["", ("In your words", "label")])]
        summary = self._summary
        if not summary.strip():
            return [
                *rows,
                ListRow(
                    "words", ["", ("press e", "muted"), ("two sentences for who reads this next", "muted")]
                ),
            ]
        width = max(20, self.table.size.width - 2 - 1 - 2 - 17 - 2)
        return rows + [
            ListRow(f"words {place}", ["", "", line])
            for place, line in enumerate(wrapped(summary, width, MOST_LINES))
        ]

    @property
    def _summary(self) -> str:
        return self.store.visit.get(self.book.visit.id).summary

    def on_resize(self) -> None:
        if self.is_mounted and self.table.count:
            self.reload()

    def in_full(self, key: str) -> str:
        row = self.table.current
        if row is None or len(row.cells) < 3 or key.startswith("words"):
            return ""
        return ": ".join("".join(words for words, _ in parts_of(cell)) for cell in row.cells[1:])

    # Keys

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        return {
            "complete": not self.book.closed, "reopen": self.book.closed, "email": self.book.customer is not None,
            "edit": not self.book.discreet,
        }.get(action, True)  # fmt: skip

    def action_go(self) -> None:
        row = self.table.current
        if row is None or not row.key.startswith(AT_STEP):
            return
        index, _, key = row.key.removeprefix(AT_STEP).partition(" ")
        self._go(int(index), key.removeprefix(FLAG))

    def _go(self, index: int, key: str) -> None:
        # The screen does it by itself: this pane must not wait for its own end.
        screen = self.visit_screen
        screen.call_next(screen.go_to, index, key)

    def action_edit(self) -> None:
        visits, visit, before = self.store.visit, self.book.visit.id, self._summary

        def keep(text: str) -> str | None:
            self.save(
                lambda: visits.set_summary(visit, text.strip()),
                key="words",
                undo=lambda: visits.set_summary(visit, before),
            )
            return None

        self.ask_line.ask("In your words", keep, value=before, hint="enter saves")

    def action_email(self) -> None:
        self.host.open(VisitAsText(self.book.visit.id))

    def open_ends(self) -> list[Missing]:
        """What is left: required questions, and what one would not leave out by accident."""
        steps = self.book.checklist.steps
        found = [
            Missing(index, steps[index].title, self._said(index, one), one.key)
            for index, questions in self.missing
            for one in questions
        ]
        for index, step in enumerate(steps):
            words = OPEN_ENDS.get(step.kind)
            if words is None or self.visit_screen.came_to(step)[0]:
                continue
            if step.kind != "nps" or self._somebody_to_ask():
                found.append(Missing(index, step.title, words, required=False))
        return found

    def _somebody_to_ask(self) -> bool:
        """Whether anybody may be asked: not if all were asked a short time ago."""
        today, rest = self.book.today, self.host.settings.rest_days
        contacts = ResponseLists(self.store, self.book.visit).contacts()
        return any(resting_until(row.asked_on, today, rest) is None for row in contacts)

    def action_complete(self) -> None:
        """At once when nothing is left; otherwise only after a warning, of what is required with a note."""
        if missing := self.open_ends():
            self.app.push_screen(CompleteVisit(missing), self._warned)
        else:
            self._complete(self._summary)

    def _warned(self, result: Finished | Missing | None) -> None:
        if isinstance(result, Missing):
            self._go(result.step, result.key)
        elif result is not None:
            summary = self._summary
            if count := sum(len(missing_in) for _, missing_in in self.missing):
                summary += f"\nCompleted with {plural(count, 'required answer')} left: {result.note}"
            with self.host.saying():
                self._complete(summary.strip())

    def _complete(self, summary: str) -> None:
        visits, visit = self.store.visit, self.book.visit.id
        left = _told(self.open_ends())
        if self.visit_screen.save(lambda: visits.complete(visit, summary), None):
            # The screen does it by itself: this pane must not wait for its own end.
            self.visit_screen.call_next(self.visit_screen.renew)
            self.host.tell(f"{self._done_words()} Left: {left}." if left else self._done_words())

    def _done_words(self) -> str:
        """What completing did: the customer was seen, and is due again."""
        if (customer := self.book.customer) is None:
            return "Completed."
        head = CustomerLists(self.store, customer.id).head()
        seen = head.last_seen if head else None
        due = f", due again {day_words(head.due_on, self.book.today)}" if head and head.due_on else ""
        counted = f" {customer.name} was seen {day_words(seen, self.book.today)}{due}." if seen else ""
        return f"Visit completed.{counted} r makes its report, m an e-mail."

    async def action_reopen(self) -> None:
        """A completed visit may be changed again; it keeps the day it was completed on. One that was discarded is taken
        up again."""
        visit = self.store.visit.get(self.book.visit.id)
        (self.store.leaving.restore if visit.discarded else self.store.visit.reopen)(visit.id)
        await self.visit_screen.renew()
        self.host.tell("Open again. Complete it when you are done.")


def _told(left: Sequence[Missing]) -> str:
    """What is left, short: a single question by its words, more of them by their number; the summary lists them."""
    words = [each.words for each in left if not each.required]
    required = [f"“{each.words}”" for each in left if each.required]
    many = [plural(len(required), "required answer")] if len(required) > 1 else required
    return "; ".join([*words, *many])


def _gap(name: str) -> ListRow:
    return ListRow(f"{HEADING}gap {name}", [""])

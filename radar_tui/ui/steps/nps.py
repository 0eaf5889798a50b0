"""The asking of the two NPS questions: whom, in which language, the hand-over, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.nps import QUESTIONS
from radar_tui.domain.response import resting_until
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.store.lists.response import AskRow, GivenRow, ResponseLists
from radar_tui.ui.forms.common import LANGUAGES
from radar_tui.ui.forms.customer import contact_form
from radar_tui.ui.frame.form import after_saving
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.step import StepPane, StepTable
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.line import Line, content
from radar_tui.ui.widgets.wrapping import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.ui.frame.form import FormValues
    from radar_tui.ui.steps.handing_over.screen import HandedBack
    from radar_tui.ui.widgets.cells import ListCell, Part

COLUMNS = [
    ListColumn("Contact", 14, grow=True),
    ListColumn("Role", 14, priority=2),
    ListColumn("Here", 4, priority=1),
    ListColumn("May be asked", 12),
    ListColumn("Reads", 8, priority=3),
    ListColumn("Last asked", 10, priority=4, right=True),
    ListColumn("Rec.", 4, right=True),
    ListColumn("Ret.", 4, right=True),
]
EMPTY = """Nobody to ask yet: here a contact answers the two questions
on your laptop. Press n to add a contact."""
INDENT = 16
LINES_IN_VIEW = 8
CHANGED = "changed by the contact before the laptop was handed back"


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many contacts have answered."""
    contacts, _ = ResponseLists(book.store, book.visit).answered()
    return StepTally(contacts > 0, str(contacts or ""))


def recap(book: Book, step: Step) -> ListCell:
    """What each contact answered."""
    responses = book.store.response.where(
        "visit_id = ? AND voided_at IS NULL", [book.visit.id], "asked_on, question, id"
    )
    by_contact: dict[str, list[str]] = {}
    for response in responses:
        by_contact.setdefault(response.contact_id, []).append(f"{response.question} {response.score}")
    said = []
    for contact_id, scores in by_contact.items():
        contact = book.store.contact.find(contact_id)
        said.append(f"{contact.name if contact else ''}: {', '.join(scores)}")
    return "; ".join(said) if said else ("not asked", "muted")


class GivenBlock(VerticalScroll, can_focus=False):
    """What the contact under the cursor answered; it takes the focus only where it must be scrolled."""

    DEFAULT_CSS = """
    GivenBlock { height: auto; max-height: 60%; border-top: solid $panel; margin-top: 1; padding: 0 2; }
    GivenBlock Static { width: 100%; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[list[Part], Sequence[GivenRow], date] | None = None

    def compose(self) -> ComposeResult:
        yield Static()

    def show(self, head: list[Part], given: Sequence[GivenRow], today: date) -> None:
        """A line on the contact, then each response: the reason in a column of its own, below it what follows."""
        self._shown = (head, given, today)
        width = max(20, self.content_size.width - INDENT)
        parts = [*head]
        for row in given:
            parts += given_parts(row, today, width)
        self.query_one(Static).update(content(parts))
        self.can_focus = sum(text.count("\n") for text, _ in parts) > LINES_IN_VIEW

    def on_resize(self) -> None:
        if self._shown is not None:
            self.show(*self._shown)


class Pane(StepPane):
    """The BRM's side: who may be asked, handing over, what was sealed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hand_over", "hand over", id="nps.hand_over", tooltip="Let this contact answer"),
        Binding("l", "language", "language", id="nps.language", tooltip="Ask in another language, this time only"),
        Binding("x", "void", "void", id="nps.void", tooltip="Take a sealed answer out of the count, with a reason"),
        Binding("n", "new", "new contact", id="nps.new", tooltip="Somebody who is not in the list"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.lists = ResponseLists(book.store, book.visit)
        self.rows: list[AskRow] = []
        self.given: dict[str, list[GivenRow]] = {}
        self.languages: dict[str, str] = {}
        self.refused: dict[str, str] = {}

    # What it shows

    def compose(self) -> ComposeResult:
        yield Line((self.step.title, "strong"), classes="heading")
        yield StepTable(COLUMNS, empty=EMPTY)
        yield GivenBlock()

    @property
    def table(self) -> StepTable:
        return self.query_one(StepTable)

    def on_mount(self) -> None:
        self.reload()
        self.table.cursor = self.proposed()
        self.table.focus()

    def reload(self) -> None:
        self.rows = self.lists.contacts()
        self.given = {row.id: [] for row in self.rows}
        for given in self.lists.given():
            self.given.setdefault(given.contact_id, []).append(given)
        rest = f"asked again after {self.host.settings.rest_days} days" if self.rows else ""
        self.query_one(".heading", Line).show((self.step.title, "strong"), (rest, "muted"))
        self.table.styles.height = max(4, len(self.rows) + 1) if self.rows else 7
        self.table.styles.max_height = "60%"
        self.table.show_rows([ListRow(row.id, self._cells(row)) for row in self.rows])
        self._show_given()

    def proposed(self) -> int:
        """Whom to ask: in the room before absent, then the order of roles; nobody who rests or has answered."""
        ready = [index for index, row in enumerate(self.rows) if self.open(row) and not self.rests_until(row)]
        return min(ready, key=lambda index: (not self.rows[index].here, index), default=0)

    def _cells(self, row: AskRow) -> list[ListCell]:
        glyphs, today = self.host.glyphs, self.book.today
        return [
            row.name,
            (row.role, "muted"),
            glyphs.done if row.here else "",
            self._may_be_asked(row),
            (language_words(self.language(row)), "muted"),
            (short_day(row.asked_on, today) or glyphs.none, "muted"),
            *(self._score(row, question) for question in QUESTIONS),
        ]

    def _may_be_asked(self, row: AskRow) -> ListCell:
        left = len(self.open(row))
        if left == 0:
            return "answered"
        if left < len(QUESTIONS):
            return "one left"
        until = self.rests_until(row)
        return (f"from {day_words(until, self.book.today)}", "muted") if until else "now"

    def _score(self, row: AskRow, question: ResponseQuestion) -> ListCell:
        key = f"{row.id} {question}"
        waiting = self.unsaved.get(key, self.refused.get(key))
        if waiting is not None:
            return [(waiting, "strong"), ("!", "late")]
        standing = self.standing(row, question)
        return (str(standing.score), "strong") if standing else (self.host.glyphs.none, "muted")

    def on_row_table_moved(self) -> None:
        self._show_given()

    def _show_given(self) -> None:
        """Who is under the cursor, and what they answered with their reasons."""
        row, block = self._current(), self.query_one(GivenBlock)
        block.display = row is not None
        if row is None:
            return
        today, language = self.book.today, self.language(row)
        asked = f"last asked {day_words(row.asked_on, today)}" if row.asked_on else "never asked"
        if not self.open(row):
            asked = "answered on this visit"
        this_time = " this time" if language != row.language else ""
        about = f"\n{row.role}, {language_words(language)}{this_time}, {asked}"
        block.show([(one_line(row.name), "strong"), (about, "muted")], self.given[row.id], today)

    # What the rows say

    def _current(self) -> AskRow | None:
        return self.rows[self.table.cursor] if self.table.cursor < len(self.rows) else None

    def standing(self, row: AskRow, question: ResponseQuestion) -> GivenRow | None:
        """The response of this visit that counts."""
        for given in self.given.get(row.id, ()):
            if given.question == question and not given.voided:
                return given
        return None

    def open(self, row: AskRow) -> list[ResponseQuestion]:
        """The questions not answered on this visit; a voided answer may be asked again."""
        return [
            question
            for question in QUESTIONS
            if self.standing(row, question) is None and f"{row.id} {question}" not in self.unsaved
        ]

    def rests_until(self, row: AskRow) -> date | None:
        """The day from which the contact may be asked again, None if that is now. Who has begun may finish."""
        if len(self.open(row)) < len(QUESTIONS):
            return None
        return resting_until(row.asked_on, self.book.today, self.host.settings.rest_days)

    def language(self, row: AskRow) -> str:
        """The language to ask in: the contact's, unless the BRM chose another for this time."""
        return self.languages.get(row.id, row.language)

    # Handing over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a contact there is nobody to ask and nothing to void."""
        return action not in ("hand_over", "language", "void") or bool(self.rows)

    def action_language(self) -> None:
        from radar_tui.ui.steps.handing_over.before import next_language

        if row := self._current():
            self.languages[row.id] = next_language(self.language(row))
            self.reload()

    def action_new(self) -> None:
        self.visit_screen.must_be_open()
        if self.book.customer is not None:
            self.app.push_screen(
                contact_form(self.host, self.book.customer.id, None), after_saving(self.host)
            )

    def action_hand_over(self) -> None:
        """Say to whom, and how to come back; the screen clears only on the second enter."""
        from radar_tui.ui.steps.handing_over.before import BeforeHandOver, Handing

        self.visit_screen.must_be_open()
        if (row := self._current()) is None:
            return
        questions = self.open(row)
        if not questions:
            self.host.tell("Both questions are answered and sealed; x voids one with a reason.")
            return
        if not self.host.settings.company.strip():
            raise RadarError("The questions need your company's name.", "ctrl+p, then: Change who you are.")
        until, today = self.rests_until(row), self.book.today
        handing = Handing(
            name=row.name,
            role=row.role,
            language=self.language(row),
            questions=" and ".join(questions),
            resting=f"asked {day_words(row.asked_on, today)}, rests until {day_words(until, today)}"
            if until
            else "",
            absent=not row.here,
        )

        def decided(language: str | None) -> None:
            if language is not None:
                self.languages[row.id] = language
                # The panel leaves the stack after this.
                self.call_later(self._hand_over, row, questions, language)

        self.app.push_screen(BeforeHandOver(handing), decided)

    def _hand_over(self, row: AskRow, questions: list[ResponseQuestion], language: str) -> None:
        from radar_tui.checklists.nps import nps_words
        from radar_tui.ui.steps.handing_over.screen import Asking, HandedOverScreen

        asking = Asking(row.name, self.host.settings.company, nps_words(language), questions)
        sealed: dict[str, str] = {}

        def seal(question: ResponseQuestion, score: int, reason: str) -> bool:
            asked = asking.words.question(question, asking.company)
            return self._seal(row, question, score, reason, sealed, asked)

        def came_back(back: HandedBack | None) -> None:
            # The customer's screen leaves the stack after this.
            self.call_later(self._back, row, back)

        self.app.push_screen(HandedOverScreen(asking, seal), came_back)

    def _seal(
        self,
        row: AskRow,
        question: ResponseQuestion,
        score: int,
        reason: str,
        sealed: dict[str, str],
        asked: str,
    ) -> bool:
        """Commit one answer; `sealed` holds the ids of this hand-over, for an answer that the contact changes."""
        responses, visit_id = self.store.response, self.book.visit.id
        key = f"{row.id} {question}"

        def commit() -> None:
            with self.store.transaction():
                if question in sealed:
                    responses.void(sealed[question], CHANGED)
                made = responses.seal(
                    customer_id=row.customer_id,
                    contact_id=row.id,
                    visit_id=visit_id,
                    question=question,
                    score=score,
                    verbatim=reason.strip(),
                    asked=asked,
                )
            sealed[question] = made.id
            self.refused.pop(key, None)

        def refuse(error: RadarError) -> None:
            # The contact must not see it; the BRM gets score and reason to write down.
            self.refused[key] = str(score)
            words = f"{one_line(row.name)}: {question} {score} {one_line(reason)}".strip()
            self.host.say(RadarError(f"Not saved: {words}", error.message))

        def write() -> None:
            try:
                commit()
            except SaveFailed:
                raise
            except RadarError as error:
                refuse(error)

        try:
            saved = self.save(write, key=key, words=str(score), even_closed=True)
        except RadarError as error:
            refuse(error)
            return False
        return saved and key not in self.refused

    def _back(self, row: AskRow, back: HandedBack | None) -> None:
        """The BRM has the laptop again: what waited is said now."""
        self.host.say_held()
        self.reload()
        self.visit_screen.show_progress()
        if back is None:
            return
        for question in back.unconfirmed:
            self.app.notify(
                f"{one_line(row.name)} chose without pressing enter; it is sealed. x voids it.",
                title=question.capitalize(),
                severity="warning",
                timeout=12,
                markup=False,
            )
        for reason in back.unscored:
            self.app.notify(
                one_line(reason), title="A reason without a score is not kept", timeout=20, markup=False
            )

    # Voiding

    def action_void(self) -> None:
        """Two steps: the form says what it is, and wants a reason."""
        from radar_tui.ui.frame.form import FormField, FormScreen

        self.visit_screen.must_be_open()
        if (row := self._current()) is None:
            return
        standing = [given for given in self.given[row.id] if not given.voided]
        if not standing:
            self.host.tell("Nothing of this contact was sealed on this visit.")
            return
        options: list[tuple[str | None, str]] = [
            (given.id, f"{given.question} {given.score}") for given in standing
        ]
        if len(standing) > 1:
            options.append((None, "both"))

        def keep(values: FormValues) -> str:
            chosen = [given.id for given in standing if values["which"] in (given.id, None)]
            self._void(chosen, str(values["reason"]).strip())
            return row.id

        fields = [
            FormField("which", "Answer", "choice", standing[0].id, options),
            FormField("reason", "Reason", required=True, hint="e.g. the wrong person answered"),
        ]
        self.app.push_screen(FormScreen(f"Void an answer of {one_line(row.name)}", fields, keep))

    def _void(self, ids: list[str], reason: str) -> None:
        def write() -> None:
            with self.store.transaction():
                for id in ids:
                    self.store.response.void(id, reason)

        self.save(write)


def language_words(code: str) -> str:
    """`Italian`; the code itself for a language that the questions are not written in."""
    return dict(LANGUAGES).get(code) or code


def given_parts(given: GivenRow, today: date, width: int) -> list[Part]:
    """One response: question, score, the reason wrapped to `width` cells, and what follows from it."""
    written = given.reason.strip()
    reason = filled(f"“{one_line(written)}”" if written else "no reason given", width)
    style = "muted" if given.voided or not written else ""
    if given.voided:
        after = filled(f"voided: {one_line(given.void_reason)}", width)
    elif given.play and given.due_at is not None:
        after = [f"{given.play} by {day_words(given.due_at.astimezone().date(), today)}"]
    else:
        after = []
    parts: list[Part] = [
        (f"\n{given.question.capitalize():<10}", "muted"),
        (f"{given.score:>{INDENT - 13}}   ", "muted" if given.voided else "strong"),
        (f"\n{' ' * INDENT}".join(reason), style),
    ]
    return [*parts, *((f"\n{' ' * INDENT}{line}", "muted") for line in after)]

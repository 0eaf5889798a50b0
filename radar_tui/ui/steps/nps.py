"""The asking of the two NPS questions: whom, in which language, the hand-over, and what came back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import day_words
from radar_tui.domain.text import one_line, plural
from radar_tui.errors import RadarError
from radar_tui.store.lists.response import AskRow, ResponseLists
from radar_tui.ui.forms.customer import contact_form
from radar_tui.ui.frame.form import after_saving
from radar_tui.ui.frame.right_clock import with_right_clock
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.step import ABSENT, StepPane, StepTable
from radar_tui.ui.steps.handing_over.given import GivenBlock
from radar_tui.ui.steps.handing_over.whom import COLUMNS, WhomToAsk, language_words
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.ui.steps.handing_over.entered import HandedBack
    from radar_tui.ui.widgets.cells import ListCell

EMPTY = """Nobody to ask yet: here a contact answers the two questions
on your laptop. Press n to add a contact."""


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many contacts have answered."""
    contacts, _ = ResponseLists(book.store, book.visit).answered()
    return StepTally(contacts > 0, str(contacts or ""))


def recap(book: Book, step: Step) -> ListCell:
    """Whose answers were sealed. What they say is for the follow-ups: who sits here may not have been asked."""
    given = ResponseLists(book.store, book.visit).given()
    sealed = Counter(row.contact_id for row in given if not row.voided)
    names = [
        f"{one_line(book.store.contact.get(id).name)}: {plural(count, 'answer')} sealed"
        for id, count in sealed.items()
    ]
    return book.seen("; ".join(names)) if names else ("not asked", "muted")


class Pane(StepPane):
    """The BRM's side: who may be asked, handing over, what was sealed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hand_over", "hand over", id="nps.hand_over", tooltip="Let this contact answer"),
        Binding("s", "show", "show or hide", id="nps.show",
                tooltip="Show what this contact answered, until pressed again or another row"),
        Binding("l", "language", "language", id="nps.language", tooltip="Ask in another language, this time only"),
        Binding("x", "void", "void", id="nps.void", tooltip="Take a sealed answer out of the count, with a reason"),
        Binding("n", "new", "new contact", id="nps.new", tooltip="Somebody who is not in the list"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.whom = WhomToAsk(book, self.unsaved)
        self.shown = ""
        """Whose answers are readable now; everybody else's stay sealed."""

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
        self.table.cursor = self.whom.proposed()
        self.table.focus()

    def reload(self) -> None:
        self.whom.read(self.host.settings.rest_days)
        self.table.empty = ABSENT if self.book.discreet else EMPTY
        rows = self.whom.rows
        rest = f"asked again after {self.host.settings.rest_days} days" if rows else ""
        self.query_one(".heading", Line).show((self.step.title, "strong"), (rest, "muted"))
        self.table.styles.height = max(4, len(rows) + 1) if rows else 7
        self.table.styles.max_height = "60%"
        self._show("")

    def _show(self, contact_id: str) -> None:
        """Paint the list with the answers of one contact readable, or of nobody."""
        self.shown = contact_id
        glyphs = self.host.glyphs
        self.table.show_rows(
            [
                ListRow(row.id, self.whom.cells(row, glyphs, shown=row.id == contact_id))
                for row in self.whom.rows
            ]
        )
        self._show_given()

    def on_row_table_moved(self) -> None:
        if self.shown:
            self._show("")
        self._show_given()
        self.refresh_bindings()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show("")

    def _show_given(self) -> None:
        """Who is under the cursor, and while they are shown, what they answered with their reasons."""
        row, block = self._current(), self.query_one(GivenBlock)
        block.display = row is not None
        if row is None:
            return
        today, language = self.book.today, self.whom.language(row)
        asked = f"last asked {day_words(row.asked_on, today)}" if row.asked_on else "never asked"
        if not self.whom.open(row):
            asked = "answered on this visit"
        this_time = f"{language_words(language)}{' this time' if language != row.language else ''}"
        about = ", ".join(part for part in (one_line(row.title), this_time, asked) if part)
        shown = row.id == self.shown
        block.show(
            [(one_line(row.name), "strong"), (f"\n{about}", "muted")],
            self.whom.given[row.id] if shown else [],
            today,
            *(self.whom.not_kept(row) if shown else ()),
        )

    # What the rows say

    def _current(self) -> AskRow | None:
        return self.whom.rows[self.table.cursor] if self.table.cursor < len(self.whom.rows) else None

    # Handing over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a contact there is nobody to ask and nothing to void."""
        row = self._current() if self.whom.rows else None
        if action == "show" and row is not None:
            return bool(self.whom.given[row.id] or self.whom.not_kept(row)) and not self.book.discreet
        return action not in ("hand_over", "language", "void", "show") or row is not None

    def action_show(self) -> None:
        """Show what the contact under the cursor answered; the same key hides it again."""
        if row := self._current():
            self._show("" if self.shown else row.id)

    def action_language(self) -> None:
        from radar_tui.ui.steps.handing_over.before import next_language

        if row := self._current():
            self.whom.languages[row.id] = next_language(self.whom.language(row))
            self.reload()

    def action_new(self) -> None:
        self.visit_screen.must_be_open()
        if self.book.customer is not None:
            self.app.push_screen(
                contact_form(self.host, self.book.customer.id, None, seen=True), after_saving(self.host)
            )

    def action_hand_over(self) -> None:
        """Say to whom, and how to come back; the screen clears only on the second enter."""
        from radar_tui.ui.steps.handing_over.before import BeforeHandOver, Handing

        self.visit_screen.must_be_open()
        if (row := self._current()) is None:
            return
        questions = self.whom.open(row)
        if not questions:
            self.host.tell("Both questions are answered and sealed; x voids one with a reason.")
            return
        if not self.host.settings.company.strip():
            raise RadarError("The questions need your company's name.", "ctrl+p, then: Change who you are.")
        until, today = self.whom.rests_until(row), self.book.today
        handing = Handing(
            name=row.name,
            title=row.title,
            language=self.whom.language(row),
            questions=" and ".join(questions),
            resting=f"asked {day_words(row.asked_on, today)}, rests until {day_words(until, today)}"
            if until
            else "",
            absent=not row.here,
        )

        def decided(language: str | None) -> None:
            if language is not None:
                self.whom.languages[row.id] = language
                # The panel leaves the stack after this.
                self.call_later(self._hand_over, row, questions, language)

        with_right_clock(self.host, lambda: self.app.push_screen(BeforeHandOver(handing), decided))

    def _hand_over(self, row: AskRow, questions: list[ResponseQuestion], language: str) -> None:
        from radar_tui.checklists.nps import nps_words
        from radar_tui.ui.steps.handing_over.entered import Asking
        from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
        from radar_tui.ui.steps.handing_over.sealing import Sealing

        self._show("")
        asking = Asking(row.name, self.host.settings.company, nps_words(language), questions)

        def came_back(back: HandedBack | None) -> None:
            # The customer's screen leaves the stack after this.
            self.call_later(self._back, row, back)

        self.app.push_screen(
            HandedOverScreen(asking, Sealing(self, row, asking, self.whom.refused)), came_back
        )

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
        if back.unscored:
            self.whom.unscored[row.id] = list(back.unscored)
            title = "A reason without a score is not kept"
            self.app.notify(
                f"{one_line(row.name)} typed one. s shows it.", title=title, timeout=20, markup=False
            )

    # Voiding

    def action_void(self) -> None:
        """Two steps: the form says what it is, and wants a reason."""
        from radar_tui.ui.steps.handing_over.voiding import void_form

        self.visit_screen.must_be_open()
        if (row := self._current()) is None:
            return
        standing = [given for given in self.whom.given[row.id] if not given.voided]
        if not standing:
            self.host.tell("Nothing of this contact was sealed on this visit.")
            return
        self.app.push_screen(void_form(one_line(row.name), standing, self._void))

    def _void(self, ids: list[str], reason: str) -> None:
        def write() -> None:
            with self.store.transaction():
                for id in ids:
                    self.store.response.void(id, reason)

        self.save(write)

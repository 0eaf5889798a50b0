"""Whom the two questions may be asked: who has answered, who rests, in which language, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.nps import QUESTIONS
from radar_tui.domain.response import resting_until
from radar_tui.store.lists.response import AskRow, GivenRow, ResponseLists
from radar_tui.ui.forms.common import LANGUAGES
from radar_tui.ui.widgets.cells import ListColumn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.widgets.cells import ListCell

COLUMNS = [
    ListColumn("Contact", 12, grow=True),
    ListColumn("Job title", 14, priority=2),
    ListColumn("Here", 4, priority=1),
    ListColumn("May be asked", 12),
    ListColumn("Reads", 8, priority=3),
    ListColumn("Last asked", 10, priority=4, right=True),
    ListColumn("Recommend", 9),
    ListColumn("Retain", 8),
]


class WhomToAsk:
    """The contacts of one visit with what they have answered. Answers that are not in the file stand under
    `contact question`: `unsaved` those that the disk has not taken yet, `refused` those that the database will not
    take, both as words. `unscored` are reasons without a score, `languages` those chosen for this time, by contact."""

    def __init__(self, book: Book, unsaved: Mapping[str, str]) -> None:
        self.book, self.unsaved = book, unsaved
        self.rows: list[AskRow] = []
        self.given: dict[str, list[GivenRow]] = {}
        self.languages: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.unscored: dict[str, list[str]] = {}
        self._rest_days = 0

    def read(self, rest_days: int) -> None:
        """Read who is there and what they answered; a contact rests `rest_days` before being asked again."""
        lists = ResponseLists(self.book.store, self.book.visit)
        self._rest_days = rest_days
        self.rows = [row for row in lists.contacts() if row.here or not self.book.discreet]
        self.given = {row.id: [] for row in self.rows}
        for given in lists.given():
            self.given.setdefault(given.contact_id, []).append(given)

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
        return resting_until(row.asked_on, self.book.today, self._rest_days)

    def language(self, row: AskRow) -> str:
        """The language to ask in: the contact's, unless the BRM chose another for this time."""
        return self.languages.get(row.id, row.language)

    def not_kept(self, row: AskRow) -> list[str]:
        """What they answered and the file does not have: to be written down by hand."""
        refused = [
            f"{question.capitalize()}, not saved: {self.refused[key]}"
            for question in QUESTIONS
            if (key := f"{row.id} {question}") in self.refused
        ]
        return refused + [f"A reason without a score: {reason}" for reason in self.unscored.get(row.id, ())]

    def proposed(self) -> int:
        """Whom to ask: in the room before absent, then the order of roles; nobody who rests or has answered."""
        ready = [index for index, row in enumerate(self.rows) if self.open(row) and not self.rests_until(row)]
        return min(ready, key=lambda index: (not self.rows[index].here, index), default=0)

    def cells(self, row: AskRow, glyphs: Glyphs, *, shown: bool) -> list[ListCell]:
        """In the order of COLUMNS; the scores can be read only of whom is `shown`."""
        today = self.book.today
        return [
            row.name,
            (row.title, "muted"),
            glyphs.done if row.here else "",
            self._may_be_asked(row),
            (language_words(self.language(row)), "muted"),
            (short_day(row.asked_on, today) or glyphs.none, "muted"),
            *(self._answer(row, question, glyphs, shown=shown) for question in QUESTIONS),
        ]

    def _may_be_asked(self, row: AskRow) -> ListCell:
        left = len(self.open(row))
        if left == 0:
            return "answered"
        if left < len(QUESTIONS):
            return "one left"
        until = self.rests_until(row)
        return (f"from {day_words(until, self.book.today)}", "muted") if until else "now"

    def _answer(self, row: AskRow, question: ResponseQuestion, glyphs: Glyphs, *, shown: bool) -> ListCell:
        key = f"{row.id} {question}"
        if (waiting := self.unsaved.get(key, self.refused.get(key))) is not None:
            return [(waiting.split()[0], "strong"), ("!", "late")] if shown else ("unsaved", "late")
        standing = self.standing(row, question)
        if standing is None:
            return glyphs.none, "muted"
        return (str(standing.score), "strong") if shown else f"{glyphs.done} sealed"


def language_words(code: str) -> str:
    """`Italian`; the code itself for a language that the questions are not written in."""
    return dict(LANGUAGES).get(code) or code

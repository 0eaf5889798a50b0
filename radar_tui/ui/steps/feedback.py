"""How satisfied they were with what we did on their tickets, and what became of every "not satisfied"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import DAY_HINT, day_words, short_day
from radar_tui.domain.room import for_customer, mark_after
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.lists.service import ServiceLists
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import ListPane
from radar_tui.ui.widgets.cells import ListColumn, ListRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.action import Action
    from radar_tui.domain.checklist import Step
    from radar_tui.domain.service import Ticket
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.service import FeedbackRow
    from radar_tui.ui.widgets.cells import ListCell, Part

MOST_TITLE = 200


COUNTED = True


def tally(book: Book, step: Step) -> StepTally:
    """How many "not satisfied" nobody followed through yet."""
    waiting = ServiceLists.around(book.store, book.visit).waiting()
    return StepTally(False, f"{waiting} open" if waiting else "")


def recap(book: Book, step: Step) -> ListCell:
    """Verdicts of the last year, once a worker has counted them."""
    counted = book.counted
    if counted is None or not (counted.satisfied or counted.unhappy):
        return ""
    return f"{counted.satisfied:,} satisfied, {counted.unhappy:,} not, last year"


class Pane(ListPane):
    """Every "not satisfied" with who followed through, when, and what came of it."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("   Not satisfied with", 21, grow=True),
        ListColumn("Opened", 6, priority=1, right=True),
        ListColumn("Followed by", 14),
        ListColumn("On", 6, right=True),
        ListColumn("Outcome", 12, priority=2, grow=True),
        ListColumn("Shown", 6, priority=3, right=True),
    ]
    empty = """Nobody was “not satisfied” in the last year.
Here stands what became of each one: who followed through, when, and the outcome."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "seen", "seen", id="feedback.seen", tooltip="They have seen what became of it"),
        Binding("a", "act", "action", id="feedback.action", tooltip="Make an action of one nobody followed through"),
        Binding("e", "edit", "follow-through", id="feedback.edit", tooltip="Who followed through, when, the outcome"),
        Binding("i", "about", "about", id="feedback.about", tooltip="Where each figure comes from"),
        Binding("enter", "edit", "follow-through", show=False, tooltip="Who followed through, when, the outcome"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.unhappy: dict[str, FeedbackRow] = {}
        self.agreed: dict[str, str] = {}

    def reload(self) -> None:
        self.show_counted()
        lists = ServiceLists.around(self.store, self.book.visit)
        self.unhappy.clear()
        self.agreed.clear()

        def page(ids: Sequence[str]) -> list[ListRow]:
            rows = [self._read_aloud(row) for row in lists.not_satisfied(ids)]
            self.agreed |= lists.actions([fact_id("action", "not satisfied", row.id) for row in rows])
            self.unhappy.update({row.id: row for row in rows})
            return [ListRow(row.id, self._cells(row)) for row in rows]

        self.show_pages(lists.unhappy_ids(), page)

    def show_counted(self) -> None:
        counted = self.book.counted
        words = (
            f"{counted.satisfied:,} satisfied, {counted.unhappy:,} not, {counted.silent:,} silent"
            if counted
            else ""
        )
        self.head((words, "muted"), "1 year")

    def _read_aloud(self, row: FeedbackRow) -> FeedbackRow:
        """While discreet without what is internal in it."""
        if not self.book.discreet:
            return row
        subject, comment, outcome = map(for_customer, (row.subject, row.comment, row.outcome))
        return row._replace(subject=subject, comment=comment, outcome=outcome)

    def in_full(self, key: str) -> str:
        row = self.unhappy.get(key)
        if row is None:
            return ""
        outcome = f"Outcome: {row.outcome}" if row.outcome else "no outcome yet"
        seen = f"Shown {day_words(row.shown_on, self.book.today)}" if row.shown_on else "not shown yet"
        # First what is short: the rest may be as long as it was typed.
        words = [
            seen,
            f"{row.reference} {row.subject}".strip(),
            f"“{row.comment}”" if row.comment else "",
            outcome,
        ]
        return ". ".join(word for word in words if word)

    def _cells(self, row: FeedbackRow) -> list[ListCell]:
        glyphs, today = self.host.glyphs, self.book.today
        words = row.subject or row.comment or row.reference
        followed = row.followed_up_on is not None
        # Where there is no room for the day on which it was shown, the mark says that it was.
        what: list[Part] = [
            (" " if followed else glyphs.due, "due"),
            (f"{glyphs.done} " if row.shown_on else "  ", "accent" if row.shown_on == today else "muted"),
            (words, ""),
            (f"  {row.comment}" if row.subject and row.comment else "", "muted"),
        ]
        return [
            what,
            (short_day(row.opened_on, today), "muted"),
            row.followed_up_by or ((glyphs.none, "muted") if followed else self._nobody(row.id)),
            (short_day(row.followed_up_on, today) or glyphs.none, "muted"),
            row.outcome or (glyphs.none, "muted"),
            (short_day(row.shown_on, today) or glyphs.none, "muted"),
        ]

    def _nobody(self, id: str) -> Part:
        status = self.agreed.get(fact_id("action", "not satisfied", id))
        return (
            (f"action {'agreed' if status == 'open' else status}", "muted")
            if status
            else ("nobody yet", "due")
        )

    # Keys

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        row = self._row()
        return row is not None and (action != "act" or row.followed_up_on is None)

    def _row(self) -> FeedbackRow | None:
        here = self.table.current if self.is_mounted else None
        return self.unhappy.get(here.key) if here else None

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import FEEDBACK, AboutScreen

        self.app.push_screen(AboutScreen(FEEDBACK))

    def action_seen(self) -> None:
        """Note today as the day it was shown, or take that back; then move on."""
        if (row := self._row()) is not None:
            seen = None if row.shown_on == self.book.today else self.book.today
            self._change(row.id, shown_on=seen)
            self.table.action_move(1)

    def _change(self, id: str, **values: object) -> None:
        tickets = self.store.ticket
        before = tickets.get(id)
        after: Ticket = before.model_copy(update=values)
        self.save(
            lambda: tickets.change(before, after),
            key=id,
            undo=lambda: tickets.change(after, before),
        )

    def action_act(self) -> None:
        """One action a ticket, however often it is asked for."""
        from radar_tui.domain.action import DUE_IN_DAYS

        row, visit, actions = self._row(), self.book.visit, self.store.action
        if row is None:
            return
        new = action_of(
            row, visit, self.host.settings.me or None, self.book.today + timedelta(days=DUE_IN_DAYS)
        )
        if actions.find(new.id) is not None:
            self.host.tell("There is an action of it already.")
            return
        if self.save(lambda: actions.save(new), key=row.id, undo=lambda: actions.delete(new.id)):
            self.host.tell("It is an action of this visit now.")

    def action_edit(self) -> None:
        self.visit_screen.must_be_open()
        from radar_tui.ui.forms.common import colleague_options
        from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

        if (row := self._row()) is None:
            return
        before, today = self.store.ticket.get(row.id), self.book.today
        self.may_open(before.outcome)

        def keep(values: FormValues) -> str:
            day = values["followed_up_on"]
            if isinstance(day, date) and day > today:
                raise RadarError("This day has not come yet.", "A follow-through is of today or before.")
            self._change(row.id, **{**values, "outcome": str(values["outcome"])})
            return row.id

        who = before.followed_up_by or self.host.settings.me or None
        fields = [
            FormField(
                "followed_up_by", "Who", "choice", who, colleague_options(self.host, before.followed_up_by)
            ),
            FormField(
                "followed_up_on", "On", "date", before.followed_up_on or today, hint=DAY_HINT, past=True
            ),
            FormField(
                "outcome", "Outcome", value=before.outcome, hint="what came of it, as they would say it"
            ),
        ]
        self.app.push_screen(FormScreen("Follow-through", fields, keep))


def action_of(row: FeedbackRow, visit: Visit, owner_id: str | None, due_on: date) -> Action:
    """The action that follows one "not satisfied" through; every laptop gives it the same id."""
    from radar_tui.domain.action import Action

    about = row.subject or row.comment or row.reference or "what they were not satisfied with"
    return Action(
        id=fact_id("action", "not satisfied", row.id),
        customer_id=visit.customer_id,
        visit_id=visit.id,
        title=f"Follow through: {about}"[:MOST_TITLE],
        ours=mark_after(None, "", about),
        owner_id=owner_id,
        due_on=due_on,
    )

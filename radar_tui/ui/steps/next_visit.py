"""The next visit: a day proposed from the cadence and the usual weekday, planned with enter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from radar_tui.domain.cadence import next_visit
from radar_tui.domain.customer import DEFAULT_CADENCE_DAYS
from radar_tui.domain.days import DAY_HINT, day_words, long_words, read_day, weekday_words
from radar_tui.domain.row import LAST_DAY, of_our_years
from radar_tui.domain.text import plural
from radar_tui.domain.visit import Visit
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.lists.visit import VisitLists
from radar_tui.ui.steps.base.asking import AskLine
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import heading
from radar_tui.ui.steps.base.step import StepPane
from radar_tui.ui.widgets.line import Line, content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from radar_tui.domain.checklist import Step
    from radar_tui.ui.widgets.cells import ListCell, Part


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """The day that is planned."""
    planned = book.store.visit.find(VisitLists(book.store, book.visit).planned_id())
    day = planned.planned_on if planned else None
    return StepTally(day is not None, day_words(day, book.today))


def recap(book: Book, step: Step) -> ListCell:
    """The day of the next one."""
    planned = book.store.visit.find(VisitLists(book.store, book.visit).planned_id())
    if planned is None or planned.planned_on is None:
        return ("not planned", "due")
    return weekday_words(planned.planned_on, book.today)


class DayPicker(Widget, can_focus=True):
    """Paints the lines it is given; a digit typed on it opens the line for a date."""

    DEFAULT_CSS = "DayPicker { height: auto; padding: 0 1; margin-top: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[Part] = []

    def show(self, parts: list[Part]) -> None:
        self._parts = parts
        self.refresh(layout=True)

    def render(self) -> Content:
        return content(self._parts)


class Pane(StepPane):
    """One day to move and to plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "plan", "plan it", id="next_visit.plan", tooltip="Plan the visit for this day"),
        Binding("plus", "shift(1)", "day", key_display="+", id="next_visit.later", tooltip="A day later"),
        Binding("minus", "shift(-1)", "day", key_display="-", id="next_visit.sooner", tooltip="A day sooner"),
        Binding("down,equals_sign", "shift(1)", "day", show=False, tooltip="A day later"),
        Binding("up", "shift(-1)", "day", show=False, tooltip="A day sooner"),
        Binding("left", "shift(-7)", "week", key_display="←", id="next_visit.week_sooner", tooltip="A week sooner"),
        Binding("right", "shift(7)", "week", key_display="→", id="next_visit.week_later", tooltip="A week later"),
        Binding("e", "type", "type a date", id="next_visit.type", tooltip="Type a date (or just its first digit)"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.lists = VisitLists(book.store, book.visit)
        self.cadence = book.customer.cadence_days if book.customer else DEFAULT_CADENCE_DAYS
        self.seen = self.lists.seen_days()
        self.planned: Visit | None = self._planned()
        self.day = (self.planned.planned_on if self.planned else None) or self.proposed

    def compose(self) -> ComposeResult:
        yield from heading(self.step)
        picker = DayPicker()
        yield picker
        yield AskLine(picker)

    def on_mount(self) -> None:
        self.query_one(DayPicker).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a date is typed the keys that move the day are letters."""
        return not (self.is_mounted and self.query_one(AskLine).is_open)

    def may_leave(self) -> bool:
        line = self.query_one(AskLine)
        return not line.is_open or line.keep()

    @property
    def visit_day(self) -> date:
        """The day the cadence counts from: that of this visit."""
        return self.book.visit.completed_day(self.store.clock()) or self.book.today

    @property
    def last_day(self) -> date:
        """The last day within the cadence."""
        return self.visit_day + timedelta(days=self.cadence)

    @property
    def proposed(self) -> date:
        """The day that cadence and usual weekday speak for, never a past one."""
        day = next_visit(self.visit_day, self.cadence, usual_weekday([*self.seen, self.visit_day]))
        return max(day, self.book.today + timedelta(days=1))

    def _planned(self) -> Visit | None:
        return self.store.visit.find(self.lists.planned_id())

    def reload(self) -> None:
        self.planned = self._planned()
        day = self.planned.planned_on if self.planned else None
        done = (
            (f"planned for {long_words(day, self.book.today)}", "muted")
            if day
            else ("not planned yet", "muted")
        )
        self.query_one(".heading", Line).show((self.step.title, "strong"), done)
        self.query_one(DayPicker).show(self._words())

    def _words(self) -> list[Part]:
        glyphs, day = self.host.glyphs, self.day
        ahead = (day - self.book.today).days
        beyond = (day - self.last_day).days
        parts: list[Part] = [
            (f"{glyphs.cursor} ", "accent"),
            (long_words(day), "strong"),
            ("\n\n", ""),
        ]
        parts += [("  ", ""), (f"in {plural(ahead, 'day')}", ""), ("\n  ", "")]
        last = day_words(self.last_day, self.book.today)
        if beyond > 0:
            late = f"{plural(beyond, 'day')} after the cadence of {plural(self.cadence, 'day')} ends ({last})"
            parts.append((late, "due"))
        else:
            parts.append((f"within the cadence of {plural(self.cadence, 'day')} (until {last})", "muted"))
        parts += [("\n  ", ""), (self._weekday_words(), "muted"), ("\n\n  ", "")]
        if self.planned is not None and self.planned.planned_on == day:
            unsaved = "next_visit" in self.unsaved
            parts.append(("unsaved", "late") if unsaved else (f"{glyphs.done} planned", "accent"))
        else:
            parts.append(("enter ", "accent"))
            parts.append(("moves the planned visit here" if self.planned else "plans it", "muted"))
        return parts

    def _weekday_words(self) -> str:
        alike = sum(seen.weekday() == self.day.weekday() for seen in self.seen)
        if not self.seen:
            return "no earlier visit to go by"
        return f"{alike} of the last {plural(len(self.seen), 'visit')} were on a {self.day:%A}"

    # Keys

    def action_shift(self, by: int) -> None:
        """Show another day; nothing is saved before enter."""
        self.day = min(max(self.day + timedelta(days=by), self.book.today + timedelta(days=1)), LAST_DAY)
        self.reload()

    def action_plan(self) -> None:
        """Save the planned visit, or move it; there is one."""
        visits, visit, before = self.store.visit, self.book.visit.id, self.planned
        if before is not None and before.planned_on == self.day:
            return
        after = before.model_copy(update={"planned_on": self.day}) if before else self._new()
        self.save(
            lambda: visits.plan_next(visit, before, after),
            key="next_visit",
            words="planned",
            undo=lambda: visits.change(after, before) if before else visits.delete(after.id),
        )

    def _new(self) -> Visit:
        """Its id follows from this visit, so that two laptops plan one visit and not two.

        After an observation day it is a visit like the last one there.
        """
        this = like = self.book.visit
        if this.occasion == "observation day" and this.customer_id is not None:
            like = next(iter(self.store.visit.begun(this.customer_id)), this)
        id = fact_id("visit", "next after", this.id)
        if self.store.visit.find(id) is not None:
            id = new_id()
        return Visit(
            id=id,
            customer_id=this.customer_id,
            occasion=like.occasion,
            checklist_id=like.checklist_id,
            planned_on=self.day,
            brm_id=this.brm_id,
        )

    def on_key(self, event: events.Key) -> None:
        letter = event.character
        if letter is not None and letter.isdecimal() and not self.query_one(AskLine).is_open:
            event.stop()
            self._ask(letter)

    def action_type(self) -> None:
        self._ask(None)

    def _ask(self, typed: str | None) -> None:
        def keep(text: str) -> str | None:
            try:
                day = of_our_years(read_day(text, self.book.today, "after"))
            except ValueError as error:
                return str(error).capitalize()
            if day <= self.book.today:
                return "A day after today"
            self.day = day
            self.action_plan()
            self.reload()
            return None

        self.query_one(AskLine).ask("Next visit on", keep, typed=typed, hint=DAY_HINT)


def usual_weekday(days: Sequence[date]) -> int:
    """The weekday (0 Monday) most visits were on; of equals the one met first. `days` are newest first."""
    weekdays = [day.weekday() for day in days]
    return max(weekdays, key=weekdays.count)

"""The visit: steps on the left, the step on the right, what was found below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from radar_tui.errors import RadarError
from radar_tui.store.lists.visit import VisitLists
from radar_tui.ui.base.place import BriefOf
from radar_tui.ui.screens.visit.counts import found_today
from radar_tui.ui.screens.visit.leaving import VisitLeaving
from radar_tui.ui.steps.base.book import Book
from radar_tui.ui.steps.base.step import StepPane
from radar_tui.ui.steps.kinds import module_of
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.step_list import StepLine, StepList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.ui.widgets.cells import ListCell, Part

TITLE_FROM_WIDTH = 100


class VisitScreen(VisitLeaving):
    """One visit, resumed at its step. Every answer is on the disk before it is painted as saved."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    keeps_digits = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket,pagedown", "go(1)", "next step", key_display="]", id="visit.next",
                tooltip="The next step (also page down, while typing too)"),
        Binding("left_square_bracket,pageup", "go(-1)", "back", key_display="[", id="visit.previous",
                tooltip="The step before (also page up, while typing too)"),
        Binding("ctrl+o", "ours", "ours", id="visit.ours",
                tooltip="This note, action or line is ours: customers do not read it; again: they may"),
        Binding("ctrl+z", "app.undo", "undo", id="visit.undo", tooltip="Take the last change back"),
        Binding("escape", "leave", "leave", id="visit.leave", tooltip="Leave; the visit resumes here"),
        Binding("b", "brief", "brief", id="visit.brief", tooltip="The card to read in the car park"),
    ]  # fmt: skip

    def __init__(self, visit_id: str, at: str = "") -> None:
        """`at` is the key of a step to begin at; without it the visit resumes where it was left."""
        super().__init__()
        self.visit_id = visit_id
        self.at = at
        self.here = 0

    # What it shows

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        with Horizontal():
            yield StepList()
            yield Vertical(id="pane")
        yield Line(id="found")
        yield KeyBar()

    async def on_mount(self) -> None:
        try:
            await self._open_visit()
        except RadarError as error:
            self.host.say(error)
            if not self.query("#pane StepPane"):
                # There is nothing to show: back to where one came from.
                self.call_later(self.action_back)

    async def _open_visit(self) -> None:
        self.book = self._read_book()
        keys = [step.key for step in self.book.checklist.steps]
        self.here = next(
            (keys.index(key) for key in (self.at, self.book.visit.current_step) if key in keys), 0
        )
        self.show_title("")
        await self._open_step()
        self.count_beside()

    def _read_book(self) -> Book:
        visit = self.store.visit.get(self.visit_id)
        customer = self.store.customer.get(visit.customer_id) if visit.customer_id else None
        counted = self.book.counted if self.query("#pane StepPane") else None
        discreet = customer is not None and self.host.discreet
        return Book(self.store, visit, customer, self.store.checklist.of_visit(visit), counted, discreet)

    def renew_visit(self) -> None:
        visit = self.store.visit.get(self.visit_id)
        if visit.checklist_id != self.book.visit.checklist_id:
            self.call_next(self.renew)
        elif visit.status != self.book.visit.status:
            self.book = self.pane.book = replace(self.book, visit=visit)
            self.show_title("")

    @property
    def pane(self) -> StepPane:
        """The step on the right."""
        return self.query_one("#pane", Vertical).query_one(StepPane)

    def reload(self) -> None:
        if self.query("#pane .heading"):
            self.renew_visit()
            self.pane.reload()
            self.show_progress()
            self.count_beside()

    def show_title(self, saved: str) -> None:
        book = self.book
        who = self.store.contact.decision_maker_in(self.visit_id) if book.customer else None
        name = book.customer.name if book.customer else "Ourselves"
        if book.discreet and who and who.name in VisitLists(self.store, book.visit).others():
            who = None
        with_whom = f" · {who.name}" if who else ""
        if who and who.title and self.size.width >= TITLE_FROM_WIDTH:
            with_whom += f", {who.title}"
        left: list[Part] = [(name, "strong"), (f"  {book.checklist.title}{with_whom}", "muted")]
        right: Part = (f"{book.visit.standing}, to read" if book.closed else saved, "muted")
        mark: Part = ("discreet  " if book.discreet else "", "accent")
        self.query_one("#title", Line).show(left, [mark, self.unsaved() or right])
        self.set_class(book.discreet, "-discreet")

    def show_progress(self) -> None:
        book = self.book
        lines = []
        for step in book.checklist.steps:
            tally = module_of(step.kind).tally(book, step)
            lines.append(StepLine(step.title, tally.done, tally.words))
        self.query_one(StepList).show(lines, self.here)
        found = self.query_one("#found", Line)
        # At ourselves no business is found, and what is found is not for their eyes.
        found.display = book.customer is not None and not book.discreet
        found.show(*found_today(self.store, book))

    def came_to(self, step: Step) -> tuple[bool, ListCell]:
        module = module_of(step.kind)
        return module.tally(self.book, step).done, module.recap(self.book, step)

    # Going through the steps

    async def _open_step(self) -> None:
        await self._show_pane(self._made(self.book, self.here))

    def _made(self, book: Book, index: int) -> StepPane:
        step = book.checklist.steps[index]
        return module_of(step.kind).Pane(book, step)

    async def _show_pane(self, pane: StepPane) -> None:
        place = self.query_one("#pane", Vertical)
        await place.remove_children()
        await place.mount(pane)
        pane.reload()
        self.show_progress()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No step before the first, none after the last."""
        if action == "go" and not self.query("#pane StepPane"):
            return False
        if action == "brief" and self.host.discreet:
            return False
        if action in ("discreet", "brief"):
            return bool(self.query("#pane StepPane") and self.book.customer)
        if action == "ours":
            return bool(self.query("#pane StepTable") and self.pane.markable())
        if action == "go" and parameters and isinstance(parameters[0], int):
            return 0 <= self.here + parameters[0] < len(self.book.checklist.steps)
        return super().check_action(action, parameters)

    def action_discreet(self) -> None:
        """Somebody of theirs sits down beside the screen, or has gone; what is being typed is kept first."""
        if not (self.book.discreet or self.pane.may_leave()):
            return
        self.host.discreet = not self.book.discreet
        self.app.clear_notifications()
        self.book = self.pane.book = replace(self.book, discreet=self.host.discreet)
        self.show_title("")
        self.pane.reload()
        self.show_progress()
        self.refresh_bindings()

    def action_brief(self) -> None:
        if self.book.customer and self.may_leave():
            self.host.open(BriefOf(self.book.customer.id))

    def action_ours(self) -> None:
        self.pane.mark()

    async def action_go(self, by: int) -> None:
        await self.go_to(self.here + by)

    async def on_step_list_picked(self, event: StepList.Picked) -> None:
        await self.go_to(event.index)

    async def go_to(self, index: int, key: str = "") -> None:
        if index != self.here:
            await self._to(index)
        if key and index == self.here:
            self.pane.point(key)

    async def _to(self, index: int) -> None:
        if not 0 <= index < len(self.book.checklist.steps) or not self.pane.may_leave():
            return
        key = self.book.checklist.steps[index].key
        self.save(lambda: self.store.visit.set_step(self.visit_id, key), None, silent=True)
        # Read before the step that stands there goes: if that fails, it stays.
        book = self._read_book()
        pane = self._made(book, index)
        self.here, self.book = index, book
        await self._show_pane(pane)

    async def renew(self) -> None:
        here, self.book = self.book.checklist.steps[self.here].key, self._read_book()
        keys = [step.key for step in self.book.checklist.steps]
        self.here = keys.index(here) if here in keys else 0
        self.show_title("")
        await self._open_step()
        self.count_beside()

    def may_leave(self) -> bool:
        if self.query("#pane StepPane") and not self.pane.may_leave():
            return False
        return super().may_leave()

    def show_written(self) -> None:
        self.pane.unsaved.clear()
        with self.host.saying():
            self.reload()

"""One follow-up: who said what, and one key for each step of its play."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.errors import RadarError
from radar_tui.ui.base.place import BriefOf, CustomerAt, VisitTo
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from radar_tui.domain.follow_up import FollowUp
    from radar_tui.store.lists.follow_up import FollowUpRow
    from radar_tui.ui.frame.form import FormScreen

LEADS_TO = {
    "call": "called", "cause": "cause", "fix": "fixed", "confirm": "confirmed", "close": "closed", "reopen": "open",
}  # fmt: skip
"""Actions of steps, and the state each leads to."""
STEP_KEYS = {"c": "call", "w": "cause", "f": "fix", "k": "confirm", "g": "gesture", "d": "close"}


class FollowUpScreen(Undoing):
    """Only the keys of steps that may be taken now are there; each is on the disk before it is shown as done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", "called", id="follow_up.call", tooltip="We spoke to them"),
        Binding("w", "cause", "cause", id="follow_up.cause", tooltip="Write down why it went wrong"),
        Binding("f", "fix", "fixed", id="follow_up.fix", tooltip="What went wrong is put right"),
        Binding("k", "confirm", "confirmed", id="follow_up.confirm", tooltip="The customer says it is fixed"),
        Binding("g", "gesture", "gesture", id="follow_up.gesture", tooltip="What they got on top"),
        Binding("d", "close", "close", id="follow_up.close", tooltip="Close it with its outcome"),
        Binding("x", "reopen", "open again", id="follow_up.reopen", tooltip="Start over; what was is kept"),
        Binding("n", "action", "new action", id="follow_up.action", tooltip="Make an action of it"),
        Binding("e", "edit", "edit", id="follow_up.edit", tooltip="Who follows up, and by when"),
        Binding("o", "customer", "customer", id="follow_up.customer", tooltip="Open the customer"),
        Binding("b", "brief", "brief", id="follow_up.brief", tooltip="The card to read in the car park"),
        Binding("v", "visit", "visit", show=False, id="follow_up.visit", tooltip="Start or resume a visit there"),
        Binding("i", "about", "about", show=False, id="follow_up.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="follow_up.back", tooltip="Back to the list"),
    ]  # fmt: skip

    def __init__(self, follow_up_id: str) -> None:
        super().__init__()
        self.follow_up_id = follow_up_id
        self.row: FollowUpRow | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def reload(self) -> None:
        from radar_tui.store.lists.follow_up import FollowUpLists
        from radar_tui.ui.screens.follow_ups import one_rows as words

        lists, now, glyphs = FollowUpLists(self.store), self.store.clock(), self.host.glyphs
        row = self.row = lists.one(self.follow_up_id)
        if row is None:
            raise RadarError("This follow-up is no longer there.", "Go back and look again.")
        also = lists.also(row.id)
        self.query_one("#title", Line).show(words.heading(row), words.state(row, now, glyphs))
        self.query_one(Sheet).show(lambda width: words.lines(row, also, now, glyphs, width))
        self.refresh_bindings()

    # Steps

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        from radar_tui.domain.follow_up import may

        row = self.row
        if action in LEADS_TO:
            return row is not None and may(row.play, row.status, LEADS_TO[action])  # type: ignore[arg-type]
        if action == "gesture":
            return row is not None and row.play == "recover" and row.status == "confirmed"
        if action == "edit":
            return row is not None and row.status != "closed"
        return row is not None or action == "back"

    def on_key(self, event: events.Key) -> None:
        """A step whose turn has not come says what is needed first, instead of nothing."""
        from radar_tui.domain.follow_up import needed

        action = STEP_KEYS.get(event.key)
        if action and self.row is not None and not self.check_action(action, ()):
            self.host.tell(needed(self.row.play, self.row.status))  # type: ignore[arg-type]

    def _step(self, words: str, step: Callable[[FollowUp], FollowUp]) -> None:
        """One key, one step, one commit."""
        duties = self.store.follow_up
        try:
            before, after = duties.move(self.follow_up_id, step)
        except RadarError:
            self.reload()
            raise
        self.changed(words, lambda: duties.change_back(before, after))

    def action_call(self) -> None:
        from radar_tui.domain.follow_up import called

        self._step("They were called.", called)

    def action_fix(self) -> None:
        from radar_tui.domain.follow_up import fixed

        self._step("It is fixed.", fixed)

    def action_confirm(self) -> None:
        from radar_tui.domain.follow_up import confirmed

        self._step("They confirmed it.", confirmed)

    # Forms

    def action_cause(self) -> None:
        from radar_tui.ui.screens.follow_ups.one_forms import cause_form

        self._open(cause_form)

    def action_gesture(self) -> None:
        from radar_tui.ui.screens.follow_ups.one_forms import gesture_form

        self._open(gesture_form)

    def action_close(self) -> None:
        from radar_tui.ui.screens.follow_ups.one_forms import close_form

        self._open(close_form)

    def action_reopen(self) -> None:
        from radar_tui.ui.screens.follow_ups.one_forms import reopen_form

        self._open(reopen_form)

    def action_edit(self) -> None:
        from radar_tui.ui.screens.follow_ups.one_forms import edit_form

        self._open(edit_form)

    def _open(self, make: Callable[..., FormScreen]) -> None:
        def saved(id: str | None) -> None:
            if id is not None:
                # What was typed is not taken back by one key.
                self.forget()
                self.host.reload()

        if self.row is not None:
            self.app.push_screen(make(self.host, self.row), saved)

    def action_action(self) -> None:
        from radar_tui.ui.forms.business import action_about

        def saved(id: str | None) -> None:
            if id is not None:
                self.host.tell("The action stands with the customer.")

        if row := self.row:
            moves = row.question if row.decides else None
            self.app.push_screen(action_about(self.host, row.customer_id, row.contact, moves), saved)

    # Where else to go

    def action_customer(self) -> None:
        if row := self.row:
            self.host.open(CustomerAt(row.customer_id))

    def action_brief(self) -> None:
        if row := self.row:
            self.host.open(BriefOf(row.customer_id))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.follow_ups.about import about

        self.app.push_screen(AboutScreen(about(self.host.settings)))

    def action_visit(self) -> None:
        if row := self.row:
            self.host.open(VisitTo(row.customer_id))

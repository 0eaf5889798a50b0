"""What the keys of the Ourselves screen do: add, edit, open, look at the figures over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.base.place import VisitAt, VisitTo
from radar_tui.ui.frame.tabbed import TabbedPage
from radar_tui.ui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from radar_tui.checklists.loader import Library
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.row_table import RowTable

FORMS = ("promises", "wants", "colleagues", "parts")
"""The lists that one adds to and edits here."""
ROUNDS = ("checks", "observations")
"""The lists of what is planned here and held as a visit."""


class OurselvesKeys(TabbedPage):
    """The keys; the screen itself says what is shown."""

    _words: str

    @property
    def library(self) -> Library:
        """The checklists there are."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":
            return self.here == "parts"
        if action == "all":
            return self.here == "parts" and bool(self._words)
        if action == "history":
            return self.here in ("promises", "checks")
        if action == "new":
            return self.here in (*FORMS, *ROUNDS)
        if action == "edit":
            return self.chosen is not None and (self.here in FORMS or self._may_move())
        return True

    def _may_move(self) -> bool:
        """Whether the cursor is on a visit that did not begin: that one is moved, cancelled or missed."""
        if self.here not in ROUNDS:
            return False
        visit = self.store.visit.find(self.chosen)
        return visit is not None and visit.status in ("planned", "missed")

    def action_visit(self) -> None:

        self.radar.open(VisitTo(None))

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def action_all(self) -> None:
        self.query_one(FilterLine).action_clear()

    def action_history(self) -> None:
        from radar_tui.ui.screens.ourselves.history import ChecksHistory, PromisesHistory

        self.app.push_screen(ChecksHistory() if self.here == "checks" else PromisesHistory())

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.ourselves.rounds import ABOUT

        self.app.push_screen(AboutScreen(ABOUT))

    def _open_visit(self, visit_id: str) -> None:
        """A visit that has begun opens where it is; a planned one starts, one missed is planned anew."""
        visit = self.store.visit.get(visit_id)
        if visit.status in ("in progress", "completed"):
            self.radar.open(VisitAt(visit_id))
        elif visit.status == "planned":
            self.radar.open(VisitTo(visit.customer_id, visit_id))
        else:
            self.action_edit()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        if self.here in ROUNDS:
            self._open_visit(event.key)
        elif self.here in FORMS:
            self.action_edit()
        elif key := self.chosen:
            from radar_tui.ui.screens.ourselves.checklist import ChecklistScreen

            self.app.push_screen(ChecklistScreen(self.library.get(key)))

    def action_new(self) -> None:
        self._open(self._form(None))

    def action_edit(self) -> None:
        if id := self.chosen:
            self._open(self._form(id))

    def _form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.ourselves import colleague_form, part_form, promise_form, want_form

        app, store = self.radar, self.store
        if self.here == "promises":
            return promise_form(app, store.promise.get(id) if id else None)
        if self.here == "wants":
            return want_form(app, store.want.get(id) if id else None)
        if self.here == "colleagues":
            return colleague_form(app, store.colleague.get(id) if id else None)
        if self.here in ROUNDS:
            from radar_tui.ui.forms.visit import observation_form, planned_visit_form

            if self.here == "observations" and id is None:
                return observation_form(app)
            return planned_visit_form(app, None, store.visit.get(id) if id else None)
        return part_form(app, store.part.get(id) if id else None)

    def _open(self, form: FormScreen) -> None:
        from radar_tui.ui.frame.form import after_saving

        self.app.push_screen(form, after_saving(self.radar))

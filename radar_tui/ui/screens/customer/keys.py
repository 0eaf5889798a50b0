"""What the keys of the Customer screen do: add, edit, pair, stage, done, archive, and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.opportunity import PROBABILITY
from radar_tui.errors import RadarError
from radar_tui.store.lists.customer import ActionRow, CustomerLists, OpportunityRow
from radar_tui.ui.base.place import BriefOf, CardOf, ExportContacts, OverTime, VisitAt, VisitTo
from radar_tui.ui.frame.reporting import Reporting
from radar_tui.ui.frame.tabbed import TabbedPage
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from radar_tui.domain.opportunity import Stage
    from radar_tui.reports.kinds import Subject
    from radar_tui.store.lists.customer import Head
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.row_table import RowTable

NEXT_STAGE: dict[str, Stage] = {"idea": "quoted", "quoted": "won"}
_NEEDS_ROW = {"pair": "people", "stage": "opportunities", "done": "actions"}


class CustomerKeys(Undoing, Reporting, TabbedPage):
    """The keys; the screen itself says what is shown."""

    customer_id: str
    head: Head | None

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.head = None
        self.words = ""

    @property
    def shown_row(self) -> object:
        """The row under the cursor, as it is shown."""
        raise NotImplementedError

    @property
    def lists(self) -> CustomerLists:
        """The lists of this customer."""
        return CustomerLists(self.store, self.customer_id)

    def reported(self) -> tuple[Subject, str]:
        """On Visits what the customer keeps of the one under the cursor, elsewhere the review for the office."""
        visit = self.store.visit.find(self.chosen) if self.here == "visits" else None
        took_place = visit is not None and visit.status in ("completed", "in progress")
        return ("visit", visit.id) if visit and took_place else ("customer", self.customer_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _NEEDS_ROW:
            return self.here == _NEEDS_ROW[action] and self.chosen is not None
        if action == "filter":
            return self.here == "items"
        if action in ("map", "export"):
            return self.here == "people"
        if action == "new":
            return self.here != "overview"
        if action == "about":
            return self.here in ("overview", "people", "service")
        if action in ("card", "history"):
            return self.here == "overview"
        if action == "edit":
            return self.here == "overview" or (self.chosen is not None and self.may_edit())
        return True

    def may_edit(self) -> bool:
        """Whether the row under the cursor is edited in a form; a visit that has begun is not."""
        if self.here != "visits":
            return True
        visit = self.store.visit.find(self.chosen)
        return visit is not None and visit.status in ("planned", "missed", "cancelled")

    # Going elsewhere

    def action_visit(self) -> None:
        self.radar.open(VisitTo(self.customer_id))

    def action_export(self) -> None:
        if self.head is not None:
            self.radar.open(ExportContacts(self.customer_id, self.head.name))

    def action_brief(self) -> None:
        self.radar.open(BriefOf(self.customer_id))

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        if self.here == "visits":
            self._open_visit(event.key)
        elif self.here != "opportunities":
            self.action_edit()
        elif event.table is self.table:
            self.query_one("#lines").focus()

    def _open_visit(self, visit_id: str) -> None:
        """A visit that has begun opens where it is; a planned one starts; of the others only the day is known."""
        status = self.store.visit.get(visit_id).status
        if status in ("in progress", "completed"):
            self.radar.open(VisitAt(visit_id))
        elif status == "planned":
            self.radar.open(VisitTo(self.customer_id, visit_id))
        else:
            self.action_edit()

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self.words = event.words
        if (table := self.table) is not None:
            table.start_over()
        self.fill("items")
        self.refresh_bindings()

    def action_back(self) -> None:
        if self.here == "opportunities" and self.query_one("#lines").has_focus:
            self.focus_body()
        elif self.here == "items" and self.words:
            self.query_one(FilterLine).action_clear()
        else:
            super().action_back()

    def action_card(self) -> None:
        self.radar.open(CardOf(self.customer_id))

    def action_about(self) -> None:
        from radar_tui.ui.frame import about

        if self.here == "people":
            self.app.push_screen(about.AboutScreen(about.PEOPLE))
            return
        n = self.store.response.answers(self.customer_id, self.today)
        self.app.push_screen(about.AboutScreen(about.customer(n)))

    def action_map(self) -> None:
        from radar_tui.ui.screens.customer.counterparts import CounterpartsScreen

        self.app.push_screen(CounterpartsScreen(self.customer_id))

    def action_history(self) -> None:
        self.radar.open(OverTime(self.customer_id))

    # Adding and editing

    def action_new(self) -> None:
        self._open(self._form(None))

    def action_edit(self) -> None:
        if self.here == "overview" or self.chosen is not None:
            self._open(self._form(self.chosen))

    def _open(self, form: FormScreen | None) -> None:
        from radar_tui.ui.forms.common import after_saving

        if form is not None:
            self.app.push_screen(form, after_saving(self.radar))

    def _form(self, id: str | None) -> FormScreen | None:
        """The form of the tab we are at, for the row with this id or a new one."""
        from radar_tui.ui.forms.business import action_form, opportunity_form
        from radar_tui.ui.forms.customer import contact_form, customer_form, item_form, stream_form

        app, store, customer_id = self.radar, self.store, self.customer_id
        if self.here == "overview":
            return customer_form(app, store.customer.get(customer_id))
        if self.here == "people":
            return contact_form(app, customer_id, store.contact.get(id) if id else None)
        if self.here == "items":
            return item_form(app, customer_id, store.item.get(id) if id else None)
        if self.here == "streams":
            return stream_form(app, customer_id, store.stream.get(id) if id else None)
        if self.here == "visits":
            from radar_tui.ui.forms.visit import planned_visit_form

            return planned_visit_form(app, customer_id, store.visit.get(id) if id else None)
        if self.here == "opportunities":
            return opportunity_form(app, customer_id, store.opportunity.get(id) if id else None)
        if self.here == "service":
            from radar_tui.ui.screens.customer.ticket_form import ticket_form

            return ticket_form(app, customer_id)
        return action_form(app, customer_id, store.action.get(id) if id else None)

    def action_pair(self) -> None:
        from radar_tui.ui.forms.customer import counterpart_form, newest_pair

        if id := self.chosen:
            self._open(counterpart_form(self.radar, self.store.contact.get(id), newest_pair(self.radar, id)))

    # One-key changes, and taking them back

    def action_stage(self) -> None:
        if not isinstance(row := self.shown_row, OpportunityRow):
            return
        before = self.store.opportunity.get(row.id)
        if before.stage != row.stage:
            self.reload()
            raise RadarError(f"{before.title} is {before.stage} by now.", "Nothing was changed.")
        stage = NEXT_STAGE.get(before.stage)
        if stage is None:
            self.radar.tell(f"{before.title} is {before.stage}: e changes that.")
            return
        change: dict[str, object] = {"stage": stage, "probability": PROBABILITY[stage]}
        if stage == "won" and before.expected_on is None:
            # The card counts what was won within a year, so the day must be known.
            change["expected_on"] = self.today
        after = self.store.opportunity.change(before, before.model_copy(update=change))
        self.changed(f"{before.title} is {stage}.", lambda: self.store.opportunity.change_back(before, after))

    def action_done(self) -> None:
        if isinstance(row := self.shown_row, ActionRow):
            self.turn_action(row.id, row.status, "done")

    def action_archive(self) -> None:
        from radar_tui.ui.frame.confirm import ConfirmScreen

        if self.head is None:
            return
        if self.head.archived:
            self._archive(False)
            return
        self.app.push_screen(
            ConfirmScreen(
                f"Archive {self.head.name}?",
                "It leaves the Radar; nothing is deleted. The palette (ctrl+p) finds it by its name.",
            ),
            self._archive_confirmed,
        )

    def _archive_confirmed(self, yes: bool | None) -> None:
        if yes:
            with self.radar.saying():
                self._archive(True)

    def _archive(self, archived: bool) -> None:
        before = self.store.customer.get(self.customer_id)
        moment = self.store.clock() if archived else None
        after = self.store.customer.change(before, before.model_copy(update={"archived_at": moment}))
        words = "is archived" if archived else "is back"
        self.changed(f"{before.name} {words}.", lambda: self.store.customer.change_back(before, after))

"""What opens from the Company screen: the filter, and the visits behind a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, get_args

from textual.binding import Binding, BindingType

from radar_tui.domain.company import Filters, periods, quarter_name
from radar_tui.domain.customer import ContactRole
from radar_tui.domain.text import plural
from radar_tui.store.lists.company import looked_at
from radar_tui.ui.base.place import CustomerAt, VisitAt
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues
from radar_tui.ui.frame.page import Page
from radar_tui.ui.screens.company.value_rows import VISITS, visit_cells
from radar_tui.ui.widgets.cells import ListRow
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult

    from radar_tui.store.lists.company_value import VisitValueRow
    from radar_tui.store.store import Store
    from radar_tui.ui.base.host import Host

WITHOUT = "none"

SPANS = {"quarters": "last 3 years", "value": "last 2 years"}
"""The tabs that look at no period."""


def filter_form(app: Host, now: Filters, look_at: Callable[[Filters], None]) -> FormScreen:
    """Which market, BRM, role and period to look at; `look_at` gets what was chosen."""
    from radar_tui.ui.forms.common import Options, market_options

    markets: Options = [(None, "every market"), *market_options(app)[1:], (WITHOUT, "no market")]
    people = app.store.colleague.owners()
    owners: Options = [(None, "every BRM"), *((row.id, row.name) for row in people), (WITHOUT, "no BRM")]
    roles: Options = [(None, "every role"), *((role, role) for role in get_args(ContactRole))]
    spans = periods(app.today)
    times: Options = [(period.words, period.words) for period in spans]

    def save(values: FormValues) -> str:
        chosen = {name: None if value is None else str(value) for name, value in values.items()}
        period = next(period for period in spans if period.words == chosen["period"])
        found = Filters(
            market="" if chosen["market"] == WITHOUT else chosen["market"],
            owner="" if chosen["owner"] == WITHOUT else chosen["owner"],
            role=chosen["role"],
            period=period,
        )
        usual = found.everybody and period == spans[0]
        look_at(Filters() if usual else found)
        return "company"

    return FormScreen(
        "Look only at",
        [
            FormField("market", "Market", "choice", WITHOUT if now.market == "" else now.market, markets),
            FormField("owner", "BRM", "choice", WITHOUT if now.owner == "" else now.owner, owners),
            FormField("role", "Role of contact", "choice", now.role, roles),
            FormField("period", "Period", "choice", now.window(app.today).words, times),
        ],
        save,
    )


def names_of(store: Store, filters: Filters, today: date, tab: str) -> list[str]:
    """Market, BRM, role and period that a tab looks at, in words."""
    *names, period = looked_at(store, filters, today)
    return [*names, SPANS.get(tab) or period]


class VisitsScreen(Page):
    """The visits of one quarter on which something was found; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "customer", "customer", id="company_visits.customer", tooltip="Open the customer"),
        Binding("i", "about", "about", id="company_visits.about", tooltip="Where each figure comes from"),
        Binding("escape", "back", "back", id="company_visits.back", tooltip="Back to the quarters"),
    ]

    def __init__(self, start: date, filters: Filters) -> None:
        super().__init__()
        self.start, self.filters = start, filters
        self._found: dict[str, VisitValueRow] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield RowTable(VISITS, empty="Nothing was found on the visits of this quarter.")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowTable).focus()

    def reload(self) -> None:
        from radar_tui.store.lists.company_value import visits_with_value

        found = visits_with_value(self.store, self.today, self.filters, self.start)
        self.query_one("#title", Line).show(
            (f"Value found, {quarter_name(self.start)}", "strong"), (plural(len(found), "visit"), "muted")
        )
        glyphs = self.host.glyphs
        self._found = {f"{row.visit_id} {row.currency}": row for row in found}
        cells = [ListRow(key, visit_cells(row, self.today, glyphs)) for key, row in self._found.items()]
        self.query_one(RowTable).show_rows(cells)
        self.refresh_bindings()

    @property
    def chosen(self) -> VisitValueRow | None:
        """The visit under the cursor."""
        row = self.query_one(RowTable).current if self.is_mounted else None
        return self._found.get(row.key) if row else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action == "customer" else True

    def on_row_table_chosen(self) -> None:
        """The visit itself, if it has taken place; else the customer, who has it among theirs."""
        if row := self.chosen:
            if self.store.visit.get(row.visit_id).status in ("in progress", "completed"):
                self.host.open(VisitAt(row.visit_id))
            else:
                self.action_customer()

    def action_customer(self) -> None:
        if row := self.chosen:
            self.host.open(CustomerAt(row.customer_id))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import AboutScreen
        from radar_tui.ui.screens.company.about import VALUE

        self.app.push_screen(AboutScreen(VALUE))

"""Which checklist a visit follows: the one that fits the customer stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from radar_tui.domain.days import long_words
from radar_tui.domain.text import plural
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.customer import Customer
    from radar_tui.domain.visit import Occasion, Visit
    from radar_tui.ui.base.host import Host


class StartVisit(Saying, Ours, ModalScreen[str | None]):
    """Dismissed with the id of the visit that was started, or None."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "start", priority=True, id="start.start", tooltip="Start the visit now"),
        Binding("escape", "dismiss(None)", "back", id="start.back", tooltip="No visit now"),
        *HELP_KEYS,
    ]

    def __init__(
        self,
        customer: Customer | None,
        checklists: Sequence[Checklist],
        planned: Mapping[Occasion, Visit],
        *,
        sources: Sequence[str] = (),
        problems: int = 0,
        first: int = 0,
    ) -> None:
        super().__init__()
        self.customer = customer
        self.checklists = checklists
        self.planned = planned
        self.sources = sources
        self.problems = problems
        self.first = first

    def compose(self) -> ComposeResult:
        name = self.customer.name if self.customer else "Ourselves"
        with Vertical():
            yield Line([("Visit  ", "muted"), (name, "strong")])
            yield Line(id="planned")
            yield RowTable(
                [ListColumn("Checklist", 24, grow=True), ListColumn("Steps", 8), ListColumn("From", 18)],
                head=False,
            )
            yield Line((self._problem_words(), "due"), id="problems")
            yield KeyBar()

    def on_row_table_moved(self) -> None:
        """Which planned visit this becomes goes by the occasion of the checklist."""
        self.query_one("#planned", Line).show((self._planned_words(), "muted"))

    @property
    def chosen(self) -> Checklist | None:
        """The checklist under the cursor."""
        return self.checklists[self.query_one(RowTable).cursor] if self.checklists else None

    def _planned_words(self) -> str:
        visit = self.planned.get(self.chosen.occasion) if self.chosen else None
        day = visit.planned_on if visit else None
        if day is not None:
            return f"Planned for {long_words(day, self.host.today)}: this becomes that visit."
        if self.planned:
            return "What is planned stays planned; this starts now."
        return "Nothing is planned; it starts now."

    def _problem_words(self) -> str:
        if not self.problems:
            return ""
        return f"{plural(self.problems, 'problem')} in checklists of your own: `radar checklists` says where."

    def on_mount(self) -> None:
        table = self.query_one(RowTable)
        rows = [
            ListRow(one.key, [one.title, (plural(len(one.steps), "step"), "muted"), (source, "muted")])
            for one, source in zip(self.checklists, self.sources, strict=True)
        ]
        table.show_rows(rows, cursor=self.first)
        table.styles.height = min(max(1, len(rows)), 10)
        self.query_one("#problems").display = bool(self.problems)
        table.focus()
        self.on_row_table_moved()

    def action_start(self) -> None:
        """Pin the checklist and start; what was planned becomes this visit, and one that runs by now goes on."""
        if (checklist := self.chosen) is None:
            return
        app = cast("Host", self.app)
        store = app.store
        whose = self.customer.id if self.customer else None
        with store.transaction():
            # Another Radar may have started it while this was read.
            visit = store.visit.in_progress(whose) or store.visit.start(
                whose,
                store.checklist.pin(checklist),
                app.settings.me or None,
                occasion=checklist.occasion,
                planned=self.planned.get(checklist.occasion),
            )
        app.discreet = app.settings.discreet
        self.dismiss(visit.id)

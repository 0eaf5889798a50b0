"""What we do ourselves: the tabs of self-checks and observation days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.observation import progress
from radar_tui.domain.self_check import PARTS, due_on
from radar_tui.ui.base.place import VisitAt, VisitTo
from radar_tui.ui.frame.list_tab import R
from radar_tui.ui.screens.ourselves import rounds
from radar_tui.ui.screens.ourselves.page import OwnList
from radar_tui.ui.widgets.cells import ListColumn
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from radar_tui.store.lists.own_rounds import CheckRow, ObservationRow, OwnRounds
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import ListCell
    from radar_tui.ui.widgets.sheet import SheetLine


class Rounds(OwnList[R]):
    """What is planned here and held as a visit."""

    of_row = frozenset({"edit"})

    @property
    def own(self) -> OwnRounds:
        from radar_tui.store.lists.own_rounds import OwnRounds

        return OwnRounds(self.store)

    def count(self) -> int:
        return self.own.counts()[self.tab.name]

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.visit import planned_visit_form

        return planned_visit_form(self.page.host, None, self.store.visit.get(id) if id else None)

    def may(self, act: str) -> bool:
        """A visit that did not begin is moved, cancelled or missed; one that did is not edited here."""
        if act != "edit" or not super().may(act):
            return super().may(act)
        visit = self.store.visit.find(self.page.chosen)
        return visit is not None and visit.status in ("planned", "missed")

    def opened(self, key: str) -> None:
        """A visit that has begun opens where it is; a planned one starts, one missed is planned anew."""
        visit = self.store.visit.get(key)
        if visit.standing in ("in progress", "completed", "discarded"):
            self.page.host.open(VisitAt(key))
        elif visit.status == "planned":
            self.page.host.open(VisitTo(visit.customer_id, key))
        else:
            self.edit()


class ChecksTab(Rounds["CheckRow"]):
    """We do business with ourselves."""

    tab = Tab("checks", "Self-checks", "s")
    columns = [
        ListColumn("Day", 6, right=True),
        *(ListColumn(part.capitalize(), 5, right=True) for part in PARTS),
        ListColumn("Mean", 4, right=True),
        ListColumn("Time", 8, right=True),
        ListColumn("Felt", 10, grow=True),
        ListColumn("Wrong", 5, right=True),
        ListColumn("Actions", 7, right=True),
        ListColumn("By", 11, priority=1),
    ]
    empty = """Never done: call our number, place an order, request a quote, as a customer would.
Press v to do business with ourselves now, n to plan it."""

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {**super().acts(), "history": self._history}

    def mark(self) -> tuple[str, str] | None:
        due = due_on(self.own.last_check(), self.page.host.settings.self_check_days, self.today)
        mark = rounds.due_mark(due, self.today, self.glyphs)
        return mark if mark[0] else None

    def fill(self) -> None:
        own, every = self.own, self.page.host.settings.self_check_days
        self.ahead = rounds.checks_due(own.last_check(), own.planned_check(), every, self.today, self.glyphs)
        super().fill()

    def fetch(self, offset: int, limit: int) -> Sequence[CheckRow]:
        return self.own.checks(offset, limit)

    def cells(self, row: CheckRow) -> list[ListCell]:
        return rounds.check_cells(row, self.today, self.glyphs)

    def detail(self, row: CheckRow, width: int) -> list[SheetLine]:
        return rounds.check_lines(row, self.today, width)

    def _history(self) -> None:
        from radar_tui.ui.screens.ourselves.history import ChecksHistory

        self.page.app.push_screen(ChecksHistory())


class ObservationsTab(Rounds["ObservationRow"]):
    """Days beside a customer."""

    tab = Tab("observations", "Observed", "o")
    columns = [
        ListColumn("Day", 6, right=True),
        ListColumn("Customer", 18, grow=True),
        ListColumn("Notes", 5, right=True),
        ListColumn("Flagged", 7, right=True),
        ListColumn("Actions", 7, right=True),
        ListColumn("What it taught", 30, grow=True, priority=1),
        ListColumn("By", 11, priority=2),
    ]
    empty = """No day spent beside a customer yet: watch, ask little, note every half hour.
Press n to plan one; on a customer, v and the checklist Follow me home start it."""

    def fill(self) -> None:
        done = progress(self.own.observed_days(), self.page.host.settings.observation_goal, self.today)
        self.ahead = rounds.goal_line(done, self.glyphs)
        super().fill()

    def fetch(self, offset: int, limit: int) -> Sequence[ObservationRow]:
        return self.own.observations(offset, limit)

    def cells(self, row: ObservationRow) -> list[ListCell]:
        return rounds.observation_cells(row, self.today, self.glyphs)

    def detail(self, row: ObservationRow, width: int) -> list[SheetLine]:
        return rounds.observation_lines(row, width)

    def form(self, id: str | None) -> FormScreen:
        from radar_tui.ui.forms.visit import observation_form

        return observation_form(self.page.host) if id is None else super().form(id)

"""What is counted around a visit: tickets and verdicts by a worker, the business found today at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from radar_tui.domain.money import money, priced
from radar_tui.ui.base.place import ReportOf
from radar_tui.ui.frame.reporting import REPORT_KEY, Reporting
from radar_tui.ui.steps.base.saving import SavingPage
from radar_tui.ui.steps.kinds import module_of

if TYPE_CHECKING:
    from textual.binding import BindingType

    from radar_tui.store.lists.service import Counted
    from radar_tui.store.store import Store
    from radar_tui.ui.steps.base.book import Book
    from radar_tui.ui.steps.base.step import StepPane
    from radar_tui.ui.widgets.cells import Part


class VisitCounts(Reporting, SavingPage):
    """The counting; the screen itself says what is shown. A customer may have ten thousand tickets."""

    BINDINGS: ClassVar[list[BindingType]] = [REPORT_KEY]

    def reported(self) -> ReportOf:
        return ReportOf("visit", self.book.visit.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A self-check has nobody to report to."""
        return action != "report" or bool(self.query("#pane StepPane") and self.book.customer)

    @property
    def pane(self) -> StepPane:
        """The step on the right."""
        raise NotImplementedError

    def count_beside(self) -> None:
        """Count what the steps of this visit show, where they show any of it."""
        if self.book.customer and any(module_of(step.kind).COUNTED for step in self.book.checklist.steps):
            self.in_background("counted", self._count, self._show_counted)

    def _count(self, store: Store) -> Counted:
        from radar_tui.store.lists.service import ServiceLists

        return ServiceLists.around(store, self.book.visit).counted()

    def _show_counted(self, counted: Counted) -> None:
        if counted == self.book.counted or not self.query("#pane StepPane"):
            return
        self.book = self.pane.book = replace(self.book, counted=counted)
        with self.host.saying():
            self.pane.show_counted()
            self.show_progress()


def found_today(store: Store, book: Book) -> tuple[list[Part], Part]:
    """The running value: by kind on the left, the total on the right."""
    found = store.opportunity.found_today(book.visit.id)
    currency = book.customer.currency if book.customer else "EUR"
    left: list[Part] = [("Found today", "muted")]
    for kind, one, many in (
        ("replacement", "replacement", "replacements"),
        ("spares", "spare", "spares"),
        ("new stream", "stream", "streams"),
    ):
        count, value = found.get(kind, (0, 0))
        left.append(("   " if len(left) > 1 else "  ", ""))
        if count:
            left += [(f"{count} ", "strong"), (f"{one if count == 1 else many} ", "")]
            left.append((priced(value, currency), "strong"))
        else:
            left.append((f"{many} –", "muted"))
    total = sum(value for _, value in found.values())
    return left, (f"total {money(total, currency)}" if total else "", "strong")

"""The customer's service between visits: the figures of the review, every "not satisfied", and the KPIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from radar_tui.domain.columns import fitted
from radar_tui.domain.days import day_words, short_day
from radar_tui.domain.text import figure
from radar_tui.store.lists.service import ServiceLists
from radar_tui.ui.frame.tabs import PageTab
from radar_tui.ui.screens.customer.page import CustomerPage
from radar_tui.ui.steps.tickets_figures import LABEL
from radar_tui.ui.steps.tickets_figures import lines as figure_lines
from radar_tui.ui.widgets.cells import shortened
from radar_tui.ui.widgets.sheet import Sheet
from radar_tui.ui.widgets.tab_line import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from textual.widget import Widget

    from radar_tui.domain.service import ServiceFigures
    from radar_tui.store.lists.service import Counted, FeedbackRow, MeasureRow
    from radar_tui.store.store import Store
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.widgets.sheet import SheetLine

EMPTY: list[SheetLine] = [
    [("No tickets, feedback or KPIs of this customer yet.", "muted")],
    [("Press n for a ticket you were told of; radar import brings all of them in.", "muted")],
    [("KPIs are added on the card: k on the overview.", "muted")],
]
MOST_UNHAPPY = 12
MOST_NAME, MOST_UNIT = 20, 12


class Service(NamedTuple):
    """What was read of one customer, to be put into lines for any width."""

    figures: ServiceFigures
    counted: Counted
    unhappy: list[FeedbackRow]
    more: int
    measures: list[MeasureRow]
    today: date

    @classmethod
    def read(cls, store: Store, customer_id: str, today: date) -> Service:
        """Of a customer, without any visit being held. Reads every ticket of it: for a worker."""
        lists = ServiceLists(store, customer_id)
        ids = lists.unhappy_ids()
        return cls(
            lists.figures(),
            lists.counted(),
            lists.not_satisfied(ids[:MOST_UNHAPPY]),
            max(0, len(ids) - MOST_UNHAPPY),
            lists.measures(today),
            today,
        )

    @property
    def _is_ticketed(self) -> bool:
        return bool(self.counted.tickets or self.unhappy or any(self.counted[2:]))

    def lines(self, width: int, glyphs: Glyphs) -> list[SheetLine]:
        """Figures, then feedback, then KPIs; what there is none of is left out."""
        made: list[SheetLine] = []
        width -= 1  # a scrollbar may come and takes a cell
        if self._is_ticketed:
            made = [*figure_lines(self.figures, width, glyphs), [], *self._feedback(width, glyphs)]
        if self.measures:
            made += [*([[]] if made else []), *self._kpis(width, glyphs)]
        return made or EMPTY

    def _feedback(self, width: int, glyphs: Glyphs) -> list[SheetLine]:
        _, _, satisfied, unhappy, silent = self.counted
        words = f"{satisfied:,} satisfied, {unhappy:,} not, {silent:,} silent in the last year"
        made: list[SheetLine] = [[(f"{'Feedback':<{LABEL}}", "muted"), (words, "")]]
        made += [self._not_satisfied(row, width, glyphs) for row in self.unhappy]
        return [*made, [(f"  and {self.more:,} more", "muted")]] if self.more else made

    def _not_satisfied(self, row: FeedbackRow, width: int, glyphs: Glyphs) -> SheetLine:
        about = row.subject or row.comment or row.reference
        if row.followed_up_on is None:
            mark, words, style = f"{glyphs.due} ", "   nobody followed through yet", "due"
        else:
            seen = f"shown {day_words(row.shown_on, self.today)}" if row.shown_on else "not shown yet"
            by = row.followed_up_by or "followed"
            words = f"   {shortened(by, MOST_NAME)} {day_words(row.followed_up_on, self.today)}   {seen}"
            mark, style = f"{glyphs.done} ", "muted"
        return [(mark, style), (shortened(about, width - 2 - cell_len(words)), ""), (words, style)]

    def _kpis(self, width: int, glyphs: Glyphs) -> list[SheetLine]:
        rows = [self._kpi(row, glyphs) for row in self.measures]
        value, target, trend, day, old = (
            max(map(cell_len, column)) for column in list(zip(*rows, strict=True))[1:]
        )
        room = width - 2 - sum(cells + 3 for cells in (value, target, trend, day, old) if cells)
        wide = max(8, min(room, max(cell_len(row[0]) for row in rows)))
        made: list[SheetLine] = [[("KPIs", "muted")]]
        for measure, words in zip(self.measures, rows, strict=True):
            missed = measure.on_target is False
            rest = [
                fitted(words[place], cells, right=place == 4)
                for place, cells in ((2, target), (3, trend), (4, day), (5, old))
                if cells
            ]
            made.append(
                [
                    (f"{glyphs.due} " if missed else "  ", "due"),
                    (f"{fitted(words[0], wide)}   ", ""),
                    (fitted(words[1], value, right=True), "due" if missed else "strong"),
                    ("".join(f"   {one}" for one in rest).rstrip(), "muted"),
                ]
            )
        return made

    def _kpi(self, row: MeasureRow, glyphs: Glyphs) -> tuple[str, str, str, str, str, str]:
        """Name, value, target, trend, day, and whether it is too old, in words."""
        value = (
            glyphs.none
            if row.value is None
            else f"{figure(row.value)} {shortened(row.unit, MOST_UNIT)}".strip()
        )
        return (
            row.name,
            value,
            "" if row.target is None else f"target {figure(row.target)}",
            row.trend,
            short_day(row.as_of, self.today) if row.as_of else "",
            "too old" if row.stale else "",
        )


class ServiceTab(PageTab[CustomerPage]):
    """Tickets, feedback and KPIs, counted beside the screen."""

    tab = Tab("service", "Service", "y")

    def body(self) -> Widget:
        return Sheet()

    def fill(self) -> None:
        id, today = self.page.customer_id, self.today
        self.page.in_background("service", lambda store: Service.read(store, id, today), self._show)

    def _show(self, service: Service) -> None:
        glyphs = self.glyphs
        if self.page.part is self:
            self.page.query_one("#tab-service", Sheet).show(lambda width: service.lines(width, glyphs))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self._add, "about": self.page.show_about}

    def _add(self) -> None:
        from radar_tui.ui.screens.customer.ticket_form import ticket_form

        self.page.show_form(ticket_form(self.page.host, self.page.customer_id))

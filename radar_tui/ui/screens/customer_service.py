"""The customer's service between visits: the figures of the review, every "not satisfied", and the KPIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from radar_tui.domain.text import one_line
from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.steps.tickets_figures import LABEL, Review
from radar_tui.ui.steps.tickets_figures import lines as figures

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.store import Store
    from radar_tui.store.visit_lists import FeedbackRow, MeasureRow
    from radar_tui.ui.glyphs import Glyphs
    from radar_tui.ui.widgets.sheet import SheetLine

EMPTY: list[SheetLine] = [
    [("No tickets, feedback or KPIs of this customer yet.", "muted")],
    [("Press n for a ticket you were told of; radar import brings all of them in.", "muted")],
    [("KPIs are added on the card: k on the overview.", "muted")],
]
MOST_UNHAPPY = 12


@dataclass(frozen=True, slots=True)
class Service:
    """What was read of one customer, to be put into lines for any width."""

    review: Review
    verdicts: tuple[int, int, int]
    unhappy: list[FeedbackRow]
    measures: list[MeasureRow]
    today: date

    @classmethod
    def read(cls, store: Store, customer_id: str, today: date) -> Service:
        """Of a customer, without any visit being held."""
        lists = VisitLists.between(store, customer_id)
        return cls(
            Review(*lists.review()),
            lists.verdicts(today),
            lists.not_satisfied(today),
            lists.measures(today),
            today,
        )

    def lines(self, width: int, glyphs: Glyphs) -> list[SheetLine]:
        """Figures, then feedback, then KPIs; what there is none of is left out."""
        made: list[SheetLine] = []
        if self.review.tickets:
            made = [*figures(self.review, width, glyphs), [], *self._feedback(glyphs)]
        if self.measures:
            made += [*([[]] if made else []), *self._kpis(glyphs)]
        return made or EMPTY

    def _feedback(self, glyphs: Glyphs) -> list[SheetLine]:
        satisfied, unhappy, unsaid = self.verdicts
        words = f"{satisfied} satisfied, {unhappy} not, {unsaid} silent in the last year"
        made: list[SheetLine] = [[(f"{'Feedback':<{LABEL}}", "muted"), (words, "")]]
        for row in self.unhappy[:MOST_UNHAPPY]:
            made.append(self._not_satisfied(row, glyphs))
        if (more := len(self.unhappy) - MOST_UNHAPPY) > 0:
            made.append([(f"  and {more} more", "muted")])
        return made

    def _not_satisfied(self, row: FeedbackRow, glyphs: Glyphs) -> SheetLine:
        about = one_line(row.subject or row.comment or row.reference)
        if row.followed_up_on is None:
            return [(f"{glyphs.due} ", "due"), (about, ""), ("   nobody followed through yet", "due")]
        done = f"   {row.followed_up_by or 'followed'} {day_month(row.followed_up_on, self.today)}"
        seen = f"   shown {day_month(row.shown_on, self.today)}" if row.shown_on else "   not shown yet"
        return [(f"{glyphs.done} ", "muted"), (about, ""), (done + seen, "muted")]

    def _kpis(self, glyphs: Glyphs) -> list[SheetLine]:
        made: list[SheetLine] = [[("KPIs", "muted")]]
        for row in self.measures:
            missed = row.on_target is False
            value = glyphs.none if row.value is None else f"{row.value:g} {row.unit}".strip()
            target = "" if row.target is None else f"   target {row.target:g}"
            day = f"   {day_month(row.as_of, self.today)}" if row.as_of else ""
            made.append(
                [
                    (f"{glyphs.due} " if missed else "  ", "due"),
                    (f"{one_line(row.name)}   ", ""),
                    (value, "due" if missed else "strong"),
                    (f"{target}   {row.trend}".rstrip() + day + ("   too old" if row.stale else ""), "muted"),
                ]
            )
        return made

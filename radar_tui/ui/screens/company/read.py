"""What a worker reads for the Company screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.nps import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from radar_tui.domain.company import Filters
    from radar_tui.domain.nps import NpsCounts, ResponseQuestion
    from radar_tui.store.lists.company import Company, QuarterRow
    from radar_tui.store.lists.company_levers import LeverRow
    from radar_tui.store.lists.company_shares import SharesRow
    from radar_tui.store.lists.company_value import ValueRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.plot import PlotPoint


class CompanyRead(NamedTuple):
    """Always the company, and the rows of what one is at: a tab, or the shares among the quarters."""

    here: str
    company: Company
    quarters: list[QuarterRow]
    levers: Mapping[ResponseQuestion, list[LeverRow]]
    value: list[ValueRow]
    shares: list[SharesRow]

    def holds(self, here: str) -> bool:
        """Whether what stands at `here` was read, too."""
        return here in ("score", "markets", self.here)


def read(store: Store, filters: Filters, here: str, today: date) -> CompanyRead:
    """The company, and what the tab `here` needs besides."""
    from radar_tui.store.lists.company import by_quarter, company
    from radar_tui.store.lists.company_levers import levers
    from radar_tui.store.lists.company_shares import shares
    from radar_tui.store.lists.company_value import found_on_visits

    found = company(store, today, filters)
    lists: dict[ResponseQuestion, list[LeverRow]] = {}
    if here == "levers":
        for question in QUESTIONS:
            n = getattr(found, question).n
            lists[question] = levers(store, today, filters, question, n)
    return CompanyRead(
        here,
        found,
        by_quarter(store, today, filters) if here == "quarters" else [],
        lists,
        found_on_visits(store, today, filters) if here == "value" else [],
        shares(store, today, filters) if here == "shares" else [],
    )


def points(quarters: Sequence[QuarterRow], question: ResponseQuestion) -> list[PlotPoint]:
    """The quarters of one question as the plot takes them."""
    from radar_tui.domain.nps import interval, nps
    from radar_tui.ui.widgets.plot import PlotPoint

    found = []
    for row in quarters:
        counts: NpsCounts = getattr(row, question)
        low, high = interval(counts) or (0.0, 0.0)
        quarter = f"Q{(row.start.month + 2) // 3}"
        found.append(PlotPoint(quarter, str(row.start.year), nps(counts), low, high, counts.n))
    return found

"""The quarter of the company, for the office: both scores with their intervals against the market, whom to move, and
how near we were to our customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import (
    SHARES,
    WHO_COUNTS,
    Filters,
    aggregate_words,
    effort,
    quarter_name,
    quarter_of,
)
from radar_tui.domain.nps import NONE as NO_ANSWERS
from radar_tui.domain.nps import differ
from radar_tui.reports.document import (
    Block,
    Heading,
    Intervals,
    Paragraph,
    Report,
    ReportColumn,
    ReportFigures,
    ReportTable,
)
from radar_tui.reports.inside import INTERNAL, NONE, PAGE, interval_row, score_words, share_words
from radar_tui.reports.look import Writing
from radar_tui.store.lists.company import by_quarter, company, looked_at
from radar_tui.store.lists.company_levers import levers
from radar_tui.store.lists.company_shares import shares
from radar_tui.store.lists.company_value import found_on_visits
from radar_tui.store.lists.ourselves import OurselvesLists
from radar_tui.store.lists.own_rounds import OwnRounds

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.store.store import Store

LEVERS, CHECKS = 15, 8
MOVED = {1: "risen", -1: "fallen", 0: "="}
ABOUT = (
    f"{WHO_COUNTS}; the line is the interval at 95 %, the diamond the benchmark of the market. Of under five answers "
    "there are the promoters, passives and detractors instead of a line."
)


def company_report(store: Store, filters: Filters | None = None) -> Report:
    """The quarter that today lies in, beside those before it; of those that `filters` leave, which it says."""
    quarter = Quarter(store, filters or Filters())
    return Report(
        name="company",
        title=f"Company, {quarter_name(quarter_of(quarter.today))}",
        subject=store.local.settings().company or "Ourselves",
        line=" · ".join([f"As of {quarter.write.long_day(quarter.today)}", *quarter.looked_at]),
        language="en",
        page=PAGE,
        internal=INTERNAL,
        blocks=[
            *quarter.opening(),
            *quarter.scores(),
            *quarter.levers(),
            *quarter.coverage(),
            *quarter.value(),
            *quarter.promises(),
            *quarter.own_rounds(),
        ],
    )


class Quarter:
    """The company as of today, block by block."""

    def __init__(self, store: Store, filters: Filters) -> None:
        self.store, self.filters = store, filters
        self.today: date = store.clock().date()
        self.write = Writing("en", store.local.settings().paper)
        self.found = company(store, self.today, filters)
        self.looked_at = looked_at(store, filters, self.today)

    def opening(self) -> list[Block]:
        """How near we are, in three figures; the scores stand below, with their intervals."""
        return [
            ReportFigures(
                [(share_words(getattr(self.found, name)), words) for name, (*_, words) in SHARES.items()]
            )
        ]

    def scores(self) -> list[Block]:
        """Each question on its own: the whole, the markets against their benchmarks, the quarters."""
        made: list[Block] = []
        for title, place in (("Recommend", 0), ("Retain", 1)):
            whole = (self.found.recommend, self.found.retain)[place]
            rows = [interval_row("All", whole)]
            for market in self.found.markets:
                counts = (market.recommend, market.retain)[place]
                # A published benchmark is one of the question whether they would recommend.
                known = market.benchmark.nps if market.benchmark and place == 0 else None
                if counts.n or known is not None:
                    rows.append(interval_row(market.name or "no market", counts, known))
            made += [Heading(title), Intervals(rows), Paragraph(self._as(place), muted=True)]
        sources = sorted(
            {
                f"{market.name}: {market.benchmark.source}, {market.benchmark.year}"
                for market in self.found.markets if market.benchmark
            }
        )  # fmt: skip
        made.append(
            Paragraph(
                " ".join([ABOUT, *([f"Benchmarks: {'; '.join(sources)}."] if sources else [])]), muted=True
            )
        )
        return [*made, *self._quarters()]

    def _as(self, place: int) -> str:
        """The three scores of the company, which say different things, each by its name."""
        words = aggregate_words((self.found.recommend_as, self.found.retain_as)[place])
        return f"As {', '.join(words)}." if words else "Nobody has answered in this time."

    def _quarters(self) -> list[Block]:
        rows: list[list[str]] = []
        before = (NO_ANSWERS, NO_ANSWERS)
        for row in by_quarter(self.store, self.today, self.filters):
            now = (row.recommend, row.retain)
            moved = [
                MOVED[differ(was, counts)] if was.n and counts.n else NONE
                for was, counts in zip(before, now, strict=True)
            ]
            rows.append(
                [quarter_name(row.start), score_words(now[0]), moved[0], score_words(now[1]), moved[1]]
            )
            before = now
        columns = [
            ReportColumn("Quarter"), ReportColumn("Recommend", grow=1), ReportColumn("Change"),
            ReportColumn("Retain", grow=1), ReportColumn("Change"),
        ]  # fmt: skip
        return [Heading("By quarter"), ReportTable(columns, rows[::-1])] if rows else []

    def levers(self) -> list[Block]:
        """Whose move to promoter would add most to the score."""
        n = self.found.recommend.n
        rows = [
            [
                row.contact, row.customer, row.role, f"{row.score}", f"+{row.gain:.1f}",
                effort(row.last_contact, self.today, open_recover=row.open_recover),
            ]
            for row in levers(self.store, self.today, self.filters, "recommend", n, LEVERS)
        ]  # fmt: skip
        columns = [
            ReportColumn("Contact", grow=1), ReportColumn("Customer", grow=1), ReportColumn("Role"),
            ReportColumn("Score", right=True),
            ReportColumn("Adds", right=True), ReportColumn("Effort"),
        ]  # fmt: skip
        if not rows:
            return []
        of = self.found.movable(0)
        more = f" The {LEVERS} that add most, of {of}." if of > LEVERS else ""
        said = f"What each adds to “recommend”, in points, if they become a promoter.{more}"
        return [Heading("Whom to move"), ReportTable(columns, rows), Paragraph(said, muted=True)]

    def coverage(self) -> list[Block]:
        """How near we were, quarter by quarter."""
        rows = [
            [quarter_name(row.start), share_words(row.in_time), share_words(row.paired), share_words(row.met)]
            for row in reversed(shares(self.store, self.today, self.filters))
        ]
        columns = [
            ReportColumn("Quarter"), ReportColumn("Seen in time", grow=1, right=True),
            ReportColumn("Counterparts met", grow=1, right=True),
            ReportColumn("Colleagues who met one", grow=1, right=True),
        ]  # fmt: skip
        return [Heading("Radar coverage"), ReportTable(columns, rows)] if rows else []

    def value(self) -> list[Block]:
        """What was found on visits, a currency each."""
        write = self.write
        rows = [
            [
                quarter_name(row.start),
                f"{row.visits}",
                *(write.money(row.by_kind[kind], row.currency) if row.by_kind[kind] else NONE
                  for kind in ("replacement", "spares", "new stream", "service")),
                write.money(row.value, row.currency),
                write.money(row.won, row.currency) if row.won else NONE,
            ]
            for row in found_on_visits(self.store, self.today, self.filters)
        ]  # fmt: skip
        columns = [
            ReportColumn("Quarter", grow=1), ReportColumn("Visits", right=True),
            ReportColumn("Replacements", right=True),
            ReportColumn("Spares", right=True), ReportColumn("New streams", right=True),
            ReportColumn("Service", right=True),
            ReportColumn("All", right=True), ReportColumn("Won", right=True),
        ]  # fmt: skip
        return [Heading("Value from visits"), ReportTable(columns, rows)] if rows else []

    def promises(self) -> list[Block]:
        """Each promise that stands, and how often customers said that it was kept."""
        rows = []
        for row in OurselvesLists(self.store).promises():
            if row.in_force:
                kept = (
                    f"{100 * row.kept / row.asked:.0f} % ({row.kept} of {row.asked})" if row.asked else NONE
                )
                rows.append([row.title, self.write.day(row.made_on), kept])
        columns = [
            ReportColumn("Promise", grow=1),
            ReportColumn("Since", right=True),
            ReportColumn("Kept", right=True),
        ]
        return [Heading("Promises"), ReportTable(columns, rows)] if rows else []

    def own_rounds(self) -> list[Block]:
        """Self-checks and observation days, the newest first."""
        rounds, write = OwnRounds(self.store), self.write
        checks = [
            [write.day(row.day), row.status, row.by, f"{row.flagged}", f"{row.actions}"]
            for row in rounds.checks(0, CHECKS)
        ]
        watched = [
            [write.day(row.day), row.customer, row.status, row.by, row.taught]
            for row in rounds.observations(0, CHECKS)
        ]
        made: list[Block] = []
        if checks:
            columns = [
                ReportColumn("Day", right=True), ReportColumn("Status"), ReportColumn("By", grow=1),
                ReportColumn("Flagged", right=True),
                ReportColumn("Actions", right=True),
            ]  # fmt: skip
            made += [Heading("Self-checks"), ReportTable(columns, checks)]
        if watched:
            columns = [
                ReportColumn("Day", right=True), ReportColumn("Customer"), ReportColumn("Status"), ReportColumn("By"),
                ReportColumn("What it taught", grow=1),
            ]  # fmt: skip
            made += [Heading("Observation days"), ReportTable(columns, watched)]
        return made

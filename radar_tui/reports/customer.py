"""The review of one customer, for the office: card, scores over time, visits, pipeline, actions, who knows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.relationship import counterpart_map, coverage, gone
from radar_tui.errors import RadarError
from radar_tui.reports.document import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Plots,
    Report,
    ReportColumn,
    ReportFigures,
    ReportPlot,
    ReportTable,
)
from radar_tui.reports.inside import INTERNAL, NONE, PAGE
from radar_tui.reports.look import Writing
from radar_tui.reports.service import axis
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.over_time import over_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.card import DayValue
    from radar_tui.store.lists.customer import Head
    from radar_tui.store.store import Store

MOST = 200
"""Rows of a list: what a review can hold; a longer list says how much it left out."""
MOST_VISITS = 24
MOST_POINTS = 24


def customer_report(store: Store, customer_id: str) -> Report:
    """The review of a customer as of today. Raises RadarError if the customer is gone."""
    head = CustomerLists(store, customer_id).head()
    if head is None:
        raise RadarError("This customer is no longer there.", "See who there is: radar due --all")
    review = CustomerReview(store, customer_id, head)
    where = ", ".join(part for part in (head.city, head.country) if part)
    about = (head.kind, head.status, head.market, where, review.write.long_day(review.today))
    return Report(
        name="customer",
        title="Customer review",
        subject=head.name,
        line=" · ".join(part for part in about if part),
        language="en",
        page=PAGE,
        internal=INTERNAL,
        blocks=[
            *review.opening(),
            *review.over_time(),
            *review.card(),
            *review.answers(),
            *review.follow_ups(),
            *review.actions(),
            *review.pipeline(),
            *review.visits(),
            *review.counterparts(),
        ],
    )


class CustomerReview:
    """One customer as of today, block by block."""

    def __init__(self, store: Store, customer_id: str, head: Head) -> None:
        self.store, self.customer_id, self.head = store, customer_id, head
        self.lists = CustomerLists(store, customer_id)
        self.today: date = store.clock().date()
        self.write = Writing("en", store.local.settings().paper)
        self.computed = store.scorecard.computed(customer_id, self.today)

    def opening(self) -> list[Block]:
        """Where we stand, in four figures and a few facts."""
        head, write, card = self.head, self.write, self.computed.card
        figures = [
            (
                NONE if card.value is None else f"{card.value:.0f}",
                f"card, {100 * card.coverage:.0f} % covered",
            ),
            self._decided("recommend"),
            self._decided("retain"),
            (write.day(head.last_seen) or "never", "last seen"),
        ]
        worth = write.money(head.annual_value, head.currency) if head.annual_value else NONE
        facts = [
            ("Owner", head.owner or NONE),
            ("Value of a year", worth),
            ("Next visit", f"due {write.day(head.due_on) or 'now'}, every {head.cadence_days} days"
             + (f"; planned {write.day(head.planned_on)}" if head.planned_on else "")),
        ]  # fmt: skip
        if head.notes:
            facts.append(("Notes", head.notes))
        return [ReportFigures(figures), Facts(facts)]

    def _decided(self, question: str) -> tuple[str, str]:
        """The decision makers' score, as the Radar has it, and of how many it is the lowest."""
        scores = [row.score for row in self.lists.scores(question, self.today) if row.decides]
        if not scores:
            return NONE, f"{question}, no decision maker"
        whose = "decision maker" if len(scores) == 1 else f"lowest of {len(scores)} decision makers"
        return f"{min(scores)}", f"{question}, {whose}"

    def over_time(self) -> list[Block]:
        """Both scores and the card since two years ago."""
        found = over_time(self.store, self.customer_id, self.today)
        plots = [
            self._plot(title, points, high, note)
            for title, points, high, note in (
                ("Recommend", found.recommend, 10, "0–10, decision makers"),
                ("Retain", found.retain, 10, "0–10, decision makers"),
                ("Card", found.card, 100, "0–100"),
            )
            if points
        ]
        return [Heading("Over time"), Plots(plots)] if plots else []

    def _plot(self, title: str, points: Sequence[DayValue], high: int, note: str) -> ReportPlot:
        shown = points[-MOST_POINTS:]
        ends = (
            self.write.day(shown[0].day),
            self.write.day(shown[-1].day) if len(shown) > 1 else "",
        )
        number = self.write.number
        numbered = [(p.day.toordinal(), p.value, number(p.value)) for p in shown]
        low, top = axis([p.value for p in shown])
        top = min(top, high)
        return ReportPlot(title, numbered, ends, low, top, number(low), number(top), note=note)

    def card(self) -> list[Block]:
        """Every measure with its value, target and score."""
        number = self.write.number
        rows = []
        for each in self.computed.measures:
            score = each.score(self.today)
            state = each.state(self.today)
            rows.append(
                [
                    each.perspective,
                    f"{each.name}, {each.unit}" if each.unit else each.name,
                    NONE if each.value is None else number(each.value),
                    NONE if each.target is None else number(each.target),
                    NONE if score is None else f"{score:.0f}",
                    number(each.weight),
                    self.write.day(each.as_of) if state == "counts" else state,
                ]
            )
        columns = [
            ReportColumn("Perspective"),
            ReportColumn("Measure", grow=1),
            ReportColumn("Value", right=True),
            ReportColumn("Target", right=True),
            ReportColumn("Score", right=True),
            ReportColumn("Weight", right=True),
            ReportColumn("As of", right=True),
        ]
        return [Heading("Card"), ReportTable(columns, rows)] if rows else []

    def answers(self) -> list[Block]:
        """The newest answer of each contact."""
        rows = [
            [
                row.name, row.role,
                NONE if row.recommend is None else f"{row.recommend}",
                NONE if row.retain is None else f"{row.retain}",
                self.write.day(row.asked_on),
            ]
            for row in self.lists.people(0, MOST) if row.asked_on and not gone(row.left_on, self.today)
        ]  # fmt: skip
        columns = [
            ReportColumn("Contact", grow=1), ReportColumn("Role"), ReportColumn("Recommend", right=True),
            ReportColumn("Retain", right=True),
            ReportColumn("Asked on", right=True),
        ]  # fmt: skip
        if not rows:
            return []
        asked = [
            f"{question.capitalize()} was asked as “{words}”"
            for question, words in self.lists.asked(self.today)
        ]
        said = [Paragraph("\n".join(asked), muted=True)] if asked else []
        return [Heading("Newest answers"), ReportTable(columns, rows), *said]

    def follow_ups(self) -> list[Block]:
        """Duties that answers created and that are still open."""
        rows = [
            [row.play, row.contact, f"{row.question} {row.score}", row.verbatim, row.owner or NONE,
             self.write.day(row.due_at.date())]
            for row in self.lists.open_follow_ups()
        ]  # fmt: skip
        columns = [
            ReportColumn("Play"), ReportColumn("Contact"), ReportColumn("Answer"),
            ReportColumn("Reason", grow=1), ReportColumn("Owner"),
            ReportColumn("Due", right=True),
        ]  # fmt: skip
        return [Heading("Open follow-ups"), ReportTable(columns, rows)] if rows else []

    def actions(self) -> list[Block]:
        """Open ones first, with the measure that each is to raise."""
        rows = [
            [
                row.title, row.owner or NONE, row.measure,
                self.write.day(row.due_on) or NONE if row.status == "open" else row.status,
            ]
            for row in self.lists.actions(0, MOST) if row.status == "open" or row.gain is not None
        ]  # fmt: skip
        columns = [
            ReportColumn("Action", grow=1),
            ReportColumn("Owner"),
            ReportColumn("To raise"),
            ReportColumn("Due", right=True),
        ]
        return [Heading("Actions"), ReportTable(columns, rows)] if rows else []

    def pipeline(self) -> list[Block]:
        """Business found, with its value weighted by chance."""
        rows: list[list[str]] = []
        sums: dict[str, int] = {}
        for row in self.lists.opportunities(0, MOST):
            if row.stage in ("won", "lost"):
                continue
            expected = self.write.day(row.expected_on)
            rows.append(
                [
                    row.title,
                    row.kind,
                    row.stage,
                    f"{row.probability} %",
                    expected,
                    self._money(row.open, row.currency),
                ]
            )
            sums[row.currency] = sums.get(row.currency, 0) + row.open * row.probability
        columns = [
            ReportColumn("Opportunity", grow=1), ReportColumn("Kind"), ReportColumn("Stage"),
            ReportColumn("Chance", right=True),
            ReportColumn("Expected", right=True), ReportColumn("Value", right=True),
        ]  # fmt: skip
        if not rows:
            return []
        weighted = ", ".join(
            self._money(round(worth / 100), currency) for currency, worth in sorted(sums.items())
        )
        won = ", ".join(
            self._money(value, currency) for _, value, currency in self.lists.pipeline().get("won", ())
        )
        said = f"Weighted by chance {weighted}" + (f"; won so far {won}" if won else "") + "."
        return [Heading("Pipeline"), ReportTable(columns, rows), Paragraph(said, muted=True)]

    def _money(self, amount: int, currency: str) -> str:
        return self.write.money(amount, currency) if amount else NONE

    def visits(self) -> list[Block]:
        """The newest first, with what was found on each."""
        rows = [
            [
                self.write.day(row.day), row.checklist, row.status, row.brm, row.met,
                self._money(row.found, self.head.currency),
            ]
            for row in self.lists.visits(0, MOST_VISITS)
        ]  # fmt: skip
        columns = [
            ReportColumn("Day", right=True), ReportColumn("Checklist"), ReportColumn("Status"),
            ReportColumn("BRM"), ReportColumn("Met", grow=1),
            ReportColumn("Found", right=True),
        ]  # fmt: skip
        return [Heading("Visits"), ReportTable(columns, rows)] if rows else []

    def counterparts(self) -> list[Block]:
        """Who knows whom, the gaps first."""
        links = self.store.counterpart.links(self.customer_id)
        rows = []
        for link in counterpart_map(links, self.today)[:MOST]:
            bond = link.bond(self.today)
            ours = f"{link.colleague}, {link.our_function}" if link.our_function else link.colleague
            met = {"nobody": "nobody yet", "not met": "not met", "met": self.write.day(link.met_on)}[bond]
            rows.append([link.function or NONE, link.contact, ours or NONE, met])
        if not rows:
            return []
        known, of = coverage(links, self.today)
        columns = [
            ReportColumn("Function"),
            ReportColumn("Theirs", grow=1),
            ReportColumn("Ours", grow=1),
            ReportColumn("Met", right=True),
        ]
        said = f"{known} of {of} contacts have met a counterpart."
        return [Heading("Who knows whom"), ReportTable(columns, rows), Paragraph(said, muted=True)]

"""What the customer keeps of a service review: tickets, feedback and its follow-through, measures over time."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

from radar_tui.domain.room import for_customer
from radar_tui.domain.translation import translated
from radar_tui.reports.document import (
    Bars,
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
from radar_tui.reports.visit import ToldVisit
from radar_tui.store.lists.service import ServiceLists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from radar_tui.domain.card import DayValue, Measured
    from radar_tui.reports.look import Writing
    from radar_tui.reports.words import ReportWords
    from radar_tui.store.store import Store

MOST_POINTS = 12


def service_report(store: Store, visit_id: str) -> Report:
    """The leave-behind of a service review. Raises RadarError if the visit is gone, or a self-check."""
    told = ToldVisit(store, visit_id)
    review = ServiceReview(told)
    blocks = [
        told.people(),
        *review.tickets(),
        *review.feedback(),
        *review.kpis(),
        *told.actions(),
        *told.next_visit(),
        *told.promises(),
        *review.list_of_tickets(),
    ]
    return told.report("service", "service_review", blocks)


def service_blocks(store: Store, visit_id: str) -> list[Block]:
    """The same without people, actions and promises, for a visit that is about items as well."""
    review = ServiceReview(ToldVisit(store, visit_id))
    return [*review.tickets(), *review.feedback(), *review.kpis(), *review.list_of_tickets()]


class ServiceReview:
    """The service of the customer of a visit, as of its end."""

    def __init__(self, told: ToldVisit) -> None:
        self.told, self.words, self.write = told, told.words, told.write
        visit = told.visit
        self.lists = ServiceLists(told.store, visit.customer_id, visit.id, visit.completed_at)

    def tickets(self) -> list[Block]:
        """What came and went since the last visit, beside as many days before, and month by month."""
        says, write = self.words, self.write
        found = self.lists.figures()
        now, was = found.now, found.was
        since, until = (
            write.day(moment.astimezone(self.lists.until.tzinfo).date())
            for moment in (found.since, found.until)
        )

        def beside(one: str, other: str) -> str:
            return f"{one} ({other})"

        days = [
            write.number(each.median_days) if each.median_days is not None else "–" for each in (now, was)
        ]
        figures = [
            (beside(f"{now.opened}", f"{was.opened}"), says("opened")),
            (beside(f"{now.closed}", f"{was.closed}"), says("closed")),
            (beside(f"{now.open_at_end}", f"{was.open_at_end}"), says("open_now")),
            (beside(*days), says("median")),
        ]
        bars = Bars(
            [write.month(month.start) for month in found.months],
            [
                (says("opened"), [month.opened for month in found.months]),
                (says("closed"), [month.closed for month in found.months]),
            ],
        )
        made: list[Block] = [
            Heading(says("tickets")),
            ReportFigures(figures),
            Paragraph(says("period", since=since, until=until), muted=True),
        ]
        if now.opened:
            sorts = ("kind", now.kinds), ("category", now.categories), ("priority", now.priorities)
            made.append(Facts([(says(key), self._sorts(key, counted)) for key, counted in sorts]))
        if any(month.opened or month.closed for month in found.months):
            made += [Heading(says("by_month")), bars]
        return made

    def _sorts(self, key: str, counted: Mapping[str, int]) -> str:
        """What was opened in the period, by one sort: our words in their language, a category as it is called."""
        return " · ".join(
            f"{sort if key == 'category' and sort != 'other' else self.words(sort.replace(' ', '_'))} {count}"
            for sort, count in counted.items()
        )

    def feedback(self) -> list[Block]:
        """How many said what, and each "not satisfied" with what was done about it."""
        says, write = self.words, self.write
        counted = self.lists.counted()
        rated = counted.satisfied + counted.unhappy
        made: list[Block] = [Heading(says("feedback"))]
        if rated:
            made.append(Paragraph(f"{counted.satisfied} / {rated} {says('satisfied')}"))
        unhappy = self.lists.not_satisfied(self.lists.unhappy_ids())
        if not unhappy:
            return [*made, Paragraph(says("feedback_none"))] if rated else []
        rows: list[list[str]] = []
        for row in unhappy:
            subject, comment, outcome = map(for_customer, (row.subject, row.comment, row.outcome))
            done = row.followed_up_on if row.followed_up_on and row.followed_up_on <= self.told.day else None
            by = ", ".join(part for part in (row.followed_up_by, write.day(done)) if part)
            rows.append(
                [
                    row.reference,
                    write.day(row.opened_on),
                    "\n".join(
                        part for part in (subject, says("quote", words=comment) if comment else "") if part
                    ),
                    f"{outcome} ({by})".strip() if done else says("pending"),
                ]
            )
        columns = [
            ReportColumn(says("reference")),
            ReportColumn(says("open_since"), right=True),
            ReportColumn(f"{says('subject')}, {says('comment')[0].lower()}{says('comment')[1:]}", grow=1),
            ReportColumn(says("outcome"), grow=1),
        ]
        return [*made, ReportTable(columns, rows)]

    def kpis(self) -> list[Block]:
        """The measures that they may see as plots. Those that Radar computes are ours."""
        store, day = self.told.store, self.told.day
        plots = []
        for measure in store.measure.of_customer(self.told.customer.id):
            if measure.key or not measure.for_customer:
                continue
            points = [p for p in store.measure.history(self.told.customer.id, measure, day) if p.day <= day]
            if points:
                plots.append(plot(measure, points[-MOST_POINTS:], self.write, self.words))
        return [Heading(self.words("kpis")), Plots(plots)] if plots else []

    def list_of_tickets(self) -> list[Block]:
        """Open ones and those opened or closed since the last visit."""
        says, write, until = self.words, self.write, self.lists.until.date()
        rows: list[list[str]] = []
        found = [
            (ticket, ticket.closed_on is None or ticket.closed_on > until)
            for ticket in self.lists.tickets(self.lists.ticket_ids())
        ]
        for ticket, still in sorted(found, key=lambda pair: (not pair[1], -pair[0].opened_on.toordinal())):
            closed = says("open") if still else write.day(ticket.closed_on)
            rows.append([ticket.reference, for_customer(ticket.subject), write.day(ticket.opened_on), closed])
        columns = [
            ReportColumn(says("reference")),
            ReportColumn(says("subject"), grow=1),
            ReportColumn(says("open_since"), right=True),
            ReportColumn(says("closed_on"), right=True),
        ]
        return [Heading(says("tickets")), ReportTable(columns, rows)] if rows else []


def plot(measure: Measured, points: Sequence[DayValue], write: Writing, says: ReportWords) -> ReportPlot:
    """A measure over time, on an axis that its readings and its target fill."""
    aim = measure.target
    low, high = axis([*(point.value for point in points), *([] if aim is None else [aim])])
    less = says("less") if measure.best < measure.worst else ""
    return ReportPlot(
        title=translated(measure.name, measure.translations, says.language),
        note=" · ".join(part for part in (measure.unit, less) if part),
        points=[(point.day.toordinal(), point.value, write.number(point.value)) for point in points],
        ends=(write.day(points[0].day), write.day(points[-1].day) if len(points) > 1 else ""),
        low=low,
        high=high,
        low_words=write.number(low, 3),
        high_words=write.number(high, 3),
        target=aim,
        target_words="" if aim is None else says("target", value=write.number(aim)),
    )


def axis(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that `values` fill: round ones, never equal, below 0 only where a value is."""
    low, high = min(values), max(values)
    span = high - low or abs(high) / 10 or 1.0
    step = next(step for step in _steps(span) if step * 4 >= span)
    start = floor((low - span / 20) / step) * step
    return start if low < 0 else max(0.0, start), ceil((high + span / 20) / step) * step


def _steps(span: float) -> Iterator[float]:
    """1, 2 and 5 times the powers of ten, from one far below `span`."""
    power = 10.0 ** (floor(log10(span)) - 1)
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
